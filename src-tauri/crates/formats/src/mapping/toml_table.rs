//! A table of TOML whose keys are few and known; what is wrong is said with its line.

use super::nearest::nearest;
use super::pointer::Pointer;
use super::template::Template;
use super::words::Words;
use crate::text;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Longest piece of a mapping that a fault quotes, in bytes.
const QUOTED: usize = 60;

/// Why a mapping cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message}")]
pub struct MappingFault {
    /// The line at fault, from 1.
    pub line: usize,
    /// A sentence that says what to change, and in which line.
    pub message: String,
}

/// The text of a mapping, for its lines.
#[derive(Clone, Copy)]
pub struct Lines<'t>(pub &'t str);

impl Lines<'_> {
    /// A fault at this byte of the text. `what` is a clause: the line is said before it.
    pub fn fault(self, at: usize, what: &str) -> MappingFault {
        let line = 1 + self.0.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count();
        let end = if what.ends_with(['.', '?']) { "" } else { "." };
        MappingFault { line, message: format!("Line {line}: {what}{end}") }
    }
}

/// A table and what it is called in sentences.
#[derive(Clone, Copy)]
pub struct Table<'t> {
    lines: Lines<'t>,
    entries: &'t DeTable<'t>,
}

/// One value with its place.
pub type Entry<'t> = &'t Spanned<DeValue<'t>>;

impl<'t> Table<'t> {
    /// A table that has no other keys than these; `called` says what it is, as in "a key of a mapping".
    ///
    /// # Errors
    /// The first key that is not known, with the known one that it looks like.
    pub fn of(lines: Lines<'t>, entries: &'t DeTable<'t>, called: &str, known: &[&str]) -> Result<Self, MappingFault> {
        let mut strangers: Vec<(usize, &str)> =
            entries.iter().map(|(key, _)| (key.span().start, key.get_ref().as_ref())).filter(|(_, key)| !known.contains(key)).collect();
        strangers.sort_unstable();
        let Some((at, stranger)) = strangers.first() else { return Ok(Self { lines, entries }) };
        let quoted = text::cut(stranger, QUOTED);
        let hint = match nearest(stranger, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", known.join(", ")),
        };
        Err(lines.fault(*at, &format!("`{quoted}` is no key of {called}; {hint}")))
    }

    /// The value of a key.
    pub fn get(self, key: &str) -> Option<Entry<'t>> {
        self.entries.iter().find(|(known, _)| known.get_ref() == key).map(|(_, value)| value)
    }

    /// A key that must be there.
    pub fn needed(self, key: &str, at: usize) -> Result<Entry<'t>, MappingFault> {
        self.get(key).ok_or_else(|| self.lines.fault(at, &format!("`{key}` is missing here")))
    }

    /// A text with holes, or a pointer.
    pub fn template(self, key: &str) -> Result<Option<Template>, MappingFault> {
        self.get(key).map(|entry| template(self.lines, key, entry)).transpose()
    }

    /// A list of words; one text is a list of one.
    pub fn words(self, key: &str) -> Result<Option<Words>, MappingFault> {
        let Some(entry) = self.get(key) else { return Ok(None) };
        let word = |entry: Entry<'_>| match entry.get_ref() {
            DeValue::String(word) => Ok(word.to_string()),
            DeValue::Integer(number) => Ok(number.to_string()),
            DeValue::Boolean(_) | DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
                Err(self.lines.fault(entry.span().start, &format!("`{key}` must be a list of words, such as [\"open\", \"active\"]")))
            }
        };
        match entry.get_ref() {
            DeValue::Array(items) => Ok(Some(Words(items.iter().map(word).collect::<Result<_, _>>()?))),
            _ => Ok(Some(Words(vec![word(entry)?]))),
        }
    }

    /// A pointer and nothing else.
    pub fn pointer(self, key: &str) -> Result<Option<Pointer>, MappingFault> {
        let Some(entry) = self.get(key) else { return Ok(None) };
        let written = string(self.lines, key, entry)?;
        let read = Pointer::parse(written);
        read.map(Some).ok_or_else(|| {
            let quoted = text::cut(written, QUOTED);
            self.lines.fault(entry.span().start, &format!("`{key}` is {quoted:?}, which is no JSON Pointer: write it like \"/alerts\""))
        })
    }
}

/// The text of an entry.
pub fn string<'t>(lines: Lines<'_>, key: &str, entry: Entry<'t>) -> Result<&'t str, MappingFault> {
    match entry.get_ref() {
        DeValue::String(written) => Ok(written),
        other => Err(lines.fault(entry.span().start, &format!("`{key}` must be a text in quotes, not {}", called(other)))),
    }
}

/// The template of an entry.
pub fn template(lines: Lines<'_>, key: &str, entry: Entry<'_>) -> Result<Template, MappingFault> {
    let written = string(lines, key, entry)?;
    Template::parse(written).map_err(|what| {
        let what = format!("in `{}`, {}", text::cut(key, QUOTED), text::cut(&what, 4 * QUOTED));
        lines.fault(entry.span().start, &what)
    })
}

/// What a value is called in a sentence.
pub fn called(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
