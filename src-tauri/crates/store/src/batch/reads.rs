//! What a transaction asks about incidents and events, with what it did to them.

use super::Batch;
use crate::StoreError;
use crate::ledger::{self, Stored};
use crate::projections::{incidents, timeline};
use domain::incidents::{CommsEvent, IncidentEvent};
use domain::{Event, EventId, IncidentId, IncidentRef, Recorded, Subject, Timestamp};

impl Batch<'_> {
    /// An event by its id.
    pub fn event(&mut self, id: EventId) -> Result<Option<Recorded>, StoreError> {
        self.on(|connection| ledger::by_id(connection, id)?.map(Stored::recorded).transpose())
    }

    /// When an entry happened, as last corrected, with what this transaction did.
    pub fn entry_at(&mut self, id: EventId) -> Result<Option<Timestamp>, StoreError> {
        self.on(|connection| timeline::at(connection, id))
    }

    /// Incidents that are open.
    pub fn open_incidents(&mut self) -> Result<Vec<IncidentId>, StoreError> {
        self.on(incidents::open_ids)
    }

    /// All events about an incident, in order of arrival.
    pub fn incident_events(&mut self, id: IncidentId) -> Result<Vec<Recorded>, StoreError> {
        self.on(|connection| ledger::of_subject(connection, &Subject::Incident(id)))
    }

    /// Whether an incident is called that.
    pub fn reference_taken(&mut self, reference: &IncidentRef) -> Result<bool, StoreError> {
        self.on(|connection| incidents::reference_taken(connection, reference))
    }

    /// Entries of the same incident that hold the words of one: corrections of it, and posts that were queued with it.
    /// Every post bears the title.
    pub fn repeats_of(&mut self, target: EventId) -> Result<Vec<EventId>, StoreError> {
        let Some(entry) = self.event(target)? else { return Ok(vec![]) };
        let titles = matches!(&entry.event, Some(Event::Incident(IncidentEvent::Declared(_) | IncidentEvent::Retitled { .. })));
        let corrects = |event: &IncidentEvent| matches!(event, IncidentEvent::Corrected { target: of, text: Some(_), .. } if *of == target);
        let posts = |event: &IncidentEvent| matches!(event, IncidentEvent::Comms(CommsEvent::Queued { update, .. }) if titles || *update == Some(target));
        let holds = |recorded: &Recorded| matches!(&recorded.event, Some(Event::Incident(event)) if corrects(event) || posts(event));
        let events = self.on(|connection| ledger::of_subject(connection, &entry.envelope.subject))?;
        Ok(events.into_iter().filter(holds).map(|recorded| recorded.envelope.id).collect())
    }
}
