//! The way back from each change, where there is one: an operation of the same table.

use crate::dto::UndoView;
use domain::Role;
use domain::incidents::{HandoffCommand, Incident, IncidentCommand as C, TaskCommand};
use engine::{Act, Committed};
use serde_json::{Value, json};

/// The compensating operation of `act`, from the state before it.
pub(super) fn of(act: &Act, done: &Committed) -> Option<UndoView> {
    let event = done.events.first()?;
    let before = done.before.as_deref();
    match act {
        Act::Incident(id, command) => to_incident(&id.to_string(), command, before?, event.to_string()),
        Act::Pin { event, pinned } => {
            view("entry.pin", json!({ "event": event, "pinned": !pinned }), if *pinned { "no key moment" } else { "key moment again" })
        }
        Act::Attach(id, groups) => view("alert.detach", json!({ "incident": id, "groups": groups }), "alerts apart again"),
        Act::Detach(id, groups) => view("alert.attach", json!({ "incident": id, "groups": groups }), "alerts attached again"),
        Act::AcknowledgeGroup(group) => view("alert.release", json!({ "group": group.to_string() }), "nobody looks at it"),
        Act::ReleaseGroup(group) => view("alert.ack", json!({ "group": group.to_string() }), "looked at again"),
        Act::Dismiss { .. } => view("quiet.end", json!({ "id": event }), "back in the inbox"),
        Act::Declare(_) => view("incident.status", json!({ "incident": done.incident, "status": "cancelled" }), "cancel it"),
        Act::Shift { .. }
        | Act::Paste(..)
        | Act::Publish(..)
        | Act::Merge(..)
        | Act::Unmerge(_)
        | Act::Split(..)
        | Act::Link(..)
        | Act::Unlink(..)
        | Act::HomeAll(_)
        | Act::Ring(_)
        | Act::Rearm
        | Act::QuietsTurn
        | Act::JudgeAnew(_)
        | Act::SettlePost { .. }
        | Act::Correct { .. }
        | Act::Redact { .. }
        | Act::Home(_)
        | Act::Claim(_)
        | Act::Drop(_)
        | Act::Settle { .. } => None,
    }
}

fn view(op: &str, params: Value, label: &str) -> Option<UndoView> {
    Some(UndoView { op: op.to_owned(), params, label: format!("Undo: {label}") })
}

fn to_incident(id: &str, command: &C, before: &Incident, event: String) -> Option<UndoView> {
    match command {
        C::Retitle(_) => view("incident.title", json!({ "incident": id, "title": before.title.value }), "the old title"),
        C::SetSeverity { .. } => {
            let was = before.severity.value;
            view("incident.severity", json!({ "incident": id, "severity": was, "reason": "Undone" }), &format!("back to {}", was.label()))
        }
        C::SetStatus(_) => {
            let was = before.status.value;
            view("incident.status", json!({ "incident": id, "status": was }), &format!("back to {}", was.label()))
        }
        C::Note { .. } => view("entry.redact", json!({ "event": event, "reason": "Taken back by its author" }), "take the note out"),
        C::AssignRole { role: Role::Commander, .. } | C::TakeCommand => {
            let was = &before.command.holder()?.person;
            view("role.assign", json!({ "incident": id, "role": Role::Commander, "name": was }), &format!("@{was} commands again"))
        }
        C::AssignRole { role, person } => {
            let was = before.roles.iter().find(|held| held.role == *role && !role.is_shared());
            match was {
                Some(held) => {
                    view("role.assign", json!({ "incident": id, "role": role, "name": held.person }), &format!("@{} again", held.person))
                }
                None => view("role.release", json!({ "incident": id, "role": role, "name": person }), "release the role"),
            }
        }
        C::ReleaseRole { role, person } => {
            let held = before.roles.iter().find(|held| held.role == *role && person.as_ref().is_none_or(|name| *name == held.person))?;
            view("role.assign", json!({ "incident": id, "role": role, "name": held.person }), &format!("@{} again", held.person))
        }
        C::EndImpact => {
            let ended = before.running_impact()?;
            let params =
                json!({ "incident": id, "share": ended.detail.share, "services": ended.detail.services, "text": ended.detail.text });
            view("impact.start", params, "impact runs again")
        }
        C::Task(TaskCommand::Add { .. }) => view("task.drop", json!({ "incident": id, "task": event }), "no such task"),
        C::Task(TaskCommand::Done { task, .. } | TaskCommand::Drop { task, .. }) => {
            view("task.reopen", json!({ "incident": id, "task": task }), "open again")
        }
        C::Task(TaskCommand::Reassign { task, .. }) => {
            let was = &before.tasks.iter().find(|known| known.id == *task)?.owner;
            view("task.reassign", json!({ "incident": id, "task": task, "owner": was }), &format!("@{was} again"))
        }
        C::Handoff(HandoffCommand::Offer { .. }) => view("handoff.withdraw", json!({ "incident": id }), "offer withdrawn"),
        C::Task(TaskCommand::Extend { .. } | TaskCommand::Report { .. } | TaskCommand::Reopen { .. })
        | C::Handoff(_)
        | C::RollCall { .. }
        | C::Paste { .. }
        | C::Ask(_)
        | C::Thought(_)
        | C::Board(_)
        | C::Comms(_)
        | C::Clock(_)
        | C::Tie(_)
        | C::Acknowledge
        | C::ConfirmCommand
        | C::StartImpact(_)
        | C::UpdateImpact(_)
        | C::Pin { .. }
        | C::Correct { .. }
        | C::Redact { .. }
        | C::Attach { .. }
        | C::Detach { .. }
        | C::ClaimNotice { .. }
        | C::SettleNotice { .. } => None,
    }
}
