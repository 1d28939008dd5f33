//! What is to be done outside, and what came of commands, as rows.

use domain::{EventId, IncidentId, Timestamp};

/// What came of a command that was sent with a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OnceRow {
    /// The incident concerned.
    pub incident: Option<IncidentId>,
    /// The first event it wrote.
    pub event: Option<EventId>,
    /// Sequence of the last.
    pub seq: u64,
}

/// What an effect does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EffectKind {
    /// Show the incident's notice.
    Notice,
    /// Take it down.
    CloseNotice,
    /// Show, in the same place, which of its clocks rang.
    Ring,
    /// Send what was queued; the effect's id is the event that queued it.
    Post,
    /// Show the alarm's notice; it is about no incident.
    Alarm,
    /// Take it down.
    CloseAlarm,
    /// Say that this machine cannot hear, or that a source is silent; about no incident.
    Ears,
    /// Tell tools what became of their alerts: of the incident, or of the group that stands in its place.
    Reply,
}

impl EffectKind {
    /// What needs a desktop.
    pub const NOTICES: [Self; 6] = [Self::Notice, Self::CloseNotice, Self::Ring, Self::Alarm, Self::CloseAlarm, Self::Ears];
    /// What needs a road out.
    pub const POSTS: [Self; 2] = [Self::Post, Self::Reply];
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Notice, Self::CloseNotice, Self::Ring, Self::Post, Self::Alarm, Self::CloseAlarm, Self::Ears, Self::Reply];
}

/// Where an effect stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EffectState {
    /// Planned.
    Pending,
    /// About to be carried out; if it stays so, a crash came between.
    Claimed,
    /// Carried out.
    Done,
    /// Tried in vain.
    Failed,
    /// No longer wanted.
    Dropped,
    /// Waits for a person's yes: the home was restored or copied.
    Held,
}

/// Something to do outside of the ledger, after commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Effect {
    /// The event that asked for it; also its idempotency key.
    pub id: EventId,
    /// What to do.
    pub kind: EffectKind,
    /// For which incident.
    pub incident: IncidentId,
    /// When.
    pub due: Timestamp,
    /// Where it stands.
    pub state: EffectState,
    /// How often it was claimed.
    pub attempt: u32,
}
