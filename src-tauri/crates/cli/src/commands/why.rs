//! Why an alert did or did not make a noise: two sentences.

use super::{Ask, Stop, read};
use crate::context::Context;
use crate::out::{Out, Paint, cell, painted};
use api::dto::{OneAlert, WhyView};
use api::{ApiError, Request};
use clap::Args;
use serde_json::Value;

/// Why an alert did or did not make a noise, and what would change that.
#[derive(Args, Debug)]
pub struct Why {
    /// The alert's key, or its group: id or unique prefix
    #[arg(value_name = "ALERT")]
    alert: String,
}

impl Ask for Why {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::AlertWhy(OneAlert { alert: self.alert.clone() }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        show_why(&read(answer)?, out)
    }
}

/// The two sentences, and what they rest on.
pub fn show_why(why: &WhyView, out: &mut Out) -> Result<(), Stop> {
    out.line(&why.sentence)?;
    out.line(&why.change)?;
    let fact = |name: &str, text: String| vec![painted(Paint::Faint, name), cell(text)];
    let rules = (!why.rules.is_empty()).then(|| fact("Rules", why.rules.join(", ")));
    let quiet = why.quiet.map(|quiet| fact("Quiet", format!("muster quiet end {quiet}")));
    Ok(out.table(&rules.into_iter().chain(quiet).collect::<Vec<_>>())?)
}
