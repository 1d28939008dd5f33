//! Messages copied from Slack, out of its own program or a browser.

use super::name::tidy;
use super::sheet::Sheet;
use super::talk::{self, Dialect};

const SLACK: Dialect = Dialect { furniture, stacked, trimmed: without_marks, named: tidy, name_after_bracket: false, weekdays: false };
/// Lines of the window that stand alone.
const FURNITURE: [&str; 12] = [
    "New",
    "New messages",
    "(edited)",
    "View thread",
    "View newer replies",
    "Also sent to the channel",
    "Saved for later",
    "Add reaction",
    "APP",
    "Reply…",
    "Show more",
    "See more",
];

/// Reads messages copied from Slack.
pub fn read(text: &str, sheet: &mut Sheet) {
    talk::read(text, &SLACK, sheet);
}

/// Whether a line is Slack's own.
pub fn furniture(line: &str) -> bool {
    // What people say is mostly longer than anything the window shows, or begins with another letter.
    if line.len() > 120 {
        return false;
    }
    match line.as_bytes().first() {
        Some(b'0'..=b'9') => counts_replies(line),
        Some(b'A' | b'N' | b'R' | b'S' | b'V' | b'(') => FURNITURE.contains(&line),
        Some(b'L') => line.starts_with("Last reply "),
        Some(b'P' | b'j' | b'l' | b'r' | b'w') => happenings(line),
        Some(_) => reactions(line),
        None => false,
    }
}

/// `3 replies`, with what Slack glues to it.
fn counts_replies(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line[digits..].trim_start();
    (1..=4).contains(&digits)
        && (after.starts_with("replies") && continues(&after[7..]) || after.starts_with("reply") && continues(&after[5..]))
}

fn continues(rest: &str) -> bool {
    rest.is_empty() || rest.trim_start().starts_with("Last reply") || rest.trim_start().starts_with("View thread")
}

/// `:eyes: 2`, `:eyes:2 :+1: 3`, `👀 2`: pairs of an emoji and a number, and nothing else.
pub fn reactions(line: &str) -> bool {
    if line.len() > 120 || !line.ends_with(|c: char| c.is_ascii_digit()) || line.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    let mut rest = line;
    while !rest.is_empty() {
        let Some(after) = past_emoji(rest) else { return false };
        let after = after.trim_start();
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=4).contains(&digits) {
            return false;
        }
        rest = after[digits..].trim_start();
    }
    true
}

/// A reaction that takes two lines: its emoji, and below it how many.
pub fn stacked(line: &str, next: &str) -> bool {
    (1..=3).contains(&next.len()) && next.bytes().all(|byte| byte.is_ascii_digit()) && line.len() <= 60 && past_emoji(line) == Some("")
}

fn past_emoji(text: &str) -> Option<&str> {
    if let Some(named) = text.strip_prefix(':') {
        let (name, after) = named.split_once(':')?;
        let fits = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+' | b'\''));
        // `:+1::skin-tone-2:` is one emoji.
        return fits.then(|| after.strip_prefix(":skin-tone-").and_then(|tone| tone.split_once(':')).map_or(after, |(_, after)| after));
    }
    let end = text.find(|c: char| c.is_ascii() || c.is_alphanumeric()).unwrap_or(text.len());
    (end > 0).then(|| &text[end..])
}

/// What Slack says about the channel in the place of a message.
fn happenings(line: &str) -> bool {
    line.starts_with("replied to a thread:")
        || line.starts_with("Pinned by ")
        || (line.starts_with("joined #") || line.starts_with("left #") || line.starts_with("was added to #")) && line.ends_with('.')
}

fn without_marks(text: &str) -> &str {
    text.strip_suffix("(edited)").unwrap_or(text).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_told_from_what_was_said() {
        for line in [
            "New",
            "3 replies",
            "1 reply",
            "12 repliesLast reply today at 2:50 PM",
            "Last reply 5 days agoView thread",
            ":eyes: 2",
            ":+1::skin-tone-2:3",
            "👀 2 👍 1",
            "joined #inc-7k3f.",
            "(edited)",
        ] {
            assert!(furniture(line), "{line}");
        }
        for line in [
            "New theory: the cache",
            "3 replies were lost by the queue",
            ":eyes:",
            "2",
            ": 2",
            "replies",
            "p99 :up: 2",
            "👀",
            "joined #inc late",
        ] {
            assert!(!furniture(line), "{line}");
        }
        assert!(stacked(":eyes:", "2") && stacked("👀", "12"));
        for (line, next) in [(":eyes:", "two"), ("502s", "2"), (":eyes:", ""), (":eyes: on it", "2"), ("", "2")] {
            assert!(!stacked(line, next), "{line} over {next}");
        }
        assert_eq!(without_marks("rolled back (edited)"), "rolled back");
    }
}
