//! What incidents have to do with each other: merge, split, link, and the ways back.

use super::{Ask, Stop, confirm, read};
use crate::context::Context;
use crate::flags::severity;
use crate::out::Out;
use api::dto::{IncidentView, OneIncident, SplitIncident, TwoIncidents};
use api::{ApiError, Request};
use clap::Args;
use domain::Severity;
use serde_json::Value;

/// Merge an incident into another. The other carries on; the first one's reference leads there.
#[derive(Args, Debug)]
pub struct Merge {
    /// The incident that ends: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// The incident that carries on
    #[arg(value_name = "INTO")]
    into: String,
}

impl Ask for Merge {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::IncidentMerge(TwoIncidents { incident: self.incident.clone(), other: self.into.clone() }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        confirm(answer, out, &format!("Merged into {}. Its reference still works.", self.into))
    }
}

/// They were two after all: a merged incident goes on by itself.
#[derive(Args, Debug)]
pub struct Unmerge {
    /// The incident that was merged: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
}

impl Ask for Unmerge {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::IncidentUnmerge(OneIncident { incident: self.incident.clone() }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        confirm(answer, out, "An incident of its own again.")
    }
}

/// Make alerts of one incident an incident of their own.
#[derive(Args, Debug)]
pub struct Split {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// A group of alerts that belongs to the new one: id, unique prefix, or alert key; may be repeated
    #[arg(long = "alert", value_name = "ALERT", required = true)]
    alerts: Vec<String>,
    /// The new one's title [default: the alerts']
    #[arg(long)]
    title: Option<String>,
    /// sev1 to sev5
    #[arg(long, value_parser = severity)]
    severity: Option<Severity>,
    /// The same key splits once, however often it is sent
    #[arg(long, value_name = "KEY")]
    once: Option<String>,
}

impl Ask for Split {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::IncidentSplit(SplitIncident {
            incident: self.incident.clone(),
            alerts: self.alerts.clone(),
            title: self.title.clone(),
            severity: self.severity,
            once: self.once.clone(),
        }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        let new: IncidentView = read(answer)?;
        Ok(out.done(format!("{}  {}  {}", new.reference, new.severity.label(), new.title))?)
    }
}

/// Two incidents that have to do with each other.
#[derive(Args, Debug)]
pub struct Link {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// The other one
    #[arg(value_name = "OTHER")]
    other: String,
}

impl Ask for Link {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::IncidentLink(TwoIncidents { incident: self.incident.clone(), other: self.other.clone() }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        confirm(answer, out, &format!("Linked with {}.", self.other))
    }
}

/// They have nothing to do with each other after all.
#[derive(Args, Debug)]
pub struct Unlink {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// The other one
    #[arg(value_name = "OTHER")]
    other: String,
}

impl Ask for Unlink {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::IncidentUnlink(TwoIncidents { incident: self.incident.clone(), other: self.other.clone() }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        confirm(answer, out, &format!("No longer linked with {}.", self.other))
    }
}
