//! One transaction.
use crate::{Effect, EffectState, GroupRow, OnceRow, StoreError, Writer};
use domain::alerts::AlertState;
use domain::incidents::Incident;
use domain::{DeviceId, Entry, Event, EventId, GroupId, IncidentId, IncidentRef, Recorded, SourceName, Subject, Timestamp};

/// An event to append.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its id.
    pub id: EventId,
    /// What it is about.
    pub subject: Subject,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// Who, for whom, how, through which door.
    pub entry: Entry,
    /// The events its author saw.
    pub parents: Vec<EventId>,
    /// Its words.
    pub event: Event,
    /// Random; hides the words from who knows only their hash.
    pub salt: [u8; 16],
}

/// One transaction of the writer.
pub struct Batch<'w> {
    pub(crate) writer: &'w mut Writer,
}

#[allow(missing_docs, clippy::unimplemented, unused_variables)]
impl Batch<'_> {
    pub fn savepoint<R, E: From<StoreError>>(&mut self, work: impl FnOnce(&mut Self) -> Result<R, E>) -> Result<R, E> { unimplemented!() }
    pub fn append(&mut self, draft: Draft, now: Timestamp) -> Result<Recorded, StoreError> { unimplemented!() }
    pub fn incident(&mut self, id: IncidentId) -> Result<Option<Incident>, StoreError> { unimplemented!() }
    pub fn event(&mut self, id: EventId) -> Result<Option<Recorded>, StoreError> { unimplemented!() }
    pub fn incident_events(&mut self, id: IncidentId) -> Result<Vec<Recorded>, StoreError> { unimplemented!() }
    pub fn reference_taken(&mut self, reference: &IncidentRef) -> Result<bool, StoreError> { unimplemented!() }
    pub fn corrections_of(&mut self, target: EventId) -> Result<Vec<Recorded>, StoreError> { unimplemented!() }
    pub fn erase(&mut self, target: EventId) -> Result<(), StoreError> { unimplemented!() }
    pub fn alert(&mut self, source: &SourceName, key: &str) -> Result<Option<AlertState>, StoreError> { unimplemented!() }
    pub fn current_group(&mut self, source: &SourceName, group_key: &str, now: Timestamp) -> Result<Option<GroupId>, StoreError> { unimplemented!() }
    pub fn group(&mut self, id: GroupId) -> Result<Option<GroupRow>, StoreError> { unimplemented!() }
    /// The incident a group belongs to: cheap, where [`Batch::group`] reads the whole group.
    pub fn incident_of_group(&mut self, id: GroupId) -> Result<Option<IncidentId>, StoreError> { unimplemented!() }
    pub fn sight(&mut self, source: &SourceName, key: &str, at: Timestamp, lapses_at: Option<Timestamp>) -> Result<(), StoreError> { unimplemented!() }
    pub fn forget_lapse(&mut self, source: &SourceName, key: &str) -> Result<(), StoreError> { unimplemented!() }
    pub fn source_heard(&mut self, source: &SourceName, at: Timestamp) -> Result<(), StoreError> { unimplemented!() }
    pub fn source_refused(&mut self, source: &SourceName, at: Timestamp, reason: &str, raw: &[u8]) -> Result<(), StoreError> { unimplemented!() }
    pub fn once(&mut self, key: &str) -> Result<Option<OnceRow>, StoreError> { unimplemented!() }
    pub fn remember_once(&mut self, key: &str, incident: Option<IncidentId>, event: Option<EventId>, seq: u64, at: Timestamp) -> Result<(), StoreError> { unimplemented!() }
    pub fn plan_notice(&mut self, incident: IncidentId, effect: EventId, due: Timestamp) -> Result<(), StoreError> { unimplemented!() }
    pub fn hush(&mut self, incident: IncidentId, effect: EventId, now: Timestamp) -> Result<(), StoreError> { unimplemented!() }
    pub fn effect(&mut self, id: EventId) -> Result<Option<Effect>, StoreError> { unimplemented!() }
    pub fn claim_effect(&mut self, id: EventId, now: Timestamp) -> Result<bool, StoreError> { unimplemented!() }
    pub fn settle_effect(&mut self, id: EventId, outcome: EffectState, now: Timestamp) -> Result<(), StoreError> { unimplemented!() }
    pub fn hold_effects(&mut self, now: Timestamp) -> Result<u64, StoreError> { unimplemented!() }
    pub fn rekey_device(&mut self, device: DeviceId, now: Timestamp) -> Result<(), StoreError> { unimplemented!() }
    pub fn commit(self) -> Result<(), StoreError> { unimplemented!() }
}
