//! What callers send for command: asks, tasks, thoughts, the board, words that leave, handoff, clocks, ties.
//! Entries (tasks, decisions …) are named by id or unique prefix, people by handle as typed.

use super::request::Spoken;
use domain::incidents::{BoardLine, Piece};
use domain::{Role, Severity, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who is there.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct RollCall {
    pub incident: String,
    pub here: Vec<String>,
    #[ts(as = "Option<_>", optional)]
    pub left: Vec<String>,
    pub at: Option<Timestamp>,
    pub once: Option<String>,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// A person was told by hand what is asked of them.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct TellAsk {
    pub incident: String,
    /// The ask: see `KnowingView`.
    pub ask: String,
    /// Where: a channel, a call.
    pub place: Option<String>,
    pub at: Option<Timestamp>,
}

/// A person answered. Another's answer is recorded with `for_name` and `by`.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct AnswerAsk {
    pub incident: String,
    pub ask: String,
    pub yes: bool,
    /// A read-back, or why not.
    pub words: Option<String>,
    pub at: Option<Timestamp>,
    pub once: Option<String>,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// Gives a task to one named person.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct AddTask {
    pub incident: String,
    pub text: String,
    pub owner: String,
    /// Time box in minutes; default 15.
    pub minutes: Option<u32>,
    pub at: Option<Timestamp>,
    pub once: Option<String>,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// Something about one task.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct OneTask {
    pub incident: String,
    pub task: String,
    /// Outcome or reason.
    pub note: Option<String>,
    pub at: Option<Timestamp>,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// A fresh time box from now.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct ExtendTask {
    pub incident: String,
    pub task: String,
    pub minutes: u32,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// Another does it.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct ReassignTask {
    pub incident: String,
    pub task: String,
    pub owner: String,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// Conditions, actions, needs.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct ReportTask {
    pub incident: String,
    pub task: String,
    pub conditions: String,
    pub actions: Option<String>,
    pub needs: Option<String>,
    pub at: Option<Timestamp>,
    pub once: Option<String>,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// A decision.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct AddDecision {
    pub incident: String,
    pub text: String,
    #[ts(as = "Option<_>", optional)]
    pub options: Vec<String>,
    pub risk: Option<String>,
    /// Strong objections were asked for and nobody had any.
    #[ts(as = "Option<_>", optional)]
    pub polled: bool,
    pub at: Option<Timestamp>,
    pub once: Option<String>,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// Strong objections were asked for; `objection` is what one person had, none: nobody had any.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct PollDecision {
    pub incident: String,
    pub decision: String,
    pub objection: Option<String>,
    pub at: Option<Timestamp>,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// Words about a thought: what came of a decision, what speaks for a hypothesis, the answer to a question.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct AboutThought {
    pub incident: String,
    pub about: String,
    pub text: String,
    pub at: Option<Timestamp>,
    pub once: Option<String>,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// A hypothesis.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct AddThought {
    pub incident: String,
    pub text: String,
    pub at: Option<Timestamp>,
    pub once: Option<String>,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// A question.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct AddQuestion {
    pub incident: String,
    pub text: String,
    pub of: Option<String>,
    pub at: Option<Timestamp>,
    pub once: Option<String>,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// Writes a line of the board, or takes it away.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SetBoard {
    pub incident: String,
    pub line: BoardLine,
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default, flatten)]
    pub spoken: Spoken,
}

/// Where people meet; none: as the home's rule says.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct SetBridge {
    pub incident: String,
    pub url: Option<String>,
}

/// Ticks an item of a role's checklist.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct TickItem {
    pub incident: String,
    pub role: Role,
    /// From 0.
    pub item: u8,
    pub done: bool,
}

/// Writes an update. It goes nowhere by itself.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct WriteUpdate {
    pub incident: String,
    pub text: String,
    pub at: Option<Timestamp>,
    pub once: Option<String>,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// Something was put somewhere by hand. An update's words may come with it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct PostedByHand {
    pub incident: String,
    pub piece: Piece,
    /// The update; with `text` it is written first.
    #[serde(default)]
    pub update: Option<String>,
    #[serde(default)]
    pub text: Option<String>,
    pub place: String,
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// Promises the next one, this many minutes from now.
    #[serde(default)]
    pub next_minutes: Option<u32>,
    #[serde(default)]
    pub once: Option<String>,
    #[serde(default, flatten)]
    pub spoken: Spoken,
}

/// Sends an update by channels, through the outbox.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct SendUpdate {
    pub incident: String,
    /// The update; with `text` it is written first.
    pub update: Option<String>,
    pub text: Option<String>,
    pub channels: Vec<String>,
    /// Promises the next one, this many minutes from now.
    pub next_minutes: Option<u32>,
    pub once: Option<String>,
}

/// Promises the next update: at a time, or in so many minutes; without both by the severity's cadence.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct PromiseUpdate {
    pub incident: String,
    pub due: Option<Timestamp>,
    pub minutes: Option<u32>,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// No further update is promised.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct EndPromise {
    pub incident: String,
    pub reason: Option<String>,
}

/// Something queued, by the id of `QueuedView`.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct OneQueued {
    pub incident: String,
    pub queued: String,
}

/// Text to be taken elsewhere.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct AskBrief {
    pub incident: String,
    /// `board`, `update`, `task`, `role`, `handoff`, `handover` (command has passed), `announcement`, `people`, `ask`.
    pub piece: String,
    /// The update, task or ask; the newest update where none is named.
    pub about: Option<String>,
    pub role: Option<Role>,
    /// `chat` (plain), `slack`, `teams`, `sms`, `speech`, `mail`, `wiki`.
    pub form: String,
    /// Words of an update not yet written.
    pub text: Option<String>,
    pub next_due: Option<Timestamp>,
}

/// Offers command.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct OfferHandoff {
    pub incident: String,
    pub to: String,
    /// What the outgoing commander would do next, in one line.
    pub next: Option<String>,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// Answers or takes back an offer.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct AnswerHandoff {
    pub incident: String,
    pub reason: Option<String>,
    pub at: Option<Timestamp>,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// Offers every open incident that the doer commands.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct OfferAll {
    pub to: String,
    pub next: Option<String>,
    /// Only these; all where none is named.
    #[ts(as = "Option<_>", optional)]
    pub incidents: Vec<String>,
}

/// Chat text, a transcript, a log, to be read.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct PasteText {
    pub incident: String,
    pub text: String,
    /// `slack slack-export teams meet zoom vtt log plain`; by content where absent.
    pub format: Option<String>,
    /// `2026-11-23`; default: the incident's.
    pub day: Option<String>,
    /// IANA name; default: this machine's.
    pub zone: Option<String>,
    /// When a recording began.
    pub start: Option<Timestamp>,
    /// Who a written name is: pairs of name and handle. An empty handle: nobody known.
    #[ts(as = "Option<_>", optional)]
    pub people: Vec<(String, String)>,
    /// Lines not to record, by index.
    #[ts(as = "Option<_>", optional)]
    pub skip: Vec<u32>,
    pub once: Option<String>,
}

/// Moves entries in time together.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct ShiftEntries {
    pub incident: String,
    pub events: Vec<String>,
    /// Seconds, earlier is negative.
    #[ts(type = "number")]
    pub by_seconds: i64,
}

/// Somebody is to look again.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct SetLook {
    pub incident: String,
    pub at: Option<Timestamp>,
    pub minutes: Option<u32>,
    pub text: Option<String>,
    /// And then to offer to resolve.
    #[ts(as = "Option<_>", optional)]
    pub offer_resolve: bool,
}

/// A look was taken, or need not be.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct OneLook {
    pub incident: String,
    pub look: String,
}

/// Two incidents.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct TwoIncidents {
    pub incident: String,
    pub other: String,
}

/// Makes alerts of one incident an incident of their own.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct SplitIncident {
    pub incident: String,
    pub alerts: Vec<String>,
    pub title: Option<String>,
    pub severity: Option<Severity>,
    pub once: Option<String>,
}
