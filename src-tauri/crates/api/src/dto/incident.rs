//! Incidents as scripts and the window see them; field names are the contract.

use super::command::{
    BoardView, ClockView, CommsView, DecisionView, HandoffView, HintView, HypothesisView, KnowingView, LinkView, MergedView, NextView,
    PresentView, QuestionView, SlaView, TaskView,
};
use domain::{EventId, Handle, IncidentId, IncidentRef, Means, Role, ServiceName, Severity, Status, Timestamp, Via};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The state of command as a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CommandState {
    Unclaimed,
    Acting,
    Confirmed,
}

/// Who commands an incident.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct CommanderView {
    /// The commander; null while unclaimed.
    pub name: Option<Handle>,
    pub state: CommandState,
    pub since: Timestamp,
}

/// One role and who holds it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct RoleView {
    pub role: Role,
    /// The standard title, such as "Incident Commander".
    pub title: String,
    pub name: Handle,
    /// `acting` or `confirmed` for the commander, `assigned` for the others.
    pub state: String,
    pub means: Means,
    pub since: Timestamp,
    pub knows: KnowingView,
}

/// One interval in which customers were affected.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct ImpactView {
    pub id: EventId,
    pub from: Timestamp,
    /// Null while it lasts.
    pub to: Option<Timestamp>,
    /// Share of customers affected in percent, where known.
    pub share: Option<f64>,
    pub services: Vec<ServiceName>,
    pub text: Option<String>,
}

/// The chain's head after the incident's last event.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct HeadView {
    #[ts(type = "number")]
    pub seq: u64,
    /// Lower-case hexadecimal.
    pub hash: String,
}

/// Two edits that did not know of each other; the later one holds until a person decides.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct ConflictView {
    /// The field: `severity`, `status`, `title`, `commander`.
    pub field: String,
    pub kept: String,
    pub other: String,
    pub by: String,
    pub at: Timestamp,
}

/// Something a person may do now, or why not.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct ActionView {
    /// `acknowledge`, `take_command`, `confirm_command`, `release_commander`, `set_severity`, `set_status`, `resolve`, `reopen`, `close`, `cancel`, `start_impact`, `end_impact`.
    pub action: String,
    pub allowed: bool,
    /// Why not, as a sentence.
    pub reason: Option<String>,
}

/// A thing worth a person's look, never acted on by itself.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct SuggestionView {
    /// `resolve` (all alerts ended), `end_impact` (resolved with impact running), `confirm_command`.
    pub kind: String,
    pub text: String,
}

/// One incident whole: `muster show --json`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct IncidentView {
    pub id: IncidentId,
    #[serde(rename = "ref")]
    pub reference: IncidentRef,
    pub title: String,
    pub severity: Severity,
    pub status: Status,
    pub declared_at: Timestamp,
    pub declared_by: String,
    pub impact_started_at: Option<Timestamp>,
    pub detected_at: Option<Timestamp>,
    pub acknowledged_at: Option<Timestamp>,
    pub mitigated_at: Option<Timestamp>,
    pub resolved_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub commander: CommanderView,
    pub roles: Vec<RoleView>,
    pub services: Vec<ServiceName>,
    pub tasks: Vec<TaskView>,
    pub alerts: Vec<super::alert::GroupView>,
    pub hypotheses: Vec<HypothesisView>,
    pub decisions: Vec<DecisionView>,
    pub impact: Vec<ImpactView>,
    pub next_update_due: Option<Timestamp>,
    pub sla: Vec<SlaView>,
    pub drill: bool,
    pub private: bool,
    pub links: Vec<LinkView>,
    /// Where it was merged; the other one carries on.
    pub merged: Option<MergedView>,
    pub questions: Vec<QuestionView>,
    pub board: BoardView,
    pub comms: CommsView,
    pub handoff: Option<HandoffView>,
    pub clocks: Vec<ClockView>,
    pub hints: Vec<HintView>,
    /// What comes next for whoever asks.
    pub next: Option<NextView>,
    pub present: Vec<PresentView>,
    /// Where people meet.
    pub bridge: Option<String>,
    pub head: HeadView,
    pub conflicts: Vec<ConflictView>,
    pub available_actions: Vec<ActionView>,
    pub suggestions: Vec<SuggestionView>,
    /// Entries on the timeline, machine's own included.
    #[ts(type = "number")]
    pub entries: u64,
    /// Time of the last entry a person made.
    pub last_entry_at: Option<Timestamp>,
}

/// One incident without its lists: an element of `muster list --json` and a row of Watch.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct IncidentSummary {
    pub id: IncidentId,
    #[serde(rename = "ref")]
    pub reference: IncidentRef,
    pub title: String,
    pub severity: Severity,
    pub status: Status,
    pub declared_at: Timestamp,
    pub declared_by: String,
    pub impact_started_at: Option<Timestamp>,
    pub detected_at: Option<Timestamp>,
    pub acknowledged_at: Option<Timestamp>,
    pub mitigated_at: Option<Timestamp>,
    pub resolved_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub commander: CommanderView,
    pub next_update_due: Option<Timestamp>,
    pub drill: bool,
    pub private: bool,
    pub services: Vec<ServiceName>,
    /// Time boxes of its tasks: when the next one ends.
    pub next_box_due: Option<Timestamp>,
    /// Whether a running impact interval exists.
    pub impacting: bool,
}

/// One entry of a timeline: a line of `muster timeline --json`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct EntryView {
    #[ts(type = "number")]
    pub seq: u64,
    pub id: EventId,
    /// `declared note severity status title acknowledged role command impact alerts services notice correction redaction pin ask task decision hypothesis question board bridge checklist update promise posted handoff clock link roll_call chat`.
    pub kind: String,
    /// Effective time: as corrected.
    pub occurred_at: Timestamp,
    pub recorded_at: Timestamp,
    pub actor: String,
    pub on_behalf_of: Option<Handle>,
    pub means: Means,
    pub via: Via,
    /// One line for people; the note's own text for notes.
    pub text: String,
    /// What the entry set, by kind: `{severity, was}`, `{status, was}`, `{role, person, state}`, `{group, title, count, firing, state}` …
    #[ts(type = "Record<string, unknown>")]
    pub data: serde_json::Value,
    /// The entry this one corrects or redacts.
    pub corrects: Option<EventId>,
    /// The last correction of this entry.
    pub corrected_by: Option<EventId>,
    /// Text before the last correction, so that an edit is never hidden.
    pub was_text: Option<String>,
    /// Occurred time before correction.
    pub was_at: Option<Timestamp>,
    pub redacted: Option<RedactedView>,
    pub pinned: bool,
    /// Whether a machine made it (shown under "Machine").
    pub machine: bool,
    /// Lower-case hexadecimal chain hash.
    pub hash: String,
}

/// Who took words out of the record, and why.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct RedactedView {
    pub by: String,
    pub at: Timestamp,
    pub reason: String,
}

/// A page of a timeline, oldest first.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct TimelinePage {
    pub entries: Vec<EntryView>,
    /// Pass as `before` for the page above; null at the start.
    pub before: Option<String>,
    #[ts(type = "number")]
    pub total: u64,
    pub counts: TimelineCounts,
}

/// How many entries each tab of the timeline holds.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct TimelineCounts {
    #[ts(type = "number")]
    pub people: u64,
    #[ts(type = "number")]
    pub pinned: u64,
    #[ts(type = "number")]
    pub machine: u64,
}
