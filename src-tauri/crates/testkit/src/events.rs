//! Events as they lie in a ledger, built without one.

use crate::{MINUTE, START};
use domain::incidents::{Declared, IncidentEvent};
use domain::{
    DeviceId, Entry, Envelope, Event, EventId, Handle, Hlc, IncidentId, IncidentRef, Recorded, Severity, Subject, Timestamp, Via,
};
use uuid::Uuid;

/// One device's chain of events: each a minute after the one before, entered by dana in the window unless said otherwise.
#[derive(Clone, Debug)]
pub struct Chain {
    device: u128,
    written: u64,
    hlc: Hlc,
    now: Timestamp,
    entry: Entry,
}

impl Chain {
    /// The chain of device number `device`, with nothing on it.
    pub fn of(device: u128) -> Self {
        let entry = Entry::by(Handle("dana".into()), Via::Window);
        Self { device, written: 0, hlc: Hlc::default(), now: START, entry }
    }

    /// From here on `entry` says who acts.
    pub fn by(mut self, entry: Entry) -> Self {
        self.entry = entry;
        self
    }

    /// Where the next event will lie in time.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Puts off the next event: it lies `millis` later than it would.
    pub fn wait(&mut self, millis: i64) {
        self.now = self.now.plus_millis(millis);
    }

    /// Puts the next event after everything in `seen`, as a device does that has received it.
    pub fn receive(&mut self, seen: &Recorded) {
        self.hlc = self.hlc.max(seen.envelope.hlc);
    }

    /// An envelope about `subject` whose author saw `parents`.
    pub fn envelope(&mut self, subject: Subject, parents: Vec<EventId>) -> Envelope {
        self.written += 1;
        self.hlc = self.hlc.tick(self.now);
        let at = self.now;
        self.now = self.now.plus_millis(MINUTE);
        Envelope {
            id: EventId(Uuid::from_u128(self.device << 64 | u128::from(self.written))),
            subject,
            occurred_at: at,
            recorded_at: at,
            device: DeviceId(Uuid::from_u128(self.device)),
            device_seq: self.written,
            hlc: self.hlc,
            entry: self.entry.clone(),
            parents,
        }
    }

    /// An event about `subject`, recorded; its sequence is its number on this chain.
    pub fn recorded(&mut self, subject: Subject, event: impl Into<Event>) -> Recorded {
        let envelope = self.envelope(subject, vec![]);
        Recorded { seq: self.written, envelope, event: Some(event.into()) }
    }

    /// An incident's event, recorded.
    pub fn of_incident(&mut self, incident: IncidentId, event: IncidentEvent) -> Recorded {
        self.recorded(Subject::Incident(incident), event)
    }
}

/// A declaration by dana, who commands, acting.
pub fn declared(title: &str, severity: Severity) -> IncidentEvent {
    IncidentEvent::Declared(Declared {
        reference: IncidentRef("INC-7K3F".into()),
        title: title.into(),
        severity,
        services: vec![],
        commander: Some(Handle("dana".into())),
        groups: vec![],
        detected_at: START,
        drill: false,
        private: false,
    })
}

/// A note that is no key moment.
pub fn noted(text: &str) -> IncidentEvent {
    IncidentEvent::Noted { text: text.into(), pinned: false }
}
