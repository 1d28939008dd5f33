//! The handoff brief: what a successor needs to command, after ICS form 201 (field-guide section 3.8). Short enough to be
//! read by a tired person, whatever the incident has grown to.

use super::state::{doing, roles};
use super::{first_that_fits, in_short};
use crate::document::{Block, Document, Phrase, Span};
use crate::facts::{self, Room};
use crate::{Facts, Form, Text, render};

/// Most words of a handoff brief in any form.
pub const BRIEF_LIMIT: u32 = 350;

/// Room in the brief, from the most to the least; the last one keeps the limit whatever was recorded.
const ROOMS: [Room; 8] = [
    Room { items: 8, words: 40 },
    Room { items: 6, words: 30 },
    Room { items: 5, words: 24 },
    Room { items: 4, words: 18 },
    Room { items: 3, words: 14 },
    Room { items: 3, words: 10 },
    Room { items: 2, words: 7 },
    Room { items: 1, words: 4 },
];

/// The handoff brief: at most [`BRIEF_LIMIT`] words that hold severity, impact, what is believed, done by whom and needed,
/// the last decision, the next promise and what the outgoing commander would do next, each with its age.
pub fn brief(facts: &Facts, form: Form) -> Text {
    match form {
        Form::Sms => in_short(facts, "handoff brief", true),
        Form::Chat | Form::Slack | Form::Teams | Form::Speech | Form::Mail | Form::Wiki => {
            let make = |room| render::render(facts, &document(facts, room), form);
            first_that_fits(&ROOMS, make, |text| render::longest(text) <= BRIEF_LIMIT)
        }
    }
}

fn document(facts: &Facts, room: Room) -> Document {
    let handed = match &facts.incident.handoff {
        Some(handoff) => Phrase::of("Handoff brief for ").person(&handoff.to).then(" as of ").and(Span::Both(facts.now)),
        None => facts::as_of(facts, "Handoff brief"),
    };
    let mut stands = vec![("Severity", facts::severity(facts)), ("State", facts::status(facts)), ("Impact", facts::impact(facts, room))];
    stands.extend(facts::alerts(facts).map(|alerts| ("Alerts", alerts)));
    stands.push(("We believe", facts::belief(facts, room)));
    let document = facts.document("handoff brief", room.words.clamp(8, 20)).line(handed).line(facts::silence(facts));
    let document = document.with(Block::Section("Situation")).with(Block::Named(stands));

    let document = document.with(Block::Section("Objectives and priorities")).line(facts::objective(facts, room));
    let document = roles(facts, document.with(Block::Section("Organisation")), room).line(facts::present(facts, room));

    let document = doing(facts, document.with(Block::Section("Actions")), room);
    let needs = vec![("We need", facts::need(facts, room)), ("Last decision", facts::decision(facts, room))];
    let document = document.with(Block::Named(needs));

    let document = document.with(Block::Section("Next update")).line(facts::promise(facts)).line(facts::last_news(facts));
    document.with(Block::Section("I would do next")).line(facts::next_step(facts, room))
}
