//! Who commands and who has the other roles, event by event: never two commanders, and once there is one, never none.

use super::super::Incident;
use super::acknowledge;
use crate::field::Conflict;
use crate::incidents::{Answer, AskEvent, Knowing};
use crate::roles::{Command, Holding};
use crate::{Envelope, Handle, Role};

pub fn holding(envelope: &Envelope, role: Role, person: &Handle) -> Holding {
    let (since, since_by) = (envelope.occurred_at, envelope.id);
    Holding {
        role,
        person: person.clone(),
        means: envelope.entry.means,
        since,
        since_by,
        set_by: envelope.id,
        knows: Knowing::asked(envelope, person),
    }
}

pub fn assign(incident: &mut Incident, envelope: &Envelope, role: Role, person: &Handle) {
    if role == Role::Commander {
        return set(incident, envelope, person, false);
    }
    incident.roles.retain(|held| held.role != role || (role.is_shared() && held.person != *person));
    incident.roles.push(holding(envelope, role, person));
    incident.roles.sort_by(|a, b| (a.role, &a.person).cmp(&(b.role, &b.person)));
}

/// The later word holds. Where its author did not know who commanded, both are shown until somebody settles it.
pub fn set(incident: &mut Incident, envelope: &Envelope, person: &Handle, confirmed: bool) {
    incident.command_conflict = match incident.command.holder() {
        None => None,
        Some(held) if envelope.parents.contains(&held.set_by) => None,
        Some(held) if held.person == *person => incident.command_conflict.take(),
        Some(held) => Some(Conflict { other: held.person.clone(), by: incident.command_by.clone(), at: held.since, event: held.since_by }),
    };
    let holding = holding(envelope, Role::Commander, person);
    incident.command = if confirmed { Command::Confirmed(holding) } else { Command::Acting(holding) };
    incident.command_by = envelope.entry.author();
    incident.handoff = None;
    if confirmed {
        acknowledge(incident, envelope);
    }
}

/// Somebody accepted an offer that had ended unseen of them. It gives no command where another commands; that they said
/// yes is shown until somebody settles it, for they may act as if they did.
pub fn accepted_too_late(incident: &mut Incident, envelope: &Envelope) {
    let Some(person) = envelope.entry.doer() else { return };
    match incident.command.holder() {
        None => return set(incident, envelope, person, true),
        Some(held) if held.person != *person => {
            let (other, by) = (person.clone(), envelope.entry.author());
            incident.command_conflict = Some(Conflict { other, by, at: envelope.occurred_at, event: envelope.id });
        }
        Some(_) => {}
    }
    acknowledge(incident, envelope);
}

/// Confirms whom the author saw commanding. Where command has passed to another meanwhile, that one stays unconfirmed:
/// nobody is confirmed by a word that was not about them.
pub fn confirm(incident: &mut Incident, envelope: &Envelope) {
    let (Command::Acting(held) | Command::Confirmed(held)) = &incident.command else { return };
    let meant = envelope.parents.is_empty() || envelope.parents.contains(&held.set_by);
    if meant {
        let mut held = held.clone();
        if envelope.entry.doer() == Some(&held.person) {
            let yes = AskEvent::Answered { ask: held.knows.ask, answer: Answer::Yes, words: None };
            held.knows.evolve(envelope, &yes);
        }
        let held = Holding { means: envelope.entry.means, set_by: envelope.id, ..held };
        incident.command = Command::Confirmed(held);
        incident.command_by = envelope.entry.author();
        incident.command_conflict = None;
    }
    acknowledge(incident, envelope);
}
