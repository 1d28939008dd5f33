//! What reading a body yields: signals, and what had to be set aside with the reason.

use crate::text;
use domain::alerts::{Change, Signal};

/// Longest raw text kept of something refused, in bytes (64 KiB): enough to see what is wrong, too little to fill a disk with.
pub const RAW_LIMIT: usize = 64 * 1024;
/// Most refusals kept one by one of a single body; a body of a hundred bad alerts has one fault, not a hundred.
pub const REFUSED_LIMIT: usize = 100;

/// Longest reason in bytes: a reason may quote what was sent, which may be anything.
const REASON_LIMIT: usize = 400;

/// A body that could be read, as far as it could.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Parsed {
    /// What was understood, in the order sent.
    pub signals: Vec<Signal>,
    /// What was done to a system, as context.
    pub changes: Vec<Change>,
    /// What was not.
    pub refused: Vec<Refused>,
}

/// One alert of a body that was not taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// Its place in the body, from 0.
    pub index: usize,
    /// A sentence that says what to change.
    pub reason: String,
    /// The alert as it was sent, cut at [`RAW_LIMIT`].
    pub raw: Vec<u8>,
}

/// A body of which nothing could be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{reason}")]
pub struct Unreadable {
    /// A sentence that says what to change.
    pub reason: String,
}

impl Unreadable {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self { reason: bounded(reason.into()) }
    }
}

/// Gathers refusals up to [`REFUSED_LIMIT`] and counts the rest.
#[derive(Default)]
pub(crate) struct Refusals {
    kept: Vec<Refused>,
    beyond: usize,
    last: usize,
}

impl Refusals {
    pub(crate) fn add(&mut self, index: usize, reason: String, raw: &str) {
        if self.kept.len() < REFUSED_LIMIT {
            self.kept.push(Refused { index, reason: bounded(reason), raw: text::cut(raw, RAW_LIMIT).as_bytes().to_vec() });
        } else {
            self.beyond += 1;
            self.last = index;
        }
    }

    pub(crate) fn finish(mut self) -> Vec<Refused> {
        if self.beyond > 0 {
            let reason = format!("{} more alerts of this body were refused and are not listed one by one.", self.beyond);
            self.kept.push(Refused { index: self.last, reason, raw: vec![] });
        }
        self.kept
    }
}

fn bounded(reason: String) -> String {
    if reason.len() <= REASON_LIMIT { reason } else { format!("{}…", text::cut(&reason, REASON_LIMIT)) }
}
