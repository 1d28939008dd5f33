//! Notes that a person kept, one a line: `14:36 text`, `- 14:36 ravi: text`, or text alone.

use super::clock;
use super::day;
use super::name::speaker;
use super::sheet::{Sheet, When};
use super::{SaidAt, heading, stamp};

/// Reads notes.
pub fn read(text: &str, sheet: &mut Sheet) {
    for line in text.lines() {
        let line = without_bullet(line.trim_ascii());
        if line.is_empty() {
            continue;
        }
        if let Some((when, rest)) = timed(line) {
            let (who, said) = named(rest);
            sheet.begin_at(who, when);
            sheet.add(said);
        } else if let Some(stamped) = stamp::read(line) {
            let (who, said) = named(stamped.rest);
            sheet.begin(who, stamped.said, stamped.hint);
            sheet.add(said);
        } else if let Some(day) = day::separator(line.trim_end_matches(':'), false) {
            sheet.turn(day);
        } else {
            let (who, said) = if line.starts_with('<') { named(line) } else { (None, line) };
            sheet.begin(who, SaidAt::Unknown, None);
            sheet.add(said);
        }
    }
}

/// `14:36 …` and `[14:36] …`.
pub fn timed(line: &str) -> Option<(When, &str)> {
    if line.starts_with('[') {
        return heading::bracketed(line);
    }
    let (clock, rest) = clock::leading(line)?;
    Some((When { day: None, clock }, rest))
}

/// `- 14:36 …`.
pub fn is_timed_bullet(line: &str) -> bool {
    let bare = without_bullet(line);
    bare.len() < line.len() && timed(bare).is_some()
}

/// The speaker where one is named, and what was said.
fn named(rest: &str) -> (Option<&str>, &str) {
    let rest = rest.trim_start_matches([' ', '\t', ':', '-', '–', '—', '|', ',', '.']).trim_end();
    speaker(rest).map_or((None, rest), |(who, said)| (Some(who), said))
}

fn without_bullet(line: &str) -> &str {
    let after = line.strip_prefix(['-', '*', '•', '–', '—', '#', '>']).map(|rest| rest.trim_start_matches('#'));
    after.filter(|rest| rest.starts_with([' ', '\t'])).map_or(line, str::trim_start)
}
