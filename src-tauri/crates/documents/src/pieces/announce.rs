//! The announcement right after declare: what, how bad, since when, who commands, where people meet, when they hear next.

use crate::document::{Phrase, Span, listed};
use crate::facts::{self, Room, TITLE};
use crate::{Facts, Form, Text, render};
use domain::Actor;

/// The announcement of an incident.
pub fn announcement(facts: &Facts, form: Form) -> Text {
    let incident = facts.incident;
    let declared = Phrase::of("Declared ").and(Span::Both(incident.declared_at)).then(" by ");
    let declared = match &incident.declared_by {
        Actor::Person(person) => declared.person(person),
        Actor::Machine(name) => declared.and_said(name, 6),
    };
    let declared = declared.then(", ").and(Span::Ago(incident.declared_at));
    let services = incident.services.iter().map(|name| Phrase::said(name.as_str(), 4)).collect::<Vec<_>>();
    let services = (!services.is_empty()).then(|| Phrase::of("Services: ").join(listed(services, 6)));
    let document = facts
        .document("announcement", TITLE)
        .line(declared)
        .line(facts::impact(facts, Room { items: 6, words: 40 }))
        .line(services)
        .line(facts::command(facts))
        .line(facts::meeting(facts))
        .line(incident.comms.running().map(|promise| facts::promised_by(promise.due)));
    render::render(facts, &document, form)
}
