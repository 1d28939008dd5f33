//! An incident: its state is a pure fold over its events, the same on every machine and in whatever order they arrive.

mod actions;
mod asks;
mod authority;
mod board;
mod clocks;
mod command;
mod comms;
mod decide;
mod event;
mod evolve;
mod handoff;
mod hints;
mod milestones;
mod next;
mod react;
mod status;
mod tasks;
#[cfg(test)]
mod tests;
mod thoughts;
mod ties;
mod words;

pub use actions::{Action, Suggestion};
pub use asks::{Answer, AskCommand, AskEvent, Heard, Knowing};
pub use board::{Board, BoardCommand, BoardEvent, BoardLine, Shown};
pub use clocks::{Clock, ClockCommand, ClockEvent, ClockId, Look, Rung, Stage, keeps_awake};
pub use command::{IncidentCommand, Rejection, TEXT_LIMIT, TITLE_LIMIT, Target};
pub use comms::{Comms, CommsCommand, CommsEvent, Kept, Piece, Posting, Promise, QueueState, Queued, Update, stale};
pub use decide::{decide, declare, parents};
pub use event::{Declared, ImpactDetail, IncidentEvent};
pub use evolve::{evolve, fold};
pub use handoff::{Handoff, HandoffCommand, HandoffEvent};
pub use hints::{COMMAND_HOURS, Hint, HintKind, SILENT_MINUTES, SPAN};
pub use next::Next;
pub use react::{Reaction, react, wants_notice};
pub use status::Status;
pub use tasks::{Can, TIME_BOX, Task, TaskCommand, TaskEvent, TaskState, is_nobody};
pub use thoughts::{Decided, Hypothesis, Question, Standing, ThoughtCommand, ThoughtEvent, Thoughts};
pub use ties::{Merged, Tie, TieCommand, TieEvent, Ties};

use crate::field::Field;
use crate::roles::{Command, Holding};
use crate::{Actor, EventId, GroupId, Hlc, IncidentId, IncidentRef, Role, ServiceName, Severity, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One interval in which customers were affected.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Impact {
    /// The event that started it.
    pub id: EventId,
    /// When it began.
    pub from: Timestamp,
    /// When it ended, never before it began; `None` while it lasts.
    pub to: Option<Timestamp>,
    /// When it ended as it was said: two machines, or corrections of one end after the other, may say what cannot be.
    pub said_to: Option<Timestamp>,
    /// The event that ended it.
    pub ended_by: Option<EventId>,
    /// What is known of it.
    pub detail: ImpactDetail,
    /// The event whose words [`ImpactDetail::text`] are.
    pub text_by: Option<EventId>,
}

/// One move in the lifecycle.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Move {
    /// The event that made it.
    pub event: EventId,
    /// When it happened.
    pub at: Timestamp,
    /// Where it led.
    pub to: Status,
}

/// An incident as its events say. Holds no timeline: what grows without bound stays in the ledger.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// What people call it.
    pub reference: IncidentRef,
    /// The event that declared it.
    pub declared: EventId,
    /// When it was declared.
    pub declared_at: Timestamp,
    /// Who declared it.
    pub declared_by: Actor,
    /// When the first alert came in, where that was before the declaration.
    pub first_sign_at: Option<Timestamp>,
    /// When the first sign was received.
    pub detected_at: Timestamp,
    /// One line.
    pub title: Field<String>,
    /// How bad it is.
    pub severity: Field<Severity>,
    /// Where it stands.
    pub status: Field<Status>,
    /// How it came there, in order of the fold.
    pub moves: Vec<Move>,
    /// Who commands.
    pub command: Command,
    /// Who said so.
    pub command_by: Actor,
    /// Two who took command unseen of each other.
    pub command_conflict: Option<crate::field::Conflict<crate::Handle>>,
    /// The other roles.
    pub roles: Vec<Holding>,
    /// Services affected.
    pub services: BTreeSet<ServiceName>,
    /// Customer impact, in order of its start.
    pub impact: Vec<Impact>,
    /// Attached groups of alerts, by the event that attached each.
    pub groups: BTreeMap<GroupId, EventId>,
    /// Key moments.
    pub pinned: BTreeSet<EventId>,
    /// When a person first showed that they know.
    pub acknowledged_at: Option<Timestamp>,
    /// The event of that.
    pub acknowledged_by: Option<EventId>,
    /// Every sign of knowing: a corrected time may make another one the first.
    pub signs: Vec<(EventId, Timestamp)>,
    /// Notices shown so far.
    pub notice_round: u32,
    /// Who was heard to be there: since when, and how that is known.
    pub present: BTreeMap<crate::Handle, Heard>,
    /// Tasks in order.
    pub tasks: Vec<Task>,
    /// Decisions, hypotheses, questions.
    pub thoughts: Thoughts,
    /// What was written on the board.
    pub board: Board,
    /// Words that leave.
    pub comms: Comms,
    /// Command offered to another, while that stands.
    pub handoff: Option<Handoff>,
    /// Looks to be taken.
    pub looks: Vec<Look>,
    /// The last ring of each clock for each time it was set to, and when.
    pub rung: Vec<(Rung, Timestamp)>,
    /// When clocks last rang.
    pub rung_at: Option<Timestamp>,
    /// Other incidents.
    pub ties: Ties,
    /// An exercise.
    pub drill: bool,
    /// Shown to its people only.
    pub private: bool,
    /// Last event folded in; a later arrival that sorts before it asks for a new fold.
    pub folded_to: Hlc,
    /// When the last entry by a person was made.
    pub last_entry_at: Timestamp,
}
