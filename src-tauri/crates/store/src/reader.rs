//! A few connections that only read.
use crate::rows::*;
use crate::StoreError;
use domain::incidents::Incident;
use domain::{EventId, GroupId, IncidentId, Recorded, SourceName, Timestamp};
use std::collections::BTreeMap;
use std::ops::Deref;

/// Connections that only read; cheap to clone and to borrow from.
#[derive(Clone)]
pub struct Readers {}

/// A borrowed connection.
pub struct ReaderGuard {
    reader: Reader,
}

/// A connection that only reads.
pub struct Reader {
    pub(crate) connection: rusqlite::Connection,
}

impl Deref for ReaderGuard {
    type Target = Reader;
    fn deref(&self) -> &Reader { &self.reader }
}

#[allow(missing_docs, clippy::unimplemented, unused_variables)]
impl Readers {
    pub fn get(&self) -> Result<ReaderGuard, StoreError> { unimplemented!() }
}

#[allow(missing_docs, clippy::unimplemented, unused_variables)]
impl Reader {
    pub fn seq(&self) -> Result<u64, StoreError> { unimplemented!() }
    pub fn is_empty(&self) -> Result<bool, StoreError> { unimplemented!() }
    pub fn find_incident(&self, typed: &str) -> Result<Found<IncidentId>, StoreError> { unimplemented!() }
    pub fn find_event(&self, typed: &str) -> Result<Found<EventId>, StoreError> { unimplemented!() }
    pub fn find_group(&self, typed: &str) -> Result<Found<GroupId>, StoreError> { unimplemented!() }
    pub fn event(&self, id: EventId) -> Result<Option<Recorded>, StoreError> { unimplemented!() }
    pub fn incident(&self, id: IncidentId) -> Result<Option<Incident>, StoreError> { unimplemented!() }
    pub fn incident_events(&self, id: IncidentId) -> Result<Vec<Recorded>, StoreError> { unimplemented!() }
    /// The last event of an incident: its sequence and its hash.
    pub fn incident_head(&self, id: IncidentId) -> Result<Option<(u64, [u8; 32])>, StoreError> { unimplemented!() }
    pub fn incidents(&self, filter: &IncidentFilter) -> Result<Vec<Incident>, StoreError> { unimplemented!() }
    pub fn resolved_since(&self, since: Timestamp, limit: usize) -> Result<Vec<Incident>, StoreError> { unimplemented!() }
    pub fn timeline(&self, query: &TimelineQuery) -> Result<Vec<TimelineRow>, StoreError> { unimplemented!() }
    pub fn timeline_counts(&self, incident: IncidentId) -> Result<TimelineCounts, StoreError> { unimplemented!() }
    pub fn groups(&self, filter: &GroupFilter) -> Result<Vec<GroupRow>, StoreError> { unimplemented!() }
    pub fn groups_count_waiting(&self) -> Result<u64, StoreError> { unimplemented!() }
    pub fn group(&self, id: GroupId) -> Result<Option<GroupRow>, StoreError> { unimplemented!() }
    pub fn alerts_of(&self, group: GroupId, limit: usize) -> Result<Vec<AlertRow>, StoreError> { unimplemented!() }
    pub fn group_totals_of(&self, incident: IncidentId) -> Result<(u64, u64), StoreError> { unimplemented!() }
    pub fn search(&self, query: &str, limit: usize) -> Result<Vec<SearchRow>, StoreError> { unimplemented!() }
    pub fn source_stats(&self) -> Result<BTreeMap<SourceName, SourceStats>, StoreError> { unimplemented!() }
    pub fn refusals(&self, source: &SourceName, limit: usize) -> Result<Vec<RefusalRow>, StoreError> { unimplemented!() }
    pub fn due_effects(&self, now: Timestamp, limit: usize) -> Result<Vec<Effect>, StoreError> { unimplemented!() }
    pub fn claimed_effects(&self) -> Result<Vec<Effect>, StoreError> { unimplemented!() }
    pub fn due_lapses(&self, now: Timestamp, limit: usize) -> Result<Vec<(SourceName, String)>, StoreError> { unimplemented!() }
    pub fn next_due(&self) -> Result<Option<Timestamp>, StoreError> { unimplemented!() }
    pub fn verify(&self, incident: Option<IncidentId>) -> Result<Verification, StoreError> { unimplemented!() }
}
