//! Recorded words that would ring everybody, or be read as markup, made harmless. What a person sees stays the same words.

/// Names that call a whole channel in Slack, Mattermost, Discord or Teams.
const CALLS: [&str; 6] = ["here", "channel", "everyone", "all", "group", "team"];

/// Sets a space behind an `@` that would call a whole channel, and behind a `<` that begins a mention.
pub fn mentions(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        out.push(c);
        let rest = &text[at + c.len_utf8()..];
        let calls = matches!(c, '@' | '＠') && calls_all(rest);
        if calls || (c == '<' && rest.starts_with(['!', '@', '#'])) {
            out.push(' ');
        }
    }
    out
}

fn calls_all(rest: &str) -> bool {
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').take(10).collect();
    CALLS.contains(&word.to_lowercase().as_str())
}

fn entities(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Sets a space where markdown would see a tag or a link with a text of its own.
pub fn markdown(text: &str) -> String {
    let text = text.replace("](", "] (").replace("][", "] [");
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        out.push(c);
        let tag = |next: char| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?');
        if c == '<' && text[at + 1..].starts_with(tag) {
            out.push(' ');
        }
    }
    out
}

/// What HTML would read as a tag, an entity or the end of an attribute.
pub fn html(text: &str) -> String {
    entities(text).replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_channel_is_never_called_by_accident() {
        assert_eq!(mentions("@here, @Channel @everyone!"), "@ here, @ Channel @ everyone!");
        assert_eq!(mentions("@jo saw @hereford"), "@jo saw @hereford", "people are named as they are");
        assert_eq!(mentions("<!here> <@U1>"), "< !here> < @U1>");
    }

    #[test]
    fn markdown_sees_neither_tags_nor_hidden_links() {
        assert_eq!(markdown("[here](http://x) <img> 1 < 2"), "[here] (http://x) < img> 1 < 2");
    }
}
