//! The parts of a room as text, for the commands that show one of them and for `show`, which shows them all.

use super::Stop;
use crate::context::Context;
use crate::out::{Cell, Out, Paint, cell, painted};
use crate::words::{ago, clean_line, count, lateness, tail, time};
use api::dto::{BoardLineView, BoardView, ClockView, HeardView, KnowingView, TaskView};
use domain::{Means, Timestamp};

/// How a person knows; what they do not know yet stands out.
pub fn knows(knows: &KnowingView) -> Cell {
    let paint = match knows.state.as_str() {
        "untold" | "no" => Paint::Amber,
        _ => Paint::Plain,
    };
    match &knows.words {
        Some(words) => painted(paint, format!("{}: {}", knows.text, clean_line(words))),
        None => painted(paint, &knows.text),
    }
}

/// Whose words, and how that is known: what was said so is never shown as signed.
pub fn heard(heard: &HeardView) -> String {
    let bare = heard.who.trim_start_matches('@');
    let who = if heard.means == Means::Machine { bare.to_owned() } else { format!("@{bare}") };
    if heard.signed {
        return format!("{who} {}", time(heard.at));
    }
    let how = match heard.means {
        Means::Voice => "by voice",
        Means::Chat => "in the chat",
        Means::Phone => "by phone",
        Means::Paste => "pasted",
        Means::App | Means::Machine => "on record",
    };
    format!("{who} {how} {}, entered by {}", time(heard.at), heard.typed_by)
}

/// How a clock stands; late is red, soon is amber: the last fifth of the way.
pub fn due(context: &Context, from: Timestamp, due: Timestamp) -> Cell {
    let (left, whole) = (due.since(context.now), due.since(from).max(0));
    let paint = if left < 0 {
        Paint::Red
    } else if left * 5 <= whole {
        Paint::Amber
    } else {
        Paint::Plain
    };
    painted(paint, lateness(context.now, due))
}

/// One row for each line of the board. A line that nobody wrote and nothing tells says so.
pub fn board(board: &BoardView, context: &Context) -> Vec<Vec<Cell>> {
    let row = |name: &str, line: Option<&BoardLineView>| match line {
        Some(line) => vec![painted(Paint::Faint, name), cell(&line.text), painted(Paint::Faint, ago(context.now, line.at))],
        None => vec![painted(Paint::Faint, name), painted(Paint::Faint, "not said yet")],
    };
    let doing = match (&board.doing, &board.first_task) {
        (None, Some(task)) => {
            let left = due(context, task.added_at, task.due);
            vec![painted(Paint::Faint, "We are doing"), cell(format!("{} (@{})", task.text, task.owner)), left]
        }
        (line, _) => row("We are doing", line.as_ref()),
    };
    let mut rows = vec![row("We believe", board.believe.as_ref()), doing, row("We need", board.need.as_ref())];
    if board.objective.is_some() {
        rows.push(row("Objective", board.objective.as_ref()));
    }
    let others = board.open_tasks.saturating_sub(u32::from(board.first_task.is_some()));
    if others > 0 {
        rows.push(vec![cell(""), painted(Paint::Faint, count(u64::from(others), "more open task", "more open tasks"))]);
    }
    rows
}

/// One row for each task: its number, how its time box stands, whose it is, and how they know.
pub fn tasks(tasks: &[TaskView], context: &Context, all: bool) -> Vec<Vec<Cell>> {
    let row = |(place, task): (usize, &TaskView)| {
        let box_start = task.due.plus_millis(-i64::from(task.minutes) * 60_000);
        let stands = if task.state == "open" { due(context, box_start, task.due) } else { painted(Paint::Faint, &task.state) };
        let note = task.note.as_ref().map_or_else(String::new, |note| format!(" ({note})"));
        let number = painted(Paint::Faint, format!("T{}", place + 1));
        vec![number, stands, cell(format!("@{}", task.owner)), cell(format!("{}{note}", task.text)), knows(&task.knows)]
    };
    tasks.iter().enumerate().filter(|(_, task)| all || task.state == "open").map(row).collect()
}

/// What was last reported of a task.
pub fn reports(tasks: &[TaskView], out: &mut Out) -> Result<(), Stop> {
    for task in tasks.iter().filter(|task| task.state == "open") {
        let Some(report) = &task.report else { continue };
        let fact = |name: &str, text: &str| vec![cell("  "), painted(Paint::Faint, name), cell(text)];
        out.line(format!("Report on {}, {}", task.text, heard(&report.heard)))?;
        let mut rows = vec![fact("Conditions", &report.conditions)];
        rows.extend(report.actions.iter().map(|actions| fact("Actions", actions)));
        rows.extend(report.needs.iter().map(|needs| fact("Needs", needs)));
        out.table(&rows)?;
    }
    Ok(())
}

/// One row for each clock.
pub fn clocks(clocks: &[ClockView], context: &Context) -> Vec<Vec<Cell>> {
    let row = |clock: &ClockView| {
        let stands = if clock.rests { painted(Paint::Faint, "rests") } else { due(context, clock.from, clock.due) };
        let about = clock.about.as_ref().map(tail).unwrap_or_default();
        let more = if clock.offer_resolve { "then offer to resolve" } else { "" };
        vec![cell(&clock.clock), stands, cell(&clock.text), painted(Paint::Faint, more), painted(Paint::Faint, about)]
    };
    clocks.iter().map(row).collect()
}
