//! Groups of alerts and alerts as they read in a terminal.

use super::Stop;
use crate::context::Context;
use crate::out::{Out, Paint, cell, painted};
use crate::words::{age, count, names, time};
use api::dto::{AlertView, GroupState, GroupView};
use domain::AlertSeverity;

/// The colour of how bad an alert is.
pub const fn paint(severity: AlertSeverity) -> Paint {
    match severity {
        AlertSeverity::Critical => Paint::Red,
        AlertSeverity::Error => Paint::Amber,
        AlertSeverity::Warning => Paint::Blue,
        AlertSeverity::Info => Paint::Faint,
    }
}

const fn state(state: GroupState) -> &'static str {
    match state {
        GroupState::Waiting => "waiting",
        GroupState::Acknowledged => "acknowledged",
        GroupState::Attached => "attached",
        GroupState::Dismissed => "dismissed",
        GroupState::Over => "over",
    }
}

/// One line for each group.
pub fn show_groups(groups: &[GroupView], context: &Context, out: &mut Out) -> Result<(), Stop> {
    let row = |group: &GroupView| {
        let place = group.incident.as_ref().map_or_else(|| state(group.state).to_owned(), ToString::to_string);
        vec![
            painted(Paint::Faint, group.id.to_string()),
            painted(paint(group.severity), group.severity.wire()),
            cell(place),
            cell(format!("{}, {} firing", count(group.count, "alert", "alerts"), group.firing)),
            cell(age(context.now, group.first_at)),
            cell(format!("{}  {}", group.title, names('#', &group.services)).trim_end()),
        ]
    };
    Ok(out.table(&groups.iter().map(row).collect::<Vec<_>>())?)
}

/// One group with its alerts.
pub fn show_group(group: &GroupView, context: &Context, out: &mut Out) -> Result<(), Stop> {
    show_groups(std::slice::from_ref(group), context, out)?;
    if let Some(name) = &group.acknowledged_by {
        out.line(format!("Acknowledged by {name}."))?;
    }
    for alert in &group.alerts {
        out.heading(false, &alert.title)?;
        out.table(&facts(alert))?;
    }
    Ok(())
}

fn facts(alert: &AlertView) -> Vec<Vec<crate::out::Cell>> {
    let fact = |name: &str, text: String| vec![painted(Paint::Faint, name), cell(text)];
    let mut rows = vec![
        fact("Key", alert.key.clone()),
        fact("Status", alert.status.clone()),
        fact("Since", time(alert.started_at)),
        fact("Heard", format!("{}, last {}, from {}", count(alert.sightings, "time", "times"), time(alert.last_heard_at), alert.source)),
    ];
    rows.extend(alert.ended_at.map(|ended| fact("Ended", time(ended))));
    rows.extend(alert.link.clone().map(|link| fact("Link", link)));
    let pairs = alert.labels.iter().chain(&alert.annotations);
    rows.extend(pairs.map(|(name, value)| fact(name, value.clone())));
    rows
}
