//! Incidents: what needs you, lists, one whole, search.

use super::alerts_show::show_groups;
use super::quiet::show_quiet;
use super::{Ask, Stop, read};
use crate::context::{Context, service};
use crate::flags::severity;
use crate::out::{Cell, Out, Paint, cell, painted};
use crate::words::{age, count, names};
use api::dto::{self, CommandState, CommanderView, GroupState, IncidentSummary, ListIncidents, Nothing, OneIncident, SearchHit, WatchView};
use api::{ApiError, Request};
use clap::Args;
use domain::{ServiceName, Severity};
use serde_json::Value;

/// What needs you now.
#[derive(Args, Debug)]
pub struct Watch {}

impl Ask for Watch {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::Watch(Nothing {}))
    }

    fn show(&self, answer: Value, context: &Context, out: &mut Out) -> Result<(), Stop> {
        let watch: WatchView = read(answer)?;
        for warning in watch.home.not_saving.iter().chain(&watch.home.clock_warning).chain(&watch.home.awake) {
            out.line(warning)?;
        }
        out.line(need(&watch))?;
        if !watch.active.is_empty() {
            out.heading(false, "Open")?;
            out.table(&watch.active.iter().map(|incident| row(incident, context)).collect::<Vec<_>>())?;
        }
        if !watch.inbox.is_empty() {
            out.heading(false, "Waiting alerts")?;
            show_groups(&watch.inbox, context, out)?;
        }
        if !watch.quiet.is_empty() {
            out.heading(false, "Kept quiet")?;
            show_quiet(&watch.quiet, context, out)?;
        }
        if !watch.resolved_today.is_empty() {
            out.heading(false, "Resolved in the last 24 h")?;
            out.table(&watch.resolved_today.iter().map(|incident| row(incident, context)).collect::<Vec<_>>())?;
        }
        Ok(())
    }
}

/// One sentence that claims no more than is known: silence counts only where sources were heard.
fn need(watch: &WatchView) -> String {
    let open = watch.active.len() as u64;
    let unclaimed = watch.active.iter().filter(|incident| incident.commander.state == CommandState::Unclaimed).count() as u64;
    let mut parts = vec![];
    if open > 0 {
        parts.push(count(open, "open incident", "open incidents"));
    }
    if unclaimed > 0 {
        parts.push(format!("{unclaimed} without a commander"));
    }
    let looked_at = watch.inbox.iter().filter(|group| group.state == GroupState::Acknowledged).count() as u64;
    let waiting = watch.inbox_total.saturating_sub(looked_at);
    if waiting > 0 {
        parts.push(format!("{} waiting", count(waiting, "group of alerts", "groups of alerts")));
    }
    if looked_at > 0 {
        parts.push(format!("{} acknowledged", count(looked_at, "group of alerts", "groups of alerts")));
    }
    if !parts.is_empty() {
        return format!("{}.", parts.join(", "));
    }
    match watch.home.ears.state.as_str() {
        "heard" => format!("Nothing open, nothing waiting. {}.", watch.home.ears.sentence),
        _ => format!("Nothing open. {}, so silence means nothing.", watch.home.ears.sentence),
    }
}

/// Incidents, newest first.
#[derive(Args, Debug)]
pub struct List {
    /// Only those somebody still has to work on; this is the default
    #[arg(long, conflicts_with = "all")]
    open: bool,
    /// Also those that are over
    #[arg(long)]
    all: bool,
    /// Of this severity
    #[arg(long, value_parser = severity)]
    severity: Option<Severity>,
    /// Of this service
    #[arg(long, value_name = "NAME", value_parser = service)]
    service: Option<ServiceName>,
    /// Declared since then
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    since: Option<String>,
    /// At most so many, up to 1000 [default: 200]
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
}

impl Ask for List {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::IncidentList(ListIncidents {
            all: self.all,
            severity: self.severity,
            service: self.service.clone(),
            since: context.time("since", self.since.as_ref())?,
            limit: self.limit,
        }))
    }

    fn show(&self, answer: Value, context: &Context, out: &mut Out) -> Result<(), Stop> {
        let incidents: Vec<IncidentSummary> = read(answer)?;
        if incidents.is_empty() {
            out.line(if self.all { "No incidents." } else { "No open incidents." })?;
        }
        Ok(out.table(&incidents.iter().map(|incident| row(incident, context)).collect::<Vec<_>>())?)
    }
}

/// Who commands, in a few characters; what nobody has yet stands out.
pub fn commander(commander: &CommanderView) -> Cell {
    match (&commander.name, commander.state) {
        (Some(name), CommandState::Confirmed) => cell(format!("@{name}")),
        (Some(name), CommandState::Acting | CommandState::Unclaimed) => painted(Paint::Amber, format!("@{name} acting")),
        (None, _) => painted(Paint::Red, "nobody commands"),
    }
}

fn row(incident: &IncidentSummary, context: &Context) -> Vec<Cell> {
    let title = format!("{}{}  {}", if incident.drill { "[drill] " } else { "" }, incident.title, names('#', &incident.services));
    vec![
        painted(Paint::Strong, &incident.reference.0),
        painted(Paint::of(incident.severity), incident.severity.label()),
        cell(incident.status.label()),
        commander(&incident.commander),
        painted(Paint::Faint, age(context.now, incident.declared_at)),
        cell(title.trim_end()),
    ]
}

/// One incident, whole.
#[derive(Args, Debug)]
pub struct Show {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
}

impl Ask for Show {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::IncidentShow(OneIncident { incident: self.incident.clone() }))
    }

    fn show(&self, answer: Value, context: &Context, out: &mut Out) -> Result<(), Stop> {
        super::whole::show(&read(answer)?, context, out)
    }
}

/// Search all timelines.
#[derive(Args, Debug)]
pub struct Search {
    /// Words
    #[arg(required = true)]
    query: Vec<String>,
    /// At most so many, up to 200 [default: 50]
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
}

impl Ask for Search {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::SearchOp(dto::Search { query: context.text(&self.query)?, limit: self.limit }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        let hits: Vec<SearchHit> = read(answer)?;
        if hits.is_empty() {
            out.line("Nothing found.")?;
        }
        let row = |hit: &SearchHit| {
            let snippet = hit.snippet.replace(['\u{e000}', '\u{e001}'], "");
            let place = painted(Paint::Strong, &hit.incident.reference.0);
            vec![place, painted(Paint::Faint, crate::words::time(hit.at)), cell(&hit.incident.title), cell(snippet)]
        };
        Ok(out.table(&hits.iter().map(row).collect::<Vec<_>>())?)
    }
}
