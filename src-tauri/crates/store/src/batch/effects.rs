//! What a transaction plans to be done outside, and what it remembers of commands.

use super::Batch;
use crate::projections::pasted;
use crate::rows::{Effect, EffectKind, EffectState, OnceRow};
use crate::{StoreError, chain, meta, once, outbox, wakes};
use domain::{DeviceId, EventId, IncidentId, Timestamp};
use std::collections::BTreeSet;

impl Batch<'_> {
    /// What came of the command with that key.
    pub fn once(&mut self, key: &str) -> Result<Option<OnceRow>, StoreError> {
        self.on(|connection| once::find(connection, key))
    }

    /// Remembers what came of the command with that key.
    pub fn remember_once(
        &mut self,
        key: &str,
        incident: Option<IncidentId>,
        event: Option<EventId>,
        seq: u64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.on(|connection| once::remember(connection, key, OnceRow { incident, event, seq }, at))
    }

    /// Plans a notice in place of whatever waits to be done for that incident.
    pub fn plan_notice(&mut self, incident: IncidentId, effect: EventId, due: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| outbox::plan_notice(connection, incident, effect, due))
    }

    /// Drops what waits to be done for that incident, and plans to take its notice down.
    pub fn hush(&mut self, incident: IncidentId, effect: EventId, now: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| outbox::hush(connection, incident, effect, now))
    }

    /// Plans to show which clocks rang, in place of whatever notice waits for that incident.
    pub fn plan_ring(&mut self, incident: IncidentId, effect: EventId, due: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| outbox::plan_ring(connection, incident, effect, due))
    }

    /// Plans to send what was queued under that id; what was held or failed is planned anew.
    pub fn plan_post(&mut self, incident: IncidentId, queued: EventId, due: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| outbox::plan_post(connection, incident, queued, due))
    }

    /// Plans to show the alarm, in place of what waits to be shown of it.
    pub fn plan_alarm(&mut self, effect: EventId, due: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| outbox::plan_alarm(connection, EffectKind::Alarm, effect, due))
    }

    /// Drops what waits to be shown of the alarm, and plans to take its notice down.
    pub fn hush_alarm(&mut self, effect: EventId, now: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| outbox::plan_alarm(connection, EffectKind::CloseAlarm, effect, now))
    }

    /// Plans to say what can or cannot be heard.
    pub fn plan_ears(&mut self, effect: EventId, due: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| outbox::plan_ears(connection, effect, due))
    }

    /// Plans to tell tools what became of the alerts of a group or an incident, in place of what waits to be told of it.
    pub fn plan_reply(&mut self, about: uuid::Uuid, effect: EventId, due: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| outbox::plan_reply(connection, about, effect, due))
    }

    /// What was claimed is tried again at `due`.
    pub fn effect_again(&mut self, id: EventId, due: Timestamp, now: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| outbox::again(connection, id, due, now))
    }

    /// An incident's clocks are to be looked at then; `None`: none of them runs.
    pub fn arm(&mut self, incident: IncidentId, due: Option<Timestamp>) -> Result<(), StoreError> {
        self.on(|connection| wakes::arm(connection, incident, due))
    }

    /// Which of `keys` are on the record of that incident.
    pub fn pasted(&mut self, incident: IncidentId, keys: &[[u8; 16]]) -> Result<BTreeSet<[u8; 16]>, StoreError> {
        self.on(|connection| pasted::known(connection, incident, keys))
    }

    /// An effect by its id.
    pub fn effect(&mut self, id: EventId) -> Result<Option<Effect>, StoreError> {
        self.on(|connection| outbox::by_id(connection, id))
    }

    /// Claims a pending effect; false where it is pending no more.
    pub fn claim_effect(&mut self, id: EventId, now: Timestamp) -> Result<bool, StoreError> {
        self.on(|connection| outbox::claim(connection, id, now))
    }

    /// Says how an effect went. One that was settled before stays as it was.
    pub fn settle_effect(&mut self, id: EventId, outcome: EffectState, now: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| outbox::settle(connection, id, outcome, now))
    }

    /// In a restored or copied home: what was planned or under way waits for a person's yes. Answers how many.
    pub fn hold_effects(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        self.on(|connection| outbox::hold(connection, now))
    }

    /// In a restored or copied home: from here on it is another device, with a chain of its own.
    pub fn rekey_device(&mut self, device: DeviceId, now: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| meta::become_device(connection, device, now))?;
        let head = &mut self.writer.head;
        (head.device, head.device_seq, head.hash) = (device, 0, chain::ROOT);
        Ok(())
    }
}
