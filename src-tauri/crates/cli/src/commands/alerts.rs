//! Alerts by group.

use super::alerts_show::{show_group, show_groups};
use super::quiet_add::of_groups;
use super::why::show_why;
use super::{Ask, Stop, confirm, confirm_many, read};
use crate::context::{Context, person, service};
use crate::flags::{For, alert_severity, lasting, minutes_of};
use crate::out::Out;
use crate::words::count;
use api::dto::{AddQuiet, AddReport, AttachGroups, DismissGroup, GroupView, ListGroups, OneAlert, OneGroup, Spoken};
use api::{ApiError, Request};
use clap::{Args, Subcommand};
use domain::quiet::Shape;
use domain::{AlertSeverity, Handle, ServiceName};
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
    /// Nobody looks at it any more: it waits again
    Release {
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
    /// Not now: quiet for half an hour, then it rings again
    Snooze {
        /// Groups: ids, unique prefixes, or keys of alerts
        #[arg(value_name = "ALERT", required = true)]
        groups: Vec<String>,
        /// For so long, such as 2h [default: 30m]
        #[arg(long = "for", value_name = "SPAN", value_parser = lasting)]
        for_name: Option<For>,
        /// Why [default: not now]
        #[arg(long)]
        reason: Option<String>,
    },
    /// Known: quiet until it ends, and you are told of its end
    Mute {
        /// Groups: ids, unique prefixes, or keys of alerts
        #[arg(value_name = "ALERT", required = true)]
        groups: Vec<String>,
        /// For so long at most, such as 4h
        #[arg(long = "for", value_name = "SPAN", value_parser = lasting)]
        for_name: Option<For>,
        /// Why [default: known]
        #[arg(long)]
        reason: Option<String>,
    },
    /// Somebody else's: handed on, and back within a day
    NotMine {
        /// Groups: ids, unique prefixes, or keys of alerts
        #[arg(value_name = "ALERT", required = true)]
        groups: Vec<String>,
        /// Who gets it
        #[arg(long, value_name = "NAME", value_parser = person)]
        to: Handle,
    },
    /// Why it did or did not make a noise, and what would change that
    Why {
        /// The alert's key, or the group: id or unique prefix
        #[arg(value_name = "ALERT")]
        alert: String,
    },
    /// Somebody reports a problem, on a call or in person; --for and --by say who and how
    Report {
        /// What they say; `-` reads standard input
        #[arg(required = true)]
        text: Vec<String>,
        /// The service they speak of
        #[arg(long, value_name = "NAME", value_parser = service)]
        service: Option<ServiceName>,
        /// How bad: critical, error, warning or info [default: warning]
        #[arg(long, value_name = "SEVERITY", value_parser = alert_severity)]
        severity: Option<AlertSeverity>,
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

fn of(groups: u32) -> String {
    count(u64::from(groups), "group is", "groups are")
}

impl Ask for Alert {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(match &self.act {
            AlertAct::List { all, incident, limit } => {
                Request::GroupList(ListGroups { all: *all, incident: incident.clone(), limit: *limit })
            }
            AlertAct::Show { group } => Request::GroupShow(OneGroup { group: group.clone() }),
            AlertAct::Ack { group } => Request::GroupAck(OneGroup { group: group.clone() }),
            AlertAct::Release { group } => Request::GroupRelease(OneGroup { group: group.clone() }),
            AlertAct::Attach { incident, groups } => {
                Request::GroupAttach(AttachGroups { incident: incident.clone(), groups: groups.clone() })
            }
            AlertAct::Detach { incident, groups } => {
                Request::GroupDetach(AttachGroups { incident: incident.clone(), groups: groups.clone() })
            }
            AlertAct::Snooze { groups, for_name, reason } => {
                let minutes = minutes_of(for_name.as_ref())?;
                Request::QuietAdd(AddQuiet { minutes, ..of_groups(Shape::Snoozed, groups, reason.as_ref()) })
            }
            AlertAct::Mute { groups, for_name, reason } => {
                let minutes = minutes_of(for_name.as_ref())?;
                Request::QuietAdd(AddQuiet { minutes, ..of_groups(Shape::Muted, groups, reason.as_ref()) })
            }
            AlertAct::NotMine { groups, to } => {
                Request::QuietAdd(AddQuiet { to: Some(to.clone()), ..of_groups(Shape::NotMine, groups, None) })
            }
            AlertAct::Why { alert } => Request::AlertWhy(OneAlert { alert: alert.clone() }),
            AlertAct::Report { text, service, severity } => Request::ReportAdd(AddReport {
                text: context.text(text)?,
                service: service.clone(),
                severity: *severity,
                spoken: Spoken::default(),
            }),
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
            AlertAct::Release { .. } => confirm(answer, out, "It waits for somebody."),
            AlertAct::Attach { .. } => confirm(answer, out, "Alerts attached."),
            AlertAct::Detach { .. } => confirm(answer, out, "Alerts apart again."),
            AlertAct::Snooze { .. } => {
                confirm_many(answer, out, |groups| format!("{} quiet. It rings again if it still fires then.", of(groups)))
            }
            AlertAct::Mute { .. } => confirm_many(answer, out, |groups| format!("{} quiet.", of(groups))),
            AlertAct::NotMine { to, .. } => confirm_many(answer, out, |groups| format!("{} handed to @{to}. Tell them.", of(groups))),
            AlertAct::Why { .. } => show_why(&read(answer)?, out),
            AlertAct::Report { .. } => confirm(answer, out, "Reported. It waits with the alerts."),
            AlertAct::Dismiss { .. } => confirm(answer, out, "Quiet until it ends."),
        }
    }
}
