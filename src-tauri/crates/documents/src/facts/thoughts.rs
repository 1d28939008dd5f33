//! What is believed, needed and decided, and what nobody knows yet.

use super::{Room, age};
use crate::Facts;
use crate::document::{Phrase, Span, listed};
use domain::EventId;
use domain::incidents::{Decided, Shown, Standing};

/// Words per text from which there is room for what was feared of a decision, objected to it, and came of it.
const ROOM_FOR_MORE: usize = 7;

/// What is believed, and how firmly.
pub fn belief(facts: &Facts, room: Room) -> Phrase {
    let Some(shown) = facts.incident.believe() else { return Phrase::of("Nobody wrote what we believe") };
    let how = match standing(facts, shown.by) {
        Some(Standing::Proposed) => "proposed ",
        Some(Standing::Supported) => "supported ",
        Some(Standing::RuledOut) | None => "",
    };
    Phrase::said(&shown.text, room.words).aside(Phrase::of(how).and(Span::Ago(shown.at)))
}

/// The same for a short message.
pub fn belief_in_short(facts: &Facts, room: Room) -> Phrase {
    match facts.incident.believe() {
        Some(shown) => Phrase::of("Believe").join(age(shown.at)).then(": ").and_said(&shown.text, room.words),
        None => Phrase::of("Believe: not written"),
    }
}

/// What is needed.
pub fn need(facts: &Facts, room: Room) -> Phrase {
    written(facts.incident.need(), "Nobody wrote what we need", room)
}

/// What comes first, and what the whole is for.
pub fn objective(facts: &Facts, room: Room) -> Phrase {
    written(facts.incident.objective(), "Nobody wrote an objective", room)
}

fn written(shown: Option<Shown>, missing: &str, room: Room) -> Phrase {
    match shown {
        Some(shown) => Phrase::said(&shown.text, room.words).join(age(shown.at)),
        None => Phrase::of(missing),
    }
}

/// What was decided last, whether objections were asked for, and what came of it.
pub fn decision(facts: &Facts, room: Room) -> Phrase {
    let Some(decided) = newest(facts) else { return Phrase::of("No decision is recorded") };
    let phrase = Phrase::said(&decided.text, room.words).join(age(decided.heard.at)).stop().join(objections(decided, room));
    if room.words < ROOM_FOR_MORE {
        return phrase;
    }
    let phrase = match &decided.risk {
        Some(risk) => phrase.stop().then("Risk: ").and_said(risk, room.words),
        None => phrase,
    };
    match &decided.result {
        Some((result, heard)) => phrase.stop().then("Result: ").and_said(result, room.words).join(age(heard.at)),
        None => phrase,
    }
}

/// The same for a short message.
pub fn decision_in_short(facts: &Facts, room: Room) -> Phrase {
    let Some(decided) = newest(facts) else { return Phrase::of("Decided: nothing recorded") };
    let asked = if decided.polled.is_some() { "objections asked" } else { "objections not asked" };
    Phrase::of("Decided").join(age(decided.heard.at)).then(": ").and_said(&decided.text, room.words).then(", ").then(asked)
}

fn objections(decided: &Decided, room: Room) -> Phrase {
    match (&decided.polled, decided.objections.last()) {
        (None, _) => Phrase::of("Objections were not asked for"),
        (Some(polled), None) => Phrase::of("Objections asked ").at(polled.at).then(", none raised"),
        (Some(_), Some((words, heard))) => {
            let count = decided.objections.len() as u64;
            let phrase = Phrase::of("Objections raised: ").and(Span::Number(count)).then(", the last ").and(Span::Ago(heard.at));
            if room.words < ROOM_FOR_MORE { phrase } else { phrase.then(": ").and_said(words, room.words) }
        }
    }
}

/// Questions without an answer, the oldest first.
pub fn questions(facts: &Facts, room: Room) -> Option<Phrase> {
    let mut open: Vec<_> = facts.incident.thoughts.open_questions().collect();
    open.sort_by_key(|question| (question.heard.at, question.id));
    let each = open.iter().map(|question| Phrase::said(&question.text, room.words.min(20)).join(age(question.heard.at))).collect();
    (!open.is_empty()).then(|| listed(each, room.items.min(3)))
}

/// What it is not.
pub fn ruled_out(facts: &Facts, room: Room) -> Option<Phrase> {
    let mut out: Vec<_> = facts.incident.thoughts.hypotheses.iter().filter(|one| one.standing == Standing::RuledOut).collect();
    out.sort_by_key(|one| std::cmp::Reverse((one.at(), one.id)));
    let each = out.iter().map(|one| Phrase::said(&one.text, room.words.min(20)).join(age(one.at()))).collect();
    (!out.is_empty()).then(|| listed(each, room.items.min(3)))
}

fn newest<'a>(facts: &Facts<'a>) -> Option<&'a Decided> {
    facts.incident.thoughts.decisions.iter().max_by_key(|decided| (decided.heard.at, decided.id))
}

fn standing(facts: &Facts, by: EventId) -> Option<Standing> {
    facts.incident.thoughts.hypotheses.iter().find(|one| one.id == by).map(|one| one.standing)
}
