//! What people paste from a chat, a transcript or a log, read into lines with a speaker and a time. One file a tool.
//!
//! Pure, and never fails: what cannot be understood stays text, what was left out is said in a sentence. [`read`] takes
//! only what the text says; [`place`] adds the day and the zone that the text leaves open. Nothing here looks at a clock,
//! knows people, or decides what becomes an entry.

mod clean;
mod clock;
mod day;
mod detect;
mod heading;
mod keys;
mod left_out;
mod lines;
mod log;
mod meet;
mod name;
mod place;
mod plain;
mod sheet;
mod slack;
mod slack_export;
pub(crate) mod slack_marks;
mod speakers;
mod stamp;
mod talk;
mod teams;
mod vtt;
mod words;
mod zone;
mod zoom;

use chrono::{NaiveDate, NaiveTime};
use domain::Timestamp;
use std::sync::Arc;

pub use day::DayHint;
pub use keys::keys;
pub use place::{Anchor, Moment, Placed, moments, place};
pub use words::Words;

/// Most bytes that are read of a paste (4 MiB): the chat of a week of incident, and still read before the key is up.
pub const SIZE_LIMIT: usize = 4 * 1024 * 1024;
/// Most lines that are made of a paste: more than anybody can look through in a preview, each becomes an entry.
pub const LINES_LIMIT: usize = 20_000;

/// The tool whose text this is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChatFormat {
    /// Messages copied from Slack's window.
    Slack,
    /// A day of a Slack export, or an answer of its API: JSON.
    SlackExport,
    /// Messages copied from Microsoft Teams.
    Teams,
    /// Messages copied from Google Meet, or the chat it saves (`.sbv`).
    Meet,
    /// A chat that Zoom saved, or messages copied from it.
    Zoom,
    /// A transcript: WebVTT, or SubRip.
    Vtt,
    /// Lines of a program's log.
    Log,
    /// Notes that a person kept.
    Plain,
}

impl ChatFormat {
    /// All formats.
    pub const ALL: [Self; 8] = [Self::Slack, Self::SlackExport, Self::Teams, Self::Meet, Self::Zoom, Self::Vtt, Self::Log, Self::Plain];

    /// The name on the wire.
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::SlackExport => "slack-export",
            Self::Teams => "teams",
            Self::Meet => "meet",
            Self::Zoom => "zoom",
            Self::Vtt => "vtt",
            Self::Log => "log",
            Self::Plain => "plain",
        }
    }

    /// Reads a wire name, in any case.
    pub fn parse(typed: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.wire().eq_ignore_ascii_case(typed.trim()))
    }
}

/// A paste, as far as its text says.
#[derive(Clone, PartialEq, Debug)]
pub struct Chat {
    /// As named, or as recognised.
    pub format: ChatFormat,
    /// In the order of the text.
    pub lines: Vec<ChatLine>,
    /// Some time of day comes before any day: ask for the day of the first such line.
    pub needs_day: bool,
    /// Some time is a wall clock's: ask for its zone.
    pub needs_zone: bool,
    /// Some time counts from the start of a recording: ask when that was.
    pub needs_start: bool,
    /// The first time of day, to ask with.
    pub first_wall: Option<NaiveTime>,
    /// Lines that were cut, by their place, with as much of their words as fits without saying so: they are known by it.
    pub cut: Vec<(usize, Words)>,
    /// Sentences: what was cut, skipped or cleaned.
    pub notes: Vec<String>,
}

/// One message, cue or line of a log.
#[derive(Clone, PartialEq, Debug)]
pub struct ChatLine {
    /// The speaker, as written.
    pub who: Option<Words>,
    /// When, as far as written.
    pub said: SaidAt,
    /// What the text says of the day without naming it in full.
    pub hint: Option<DayHint>,
    /// What was said; a message of several lines has line breaks. Where it was cut, that is said at the end.
    pub text: Words,
}

/// A time as a text gives it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SaidAt {
    /// In full, with its zone.
    Instant(Timestamp),
    /// By the clock on a wall somewhere.
    Wall {
        /// The day where the text names it in full.
        day: Option<NaiveDate>,
        /// The time of day.
        time: NaiveTime,
    },
    /// Milliseconds since a recording began.
    Offset(i64),
    /// Not at all.
    Unknown,
}

/// Reads a paste, as `format` where one is named and as what it looks like elsewhere.
pub fn read(pasted: &str, format: Option<ChatFormat>) -> Chat {
    let (text, mut notes) = clean::clean(pasted);
    let format = format.unwrap_or_else(|| detect::detect(&text));
    let text: Arc<str> = text.into();
    let mut sheet = sheet::Sheet::of(text.clone());
    match format {
        ChatFormat::Slack => slack::read(&text, &mut sheet),
        ChatFormat::SlackExport => slack_export::read(&text, &mut sheet),
        ChatFormat::Teams => teams::read(&text, &mut sheet),
        ChatFormat::Meet => meet::read(&text, &mut sheet),
        ChatFormat::Zoom => zoom::read(&text, &mut sheet),
        ChatFormat::Vtt => vtt::read(&text, &mut sheet),
        ChatFormat::Log => log::read(&text, &mut sheet),
        ChatFormat::Plain => plain::read(&text, &mut sheet),
    }
    let (lines, cut, said) = sheet.finish();
    notes.extend(said);
    asked(Chat { format, lines, cut, needs_day: false, needs_zone: false, needs_start: false, first_wall: None, notes })
}

/// Finds what must be asked before the lines have a place in time.
fn asked(mut chat: Chat) -> Chat {
    let mut dated = false;
    for line in &chat.lines {
        match line.said {
            SaidAt::Wall { day, time } => {
                dated |= day.is_some();
                chat.needs_day |= !dated;
                chat.needs_zone = true;
                chat.first_wall.get_or_insert(time);
            }
            SaidAt::Offset(_) => chat.needs_start = true,
            SaidAt::Instant(_) | SaidAt::Unknown => {}
        }
    }
    chat
}
