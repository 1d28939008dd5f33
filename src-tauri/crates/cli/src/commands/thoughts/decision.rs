//! Decisions, whether strong objections were asked for, and what came of them.

use super::super::room::heard;
use super::super::{Ask, Stop, confirm, part, read, whole_of};
use super::under;
use crate::context::Context;
use crate::out::{Out, Paint, cell, painted};
use api::dto::{AboutThought, AddDecision, DecisionView, IncidentView, PollDecision, Spoken};
use api::{ApiError, Code, Request};
use clap::Args;
use serde_json::Value;

/// Record a decision, that strong objections were asked for, or what came of one. Without a text: the decisions so far.
#[derive(Args, Debug)]
pub struct Decision {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// What was decided; with --result what came of it; `-` reads it from standard input
    text: Vec<String>,
    /// What else was looked at; may be repeated
    #[arg(long = "option", value_name = "TEXT", conflicts_with_all = ["poll", "result"])]
    options: Vec<String>,
    /// What could go wrong
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["poll", "result"])]
    risk: Option<String>,
    /// Strong objections were asked for, and nobody had any
    #[arg(long, conflicts_with_all = ["poll", "result"])]
    polled: bool,
    /// Strong objections were asked for on this decision: D1, D2 …, or its id
    #[arg(long, value_name = "ID", conflicts_with_all = ["text", "result"])]
    poll: Option<String>,
    /// What one person objected, with --poll [default: nobody objected]
    #[arg(long, value_name = "TEXT", requires = "poll")]
    objection: Option<String>,
    /// The text is what came of this decision: D1, D2 …, or its id
    #[arg(long, value_name = "ID", requires = "text")]
    result: Option<String>,
    /// When that was
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// The same key records once, however often it is sent
    #[arg(long, value_name = "KEY", conflicts_with_all = ["poll", "result"])]
    once: Option<String>,
}

impl Decision {
    fn only_looks(&self) -> bool {
        self.text.is_empty() && self.poll.is_none()
    }
}

impl Ask for Decision {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        if self.only_looks() {
            if self.polled || self.risk.is_some() || !self.options.is_empty() {
                let refusal = ApiError::new(Code::InvalidRequest, "What was decided is missing.");
                return Err(refusal.hint("Write it after the incident: muster decision INC TEXT."));
            }
            return Ok(whole_of(&self.incident));
        }
        let (incident, spoken) = (self.incident.clone(), Spoken::default());
        let at = context.time("at", self.at.as_ref())?;
        if let Some(decision) = self.poll.clone() {
            return Ok(Request::DecisionPoll(PollDecision { incident, decision, objection: self.objection.clone(), at, spoken }));
        }
        let text = context.text(&self.text)?;
        if let Some(about) = self.result.clone() {
            return Ok(Request::DecisionResult(AboutThought { incident, about, text, at, once: None, spoken }));
        }
        let (options, risk, polled, once) = (self.options.clone(), self.risk.clone(), self.polled, self.once.clone());
        Ok(Request::DecisionAdd(AddDecision { incident, text, options, risk, polled, at, once, spoken }))
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        if self.only_looks() { part(answer, "decisions") } else { Ok(answer) }
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        if !self.only_looks() {
            return confirm(
                answer,
                out,
                match (&self.poll, &self.objection, &self.result) {
                    (Some(_), Some(_), _) => "Objection recorded.",
                    (Some(_), None, _) => "Strong objections were asked for; nobody had any.",
                    (None, _, Some(_)) => "Result recorded.",
                    (None, _, None) => "Decided.",
                },
            );
        }
        let incident: IncidentView = read(answer)?;
        if incident.decisions.is_empty() {
            out.line("No decisions yet.")?;
        }
        (1..).zip(&incident.decisions).try_for_each(|(number, decision)| show_decision(number, decision, out))
    }
}

fn show_decision(number: usize, decision: &DecisionView, out: &mut Out) -> Result<(), Stop> {
    out.table(&[vec![painted(Paint::Faint, format!("D{number}")), cell(&decision.text), painted(Paint::Faint, heard(&decision.heard))]])?;
    let fact = |name: &str, text: &str| vec![cell("  "), painted(Paint::Faint, name), cell(text)];
    let mut rows: Vec<_> = decision.options.iter().map(|option| fact("Option", option)).collect();
    rows.extend(decision.risk.iter().map(|risk| fact("Risk", risk)));
    rows.push(match &decision.polled {
        Some(polled) => fact("Objections", &format!("asked for, {}", heard(polled))),
        None => fact("Objections", "not asked for"),
    });
    rows.extend(decision.objections.iter().map(|objection| under("Objection", objection)));
    rows.extend(decision.result.iter().map(|result| under("Result", result)));
    Ok(out.table(&rows)?)
}
