//! Tasks: one named owner and a time box.

use super::room::{reports, tasks};
use super::{Ask, Stop, confirm, part, read, whole_of};
use crate::context::Context;
use crate::out::Out;
use crate::times::minutes;
use api::dto::{AddTask, AnswerAsk, ExtendTask, IncidentView, OneTask, ReassignTask, ReportTask, Spoken};
use api::{ApiError, Request};
use clap::{Args, Subcommand};
use serde_json::Value;

/// Tasks, each with one named owner and a time box. Another's words need --for NAME, and --by where it was not by voice.
#[derive(Args, Debug)]
pub struct Task {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    #[command(subcommand)]
    act: TaskAct,
}

/// One task, a few words, and when.
#[derive(Args, Debug)]
struct One {
    /// The task: T1, T2 … from `task INC list`, or its id
    #[arg(value_name = "ID")]
    task: String,
    /// What came of it, or why
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// When that was
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
}

#[derive(Subcommand, Debug)]
enum TaskAct {
    /// Give a task to one person
    Add {
        /// What is to be done; `-` reads it from standard input
        #[arg(required = true)]
        text: Vec<String>,
        /// Whose it is: one name, never "someone"
        #[arg(long, value_name = "NAME")]
        to: String,
        /// Its time box, such as 15m or 1h [default: 15m]
        #[arg(long, value_name = "SPAN", value_parser = minutes)]
        within: Option<u32>,
        /// When it was given
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        at: Option<String>,
        /// The same key adds once, however often it is sent
        #[arg(long, value_name = "KEY")]
        once: Option<String>,
    },
    /// Its owner said yes
    Accept {
        /// The task: T1, T2 … from `task INC list`, or its id
        #[arg(value_name = "ID")]
        task: String,
        /// A read-back: what they said
        #[arg(long, value_name = "TEXT")]
        words: Option<String>,
        /// When they said so
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        at: Option<String>,
    },
    /// Report conditions, actions, needs
    Report {
        /// The task: T1, T2 … from `task INC list`, or its id
        #[arg(value_name = "ID")]
        task: String,
        /// How it stands
        #[arg(long, value_name = "TEXT")]
        conditions: String,
        /// What is being done
        #[arg(long, value_name = "TEXT")]
        actions: Option<String>,
        /// What is missing
        #[arg(long, value_name = "TEXT")]
        needs: Option<String>,
        /// When that was
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        at: Option<String>,
    },
    /// A fresh time box from now
    Extend {
        /// The task: T1, T2 … from `task INC list`, or its id
        #[arg(value_name = "ID")]
        task: String,
        /// Such as 10m
        #[arg(value_name = "SPAN", value_parser = minutes)]
        within: u32,
    },
    /// Another does it
    Give {
        /// The task: T1, T2 … from `task INC list`, or its id
        #[arg(value_name = "ID")]
        task: String,
        /// Who
        name: String,
    },
    /// It is done
    Done(One),
    /// It need not be done
    Drop(One),
    /// It is to be done after all
    Reopen(One),
    /// All tasks, with who knows
    List,
}

impl Ask for Task {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let (incident, spoken) = (self.incident.clone(), Spoken::default());
        let time = |at: &Option<String>| context.time("at", at.as_ref());
        let one = |one: &One| -> Result<OneTask, ApiError> {
            let (incident, note) = (self.incident.clone(), one.note.clone());
            Ok(OneTask { incident, task: one.task.clone(), note, at: time(&one.at)?, spoken: Spoken::default() })
        };
        Ok(match &self.act {
            TaskAct::Add { text, to, within, at, once } => {
                let (text, owner, once) = (context.text(text)?, to.clone(), once.clone());
                Request::TaskAdd(AddTask { incident, text, owner, minutes: *within, at: time(at)?, once, spoken })
            }
            // A task is asked of its owner by the event that made it, so its id names the ask as well.
            TaskAct::Accept { task, words, at } => {
                let (ask, words, at) = (task.clone(), words.clone(), time(at)?);
                Request::AskAnswer(AnswerAsk { incident, ask, yes: true, words, at, once: None, spoken })
            }
            TaskAct::Report { task, conditions, actions, needs, at } => {
                let (task, conditions, at) = (task.clone(), conditions.clone(), time(at)?);
                let (actions, needs) = (actions.clone(), needs.clone());
                Request::TaskReport(ReportTask { incident, task, conditions, actions, needs, at, once: None, spoken })
            }
            TaskAct::Extend { task, within } => Request::TaskExtend(ExtendTask { incident, task: task.clone(), minutes: *within, spoken }),
            TaskAct::Give { task, name } => {
                Request::TaskReassign(ReassignTask { incident, task: task.clone(), owner: name.clone(), spoken })
            }
            TaskAct::Done(task) => Request::TaskDone(one(task)?),
            TaskAct::Drop(task) => Request::TaskDrop(one(task)?),
            TaskAct::Reopen(task) => Request::TaskReopen(one(task)?),
            TaskAct::List => whole_of(&self.incident),
        })
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        if matches!(self.act, TaskAct::List) { part(answer, "tasks") } else { Ok(answer) }
    }

    fn show(&self, answer: Value, context: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            TaskAct::List => {
                let incident: IncidentView = read(answer)?;
                if incident.tasks.is_empty() {
                    out.line("No tasks yet.")?;
                }
                out.table(&tasks(&incident.tasks, context, true))?;
                reports(&incident.tasks, out)
            }
            TaskAct::Add { to, .. } => confirm(answer, out, &format!("A task for @{}.", to.trim_start_matches('@'))),
            TaskAct::Accept { .. } => confirm(answer, out, "Accepted."),
            TaskAct::Report { .. } => confirm(answer, out, "Report recorded."),
            TaskAct::Extend { within, .. } => confirm(answer, out, &format!("Time box: {} from now.", crate::words::minutes(*within))),
            TaskAct::Give { name, .. } => confirm(answer, out, &format!("Given to @{}.", name.trim_start_matches('@'))),
            TaskAct::Done(_) => confirm(answer, out, "Done."),
            TaskAct::Drop(_) => confirm(answer, out, "Dropped."),
            TaskAct::Reopen(_) => confirm(answer, out, "To be done after all."),
        }
    }
}
