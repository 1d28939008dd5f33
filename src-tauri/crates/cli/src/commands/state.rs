//! Severity, state, title, acknowledgement, customer impact.

use super::{Ask, Stop, confirm};
use crate::context::{Context, service};
use crate::flags::severity;
use crate::out::Out;
use api::dto::{self, OneIncident, SetImpact, Spoken};
use api::{ApiError, Request};
use clap::{Args, ValueEnum};
use domain::{ServiceName, Severity, Status};
use serde_json::Value;

/// Set the severity.
#[derive(Args, Debug)]
pub struct SetSeverity {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// sev1 to sev5
    #[arg(value_name = "SEV", value_parser = severity)]
    severity: Severity,
    /// Why
    #[arg(long)]
    reason: Option<String>,
}

impl Ask for SetSeverity {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let (incident, reason) = (self.incident.clone(), self.reason.clone());
        Ok(Request::Severity(dto::SetSeverity { incident, severity: self.severity, reason, spoken: Spoken::default() }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        confirm(answer, out, &format!("{}.", self.severity.label()))
    }
}

fn status(typed: &str) -> Result<Status, String> {
    Status::parse(typed).filter(|status| Status::CHOICES.contains(status)).ok_or_else(|| {
        let choices: Vec<&str> = Status::CHOICES.iter().map(|status| status.wire()).collect();
        format!("one of {}", choices.join(", "))
    })
}

/// Move an incident to a state. Every move is allowed and logged.
#[derive(Args, Debug)]
pub struct SetStatus {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// triage, investigating, identified, mitigated, monitoring, resolved, closed or cancelled
    #[arg(value_name = "STATE", value_parser = status)]
    status: Status,
    /// When it happened
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
}

impl Ask for SetStatus {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let at = context.time("at", self.at.as_ref())?;
        Ok(Request::Status(dto::SetStatus { incident: self.incident.clone(), status: self.status, at, spoken: Spoken::default() }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        confirm(answer, out, &format!("{}.", self.status.label()))
    }
}

/// An incident that moves to a state the command names.
#[derive(Args, Debug)]
pub struct Move {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// When it happened
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
}

impl Move {
    /// The move to `status`.
    pub fn to(self, status: Status) -> SetStatus {
        SetStatus { incident: self.incident, status, at: self.at }
    }
}

/// Rename an incident.
#[derive(Args, Debug)]
pub struct SetTitle {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// The new title
    #[arg(required = true)]
    title: Vec<String>,
}

impl Ask for SetTitle {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::Title(dto::SetTitle { incident: self.incident.clone(), title: context.text(&self.title)? }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        confirm(answer, out, "Renamed.")
    }
}

/// Somebody knows: the notice is not repeated.
#[derive(Args, Debug)]
pub struct Ack {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
}

impl Ask for Ack {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::Acknowledge(OneIncident { incident: self.incident.clone() }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        confirm(answer, out, "Acknowledged.")
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum ImpactStep {
    Start,
    Update,
    End,
}

/// Say since when, how many and which customers are affected.
#[derive(Args, Debug)]
pub struct Impact {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    step: ImpactStep,
    /// When it happened
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// In words
    #[arg(long)]
    text: Option<String>,
    /// Share of customers affected, 0 to 100
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    share: Option<f64>,
    /// An affected service; may be repeated
    #[arg(long = "service", value_name = "NAME", value_parser = service)]
    services: Vec<ServiceName>,
}

fn percent(typed: &str) -> Result<f64, String> {
    typed.trim().trim_end_matches('%').trim().parse().map_err(|_| "a number from 0 to 100".to_owned())
}

impl Ask for Impact {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let ask = SetImpact {
            incident: self.incident.clone(),
            at: context.time("at", self.at.as_ref())?,
            text: self.text.clone(),
            share: self.share,
            services: self.services.clone(),
        };
        Ok(match self.step {
            ImpactStep::Start => Request::ImpactStart(ask),
            ImpactStep::Update => Request::ImpactUpdate(ask),
            ImpactStep::End => Request::ImpactEnd(ask),
        })
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        let sentence = match self.step {
            ImpactStep::Start => "Customer impact runs.",
            ImpactStep::Update => "Customer impact updated.",
            ImpactStep::End => "Customer impact ended.",
        };
        confirm(answer, out, sentence)
    }
}
