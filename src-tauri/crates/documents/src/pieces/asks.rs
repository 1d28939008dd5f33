//! What is asked of one person, in words that can be answered with yes.

use crate::document::{Document, Phrase, Span};
use crate::facts::{self, Room, TITLE};
use crate::{Facts, Form, Text, render};
use domain::incidents::{Handoff, Knowing, Task, TaskState};
use domain::roles::Holding;
use domain::{Handle, Role};

const WORDS: usize = Room::WIDE.words;

/// What is asked of the person of `knowing`: a role, a task, or command.
pub fn ask(facts: &Facts, knowing: &Knowing, form: Form) -> Text {
    let incident = facts.incident;
    if let Some(found) = incident.tasks.iter().find(|task| task.knows.ask == knowing.ask) {
        return task(facts, found, form);
    }
    let offered = incident.handoff.as_ref().filter(|handoff| handoff.knows.ask == knowing.ask).map(|handoff| of_successor(facts, handoff));
    let held = incident.command.holder().into_iter().chain(&incident.roles).find(|held| held.knows.ask == knowing.ask);
    let document = offered.or_else(|| held.map(|held| of_holder(facts, held))).unwrap_or_else(|| {
        let nothing = Phrase::default().person(&knowing.person).then(", nothing is asked of you on ");
        bare(facts, "ask").line(nothing.and(reference(facts)).then(" any more"))
    });
    render::render(facts, &document, form)
}

/// A task: asked of its owner, or how it stands where they have answered.
pub fn task(facts: &Facts, task: &Task, form: Form) -> Text {
    let document = if task.is_open() && task.knows.is_open() { of_owner(facts, task) } else { as_it_stands(facts, task) };
    render::render(facts, &document, form)
}

fn of_holder(facts: &Facts, held: &Holding) -> Document {
    let person = &held.person;
    let question = match held.role {
        Role::Commander => to(person, "can you command ").and(reference(facts)).then("? Say yes and read it back: I command"),
        role => to(person, &format!("can you be {} on ", role.title())).and(reference(facts)).then("? Say yes and read it back"),
    };
    let document = bare(facts, "ask").line(question).line(Phrase::of(format!("{}: {}", held.role.title(), held.role.sentence())));
    context(facts, document)
}

fn of_successor(facts: &Facts, handoff: &Handoff) -> Document {
    let question = to(&handoff.to, "can you take command of ").and(reference(facts));
    let question = match &handoff.from {
        Some(from) => question.then(" from ").person(from),
        None => question,
    };
    let until = handoff.from.as_ref().map(|from| Phrase::of("Until you say yes, ").person(from).then(" commands"));
    let question = question.then("? Hear the brief, then say yes and read it back: I command");
    context(facts, bare(facts, "ask").line(question).line(until))
}

fn of_owner(facts: &Facts, task: &Task) -> Document {
    let question = to(&task.owner, "can you do this on ").and(reference(facts)).then(": ").and_said(&task.text, WORDS);
    let minutes = Phrase::of("Time box: ").and(Span::Length(i64::from(task.minutes) * 60_000)).then(", until ").and(Span::Both(task.due()));
    let minutes = minutes.then(", ").join(facts::time_left(task.due(), facts.now));
    let document = bare(facts, "task").line(question.then("? Say yes and read it back")).line(minutes);
    context(facts, document.line(Phrase::of("When time is up, report conditions, actions, needs")))
}

fn as_it_stands(facts: &Facts, task: &Task) -> Document {
    let text = Phrase::of("Task on ").and(reference(facts)).then(": ").and_said(&task.text, WORDS);
    let owner = Phrase::of("Owner: ").person(&task.owner).then(", ").join(facts::knows(&task.knows));
    let owner = match &task.knows.words {
        Some(words) => owner.then(": ").and_said(words, WORDS),
        None => owner,
    };
    let report = task.report.as_ref().map(|(can, heard)| {
        let conditions = Phrase::of("Reported ").and(Span::Ago(heard.at)).stop().then("Conditions: ").and_said(&can.conditions, WORDS);
        let add = |phrase: Phrase, name: &str, words: &Option<String>| match words {
            Some(words) => phrase.stop().then(format!("{name}: ")).and_said(words, WORDS),
            None => phrase,
        };
        add(add(conditions, "Actions", &can.actions), "Needs", &can.needs)
    });
    let ended = |what: &str| {
        let phrase = task.ended.as_ref().map_or_else(|| Phrase::of(what), |heard| Phrase::of(format!("{what} ")).and(Span::Ago(heard.at)));
        task.note.as_deref().map_or(phrase.clone(), |note| phrase.then(": ").and_said(note, WORDS))
    };
    let state = match task.state {
        TaskState::Open => {
            let until = Phrase::of("Open, until ").and(Span::Both(task.due()));
            until.then(", ").join(facts::time_left(task.due(), facts.now))
        }
        TaskState::Done => ended("Done"),
        TaskState::Dropped => ended("Dropped"),
    };
    bare(facts, "task").line(text).line(owner).line(state).line(report)
}

fn context(facts: &Facts, document: Document) -> Document {
    let title = Phrase::said(&facts.incident.title.value, TITLE);
    let about = Phrase::of("It is about: ").join(title).then(", ").join(facts::severity(facts));
    document.line(about).line(facts::meeting(facts))
}

/// Without the line on top: the question comes first.
fn bare(facts: &Facts, what: &str) -> Document {
    Document { heading: vec![], ..facts.document(what, TITLE) }
}

fn to(person: &Handle, words: &str) -> Phrase {
    Phrase::default().person(person).then(format!(", {words}"))
}

fn reference(facts: &Facts) -> Span {
    Span::Reference(facts.incident.reference.clone())
}
