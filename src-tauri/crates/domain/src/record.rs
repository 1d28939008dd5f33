//! What every event carries besides its words: when, where, who, on whose behalf, and by which means.

use crate::event::Event;
use crate::{DeviceId, EventId, GroupId, Handle, Hlc, IncidentId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an event is about; its ledger stream.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The home as a whole: people, sources, rules, quiet.
    Home,
    /// One incident.
    Incident(IncidentId),
    /// One group of alerts.
    Group(GroupId),
}

/// Who entered an event.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A person.
    Person(Handle),
    /// A part of Muster or a source, by name.
    Machine(String),
}

impl Actor {
    /// The bare name, as shown.
    pub fn name(&self) -> &str {
        match self {
            Self::Person(handle) => handle.as_str(),
            Self::Machine(name) => name,
        }
    }

    /// The person, where it is one.
    pub fn person(&self) -> Option<&Handle> {
        match self {
            Self::Person(handle) => Some(handle),
            Self::Machine(_) => None,
        }
    }
}

/// How Muster came to know: what was said and what was signed by the person's own hand can always be told apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the field's standard terms; field-guide section 3")]
pub enum Means {
    App,
    Voice,
    Chat,
    Phone,
    Paste,
    Machine,
}

/// The door an event came in by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "doors by name")]
pub enum Via {
    Window,
    Hotkey,
    Tray,
    Notice,
    Cli,
    Alertmanager,
    Timer,
    Demo,
    System,
}

/// Whose act is entered, by whom and how; the same for every command.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Who enters it.
    pub actor: Actor,
    /// Whose act or words are recorded, when another's.
    pub on_behalf_of: Option<Handle>,
    /// How it became known.
    pub means: Means,
    /// The door it came in by.
    pub via: Via,
}

impl Entry {
    /// A person's own act in the app.
    pub fn by(handle: Handle, via: Via) -> Self {
        Self { actor: Actor::Person(handle), on_behalf_of: None, means: Means::App, via }
    }

    /// A machine's act.
    pub fn machine(name: &str, via: Via) -> Self {
        Self { actor: Actor::Machine(name.to_owned()), on_behalf_of: None, means: Means::Machine, via }
    }

    /// The person whose act it is: the one spoken for, else the one who enters it.
    pub fn doer(&self) -> Option<&Handle> {
        self.on_behalf_of.as_ref().or_else(|| self.actor.person())
    }

    /// Whose act it is, a machine's where no person stands behind it.
    pub fn author(&self) -> Actor {
        self.doer().map_or_else(|| self.actor.clone(), |person| Actor::Person(person.clone()))
    }
}

/// Everything about an event but its words; hashed field by field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Envelope {
    /// The event's own id.
    pub id: EventId,
    /// What it is about.
    pub subject: Subject,
    /// When it happened: may lie before it was recorded, and may be corrected by a later event.
    pub occurred_at: Timestamp,
    /// When this device wrote it down: never changes.
    pub recorded_at: Timestamp,
    /// The device that recorded it.
    pub device: DeviceId,
    /// Its number on that device's chain, from 1 without gaps.
    pub device_seq: u64,
    /// Orders events of all devices.
    pub hlc: Hlc,
    /// Who, for whom, how, through which door.
    pub entry: Entry,
    /// The events the person saw in the fields that this one sets.
    pub parents: Vec<EventId>,
}

/// An event as it lies in the ledger.
#[derive(Clone, PartialEq, Debug)]
pub struct Recorded {
    /// Its place in this home's ledger, in order of arrival.
    pub seq: u64,
    /// Everything but the words.
    pub envelope: Envelope,
    /// The words; `None` once they were redacted.
    pub event: Option<Event>,
}

impl Recorded {
    /// The order of the fold: hybrid clock, then device, then the device's own count.
    pub fn order(&self) -> (Hlc, DeviceId, u64) {
        (self.envelope.hlc, self.envelope.device, self.envelope.device_seq)
    }
}
