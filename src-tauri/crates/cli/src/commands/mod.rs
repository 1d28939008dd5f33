//! One file for each family of commands: what can be typed, the operation it becomes, and how its answer reads.

pub mod alerts;
mod alerts_show;
pub mod asks;
pub mod board;
pub mod bridge;
pub mod briefs;
pub mod changes;
pub mod channels;
pub mod clocks;
pub mod declare;
pub mod demo;
pub mod desktop;
pub mod entries;
pub mod handoff;
pub mod inbox;
pub mod incidents;
pub mod ingest;
pub mod matrix;
pub mod noise;
pub mod notices;
pub mod paste;
pub mod people;
pub mod people_show;
pub mod presence;
pub mod quiet;
mod quiet_add;
pub mod repair;
pub mod rhythm;
pub mod roles;
mod room;
pub mod rules;
pub mod serve;
pub mod services;
mod services_show;
pub mod settings;
mod source_set;
pub mod sources;
pub mod state;
pub mod storm;
pub mod tasks;
pub mod thoughts;
pub mod ties;
pub mod timeline;
pub mod updates;
pub mod upkeep;
mod whole;
pub mod why;
pub mod window;

use crate::context::Context;
use crate::out::Out;
use api::dto::{Finding, ManyReceipt, OneIncident, Receipt};
use api::{ApiError, Code, Request};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::io;

/// Why a command ended early.
#[derive(Debug)]
pub enum Stop {
    /// It was refused or failed.
    Refused(ApiError),
    /// Its output has nowhere to go.
    Output(io::Error),
}

impl From<ApiError> for Stop {
    fn from(refusal: ApiError) -> Self {
        Self::Refused(refusal)
    }
}

impl From<io::Error> for Stop {
    fn from(fault: io::Error) -> Self {
        Self::Output(fault)
    }
}

/// What a command came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// As wished: exit status 0.
    Well,
    /// It was carried out, and what it found is not well: exit status 1.
    NotWell,
}

impl Outcome {
    /// Well where `well` holds.
    pub const fn of(well: bool) -> Self {
        if well { Self::Well } else { Self::NotWell }
    }
}

/// A command that is one operation.
pub trait Ask {
    /// What must be known before the operation can be asked for.
    fn before(&self) -> Option<Request> {
        None
    }

    /// The operation; `before` is the answer to [`Ask::before`].
    fn request(&self, context: &Context, before: Option<Value>) -> Result<Request, ApiError>;

    /// What scripts get: the answer as it is, or the part that was asked for.
    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        Ok(answer)
    }

    /// Writes the answer for people.
    fn show(&self, answer: Value, context: &Context, out: &mut Out) -> Result<(), Stop>;

    /// What the answer means for the exit status.
    fn outcome(&self, _answer: &Value) -> Outcome {
        Outcome::Well
    }
}

/// Reads an answer in its own form.
pub fn read<T: DeserializeOwned>(answer: Value) -> Result<T, ApiError> {
    serde_json::from_value(answer).map_err(|fault| {
        ApiError::new(Code::Internal, format!("The answer is not understood: {fault}."))
            .hint("Run the same version of `muster` and of the app.")
    })
}

/// The operation that shows one incident whole.
pub fn whole_of(incident: &str) -> Request {
    Request::IncidentShow(OneIncident { incident: incident.to_owned() })
}

/// One field of an answer, for scripts.
pub fn part(mut answer: Value, field: &str) -> Result<Value, ApiError> {
    Ok(answer.get_mut(field).map(Value::take).unwrap_or_default())
}

/// Confirms a change: `sentence`, and the incident's reference where there is one.
pub fn confirm(answer: Value, out: &mut Out, sentence: &str) -> Result<(), Stop> {
    let receipt: Receipt = read(answer)?;
    match receipt.incident {
        Some(reference) => out.done(format!("{reference}  {sentence}"))?,
        None => out.done(sentence)?,
    }
    Ok(())
}

/// Confirms a change to many things: `sentence` is said of how many.
pub fn confirm_many(answer: Value, out: &mut Out, sentence: impl FnOnce(u32) -> String) -> Result<(), Stop> {
    let receipt: ManyReceipt = read(answer)?;
    for refused in &receipt.refused {
        out.table(&[vec![crate::out::cell(format!("Not done. {refused}"))]])?;
    }
    Ok(out.done(sentence(receipt.changed))?)
}

/// Writes findings: what is well plainly, what is not with what to do.
pub fn show_findings(findings: &[Finding], context: &Context, out: &mut Out) -> Result<(), Stop> {
    use crate::out::{Paint, cell, painted};
    use crate::words::clock_times;
    for found in findings {
        let mark = if found.ok { painted(Paint::Faint, "ok  ") } else { painted(Paint::Amber, "look") };
        out.table(&[vec![mark, cell(format!("{}: {}", found.name, clock_times(context.now, &found.text)))]])?;
        if let Some(hint) = &found.hint {
            out.table(&[vec![cell("    "), painted(Paint::Faint, hint)]])?;
        }
    }
    Ok(())
}

/// Whether all findings are well.
pub fn all_well(answer: &Value) -> Outcome {
    let all = answer.as_array().is_none_or(|findings| findings.iter().all(|found| found["ok"] == true));
    Outcome::of(all)
}
