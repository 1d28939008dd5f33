//! Who is there and in which role, with how to reach them.

use crate::document::{Block, Phrase, Span, Table};
use crate::facts::{self, TITLE};
use crate::{Facts, Form, Text, clean, render};
use domain::{Handle, Role};
use std::collections::BTreeMap;

/// Rows of one list: more people than that are not on one incident.
const LIMIT: usize = 60;

/// People of the incident: command and roles first, then who else is there or owns an open task.
pub fn people(facts: &Facts, form: Form) -> Text {
    let incident = facts.incident;
    let mut parts: BTreeMap<&Handle, Vec<Role>> = BTreeMap::new();
    for held in incident.command.holder().into_iter().chain(&incident.roles) {
        parts.entry(&held.person).or_default().push(held.role);
    }
    let owners = incident.tasks.iter().filter(|task| task.is_open()).map(|task| &task.owner);
    for person in incident.present.keys().chain(owners) {
        parts.entry(person).or_default();
    }
    let mut order: Vec<(&Handle, Vec<Role>)> = parts.into_iter().collect();
    order.sort_by_key(|(person, roles)| (roles.first().map_or((1, None), |role| (0, Some(*role))), *person));
    let rows = order.iter().map(|(person, roles)| row(facts, person, roles)).collect::<Vec<_>>();
    let nobody = rows.is_empty().then(|| Phrase::of("Nobody is recorded to be there"));
    let document = facts.document("people", TITLE).line(facts::as_of(facts, "People")).line(nobody);
    let table = Table::cut(&["Who", "Name", "Role", "There", "Phone"], rows, LIMIT);
    let document = if order.is_empty() { document } else { document.with(Block::Table(table)) };
    render::render(facts, &document.line(facts::meeting(facts)), form)
}

fn row(facts: &Facts, person: &Handle, roles: &[Role]) -> Vec<Phrase> {
    let known = facts.home.people.get(person);
    let name = known.and_then(|known| known.name.as_deref()).map(|name| Phrase::said(name, 6));
    let titles = roles.iter().map(|role| role.title()).collect::<Vec<_>>().join(" and ");
    let role = if titles.is_empty() { Phrase::of("no role") } else { Phrase::of(titles) };
    let there = match facts.incident.present.get(person) {
        Some(heard) => Phrase::of("there since ").at(heard.at),
        None => Phrase::of("not heard to be there"),
    };
    let phone = known.and_then(|known| known.card.phone.as_deref()).map(clean::line).filter(|phone| !phone.is_empty());
    let phone = phone.map_or_else(|| Phrase::of("no phone in the book"), |phone| Phrase(vec![Span::Phone(phone)]));
    vec![Phrase::default().person(person), name.unwrap_or_default(), role, there, phone]
}
