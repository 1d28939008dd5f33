//! What a transaction asks and notes about alerts, their groups and their sources.

use super::Batch;
use crate::projections::{alerts, changes, groups, noises};
use crate::rows::{AlertRow, GroupRow, TriageRow};
use crate::{StoreError, sources};
use domain::alerts::AlertState;
use domain::{GroupId, IncidentId, ServiceName, SourceName, Timestamp};

impl Batch<'_> {
    /// What must be known of an alert to judge the next signal about it.
    pub fn alert(&mut self, source: &SourceName, key: &str) -> Result<Option<AlertState>, StoreError> {
        self.at_hand(|connection, lately| {
            let slot = lately.find(connection, source, key)?;
            Ok(lately.alert(slot).state())
        })
    }

    /// The group that new alerts of this key join: one that fires, or belongs to an open incident, or had news within
    /// the last half hour and was not dismissed.
    pub fn current_group(&mut self, source: &SourceName, group_key: &str, now: Timestamp) -> Result<Option<GroupId>, StoreError> {
        self.at_hand(|connection, lately| lately.joined(connection, groups::key_hash(source, group_key), now))
    }

    /// A whole group. Costs the more, the more alerts it has: where only its incident is asked for, see
    /// [`Batch::incident_of_group`].
    pub fn group(&mut self, id: GroupId) -> Result<Option<GroupRow>, StoreError> {
        self.on_tables(|connection| groups::by_id(connection, id))
    }

    /// The incident a group belongs to.
    pub fn incident_of_group(&mut self, id: GroupId) -> Result<Option<IncidentId>, StoreError> {
        self.at_hand(|connection, lately| lately.incident_of(connection, id))
    }

    /// What must be known of a group to judge it.
    pub fn triage(&mut self, id: GroupId) -> Result<Option<TriageRow>, StoreError> {
        self.at_hand(|connection, lately| lately.triage(connection, id))
    }

    /// A group's alerts, those that fire first.
    pub fn alerts_of(&mut self, id: GroupId, limit: usize) -> Result<Vec<AlertRow>, StoreError> {
        self.on_tables(|connection| alerts::shown(connection, id, limit))
    }

    /// Services of which something fires that people know of, each with the group that says so.
    pub fn down(&mut self) -> Result<Vec<(ServiceName, GroupId)>, StoreError> {
        self.on_tables(groups::down)
    }

    /// Groups that fire, the newest first.
    pub fn firing_groups(&mut self, limit: usize) -> Result<Vec<GroupId>, StoreError> {
        self.on_tables(|connection| groups::firing(connection, limit))
    }

    /// Groups whose reason to be silent has passed by `now`.
    pub fn passed_hushes(&mut self, now: Timestamp, limit: usize) -> Result<Vec<GroupId>, StoreError> {
        self.on(|connection| noises::due(connection, now, limit))
    }

    /// Groups kept silent by what that group says is down.
    pub fn children_of(&mut self, parent: GroupId) -> Result<Vec<GroupId>, StoreError> {
        self.on(|connection| noises::children(connection, parent))
    }

    /// Whether a source told of that change before.
    pub fn change_known(&mut self, source: &SourceName, key: &str) -> Result<bool, StoreError> {
        self.on(|connection| changes::known(connection, source, key))
    }

    /// An alert was heard; it lapses at `lapses_at` unless it is heard again.
    pub fn sight(&mut self, source: &SourceName, key: &str, at: Timestamp, lapses_at: Option<Timestamp>) -> Result<(), StoreError> {
        self.at_hand(|connection, lately| {
            let slot = lately.find(connection, source, key)?;
            lately.sight(connection, slot, at, lapses_at)
        })
    }

    /// An alert does not lapse any more.
    pub fn forget_lapse(&mut self, source: &SourceName, key: &str) -> Result<(), StoreError> {
        self.at_hand(|connection, lately| {
            let slot = lately.find(connection, source, key)?;
            lately.forget_lapse(slot);
            Ok(())
        })
    }

    /// A source sent a request.
    pub fn source_heard(&mut self, source: &SourceName, at: Timestamp) -> Result<(), StoreError> {
        self.at_hand(|_, lately| {
            lately.requested(source, at);
            Ok(())
        })
    }

    /// Something a source sent was refused; the raw body is kept.
    pub fn source_refused(&mut self, source: &SourceName, at: Timestamp, reason: &str, raw: &[u8]) -> Result<(), StoreError> {
        self.on(|connection| sources::refused(connection, source, at, reason, raw))
    }
}
