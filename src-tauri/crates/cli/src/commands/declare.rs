//! Declaring.

use super::{Ask, Stop, read};
use crate::context::{Context, person, service};
use crate::flags::severity;
use crate::out::{Out, Paint, cell, painted};
use crate::words::names;
use api::dto::{self, CommandState, DeclareLine, DeclarePreview, IncidentView, Nothing};
use api::{ApiError, Request};
use clap::Args;
use domain::{Handle, ServiceName, Severity};
use serde_json::Value;

/// Declare an incident. The title may be a whole line: sev1 checkout 502s for EU @dana #payments
#[derive(Args, Debug)]
pub struct Declare {
    /// What is wrong, in a few words; sev1 to sev5, @name and #service in it are understood; `-` reads it from standard input
    #[arg(required_unless_present = "window", allow_hyphen_values = false)]
    title: Vec<String>,
    /// An alert it is declared from: group id, unique prefix, or alert key; may be repeated
    #[arg(long = "alert", value_name = "ALERT")]
    alerts: Vec<String>,
    /// sev1 to sev5 [default: the higher, when unsure]
    #[arg(long, value_parser = severity)]
    severity: Option<Severity>,
    /// An affected service; may be repeated
    #[arg(long = "service", value_name = "NAME", value_parser = service)]
    services: Vec<ServiceName>,
    /// Who commands [default: who declares]
    #[arg(long, value_name = "NAME", value_parser = person)]
    commander: Option<Handle>,
    /// When it began to be an incident
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// An exercise: left out of metrics
    #[arg(long)]
    drill: bool,
    /// Shown to its people only
    #[arg(long)]
    private: bool,
    /// The same key declares once, however often it is sent
    #[arg(long, value_name = "KEY")]
    once: Option<String>,
    /// Say how the line is understood and what may be the same thing; declares nothing
    #[arg(long, conflicts_with = "window")]
    preview: bool,
    /// Open the declare window of the desktop app instead: for a key binding where the app cannot grab keys itself
    #[arg(long, conflicts_with_all = ["title", "alerts", "severity", "services", "commander", "at", "drill", "private", "once"])]
    window: bool,
}

impl Ask for Declare {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        if self.window {
            return Ok(Request::WindowDeclare(Nothing {}));
        }
        let line = context.text(&self.title)?;
        if self.preview {
            return Ok(Request::DeclarePreviewOp(DeclareLine { line }));
        }
        Ok(Request::DeclareOp(dto::Declare {
            line: Some(line),
            title: None,
            severity: self.severity,
            services: self.services.clone(),
            commander: self.commander.clone(),
            at: context.time("at", self.at.as_ref())?,
            alerts: self.alerts.clone(),
            drill: self.drill,
            private: self.private,
            once: self.once.clone(),
        }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        if self.window {
            return Ok(());
        }
        if self.preview {
            return show_preview(&read(answer)?, out);
        }
        let incident: IncidentView = read(answer)?;
        let command = match (&incident.commander.name, incident.commander.state) {
            (Some(name), CommandState::Confirmed) => format!("@{name} commands."),
            (Some(name), CommandState::Acting | CommandState::Unclaimed) => {
                format!("@{name} is acting commander until someone confirms: muster command confirm {}", incident.reference)
            }
            (None, _) => format!("Nobody commands yet: muster command take {}", incident.reference),
        };
        out.done(format!("{}  {}  {}", incident.reference, incident.severity.label(), incident.title))?;
        out.done(command)?;
        Ok(())
    }
}

fn show_preview(preview: &DeclarePreview, out: &mut Out) -> Result<(), Stop> {
    let said = |said: bool| if said { "" } else { " (not said)" };
    let mut rows = vec![
        vec![painted(Paint::Faint, "Title"), cell(&preview.title)],
        vec![painted(Paint::Faint, "Severity"), cell(format!("{}{}", preview.severity.label(), said(preview.severity_said)))],
        vec![painted(Paint::Faint, "Commander"), cell(format!("@{}{}", preview.commander, said(preview.commander_said)))],
    ];
    if !preview.services.is_empty() {
        rows.push(vec![painted(Paint::Faint, "Services"), cell(names('#', &preview.services))]);
    }
    out.table(&rows)?;
    for duplicate in &preview.duplicates {
        let incident = &duplicate.incident;
        out.line(format!("May be {} ({}): {}", incident.reference, duplicate.why, incident.title))?;
    }
    if let Some(problem) = &preview.problem {
        out.line(problem)?;
    }
    Ok(())
}
