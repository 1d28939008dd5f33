//! Alerts, groups and sources as scripts and the window see them.

use domain::home::SourceSettings;
use domain::{AlertSeverity, GroupId, IncidentRef, ServiceName, Severity, SourceName, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Where a group stands in triage.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GroupState {
    Waiting,
    Acknowledged,
    Attached,
    Dismissed,
    Over,
}

/// One alert of a group.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct AlertView {
    /// The sender's identity of the alert (Prometheus fingerprint).
    pub key: String,
    /// Tells one firing of the alert from the next.
    pub episode: String,
    /// `firing`, `resolved`, or `lapsed`: nothing heard, which is not resolved.
    pub status: String,
    pub severity: AlertSeverity,
    pub title: String,
    pub labels: BTreeMap<String, String>,
    pub annotations: BTreeMap<String, String>,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub source: SourceName,
    pub received_at: Timestamp,
    /// Times this episode was heard, the first included.
    #[ts(type = "number")]
    pub sightings: u64,
    pub last_heard_at: Timestamp,
    pub link: Option<String>,
}

/// Alerts that a sender says, or labels show, are one thing.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct GroupView {
    pub id: GroupId,
    /// The sender's group key, opaque.
    pub key: String,
    pub title: String,
    pub state: GroupState,
    /// Worst severity among its alerts, as the tool states it.
    pub severity: AlertSeverity,
    /// What an incident from it would start as.
    pub suggested: Severity,
    #[ts(type = "number")]
    pub count: u64,
    #[ts(type = "number")]
    pub firing: u64,
    #[ts(type = "number")]
    pub sightings: u64,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    pub sources: Vec<SourceName>,
    pub services: Vec<ServiceName>,
    pub incident: Option<IncidentRef>,
    pub acknowledged_by: Option<String>,
    /// Filled by `alert.show` and `alert.list`, empty in short forms.
    pub alerts: Vec<AlertView>,
}

/// A source of alerts.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct SourceView {
    pub name: SourceName,
    /// The kind's wire name.
    pub kind: String,
    /// What people call the kind.
    pub label: String,
    /// `push`, `pull` or `probe`.
    pub way: String,
    pub settings: SourceSettings,
    /// Whether this machine holds a secret for it.
    pub has_secret: bool,
    /// Silent for too long since then.
    pub silent_since: Option<Timestamp>,
    pub added_at: Timestamp,
    /// Null: nothing heard yet.
    pub last_heard_at: Option<Timestamp>,
    #[ts(type = "number")]
    pub requests: u64,
    #[ts(type = "number")]
    pub refused: u64,
    /// Why the last refused request or alert was refused.
    pub last_refusal: Option<String>,
    /// How it did, where it is a place that is tried.
    pub uptime: Option<UptimeView>,
}

/// How a place did that is tried, as far as it was tried.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct UptimeView {
    /// The first of the days counted: 30 days ago, or when it was first tried.
    pub since: Timestamp,
    #[ts(type = "number")]
    pub tries: u64,
    /// Tries in which all was as expected.
    #[ts(type = "number")]
    pub well: u64,
    /// Mean time to an answer in milliseconds; none where nothing answered.
    #[ts(type = "number | null")]
    pub mean_ms: Option<u64>,
    pub last_at: Timestamp,
    pub last_well: bool,
    pub last_ms: Option<u32>,
    /// All of it in one sentence: "As expected in 99.93 % of 2812 tries in 3 days; an answer takes 84 ms".
    pub sentence: String,
}

/// Sources that were made due.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct SourcesAsked {
    /// How many are asked or tried; the others only send.
    pub asked: u32,
}

/// A source just made: the only time its token is shown.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct SourceCreated {
    pub name: SourceName,
    pub kind: String,
    pub token: String,
    pub url: String,
    /// Lines to paste into the sender's configuration.
    pub setup: String,
}

/// An alert, or body, that was refused, kept for a person to look at.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct RefusalView {
    pub source: SourceName,
    pub at: Timestamp,
    pub reason: String,
    /// The raw body as text, cut at 64 KiB.
    pub raw: String,
}
