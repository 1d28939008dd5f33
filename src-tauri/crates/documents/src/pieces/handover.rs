//! The announcement after a handoff: who commands now, so that everybody hears it once and nobody asks.

use crate::document::Phrase;
use crate::facts::{self, Room, TITLE};
use crate::{Facts, Form, Text, render};

/// The announcement that command has passed.
pub fn handover(facts: &Facts, form: Form) -> Text {
    let incident = facts.incident;
    let document = facts
        .document("command has passed", TITLE)
        .line(Phrase::of("Command has passed."))
        .line(facts::command(facts))
        .line(facts::impact(facts, Room { items: 6, words: 40 }))
        .line(facts::meeting(facts))
        .line(incident.comms.running().map(|promise| facts::promised_by(promise.due)));
    render::render(facts, &document, form)
}
