//! A role card: what the role is for, who has it, and what they go through.

use crate::document::{Block, Phrase, Span};
use crate::facts::{self, TITLE};
use crate::{Facts, Form, Text, render};
use domain::Role;

/// The card of `role`.
pub fn role_card(facts: &Facts, role: Role, form: Form) -> Text {
    let incident = facts.incident;
    let mut document = facts.document(role.title(), TITLE).line(Phrase::of(format!("{}: {}", role.title(), role.sentence())));
    let holders = facts::holders(facts, role);
    if holders.is_empty() {
        document = document.line(Phrase::of("Nobody has this role yet"));
    }
    for held in holders {
        let since = Phrase::of(" since ").at(held.since).aside(Phrase(vec![Span::Length(facts.now.since(held.since))]));
        let holder = Phrase::of("Held by ").person(&held.person).join(since).then(", ").join(facts::knows(&held.knows));
        document = document.line(holder);
    }
    let ticked = |item: usize| u8::try_from(item).is_ok_and(|item| incident.board.ticked.contains(&(role, item)));
    let checks = role.checklist().iter().enumerate().map(|(item, text)| (ticked(item), *text)).collect();
    render::render(facts, &document.with(Block::Section("Checklist")).with(Block::Checks(checks)).line(facts::meeting(facts)), form)
}
