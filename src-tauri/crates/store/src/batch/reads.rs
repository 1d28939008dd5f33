//! What a transaction asks about incidents and events, with what it did to them.

use super::Batch;
use crate::StoreError;
use crate::ledger::{self, Stored};
use crate::projections::{incidents, timeline};
use domain::incidents::{Incident, IncidentEvent};
use domain::{Event, EventId, IncidentId, IncidentRef, Recorded, Subject, Timestamp};

impl Batch<'_> {
    /// An incident's state, with what this transaction did to it.
    pub fn incident(&mut self, id: IncidentId) -> Result<Option<Incident>, StoreError> {
        let Some(known) = self.take_known(id)? else { return Ok(None) };
        let incident = known.incident.clone();
        self.writer.keep(id, known);
        Ok(Some(incident))
    }

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

    /// Corrections of the words of an entry.
    pub fn corrections_of(&mut self, target: EventId) -> Result<Vec<Recorded>, StoreError> {
        let Some(entry) = self.event(target)? else { return Ok(vec![]) };
        let events = self.on(|connection| ledger::of_subject(connection, &entry.envelope.subject))?;
        let aims = |recorded: &Recorded| matches!(&recorded.event, Some(Event::Incident(IncidentEvent::Corrected { target: of, text: Some(_), .. })) if *of == target);
        Ok(events.into_iter().filter(aims).collect())
    }
}
