//! A piece before it has a form: headings, lines, lists and tables of phrases, whose parts say what they are, so that a time
//! can be printed, sent in a short message or read aloud.

use crate::clean;
use domain::{Handle, IncidentRef, Severity, Timestamp};

/// A part of a phrase.
#[derive(Clone, PartialEq, Debug)]
pub enum Span {
    /// Our own words.
    Words(String),
    /// Recorded words, made clean, and how many of them there is room for in whatever form they take.
    Said(String, usize),
    /// A person.
    Person(Handle),
    /// An incident.
    Reference(IncidentRef),
    /// A severity.
    Severity(Severity),
    /// An instant, in UTC.
    At(Timestamp),
    /// An instant, in UTC and in the reader's zone.
    Both(Timestamp),
    /// How long ago an instant was.
    Ago(Timestamp),
    /// A length of time in milliseconds.
    Length(i64),
    /// A count.
    Number(u64),
    /// A share.
    Percent(f64),
    /// An address to go to.
    Link(String),
    /// A number to ring.
    Phone(String),
    /// Something said in passing: in brackets where it is read.
    Aside(Phrase),
    /// The end of a sentence, unless what stands before it has one.
    Stop,
}

/// Words that belong on one line.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Phrase(pub Vec<Span>);

impl Phrase {
    /// A phrase that begins with our own words.
    pub fn of(words: impl Into<String>) -> Self {
        Self::default().then(words)
    }

    /// A phrase of recorded words, at most so many.
    pub fn said(text: &str, words: usize) -> Self {
        Self::default().and_said(text, words)
    }

    /// Our own words next.
    pub fn then(self, words: impl Into<String>) -> Self {
        self.and(Span::Words(words.into()))
    }

    /// Recorded words next, at most so many. A full stop at their end is left to the phrase.
    pub fn and_said(self, text: &str, words: usize) -> Self {
        let text = clean::clip(text, words);
        let bare = text.strip_suffix('.').filter(|bare| !bare.ends_with('.')).unwrap_or(&text);
        self.and(Span::Said(bare.to_owned(), words))
    }

    /// Something else next.
    pub fn and(mut self, span: Span) -> Self {
        self.0.push(span);
        self
    }

    /// A person next.
    pub fn person(self, handle: &Handle) -> Self {
        self.and(Span::Person(handle.clone()))
    }

    /// An instant next.
    pub fn at(self, at: Timestamp) -> Self {
        self.and(Span::At(at))
    }

    /// Something in passing next.
    pub fn aside(self, phrase: Self) -> Self {
        self.and(Span::Aside(phrase))
    }

    /// Another sentence next.
    pub fn stop(self) -> Self {
        self.and(Span::Stop)
    }

    /// Another phrase next.
    pub fn join(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a full stop behind it would be taken for a part of its last word.
    pub fn ends_bare(&self) -> bool {
        matches!(self.0.last(), Some(Span::Link(_) | Span::Phone(_)))
    }
}

/// Names in a row: `a, b and c`, or `a, b and 3 more` where more than `limit` are given.
pub fn listed(items: Vec<Phrase>, limit: usize) -> Phrase {
    let total = items.len();
    let shown = if total > limit { limit.max(1) } else { total };
    let rest = (total - shown) as u64;
    let mut phrase = Phrase::default();
    for (place, item) in items.into_iter().take(shown).enumerate() {
        let joint = match place {
            0 => "",
            _ if place + 1 == shown && rest == 0 => " and ",
            _ => ", ",
        };
        phrase = phrase.then(joint).join(item);
    }
    if rest > 0 { phrase.then(" and ").and(Span::Number(rest)).then(" more") } else { phrase }
}

/// A table; as text each row is one line: the first cell, then the others.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// Names of the columns.
    pub head: Vec<&'static str>,
    /// Rows; an empty cell says nothing.
    pub rows: Vec<Vec<Phrase>>,
    /// How many rows are left out.
    pub more: u64,
}

impl Table {
    /// The first `limit` of `rows`, and how many there are besides.
    pub fn cut(head: &[&'static str], mut rows: Vec<Vec<Phrase>>, limit: usize) -> Self {
        let more = rows.len().saturating_sub(limit) as u64;
        rows.truncate(limit);
        Self { head: head.to_vec(), rows, more }
    }
}

/// A part of a document.
#[derive(Clone, PartialEq, Debug)]
pub enum Block {
    /// Begins a section.
    Section(&'static str),
    /// One line.
    Line(Phrase),
    /// Lines that each have a name.
    Named(Vec<(&'static str, Phrase)>),
    /// A table.
    Table(Table),
    /// What is done, and what is not.
    Checks(Vec<(bool, &'static str)>),
    /// Words of a person, line by line, as they are.
    Quoted(Vec<String>),
}

/// A piece without a form.
#[derive(Clone, PartialEq, Debug)]
pub struct Document {
    /// One line that says what it is.
    pub subject: Phrase,
    /// An exercise: said before anything else.
    pub drill: bool,
    /// Not for everybody: said at once.
    pub private: bool,
    /// The line on top, in parts; empty where the first block says it all.
    pub heading: Vec<Phrase>,
    /// The rest.
    pub blocks: Vec<Block>,
}

impl Document {
    /// One more part.
    pub fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// One more line, where there is one.
    pub fn line(self, phrase: impl Into<Option<Phrase>>) -> Self {
        match phrase.into() {
            Some(phrase) => self.with(Block::Line(phrase)),
            None => self,
        }
    }
}
