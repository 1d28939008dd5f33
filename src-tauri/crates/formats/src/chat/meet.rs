//! Messages copied from Google Meet, and the chat that it saves beside a recording (SubViewer, `.sbv`).

use super::name::{speaker, tidy};
use super::sheet::Sheet;
use super::talk::{self, Dialect};
use super::vtt::{Speech, offset};

const MEET: Dialect =
    Dialect { furniture, stacked: |_, _| false, trimmed: str::trim_end, named: tidy, name_after_bracket: false, weekdays: false };
const FURNITURE: [&str; 5] = ["In-call messages", "Pin message", "keep", "Message pinned", "Let participants send messages"];

/// Reads messages copied from Meet, or a saved chat.
pub fn read(text: &str, sheet: &mut Sheet) {
    if is_saved(text) {
        saved(text, sheet);
    } else {
        talk::read(text, &MEET, sheet);
    }
}

/// Whether the first line is the time of a saved chat: `00:01:10.123,00:01:13.123`.
pub fn is_saved(text: &str) -> bool {
    text.lines().map(str::trim).find(|line| !line.is_empty()).is_some_and(|line| span(line).is_some())
}

fn saved(text: &str, sheet: &mut Sheet) {
    let mut speech = Speech::default();
    for line in text.lines().map(str::trim) {
        if let Some((from, to)) = span(line) {
            speech.cue(from, to);
        } else if !line.is_empty() {
            let (who, said) =
                if speech.is_new() { speaker(line).map_or((None, line), |(who, said)| (Some(who), said)) } else { (None, line) };
            speech.say(who, said, false, sheet);
        }
    }
}

fn span(line: &str) -> Option<(i64, i64)> {
    let (from, to) = line.split_once(',')?;
    Some((offset(from)?, offset(to)?))
}

fn furniture(line: &str) -> bool {
    FURNITURE.contains(&line)
        || line.starts_with("Messages can only be seen by people in the call")
        || line.starts_with("Messages can be seen only by people in the call")
}
