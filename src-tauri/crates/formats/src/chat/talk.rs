//! Messages under headings, as every chat window gives them to the clipboard: a name and a time, then what was said.
//! What differs from tool to tool is a [`Dialect`].

use super::day;
use super::heading::{self, Headed};
use super::lines::lines;
use super::name;
use super::sheet::{Sheet, When};
use super::speakers::Speakers;
use super::{SaidAt, clock};

/// How a tool's window reads.
pub struct Dialect {
    /// Whether a line is the tool's own: a reaction, a count of replies.
    pub furniture: fn(&str) -> bool,
    /// Whether a line and the next are the tool's own together: an emoji over a number.
    pub stacked: fn(&str, &str) -> bool,
    /// What is hung on the end of a message that nobody said.
    pub trimmed: fn(&str) -> &str,
    /// A name as the tool writes it, without what the tool adds.
    pub named: fn(&str) -> &str,
    /// Whether a name follows a time in brackets; elsewhere it is text of the same speaker.
    pub name_after_bracket: bool,
    /// Whether a weekday alone is a separator.
    pub weekdays: bool,
}

/// Reads messages under headings.
pub fn read(text: &str, dialect: &Dialect, sheet: &mut Sheet) {
    let mut talk = Talk { dialect, sheet, known: Speakers::default(), style: None };
    let mut lines = lines(text);
    let mut this = lines.next();
    let mut time = this.and_then(heading::time_alone);
    while let Some(line) = this {
        let mut next = lines.next();
        let mut next_time = next.and_then(heading::time_alone);
        let text = line.trim_ascii();
        if let Some(when) = time {
            talk.time(when);
        } else if next.is_some_and(|next| talk.goes_with(text, next, next_time)) {
            next = lines.next();
            next_time = next.and_then(heading::time_alone);
        } else {
            talk.line(text);
        }
        (this, time) = (next, next_time);
    }
}

struct Talk<'a, 's> {
    dialect: &'s Dialect,
    sheet: &'s mut Sheet,
    known: Speakers<'a>,
    /// How the first heading of two lines looked: others look the same, and what does not is a time between messages.
    style: Option<(bool, bool)>,
}

impl<'a> Talk<'a, '_> {
    /// Takes a line together with the next: a name over a time, or what the tool itself writes in two lines.
    fn goes_with(&mut self, line: &'a str, next: &str, time: Option<When>) -> bool {
        if let Some(when) = time {
            return self.name_over(line, when, next.starts_with([' ', '\t']));
        }
        let furniture = (self.dialect.stacked)(line, next.trim_ascii());
        if furniture {
            self.sheet.skip();
            self.sheet.skip();
        }
        furniture
    }

    /// Takes a name that stands over a time, where it is one.
    fn name_over(&mut self, line: &'a str, when: When, indented: bool) -> bool {
        let name = (self.dialect.named)(line);
        if name.is_empty() || (self.dialect.furniture)(line) || day::separator(line, self.dialect.weekdays).is_some() {
            return false;
        }
        let style = (indented, when.clock.half);
        let alike = self.style.is_none_or(|known| known == style);
        // The line after a time is what was said, even where it could be a name.
        let text = self.sheet.is_fresh() && !indented;
        let is_heading = alike && (indented && name::could_be(name) || !text && (self.known.contains(name) || name::is_name(name)));
        if is_heading {
            self.style.get_or_insert(style);
            self.head(name, when);
        }
        is_heading
    }

    fn head(&mut self, name: &'a str, when: When) {
        self.known.insert(name);
        let when = self.settled(when);
        self.sheet.begin_at(Some(name), when);
    }

    /// A time alone: the same speaker goes on.
    fn time(&mut self, when: When) {
        let when = self.settled(when);
        self.sheet.continue_at(when);
    }

    /// `2:37` after `2:36 PM` is in the afternoon.
    fn settled(&self, mut when: When) -> When {
        let last = match self.sheet.last_said() {
            Some(SaidAt::Wall { time, .. }) => Some(time),
            Some(SaidAt::Instant(_) | SaidAt::Offset(_) | SaidAt::Unknown) | None => None,
        };
        if let (Some(last), Some((_, true))) = (last, self.style) {
            when.clock.time = clock::after(when.clock, last);
        }
        when
    }

    fn line(&mut self, text: &'a str) {
        if text.is_empty() {
            return self.sheet.blank();
        }
        if (self.dialect.furniture)(text) {
            return self.sheet.skip();
        }
        if let Some((when, rest)) = heading::bracketed(text) {
            return self.after_bracket(when, rest);
        }
        if let Some(Headed { name, when, apart }) = heading::headed(text) {
            let name = (self.dialect.named)(name);
            if !name.is_empty() && (self.known.contains(name) || apart && name::could_be(name) || name::is_name(name)) {
                self.style.get_or_insert((false, when.clock.half));
                return self.head(name, when);
            }
        // What ends in a time is no day.
        } else if let Some(day) = day::separator(text, self.dialect.weekdays) {
            return self.sheet.turn(day);
        }
        let said = (self.dialect.trimmed)(text);
        if said.is_empty() { self.sheet.skip() } else { self.sheet.add(said) }
    }

    fn after_bracket(&mut self, when: When, rest: &'a str) {
        let named = (self.dialect.named)(rest);
        if rest.is_empty() {
            self.time(when);
        } else if self.known.contains(named) || self.dialect.name_after_bracket && name::is_name(named) {
            self.head(named, when);
        } else if let Some((name, said)) = name::speaker(rest) {
            self.head(name, when);
            self.sheet.add(said);
        } else {
            self.time(when);
            self.sheet.add((self.dialect.trimmed)(rest));
        }
    }
}
