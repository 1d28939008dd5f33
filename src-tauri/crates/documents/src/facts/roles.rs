//! Who commands, who has which role, and whether they know it; who is there; where they meet.

use super::{Room, knows, since};
use crate::Facts;
use crate::document::{Phrase, Span, Table, listed};
use crate::meeting::bridge;
use domain::Role;
use domain::incidents::Answer;
use domain::roles::{Command, Holding};

/// Who commands: acting, confirmed, or nobody yet.
pub fn command(facts: &Facts) -> Phrase {
    let incident = facts.incident;
    let (held, how) = match &incident.command {
        Command::Unclaimed { since: at } => return Phrase::of("Nobody commands yet, ").join(since(facts, *at)),
        Command::Acting(held) => (held, " commands, acting, not confirmed, "),
        Command::Confirmed(held) => (held, " commands, confirmed, "),
    };
    let phrase = Phrase::default().person(&held.person).then(how).join(since(facts, held.since));
    let phrase = match held.knows.answer {
        Some((Answer::Yes, _)) => phrase,
        Some((Answer::No, _)) | None => phrase.then(", ").join(knows(&held.knows)),
    };
    match &incident.command_conflict {
        Some(lost) => phrase.then("; ").person(&lost.other).then(" took command unseen, to be settled"),
        None => phrase,
    }
}

/// Command offered to another, while that stands.
pub fn offer(facts: &Facts) -> Option<Phrase> {
    let handoff = facts.incident.handoff.as_ref()?;
    let phrase = Phrase::of("Command offered to ").person(&handoff.to).then(" ").and(Span::Ago(handoff.at));
    Some(phrase.then(", ").join(knows(&handoff.knows)).then(", not accepted"))
}

/// Roles besides command, and how each holder knows; none where nobody has one.
pub fn organisation(facts: &Facts, room: Room) -> Option<Table> {
    let held = &facts.incident.roles;
    let row = |held: &Holding| vec![Phrase::of(held.role.title()), Phrase::default().person(&held.person), knows(&held.knows)];
    let rows = held.iter().take(room.items).map(row).collect::<Vec<_>>();
    let more = (held.len() - rows.len()) as u64;
    (!held.is_empty()).then(|| Table { head: vec!["Role", "Who", "Knows"], rows, more })
}

/// Everybody in one role.
pub fn holders<'a>(facts: &Facts<'a>, role: Role) -> Vec<&'a Holding> {
    let incident = facts.incident;
    match role {
        Role::Commander => incident.command.holder().into_iter().collect(),
        other => incident.roles.iter().filter(|held| held.role == other).collect(),
    }
}

/// Who was heard to be there.
pub fn present(facts: &Facts, room: Room) -> Option<Phrase> {
    let here: Vec<Phrase> = facts.incident.present.keys().map(|person| Phrase::default().person(person)).collect();
    (!here.is_empty()).then(|| Phrase::of("Heard to be there: ").join(listed(here, room.items)))
}

/// Where people meet.
pub fn meeting(facts: &Facts) -> Option<Phrase> {
    bridge(facts.incident, facts.home).map(|url| Phrase::of("People meet at ").and(Span::Link(url)))
}
