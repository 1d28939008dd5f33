//! Tasks: one named owner, a time box, a read-back. "Someone" owns nothing.

use super::Incident;
use super::asks::{Heard, Knowing};
use super::command::Rejection;
use super::decide::{words, words_if_any};
use crate::home::MINUTES_LIMIT;
use crate::{Envelope, EventId, Handle, Timestamp};
use serde::{Deserialize, Serialize};

/// Time box of a task where none was named, in minutes: long enough to do a step, short enough to notice that it hangs.
pub const TIME_BOX: u32 = 15;

/// Names that are nobody's.
const NOBODY: [&str; 20] = [
    "someone",
    "somebody",
    "anyone",
    "anybody",
    "everyone",
    "everybody",
    "nobody",
    "noone",
    "all",
    "us",
    "we",
    "team",
    "they",
    "them",
    "tbd",
    "tba",
    "channel",
    "here",
    "whoever",
    "unassigned",
];

/// A report on a task: conditions, actions, needs (PagerDuty's CAN).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Can {
    /// How it stands.
    pub conditions: String,
    /// What is being done.
    pub actions: Option<String>,
    /// What is needed.
    pub needs: Option<String>,
}

/// What happens to a task. It is named by the event that added it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskEvent {
    /// It was given to somebody.
    Added {
        /// What to do.
        text: String,
        /// Who does it.
        owner: Handle,
        /// Its time box.
        minutes: u32,
        /// The task of a merged incident that goes on as this one.
        from: Option<EventId>,
    },
    /// It got a fresh time box, from that moment.
    Extended {
        /// The task.
        task: EventId,
        /// The time box.
        minutes: u32,
    },
    /// Another does it now.
    Reassigned {
        /// The task.
        task: EventId,
        /// Who.
        owner: Handle,
    },
    /// Its owner reported.
    Reported {
        /// The task.
        task: EventId,
        /// The report.
        can: Can,
    },
    /// It is done.
    Done {
        /// The task.
        task: EventId,
        /// With what outcome.
        note: Option<String>,
    },
    /// It need not be done.
    Dropped {
        /// The task.
        task: EventId,
        /// Why.
        reason: Option<String>,
    },
    /// It is to be done after all, within a fresh time box of the same length.
    Reopened {
        /// The task.
        task: EventId,
    },
}

/// What may be asked of a task.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs, reason = "each is the event of the same name, before it is decided on")]
pub enum TaskCommand {
    Add { text: String, owner: Handle, minutes: Option<u32>, from: Option<EventId> },
    Extend { task: EventId, minutes: u32 },
    Reassign { task: EventId, owner: Handle },
    Report { task: EventId, can: Can },
    Done { task: EventId, note: Option<String> },
    Drop { task: EventId, reason: Option<String> },
    Reopen { task: EventId },
}

/// Where a task stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "states by name")]
pub enum TaskState {
    Open,
    Done,
    Dropped,
}

/// One task.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Task {
    /// The event that added it.
    pub id: EventId,
    /// What to do.
    pub text: String,
    /// Who does it.
    pub owner: Handle,
    /// The task of a merged incident that goes on as this one.
    pub from: Option<EventId>,
    /// When it was given.
    pub added_at: Timestamp,
    /// The event from which its time box runs.
    pub boxed_by: EventId,
    /// From when.
    pub boxed_at: Timestamp,
    /// How long, in minutes.
    pub minutes: u32,
    /// Where it stands.
    pub state: TaskState,
    /// When and by whose word it ended.
    pub ended: Option<Heard>,
    /// With what outcome, or why it was dropped.
    pub note: Option<String>,
    /// How its owner knows.
    pub knows: Knowing,
    /// The last report and whose word it was.
    pub report: Option<(Can, Heard)>,
}

impl Task {
    /// Whether it is still to be done.
    pub fn is_open(&self) -> bool {
        self.state == TaskState::Open
    }

    /// When its time box ends.
    pub const fn due(&self) -> Timestamp {
        self.boxed_at.plus_secs(self.minutes as i64 * 60)
    }

    pub(super) fn correct(&mut self, target: EventId, at: Option<Timestamp>, text: Option<&str>) {
        self.knows.correct(target, at, text);
        if let Some(at) = at {
            if self.id == target {
                self.added_at = at;
            }
            if self.boxed_by == target {
                self.boxed_at = at;
            }
            self.ended.iter_mut().filter(|heard| heard.event == target).for_each(|heard| heard.at = at);
            self.report.iter_mut().filter(|(_, heard)| heard.event == target).for_each(|(_, heard)| heard.at = at);
        }
        if let Some(text) = text {
            if self.id == target {
                text.clone_into(&mut self.text);
            }
            if self.ended.as_ref().is_some_and(|heard| heard.event == target) {
                self.note = Some(text.to_owned());
            }
            self.report.iter_mut().filter(|(_, heard)| heard.event == target).for_each(|(can, _)| text.clone_into(&mut can.conditions));
        }
    }
}

/// Whether a name is nobody's: "can someone" is not an owner.
pub fn is_nobody(handle: &Handle) -> bool {
    NOBODY.contains(&handle.as_str())
}

pub(super) fn decide(incident: &Incident, command: TaskCommand) -> Result<Vec<TaskEvent>, Rejection> {
    let open = |id: EventId| match incident.tasks.iter().find(|task| task.id == id) {
        None => Err(Rejection::NoSuchTask),
        Some(task) if task.is_open() => Ok(task),
        Some(_) => Err(Rejection::TaskOver),
    };
    let event = match command {
        TaskCommand::Add { text, owner, minutes, from } => {
            TaskEvent::Added { text: words(&text)?, owner: somebody(owner)?, minutes: time_box(minutes.unwrap_or(TIME_BOX))?, from }
        }
        TaskCommand::Extend { task, minutes } => TaskEvent::Extended { task: open(task)?.id, minutes: time_box(minutes)? },
        TaskCommand::Reassign { task, owner } if open(task)?.owner == owner => return Err(Rejection::NothingToChange),
        TaskCommand::Reassign { task, owner } => TaskEvent::Reassigned { task, owner: somebody(owner)? },
        TaskCommand::Report { task, can } => {
            let can = Can { conditions: words(&can.conditions)?, actions: words_if_any(can.actions)?, needs: words_if_any(can.needs)? };
            TaskEvent::Reported { task: open(task)?.id, can }
        }
        TaskCommand::Done { task, note } => TaskEvent::Done { task: open(task)?.id, note: words_if_any(note)? },
        TaskCommand::Drop { task, reason } => TaskEvent::Dropped { task: open(task)?.id, reason: words_if_any(reason)? },
        TaskCommand::Reopen { task } => match open(task) {
            Ok(_) => return Err(Rejection::NothingToChange),
            Err(Rejection::TaskOver) => TaskEvent::Reopened { task },
            Err(other) => return Err(other),
        },
    };
    Ok(vec![event])
}

/// The person, where the name is one.
pub(super) fn somebody(owner: Handle) -> Result<Handle, Rejection> {
    if is_nobody(&owner) { Err(Rejection::NobodyOwns(owner)) } else { Ok(owner) }
}

const fn time_box(minutes: u32) -> Result<u32, Rejection> {
    if minutes >= 1 && minutes <= MINUTES_LIMIT { Ok(minutes) } else { Err(Rejection::TimeBoxOutOfRange) }
}

pub(super) fn evolve(incident: &mut Incident, envelope: &Envelope, event: &TaskEvent) {
    let tasks = &mut incident.tasks;
    let (at, id) = (envelope.occurred_at, envelope.id);
    match event {
        TaskEvent::Added { text, owner, minutes, from } => {
            let knows = Knowing::asked(envelope, owner);
            let (text, owner, minutes, from) = (text.clone(), owner.clone(), *minutes, *from);
            let (boxed_by, boxed_at, state) = (id, at, TaskState::Open);
            tasks.push(Task {
                id,
                text,
                owner,
                from,
                added_at: at,
                boxed_by,
                boxed_at,
                minutes,
                state,
                ended: None,
                note: None,
                knows,
                report: None,
            });
        }
        TaskEvent::Extended { task, minutes } => with(tasks, *task, |task| {
            (task.boxed_by, task.boxed_at, task.minutes) = (id, at, *minutes);
        }),
        TaskEvent::Reassigned { task, owner } => with(tasks, *task, |task| {
            task.owner.clone_from(owner);
            task.knows = Knowing::asked(envelope, owner);
        }),
        TaskEvent::Reported { task, can } => with(tasks, *task, |task| task.report = Some((can.clone(), Heard::of(envelope)))),
        TaskEvent::Done { task, note } => with(tasks, *task, |task| end(task, TaskState::Done, note, envelope)),
        TaskEvent::Dropped { task, reason } => with(tasks, *task, |task| end(task, TaskState::Dropped, reason, envelope)),
        TaskEvent::Reopened { task } => with(tasks, *task, |task| {
            (task.state, task.ended, task.note) = (TaskState::Open, None, None);
            (task.boxed_by, task.boxed_at) = (id, at);
        }),
    }
}

fn end(task: &mut Task, state: TaskState, note: &Option<String>, envelope: &Envelope) {
    (task.state, task.ended, task.note) = (state, Some(Heard::of(envelope)), note.clone());
}

fn with(tasks: &mut [Task], id: EventId, change: impl FnOnce(&mut Task)) {
    if let Some(task) = tasks.iter_mut().find(|task| task.id == id) {
        change(task);
    }
}
