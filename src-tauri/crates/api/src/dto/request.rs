//! What callers send, and the receipt they get.

use domain::home::SourceSettings;
use domain::{EventId, Handle, IncidentRef, Means, NoticeRule, Role, ServiceName, Severity, SourceName, Status, Timestamp, Via};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who calls, for whom and through which door. The caller's own process fills it in; the web view cannot.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Caller {
    /// Who enters it; default: the home's "me".
    pub as_name: Option<String>,
    /// Whose act or words are recorded.
    pub for_name: Option<String>,
    pub by: Option<Means>,
    pub via: Via,
}

/// Nothing to say.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct Nothing {}

/// How to take an operation back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct UndoView {
    /// The compensating operation.
    pub op: String,
    #[ts(type = "Record<string, unknown>")]
    pub params: serde_json::Value,
    /// "Undo: back to SEV2".
    pub label: String,
}

/// A change that is on disk.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct Receipt {
    #[ts(type = "number")]
    pub seq: u64,
    /// The event that says it; null where nothing had to change.
    pub event: Option<EventId>,
    pub incident: Option<IncidentRef>,
    pub recorded_at: Timestamp,
    pub undo: Option<UndoView>,
}

/// Whose act or words a window entry records, when another's: "said so".
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct Spoken {
    pub for_name: Option<Handle>,
    pub by: Option<Means>,
}

/// One incident by reference, id or unique prefix.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct OneIncident {
    pub incident: String,
}

/// Declares an incident. Either `line` (parsed) or `title` is needed; explicit fields win over the line.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct Declare {
    pub line: Option<String>,
    pub title: Option<String>,
    pub severity: Option<Severity>,
    #[ts(as = "Option<_>", optional)]
    pub services: Vec<ServiceName>,
    pub commander: Option<Handle>,
    pub at: Option<Timestamp>,
    /// Alert groups, or alerts by key, that it is declared from.
    #[ts(as = "Option<_>", optional)]
    pub alerts: Vec<String>,
    #[ts(as = "Option<_>", optional)]
    pub drill: bool,
    #[ts(as = "Option<_>", optional)]
    pub private: bool,
    /// Made by the caller once per declaration, so that a repeated call declares once.
    pub once: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct DeclareLine {
    pub line: String,
}

#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct ListIncidents {
    /// Also those that are over.
    #[ts(as = "Option<_>", optional)]
    pub all: bool,
    pub severity: Option<Severity>,
    pub service: Option<ServiceName>,
    pub since: Option<Timestamp>,
    /// At most 1,000; default 200.
    pub limit: Option<u32>,
}

#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct ReadTimeline {
    pub incident: String,
    /// Cursor from an earlier page: entries before it.
    pub before: Option<String>,
    /// At most 500; default 100.
    pub limit: Option<u32>,
    /// One kind only, or `people`, `pinned`, `machine`.
    pub kind: Option<String>,
    /// Only what this machine had received by then.
    pub as_of: Option<Timestamp>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct Search {
    pub query: String,
    #[serde(default)]
    pub limit: Option<u32>,
}

#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct AddNote {
    pub incident: String,
    pub text: String,
    pub at: Option<Timestamp>,
    #[ts(as = "Option<_>", optional)]
    pub pin: bool,
    #[serde(flatten)]
    pub spoken: Spoken,
    /// As for `Declare`: a retried note is written once.
    pub once: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct PinEntry {
    /// Event id or unique prefix.
    pub event: String,
    pub pinned: bool,
}

#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct CorrectEntry {
    pub event: String,
    pub at: Option<Timestamp>,
    pub text: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct RedactEntry {
    pub event: String,
    pub reason: String,
    /// What stands in place of the words; default `[redacted]`.
    #[serde(default)]
    pub masked: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SetSeverity {
    pub incident: String,
    pub severity: Severity,
    #[serde(default)]
    pub reason: Option<String>,
    #[serde(default, flatten)]
    pub spoken: Spoken,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SetStatus {
    pub incident: String,
    pub status: Status,
    #[serde(default)]
    pub at: Option<Timestamp>,
    #[serde(default, flatten)]
    pub spoken: Spoken,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SetTitle {
    pub incident: String,
    pub title: String,
}

#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct SetImpact {
    pub incident: String,
    pub at: Option<Timestamp>,
    pub text: Option<String>,
    /// Percent, 0 to 100.
    pub share: Option<f64>,
    #[ts(as = "Option<_>", optional)]
    pub services: Vec<ServiceName>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AssignRole {
    pub incident: String,
    pub role: Role,
    pub name: Handle,
    #[serde(default)]
    pub at: Option<Timestamp>,
    #[serde(default, flatten)]
    pub spoken: Spoken,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ReleaseRole {
    pub incident: String,
    pub role: Role,
    /// For roles that several hold.
    #[serde(default)]
    pub name: Option<Handle>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AttachGroups {
    pub incident: String,
    /// Group ids or unique prefixes.
    pub groups: Vec<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct OneGroup {
    /// Group id, unique prefix, or an alert's key.
    pub group: String,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct DismissGroup {
    pub group: String,
    /// Default "noise".
    #[serde(default)]
    pub reason: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct EndQuiet {
    pub id: EventId,
    /// More of them, ended in the same go.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub also: Vec<EventId>,
}

#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct ListGroups {
    /// Also those that are over, attached or dismissed.
    #[ts(as = "Option<_>", optional)]
    pub all: bool,
    pub incident: Option<String>,
    pub limit: Option<u32>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AddPerson {
    pub handle: Handle,
    #[serde(default)]
    pub name: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AddSource {
    /// A kind by its wire name: `alertmanager`, `grafana`, `pagerduty`, `prometheus-pull`, `probe-http` …
    pub kind: String,
    pub name: SourceName,
    /// What else is set; needed where it is asked or tried.
    #[serde(default)]
    pub settings: Option<SourceSettings>,
    /// A token to ask with, or the secret that signs; goes to the secrets of this machine.
    #[serde(default)]
    pub secret: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct OneSource {
    pub name: SourceName,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SetNoticeRule {
    pub severity: Severity,
    pub rule: NoticeRule,
}

/// Changes what belongs to this machine; absent fields stay.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct SetMachine {
    pub me: Option<Handle>,
    pub theme: Option<String>,
    pub single_keys: Option<bool>,
    pub listener_enabled: Option<bool>,
    pub listener_address: Option<String>,
    pub keep_awake: Option<bool>,
    pub listener_tls: Option<bool>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SetHotkey {
    pub shortcut: String,
    /// `declare`, `note`, `storm`; default `declare`.
    #[serde(default)]
    pub which: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct FilePath {
    pub path: String,
}

#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct OpenWindow {
    /// Incident to show; none: just to the front.
    pub incident: Option<String>,
}
