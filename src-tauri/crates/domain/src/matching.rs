//! Conditions on an alert, as people write them: `service=checkout severity>=error title~*disk*`.
//!
//! No regular expressions: `*` alone is enough to say which alerts are meant, can be read by anybody, and costs the
//! same whatever is sent. Compared without regard to case.

use crate::{AlertSeverity, ServiceName, SourceName};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use ts_rs::TS;

/// Most conditions in one line: more than anybody can hold in mind.
pub const CONDITIONS_LIMIT: usize = 20;
/// Longest line of conditions in bytes.
pub const WHEN_LIMIT: usize = 2_000;

/// What a condition may ask about.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Who sent it.
    pub source: &'a SourceName,
    /// The service it speaks of.
    pub service: Option<&'a ServiceName>,
    /// How bad it is called.
    pub severity: AlertSeverity,
    /// One line.
    pub title: &'a str,
    /// Label names and values.
    pub labels: &'a BTreeMap<String, String>,
    /// Annotation names and values.
    pub annotations: &'a BTreeMap<String, String>,
}

/// What is looked at.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Field {
    /// The source's name.
    Source,
    /// The service's name.
    Service,
    /// How bad it is called.
    Severity,
    /// The title.
    Title,
    /// Title, labels and annotations together.
    Text,
    /// A label by its name.
    Label(String),
}

/// How it is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compare {
    /// `=`: the whole value.
    Is,
    /// `!=`: another value, or none.
    IsNot,
    /// `~`: with `*` for any text.
    Like,
    /// `!~`: not so.
    Unlike,
    /// `>=`: severity, at least as bad.
    AtLeast,
    /// `<=`: severity, at most as bad.
    AtMost,
}

/// One condition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Condition {
    /// What is looked at.
    pub field: Field,
    /// How.
    pub compare: Compare,
    /// With what, in lower case.
    pub value: String,
}

/// Conditions that must all hold; text on the wire and in the ledger.
#[derive(Clone, PartialEq, Eq, Debug, Default, TS)]
#[ts(type = "string")]
pub struct When(pub Vec<Condition>);

/// Why a line of conditions does not read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's message is its documentation")]
pub enum WhenFault {
    #[error("Say which alerts are meant: for example `service=checkout severity>=error`.")]
    Empty,
    #[error("{0:?} is no condition: write name=value, name!=value, name~part* or severity>=error.")]
    NoCondition(String),
    #[error("{0:?} is no severity: critical, error, warning or info.")]
    NoSeverity(String),
    #[error("Only severity is more or less: write {0}=… or {0}~….")]
    NotOrdered(String),
    #[error("A quotation mark is not closed.")]
    OpenQuote,
    #[error("At most {CONDITIONS_LIMIT} conditions and {WHEN_LIMIT} bytes.")]
    TooLong,
}

impl When {
    /// Reads conditions as written; a value with spaces stands in double quotes.
    pub fn parse(text: &str) -> Result<Self, WhenFault> {
        if text.len() > WHEN_LIMIT {
            return Err(WhenFault::TooLong);
        }
        let conditions: Vec<Condition> = words(text)?.iter().map(|word| condition(word)).collect::<Result<_, _>>()?;
        match conditions.len() {
            0 => Err(WhenFault::Empty),
            1..=CONDITIONS_LIMIT => Ok(Self(conditions)),
            _ => Err(WhenFault::TooLong),
        }
    }

    /// All alerts of one service.
    pub fn service(name: &ServiceName) -> Self {
        Self(vec![Condition { field: Field::Service, compare: Compare::Is, value: name.as_str().to_lowercase() }])
    }

    /// Whether all conditions hold.
    pub fn holds(&self, facts: &Facts<'_>) -> bool {
        self.0.iter().all(|condition| condition.holds(facts))
    }
}

impl Condition {
    /// Whether it holds.
    pub fn holds(&self, facts: &Facts<'_>) -> bool {
        if self.field == Field::Text {
            let any = texts(facts).any(|text| self.fits(text));
            return any != matches!(self.compare, Compare::IsNot | Compare::Unlike);
        }
        let value = match &self.field {
            Field::Source => Some(facts.source.as_str()),
            Field::Service => facts.service.map(ServiceName::as_str),
            Field::Severity => return self.severity_holds(facts.severity),
            Field::Title => Some(facts.title),
            Field::Label(name) => facts.labels.get(name).map(String::as_str),
            Field::Text => None,
        };
        match self.compare {
            Compare::Is | Compare::Like => value.is_some_and(|value| self.fits(value)),
            Compare::IsNot | Compare::Unlike => !value.is_some_and(|value| self.fits(value)),
            Compare::AtLeast | Compare::AtMost => false,
        }
    }

    fn severity_holds(&self, severity: AlertSeverity) -> bool {
        let Some(asked) = severity_named(&self.value) else { return false };
        match self.compare {
            Compare::Is | Compare::Like => severity == asked,
            Compare::IsNot | Compare::Unlike => severity != asked,
            // The worst severity is the least.
            Compare::AtLeast => severity <= asked,
            Compare::AtMost => severity >= asked,
        }
    }

    /// Whether a value is meant, whatever follows from that.
    fn fits(&self, value: &str) -> bool {
        match self.compare {
            Compare::Is | Compare::IsNot => same(value, &self.value),
            Compare::Like | Compare::Unlike => like(&self.value, &lowered(value)),
            Compare::AtLeast | Compare::AtMost => false,
        }
    }
}

fn texts<'a>(facts: &Facts<'a>) -> impl Iterator<Item = &'a str> {
    let pairs = facts.labels.values().chain(facts.annotations.values());
    std::iter::once(facts.title).chain(pairs.map(String::as_str))
}

fn same(value: &str, lower: &str) -> bool {
    value.eq_ignore_ascii_case(lower) || (!value.is_ascii() && value.to_lowercase() == lower)
}

/// A value whose letters are lower ones, but for those of ASCII, which [`like`] takes for the same.
fn lowered(value: &str) -> Cow<'_, str> {
    if value.is_ascii() { Cow::Borrowed(value) } else { Cow::Owned(value.to_lowercase()) }
}

/// Whether `text` is `pattern`, in which `*` stands for any text, none included. Linear but for the last `*` passed.
fn like(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t, mut star) = (0, 0, None);
    while t < text.len() {
        if p < pattern.len() && pattern[p] == b'*' {
            star = Some((p, t));
            p += 1;
        } else if p < pattern.len() && pattern[p] == text[t].to_ascii_lowercase() {
            (p, t) = (p + 1, t + 1);
        } else if let Some((at, taken)) = star {
            let Some(first) = pattern.get(at + 1) else { return true };
            // Straight on to where what follows the star may begin.
            let ahead = text[taken + 1..].iter().position(|sign| sign.to_ascii_lowercase() == *first);
            let Some(from) = ahead.map(|ahead| taken + 1 + ahead) else { return false };
            star = Some((at, from));
            (p, t) = (at + 1, from);
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|sign| *sign == b'*')
}

fn severity_named(word: &str) -> Option<AlertSeverity> {
    AlertSeverity::ALL.into_iter().find(|severity| severity.wire() == word)
}

/// Words between spaces; within double quotes a space is a letter, and `\"` a quotation mark.
fn words(text: &str) -> Result<Vec<String>, WhenFault> {
    let (mut words, mut word, mut quoted) = (vec![], String::new(), false);
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => quoted = !quoted,
            '\\' if quoted => word.extend(signs.next()),
            _ if sign.is_whitespace() && !quoted => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
            _ => word.push(sign),
        }
    }
    if quoted {
        return Err(WhenFault::OpenQuote);
    }
    words.extend((!word.is_empty()).then_some(word));
    Ok(words)
}

/// Signs of comparison, the longer ones first.
const SIGNS: [(&str, Compare); 6] = [
    ("!=", Compare::IsNot),
    ("!~", Compare::Unlike),
    (">=", Compare::AtLeast),
    ("<=", Compare::AtMost),
    ("=", Compare::Is),
    ("~", Compare::Like),
];

fn condition(word: &str) -> Result<Condition, WhenFault> {
    let at = word.find(['!', '>', '<', '=', '~']).filter(|at| *at > 0).ok_or_else(|| WhenFault::NoCondition(word.to_owned()))?;
    let (name, rest) = word.split_at(at);
    let found = SIGNS.iter().find_map(|(sign, compare)| rest.strip_prefix(sign).map(|value| (*compare, value)));
    let (compare, value) = found.ok_or_else(|| WhenFault::NoCondition(word.to_owned()))?;
    let value = value.to_lowercase();
    let field = match name.to_lowercase().as_str() {
        "source" => Field::Source,
        "service" => Field::Service,
        "severity" => Field::Severity,
        "title" => Field::Title,
        "text" => Field::Text,
        _ => Field::Label(name.to_owned()),
    };
    match (&field, compare) {
        (Field::Severity, _) if severity_named(&value).is_none() => Err(WhenFault::NoSeverity(value)),
        (Field::Severity, _) | (_, Compare::Is | Compare::IsNot | Compare::Like | Compare::Unlike) => {
            Ok(Condition { field, compare, value })
        }
        (_, Compare::AtLeast | Compare::AtMost) => Err(WhenFault::NotOrdered(name.to_owned())),
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match &self.field {
            Field::Source => "source",
            Field::Service => "service",
            Field::Severity => "severity",
            Field::Title => "title",
            Field::Text => "text",
            Field::Label(name) => name,
        };
        let sign = SIGNS.iter().find(|(_, compare)| *compare == self.compare).map_or("=", |(sign, _)| sign);
        if self.value.is_empty() || self.value.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\\')) {
            write!(f, "{name}{sign}\"{}\"", self.value.replace('\\', "\\\\").replace('"', "\\\""))
        } else {
            write!(f, "{name}{sign}{}", self.value)
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(place, condition)| write!(f, "{}{condition}", if place > 0 { " " } else { "" }))
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(d)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
