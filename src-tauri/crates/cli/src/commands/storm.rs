//! "I know": the storm under way makes no noise, unless something new breaks through.

use super::{Ask, Stop, confirm};
use crate::context::Context;
use crate::flags::{For, lasting, minutes_of};
use crate::out::Out;
use api::dto::SetStorm;
use api::{ApiError, Code, Request};
use clap::Args;
use serde_json::Value;

/// "I know": nothing that fires now makes a noise for a while. What is worse, or about another service, breaks through.
#[derive(Args, Debug)]
#[command(override_usage = "muster storm on|off [--for SPAN]")]
pub struct Storm {
    /// on or off; an incident before it is taken, and changes nothing: a storm is the whole home's
    #[arg(value_name = "on|off", required = true, num_args = 1..=2)]
    words: Vec<String>,
    /// For so long, such as 1h [default: 30m]
    #[arg(long = "for", value_name = "SPAN", value_parser = lasting)]
    for_name: Option<For>,
}

impl Storm {
    fn is_on(&self) -> Result<bool, ApiError> {
        match self.words.last().map(String::as_str) {
            Some("on") => Ok(true),
            Some("off") => Ok(false),
            Some(_) | None => {
                Err(ApiError::new(Code::InvalidRequest, "A storm is on or off.").hint("Write muster storm on, or muster storm off."))
            }
        }
    }
}

impl Ask for Storm {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::StormSet(SetStorm { on: self.is_on()?, minutes: minutes_of(self.for_name.as_ref())? }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        let sentence = if self.is_on()? {
            "The storm is quiet, and counted. What is new breaks through."
        } else {
            "The storm may make a noise again."
        };
        confirm(answer, out, sentence)
    }
}
