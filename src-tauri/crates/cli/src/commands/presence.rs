//! Roll call.

use super::{Ask, Stop, confirm, part, read, whole_of};
use crate::context::Context;
use crate::out::{Out, Paint, cell, painted};
use crate::words::time;
use api::dto::{IncidentView, PresentView, RollCall, Spoken};
use api::{ApiError, Request};
use clap::Args;
use domain::Means;
use serde_json::Value;

/// Roll call: who is there, in one line. Without names: who was heard to be there.
#[derive(Args, Debug)]
pub struct Here {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// Who is there
    #[arg(value_name = "NAME")]
    here: Vec<String>,
    /// Who left; may be repeated
    #[arg(long, value_name = "NAME")]
    left: Vec<String>,
    /// When that was
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
}

impl Here {
    fn only_looks(&self) -> bool {
        self.here.is_empty() && self.left.is_empty()
    }
}

impl Ask for Here {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        if self.only_looks() {
            return Ok(whole_of(&self.incident));
        }
        Ok(Request::RollCallOp(RollCall {
            incident: self.incident.clone(),
            here: self.here.clone(),
            left: self.left.clone(),
            at: context.time("at", self.at.as_ref())?,
            once: None,
            spoken: Spoken::default(),
        }))
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        if self.only_looks() { part(answer, "present") } else { Ok(answer) }
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        if !self.only_looks() {
            return confirm(answer, out, "Roll call recorded.");
        }
        let incident: IncidentView = read(answer)?;
        if incident.present.is_empty() {
            out.line("Nobody was heard to be there yet.")?;
        }
        let how = |means| match means {
            Means::App => "in the app",
            Means::Voice => "by voice",
            Means::Chat => "in the chat",
            Means::Phone => "by phone",
            Means::Paste => "pasted",
            Means::Machine => "on record",
        };
        let row = |one: &PresentView| {
            vec![cell(format!("@{}", one.person)), cell(how(one.means)), painted(Paint::Faint, format!("since {}", time(one.since)))]
        };
        Ok(out.table(&incident.present.iter().map(row).collect::<Vec<_>>())?)
    }
}
