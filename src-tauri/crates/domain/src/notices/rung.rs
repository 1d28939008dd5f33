//! What the notice of clocks that rang says: the most pressing one first, the rest as a count. One notice, however long
//! nobody looked.

use super::{About, Notice, NoticeButton};
use crate::home::Home;
use crate::incidents::{Clock, ClockId, Incident, Rung, Stage};
use crate::{Loudness, NoticeRule, Timestamp};

/// Composes it from the clocks that last rang and still run, or `None` where none is worth a notice any more.
pub fn compose_rung(incident: &Incident, home: &Home, rule: NoticeRule, now: Timestamp) -> Option<Notice> {
    if rule.loudness == Loudness::None {
        return None;
    }
    let last = incident.rung_at?;
    let clocks = incident.clocks(home, now);
    let rang = incident.rung.iter().filter(|(rung, at)| *at == last && rung.calls()).map(|(rung, _)| rung);
    let mut runs: Vec<(&Rung, &Clock)> =
        rang.filter_map(|rung| Some((rung, clocks.iter().find(|clock| clock.id == rung.clock && clock.base == rung.base)?))).collect();
    runs.sort_by_key(|(rung, clock)| (std::cmp::Reverse(rung.stage), pressing(clock.id), clock.due));
    let (first, clock) = runs.first()?;
    let more = match runs.len() - 1 {
        0 => String::new(),
        1 => String::from(" One more clock rang."),
        more => format!(" {more} more clocks rang."),
    };
    let severity = incident.severity.value;
    let drill = if incident.drill { "Drill. " } else { "" };
    // Nothing is called critical that is only running out.
    let loudness = if first.stage == Stage::Due { rule.loudness } else { rule.loudness.at_most_normal() };
    Some(Notice {
        about: About::Incident { id: incident.id, reference: incident.reference.clone() },
        severity,
        summary: format!("{drill}{} {}", severity.label(), headline(incident, first, clock, now)),
        body: format!("{}, {}.{more}", incident.reference, incident.title.value),
        loudness,
        sound: rule.sound,
        buttons: vec![NoticeButton::Open],
    })
}

const fn pressing(clock: ClockId) -> u8 {
    match clock {
        ClockId::Promise => 0,
        ClockId::Acknowledge => 1,
        ClockId::Task(_) => 2,
        ClockId::Look(_) => 3,
        ClockId::Resolve => 4,
    }
}

fn headline(incident: &Incident, rung: &Rung, clock: &Clock, now: Timestamp) -> String {
    let left = left(clock.due, now);
    match rung.clock {
        ClockId::Promise if rung.stage == Stage::Due => format!("Promised update {left}"),
        ClockId::Promise => format!("Update {left}"),
        ClockId::Acknowledge => format!("Nobody has acknowledged it, {left}"),
        ClockId::Resolve => format!("Time to resolve {left}"),
        ClockId::Task(id) => match incident.tasks.iter().find(|task| task.id == id) {
            Some(task) => format!("Time is up for @{}: {}", task.owner, task.text),
            None => String::from("A time box has ended"),
        },
        ClockId::Look(id) => match incident.looks.iter().find(|look| look.id == id) {
            Some(look) => look.text.clone().map_or_else(|| String::from("Look again"), |text| format!("Look again: {text}")),
            None => String::from("Look again"),
        },
    }
}

fn left(due: Timestamp, now: Timestamp) -> String {
    let minutes = due.since(now) / 60_000;
    match minutes {
        _ if now >= due && now.since(due) < 60_000 => String::from("due now"),
        _ if now >= due => format!("{} overdue", span(now.since(due) / 60_000)),
        0 => String::from("due in under a minute"),
        minutes => format!("due in {}", span(minutes)),
    }
}

fn span(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
