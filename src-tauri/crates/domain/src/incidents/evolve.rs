//! Events become state. Never refuses: what once was recorded is folded, whatever rules hold today.

use super::event::{Declared, IncidentEvent as E};
use super::{Impact, Incident, Move, Status};
use crate::field::{Conflict, Field};
use crate::roles::{Command, Holding};
use crate::{Envelope, Event, EventId, Handle, Recorded, Role, Subject, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Folds an incident's events, given in any order; `None` where none declares it.
/// Words that were erased are seen as their redaction masks them.
pub fn fold(events: &[Recorded]) -> Option<Incident> {
    let masks: BTreeMap<EventId, &E> = events.iter().filter_map(mask).collect();
    let mut order: Vec<&Recorded> = events.iter().collect();
    order.sort_by_key(|recorded| recorded.order());
    let mut incident = None;
    for recorded in order {
        let words = match &recorded.event {
            Some(Event::Incident(event)) => masks.get(&recorded.envelope.id).copied().or(Some(event)),
            Some(Event::Alert(_) | Event::Home(_)) => None,
            None => masks.get(&recorded.envelope.id).copied(),
        };
        if let Some(event) = words {
            evolve(&mut incident, &recorded.envelope, event);
        }
    }
    incident
}

fn mask(recorded: &Recorded) -> Option<(EventId, &E)> {
    match &recorded.event {
        Some(Event::Incident(E::Redacted { target, masked, .. })) => Some((*target, masked)),
        _ => None,
    }
}

/// Folds one more event that sorts after all before it. A redaction changes what earlier events say: fold anew instead.
pub fn evolve(state: &mut Option<Incident>, envelope: &Envelope, event: &E) {
    match (state.as_mut(), event) {
        (None, E::Declared(declared)) => *state = begin(envelope, declared),
        (None, _) | (Some(_), E::Declared(_)) => {}
        (Some(incident), event) => apply(incident, envelope, event),
    }
    if let Some(incident) = state {
        incident.folded_to = incident.folded_to.max(envelope.hlc);
        if envelope.entry.actor.person().is_some() {
            incident.last_entry_at = incident.last_entry_at.max(envelope.recorded_at);
        }
    }
}

fn begin(envelope: &Envelope, declared: &Declared) -> Option<Incident> {
    let Subject::Incident(id) = envelope.subject else { return None };
    let at = envelope.occurred_at;
    let command = match &declared.commander {
        Some(person) => Command::Acting(holding(envelope, Role::Commander, person)),
        None => Command::Unclaimed { since: at },
    };
    Some(Incident {
        id,
        reference: declared.reference.clone(),
        declared: envelope.id,
        declared_at: at,
        declared_by: envelope.entry.actor.clone(),
        detected_at: declared.detected_at,
        title: Field::new(declared.title.clone(), envelope),
        severity: Field::new(declared.severity, envelope),
        status: Field::new(Status::Investigating, envelope),
        moves: vec![Move { event: envelope.id, at, to: Status::Investigating }],
        command,
        command_conflict: None,
        roles: vec![],
        services: declared.services.iter().cloned().collect(),
        impact: vec![],
        groups: declared.groups.iter().map(|group| (*group, envelope.id)).collect(),
        pinned: BTreeSet::new(),
        acknowledged_at: None,
        acknowledged_by: None,
        notice_round: 0,
        drill: declared.drill,
        private: declared.private,
        folded_to: envelope.hlc,
        last_entry_at: envelope.recorded_at,
    })
}

fn holding(envelope: &Envelope, role: Role, person: &Handle) -> Holding {
    Holding { role, person: person.clone(), means: envelope.entry.means, since: envelope.occurred_at, set_by: envelope.id }
}

fn apply(incident: &mut Incident, envelope: &Envelope, event: &E) {
    match event {
        E::Declared(_) | E::Redacted { .. } | E::NoticeShown { .. } | E::NoticeFailed { .. } => {}
        E::Retitled { title } => incident.title.set(title.clone(), envelope),
        E::SeveritySet { severity, .. } => incident.severity.set(*severity, envelope),
        E::StatusSet { status } => move_to(incident, envelope, *status),
        E::Acknowledged {} => acknowledge(incident, envelope),
        E::Noted { pinned: true, .. } => drop(incident.pinned.insert(envelope.id)),
        E::Noted { pinned: false, .. } => {}
        E::Pinned { target, pinned: true } => drop(incident.pinned.insert(*target)),
        E::Pinned { target, pinned: false } => drop(incident.pinned.remove(target)),
        E::Corrected { target, occurred_at, text } => correct(incident, *target, *occurred_at, text.as_deref()),
        E::RoleAssigned { role, person } => assign(incident, envelope, *role, person),
        E::RoleReleased { role, person } => incident.roles.retain(|held| held.role != *role || held.person != *person),
        E::CommandSet { person, confirmed } => set_command(incident, envelope, person, *confirmed),
        E::CommandConfirmed {} => confirm(incident, envelope),
        E::ImpactStarted(detail) => {
            let impact = Impact { id: envelope.id, from: envelope.occurred_at, to: None, ended_by: None, detail: detail.clone() };
            incident.services.extend(detail.services.iter().cloned());
            incident.impact.push(impact);
        }
        E::ImpactUpdated { impact, detail } => {
            incident.services.extend(detail.services.iter().cloned());
            if let Some(known) = find_impact(incident, *impact) {
                known.detail = detail.clone();
            }
        }
        E::ImpactEnded { impact } => {
            if let Some(known) = find_impact(incident, *impact) {
                known.to = Some(envelope.occurred_at.max(known.from));
                known.ended_by = Some(envelope.id);
            }
        }
        E::GroupAttached { group, .. } => drop(incident.groups.insert(*group, envelope.id)),
        E::GroupDetached { group, .. } => drop(incident.groups.remove(group)),
        E::NoticeClaimed { round, .. } => incident.notice_round = incident.notice_round.max(*round),
    }
}

fn find_impact(incident: &mut Incident, id: EventId) -> Option<&mut Impact> {
    incident.impact.iter_mut().find(|impact| impact.id == id)
}

/// `merged` is final; anything later that would lead out of it stays on the record and changes nothing.
fn move_to(incident: &mut Incident, envelope: &Envelope, status: Status) {
    if incident.status.value == Status::Merged {
        return;
    }
    incident.status.set(status, envelope);
    incident.moves.push(Move { event: envelope.id, at: envelope.occurred_at, to: status });
}

fn acknowledge(incident: &mut Incident, envelope: &Envelope) {
    if incident.acknowledged_at.is_none() {
        incident.acknowledged_at = Some(envelope.occurred_at);
        incident.acknowledged_by = Some(envelope.id);
    }
}

fn assign(incident: &mut Incident, envelope: &Envelope, role: Role, person: &Handle) {
    incident.roles.retain(|held| held.role != role || (role.is_shared() && held.person != *person));
    incident.roles.push(holding(envelope, role, person));
    incident.roles.sort_by(|a, b| (a.role, &a.person).cmp(&(b.role, &b.person)));
}

fn set_command(incident: &mut Incident, envelope: &Envelope, person: &Handle, confirmed: bool) {
    incident.command_conflict = match incident.command.holder() {
        Some(held) if !envelope.parents.contains(&held.set_by) && held.person != *person => {
            Some(Conflict { other: held.person.clone(), by: envelope.entry.actor.clone(), at: held.since, event: held.set_by })
        }
        Some(_) | None => None,
    };
    let holding = holding(envelope, Role::Commander, person);
    incident.command = if confirmed { Command::Confirmed(holding) } else { Command::Acting(holding) };
    if confirmed {
        acknowledge(incident, envelope);
    }
}

fn confirm(incident: &mut Incident, envelope: &Envelope) {
    if let Command::Acting(held) = &incident.command {
        let means = envelope.entry.means;
        incident.command = Command::Confirmed(Holding { means, set_by: envelope.id, ..held.clone() });
        incident.command_conflict = None;
        acknowledge(incident, envelope);
    }
}

/// A corrected time moves every clock that hangs on that event.
fn correct(incident: &mut Incident, target: EventId, at: Option<Timestamp>, text: Option<&str>) {
    if let Some(text) = text {
        if incident.title.set_by == target {
            incident.title.value = text.to_owned();
        }
        if let Some(impact) = find_impact(incident, target) {
            impact.detail.text = Some(text.to_owned());
        }
    }
    let Some(at) = at else { return };
    if incident.declared == target {
        incident.declared_at = at;
        incident.detected_at = incident.detected_at.min(at);
    }
    if incident.acknowledged_by == Some(target) {
        incident.acknowledged_at = Some(at);
    }
    for step in incident.moves.iter_mut().filter(|step| step.event == target) {
        step.at = at;
    }
    if incident.status.set_by == target {
        incident.status.at = at;
    }
    for impact in &mut incident.impact {
        if impact.id == target {
            impact.from = at;
        }
        if impact.ended_by == Some(target) {
            impact.to = Some(at.max(impact.from));
        }
    }
    let command = match &mut incident.command {
        Command::Acting(held) | Command::Confirmed(held) => Some(held),
        Command::Unclaimed { .. } => None,
    };
    for held in incident.roles.iter_mut().chain(command).filter(|held| held.set_by == target) {
        held.since = at;
    }
}
