//! Look again: a clock that a person sets.

use super::room::clocks;
use super::{Ask, Stop, confirm, part, read, whole_of};
use crate::context::Context;
use crate::out::Out;
use api::dto::{IncidentView, OneLook, SetLook};
use api::{ApiError, Code, Request};
use clap::Args;
use serde_json::Value;

/// Look again at a time, or say that a look was taken. Without a time: all clocks of the incident.
#[derive(Args, Debug)]
#[command(override_usage = "muster look INC [TIME [TEXT]...] [--offer-resolve]\n       muster look INC done ID")]
pub struct Look {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// When: 04:50, 20m; or `done`
    #[arg(value_name = "TIME|done")]
    when: Option<String>,
    /// At what; after `done` the look: L1, or its name in `look INC`
    #[arg(value_name = "TEXT|ID")]
    text: Vec<String>,
    /// And then offer to resolve
    #[arg(long)]
    offer_resolve: bool,
}

impl Look {
    fn is_done(&self) -> bool {
        self.when.as_deref() == Some("done")
    }
}

impl Ask for Look {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let incident = self.incident.clone();
        let Some(when) = &self.when else { return Ok(whole_of(&incident)) };
        if self.is_done() {
            let [look] = &self.text[..] else {
                let refusal = ApiError::new(Code::InvalidRequest, "Which look was taken is missing.");
                return Err(refusal.hint("Write muster look INC done ID; the names are in muster look INC."));
            };
            return Ok(Request::LookDone(OneLook { incident, look: look.clone() }));
        }
        let (at, minutes) = context.ahead("at", when)?.split();
        let text = if self.text.is_empty() { None } else { Some(context.text(&self.text)?) };
        Ok(Request::LookSet(SetLook { incident, at, minutes, text, offer_resolve: self.offer_resolve }))
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        if self.when.is_none() { part(answer, "clocks") } else { Ok(answer) }
    }

    fn show(&self, answer: Value, context: &Context, out: &mut Out) -> Result<(), Stop> {
        if self.is_done() {
            return confirm(answer, out, "Looked.");
        }
        if self.when.is_some() {
            return confirm(answer, out, "Muster will say when it is time to look again.");
        }
        let incident: IncidentView = read(answer)?;
        if incident.clocks.is_empty() {
            out.line("No clock runs.")?;
        }
        Ok(out.table(&clocks(&incident.clocks, context))?)
    }
}
