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
    /// Who is there, and who left.
    RollCallOp "incident.here" Command (RollCall) -> Receipt;
    /// A person was told by hand what is asked of them.
    AskTell "ask.tell" Command (TellAsk) -> Receipt;
    /// A person answered what is asked of them.
    AskAnswer "ask.answer" Command (AnswerAsk) -> Receipt;
    /// Gives a task to one named person, with a time box.
    TaskAdd "task.add" Command (AddTask) -> Receipt, undo "task.drop";
    /// A fresh time box.
    TaskExtend "task.extend" Command (ExtendTask) -> Receipt;
    /// Another does it.
    TaskReassign "task.reassign" Command (ReassignTask) -> Receipt, undo "task.reassign";
    /// Conditions, actions, needs.
    TaskReport "task.report" Command (ReportTask) -> Receipt;
    /// It is done.
    TaskDone "task.done" Command (OneTask) -> Receipt, undo "task.reopen";
    /// It need not be done.
    TaskDrop "task.drop" Command (OneTask) -> Receipt, undo "task.reopen";
    /// It is to be done after all.
    TaskReopen "task.reopen" Command (OneTask) -> Receipt;
    /// It was decided.
    DecisionAdd "decision.add" Command (AddDecision) -> Receipt;
    /// Strong objections were asked for.
    DecisionPoll "decision.poll" Command (PollDecision) -> Receipt;
    /// What came of a decision.
    DecisionResult "decision.result" Command (AboutThought) -> Receipt;
    /// This may be why.
    HypothesisAdd "hypothesis.add" Command (AddThought) -> Receipt;
    /// Something speaks for it.
    HypothesisSupport "hypothesis.support" Command (AboutThought) -> Receipt;
    /// It is not that.
    HypothesisRuleOut "hypothesis.rule_out" Command (AboutThought) -> Receipt;
    /// Somebody wants to know.
    QuestionAdd "question.add" Command (AddQuestion) -> Receipt;
    /// Now it is known.
    QuestionAnswer "question.answer" Command (AboutThought) -> Receipt;
    /// Writes a line of the state board.
    BoardSet "board.set" Command (SetBoard) -> Receipt, undo "board.set";
    /// Where people of this incident meet.
    BridgeSet "incident.bridge" Command (SetBridge) -> Receipt, undo "incident.bridge";
    /// What each role is for, and how far its checklist is.
    RoleCards "role.cards" Read (OneIncident) -> Vec<RoleCardView>;
    /// Ticks an item of a role's checklist.
    RoleTick "role.tick" Command (TickItem) -> Receipt, undo "role.tick";
    /// Writes an update; it goes nowhere by itself.
    UpdateWrite "update.write" Command (WriteUpdate) -> Receipt;
    /// Something was put somewhere by hand.
    UpdatePosted "update.posted" Command (PostedByHand) -> Receipt;
    /// Sends an update by channels, through the outbox.
    UpdateSend "update.send" Command (SendUpdate) -> ManyReceipt;
    /// Promises the next update.
    UpdatePromise "update.promise" Command (PromiseUpdate) -> Receipt;
    /// No further update is promised.
    UpdateEndPromise "update.end_promise" Command (EndPromise) -> Receipt;
    /// Sends what was held, as it is.
    PostRelease "post.release" Command (OneQueued) -> Receipt;
    /// Does not send it.
    PostWithdraw "post.withdraw" Command (OneQueued) -> Receipt;
    /// Text to be taken elsewhere.
    Brief "brief" Read (AskBrief) -> BriefView;
    /// Offers command; until somebody accepts, the outgoing commander commands.
    HandoffOffer "handoff.offer" Command (OfferHandoff) -> Receipt, undo "handoff.withdraw";
    /// The successor has the brief.
    HandoffBriefed "handoff.briefed" Command (OneIncident) -> Receipt;
    /// They command now.
    HandoffAccept "handoff.accept" Command (AnswerHandoff) -> Receipt;
    /// They do not.
    HandoffDecline "handoff.decline" Command (AnswerHandoff) -> Receipt;
    /// It is offered no longer.
    HandoffWithdraw "handoff.withdraw" Command (AnswerHandoff) -> Receipt;
    /// Offers every open incident that the doer commands.
    HandoffAll "handoff.offer_all" Command (OfferAll) -> ManyReceipt;
    /// Reads chat text, a transcript or a log, and records nothing.
    PastePreview "paste.preview" Read (PasteText) -> PasteView;
    /// Records it; what is on the record already adds nothing.
    PasteOp "paste" Command (PasteText) -> PasteReceipt;
    /// Moves entries in time together.
    EntryShift "entry.shift" Command (ShiftEntries) -> ManyReceipt, undo "entry.shift";
    /// Somebody is to look again.
    LookSet "look.set" Command (SetLook) -> Receipt, undo "look.done";
    /// A look was taken, or need not be.
    LookDone "look.done" Command (OneLook) -> Receipt;
    /// Merges an incident into another; its reference leads there.
    IncidentMerge "incident.merge" Command (TwoIncidents) -> Receipt, undo "incident.unmerge";
    /// They were two after all.
    IncidentUnmerge "incident.unmerge" Command (OneIncident) -> Receipt, undo "incident.merge";
    /// Makes alerts of one incident an incident of their own.
    IncidentSplit "incident.split" Command (SplitIncident) -> IncidentView, undo "incident.merge";
    /// They have to do with each other.
    IncidentLink "incident.link" Command (TwoIncidents) -> Receipt, undo "incident.unlink";
    /// They have nothing to do with each other after all.
    IncidentUnlink "incident.unlink" Command (TwoIncidents) -> Receipt, undo "incident.link";
    /// Groups of alerts: by default those that wait.
    GroupList "alert.list" Read (ListGroups) -> Vec<GroupView>;
    /// One group with its alerts.
    GroupShow "alert.show" Read (OneGroup) -> GroupView;
    /// Somebody looks at it.
    GroupAck "alert.ack" Triage (OneGroup) -> Receipt, undo "alert.release";
    /// I look no more; it waits for somebody.
    GroupRelease "alert.release" Triage (OneGroup) -> Receipt, undo "alert.ack";
    /// These alerts belong to that incident.
    GroupAttach "alert.attach" Triage (AttachGroups) -> Receipt, undo "alert.detach";
    /// They do not after all.
    GroupDetach "alert.detach" Triage (AttachGroups) -> Receipt, undo "alert.attach";
    /// Noise: quiet until it ends.
    GroupDismiss "alert.dismiss" Triage (DismissGroup) -> Receipt, undo "quiet.end";
    /// The inbox, with what helps to decide.
    InboxOp "alert.inbox" Read (Nothing) -> InboxView;
    /// Why an alert did or did not make a noise, and what would change that.
    AlertWhy "alert.why" Read (OneAlert) -> WhyView;
    /// Somebody reports a problem, on a call or in person.
    ReportAdd "alert.report" Triage (AddReport) -> Receipt;
    /// Takes in what a tool would send, from a file or a command.
    IngestOp "alert.ingest" Triage (IngestText) -> IngestReceipt;
    /// What was done to systems lately.
    ChangeList "change.list" Read (ListChanges) -> Vec<ChangeView>;
    /// What made noise, and what would make less of it.
    NoiseOp "noise" Read (AskNoise) -> NoiseView;
    /// Keeps something quiet: snooze, mute, not mine, maintenance, quiet hours.
    QuietAdd "quiet.add" Triage (AddQuiet) -> ManyReceipt, undo "quiet.end";
    /// "I know": the storm under way makes no noise, unless something new breaks through.
    StormSet "storm.set" Triage (SetStorm) -> Receipt, undo "storm.set";
    /// Which alerts mean what, and how often each rule fitted.
    RuleList "rule.list" Read (Nothing) -> RulesView;
    /// What rules would have done over the last 30 days.
    RuleDryRun "rule.dry_run" Read (SetRules) -> DryRunView;
    /// Sets the rules, all of them.
    RuleSet "rule.set" Settings (SetRules) -> Receipt, undo "rule.set";
    /// Services, whose they are, what they rest on, and who watches them.
    ServiceList "service.list" Read (Nothing) -> Vec<ServiceView>;
    /// What is known of a service; in place of what was.
    ServiceDescribe "service.describe" Settings (DescribeService) -> Receipt, undo "service.describe";
    /// Takes a service out of the catalogue.
    ServiceRemove "service.remove" Settings (OneService) -> Receipt, undo "service.describe";
    /// Services from a file's text.
    ServiceImport "service.import" Settings (ImportServices) -> ServicesImport;
    /// All that is quiet now, oldest first.
    QuietList "quiet.list" Read (Nothing) -> Vec<QuietView>;
    /// May make a noise again.
    QuietEnd "quiet.end" Triage (EndQuiet) -> Receipt;
    /// People.
    PersonList "person.list" Read (Nothing) -> Vec<PersonView>;
    /// Adds or renames a person.
    PersonAdd "person.add" Settings (AddPerson) -> Receipt;
    /// What is known of a person; absent fields stay.
    PersonDescribe "person.describe" Settings (DescribePerson) -> Receipt, undo "person.describe";
    /// Takes a person out of the book; what they did stays.
    PersonRemove "person.remove" Settings (OnePerson) -> Receipt, undo "person.describe";
    /// People from a file's text.
    PersonImport "person.import" Settings (ImportPeople) -> ImportView;
    /// People from a PagerDuty account.
    PersonImportPagerDuty "person.import_pagerduty" Settings (ImportPagerDuty) -> ImportView;
    /// A code to scan with the phone in the user's hand.
    PersonCode "person.code" Read (AskCode) -> CodeView;
    /// Channels by which updates leave.
    ChannelList "channel.list" Read (Nothing) -> Vec<ChannelView>;
    /// Adds a channel; its URL goes to the secrets of this machine.
    ChannelAdd "channel.add" Settings (AddChannel) -> ChannelView, undo "channel.remove";
    /// Removes a channel.
    ChannelRemove "channel.remove" Settings (OneChannel) -> Receipt;
    /// Sends one test message by it, and says what came of it.
    ChannelTest "channel.test" Settings (OneChannel) -> Finding;
    /// Sources and when each was heard.
    SourceList "source.list" Read (Nothing) -> Vec<SourceView>;
    /// Makes a source and shows its token once.
    SourceAdd "source.add" Settings (AddSource) -> SourceCreated, undo "source.remove";
    /// Sets what belongs to a source: where to ask, how often, when its silence is an alarm.
    SourceSet "source.set" Settings (SetSource) -> Receipt, undo "source.set";
    /// A new token; the old one ends.
    SourceRotate "source.rotate" Settings (OneSource) -> SourceCreated;
    /// Ends a source; what it sent stays.
    SourceRemove "source.remove" Settings (OneSource) -> Receipt;
    /// What was refused lately, raw.
    SourceRefusals "source.refusals" Read (OneSource) -> Vec<RefusalView>;
    /// Makes due every source that can be asked and was not asked just now.
    SourceAsk "source.ask" Triage (Nothing) -> SourcesAsked;
    /// Looks at every step of a sender's way, or asks the source now, and says what is in the way.
    SourceTest "source.test" Settings (OneSource) -> Vec<Finding>;
    /// Everything Settings shows but reachability.
    Settings "settings" Read (Nothing) -> SettingsView;
    /// Sets how one severity may call.
    NoticeRuleSet "notice_rule.set" Settings (SetNoticeRule) -> Receipt, undo "notice_rule.set";
    /// Sets how often one severity is reported on.
    CadenceSet "cadence.set" Settings (SetCadence) -> Receipt, undo "cadence.set";
    /// Sets how soon one severity should be known and resolved.
    TargetsSet "targets.set" Settings (SetTargets) -> Receipt, undo "targets.set";
    /// Sets the severity matrix.
    MatrixSet "matrix.set" Settings (SetMatrix) -> Receipt, undo "matrix.set";
    /// Sets where people of an incident meet.
    BridgeRuleSet "bridge_rule.set" Settings (SetBridgeRule) -> Receipt, undo "bridge_rule.set";
    /// Changes what belongs to this machine.
    MachineSet "machine.set" Settings (SetMachine) -> MachineSettings;
    /// Asks the desktop whether a call would reach a person now.
    ReachOp "reach" Read (Nothing) -> ReachView;
    /// Shows a drill to be clicked, and answers how it goes: the reachability check `drill`.
    RingMe "reach.ring" Settings (RingMe) -> ReachCheck;
    /// State of the global hotkey.
    HotkeyShow "hotkey" Read (OneHotkey) -> HotkeyView;
    /// Changes the global hotkey; keeps the old one where the new one cannot be had.
    HotkeySet "hotkey.set" Settings (SetHotkey) -> HotkeyView;
    /// Raises the main window.
    WindowOpen "window.open" Desktop (OpenWindow) -> Nothing;
    /// Opens the declare window over whatever is in front.
    WindowDeclare "window.declare" Desktop (Nothing) -> Nothing;
    /// Hides the declare window.
    WindowHideDeclare "window.hide_declare" Desktop (Nothing) -> Nothing;
    /// Opens the note window over whatever is in front.
    WindowNote "window.note" Desktop (OpenNote) -> Nothing;
    /// Hides the note window.
    WindowHideNote "window.hide_note" Desktop (Nothing) -> Nothing;
    /// Opens the scribe strip, always on top; closes it where it is open.
    WindowStrip "window.strip" Desktop (OpenNote) -> Nothing;
    /// Hands a link (tel, sms, mailto, http, https) to whatever opens it.
    WindowLink "window.link" Desktop (OneLink) -> Nothing;
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
