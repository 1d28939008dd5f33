//! One incident, as text.

use super::Stop;
use super::incidents::commander;
use super::room::{board, due, reports, tasks};
use crate::context::Context;
use crate::out::{Cell, Out, Paint, cell, painted};
use crate::words::{ago as phrase, count, lateness, minutes, names, time};
use api::dto::{GroupView, ImpactView, IncidentView, RoleView};
use domain::{Role, Timestamp};

/// Writes `incident` for people.
pub fn show(incident: &IncidentView, context: &Context, out: &mut Out) -> Result<(), Stop> {
    out.table(&[vec![
        painted(Paint::Strong, &incident.reference.0),
        painted(Paint::of(incident.severity), incident.severity.label()),
        cell(incident.status.label()),
        cell(if incident.drill { "drill" } else { "" }),
        cell(if incident.private { "private" } else { "" }),
    ]])?;
    out.line(&incident.title)?;
    out.line("")?;
    out.table(&facts(incident, context))?;
    sections(incident, context, out)?;
    for suggestion in &incident.suggestions {
        out.line(format!("\n{}", suggestion.text))?;
    }
    for conflict in &incident.conflicts {
        out.line(format!(
            "\n{} set {} to {}; {} holds. Set it again to settle it.",
            conflict.by, conflict.field, conflict.other, conflict.kept
        ))?;
    }
    Ok(())
}

/// What is worked with, one part after another, as far as there is any of it.
fn sections(incident: &IncidentView, context: &Context, out: &mut Out) -> Result<(), Stop> {
    out.heading(false, "Board")?;
    out.table(&board(&incident.board, context))?;
    let open = tasks(&incident.tasks, context, false);
    if !open.is_empty() {
        out.heading(false, "Tasks")?;
        out.table(&open)?;
        reports(&incident.tasks, out)?;
    }
    let thoughts = thoughts(incident);
    if !thoughts.is_empty() {
        out.heading(false, "What the room thinks")?;
        out.table(&thoughts)?;
    }
    if !incident.hints.is_empty() {
        out.heading(false, "Worth a look")?;
        incident.hints.iter().try_for_each(|hint| out.line(&hint.text))?;
    }
    if let Some(next) = &incident.next {
        out.heading(false, "Next for you")?;
        out.line(&next.text)?;
    }
    Ok(())
}

/// Decisions, hypotheses that still stand, and open questions, in one line each.
fn thoughts(incident: &IncidentView) -> Vec<Vec<Cell>> {
    let row = |name: String, state: &str, text: &str| vec![painted(Paint::Faint, name), cell(state), cell(text)];
    let numbered = |letter: char, place: usize| format!("{letter}{}", place + 1);
    let decisions = incident.decisions.iter().enumerate().map(|(place, one)| row(numbered('D', place), "decided", &one.text));
    let standing = incident.hypotheses.iter().enumerate().filter(|(_, one)| one.standing != "ruled_out");
    let hypotheses = standing.map(|(place, one)| row(numbered('H', place), &one.standing, &one.text));
    let open = incident.questions.iter().enumerate().filter(|(_, one)| one.answer.is_none());
    let questions = open.map(|(place, one)| row(numbered('Q', place), "open question", &one.text));
    decisions.chain(hypotheses).chain(questions).collect()
}

/// When the next update is due, the targets, the handoff, the ties: what stands beside the facts of every incident.
fn promises(incident: &IncidentView, context: &Context) -> Vec<Vec<Cell>> {
    let fact = |name: &str, text: Cell| vec![painted(Paint::Faint, name), text];
    let mut rows = vec![];
    rows.extend(incident.comms.promise.as_ref().map(|promise| fact("Next update", due(context, promise.heard.at, promise.due))));
    rows.extend(incident.sla.iter().map(|sla| {
        let name = if sla.clock == "acknowledge" { "To acknowledge" } else { "To resolve" };
        let paint = if sla.state == "missed" { Paint::Red } else { Paint::Plain };
        let stands = if sla.state == "running" { lateness(context.now, sla.due) } else { sla.state.clone() };
        fact(name, painted(paint, format!("{stands} (target {})", minutes(sla.target))))
    }));
    rows.extend(incident.handoff.iter().map(|handoff| {
        let known = &handoff.knows.text;
        fact("Handoff", painted(Paint::Amber, format!("offered to @{}, {known}", handoff.to)))
    }));
    if !incident.present.is_empty() {
        let people: Vec<_> = incident.present.iter().map(|one| one.person.clone()).collect();
        rows.push(fact("Present", cell(names('@', &people))));
    }
    rows.extend(incident.bridge.iter().map(|url| fact("Meet at", cell(url))));
    rows.extend(incident.merged.iter().map(|merged| fact("Merged into", painted(Paint::Strong, &merged.reference.0))));
    rows.extend(incident.links.iter().map(|link| {
        let tie = match link.tie.as_str() {
            "absorbed" => "Absorbed",
            "split_off" => "Split off",
            "split_from" => "Split from",
            _ => "Linked with",
        };
        fact(tie, painted(Paint::Strong, &link.reference.0))
    }));
    rows
}

fn facts(incident: &IncidentView, context: &Context) -> Vec<Vec<Cell>> {
    let fact = |name: &str, text: Cell| vec![painted(Paint::Faint, name), text];
    let ago = |at: Timestamp| format!("{} ({})", time(at), phrase(context.now, at));
    let mut rows = vec![
        fact("Declared", cell(format!("{} by {}", ago(incident.declared_at), incident.declared_by))),
        fact("Commander", commander(&incident.commander)),
    ];
    let moments = [
        ("Detected", incident.detected_at),
        ("Acknowledged", incident.acknowledged_at),
        ("Mitigated", incident.mitigated_at),
        ("Resolved", incident.resolved_at),
        ("Closed", incident.closed_at),
    ];
    rows.extend(moments.iter().filter_map(|(name, at)| at.map(|at| fact(name, cell(ago(at))))));
    rows.extend(incident.impact.iter().map(|impact| fact("Impact", cell(interval(impact)))));
    if !incident.services.is_empty() {
        rows.push(fact("Services", cell(names('#', &incident.services))));
    }
    let others = incident.roles.iter().filter(|role| role.role != Role::Commander);
    rows.extend(others.map(|role: &RoleView| fact(&role.title, held(role))));
    rows.extend(promises(incident, context));
    rows.extend(incident.alerts.iter().map(|group| fact("Alerts", cell(alerts(group)))));
    rows.push(fact("Timeline", cell(count(incident.entries, "entry", "entries"))));
    rows.push(fact("Record", painted(Paint::Faint, format!("{} {}", incident.head.seq, incident.head.hash))));
    rows
}

/// Who holds a role; that they do not know yet, or said no, stands beside it.
fn held(role: &RoleView) -> Cell {
    match role.knows.state.as_str() {
        "untold" | "no" => painted(Paint::Amber, format!("@{}, {}", role.name, role.knows.text)),
        _ => cell(format!("@{}, {}", role.name, role.knows.text)),
    }
}

fn alerts(group: &GroupView) -> String {
    format!("{} ({}, {} firing)", group.title, count(group.count, "alert", "alerts"), group.firing)
}

fn interval(impact: &ImpactView) -> String {
    let mut text = match impact.to {
        Some(to) => format!("{} to {}", time(impact.from), time(to)),
        None => format!("since {}", time(impact.from)),
    };
    if let Some(share) = impact.share {
        text.push_str(&format!(", {share} % of customers"));
    }
    if !impact.services.is_empty() {
        text.push_str(&format!(", {}", names('#', &impact.services)));
    }
    if let Some(words) = &impact.text {
        text.push_str(&format!(": {words}"));
    }
    text
}
