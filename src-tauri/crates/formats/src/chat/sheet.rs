//! The lines of a paste as they come together: one message is open until the next begins.

use super::clock::Clock;
use super::day::{Day, DayHint};
use super::{ChatLine, LINES_LIMIT, SaidAt};
use crate::text::cut;
use domain::incidents::TEXT_LIMIT;

/// When a heading says that a message was sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct When {
    /// The day, where it says one.
    pub day: Option<Day>,
    /// The time of day.
    pub clock: Clock,
}

/// Gathers lines, and counts what is left out.
#[derive(Default)]
pub struct Sheet {
    lines: Vec<ChatLine>,
    /// Whether the last line may still grow.
    open: bool,
    /// Of a separator that no line has taken up yet.
    day: Option<Day>,
    blank: bool,
    full: bool,
    beyond: usize,
    shortened: usize,
    furniture: usize,
    notes: Vec<String>,
}

/// Bytes of a paste that mostly hold one message: room is made for that many at once.
const USUAL: usize = 64;

impl Sheet {
    /// An empty sheet, with room for what a text of that length mostly holds.
    pub fn for_length(bytes: usize) -> Self {
        Self { lines: Vec::with_capacity((bytes / USUAL).min(LINES_LIMIT)), ..Self::default() }
    }

    /// Begins a message, which ends the one before it.
    pub fn begin(&mut self, who: Option<&str>, said: SaidAt, hint: Option<DayHint>) {
        let who = who.map(str::to_owned);
        self.start(ChatLine { who, said, hint, text: String::new() });
    }

    /// Begins a message under a heading, on the day of the last separator where the heading names none.
    pub fn begin_at(&mut self, who: Option<&str>, when: When) {
        self.close();
        let (said, hint) = self.wall(when);
        self.begin(who, said, hint);
    }

    /// Begins another message of the same speaker.
    pub fn continue_at(&mut self, when: When) {
        let who = self.last().and_then(|line| line.who.clone());
        self.close();
        let (said, hint) = self.wall(when);
        self.start(ChatLine { who, said, hint, text: String::new() });
    }

    /// Adds a line of text to the open message; where none is open it is one of its own that says no time.
    pub fn add(&mut self, text: &str) {
        if self.full {
            return;
        }
        if !self.open {
            self.begin(None, SaidAt::Unknown, None);
        }
        let Some(open) = self.lines.last_mut().filter(|_| self.open) else { return };
        if open.text.len() > TEXT_LIMIT {
            return;
        }
        // The longest character more than fits: what is too long then shows.
        let text = cut(text, TEXT_LIMIT + 4);
        if open.text.is_empty() {
            open.text = text.to_owned();
        } else {
            open.text.push_str(if self.blank { "\n\n" } else { "\n" });
            open.text.push_str(text);
        }
        self.blank = false;
    }

    /// An empty line: kept between two lines of one message.
    pub fn blank(&mut self) {
        self.blank = true;
    }

    /// Whether the open message has no text yet.
    pub fn is_fresh(&self) -> bool {
        self.open && self.lines.last().is_some_and(|open| open.text.is_empty())
    }

    /// The open message, or the last.
    pub fn last(&self) -> Option<&ChatLine> {
        self.lines.last()
    }

    /// A separator: what follows was said on `day`.
    pub fn turn(&mut self, day: Day) {
        self.close();
        self.day = Some(day);
    }

    /// Something of the tool's window that nobody said.
    pub fn skip(&mut self) {
        self.furniture += 1;
    }

    /// A sentence for the person who pasted.
    pub fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// All lines, and the sentences.
    pub fn finish(mut self) -> (Vec<ChatLine>, Vec<String>) {
        self.close();
        let mut notes = self.notes;
        match self.furniture {
            0 => {}
            1 => notes.push("One line of the tool's own, such as a reaction or a count of replies, was left out.".to_owned()),
            many => notes.push(format!("{many} lines of the tool's own, such as reactions and counts of replies, were left out.")),
        }
        match self.shortened {
            0 => {}
            1 => notes.push(format!("One message was cut at {} KB. Attach the whole as a file.", TEXT_LIMIT / 1024)),
            many => notes.push(format!("{many} messages were cut at {} KB. Attach the whole as a file.", TEXT_LIMIT / 1024)),
        }
        if self.beyond > 0 {
            let rest = self.beyond;
            notes.push(format!(
                "Only the first {LINES_LIMIT} messages were read, {rest} were not. Paste the rest next; what overlaps is added once."
            ));
        }
        if self.lines.is_empty() {
            notes.push(
                "No message was found in this text. Paste the messages themselves, with names and times where there are any.".to_owned(),
            );
        }
        (self.lines, notes)
    }

    fn start(&mut self, line: ChatLine) {
        self.close();
        self.full = self.lines.len() >= LINES_LIMIT;
        if self.full {
            self.beyond += 1;
        } else {
            self.lines.push(line);
            self.open = true;
        }
    }

    fn wall(&mut self, when: When) -> (SaidAt, Option<DayHint>) {
        let time = when.clock.time;
        let pending = self.day.take();
        match when.day.or(pending) {
            Some(Day::Date(day)) => (SaidAt::Wall { day: Some(day), time }, None),
            Some(Day::Hint(hint)) => (SaidAt::Wall { day: None, time }, Some(hint)),
            None => (SaidAt::Wall { day: None, time }, None),
        }
    }

    fn close(&mut self) {
        self.blank = false;
        if !std::mem::take(&mut self.open) {
            return;
        }
        let Some(line) = self.lines.last_mut() else { return };
        if line.text.len() > TEXT_LIMIT {
            self.shortened += 1;
            line.text.truncate(cut(&line.text, TEXT_LIMIT).len());
        }
        line.text.truncate(line.text.trim_end().len());
        if !line.text.is_empty() {
            return;
        }
        // A heading without words (a picture): its day still holds for what follows.
        let day = match line.said {
            SaidAt::Wall { day: Some(day), .. } => Some(Day::Date(day)),
            _ => line.hint.map(Day::Hint),
        };
        self.day = self.day.or(day);
        self.lines.pop();
    }
}
