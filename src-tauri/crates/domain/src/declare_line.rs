//! Reads a declare line: `sev1 checkout 502s for EU @dana #payments`. What is not a token is the title.

use crate::{Handle, ServiceName, Severity};

/// What one recognised piece of the line means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// `sev1` … `sev5`.
    Severity(Severity),
    /// `@name`: who commands.
    Person(Handle),
    /// `#name`: what is affected.
    Service(ServiceName),
}

/// One recognised piece and where it stands, in bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// First byte.
    pub start: usize,
    /// Past the last byte.
    pub end: usize,
    /// What it means.
    pub meaning: Meaning,
}

/// A line, read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DeclareLine {
    /// What remains without the tokens, single-spaced.
    pub title: String,
    /// The last severity named.
    pub severity: Option<Severity>,
    /// The first person named.
    pub commander: Option<Handle>,
    /// All services named, once each.
    pub services: Vec<ServiceName>,
    /// The pieces recognised, in order.
    pub tokens: Vec<Token>,
}

/// Reads a line. Never fails: what is not understood is part of the title. A second `@name` stays in the title,
/// so that "hand over @a to @b" loses no word.
pub fn read(line: &str) -> DeclareLine {
    let mut read = DeclareLine::default();
    let mut title: Vec<&str> = vec![];
    for word in line.split_whitespace() {
        let start = word.as_ptr() as usize - line.as_ptr() as usize;
        match meaning(word, &read) {
            Some(meaning) => {
                match &meaning {
                    Meaning::Severity(severity) => read.severity = Some(*severity),
                    Meaning::Person(handle) => read.commander = Some(handle.clone()),
                    Meaning::Service(service) if read.services.contains(service) => {}
                    Meaning::Service(service) => read.services.push(service.clone()),
                }
                read.tokens.push(Token { start, end: start + word.len(), meaning });
            }
            None => title.push(word),
        }
    }
    read.title = title.join(" ");
    read
}

fn meaning(word: &str, so_far: &DeclareLine) -> Option<Meaning> {
    if let Some(name) = word.strip_prefix('@') {
        return Handle::parse(name).filter(|_| so_far.commander.is_none()).map(Meaning::Person);
    }
    if let Some(name) = word.strip_prefix('#') {
        return ServiceName::parse(name).filter(|name| !name.0.bytes().all(|b| b.is_ascii_digit())).map(Meaning::Service);
    }
    let is_severity = word.len() >= 4 && word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("sev"));
    if is_severity { Severity::parse(word).map(Meaning::Severity) } else { None }
}

#[cfg(test)]
mod tests;
