//! Events become state. Never refuses: what once was recorded is folded, whatever rules hold today; only what a machine
//! may not change ([`authority`](super::authority)) stays as a person left it.

mod command;
mod correct;
mod impact;

pub(super) use command::{accepted_too_late, set as set_command};

use super::event::{Declared, IncidentEvent as E};
use super::{Incident, Move, Status, asks, authority, board, clocks, comms, handoff, tasks, thoughts, ties};
use crate::field::Field;
use crate::incidents::Heard;
use crate::roles::Command;
use crate::{Envelope, Event, EventId, Recorded, Role, Subject};
use std::collections::{BTreeMap, BTreeSet};

/// Folds an incident's events, given in any order; `None` where none declares it.
/// Words that were taken out are seen as their redaction masks them; of two redactions the later one holds.
pub fn fold(events: &[Recorded]) -> Option<Incident> {
    let mut order: Vec<&Recorded> = events.iter().collect();
    order.sort_by_key(|recorded| recorded.order());
    let masks: BTreeMap<EventId, &E> = order.iter().filter_map(|recorded| mask(recorded)).collect();
    let mut incident = None;
    for recorded in order {
        let words = match &recorded.event {
            Some(Event::Incident(event)) => masks.get(&recorded.envelope.id).copied().or(Some(event)),
            Some(Event::Alert(_) | Event::Home(_) | Event::Change(_)) => None,
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
        Some(Event::Incident(_) | Event::Alert(_) | Event::Home(_) | Event::Change(_)) | None => None,
    }
}

/// Folds one more event that sorts after all before it. A redaction changes what earlier events say: fold anew instead.
pub fn evolve(state: &mut Option<Incident>, envelope: &Envelope, event: &E) {
    match (state.as_mut(), event) {
        (None, E::Declared(declared)) => *state = begin(envelope, declared),
        (None, _) | (Some(_), E::Declared(_)) => {}
        (Some(incident), event) if authority::may(incident, &envelope.entry, event) => apply(incident, envelope, event),
        (Some(_), _) => {}
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
    let first_sign_at = (declared.detected_at < at).then_some(declared.detected_at);
    Some(Incident {
        id,
        reference: declared.reference.clone(),
        declared: envelope.id,
        declared_at: at,
        declared_by: envelope.entry.actor.clone(),
        first_sign_at,
        detected_at: first_sign_at.unwrap_or(at),
        title: Field::new(declared.title.clone(), envelope),
        severity: Field::new(declared.severity, envelope),
        status: Field::new(Status::Investigating, envelope),
        moves: vec![Move { event: envelope.id, at, to: Status::Investigating }],
        command: match &declared.commander {
            Some(person) => Command::Acting(command::holding(envelope, Role::Commander, person)),
            None => Command::Unclaimed { since: at },
        },
        command_by: envelope.entry.author(),
        command_conflict: None,
        roles: vec![],
        services: declared.services.iter().cloned().collect(),
        impact: vec![],
        groups: declared.groups.iter().map(|group| (*group, envelope.id)).collect(),
        pinned: BTreeSet::new(),
        acknowledged_at: None,
        acknowledged_by: None,
        signs: vec![],
        notice_round: 0,
        present: BTreeMap::new(),
        tasks: vec![],
        thoughts: thoughts::Thoughts::default(),
        board: board::Board::default(),
        comms: comms::Comms::default(),
        handoff: None,
        looks: vec![],
        rung: vec![],
        rung_at: None,
        ties: ties::Ties::default(),
        drill: declared.drill,
        private: declared.private,
        folded_to: envelope.hlc,
        last_entry_at: envelope.recorded_at,
    })
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
        E::Corrected { target, occurred_at, text } => correct::correct(incident, *target, *occurred_at, text.as_deref()),
        E::RoleAssigned { role, person } => command::assign(incident, envelope, *role, person),
        E::RoleReleased { role, person } => incident.roles.retain(|held| held.role != *role || held.person != *person),
        E::CommandSet { person, confirmed } => command::set(incident, envelope, person, *confirmed),
        E::CommandConfirmed {} => command::confirm(incident, envelope),
        E::ImpactStarted(detail) => impact::start(incident, envelope, detail),
        E::ImpactUpdated { impact, detail } => impact::update(incident, envelope, *impact, detail),
        E::ImpactEnded { impact } => impact::end(incident, envelope, *impact),
        E::GroupAttached { group, .. } => drop(incident.groups.insert(*group, envelope.id)),
        E::GroupDetached { group, .. } => drop(incident.groups.remove(group)),
        E::Pasted { .. } => {}
        E::RollCalled { here, left } => roll_call(incident, envelope, here, left),
        E::Ask(event) => asks::evolve(incident, envelope, event),
        E::Task(event) => tasks::evolve(incident, envelope, event),
        E::Thought(event) => incident.thoughts.evolve(envelope, event),
        E::Board(event) => incident.board.evolve(envelope, event),
        E::Comms(event) => comms::evolve(incident, envelope, event),
        E::Handoff(event) => handoff::evolve(incident, envelope, event),
        E::Clock(event) => clocks::evolve(incident, envelope, event),
        E::Tie(event) => ties::evolve(incident, envelope, event),
        E::NoticeClaimed { round, .. } => incident.notice_round = incident.notice_round.max(*round),
    }
}

/// `merged` is final; anything later that would lead out of it stays on the record and changes nothing.
pub(super) fn move_to(incident: &mut Incident, envelope: &Envelope, status: Status) {
    if incident.status.value == Status::Merged {
        return;
    }
    incident.status.set(status, envelope);
    incident.moves.push(Move { event: envelope.id, at: envelope.occurred_at, to: status });
}

/// Back to where it was before it was merged; not a move out of `merged` but the end of it.
pub(super) fn leave_merged(incident: &mut Incident, envelope: &Envelope, was: Status) {
    if incident.status.value == Status::Merged {
        incident.status.set(was, envelope);
        incident.moves.push(Move { event: envelope.id, at: envelope.occurred_at, to: was });
    }
}

fn roll_call(incident: &mut Incident, envelope: &Envelope, here: &[crate::Handle], left: &[crate::Handle]) {
    for person in here {
        incident.present.entry(person.clone()).or_insert_with(|| Heard::of(envelope));
    }
    incident.present.retain(|person, _| !left.contains(person));
}

/// The earliest sign that a person knows counts.
fn acknowledge(incident: &mut Incident, envelope: &Envelope) {
    incident.signs.push((envelope.id, envelope.occurred_at));
    first_sign(incident);
}

fn first_sign(incident: &mut Incident) {
    let first = incident.signs.iter().min_by_key(|(_, at)| *at).copied();
    (incident.acknowledged_by, incident.acknowledged_at) = first.unzip();
}
