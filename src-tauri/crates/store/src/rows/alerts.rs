//! Alerts, their groups and their sources, as rows.

use domain::alarms::{Noise, Verdict};
use domain::alerts::{AlertStatus, Change};
use domain::{AlertSeverity, EventId, GroupId, IncidentId, IncidentRef, ServiceName, SourceName, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

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
    /// Kept quiet.
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
    /// How it stands with noise.
    pub noise: Option<Noise>,
}

impl GroupRow {
    /// Whether a verdict keeps it out of what waits.
    pub fn is_absorbed(&self) -> bool {
        match self.noise.as_ref().map(|noise| &noise.verdict) {
            Some(Verdict::Silent(hush)) => hush.absorbs(),
            Some(Verdict::Rings(_)) | None => false,
        }
    }

    /// Where it stands in triage.
    pub fn state(&self) -> GroupState {
        if self.incident.is_some() {
            GroupState::Attached
        } else if self.firing == 0 {
            GroupState::Over
        } else if self.quiet.is_some() || self.is_absorbed() {
            GroupState::Dismissed
        } else if self.acknowledged_by.is_some() {
            GroupState::Acknowledged
        } else {
            GroupState::Waiting
        }
    }
}

/// What a rule did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleHits {
    /// Its name then.
    pub rule: String,
    /// Alerts it fitted.
    pub hits: u64,
    /// When it last did.
    pub last_at: Timestamp,
}

/// What must be known of a group to judge it.
#[derive(Clone, PartialEq, Debug)]
pub struct TriageRow {
    /// Whether anything of it fires.
    pub fires: bool,
    /// Its name for people.
    pub number: u64,
    /// Services that its alerts speak of.
    pub services: BTreeSet<ServiceName>,
    /// Who looked first.
    pub acknowledged_by: Option<String>,
    /// The incident it belongs to, where that is open.
    pub incident: Option<IncidentRef>,
    /// How it stands with noise.
    pub noise: Option<Noise>,
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
    /// The service it speaks of.
    pub service: Option<ServiceName>,
}

/// Something that was done to a system.
#[derive(Clone, PartialEq, Debug)]
pub struct ChangeRow {
    /// The event that tells of it.
    pub id: EventId,
    /// Who told.
    pub source: SourceName,
    /// What.
    pub change: Change,
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

/// What came of trying a place once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tried {
    /// When.
    pub at: Timestamp,
    /// Whether all was as expected, after as many attempts as are set.
    pub well: bool,
    /// How long its answer took in milliseconds; none where it did not answer.
    pub took_ms: Option<u32>,
}

/// How a place did over some days, as far as it was tried.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Uptime {
    /// The first day on which it was tried.
    pub since: Timestamp,
    /// Tries.
    pub tries: u64,
    /// Tries in which all was as expected.
    pub well: u64,
    /// Tries that were answered at all.
    pub answered: u64,
    /// How long those answers took in milliseconds, together.
    pub took_ms: u64,
    /// The last try.
    pub last: Tried,
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
