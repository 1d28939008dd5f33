//! The state board as text: what we believe, do and need, and everything that stands beside it in the room.

use super::in_short;
use crate::document::{Block, Document, Phrase};
use crate::facts::{self, Room, TITLE};
use crate::{Facts, Form, Text, render};

/// The state board.
pub fn board(facts: &Facts, form: Form) -> Text {
    match form {
        Form::Sms => in_short(facts, "state", false),
        Form::Chat | Form::Slack | Form::Teams | Form::Speech | Form::Mail | Form::Wiki => {
            render::render(facts, &document(facts, Room::WIDE), form)
        }
    }
}

fn document(facts: &Facts, room: Room) -> Document {
    let mut stands = vec![("Severity", facts::severity(facts)), ("State", facts::status(facts)), ("Impact", facts::impact(facts, room))];
    stands.extend(facts::alerts(facts).map(|alerts| ("Alerts", alerts)));
    stands.push(("We believe", facts::belief(facts, room)));
    stands.extend(facts::ruled_out(facts, room).map(|out| ("Ruled out", out)));
    let document = facts.document("state", TITLE).line(facts::as_of(facts, "State")).line(facts::silence(facts)).with(Block::Named(stands));

    let document = doing(facts, document.with(Block::Section("We are doing")), room);

    let mut rest = vec![("We need", facts::need(facts, room)), ("Last decision", facts::decision(facts, room))];
    rest.extend(facts::questions(facts, room).map(|open| ("Open questions", open)));
    rest.extend(facts.incident.objective().is_some().then(|| ("Objective", facts::objective(facts, room))));
    rest.push(("Next update", facts::promise(facts)));
    let document = document.with(Block::Section("What else stands")).with(Block::Named(rest));

    roles(facts, document.with(Block::Section("Roles")), room).line(facts::meeting(facts))
}

/// Tasks, and what was written of them by hand.
pub fn doing(facts: &Facts, document: Document, room: Room) -> Document {
    let written = facts::doing(facts, room);
    let table = facts::tasks(facts, room);
    let nothing = table.is_none().then(|| Phrase::of("No task is open"));
    let document = document.line(written).line(nothing);
    table.into_iter().map(Block::Table).fold(document, Document::with)
}

/// Who commands, who has which role, and to whom command is offered.
pub fn roles(facts: &Facts, document: Document, room: Room) -> Document {
    let document = document.line(facts::command(facts)).line(facts::offer(facts));
    let table = facts::organisation(facts, room);
    let nobody = table.is_none().then(|| Phrase::of("No other role is given"));
    table.into_iter().map(Block::Table).fold(document.line(nobody), Document::with)
}
