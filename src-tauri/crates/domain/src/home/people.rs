//! The people book: who can be asked, for what, when, and by which road.

use super::shift::Shift;
use crate::{Role, Timestamp};
use serde::{Deserialize, Serialize};

/// Longest text of one field of a card in bytes: an address fits, a letter does not.
pub const FIELD_LIMIT: usize = 200;

/// What is known of a person besides the name.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Card {
    /// Roles the person can take.
    pub roles: Vec<Role>,
    /// Time zone by its IANA name.
    pub zone: Option<String>,
    /// When the person works.
    pub shift: Option<Shift>,
    /// Phone number as written.
    pub phone: Option<String>,
    /// Mail address.
    pub mail: Option<String>,
    /// Handle in the team's chat.
    pub chat: Option<String>,
}

/// A person.
#[derive(Clone, PartialEq, Debug)]
pub struct Person {
    /// In full.
    pub name: Option<String>,
    /// Since when known.
    pub added_at: Timestamp,
    /// How to reach them, and for what.
    pub card: Card,
}

impl Person {
    /// A person of whom only this is known.
    pub fn new(name: Option<String>, added_at: Timestamp) -> Self {
        Self { name, added_at, card: Card::default() }
    }
}
