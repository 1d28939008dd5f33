//! Messages under headings, as every chat window gives them to the clipboard: a name and a time, then what was said.
//! What differs from tool to tool is a [`Dialect`].

use super::day;
use super::heading::{self, Headed};
use super::name;
use super::sheet::{Sheet, When};
use super::{ChatLine, SaidAt, clock};
use std::collections::HashSet;

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

/// A time that stands in a line of its own.
#[derive(Clone, Copy)]
struct Alone {
    when: When,
    indented: bool,
}

/// Reads messages under headings.
pub fn read(text: &str, dialect: &Dialect, sheet: &mut Sheet) {
    let mut talk = Talk { dialect, sheet, known: HashSet::new(), style: None };
    let mut lines = text.lines();
    let mut this = lines.next().map(|line| (line, alone(line)));
    while let Some((line, time)) = this {
        let next = lines.next().map(|line| (line, alone(line)));
        let over = match (&time, &next) {
            (None, Some((_, Some(next)))) => Some(*next),
            _ => None,
        };
        if over.is_some_and(|time| talk.name_over(line.trim_ascii(), time)) {
            this = lines.next().map(|line| (line, alone(line)));
            continue;
        }
        match (time, &next) {
            (Some(time), _) => talk.time(time.when),
            (None, Some((next, None))) if (dialect.stacked)(line.trim_ascii(), next.trim_ascii()) => {
                talk.sheet.skip();
                talk.sheet.skip();
                this = lines.next().map(|line| (line, alone(line)));
                continue;
            }
            (None, _) => talk.line(line),
        }
        this = next;
    }
}

fn alone(line: &str) -> Option<Alone> {
    let when = heading::time_alone(line)?;
    Some(Alone { when, indented: line.starts_with([' ', '\t']) })
}

struct Talk<'a> {
    dialect: &'a Dialect,
    sheet: &'a mut Sheet,
    known: HashSet<String>,
    /// How the first heading of two lines looked: others look the same, and what does not is a time between messages.
    style: Option<(bool, bool)>,
}

impl Talk<'_> {
    /// Takes a name that stands over a time, where it is one.
    fn name_over(&mut self, line: &str, time: Alone) -> bool {
        let name = (self.dialect.named)(line);
        if name.is_empty() || (self.dialect.furniture)(line) || day::separator(line, self.dialect.weekdays).is_some() {
            return false;
        }
        let style = (time.indented, time.when.clock.half);
        let alike = self.style.is_none_or(|known| known == style);
        // The line after a time is what was said, even where it could be a name.
        let text = self.sheet.is_fresh() && !time.indented;
        let is_heading = alike && (time.indented && name::could_be(name) || !text && (self.known.contains(name) || name::is_name(name)));
        if is_heading {
            self.style.get_or_insert(style);
            self.head(name, time.when);
        }
        is_heading
    }

    fn head(&mut self, name: &str, when: When) {
        if !self.known.contains(name) {
            self.known.insert(name.to_owned());
        }
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
        let last = match self.sheet.last() {
            Some(ChatLine { said: SaidAt::Wall { time, .. }, .. }) => Some(*time),
            _ => None,
        };
        if let (Some(last), Some((_, true))) = (last, self.style) {
            when.clock.time = clock::after(when.clock, last);
        }
        when
    }

    fn line(&mut self, line: &str) {
        let text = line.trim_ascii();
        if text.is_empty() {
            return self.sheet.blank();
        }
        if (self.dialect.furniture)(text) {
            return self.sheet.skip();
        }
        if let Some(day) = day::separator(text, self.dialect.weekdays) {
            return self.sheet.turn(day);
        }
        if let Some((when, rest)) = heading::bracketed(text) {
            return self.after_bracket(when, rest);
        }
        if let Some(Headed { name, when, apart }) = heading::headed(text) {
            let name = (self.dialect.named)(name);
            if !name.is_empty() && (apart && name::could_be(name) || self.known.contains(name) || name::is_name(name)) {
                self.style.get_or_insert((false, when.clock.half));
                return self.head(name, when);
            }
        }
        let said = (self.dialect.trimmed)(text);
        if said.is_empty() { self.sheet.skip() } else { self.sheet.add(said) }
    }

    fn after_bracket(&mut self, when: When, rest: &str) {
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
