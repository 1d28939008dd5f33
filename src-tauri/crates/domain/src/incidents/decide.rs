//! Commands become events, or a refusal with a reason. A person is never argued with about order: any move is allowed.

use super::command::{IncidentCommand as C, Rejection, TEXT_LIMIT, TITLE_LIMIT, Target};
use super::event::{Declared, ImpactDetail, IncidentEvent as E};
use super::{Incident, Status};
use crate::roles::Command;
use crate::{Entry, EventId, Handle, Role, Severity, Timestamp};

/// How far ahead of the clock a time may lie (2 min): clocks of two tools differ, a typed date is a slip.
const AHEAD_LIMIT_MS: i64 = 2 * 60 * 1000;

type Decision = Result<Vec<E>, Rejection>;

/// Decides on a declaration. Who declares commands at once, acting; only a machine may leave command unclaimed.
pub fn declare(mut declared: Declared, entry: &Entry, occurred_at: Timestamp, now: Timestamp) -> Result<E, Rejection> {
    declared.title = title(&declared.title)?;
    not_ahead(occurred_at, now)?;
    if declared.commander.is_none() {
        declared.commander = entry.doer().cloned();
    }
    Ok(E::Declared(declared))
}

/// Decides on a command to an incident.
pub fn decide(incident: &Incident, command: C, entry: &Entry, occurred_at: Timestamp, now: Timestamp) -> Decision {
    not_ahead(occurred_at, now)?;
    match command {
        C::Retitle(to) => changed(title(&to)?, &incident.title.value, |title| E::Retitled { title }),
        C::SetSeverity { severity, reason } => set_severity(incident, severity, reason),
        C::SetStatus(status) => set_status(incident, status),
        C::Acknowledge => acknowledge(incident, entry),
        C::Note { text, pin } => Ok(vec![E::Noted { text: words(&text)?, pinned: pin }]),
        C::Pin { target, pinned } => pin(incident, &target, pinned),
        C::Correct { target, occurred_at, text } => correct(incident, &target, occurred_at, text, now),
        C::Redact { target, reason, masked } => redact(incident, &target, reason, &masked),
        C::AssignRole { role: Role::Commander, person } => set_command(incident, person, entry),
        C::AssignRole { role, person } => assign(incident, role, person),
        C::ReleaseRole { role: Role::Commander, .. } => Err(Rejection::CommandNeedsSuccessor),
        C::ReleaseRole { role, person } => release(incident, role, person),
        C::TakeCommand => set_command(incident, entry.doer().cloned().ok_or(Rejection::NeedsPerson)?, entry),
        C::ConfirmCommand => confirm(incident, entry),
        C::StartImpact(detail) => start_impact(incident, detail),
        C::UpdateImpact(detail) => update_impact(incident, detail),
        C::EndImpact => end_impact(incident, occurred_at),
        C::Attach { group, .. } if incident.groups.contains_key(&group) => Err(Rejection::AlreadyAttached),
        C::Attach { group, title } => Ok(vec![E::GroupAttached { group, title }]),
        C::Detach { group, title } if incident.groups.contains_key(&group) => Ok(vec![E::GroupDetached { group, title }]),
        C::Detach { .. } => Err(Rejection::NotAttached),
        C::ClaimNotice { effect } => Ok(vec![E::NoticeClaimed { effect, round: incident.notice_round + 1 }]),
        C::SettleNotice { effect, failure: None } => Ok(vec![E::NoticeShown { effect }]),
        C::SettleNotice { effect, failure: Some(reason) } => Ok(vec![E::NoticeFailed { effect, reason }]),
    }
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
        | E::NoticeFailed { .. } => vec![],
    }
}

fn not_ahead(at: Timestamp, now: Timestamp) -> Result<(), Rejection> {
    let ahead = at.since(now);
    if ahead > AHEAD_LIMIT_MS { Err(Rejection::InTheFuture(ahead / 60_000)) } else { Ok(()) }
}

fn title(typed: &str) -> Result<String, Rejection> {
    let title = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match title.chars().count() {
        0 => Err(Rejection::TitleMissing),
        long if long > TITLE_LIMIT => Err(Rejection::TitleTooLong(long)),
        _ => Ok(title),
    }
}

fn words(typed: &str) -> Result<String, Rejection> {
    let text = typed.trim();
    match text.len() {
        0 => Err(Rejection::TextMissing),
        long if long > TEXT_LIMIT => Err(Rejection::TextTooLong(long)),
        _ => Ok(text.to_owned()),
    }
}

fn changed<T: PartialEq>(to: T, from: &T, event: impl FnOnce(T) -> E) -> Decision {
    if &to == from { Err(Rejection::NothingToChange) } else { Ok(vec![event(to)]) }
}

fn set_severity(incident: &Incident, severity: Severity, reason: Option<String>) -> Decision {
    if incident.severity.value == severity && incident.severity.conflict.is_none() {
        return Err(Rejection::SeveritySame(severity));
    }
    let reason = reason.map(|text| words(&text)).transpose()?;
    Ok(vec![E::SeveritySet { severity, reason }])
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

fn own<'t>(incident: &Incident, target: &'t Target) -> Result<Option<&'t E>, Rejection> {
    if target.envelope.subject != crate::Subject::Incident(incident.id) {
        return Err(Rejection::OtherIncident);
    }
    match &target.event {
        Some(E::Pinned { .. } | E::Corrected { .. } | E::Redacted { .. }) => Err(Rejection::NotAnEntry),
        event => Ok(event.as_ref()),
    }
}

fn pin(incident: &Incident, target: &Target, pinned: bool) -> Decision {
    own(incident, target)?;
    let id = target.envelope.id;
    if incident.pinned.contains(&id) == pinned { Err(Rejection::NothingToChange) } else { Ok(vec![E::Pinned { target: id, pinned }]) }
}

fn correct(incident: &Incident, target: &Target, at: Option<Timestamp>, text: Option<String>, now: Timestamp) -> Decision {
    let event = own(incident, target)?;
    let text = text.map(|text| words(&text)).transpose()?;
    if let Some(at) = at {
        not_ahead(at, now)?;
    }
    if text.is_some() && event.and_then(E::words).is_none() {
        return Err(if event.is_none() { Rejection::AlreadyRedacted } else { Rejection::NoWords });
    }
    if at.is_none() && text.is_none() {
        return Err(Rejection::NothingToChange);
    }
    Ok(vec![E::Corrected { target: target.envelope.id, occurred_at: at, text }])
}

fn redact(incident: &Incident, target: &Target, reason: String, masked: &str) -> Decision {
    if target.envelope.subject != crate::Subject::Incident(incident.id) {
        return Err(Rejection::OtherIncident);
    }
    let event = target.event.as_ref().ok_or(Rejection::AlreadyRedacted)?;
    event.words().ok_or(Rejection::NoWords)?;
    if reason.trim().is_empty() {
        return Err(Rejection::ReasonMissing);
    }
    let masked = Box::new(event.with_words(masked));
    Ok(vec![E::Redacted { target: target.envelope.id, reason: words(&reason)?, masked }])
}

fn assign(incident: &Incident, role: Role, person: Handle) -> Decision {
    if incident.roles.iter().any(|held| held.role == role && held.person == person) {
        return Err(Rejection::AlreadyHolds { role, person });
    }
    Ok(vec![E::RoleAssigned { role, person }])
}

fn release(incident: &Incident, role: Role, person: Option<Handle>) -> Decision {
    let mut holders = incident.roles.iter().filter(|held| held.role == role && person.as_ref().is_none_or(|p| *p == held.person));
    let holder = holders.next().ok_or(Rejection::RoleVacant(role))?;
    if holders.next().is_some() {
        return Err(Rejection::RoleAmbiguous(role));
    }
    Ok(vec![E::RoleReleased { role, person: holder.person.clone() }])
}

/// Command taken or accepted by one's own word is confirmed; given by another it is acting.
fn set_command(incident: &Incident, person: Handle, entry: &Entry) -> Decision {
    let own_word = entry.doer() == Some(&person);
    match &incident.command {
        Command::Confirmed(holding) if holding.person == person => Err(Rejection::AlreadyCommands(person)),
        Command::Acting(holding) if holding.person == person && own_word => Ok(vec![E::CommandConfirmed {}]),
        Command::Acting(holding) if holding.person == person => Err(Rejection::AlreadyCommands(person)),
        Command::Unclaimed { .. } | Command::Acting(_) | Command::Confirmed(_) => Ok(vec![E::CommandSet { person, confirmed: own_word }]),
    }
}

fn confirm(incident: &Incident, entry: &Entry) -> Decision {
    entry.doer().ok_or(Rejection::NeedsPerson)?;
    match &incident.command {
        Command::Unclaimed { .. } => Err(Rejection::NobodyCommands),
        Command::Confirmed(holding) => Err(Rejection::AlreadyConfirmed(holding.person.clone())),
        Command::Acting(_) => Ok(vec![E::CommandConfirmed {}]),
    }
}

fn detail(mut detail: ImpactDetail) -> Result<ImpactDetail, Rejection> {
    if detail.share.is_some_and(|share| !(0.0..=100.0).contains(&share)) {
        return Err(Rejection::ShareOutOfRange);
    }
    detail.text = detail.text.map(|text| words(&text)).transpose()?;
    Ok(detail)
}

fn start_impact(incident: &Incident, known: ImpactDetail) -> Decision {
    match incident.running_impact() {
        Some(running) => Err(Rejection::ImpactRunning(running.from)),
        None => Ok(vec![E::ImpactStarted(detail(known)?)]),
    }
}

fn update_impact(incident: &Incident, known: ImpactDetail) -> Decision {
    let impact = incident.running_impact().or(incident.impact.last()).ok_or(Rejection::NoImpact)?;
    let known = detail(known)?;
    let merged = ImpactDetail {
        share: known.share.or(impact.detail.share),
        services: if known.services.is_empty() { impact.detail.services.clone() } else { known.services },
        text: known.text.or_else(|| impact.detail.text.clone()),
    };
    changed(merged, &impact.detail, |detail| E::ImpactUpdated { impact: impact.id, detail })
}

fn end_impact(incident: &Incident, at: Timestamp) -> Decision {
    let running = incident.running_impact().ok_or(Rejection::NoImpact)?;
    if at < running.from { Err(Rejection::ImpactEndsBeforeStart(running.from)) } else { Ok(vec![E::ImpactEnded { impact: running.id }]) }
}
