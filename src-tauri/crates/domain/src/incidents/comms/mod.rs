//! Words that leave: updates written, where they were put and by whom, what was promised, and what waits to be sent.
//! Nothing here is called sent without a receipt or a named hand.

mod decide;
mod event;
mod evolve;
mod judged;

pub(super) use decide::decide;
pub use event::{CommsCommand, CommsEvent, Piece};
pub(super) use evolve::evolve;
pub use judged::Kept;

use super::Incident;
use super::asks::Heard;
use crate::{ChannelName, EventId, Severity, Status, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An update.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Update {
    /// The event that wrote it.
    pub id: EventId,
    /// Its words.
    pub text: String,
    /// Whose.
    pub heard: Heard,
}

/// Something put somewhere, by hand or by Muster.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Posting {
    /// What.
    pub piece: Piece,
    /// The update, where it is one.
    pub update: Option<EventId>,
    /// Where.
    pub place: String,
    /// Whether a person did it; else a channel took it, with a receipt.
    pub by_hand: bool,
    /// Whose act, and when.
    pub heard: Heard,
    /// What was queued, where a channel took it.
    pub queued: Option<EventId>,
    /// Its place among all that was said here, in order of the fold.
    pub nth: u32,
}

/// A promise of the next update.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Promise {
    /// Until when.
    pub due: Timestamp,
    /// Its rhythm in minutes.
    pub every_minutes: Option<u32>,
    /// Whose word, and when.
    pub heard: Heard,
    /// Its place among all that was said here, in order of the fold.
    pub nth: u32,
}

/// Where something queued stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "states by name")]
pub enum QueueState {
    Queued,
    Delayed,
    Held,
    Sent,
    Failed,
    Withdrawn,
}

/// Something queued.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Queued {
    /// The event that queued it; also its idempotency key.
    pub id: EventId,
    /// The update.
    pub update: Option<EventId>,
    /// What it is.
    pub piece: Piece,
    /// By which channel.
    pub channel: ChannelName,
    /// When it was queued, or last released.
    pub at: Timestamp,
    /// The event of that.
    pub at_by: EventId,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// Its place among all that was said here, in order of the fold.
    pub nth: u32,
    /// Where it stands.
    pub state: QueueState,
    /// Why, in words.
    pub why: Option<String>,
    /// Since when.
    pub changed_at: Timestamp,
    /// The event of that.
    pub changed_by: EventId,
    /// Severity and state that its words knew of.
    pub knew: (Severity, Status),
    /// Whether the update's words were corrected since: what waits are the old ones.
    pub reworded: bool,
}

/// All words that leave one incident.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Comms {
    /// Updates in order.
    pub updates: Vec<Update>,
    /// Where things were put, in order.
    pub postings: Vec<Posting>,
    /// Promises in order.
    pub promises: Vec<Promise>,
    /// When and by whose word no further update was promised, each with its place.
    pub ends: Vec<(Heard, u32)>,
    /// What waits to be sent, or did.
    pub queue: Vec<Queued>,
    /// How much was said here: places given so far.
    pub said: u32,
}

impl Comms {
    /// What is queued under that id.
    pub fn queued(&self, id: EventId) -> Option<&Queued> {
        self.queue.iter().find(|one| one.id == id)
    }
}

/// What has changed since something was queued that its reader would want to know; none: it may go.
pub fn stale(incident: &Incident, queued: &Queued) -> Option<String> {
    let (severity, status) = queued.knew;
    let mut changed = vec![];
    if incident.severity.value != severity {
        changed.push(format!("{} is now {}", severity.label(), incident.severity.value.label()));
    }
    if incident.status.value != status {
        changed.push(format!("{} is now {}", status.label(), incident.status.value.label()));
    }
    if incident.comms.updates.iter().any(|update| Some(update.id) != queued.update && update.heard.at > queued.at) {
        changed.push(String::from("a newer update was written"));
    }
    if queued.reworded {
        changed.push(String::from("its words were corrected on the record"));
    }
    (!changed.is_empty()).then(|| format!("Since it was written, {}.", changed.join(" and ")))
}
