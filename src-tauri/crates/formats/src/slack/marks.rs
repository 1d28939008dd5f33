//! Slack's markup within a post: as people see it, and the addresses in it.

use crate::chat::slack_marks;
use std::borrow::Cow;
use std::collections::HashMap;

/// The text as it is shown.
pub fn shown(text: &str) -> String {
    if text.contains(['<', '&']) { slack_marks::shown(text, &HashMap::new()) } else { text.to_owned() }
}

/// The first line that holds a letter or a digit.
pub fn first_line(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    fn find(text: &str) -> Option<&str> {
        text.lines().map(str::trim).find(|line| line.chars().any(char::is_alphanumeric))
    }
    match text {
        Cow::Borrowed(text) => find(text).map(Cow::Borrowed),
        Cow::Owned(text) => find(&text).map(|line| Cow::Owned(line.to_owned())),
    }
}

/// A title without marks: of `<address|words>` the words; stars, ticks and tildes at the ends of words are left out.
pub fn plain(title: &str) -> String {
    let bare = without_marks(title);
    let mut line = String::with_capacity(bare.len());
    for word in slack_marks::unescape(&bare).split_whitespace().map(|word| word.trim_matches(['*', '`', '~'])) {
        if !line.is_empty() && !word.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

fn without_marks(title: &str) -> Cow<'_, str> {
    if !title.contains('<') {
        return Cow::Borrowed(title);
    }
    let mut out = String::with_capacity(title.len());
    let mut rest = title;
    while let Some((before, at)) = rest.split_once('<') {
        let Some((inner, after)) = at.split_once('>') else { break };
        out.push_str(before);
        out.push_str(inner.split_once('|').map_or(inner, |(_, words)| words));
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The first address that is marked as one.
pub fn address(text: &str) -> Option<&str> {
    let marks = text.split('<').skip(1).filter_map(|at| Some(at.split_once('>')?.0));
    marks.map(|inner| inner.split_once('|').map_or(inner, |(address, _)| address)).find(|address| address.starts_with("http"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_reads_as_it_is_shown() {
        for (written, seen) in [
            ("*<https://g.example/d|DiskFull>* on `db1`", "DiskFull on db1"),
            ("<https://g.example/d>", "https://g.example/d"),
            ("a &lt;b&gt;  &amp; c", "a <b> & c"),
            ("1 < 2", "1 < 2"),
            ("** PROBLEM **", "PROBLEM"),
        ] {
            assert_eq!(plain(written), seen, "{written}");
        }
        assert_eq!(address("see <https://g.example/d|this>, <@U1>"), Some("https://g.example/d"));
        assert_eq!(address("<@U1> <!here> 1 < 2"), None);
    }
}
