//! Words on their way to a notification service. What an alert or a person wrote is text there too: never markup, never
//! a second line, never something that turns the reading direction around.

/// Longest first line, in characters; services cut earlier.
const SUMMARY_LIMIT: usize = 160;
/// Longest body, in characters.
const BODY_LIMIT: usize = 480;

/// A first line. The specification has no markup in it.
pub fn summary(text: &str) -> String {
    one_line(text, SUMMARY_LIMIT)
}

/// A body for a service that reads markup in it, or does not.
pub fn body(text: &str, markup: bool) -> String {
    let line = one_line(text, BODY_LIMIT);
    if markup { escaped(&line) } else { line }
}

/// The text as markup that shows it letter by letter.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn one_line(text: &str, limit: usize) -> String {
    let plain = text.chars().filter(|c| !turns(*c)).map(|c| if c.is_control() { ' ' } else { c });
    let mut line: String = plain.take(limit + 1).collect();
    if line.chars().count() > limit {
        line = line.chars().take(limit - 1).chain(['…']).collect();
    }
    line.trim().to_owned()
}

/// Invisible characters that change the direction of what follows.
const fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_shown_as_it_was_written() {
        let nasty = r#"<b>x</b> & <a href="http://evil">click</a>"#;
        let shown = body(nasty, true);
        assert_eq!(shown, r#"&lt;b&gt;x&lt;/b&gt; &amp; &lt;a href="http://evil"&gt;click&lt;/a&gt;"#);
        assert!(!shown.contains('<') && !shown.contains('>'));
        assert_eq!(body(nasty, false), nasty, "a service without markup would show the escapes");
        assert_eq!(body("&lt;b&gt;", true), "&amp;lt;b&amp;gt;", "escaped once more, so that it reads as written");
    }

    #[test]
    fn a_notice_stays_one_line_that_reads_from_left_to_right() {
        assert_eq!(summary("SEV1 disk\nfull\u{7}\u{202e}gnp"), "SEV1 disk full gnp");
    }

    #[test]
    fn long_words_are_cut_by_characters() {
        let long = "ü".repeat(500);
        assert_eq!(summary(&long).chars().count(), SUMMARY_LIMIT);
        assert!(summary(&long).ends_with('…'));
        assert_eq!(body(&"<".repeat(1000), true).matches("&lt;").count(), BODY_LIMIT - 1);
    }
}
