//! Who commands, and who has the other roles. Command always passes to somebody; it is never laid down.

use super::super::command::Rejection;
use super::super::event::IncidentEvent as E;
use super::super::{Incident, Role};
use super::Decision;
use crate::incidents::tasks::somebody;
use crate::roles::Command;
use crate::{Entry, Handle};

/// Gives command. Taken or accepted by one's own word it is confirmed; given by another it is acting, but for the one
/// who is acting already: naming them again is a person's confirmation.
pub fn give(incident: &Incident, person: Handle, entry: &Entry) -> Decision {
    let own_word = entry.doer() == Some(&person);
    let person = if own_word { person } else { somebody(person)? };
    match &incident.command {
        Command::Acting(held) if held.person == person => Ok(vec![E::CommandConfirmed {}]),
        Command::Confirmed(held) if held.person == person && incident.command_conflict.is_none() => Err(Rejection::AlreadyCommands(person)),
        Command::Confirmed(held) if held.person == person => Ok(vec![E::CommandConfirmed {}]),
        Command::Unclaimed { .. } | Command::Acting(_) | Command::Confirmed(_) => Ok(vec![E::CommandSet { person, confirmed: own_word }]),
    }
}

/// Confirms whoever commands; a command in conflict with another's is settled by it.
pub fn confirm(incident: &Incident, entry: &Entry) -> Decision {
    entry.doer().ok_or(Rejection::NeedsPerson)?;
    match &incident.command {
        Command::Unclaimed { .. } => Err(Rejection::NobodyCommands),
        Command::Confirmed(held) if incident.command_conflict.is_none() => Err(Rejection::AlreadyConfirmed(held.person.clone())),
        Command::Confirmed(_) | Command::Acting(_) => Ok(vec![E::CommandConfirmed {}]),
    }
}

pub fn assign(incident: &Incident, role: Role, person: Handle) -> Decision {
    let person = somebody(person)?;
    if incident.roles.iter().any(|held| held.role == role && held.person == person) {
        return Err(Rejection::AlreadyHolds { role, person });
    }
    Ok(vec![E::RoleAssigned { role, person }])
}

pub fn release(incident: &Incident, role: Role, person: Option<Handle>) -> Decision {
    let mut holders = incident.roles.iter().filter(|held| held.role == role && person.as_ref().is_none_or(|p| *p == held.person));
    let holder = holders.next().ok_or(Rejection::RoleVacant(role))?;
    if holders.next().is_some() {
        return Err(Rejection::RoleAmbiguous(role));
    }
    Ok(vec![E::RoleReleased { role, person: holder.person.clone() }])
}
