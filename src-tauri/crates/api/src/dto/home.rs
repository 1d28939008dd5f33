//! The home itself: who am I, what was heard, can I be reached, settings, verification.

use super::alert::{GroupView, SourceView};
use super::command::{ChannelView, RhythmView};
use super::incident::IncidentSummary;
use super::people::PersonView;
use super::triage::{EarsView, QuietView};
use domain::home::BridgeRule;
use domain::{Condition, Handle, NoticeRule, Reach, ServiceName, Severity, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// State of the door for alerts.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct ListenerView {
    pub enabled: bool,
    /// `127.0.0.1:6878` while it listens, else null.
    pub listening: Option<String>,
    /// Why it does not listen although it should.
    pub error: Option<String>,
    /// The certificate that senders have to trust, as a file; null where plain HTTP is spoken.
    pub certificate: Option<String>,
}

/// The home at a glance: status bar and banners.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct HomeView {
    /// The folder's name, as shown in the title bar.
    pub name: String,
    pub path: String,
    pub demo: bool,
    pub me: Handle,
    pub version: String,
    #[ts(type = "number")]
    pub seq: u64,
    pub now: Timestamp,
    pub listener: ListenerView,
    pub sources: Vec<SourceView>,
    /// Newest automatic backup.
    pub backup_at: Option<Timestamp>,
    /// A wall clock that jumped more than 24 h, as a sentence.
    pub clock_warning: Option<String>,
    /// Set while nothing can be written, as a sentence that says what to do.
    pub not_saving: Option<String>,
    /// What keeps this machine awake now, and that Muster cannot wake anyone while it sleeps, as sentences; null where nothing is commanded.
    pub awake: Option<String>,
    /// How it hears.
    pub ears: EarsView,
    /// No incident, person but me, or alert yet.
    pub empty: bool,
}

/// All that the Watch screen shows, in one answer.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct WatchView {
    pub home: HomeView,
    /// Open incidents: mine first, then by need (unclaimed, severity, age).
    pub active: Vec<IncidentSummary>,
    /// Waiting groups by what needs a decision, severity, then age, at most 200; then those that fire and somebody looks at.
    pub inbox: Vec<GroupView>,
    /// All of them, those not shown included.
    #[ts(type = "number")]
    pub inbox_total: u64,
    /// All that is quiet now, oldest first.
    pub quiet: Vec<QuietView>,
    pub resolved_today: Vec<IncidentSummary>,
}

/// One severity and how it may call.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct NoticeRuleView {
    pub severity: Severity,
    pub rule: NoticeRule,
}

/// One cell of the severity matrix.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct MatrixCell {
    pub condition: Condition,
    pub reach: Reach,
    pub severity: Severity,
}

/// What belongs to this machine.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct MachineSettings {
    pub me: Handle,
    /// Such as `Ctrl+Alt+Shift+M`.
    pub hotkey: String,
    /// `system`, `dark`, `light`.
    pub theme: String,
    /// Single letters act in lists and the room (never while typing).
    pub single_keys: bool,
    pub listener_enabled: bool,
    pub listener_address: String,
    /// Such as `Ctrl+Alt+Shift+N`: a note into the current incident.
    pub note_hotkey: String,
    /// Kept awake while the user commands an open SEV1 or SEV2.
    pub keep_awake: bool,
    /// Such as `Ctrl+Alt+Shift+S`: "I know" to the storm that goes on.
    pub storm_hotkey: String,
    /// Whether senders must speak TLS.
    pub listener_tls: bool,
}

/// Everything the Settings screen shows but reachability.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct SettingsView {
    pub machine: MachineSettings,
    pub matrix: Vec<MatrixCell>,
    /// The matrix is not the built-in one.
    pub matrix_own: bool,
    pub rhythms: Vec<RhythmView>,
    pub channels: Vec<ChannelView>,
    pub bridge: BridgeRule,
    pub notices: Vec<NoticeRuleView>,
    pub sources: Vec<SourceView>,
    pub listener: ListenerView,
    pub people: Vec<PersonView>,
    pub backups: Vec<BackupView>,
    pub home_path: String,
    pub log_path: String,
}

/// One automatic backup.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct BackupView {
    pub path: String,
    pub at: Timestamp,
    #[ts(type = "number")]
    pub bytes: u64,
}

/// One way in which a person can be reached, and whether it works now.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct ReachCheck {
    /// `drill`, `notices`, `do_not_disturb`, `sound`, `tray`, `hotkey`, `awake`, `listener`, `sources`.
    pub id: String,
    pub title: String,
    /// `ok`, `look`, `fault`, `unknown`: never ok without evidence.
    pub state: String,
    pub text: String,
    /// What to do, where something is to be done.
    pub hint: Option<String>,
}

/// "Can I be reached now?"
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct ReachView {
    pub verdict: String,
    pub checks: Vec<ReachCheck>,
    pub checked_at: Timestamp,
}

/// State of the global hotkey after a change.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct HotkeyView {
    pub shortcut: String,
    pub active: bool,
    /// Why not, as a sentence, with what to do.
    pub problem: Option<String>,
    /// Wayland: keys cannot be grabbed; bind this command in the system's settings.
    pub command: Option<String>,
}

/// One recognised piece of a declare line, by position in UTF-16 units for the window.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct TokenView {
    pub start: usize,
    pub end: usize,
    /// `severity`, `person`, `service`.
    pub kind: String,
    pub value: String,
    /// A person or service not seen before: it will be created.
    pub new: bool,
}

/// An open incident that may be the same thing.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct DuplicateView {
    pub incident: IncidentSummary,
    /// Why, as a short phrase: "same service payments, same words checkout, 502s".
    pub why: String,
}

/// What a declare line means so far.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct DeclarePreview {
    pub title: String,
    pub severity: Severity,
    /// Whether the line says it; else `severity` is the default for unsure.
    pub severity_said: bool,
    pub commander: Handle,
    pub commander_said: bool,
    pub services: Vec<ServiceName>,
    pub tokens: Vec<TokenView>,
    pub duplicates: Vec<DuplicateView>,
    /// Why it cannot be declared yet.
    pub problem: Option<String>,
}

/// One hit of a search.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct SearchHit {
    pub incident: IncidentSummary,
    pub event: domain::EventId,
    pub at: Timestamp,
    /// The words around the hit, hits between U+E000 and U+E001.
    pub snippet: String,
}

/// First bad event of a verification.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct FirstBad {
    #[ts(type = "number")]
    pub seq: u64,
    pub id: String,
    pub why: String,
}

/// One device's chain head.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct DeviceHead {
    pub device: String,
    #[ts(type = "number")]
    pub seq: u64,
    pub hash: String,
}

/// `muster verify --json`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct VerifyView {
    pub ok: bool,
    #[ts(type = "number")]
    pub events: u64,
    pub first_bad: Option<FirstBad>,
    pub heads: Vec<DeviceHead>,
}

/// One finding of `muster doctor`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct Finding {
    pub name: String,
    pub ok: bool,
    pub text: String,
    pub hint: Option<String>,
}
