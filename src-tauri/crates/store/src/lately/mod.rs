//! What the writer keeps at hand of the alerts and groups it heard of lately, so that a flood asks the tables for each of
//! them once, and writes each row once in a transaction, however often it is heard. After a commit it says nothing that
//! the tables do not say; what is undone there is undone here.

mod alerts;
mod groups;
#[cfg(test)]
mod tests;
mod undo;

pub use alerts::{Alert, Slot};
pub use groups::Group;

use crate::{StoreError, sources};
use domain::{GroupId, SourceName, Timestamp};
use rusqlite::Connection;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use undo::Undo;

/// Alerts kept at hand: what a large place has firing, and some 8 MiB. Beyond it all are looked up anew.
const ALERTS_KEPT: usize = 20_000;
/// Groups kept at hand, a few hundred bytes each.
const GROUPS_KEPT: usize = 10_000;
/// Alerts that names may trail behind: few enough to be read in some 5 ms at a start and to be named in 20, many enough
/// that naming them writes each page of the names for many of them.
const UNNAMED: i64 = 8_192;

/// Alerts and groups at hand.
#[derive(Default)]
pub struct Lately {
    /// Where each alert lies in `alerts`, by source and key.
    names: HashMap<Arc<str>, HashMap<Arc<str>, Slot>>,
    alerts: Vec<Alert>,
    /// Alerts whose sightings the table does not say yet.
    heard: Vec<Slot>,
    /// The last number named in the table of names, and the last one given; not asked for yet, where they are none.
    numbers: Option<Numbers>,
    groups: HashMap<GroupId, Group>,
    /// Groups whose rows do not say yet what is known here.
    moved: Vec<GroupId>,
    /// The group that new alerts of a key join, and since when that is so.
    joined: HashMap<[u8; 16], (GroupId, Timestamp)>,
    /// Turns of whose groups are and of what is quiet.
    turn: u64,
    /// Requests that came in this transaction: how many, and when the last one did.
    requests: BTreeMap<SourceName, (u64, Timestamp)>,
    /// Writing failed half-way: what the tables lack is known nowhere any more.
    torn: bool,
    /// What things were before they changed, as long as it may have to be undone.
    before: Vec<Undo>,
    /// Parts of a transaction under way that may be undone by themselves.
    parts: usize,
}

/// Numbers of alerts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Numbers {
    /// Up to here the table of names knows them; those after it are all at hand.
    named: i64,
    last: i64,
}

impl Lately {
    /// Forgets everything, what was not written too: for when the database went back to where it was.
    pub fn forget(&mut self) {
        let (parts, before) = (self.parts, if self.parts > 0 { vec![Undo::Forgotten] } else { vec![] });
        *self = Self { parts, before, turn: self.turn + 1, ..Self::default() };
    }

    /// Makes room between transactions, where there is too much.
    pub fn make_room(&mut self) {
        if self.alerts.len() > ALERTS_KEPT || self.groups.len() > GROUPS_KEPT {
            self.forget();
        }
    }

    /// Writes all that the tables do not say yet.
    pub fn write(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.write_groups(connection)?;
        self.torn = true;
        self.write_alerts(connection)?;
        for (source, (requests, at)) in std::mem::take(&mut self.requests) {
            sources::heard(connection, &source, requests, at)?;
        }
        self.torn = false;
        Ok(())
    }

    /// Whether writing failed half-way, so that nothing of the transaction may be committed.
    pub fn is_torn(&self) -> bool {
        self.torn
    }

    /// Writes everything and forgets it: for work that goes by the tables alone, and changes them.
    pub fn put_down(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.write(connection)?;
        self.forget();
        Ok(())
    }

    /// A source sent a request.
    pub fn requested(&mut self, source: &SourceName, at: Timestamp) {
        match self.requests.get_mut(source) {
            Some((requests, last)) => (*requests, *last) = (*requests + 1, at),
            None => drop(self.requests.insert(source.clone(), (1, at))),
        }
    }
}
