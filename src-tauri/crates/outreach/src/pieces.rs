//! Cuts plain text into what every tool must be told apart: single characters and whole web addresses. What people and
//! machines wrote is only ever text here: never a mention, never formatting, never a link that names another place.

/// What stands at the end of a text that was too long.
pub(crate) const CUT: &str = "… (cut; the whole text is in Muster)";

/// Breaks a word in two for a program and not for a reader.
const BREAK: char = '\u{200b}';
/// Words that call a whole room, whichever the tool.
const CROWDS: [&str; 4] = ["everyone", "here", "channel", "all"];

/// One part of a text with what stands before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Piece<'a> {
    /// A character that is no part of an address.
    Char(char),
    /// An `http` or `https` address that stands on its own.
    Url(&'a str),
}

/// Where a piece stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot<'a> {
    /// The piece.
    pub piece: Piece<'a>,
    /// Only blanks and digits stand before it on its line.
    pub opens_line: bool,
    /// The character before it.
    pub before: Option<char>,
    /// What follows it.
    pub rest: &'a str,
}

/// Text as it may leave: lines end in `\n`, no control characters, nothing that turns the direction of reading.
pub(crate) fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace('\t', "    ");
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    lines.chars().filter(|c| *c == '\n' || !(c.is_control() || turns(*c))).collect::<String>().trim().to_owned()
}

/// The heading, which is the first line, and everything after it.
pub(crate) fn heading(text: &str) -> (&str, &str) {
    text.split_once('\n').map_or((text, ""), |(first, rest)| (first.trim_end(), rest.trim_start_matches('\n')))
}

/// The parts of a text in their order.
pub(crate) fn spots(text: &str) -> impl Iterator<Item = Spot<'_>> {
    let mut at = 0;
    let mut before = None;
    let mut opens_line = true;
    std::iter::from_fn(move || {
        let here = &text[at..];
        let first = here.chars().next()?;
        let url = before.is_none_or(|c: char| !c.is_alphanumeric()).then(|| address(here)).flatten();
        let piece = url.map_or(Piece::Char(first), Piece::Url);
        at += url.map_or(first.len_utf8(), str::len);
        let spot = Spot { piece, opens_line, before, rest: &text[at..] };
        opens_line = first == '\n' || (opens_line && (first == ' ' || first.is_ascii_digit()));
        before = text[..at].chars().next_back();
        Some(spot)
    })
}

/// The addresses in a text, each once.
pub(crate) fn addresses(text: &str) -> Vec<&str> {
    let mut found = vec![];
    for spot in spots(text) {
        if let Piece::Url(url) = spot.piece
            && !found.contains(&url)
        {
            found.push(url);
        }
    }
    found
}

/// The address that `text` starts with. Only what needs no escape in any tool counts as part of one.
fn address(text: &str) -> Option<&str> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'+,;=%".contains(c);
    let end = text.find(|c| !allowed(c)).unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    let starts = url[scheme.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
    (starts && !url.contains('@')).then_some(url)
}

/// Writes the parts of a text as `write` does, one after the other, in at most `limit` UTF-16 units; what is cut is said.
pub(crate) fn fit(text: &str, limit: usize, write: impl Fn(Spot<'_>) -> String) -> String {
    let mut written = String::new();
    let mut length = 0;
    let mut safe = 0;
    for spot in spots(text) {
        let part = write(spot);
        length += units(&part);
        if length > limit {
            written.truncate(safe);
            return format!("{}{CUT}", written.trim_end());
        }
        written.push_str(&part);
        if length + units(CUT) <= limit {
            safe = written.len();
        }
    }
    written
}

/// Length as the tools count it: none counts less than this.
pub(crate) fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// An `@` that calls nobody: one that would call a crowd is followed by a break, and where `names` is set one that would
/// call a person too.
pub(crate) fn at_sign(spot: Spot<'_>, names: bool) -> String {
    let word: String = spot.rest.chars().take(8).flat_map(char::to_lowercase).collect();
    let crowd = CROWDS.iter().any(|crowd| word.starts_with(crowd));
    let name = names && spot.rest.starts_with(|c: char| c.is_alphanumeric()) && !spot.before.is_some_and(char::is_alphanumeric);
    if crowd || name { format!("@{BREAK}") } else { "@".into() }
}

/// A `<` that opens nothing: a break follows where a mention would.
pub(crate) fn less_than(spot: Spot<'_>, sign: &str) -> String {
    if spot.rest.starts_with(['!', '@', '#', ':']) { format!("{sign}{BREAK}") } else { sign.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_whole_and_without_the_stop_of_the_sentence() {
        let text = "Join https://meet.example/a_b?x=1&y=2. See (http://wiki.example/p) and xhttps://no.example, https://a@b.example";
        assert_eq!(addresses(text), ["https://meet.example/a_b?x=1&y=2", "http://wiki.example/p"]);
        assert_eq!(addresses("https://"), Vec::<&str>::new());
    }

    #[test]
    fn text_that_fits_is_left_whole_and_longer_text_says_that_it_was_cut() {
        let plain = |spot: Spot<'_>| match spot.piece {
            Piece::Char(c) => c.to_string(),
            Piece::Url(url) => url.to_owned(),
        };
        assert_eq!(fit(&"a".repeat(100), 100, plain), "a".repeat(100));
        let cut = fit(&"a".repeat(101), 100, plain);
        assert_eq!(units(&cut), 100);
        assert!(cut.ends_with(CUT), "{cut}");
        let clef = fit(&"𝄞".repeat(60), 100, plain);
        assert!(units(&clef) <= 100 && clef.ends_with(CUT), "counted as the tools count: {clef}");
    }

    #[test]
    fn what_nobody_sees_does_not_leave() {
        assert_eq!(clean(" a\r\nb\u{202e}c\u{7}\td \n"), "a\nbc    d");
        assert_eq!(heading("Heading\n\nBody\nmore"), ("Heading", "Body\nmore"));
        assert_eq!(heading("Only"), ("Only", ""));
    }
}
