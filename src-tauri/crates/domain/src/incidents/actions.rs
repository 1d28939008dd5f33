//! What may be done now and, for the rest, why not: the window renders it and decides nothing.

use super::command::{IncidentCommand as C, Rejection};
use super::decide::decide;
use super::event::ImpactDetail;
use super::{Incident, Status};
use crate::roles::Command;
use crate::{Entry, Timestamp};

/// One thing a person may want to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Action {
    /// Its name on the wire.
    pub name: &'static str,
    /// Why it is refused now; `None` where it may be done.
    pub refusal: Option<Rejection>,
}

/// Something worth a person's look; nothing is done by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Suggestion {
    /// All its alerts ended: resolved?
    Resolve,
    /// Resolved, and customer impact still runs.
    EndImpact,
    /// Acting commander, nobody confirmed.
    ConfirmCommand,
}

impl Incident {
    /// What `entry`'s author may do at `now`, asked of the same `decide` that will judge the command.
    pub fn available_actions(&self, entry: &Entry, now: Timestamp) -> Vec<Action> {
        let ask = |name, command| Action { name, refusal: decide(self, command, entry, now, now).err() };
        let reopen = if self.status.value.is_open() { Err(Rejection::StatusSame(self.status.value)) } else { Ok(()) };
        let mut actions = vec![
            ask("acknowledge", C::Acknowledge),
            ask("take_command", C::TakeCommand),
            ask("confirm_command", C::ConfirmCommand),
            ask("release_commander", C::ReleaseRole { role: crate::Role::Commander, person: None }),
            ask("resolve", C::SetStatus(Status::Resolved)),
            ask("close", C::SetStatus(Status::Closed)),
            ask("cancel", C::SetStatus(Status::Cancelled)),
            ask("start_impact", C::StartImpact(ImpactDetail::default())),
            ask("end_impact", C::EndImpact),
        ];
        let merged = (self.status.value == Status::Merged).then_some(Rejection::Merged);
        actions.push(Action { name: "set_status", refusal: merged.clone() });
        actions.push(Action { name: "set_severity", refusal: None });
        actions.push(Action { name: "reopen", refusal: merged.or(reopen.err()) });
        actions
    }

    /// What deserves a look, given how many of its attached alerts fire and how many there are.
    pub fn suggestions(&self, alerts: u64, firing: u64) -> Vec<Suggestion> {
        let mut suggestions = vec![];
        if matches!(self.command, Command::Acting(_)) && self.status.value.is_open() {
            suggestions.push(Suggestion::ConfirmCommand);
        }
        if alerts > 0 && firing == 0 && self.status.value.is_open() {
            suggestions.push(Suggestion::Resolve);
        }
        if !self.status.value.is_open() && self.running_impact().is_some() {
            suggestions.push(Suggestion::EndImpact);
        }
        suggestions
    }
}
