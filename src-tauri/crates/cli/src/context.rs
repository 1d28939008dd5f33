//! What a command needs to understand what was typed: the present, the person's zone, and standard input.

use crate::times::{self, Ahead};
use api::{ApiError, Code};
use chrono::Local;
use domain::{Handle, ServiceName, Timestamp};
use home::{Clock as _, SystemClock};
use std::io::Read;

/// Longest text read from standard input (1 MiB): more is a file, not a note; the ledger's own limit is stricter.
const STDIN_LIMIT: u64 = 1024 * 1024;

/// Longest file or stream read whole (12 MiB): a day of a busy chat. What is read of it is limited further on.
const FILE_LIMIT: u64 = 12 * 1024 * 1024;

/// What is taken of a mail (1 MiB): more than is read of any. An alarm is not refused for the film that hangs on it.
const MAIL_LIMIT: u64 = 1024 * 1024;

/// The surroundings of one command.
pub struct Context {
    /// The present instant.
    pub now: Timestamp,
}

impl Context {
    /// The surroundings as they are.
    pub fn new() -> Self {
        Self { now: SystemClock.now() }
    }

    /// Reads a time as typed.
    pub fn time(&self, field: &str, typed: Option<&String>) -> Result<Option<Timestamp>, ApiError> {
        typed
            .map(|typed| {
                times::parse(typed, self.now, &Local)
                    .ok_or_else(|| ApiError::new(Code::InvalidField, format!("{typed:?} is no time.")).hint(times::FORMS).field(field))
            })
            .transpose()
    }

    /// Reads a time to come as typed.
    pub fn ahead(&self, field: &str, typed: &str) -> Result<Ahead, ApiError> {
        let refusal = || ApiError::new(Code::InvalidField, format!("{typed:?} is no time to come.")).hint(times::FORMS_AHEAD).field(field);
        times::ahead(typed, self.now, &Local).ok_or_else(refusal)
    }

    /// Words as typed, or standard input for `-`.
    pub fn text(&self, words: &[String]) -> Result<String, ApiError> {
        if words != ["-"] {
            return Ok(words.join(" "));
        }
        whole(std::io::stdin(), STDIN_LIMIT, "Standard input").map(|text| text.trim_end().to_owned())
    }

    /// The text of a file, or of standard input for `-`.
    pub fn file(&self, name: &str) -> Result<String, ApiError> {
        if name == "-" {
            return whole(std::io::stdin(), FILE_LIMIT, "Standard input");
        }
        whole(opened(name)?, FILE_LIMIT, &format!("{name:?}"))
    }

    /// The bytes of a file, or of standard input for `-`, whatever they are.
    pub fn bytes(&self, name: &str) -> Result<Vec<u8>, ApiError> {
        if name == "-" { raw(std::io::stdin(), FILE_LIMIT, "Standard input") } else { raw(opened(name)?, FILE_LIMIT, &format!("{name:?}")) }
    }

    /// The beginning of a mail in a file, or on standard input for `-`; what follows is read to its end and dropped, for a
    /// mail server that cannot finish its sentence sends the mail back.
    pub fn mail(&self, name: &str) -> Result<Vec<u8>, ApiError> {
        if name == "-" { beginning(std::io::stdin(), "Standard input") } else { beginning(opened(name)?, &format!("{name:?}")) }
    }
}

fn opened(name: &str) -> Result<std::fs::File, ApiError> {
    std::fs::File::open(name).map_err(|fault| {
        let code = if fault.kind() == std::io::ErrorKind::NotFound { Code::NotFound } else { Code::InvalidField };
        ApiError::new(code, format!("{name:?} cannot be opened: {fault}.")).hint("Name a file that can be read, or - for standard input.")
    })
}

fn whole(from: impl Read, limit: u64, what: &str) -> Result<String, ApiError> {
    let bytes = raw(from, limit, what)?;
    String::from_utf8(bytes).map_err(|_| ApiError::new(Code::InvalidField, format!("{what} is not UTF-8 text.")).field("text"))
}

fn raw(from: impl Read, limit: u64, what: &str) -> Result<Vec<u8>, ApiError> {
    let mut bytes = vec![];
    let read = from.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|fault| ApiError::new(Code::InvalidRequest, format!("{what} cannot be read: {fault}.")))?;
    if bytes.len() as u64 > limit {
        let refusal = ApiError::new(Code::InvalidField, format!("{what} is longer than {} MiB.", limit / (1024 * 1024)));
        return Err(refusal.hint("Shorten it, or split it.").field("text"));
    }
    Ok(bytes)
}

fn beginning(mut from: impl Read, what: &str) -> Result<Vec<u8>, ApiError> {
    let mut bytes = vec![];
    let read = from.by_ref().take(MAIL_LIMIT).read_to_end(&mut bytes).and_then(|_| std::io::copy(&mut from, &mut std::io::sink()));
    read.map_err(|fault| ApiError::new(Code::InvalidRequest, format!("{what} cannot be read: {fault}.")))?;
    Ok(bytes)
}

/// Reads a person's name as typed.
pub fn person(typed: &str) -> Result<Handle, String> {
    Handle::parse(typed).ok_or_else(|| "letters, digits, dots or dashes, as in @dana".to_owned())
}

/// Reads a service's name as typed.
pub fn service(typed: &str) -> Result<ServiceName, String> {
    ServiceName::parse(typed).ok_or_else(|| "letters, digits, dots or dashes, as in #payments".to_owned())
}
