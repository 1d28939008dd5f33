//! The noise ledger: what made noise, whether anybody acted on it, and lines to copy that would make less of it.

use super::{Ask, Stop, read};
use crate::context::Context;
use crate::out::{Cell, Out, Paint, cell, painted};
use crate::words::{count, time};
use api::dto::{AskNoise, NoiseRow, NoiseView};
use api::{ApiError, Request};
use clap::Args;
use serde_json::Value;

/// What made noise, and what would make less of it.
#[derive(Args, Debug)]
pub struct Noise {
    /// Since then [default: 30 days ago]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
}

impl Ask for Noise {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::NoiseOp(AskNoise { from: context.time("from", self.from.as_ref())? }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        let noise: NoiseView = read(answer)?;
        if noise.rows.is_empty() {
            out.line(format!("No alert since {}.", time(noise.from)))?;
        } else {
            let names = ["Alert", "Source", "Fired", "Rang", "Acted on", "Quiet", "Flapped", "At night"];
            let head = names.map(|name| painted(Paint::Faint, name)).to_vec();
            out.table(&std::iter::once(head).chain(noise.rows.iter().map(row)).collect::<Vec<_>>())?;
        }
        for row in &noise.rows {
            let Some(proposal) = &row.proposal else { continue };
            out.heading(false, &format!("{}: {}", row.name, proposal.sentence))?;
            out.line(proposal.text.trim_end())?;
        }
        if !noise.repeated.is_empty() {
            out.heading(false, "Done by hand again and again")?;
            let step = |step: &api::dto::RepeatedStep| {
                let incidents: Vec<&str> = step.incidents.iter().map(|incident| incident.0.as_str()).collect();
                vec![cell(count(step.times, "time", "times")), cell(&step.text), painted(Paint::Faint, incidents.join(" "))]
            };
            out.table(&noise.repeated.iter().map(step).collect::<Vec<_>>())?;
        }
        Ok(())
    }
}

fn row(row: &NoiseRow) -> Vec<Cell> {
    let number = |number: u64| if number == 0 { painted(Paint::Faint, "0") } else { cell(number.to_string()) };
    vec![
        cell(&row.name),
        cell(&row.source.0),
        number(row.fired),
        number(row.notified),
        number(row.acted_on),
        number(row.quieted),
        number(row.flapped),
        number(row.at_night),
    ]
}
