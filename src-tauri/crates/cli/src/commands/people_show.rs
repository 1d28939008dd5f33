//! People as text: the book, one person, what an import did, a code to scan.

use super::Stop;
use crate::out::{Cell, Out, Paint, cell, painted};
use crate::words::time;
use api::dto::{CodeView, ImportView, PersonView};

/// Light modules around a code, so that a phone finds its edge.
const MARGIN: usize = 2;

/// One row for each person.
pub fn show_people(people: &[PersonView], out: &mut Out) -> Result<(), Stop> {
    if people.is_empty() {
        out.line("Nobody yet: muster person add NAME")?;
    }
    let row = |person: &PersonView| {
        let now: Vec<String> = person.now_in.iter().map(|now| format!("{} {}", now.reference, now.what)).collect();
        vec![
            cell(format!("@{}", person.handle)),
            cell(person.name.as_deref().unwrap_or_default()),
            cell(roles(person)),
            shift(person),
            cell(person.phone.as_deref().or(person.mail.as_deref()).or(person.chat.as_deref()).unwrap_or_default()),
            cell(now.join(", ")),
        ]
    };
    Ok(out.table(&people.iter().map(row).collect::<Vec<_>>())?)
}

fn roles(person: &PersonView) -> String {
    person.roles.iter().map(|role| role.wire()).collect::<Vec<_>>().join(", ")
}

/// Their own clock, and whether they work now, where the book knows.
fn shift(person: &PersonView) -> Cell {
    let mut parts = vec![];
    parts.extend(person.local_time.as_ref().map(|local| format!("{local} there")));
    parts.extend(person.on_shift.map(|on| if on { "on shift".to_owned() } else { "off shift".to_owned() }));
    painted(if person.on_shift == Some(false) { Paint::Amber } else { Paint::Plain }, parts.join(", "))
}

/// One person whole.
pub fn show_person(person: &PersonView, out: &mut Out) -> Result<(), Stop> {
    let fact =
        |name: &str, text: Option<String>| text.filter(|text| !text.is_empty()).map(|text| vec![painted(Paint::Faint, name), cell(text)]);
    let name = person.name.as_ref().map_or_else(String::new, |name| format!("{name}, "));
    let me = if person.me { " (you)" } else { "" };
    let changes = person.shift_changes_at.map(|at| format!(", changes {}", time(at))).unwrap_or_default();
    let on = match person.on_shift {
        Some(true) => format!(" (on shift{changes})"),
        Some(false) => format!(" (off shift{changes})"),
        None => String::new(),
    };
    out.line(format!("{name}@{}{me}", person.handle))?;
    let rows = [
        fact("Roles", Some(roles(person))),
        fact(
            "Zone",
            person.zone.as_ref().map(|zone| person.local_time.as_ref().map_or_else(|| zone.clone(), |at| format!("{zone}, {at} there"))),
        ),
        fact("Shift", person.shift.as_ref().map(|shift| format!("{shift}{on}"))),
        fact("Phone", person.phone.clone()),
        fact("Mail", person.mail.clone()),
        fact("Chat", person.chat.clone()),
        fact("Known since", Some(time(person.added_at))),
    ];
    out.table(&rows.into_iter().flatten().collect::<Vec<_>>())?;
    let row = |now: &api::dto::NowInView| {
        vec![
            painted(Paint::Strong, &now.reference.0),
            cell(&now.what),
            cell(&now.knows),
            painted(Paint::Faint, format!("since {}", time(now.since))),
        ]
    };
    Ok(out.table(&person.now_in.iter().map(row).collect::<Vec<_>>())?)
}

/// What an import did, or would do.
pub fn show_import(import: &ImportView, out: &mut Out) -> Result<(), Stop> {
    let (new, changed) = if import.dry_run { ("would be new", "would change") } else { ("new", "changed") };
    if import.dry_run {
        let row = |one: &api::dto::ImportedPerson| {
            vec![cell(&one.change), cell(format!("@{}", one.handle)), cell(one.name.as_deref().unwrap_or_default())]
        };
        out.table(&import.people.iter().map(row).collect::<Vec<_>>())?;
    }
    out.done(format!("{} {new}, {} {changed}, {} as they were.", import.added, import.changed, import.same))?;
    for note in &import.notes {
        out.line(note)?;
    }
    Ok(())
}

/// A code in half blocks, two rows of it in a line, and its text beside it.
pub fn show_code(code: &CodeView, out: &mut Out) -> Result<(), Stop> {
    let rows: Vec<Vec<bool>> = code.rows.iter().map(|row| row.chars().map(|c| c == '1').collect()).collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or(0) + 2 * MARGIN;
    let dark = |y: usize, x: usize| {
        let inside = y.checked_sub(MARGIN).zip(x.checked_sub(MARGIN));
        inside.and_then(|(y, x)| rows.get(y)?.get(x).copied()).unwrap_or(false)
    };
    // Light is drawn and dark is left free, which reads right on a dark terminal; where there are colours they settle it.
    for y in (0..rows.len() + 2 * MARGIN).step_by(2) {
        let block = |x| match (dark(y, x), dark(y + 1, x)) {
            (false, false) => '█',
            (false, true) => '▀',
            (true, false) => '▄',
            (true, true) => ' ',
        };
        let line: String = (0..width).map(block).collect();
        out.picture(&line)?;
    }
    Ok(out.line(&code.text)?)
}
