//! What a transaction asks and notes about alerts, their groups and their sources.

use super::Batch;
use crate::projections::{alerts, attachments, changes, groups};
use crate::rows::GroupRow;
use crate::{StoreError, sightings, sources};
use domain::alerts::AlertState;
use domain::{GroupId, IncidentId, SourceName, Timestamp};

impl Batch<'_> {
    /// What must be known of an alert to judge the next signal about it.
    pub fn alert(&mut self, source: &SourceName, key: &str) -> Result<Option<AlertState>, StoreError> {
        self.on(|connection| alerts::state(connection, source, key))
    }

    /// The group that new alerts of this key join: one that fires, or belongs to an open incident, or had news within
    /// the last half hour and was not dismissed.
    pub fn current_group(&mut self, source: &SourceName, group_key: &str, now: Timestamp) -> Result<Option<GroupId>, StoreError> {
        self.on(|connection| groups::current(connection, source, group_key, now))
    }

    /// A whole group. Costs the more, the more alerts it has: where only its incident is asked for, see
    /// [`Batch::incident_of_group`].
    pub fn group(&mut self, id: GroupId) -> Result<Option<GroupRow>, StoreError> {
        self.on(|connection| groups::by_id(connection, id))
    }

    /// The incident a group belongs to.
    pub fn incident_of_group(&mut self, id: GroupId) -> Result<Option<IncidentId>, StoreError> {
        self.on(|connection| Ok(attachments::of_group(connection, id)?.map(|(incident, _)| incident)))
    }

    /// Whether a source told of that change before.
    pub fn change_known(&mut self, source: &SourceName, key: &str) -> Result<bool, StoreError> {
        self.on(|connection| changes::known(connection, source, key))
    }

    /// An alert was heard; it lapses at `lapses_at` unless it is heard again.
    pub fn sight(&mut self, source: &SourceName, key: &str, at: Timestamp, lapses_at: Option<Timestamp>) -> Result<(), StoreError> {
        self.on(|connection| sightings::sight(connection, source, key, at, lapses_at))
    }

    /// An alert does not lapse any more.
    pub fn forget_lapse(&mut self, source: &SourceName, key: &str) -> Result<(), StoreError> {
        self.on(|connection| sightings::forget_lapse(connection, source, key))
    }

    /// A source sent a request.
    pub fn source_heard(&mut self, source: &SourceName, at: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| sources::heard(connection, source, at))
    }

    /// Something a source sent was refused; the raw body is kept.
    pub fn source_refused(&mut self, source: &SourceName, at: Timestamp, reason: &str, raw: &[u8]) -> Result<(), StoreError> {
        self.on(|connection| sources::refused(connection, source, at, reason, raw))
    }
}
