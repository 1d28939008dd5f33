//! A field that people set: last writer wins, and two writers who did not know of each other become a visible conflict.

use crate::{Actor, Envelope, EventId, Timestamp};
use serde::{Deserialize, Serialize};

/// A value that lost against a later one whose author had not seen it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Conflict<T> {
    /// The value that does not hold.
    pub other: T,
    /// Whose it was.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// The event that set it.
    pub event: EventId,
}

/// One field, the event that set it, and what it may have overridden unseen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Field<T> {
    /// The value that holds.
    pub value: T,
    /// The event that set it.
    pub set_by: EventId,
    /// Whose act that was.
    pub by: Actor,
    /// When it was set.
    pub at: Timestamp,
    /// The last value overridden by an author who had not seen it.
    pub conflict: Option<Conflict<T>>,
}

impl<T: Clone + PartialEq> Field<T> {
    /// The field as `envelope` first sets it.
    pub fn new(value: T, envelope: &Envelope) -> Self {
        Self { value, set_by: envelope.id, by: envelope.entry.author(), at: envelope.occurred_at, conflict: None }
    }

    /// Sets the field. An author who names the current setter as parent knew what they replaced, and settles any
    /// conflict; one who does not, and differs, makes one; one who agrees by chance settles nothing.
    pub fn set(&mut self, value: T, envelope: &Envelope) {
        let knew = envelope.parents.contains(&self.set_by);
        let conflict = match self.conflict.take() {
            _ if knew => None,
            standing if self.value == value => standing,
            _ => Some(Conflict { other: self.value.clone(), by: self.by.clone(), at: self.at, event: self.set_by }),
        };
        *self = Self { conflict, ..Self::new(value, envelope) };
    }

    /// Corrects what the event `by` said, where it still shows: as the value that holds or as the one that lost.
    pub fn reword(&mut self, by: EventId, value: T) {
        if self.set_by == by {
            self.value = value;
        } else if let Some(lost) = self.conflict.as_mut().filter(|lost| lost.event == by) {
            lost.other = value;
        }
    }

    /// Corrects when the event `by` happened, where it still shows.
    pub fn retime(&mut self, by: EventId, at: Timestamp) {
        if self.set_by == by {
            self.at = at;
        } else if let Some(lost) = self.conflict.as_mut().filter(|lost| lost.event == by) {
            lost.at = at;
        }
    }
}
