//! What a commander works with: who knows what, tasks, what the room thinks, the board, words that leave, clocks.

use domain::incidents::{Piece, QueueState};
use domain::{ChannelName, EventId, Handle, IncidentId, IncidentRef, Means, Role, Severity, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Words or an act, whose they are, and how that is known. `signed` is by the person's own hand in the app; all else is said so.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct HeardView {
    /// The event that says so.
    pub event: EventId,
    pub who: String,
    pub typed_by: String,
    pub means: Means,
    pub at: Timestamp,
    pub signed: bool,
}

/// How one person knows of what is asked of them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct KnowingView {
    /// The event that made the ask: pass it to `ask.tell` and `ask.answer`.
    pub ask: EventId,
    pub person: Handle,
    /// `untold`, `told`, `yes`, `no`. Never more than is known.
    pub state: String,
    /// In words: "not told yet", "told by hand 14:31", "said yes by voice 14:36", "yes in the app 14:36".
    pub text: String,
    pub told: Option<HeardView>,
    pub place: Option<String>,
    pub answer: Option<HeardView>,
    /// What they said, such as a read-back.
    pub words: Option<String>,
}

/// A report on a task: conditions, actions, needs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct CanView {
    pub conditions: String,
    pub actions: Option<String>,
    pub needs: Option<String>,
    pub heard: HeardView,
}

/// A task.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct TaskView {
    pub id: EventId,
    pub text: String,
    pub owner: Handle,
    pub added_at: Timestamp,
    /// When its time box ends.
    pub due: Timestamp,
    pub minutes: u32,
    /// `open`, `done`, `dropped`.
    pub state: String,
    pub ended: Option<HeardView>,
    pub note: Option<String>,
    pub knows: KnowingView,
    pub report: Option<CanView>,
}

/// Words with whose they are.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct WordsView {
    pub text: String,
    pub heard: HeardView,
}

/// A decision.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct DecisionView {
    pub id: EventId,
    pub text: String,
    pub options: Vec<String>,
    pub risk: Option<String>,
    pub heard: HeardView,
    /// When strong objections were asked for; null: they were not.
    pub polled: Option<HeardView>,
    pub objections: Vec<WordsView>,
    pub result: Option<WordsView>,
}

/// A hypothesis.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct HypothesisView {
    pub id: EventId,
    pub text: String,
    /// `proposed`, `supported`, `ruled_out`.
    pub standing: String,
    pub at: Timestamp,
    pub heard: HeardView,
    pub evidence: Vec<WordsView>,
}

/// A question.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct QuestionView {
    pub id: EventId,
    pub text: String,
    pub of: Option<Handle>,
    pub heard: HeardView,
    pub answer: Option<WordsView>,
}

/// One line of the board.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct BoardLineView {
    pub text: String,
    /// Since when that is so.
    pub at: Timestamp,
    /// The event that says it.
    pub event: EventId,
    /// Written for the board; else read from a hypothesis or a report.
    pub written: bool,
}

/// The state board. A line that nobody wrote and nothing tells is null.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct BoardView {
    pub believe: Option<BoardLineView>,
    pub doing: Option<BoardLineView>,
    /// What is being done: the open task whose box ends first.
    pub first_task: Option<TaskView>,
    pub open_tasks: u32,
    pub need: Option<BoardLineView>,
    pub objective: Option<BoardLineView>,
}

/// Where something was put.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct PostingView {
    pub event: EventId,
    pub piece: Piece,
    pub update: Option<EventId>,
    pub place: String,
    /// A person put it there; else a channel took it and answered.
    pub by_hand: bool,
    pub heard: HeardView,
}

/// An update and where it went.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct UpdateView {
    pub id: EventId,
    pub text: String,
    pub heard: HeardView,
    pub postings: Vec<PostingView>,
}

/// The promise that runs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct PromiseView {
    pub event: EventId,
    pub due: Timestamp,
    pub every_minutes: Option<u32>,
    pub heard: HeardView,
}

/// Something that waits to be sent, or did.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct QueuedView {
    pub id: EventId,
    pub piece: Piece,
    pub update: Option<EventId>,
    pub channel: ChannelName,
    pub at: Timestamp,
    pub state: QueueState,
    pub why: Option<String>,
    pub changed_at: Timestamp,
}

/// All words that leave, and how promises came out.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct CommsView {
    /// Newest first.
    pub updates: Vec<UpdateView>,
    /// Where other pieces went, newest first.
    pub postings: Vec<PostingView>,
    pub promise: Option<PromiseView>,
    /// Promises kept in time, kept late, and missed.
    pub in_time: u32,
    pub late: u32,
    pub missed: u32,
    /// Newest first; what has been sent is under `updates`.
    pub queue: Vec<QueuedView>,
    pub last_news_at: Option<Timestamp>,
    /// The rhythm to promise the next update by, as the severity's cadence says now.
    pub rhythm_minutes: u32,
    /// That is the long rhythm.
    pub long: bool,
}

/// Command offered to another.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct HandoffView {
    pub id: EventId,
    pub from: Option<Handle>,
    pub to: Handle,
    pub next: Option<String>,
    pub at: Timestamp,
    pub knows: KnowingView,
    pub briefed_at: Option<Timestamp>,
}

/// A clock.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct ClockView {
    /// `promise`, `acknowledge`, `resolve`, `task`, `look`.
    pub clock: String,
    /// The task or look.
    pub about: Option<EventId>,
    pub text: String,
    pub from: Timestamp,
    pub due: Timestamp,
    /// It rests in this state and does not count.
    pub rests: bool,
    /// How far it has run: `half`, `three_quarters`, `nearly`, `due`; null before.
    pub stage: Option<String>,
    pub offer_resolve: bool,
}

/// A target for acknowledging or resolving: an element of `sla`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct SlaView {
    /// `acknowledge`, `resolve`.
    pub clock: String,
    /// Minutes.
    pub target: u32,
    pub due: Timestamp,
    /// `running`, `paused`, `met`, `missed`.
    pub state: String,
}

/// A quiet hint on how the command is doing; never blocks anything.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct HintView {
    /// `span commander_does no_scribe no_communications long_command off_shift silence no_promise long_rhythm not_polled said_no`.
    pub kind: String,
    pub text: String,
}

/// What comes next for the person who asks.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct NextView {
    pub text: String,
    /// `confirm_command handoff answer report update promise tell resolve look_done tick`, where one does it.
    pub action: Option<String>,
    pub about: Option<EventId>,
}

/// Who was heard to be there.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct PresentView {
    pub person: Handle,
    pub since: Timestamp,
    pub means: Means,
}

/// How another incident is tied to this one.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct LinkView {
    /// `absorbed`, `split_off`, `split_from`, `linked`.
    pub tie: String,
    pub id: IncidentId,
    #[serde(rename = "ref")]
    pub reference: IncidentRef,
}

/// Where this incident was merged.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct MergedView {
    pub into: IncidentId,
    #[serde(rename = "ref")]
    pub reference: IncidentRef,
}

/// One item of a role's checklist.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct ChecklistItem {
    pub text: String,
    pub done: bool,
}

/// What a role is for, who holds it here, and how far its checklist is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct RoleCardView {
    pub role: Role,
    pub title: String,
    pub sentence: String,
    pub holders: Vec<Handle>,
    pub checklist: Vec<ChecklistItem>,
}

/// Text to be taken elsewhere. Names no one who was not named, claims nothing that was not recorded.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct BriefView {
    pub text: String,
    /// The same as rich text, for a wiki or a mail program.
    pub html: Option<String>,
    /// One line for a mail's subject.
    pub subject: String,
    /// Text messages it takes, where it is one.
    pub messages: u32,
    pub words: u32,
    /// A draft in the person's own mail program.
    pub mailto: Option<String>,
    /// What `posted` is to say of it.
    pub piece: Piece,
    pub update: Option<EventId>,
}

/// One line of a paste, as it would be recorded.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct PastedLineView {
    /// Its place in the paste.
    pub index: u32,
    pub who: Option<String>,
    /// The person it is taken for; null: recorded as the paster's own note of what somebody said.
    pub person: Option<Handle>,
    /// Null: the text says no time, and none before it does.
    pub at: Option<Timestamp>,
    pub text: String,
    /// Less than was said: it was too long for an entry, and says so at its end.
    pub cut: bool,
    /// On the record already.
    pub known: bool,
}

/// A speaker of a paste.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct SpeakerView {
    pub who: String,
    pub person: Option<Handle>,
    pub lines: u32,
}

/// A paste, read and not yet recorded.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct PasteView {
    pub format: String,
    /// What must be asked once: `day`, `zone`, `start`.
    pub asks: Vec<String>,
    pub day: String,
    pub zone: String,
    pub speakers: Vec<SpeakerView>,
    pub lines: Vec<PastedLineView>,
    pub total: u32,
    pub fresh: u32,
    /// Sentences: what was left out or cleaned, and what to do.
    pub notes: Vec<String>,
}

/// What came of a paste.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct PasteReceipt {
    pub added: u32,
    pub known: u32,
    pub left_out: u32,
    #[ts(type = "number")]
    pub seq: u64,
    /// Entries written, for a later time shift.
    pub events: Vec<EventId>,
}

/// What came of a change to many things.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct ManyReceipt {
    pub changed: u32,
    #[ts(type = "number")]
    pub seq: u64,
    pub events: Vec<EventId>,
    /// What could not be changed, and why, as sentences.
    pub refused: Vec<String>,
    pub undo: Option<super::UndoView>,
}

/// The rhythm and targets of one severity.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct RhythmView {
    pub severity: Severity,
    pub cadence: domain::home::Cadence,
    pub targets: domain::home::Targets,
}

/// A channel by which updates leave.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct ChannelView {
    pub name: ChannelName,
    pub kind: domain::home::ChannelKind,
    /// A host, or mail addresses; never the secret URL.
    pub to: Option<String>,
    pub added_at: Timestamp,
    /// Its URL lies with the secrets of this machine.
    pub ready: bool,
}
