//! Histories for tests: given these events, when this is commanded, then that happens. Every event lies one minute after
//! the one before it, is entered by dana unless said otherwise, and names what its author saw, as the engine would.

mod craft;
mod devices;
mod wild;
mod wild_nouns;

pub use devices::{Device, Step, play, steps};
pub use wild::{envelopes, events as wild_events};

use crate::incidents::{Declared, Incident, IncidentCommand, IncidentEvent as E, Rejection, Target, decide, evolve, fold, parents};
use crate::{
    DeviceId, Entry, Envelope, Event, EventId, Handle, Hlc, IncidentId, IncidentRef, Means, Recorded, Severity, Subject, Timestamp, Via,
};
use uuid::Uuid;

/// When every history begins: 14:00 on a Monday, UTC.
pub const START: Timestamp = Timestamp(1_773_064_800_000);

/// The instant `n` minutes after the start.
pub fn minute(n: i64) -> Timestamp {
    START.plus_secs(n * 60)
}

/// The id of event number `n` of a history, counted from 1.
pub fn id(n: u128) -> EventId {
    EventId(Uuid::from_u128(n))
}

/// The incident that every history is about.
pub fn incident() -> IncidentId {
    IncidentId(Uuid::from_u128(0x1_0000))
}

pub fn handle(name: &str) -> Handle {
    Handle(name.into())
}

/// A person's own act.
pub fn by(name: &str) -> Entry {
    Entry::by(handle(name), Via::Window)
}

/// What one person says, entered by another.
pub fn voice(of: &str, entered_by: &str) -> Entry {
    Entry { on_behalf_of: Some(handle(of)), means: Means::Voice, ..by(entered_by) }
}

/// A machine's act, behind which no person stands.
pub fn machine() -> Entry {
    Entry::machine("alertmanager", Via::Alertmanager)
}

/// A declaration by dana, who commands, acting.
pub fn declared() -> E {
    E::Declared(declaration(Some("dana")))
}

/// A declaration without a person: command is unclaimed.
pub fn declared_by_machine() -> E {
    E::Declared(declaration(None))
}

pub fn declaration(commander: Option<&str>) -> Declared {
    Declared {
        reference: IncidentRef("INC-7K3F".into()),
        title: "Checkout returns 502".into(),
        severity: Severity::Sev2,
        services: vec![],
        commander: commander.map(handle),
        groups: vec![],
        detected_at: START,
        drill: false,
        private: false,
    }
}

pub fn note(text: &str) -> E {
    E::Noted { text: text.into(), pinned: false }
}

/// What has happened so far, and who acts next.
#[derive(Clone)]
pub struct Given {
    /// In order of recording.
    pub records: Vec<Recorded>,
    entry: Entry,
}

/// A history of `events`.
pub fn given(events: &[E]) -> Given {
    events.iter().cloned().fold(Given { records: vec![], entry: by("dana") }, Given::and)
}

impl Given {
    /// From here on `entry` says who acts.
    pub fn by(self, entry: Entry) -> Self {
        Self { entry, ..self }
    }

    /// One more event, a minute later, by somebody who saw all before it.
    pub fn and(self, event: E) -> Self {
        let at = self.next();
        self.and_at(at, event)
    }

    /// One more event that happened at `at`, and is recorded a minute after the last.
    pub fn and_at(self, at: Timestamp, event: E) -> Self {
        let seen = self.try_state().map(|state| parents(&state, &event)).unwrap_or_default();
        self.record(at, seen, event)
    }

    /// One more event, by somebody on another machine who saw only what the events in `seen` had set.
    pub fn and_unseen(self, seen: &[EventId], event: E) -> Self {
        let at = self.next();
        self.record(at, seen.to_vec(), event)
    }

    /// Takes the words of event `n` away, as the store does, and records the redaction.
    pub fn redacted(mut self, n: usize, masked: &str) -> Self {
        let target = &mut self.records[n - 1];
        let Some(Event::Incident(event)) = target.event.take() else { panic!("event {n} is an incident's and has its words") };
        let masked = Box::new(event.masked(masked));
        let redaction = E::Redacted { target: target.envelope.id, reason: "a secret".into(), masked };
        self.and(redaction)
    }

    /// The state that follows.
    pub fn state(&self) -> Incident {
        self.try_state().expect("the history declares an incident")
    }

    /// Event `n` as a command's target.
    pub fn target(&self, n: usize) -> Target {
        target(&self.records[n - 1])
    }

    /// Commands `command`, which happens at `at`.
    pub fn when(self, command: IncidentCommand, at: Timestamp) -> Outcome {
        let now = at.max(self.next());
        let decision = decide(&self.state(), command, &self.entry, at, now);
        Outcome { given: self, at, decision }
    }

    fn try_state(&self) -> Option<Incident> {
        fold(&self.records)
    }

    fn next(&self) -> Timestamp {
        minute(self.records.len() as i64)
    }

    fn record(mut self, at: Timestamp, parents: Vec<EventId>, event: E) -> Self {
        let number = self.records.len() as u64 + 1;
        let recorded_at = self.next();
        let envelope = Envelope {
            id: id(u128::from(number)),
            subject: Subject::Incident(incident()),
            occurred_at: at,
            recorded_at,
            device: DeviceId(Uuid::from_u128(1)),
            device_seq: number,
            hlc: Hlc::new(recorded_at.0.unsigned_abs(), 0),
            entry: self.entry.clone(),
            parents,
        };
        self.records.push(Recorded { seq: number, envelope, event: Some(event.into()) });
        self
    }
}

/// What came of a command.
pub struct Outcome {
    given: Given,
    at: Timestamp,
    decision: Result<Vec<E>, Rejection>,
}

impl Outcome {
    /// Exactly these events, which become part of the history.
    #[track_caller]
    pub fn then(self, events: &[E]) -> Given {
        assert_eq!(self.decision.as_deref(), Ok(events), "the command leads to exactly these events");
        events.iter().cloned().fold(self.given, |given, event| given.and_at(self.at, event))
    }

    /// A refusal, for this reason.
    #[track_caller]
    pub fn then_refused(self, rejection: Rejection) {
        assert_eq!(self.decision, Err(rejection), "the command is refused for this reason");
    }
}

/// A recorded event as a command's target.
pub fn target(recorded: &Recorded) -> Target {
    let event = match &recorded.event {
        Some(Event::Incident(event)) => Some(event.clone()),
        Some(Event::Alert(_) | Event::Home(_) | Event::Change(_)) | None => None,
    };
    Target { envelope: recorded.envelope.clone(), event }
}

/// The state after each event, stepped through without ever folding anew.
pub fn stepped(records: &[Recorded]) -> Vec<Incident> {
    let mut order: Vec<&Recorded> = records.iter().collect();
    order.sort_by_key(|recorded| recorded.order());
    let mut state = None;
    let mut states = vec![];
    for recorded in order {
        if let Some(Event::Incident(event)) = &recorded.event {
            evolve(&mut state, &recorded.envelope, event);
        }
        states.extend(state.clone());
    }
    states
}
