//! Commands become events, or a refusal with a reason. A person is never argued with about order: any move is allowed.

mod command;
mod entries;
mod impact;

use super::asks::{Answer, AskCommand};
use super::command::{IncidentCommand as C, Rejection, TEXT_LIMIT, TITLE_LIMIT};
use super::event::{Declared, IncidentEvent as E};
use super::handoff::HandoffCommand;
use super::{Incident, Status, asks, authority, board, clocks, comms, handoff, tasks, thoughts, ties};
use crate::roles::Command;
use crate::{Entry, EventId, Role, Severity, Timestamp};

/// How far ahead of the clock a time may lie (2 min): clocks of two tools differ, a typed date is a slip.
const AHEAD_LIMIT_MS: i64 = 2 * 60 * 1000;

type Decision = Result<Vec<E>, Rejection>;

/// Decides on a declaration. Who declares commands at once, acting; only a machine may leave command unclaimed.
pub fn declare(mut declared: Declared, entry: &Entry, occurred_at: Timestamp, now: Timestamp) -> Result<E, Rejection> {
    declared.title = title(&declared.title)?;
    not_ahead(occurred_at, now)?;
    declared.commander = match declared.commander {
        Some(named) => Some(tasks::somebody(named)?),
        None => entry.doer().cloned(),
    };
    Ok(E::Declared(declared))
}

/// Decides on a command to an incident. What a person set, a machine is refused to change.
pub fn decide(incident: &Incident, command: C, entry: &Entry, occurred_at: Timestamp, now: Timestamp) -> Decision {
    not_ahead(occurred_at, now)?;
    let events = judge(incident, command, entry, occurred_at, now)?;
    if events.iter().all(|event| authority::may(incident, entry, event)) { Ok(events) } else { Err(Rejection::NeedsPerson) }
}

fn judge(incident: &Incident, command: C, entry: &Entry, occurred_at: Timestamp, now: Timestamp) -> Decision {
    match command {
        C::Retitle(to) => retitle(incident, &to),
        C::SetSeverity { severity, reason } => set_severity(incident, severity, reason),
        C::SetStatus(status) => set_status(incident, status),
        C::Acknowledge => acknowledge(incident, entry),
        C::Note { text, pin } => Ok(vec![E::Noted { text: words(&text)?, pinned: pin }]),
        C::Pin { target, pinned } => entries::pin(incident, &target, pinned),
        C::Correct { target, occurred_at, text } => entries::correct(incident, &target, occurred_at, text, now),
        C::Redact { target, reason, masked } => entries::redact(incident, &target, &reason, &masked),
        C::AssignRole { role: Role::Commander, person } => command::give(incident, person, entry),
        C::AssignRole { role, person } => command::assign(incident, role, person),
        C::ReleaseRole { role: Role::Commander, .. } => Err(Rejection::CommandNeedsSuccessor),
        C::ReleaseRole { role, person } => command::release(incident, role, person),
        C::TakeCommand => command::give(incident, entry.doer().cloned().ok_or(Rejection::NeedsPerson)?, entry),
        C::ConfirmCommand => command::confirm(incident, entry),
        C::StartImpact(detail) => impact::start(incident, detail),
        C::UpdateImpact(detail) => impact::update(incident, detail),
        C::EndImpact => impact::end(incident, occurred_at),
        C::Attach { group, .. } if incident.groups.contains_key(&group) => Err(Rejection::AlreadyAttached),
        C::Attach { group, title } => Ok(vec![E::GroupAttached { group, title }]),
        C::Detach { group, title } if incident.groups.contains_key(&group) => Ok(vec![E::GroupDetached { group, title }]),
        C::Detach { .. } => Err(Rejection::NotAttached),
        C::ClaimNotice { effect } => Ok(vec![E::NoticeClaimed { effect, round: incident.notice_round.saturating_add(1) }]),
        C::SettleNotice { effect, failure: None } => Ok(vec![E::NoticeShown { effect }]),
        C::SettleNotice { effect, failure: Some(reason) } => Ok(vec![E::NoticeFailed { effect, reason }]),
        C::RollCall { here, left } => roll_call(incident, here, left),
        C::Paste { text, said_by, key } => Ok(vec![E::Pasted { text: words(&text)?, said_by, key }]),
        C::Ask(AskCommand::Answer { ask, answer, words }) if incident.handoff.as_ref().is_some_and(|known| known.id == ask) => {
            let command = match answer {
                Answer::Yes => HandoffCommand::Accept,
                Answer::No => HandoffCommand::Decline { reason: words },
            };
            told(handoff::decide(incident, command, entry), E::Handoff)
        }
        // Who was named to command and says yes confirms it.
        C::Ask(AskCommand::Answer { ask, answer: Answer::Yes, .. })
            if waits_for_confirmation(incident)
                && incident.command.holder().is_some_and(|held| held.knows.ask == ask && entry.doer() == Some(&held.person)) =>
        {
            command::confirm(incident, entry)
        }
        C::Ask(command) => told(asks::decide(incident, command, entry), E::Ask),
        C::Task(command) => told(tasks::decide(incident, command), E::Task),
        C::Thought(command) => told(thoughts::decide(incident, command), E::Thought),
        C::Board(command) => told(board::decide(incident, command), E::Board),
        C::Comms(command) => told(comms::decide(incident, command, entry, occurred_at, now), E::Comms),
        C::Handoff(command) => told(handoff::decide(incident, command, entry), E::Handoff),
        C::Clock(command) => told(clocks::decide(incident, command, entry, now), E::Clock),
        C::Tie(command) => told(ties::decide(incident, command), E::Tie),
    }
}

fn waits_for_confirmation(incident: &Incident) -> bool {
    matches!(incident.command, Command::Acting(_)) || incident.command_conflict.is_some()
}

fn told<T>(events: Result<Vec<T>, Rejection>, noun: impl Fn(T) -> E) -> Decision {
    Ok(events?.into_iter().map(noun).collect())
}

/// Names may be called again; who left and was never there changes nothing, and a roll with no change at all is none.
fn roll_call(incident: &Incident, mut here: Vec<crate::Handle>, mut left: Vec<crate::Handle>) -> Decision {
    here.sort();
    here.dedup();
    left.retain(|person| !here.contains(person) && incident.present.contains_key(person));
    left.sort();
    left.dedup();
    if here.is_empty() && left.is_empty() { Err(Rejection::NobodyNamed) } else { Ok(vec![E::RollCalled { here, left }]) }
}

/// The events that a command's author saw in the field it sets.
pub fn parents(incident: &Incident, event: &E) -> Vec<EventId> {
    match event {
        E::Retitled { .. } => vec![incident.title.set_by],
        E::SeveritySet { .. } => vec![incident.severity.set_by],
        E::StatusSet { .. } => vec![incident.status.set_by],
        E::CommandSet { .. } | E::CommandConfirmed {} => incident.command.holder().map(|holding| holding.set_by).into_iter().collect(),
        E::Corrected { target, .. } | E::Redacted { target, .. } | E::Pinned { target, .. } => vec![*target],
        E::ImpactUpdated { impact, .. } | E::ImpactEnded { impact } => vec![*impact],
        E::Handoff(handoff::HandoffEvent::Accepted { .. }) => incident.command.holder().map(|held| held.set_by).into_iter().collect(),
        E::Tie(ties::TieEvent::MergedInto { .. } | ties::TieEvent::Unmerged { .. }) => vec![incident.status.set_by],
        E::Declared(_)
        | E::Acknowledged {}
        | E::Noted { .. }
        | E::RoleAssigned { .. }
        | E::RoleReleased { .. }
        | E::ImpactStarted(_)
        | E::GroupAttached { .. }
        | E::GroupDetached { .. }
        | E::NoticeClaimed { .. }
        | E::NoticeShown { .. }
        | E::NoticeFailed { .. }
        | E::RollCalled { .. }
        | E::Pasted { .. }
        | E::Ask(_)
        | E::Task(_)
        | E::Thought(_)
        | E::Board(_)
        | E::Comms(_)
        | E::Handoff(_)
        | E::Clock(_)
        | E::Tie(_) => vec![],
    }
}

fn not_ahead(at: Timestamp, now: Timestamp) -> Result<(), Rejection> {
    let ahead = at.since(now);
    if ahead > AHEAD_LIMIT_MS { Err(Rejection::InTheFuture(ahead / 60_000)) } else { Ok(()) }
}

/// A moment still to come; the clock of whoever chose it may be a little behind.
pub(super) fn not_past(at: Timestamp, now: Timestamp) -> Result<(), Rejection> {
    if at.since(now) < -AHEAD_LIMIT_MS { Err(Rejection::InThePast) } else { Ok(()) }
}

fn title(typed: &str) -> Result<String, Rejection> {
    let title = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match title.chars().count() {
        0 => Err(Rejection::TitleMissing),
        long if long > TITLE_LIMIT => Err(Rejection::TitleTooLong(long)),
        _ => Ok(title),
    }
}

pub(super) fn words(typed: &str) -> Result<String, Rejection> {
    let text = typed.trim();
    match text.len() {
        0 => Err(Rejection::TextMissing),
        long if long > TEXT_LIMIT => Err(Rejection::TextTooLong(long)),
        _ => Ok(text.to_owned()),
    }
}

/// Words that may be left out; a field left blank is left out.
pub(super) fn words_if_any(typed: Option<String>) -> Result<Option<String>, Rejection> {
    typed.filter(|text| !text.trim().is_empty()).map(|text| words(&text)).transpose()
}

/// The present value may be chosen again where another's edit is in conflict with it: that settles the conflict.
fn retitle(incident: &Incident, to: &str) -> Decision {
    let title = title(to)?;
    if incident.title.value == title && incident.title.conflict.is_none() {
        return Err(Rejection::NothingToChange);
    }
    Ok(vec![E::Retitled { title }])
}

fn set_severity(incident: &Incident, severity: Severity, reason: Option<String>) -> Decision {
    if incident.severity.value == severity && incident.severity.conflict.is_none() {
        return Err(Rejection::SeveritySame(severity));
    }
    Ok(vec![E::SeveritySet { severity, reason: words_if_any(reason)? }])
}

fn set_status(incident: &Incident, status: Status) -> Decision {
    match (incident.status.value, status) {
        (Status::Merged, _) => Err(Rejection::Merged),
        (_, Status::Merged) => Err(Rejection::MergeByMerging),
        (from, to) if from == to && incident.status.conflict.is_none() => Err(Rejection::StatusSame(to)),
        (_, to) => Ok(vec![E::StatusSet { status: to }]),
    }
}

fn acknowledge(incident: &Incident, entry: &Entry) -> Decision {
    if entry.doer().is_none() {
        return Err(Rejection::NeedsPerson);
    }
    if incident.acknowledged_at.is_some() { Err(Rejection::NothingToChange) } else { Ok(vec![E::Acknowledged {}]) }
}
