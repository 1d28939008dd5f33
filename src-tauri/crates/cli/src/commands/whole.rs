//! One incident, as text.

use super::Stop;
use super::incidents::commander;
use crate::context::Context;
use crate::out::{Cell, Out, Paint, cell, painted};
use crate::words::{age, count, names, time};
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

fn facts(incident: &IncidentView, context: &Context) -> Vec<Vec<Cell>> {
    let fact = |name: &str, text: Cell| vec![painted(Paint::Faint, name), text];
    let ago = |at: Timestamp| {
        let age = age(context.now, at);
        format!("{} ({age}{})", time(at), if age == "just now" { "" } else { " ago" })
    };
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
    rows.extend(others.map(|role: &RoleView| fact(&role.title, cell(format!("@{}", role.name)))));
    rows.extend(incident.alerts.iter().map(|group| fact("Alerts", cell(alerts(group)))));
    rows.push(fact("Timeline", cell(count(incident.entries, "entry", "entries"))));
    rows.push(fact("Record", painted(Paint::Faint, format!("{} {}", incident.head.seq, incident.head.hash))));
    rows
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
