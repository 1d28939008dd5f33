//! THE table of operations. Window, CLI, tray and notices all go through it; there is no second way.

use crate::dto::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an operation may touch; windows are granted groups, not operations.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Changes nothing.
    Read,
    /// Declares an incident.
    Declare,
    /// Runs an incident.
    Command,
    /// Sorts alerts.
    Triage,
    /// Changes how the home behaves.
    Settings,
    /// Moves windows.
    Desktop,
    /// Backup, restore, rebuild.
    Admin,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The name on the wire.
    pub name: &'static str,
    /// What it may touch.
    pub group: Group,
    /// The operation that takes it back, where one does.
    pub undo: Option<&'static str>,
}

macro_rules! operations {
    ($( $(#[doc = $doc:literal])* $variant:ident $name:literal $group:ident ($request:ty) -> $response:ty $(, undo $undo:literal)? ; )*) => {
        /// A request with its operation; one variant a row.
        #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
        #[serde(tag = "op", content = "params")]
        pub enum Request {
            $( $(#[doc = $doc])* #[serde(rename = $name)] $variant($request), )*
        }

        impl Request {
            /// The operation's row.
            pub const fn operation(&self) -> Operation {
                match self { $( Self::$variant(_) => Operation { name: $name, group: Group::$group, undo: operations!(@undo $($undo)?) }, )* }
            }
        }

        /// All rows.
        pub const OPERATIONS: &[Operation] = &[
            $( Operation { name: $name, group: Group::$group, undo: operations!(@undo $($undo)?) }, )*
        ];

        /// The operation map for the window: name to request and response.
        pub fn typescript_map(config: &ts_rs::Config) -> String {
            let mut text = String::from("/** Every operation: its name, request and response. */\nexport interface Operations {\n");
            $( text.push_str(&format!("  \"{}\": [{}, {}];\n", $name, <$request as TS>::name(config), <$response as TS>::name(config))); )*
            text.push_str("}\n");
            text
        }

        /// Shows every type of the table to `visitor`.
        pub(crate) fn visit_types(visitor: &mut impl ts_rs::TypeVisitor) {
            $( visitor.visit::<$request>(); visitor.visit::<$response>(); )*
        }

        /// The response of each operation, by the name of its variant.
        pub mod answer {
            use super::*;
            $( $(#[doc = $doc])* pub type $variant = $response; )*
        }
    };
    (@undo) => { None };
    (@undo $undo:literal) => { Some($undo) };
}

operations! {
    /// The home at a glance.
    Home "home" Read (Nothing) -> HomeView;
    /// All that Watch shows.
    Watch "watch" Read (Nothing) -> WatchView;
    /// What a declare line means so far, and what may be the same thing.
    DeclarePreviewOp "declare.preview" Read (DeclareLine) -> DeclarePreview;
    /// Declares an incident; pages nobody.
    DeclareOp "incident.declare" Declare (Declare) -> IncidentView, undo "incident.status";
    /// Incidents without their lists, newest first.
    IncidentList "incident.list" Read (ListIncidents) -> Vec<IncidentSummary>;
    /// One incident whole.
    IncidentShow "incident.show" Read (OneIncident) -> IncidentView;
    /// A page of its timeline.
    Timeline "incident.timeline" Read (ReadTimeline) -> TimelinePage;
    /// Full-text search over all timelines.
    SearchOp "search" Read (Search) -> Vec<SearchHit>;
    /// Writes a note.
    Note "incident.note" Command (AddNote) -> Receipt, undo "entry.redact";
    /// Marks an entry as a key moment, or takes the mark away.
    Pin "entry.pin" Command (PinEntry) -> Receipt, undo "entry.pin";
    /// Corrects the time or text of an entry by a new event.
    Correct "entry.correct" Command (CorrectEntry) -> Receipt, undo "entry.correct";
    /// Takes words out of the record for good and says so.
    Redact "entry.redact" Command (RedactEntry) -> Receipt;
    /// Sets the severity.
    Severity "incident.severity" Command (SetSeverity) -> Receipt, undo "incident.severity";
    /// Moves the incident to a state; resolve, reopen, cancel and close are moves.
    Status "incident.status" Command (SetStatus) -> Receipt, undo "incident.status";
    /// Renames it.
    Title "incident.title" Command (SetTitle) -> Receipt, undo "incident.title";
    /// Somebody knows: stops the repeats.
    Acknowledge "incident.acknowledge" Command (OneIncident) -> Receipt;
    /// Customers began to be affected.
    ImpactStart "impact.start" Command (SetImpact) -> Receipt;
    /// What is known of the running impact changed.
    ImpactUpdate "impact.update" Command (SetImpact) -> Receipt;
    /// Customers are no longer affected.
    ImpactEnd "impact.end" Command (SetImpact) -> Receipt, undo "impact.start";
    /// Gives a role to a person.
    RoleAssign "role.assign" Command (AssignRole) -> Receipt, undo "role.release";
    /// Takes a role back; command needs a successor instead.
    RoleRelease "role.release" Command (ReleaseRole) -> Receipt, undo "role.assign";
    /// I command now.
    TakeCommand "command.take" Command (OneIncident) -> Receipt, undo "role.assign";
    /// The acting commander is the commander.
    ConfirmCommand "command.confirm" Command (OneIncident) -> Receipt;
    /// Groups of alerts: by default those that wait.
    GroupList "alert.list" Read (ListGroups) -> Vec<GroupView>;
    /// One group with its alerts.
    GroupShow "alert.show" Read (OneGroup) -> GroupView;
    /// Somebody looks at it.
    GroupAck "alert.ack" Triage (OneGroup) -> Receipt;
    /// These alerts belong to that incident.
    GroupAttach "alert.attach" Triage (AttachGroups) -> Receipt, undo "alert.detach";
    /// They do not after all.
    GroupDetach "alert.detach" Triage (AttachGroups) -> Receipt, undo "alert.attach";
    /// Noise: quiet until it ends.
    GroupDismiss "alert.dismiss" Triage (DismissGroup) -> Receipt, undo "quiet.end";
    /// All that is quiet now, oldest first.
    QuietList "quiet.list" Read (Nothing) -> Vec<QuietView>;
    /// May make a noise again.
    QuietEnd "quiet.end" Triage (EndQuiet) -> Receipt;
    /// People.
    PersonList "person.list" Read (Nothing) -> Vec<PersonView>;
    /// Adds or renames a person.
    PersonAdd "person.add" Settings (AddPerson) -> Receipt;
    /// Sources and when each was heard.
    SourceList "source.list" Read (Nothing) -> Vec<SourceView>;
    /// Makes a source and shows its token once.
    SourceAdd "source.add" Settings (AddSource) -> SourceCreated, undo "source.remove";
    /// A new token; the old one ends.
    SourceRotate "source.rotate" Settings (OneSource) -> SourceCreated;
    /// Ends a source; what it sent stays.
    SourceRemove "source.remove" Settings (OneSource) -> Receipt;
    /// What was refused lately, raw.
    SourceRefusals "source.refusals" Read (OneSource) -> Vec<RefusalView>;
    /// Sends one alert through this machine's own listener and says how far it came.
    SourceTest "source.test" Settings (OneSource) -> Vec<Finding>;
    /// Everything Settings shows but reachability.
    Settings "settings" Read (Nothing) -> SettingsView;
    /// Sets how one severity may call.
    NoticeRuleSet "notice_rule.set" Settings (SetNoticeRule) -> Receipt, undo "notice_rule.set";
    /// Changes what belongs to this machine.
    MachineSet "machine.set" Settings (SetMachine) -> MachineSettings;
    /// Asks the desktop whether a call would reach a person now.
    ReachOp "reach" Read (Nothing) -> ReachView;
    /// Shows a test notice.
    RingMe "reach.ring" Settings (Nothing) -> Nothing;
    /// State of the global hotkey.
    HotkeyShow "hotkey" Read (Nothing) -> HotkeyView;
    /// Changes the global hotkey; keeps the old one where the new one cannot be had.
    HotkeySet "hotkey.set" Settings (SetHotkey) -> HotkeyView;
    /// Raises the main window.
    WindowOpen "window.open" Desktop (OpenWindow) -> Nothing;
    /// Opens the declare window over whatever is in front.
    WindowDeclare "window.declare" Desktop (Nothing) -> Nothing;
    /// Hides the declare window.
    WindowHideDeclare "window.hide_declare" Desktop (Nothing) -> Nothing;
    /// Makes the demo home where it does not exist, and opens it.
    WindowDemo "window.demo" Desktop (Nothing) -> Nothing;
    /// Leaves the demo: back to the user's own home.
    WindowLeaveDemo "window.leave_demo" Desktop (Nothing) -> Nothing;
    /// Checks every chain from its first event.
    Verify "verify" Read (Nothing) -> VerifyView;
    /// Looks for what could go wrong.
    Doctor "doctor" Read (Nothing) -> Vec<Finding>;
    /// Writes a backup while running.
    Backup "backup" Admin (FilePath) -> BackupView;
    /// Drops all projections and folds the ledger anew.
    Rebuild "rebuild" Admin (Nothing) -> Receipt;
}
