//! What a command needs to understand what was typed: the present, the person's zone, and standard input.

use crate::times;
use api::{ApiError, Code};
use chrono::Local;
use domain::{Handle, ServiceName, Timestamp};
use home::{Clock as _, SystemClock};
use std::io::Read as _;

/// Longest text read from standard input (1 MiB): more is a file, not a note; the ledger's own limit is stricter.
const STDIN_LIMIT: u64 = 1024 * 1024;

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

    /// Words as typed, or standard input for `-`.
    pub fn text(&self, words: &[String]) -> Result<String, ApiError> {
        if words != ["-"] {
            return Ok(words.join(" "));
        }
        let mut bytes = vec![];
        std::io::stdin()
            .take(STDIN_LIMIT + 1)
            .read_to_end(&mut bytes)
            .map_err(|fault| ApiError::new(Code::InvalidRequest, format!("Standard input cannot be read: {fault}.")))?;
        if bytes.len() as u64 > STDIN_LIMIT {
            return Err(ApiError::new(Code::InvalidField, "Standard input is longer than 1 MiB.").hint("Shorten it.").field("text"));
        }
        let text =
            String::from_utf8(bytes).map_err(|_| ApiError::new(Code::InvalidField, "Standard input is not UTF-8 text.").field("text"))?;
        Ok(text.trim_end().to_owned())
    }
}

/// Reads a person's name as typed.
pub fn person(typed: &str) -> Result<Handle, String> {
    Handle::parse(typed).ok_or_else(|| "letters, digits, dots or dashes, as in @dana".to_owned())
}

/// Reads a service's name as typed.
pub fn service(typed: &str) -> Result<ServiceName, String> {
    ServiceName::parse(typed).ok_or_else(|| "letters, digits, dots or dashes, as in #payments".to_owned())
}
