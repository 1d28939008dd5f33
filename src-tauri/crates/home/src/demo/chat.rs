//! Lines of a channel as its tool copies them, read back as the app reads what a person pastes: pasted again, they add
//! nothing.

use super::book::Member;
use super::lines::Note;
use domain::{Handle, Timestamp};
use engine::PastedLine;
use formats::chat::{self, Anchor, ChatFormat};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Minutes are told from here.
const MINUTE: i64 = 60_000;

/// What somebody copied out of Slack, where minutes count from `declared`.
pub fn pasted(lines: &[Note], people: &BTreeMap<Handle, Member>, declared: Timestamp) -> Vec<PastedLine> {
    let at = |line: &Note| declared.plus_millis(line.minute * MINUTE).utc();
    let name = |who: &Handle| people.get(who).map_or(who.as_str(), |member| &member.name).to_owned();
    let mut copied = String::new();
    for line in lines {
        // Writing to a string does not fail.
        let _ = writeln!(copied, "{}  {}\n{}", name(&line.who), at(line).format("%H:%M"), line.text);
    }
    let day = lines.first().map_or(declared.utc(), at).date_naive();
    let read = chat::read(&copied, Some(ChatFormat::Slack));
    let placed = chat::place(&read, &Anchor { day, zone: chrono_tz::UTC, start: None });
    let known: BTreeMap<String, &Handle> = lines.iter().map(|line| (name(&line.who), &line.who)).collect();
    let person = |who: &str| known.get(who).map(|who| (*who).clone());
    placed
        .into_iter()
        .map(|line| PastedLine {
            person: line.who.as_deref().and_then(person),
            said_by: line.who.as_ref().map(ToString::to_string),
            at: line.at,
            text: line.text.to_string(),
            key: line.key,
        })
        .collect()
}
