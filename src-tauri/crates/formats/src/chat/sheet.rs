//! The lines of a paste as they come together: one message is open until the next begins.

use super::clock::Clock;
use super::day::{Day, DayHint};
use super::left_out::{CUT_MARK, LeftOut, left_out};
use super::words::Words;
use super::{ChatLine, LINES_LIMIT, SaidAt};
use crate::text::cut;
use domain::incidents::TEXT_LIMIT;
use std::sync::Arc;

/// When a heading says that a message was sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct When {
    /// The day, where it says one.
    pub day: Option<Day>,
    /// The time of day.
    pub clock: Clock,
}

/// Gathers lines, and counts what is left out.
pub struct Sheet {
    /// What is read: lines are pieces of it where they can be.
    text: Arc<str>,
    lines: Vec<ChatLine>,
    /// Whether the last line may still grow.
    open: bool,
    /// Its words where they are no one piece.
    joined: String,
    /// Of a separator that no line has taken up yet.
    day: Option<Day>,
    blank: bool,
    full: bool,
    beyond: usize,
    /// Lines that were cut, with as much of their words as fits without saying so.
    cut: Vec<(usize, Words)>,
    furniture: usize,
    notes: Vec<String>,
}

/// Bytes of a paste that mostly hold one message: room is made for that many at once.
const USUAL: usize = 64;

impl Sheet {
    /// An empty sheet for what that text holds.
    pub fn of(text: Arc<str>) -> Self {
        let lines = Vec::with_capacity((text.len() / USUAL).min(LINES_LIMIT));
        let (day, joined, cut, notes) = (None, String::new(), vec![], vec![]);
        Self { text, lines, open: false, joined, day, blank: false, full: false, beyond: 0, cut, furniture: 0, notes }
    }

    /// Begins a message, which ends the one before it.
    pub fn begin(&mut self, who: Option<&str>, said: SaidAt, hint: Option<DayHint>) {
        self.close();
        self.start(who.map(|who| Words::of(&self.text, who)), said, hint);
    }

    /// Begins a message under a heading, on the day of the last separator where the heading names none.
    pub fn begin_at(&mut self, who: Option<&str>, when: When) {
        self.close();
        let (said, hint) = self.wall(when);
        self.start(who.map(|who| Words::of(&self.text, who)), said, hint);
    }

    /// Begins another message of the same speaker.
    pub fn continue_at(&mut self, when: When) {
        let who = self.lines.last().and_then(|line| line.who.clone());
        self.close();
        let (said, hint) = self.wall(when);
        self.start(who, said, hint);
    }

    /// Adds a line of text to the open message; where none is open it is one of its own that says no time.
    pub fn add(&mut self, line: &str) {
        if self.full {
            return;
        }
        if !self.open {
            self.begin(None, SaidAt::Unknown, None);
        }
        let Some(open) = self.lines.last_mut().filter(|_| self.open) else { return };
        // The longest character more than fits: what is too long then shows.
        let line = cut(line, TEXT_LIMIT + 4);
        let length = open.text.len().max(self.joined.len());
        if length == 0 {
            open.text = Words::of(&self.text, line);
        } else if length > TEXT_LIMIT {
            return;
        } else if self.joined.is_empty() && !self.blank && open.text.are_above(line) {
            open.text.grow(line);
        } else {
            if self.joined.is_empty() {
                self.joined.push_str(&open.text);
            }
            self.joined.push_str(if self.blank { "\n\n" } else { "\n" });
            self.joined.push_str(line);
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

    /// When the open message, or the last, was said.
    pub fn last_said(&self) -> Option<SaidAt> {
        self.lines.last().map(|line| line.said)
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

    /// Messages that were not even looked at.
    pub fn leave(&mut self, messages: usize) {
        self.beyond += messages;
    }

    /// A sentence for the person who pasted.
    pub fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// All lines, those that were cut as they were before, and the sentences.
    pub fn finish(mut self) -> (Vec<ChatLine>, Vec<(usize, Words)>, Vec<String>) {
        self.close();
        let mut notes = self.notes;
        notes.extend(left_out(&LeftOut {
            furniture: self.furniture,
            cut: self.cut.len(),
            beyond: self.beyond,
            all: self.lines.is_empty(),
        }));
        (self.lines, self.cut, notes)
    }

    /// Begins a message where none is open.
    fn start(&mut self, who: Option<Words>, said: SaidAt, hint: Option<DayHint>) {
        self.full = self.lines.len() >= LINES_LIMIT;
        if self.full {
            self.beyond += 1;
        } else {
            self.lines.push(ChatLine { who, said, hint, text: Words::none(&self.text) });
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
        if !self.joined.is_empty() {
            line.text = Words::copied(&self.joined);
            self.joined.clear();
        }
        let too_long = line.text.len() > TEXT_LIMIT;
        line.text.shorten(cut(&line.text, TEXT_LIMIT).trim_end().len());
        if too_long && !line.text.is_empty() {
            let begin = cut(&line.text, TEXT_LIMIT - CUT_MARK.len()).trim_end();
            let marked = Words::copied(&[begin, CUT_MARK].concat());
            let fits = std::mem::replace(&mut line.text, marked);
            self.cut.push((self.lines.len() - 1, fits));
        } else if line.text.is_empty() {
            self.drop_heading();
        }
    }

    /// A heading without words (a picture): its day still holds for what follows.
    fn drop_heading(&mut self) {
        let Some(line) = self.lines.pop() else { return };
        let day = match line.said {
            SaidAt::Wall { day: Some(day), .. } => Some(Day::Date(day)),
            SaidAt::Wall { day: None, .. } | SaidAt::Instant(_) | SaidAt::Offset(_) | SaidAt::Unknown => line.hint.map(Day::Hint),
        };
        self.day = self.day.or(day);
    }
}
