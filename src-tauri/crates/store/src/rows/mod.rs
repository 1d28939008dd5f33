//! What the store answers with: rows as the engine and the operations read them. Plain data, no SQL.

mod alerts;
mod effects;
mod timeline;
mod triage;

pub use alerts::*;
pub use effects::*;
pub use timeline::*;
pub use triage::*;

use domain::{DeviceId, EventId, IncidentId, ServiceName, Severity, Timestamp};

/// What a typed name led to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found<T> {
    /// Exactly one.
    One(T),
    /// Several; how each is shown, at most [`crate::FOUND_SHOWN`].
    Many(Vec<String>),
    /// Nothing.
    None,
}

/// Which incidents to list, newest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IncidentFilter {
    /// Only those that somebody still has to work on.
    pub open_only: bool,
    /// Only of this severity.
    pub severity: Option<Severity>,
    /// Only those that affect this service.
    pub service: Option<ServiceName>,
    /// Only those declared at or after this.
    pub since: Option<Timestamp>,
    /// At most so many.
    pub limit: usize,
}

/// One place where searched words stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SearchRow {
    /// The incident.
    pub incident: IncidentId,
    /// The entry.
    pub event: EventId,
    /// When it happened, as recorded.
    pub at: Timestamp,
    /// The words around it; each hit stands between U+E000 and U+E001.
    pub snippet: String,
}

/// What a verification found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verification {
    /// Every event is as it was recorded, and none is missing.
    pub ok: bool,
    /// Events looked at.
    pub events: u64,
    /// The first that is not as it was recorded.
    pub first_bad: Option<Bad>,
    /// The last link of every device's chain: its number and its hash.
    pub heads: Vec<(DeviceId, u64, [u8; 32])>,
}

/// An event that is not as it was recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bad {
    /// Its sequence.
    pub seq: u64,
    /// Its id, as far as it reads.
    pub id: String,
    /// What is wrong, as the end of a sentence.
    pub why: String,
}
