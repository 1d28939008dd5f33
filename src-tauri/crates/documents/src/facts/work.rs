//! What is being done by whom, how long they have, and whether they know.

use super::{Room, age};
use crate::Facts;
use crate::document::{Phrase, Span, Table};
use domain::incidents::{Answer, Heard, Knowing, Task};
use domain::{Means, Timestamp};

/// Words per text from which there is room for an owner's last report.
const ROOM_FOR_REPORTS: usize = 14;

/// How a person knows of what is asked of them: never more than was recorded.
pub fn knows(knowing: &Knowing) -> Phrase {
    match (&knowing.answer, &knowing.told) {
        (Some((Answer::Yes, heard)), _) => said("said yes", heard),
        (Some((Answer::No, heard)), _) => said("said no", heard),
        (None, Some(heard)) => {
            let place = knowing.place.as_deref().map(|place| Phrase::of("in ").and_said(place, 6));
            let told = Phrase::of("told by hand ").at(heard.at);
            let told = place.map_or(told.clone(), |place| told.aside(place));
            told.then(", no answer yet")
        }
        (None, None) => Phrase::of("not told yet"),
    }
}

fn said(what: &str, heard: &Heard) -> Phrase {
    let how = match heard.means {
        Means::App if heard.is_signed() => "in the app",
        Means::App => return Phrase::of(format!("{what}, as ")).and(name(heard)).then(" noted ").at(heard.at),
        Means::Voice => "by voice",
        Means::Chat => "in chat",
        Means::Phone => "by phone",
        Means::Paste => "in pasted words",
        Means::Machine => "by machine",
    };
    Phrase::of(format!("{what} {how} ")).at(heard.at)
}

fn name(heard: &Heard) -> Span {
    match heard.typed_by.person() {
        Some(person) => Span::Person(person.clone()),
        None => Span::Words(crate::clean::clip(heard.typed_by.name(), 4)),
    }
}

/// `9 min left`, `3 min overdue`.
pub fn time_left(due: Timestamp, now: Timestamp) -> Phrase {
    let left = due.since(now);
    let words = if left >= 0 { " left" } else { " overdue" };
    Phrase(vec![Span::Length(left.saturating_abs())]).then(words)
}

/// What was written by hand of what is being done.
pub fn doing(facts: &Facts, room: Room) -> Option<Phrase> {
    facts.incident.doing().map(|shown| Phrase::said(&shown.text, room.words).join(age(shown.at)))
}

/// Open tasks, the first time box to end first; none where no task is open.
pub fn tasks(facts: &Facts, room: Room) -> Option<Table> {
    let open = facts.incident.open_tasks();
    let rows = open.iter().take(room.items).map(|task| row(facts, task, room)).collect::<Vec<_>>();
    let more = (open.len() - rows.len()) as u64;
    let head = vec!["Task", "Owner", "Time box", "Knows", "Last report"];
    (!open.is_empty()).then_some(Table { head, rows, more })
}

fn row(facts: &Facts, task: &Task, room: Room) -> Vec<Phrase> {
    let owner = Phrase::default().person(&task.owner);
    let report = task.report.as_ref().filter(|_| room.words >= ROOM_FOR_REPORTS).map(|(can, heard)| {
        let words = Phrase::of("reported ").and(Span::Ago(heard.at)).then(": ");
        words.and_said(&can.conditions, room.words)
    });
    let text = Phrase::said(&task.text, room.words);
    vec![text, owner, time_left(task.due(), facts.now), knows(&task.knows), report.unwrap_or_default()]
}

/// The first time box to end, and how many tasks there are besides, for a short message.
pub fn task_in_short(facts: &Facts, room: Room) -> Phrase {
    let open = facts.incident.open_tasks();
    let Some(first) = open.first() else { return Phrase::of("Doing: no task is open") };
    let left = time_left(first.due(), facts.now);
    let untold = if first.knows.is_untold() { ", not told yet" } else { "" };
    let phrase = Phrase::of("Doing: ").and_said(&first.text, room.words).then(", ").person(&first.owner).then(", ").join(left).then(untold);
    match open.len() as u64 - 1 {
        0 => phrase,
        more => phrase.then(", and ").and(Span::Number(more)).then(" more"),
    }
}
