//! Alerts by group.

use super::{Ask, Stop, confirm, read};
use crate::context::Context;
use crate::out::{Out, Paint, cell, painted};
use crate::words::{age, count, names, time};
use api::dto::{AlertView, AttachGroups, DismissGroup, GroupState, GroupView, ListGroups, OneGroup};
use api::{ApiError, Request};
use clap::{Args, Subcommand};
use domain::AlertSeverity;
use serde_json::Value;

/// Alerts come in groups: what a sender says, or labels show, to be one thing.
#[derive(Args, Debug)]
pub struct Alert {
    #[command(subcommand)]
    act: AlertAct,
}

#[derive(Subcommand, Debug)]
enum AlertAct {
    /// Groups that wait for somebody
    List {
        /// Also those that are over, attached, acknowledged or dismissed
        #[arg(long)]
        all: bool,
        /// Those of one incident
        #[arg(long, value_name = "INC")]
        incident: Option<String>,
        /// At most so many
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
    },
    /// One group with its alerts
    Show {
        /// The group: id, unique prefix, or an alert's key
        #[arg(value_name = "ALERT")]
        group: String,
    },
    /// Somebody looks at it
    Ack {
        /// The group: id, unique prefix, or an alert's key
        #[arg(value_name = "ALERT")]
        group: String,
    },
    /// These alerts belong to that incident
    Attach {
        /// The incident: reference, id, or unique prefix
        #[arg(value_name = "INC")]
        incident: String,
        /// Groups: ids, unique prefixes, or keys of alerts
        #[arg(value_name = "ALERT", required = true)]
        groups: Vec<String>,
    },
    /// They do not after all
    Detach {
        /// The incident: reference, id, or unique prefix
        #[arg(value_name = "INC")]
        incident: String,
        /// Groups: ids, unique prefixes, or keys of alerts
        #[arg(value_name = "ALERT", required = true)]
        groups: Vec<String>,
    },
    /// Noise: quiet until it ends
    Dismiss {
        /// The group: id, unique prefix, or an alert's key
        #[arg(value_name = "ALERT")]
        group: String,
        /// Why [default: noise]
        #[arg(long)]
        reason: Option<String>,
    },
}

impl Ask for Alert {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(match &self.act {
            AlertAct::List { all, incident, limit } => {
                Request::GroupList(ListGroups { all: *all, incident: incident.clone(), limit: *limit })
            }
            AlertAct::Show { group } => Request::GroupShow(OneGroup { group: group.clone() }),
            AlertAct::Ack { group } => Request::GroupAck(OneGroup { group: group.clone() }),
            AlertAct::Attach { incident, groups } => {
                Request::GroupAttach(AttachGroups { incident: incident.clone(), groups: groups.clone() })
            }
            AlertAct::Detach { incident, groups } => {
                Request::GroupDetach(AttachGroups { incident: incident.clone(), groups: groups.clone() })
            }
            AlertAct::Dismiss { group, reason } => Request::GroupDismiss(DismissGroup { group: group.clone(), reason: reason.clone() }),
        })
    }

    fn show(&self, answer: Value, context: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            AlertAct::List { .. } => {
                let groups: Vec<GroupView> = read(answer)?;
                if groups.is_empty() {
                    out.line("No alerts wait.")?;
                }
                show_groups(&groups, context, out)
            }
            AlertAct::Show { .. } => show_group(&read(answer)?, context, out),
            AlertAct::Ack { .. } => confirm(answer, out, "Acknowledged."),
            AlertAct::Attach { .. } => confirm(answer, out, "Alerts attached."),
            AlertAct::Detach { .. } => confirm(answer, out, "Alerts apart again."),
            AlertAct::Dismiss { .. } => confirm(answer, out, "Quiet until it ends."),
        }
    }
}

const fn paint(severity: AlertSeverity) -> Paint {
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

fn show_group(group: &GroupView, context: &Context, out: &mut Out) -> Result<(), Stop> {
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
