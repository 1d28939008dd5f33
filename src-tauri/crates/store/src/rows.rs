//! What the store answers with: rows as the engine and the operations read them. Plain data, no SQL.

use domain::alerts::AlertStatus;
use domain::incidents::IncidentEvent;
use domain::{AlertSeverity, DeviceId, EventId, GroupId, IncidentId, IncidentRef, Recorded, ServiceName, Severity, SourceName, Timestamp};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// What a typed name led to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found<T> {
    /// Exactly one.
    One(T),
    /// Several; how each is shown, at most [`crate::FOUND_SHOWN`].
    Many(Vec<String>),
    /// Nothing.
    None,
}

/// Which incidents to list, newest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IncidentFilter {
    /// Only those that somebody still has to work on.
    pub open_only: bool,
    /// Only of this severity.
    pub severity: Option<Severity>,
    /// Only those that affect this service.
    pub service: Option<ServiceName>,
    /// Only those declared at or after this.
    pub since: Option<Timestamp>,
    /// At most so many.
    pub limit: usize,
}

/// Which groups of alerts to list. Waiting ones come worst first, all others newest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupFilter {
    /// Only those that wait for somebody.
    pub waiting_only: bool,
    /// Only those attached to this incident.
    pub incident: Option<IncidentId>,
    /// At most so many.
    pub limit: usize,
}

/// Where a group stands in triage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GroupState {
    /// Something fires and nobody has looked.
    Waiting,
    /// Somebody looks at it.
    Acknowledged,
    /// It belongs to an incident.
    Attached,
    /// Kept quiet until it is over.
    Dismissed,
    /// Nothing fires any more, and it belongs to no incident.
    Over,
}

/// A group of alerts.
#[derive(Clone, PartialEq, Debug)]
pub struct GroupRow {
    /// Its id.
    pub id: GroupId,
    /// Who sends it.
    pub source: SourceName,
    /// The sender's identity of the group, opaque.
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// Worst of its alerts, as the tool states it.
    pub severity: AlertSeverity,
    /// Alerts in it.
    pub count: u64,
    /// Of these, firing.
    pub firing: u64,
    /// Times its alerts were heard in their present episodes.
    pub sightings: u64,
    /// When its first news was recorded.
    pub first_at: Timestamp,
    /// When its last news was recorded.
    pub last_at: Timestamp,
    /// Services that its alerts speak of.
    pub services: Vec<ServiceName>,
    /// The incident it belongs to.
    pub incident: Option<(IncidentId, IncidentRef)>,
    /// Who looked first.
    pub acknowledged_by: Option<String>,
    /// The event that keeps it quiet.
    pub quiet: Option<EventId>,
}

impl GroupRow {
    /// Where it stands in triage.
    pub fn state(&self) -> GroupState {
        if self.incident.is_some() {
            GroupState::Attached
        } else if self.firing == 0 {
            GroupState::Over
        } else if self.quiet.is_some() {
            GroupState::Dismissed
        } else if self.acknowledged_by.is_some() {
            GroupState::Acknowledged
        } else {
            GroupState::Waiting
        }
    }
}

/// One alert of a group.
#[derive(Clone, PartialEq, Debug)]
pub struct AlertRow {
    /// The sender's identity of the alert.
    pub key: String,
    /// Its present or last firing in this group.
    pub episode: String,
    /// Where it stands. One that has since begun to fire in another group is over here.
    pub status: AlertStatus,
    /// As the tool states it.
    pub severity: AlertSeverity,
    /// One line.
    pub title: String,
    /// Label names and values.
    pub labels: BTreeMap<String, String>,
    /// Annotation names and values.
    pub annotations: BTreeMap<String, String>,
    /// When that firing began, by the sender's clock.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Who sends it.
    pub source: SourceName,
    /// When that firing was recorded here.
    pub received_at: Timestamp,
    /// Times that firing was heard, the first included.
    pub sightings: u64,
    /// When it was last heard.
    pub last_heard_at: Timestamp,
    /// Where to look.
    pub link: Option<String>,
}

/// A page of an incident's timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimelineQuery {
    /// The incident.
    pub incident: IncidentId,
    /// Only entries before this place.
    pub before: Option<TimelineCursor>,
    /// At most so many, the newest.
    pub limit: usize,
    /// Which entries.
    pub kinds: TimelineKinds,
    /// As it was known at this instant: only what this machine had received by then.
    pub as_of: Option<Timestamp>,
}

/// Which entries of a timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TimelineKinds {
    /// All.
    All,
    /// Those a person entered.
    People,
    /// Key moments.
    Pinned,
    /// Those a machine entered.
    Machine,
    /// Those of one kind, by its name on the wire.
    One(String),
}

/// A place in a timeline: entries sort by effective time, then clock, then arrival.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TimelineCursor {
    /// Effective time.
    pub at: Timestamp,
    /// Hybrid clock.
    pub hlc: u64,
    /// Arrival.
    pub seq: u64,
}

impl fmt::Display for TimelineCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}_{}", self.at.millis(), self.hlc, self.seq)
    }
}

/// Text that is no place in a timeline.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("That is no place in a timeline.")]
pub struct NoCursor;

impl FromStr for TimelineCursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let mut parts = text.split('_');
        let mut next = || parts.next().ok_or(NoCursor);
        let at = Timestamp(next()?.parse().map_err(|_| NoCursor)?);
        let hlc = next()?.parse().map_err(|_| NoCursor)?;
        let seq = next()?.parse().map_err(|_| NoCursor)?;
        parts.next().is_none().then_some(Self { at, hlc, seq }).ok_or(NoCursor)
    }
}

/// Words that were taken out of an entry.
#[derive(Clone, PartialEq, Debug)]
pub struct Redaction {
    /// Who took them out.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// What stands in their place.
    pub masked: IncidentEvent,
}

/// One entry of a timeline, with what later entries say about it.
#[derive(Clone, PartialEq, Debug)]
pub struct TimelineRow {
    /// The entry as it was recorded.
    pub recorded: Recorded,
    /// When it happened, as far as known now.
    pub occurred_at: Timestamp,
    /// A key moment.
    pub pinned: bool,
    /// The last correction of it.
    pub corrected_by: Option<EventId>,
    /// What it should say, by the last correction of its words.
    pub corrected_text: Option<String>,
    /// That its words were taken out.
    pub redaction: Option<Redaction>,
    /// The group it speaks of, as it stands now.
    pub group: Option<GroupRow>,
    /// Its link in the chain of its device.
    pub hash: [u8; 32],
}

impl TimelineRow {
    /// Its place in the timeline.
    pub fn cursor(&self) -> TimelineCursor {
        TimelineCursor { at: self.occurred_at, hlc: self.recorded.envelope.hlc.0, seq: self.recorded.seq }
    }
}

/// How many entries a timeline has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TimelineCounts {
    /// All.
    pub total: u64,
    /// Entered by people.
    pub people: u64,
    /// Key moments.
    pub pinned: u64,
    /// Entered by machines.
    pub machine: u64,
}

/// One place where searched words stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SearchRow {
    /// The incident.
    pub incident: IncidentId,
    /// The entry.
    pub event: EventId,
    /// When it happened, as recorded.
    pub at: Timestamp,
    /// The words around it; each hit stands between U+E000 and U+E001.
    pub snippet: String,
}

/// What was heard of a source.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SourceStats {
    /// When anything was last heard.
    pub last_heard_at: Option<Timestamp>,
    /// Requests so far.
    pub requests: u64,
    /// Requests or alerts refused so far.
    pub refused: u64,
    /// Why the last one was refused.
    pub last_refusal: Option<String>,
}

/// What was refused, kept for a person to look at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefusalRow {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// The raw body, cut at [`crate::REFUSAL_LIMIT`].
    pub raw: Vec<u8>,
}

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

/// What a verification found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verification {
    /// Every event is as it was recorded, and none is missing.
    pub ok: bool,
    /// Events looked at.
    pub events: u64,
    /// The first that is not as it was recorded.
    pub first_bad: Option<Bad>,
    /// The last link of every device's chain: its number and its hash.
    pub heads: Vec<(DeviceId, u64, [u8; 32])>,
}

/// An event that is not as it was recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bad {
    /// Its sequence.
    pub seq: u64,
    /// Its id, as far as it reads.
    pub id: String,
    /// What is wrong, as the end of a sentence.
    pub why: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_timeline_reads_back() {
        let place = TimelineCursor { at: Timestamp(-5), hlc: 7 << 16, seq: 3 };
        assert_eq!(place.to_string().parse(), Ok(place));
        for wrong in ["", "1_2", "1_2_3_4", "a_b_c"] {
            assert_eq!(wrong.parse::<TimelineCursor>(), Err(NoCursor), "{wrong:?} is no place");
        }
    }
}
