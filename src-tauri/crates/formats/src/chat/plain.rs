//! Notes that a person kept, one a line: `14:36 text`, `- 14:36 ravi: text`, or text alone.

use super::clock;
use super::day;
use super::lines::lines;
use super::name::speaker;
use super::sheet::{Sheet, When};
use super::{SaidAt, heading, stamp};

/// Reads notes.
pub fn read(text: &str, sheet: &mut Sheet) {
    let mut recent = Recent::default();
    for line in lines(text) {
        let line = without_bullet(line.trim_ascii());
        if line.is_empty() {
            continue;
        }
        if let Some((when, rest)) = timed(line) {
            let (who, said) = recent.named(rest);
            sheet.begin_at(who, when);
            sheet.add(said);
        } else if let Some(stamped) = stamp::read(line) {
            let (who, said) = recent.named(stamped.rest);
            sheet.begin(who, stamped.said, stamped.hint);
            sheet.add(said);
        } else if let Some(day) = day::separator(line.trim_end_matches(':'), false) {
            sheet.turn(day);
        } else {
            let (who, said) = if line.starts_with('<') { recent.named(line) } else { (None, line) };
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

/// Who spoke last: the next line mostly begins with one of these names, which need not be judged again.
#[derive(Default)]
struct Recent<'a> {
    names: [&'a str; 4],
    next: usize,
}

impl<'a> Recent<'a> {
    /// The speaker where one is named, and what was said.
    fn named(&mut self, rest: &'a str) -> (Option<&'a str>, &'a str) {
        let rest = rest.trim_start_matches([' ', '\t', ':', '-', '–', '—', '|', ',', '.']).trim_ascii_end();
        for name in self.names.iter().filter(|name| !name.is_empty()) {
            if let Some(said) = rest.strip_prefix(*name).and_then(|after| after.strip_prefix(": ")) {
                return (Some(name), said.trim_ascii_start());
            }
        }
        let Some((who, said)) = speaker(rest) else { return (None, rest) };
        self.names[self.next] = who;
        self.next = (self.next + 1) % self.names.len();
        (Some(who), said)
    }
}

fn without_bullet(line: &str) -> &str {
    let after = line.strip_prefix(['-', '*', '•', '–', '—', '#', '>']).map(|rest| rest.trim_start_matches('#'));
    after.filter(|rest| rest.starts_with([' ', '\t'])).map_or(line, str::trim_start)
}
