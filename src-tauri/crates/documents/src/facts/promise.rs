//! What stakeholders were promised, when they last heard, and what the outgoing commander would do next.

use super::{Room, age};
use crate::Facts;
use crate::document::{Phrase, Span};
use domain::Timestamp;

/// The update promised next, and since when that promise stands.
pub fn promise(facts: &Facts) -> Phrase {
    let Some(promise) = facts.incident.comms.running() else { return Phrase::of("None is promised") };
    let left = promise.due.since(facts.now);
    let due = Phrase::of("Due by ").and(Span::Both(promise.due)).then(", ");
    let length = Span::Length(left.saturating_abs());
    let due = if left >= 0 { due.then("in ").and(length) } else { due.and(length).then(" overdue") };
    due.stop().then("Promised ").and(Span::Ago(promise.heard.at))
}

/// The same for a short message.
pub fn promise_in_short(facts: &Facts) -> Phrase {
    let Some(promise) = facts.incident.comms.running() else { return Phrase::of("Next update: none promised") };
    let left = promise.due.since(facts.now);
    let due = Phrase::of("Next update by ").at(promise.due).then(", ");
    let length = Span::Length(left.saturating_abs());
    if left >= 0 { due.then("in ").and(length) } else { due.and(length).then(" overdue") }
}

/// `Next update by 15:10 UTC (16:10 Berlin)`.
pub fn promised_by(due: Timestamp) -> Phrase {
    Phrase::of("Next update by ").and(Span::Both(due))
}

/// When stakeholders last heard, where, and by whose hand.
pub fn last_news(facts: &Facts) -> Phrase {
    let Some(posting) = facts.incident.comms.last_news() else { return Phrase::of("No update is recorded as sent or posted") };
    let how = if posting.by_hand { "posted by hand in " } else { "sent to " };
    let at = posting.heard.at;
    Phrase::of("Last update ").at(at).aside(Phrase(vec![Span::Ago(at)])).then(", ").then(how).and_said(&posting.place, 8)
}

/// What the outgoing commander would do next, in their own words.
pub fn next_step(facts: &Facts, room: Room) -> Phrase {
    let written = facts.incident.handoff.as_ref().and_then(|handoff| Some((handoff.at, handoff.next.as_deref()?)));
    match written {
        Some((at, next)) => Phrase::said(next, room.words).join(age(at)),
        None => Phrase::of("Not written"),
    }
}
