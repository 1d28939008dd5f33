//! Which tool a text comes from, told from its first lines.

use super::heading::{self, Headed};
use super::{ChatFormat, clock, day, meet, name, plain, slack, stamp, vtt, zoom};

/// Lines that are looked at: more than a heading and a message of every person who speaks.
const SAMPLE: usize = 120;

/// What was seen in the sample.
#[derive(Default)]
struct Signs {
    zoom: usize,
    log: usize,
    plain: usize,
    /// Names after a time in brackets.
    bracketed: usize,
    /// A name and a time in one line, with a gap or without a day between them: both tools write so.
    headed: usize,
    /// The same with a day between, or in words that only Teams uses.
    teams: usize,
    /// A name over a time.
    stacked: usize,
    /// Anything that only Slack's window shows.
    slack: usize,
}

/// The tool that a text looks most like; notes where it looks like none.
pub fn detect(text: &str) -> ChatFormat {
    let begin = text.trim_start();
    if looks_like_json(begin) {
        return ChatFormat::SlackExport;
    }
    if begin.starts_with("WEBVTT") || begin.lines().take(10).any(|line| vtt::timing(line.trim()).is_some()) {
        return ChatFormat::Vtt;
    }
    if meet::is_saved(begin) {
        return ChatFormat::Meet;
    }
    signs(text).strongest()
}

/// A list of objects, or an object that holds messages; `[14:36] Ravi` is neither.
fn looks_like_json(begin: &str) -> bool {
    let mut signs = begin.chars().filter(|c| !c.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('['), Some('{')) => true,
        (Some('{'), Some('"')) => begin.contains("\"messages\""),
        _ => false,
    }
}

fn signs(text: &str) -> Signs {
    let mut signs = Signs::default();
    let mut before = "";
    for line in text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE) {
        let trimmed = line.trim();
        if zoom::head(line).is_some() || heading::headed(trimmed).is_some() && trimmed.contains(" to Everyone ") {
            signs.zoom += 1;
        } else if let Some(stamped) = stamp::read(trimmed) {
            if stamped.seconds { signs.log += 1 } else { signs.plain += 1 }
        } else if heading::time_alone(line).is_some() {
            signs.alone(line, before);
        } else if let Some((_, rest)) = heading::bracketed(trimmed) {
            if name::is_name(rest) { signs.bracketed += 1 } else { signs.plain += 1 }
        } else if clock::leading(trimmed).is_some() || plain::is_timed_bullet(trimmed) {
            signs.plain += 1;
        } else if let Some(Headed { name, when, apart }) = heading::headed(trimmed) {
            let tidy = name::tidy(name);
            if when.day.is_some() && name::is_name(tidy) {
                signs.teams += 1;
            } else if name::is_name(tidy) || apart && name::could_be(tidy) {
                signs.headed += 1;
                signs.slack += usize::from(apart || tidy != name);
            }
        } else if slack::furniture(trimmed) || trimmed.ends_with("(edited)") {
            signs.slack += 1;
        } else if matches!(day::separator(trimmed, false), Some(day::Day::Hint(_))) {
            signs.slack += usize::from(trimmed.ends_with(|c: char| c.is_ascii_lowercase()));
        } else if trimmed.ends_with(" reaction.") || trimmed.ends_with(" reactions.") {
            signs.teams += 1;
        }
        before = trimmed;
    }
    signs
}

impl Signs {
    /// A time in a line of its own, under what may be a name.
    fn alone(&mut self, line: &str, before: &str) {
        let indented = line.starts_with([' ', '\t']);
        if line.trim_start().starts_with('[') {
            self.slack += 1;
        }
        let tidy = name::tidy(before);
        if indented && name::could_be(tidy) || name::is_name(tidy) {
            self.stacked += 1;
            self.slack += usize::from(indented || tidy != before);
        }
    }

    fn strongest(&self) -> ChatFormat {
        let messages = self.headed + self.stacked + self.teams + self.bracketed;
        let most = self.zoom.max(self.log).max(self.plain).max(messages);
        match most {
            0 => ChatFormat::Plain,
            _ if self.zoom == most => ChatFormat::Zoom,
            _ if self.log == most => ChatFormat::Log,
            _ if messages < most => ChatFormat::Plain,
            _ if self.bracketed * 2 >= messages => ChatFormat::Teams,
            _ if self.teams > self.slack => ChatFormat::Teams,
            _ if self.slack > 0 => ChatFormat::Slack,
            _ if self.stacked >= self.headed => ChatFormat::Meet,
            _ => ChatFormat::Teams,
        }
    }
}
