//! Hypotheses: proposed, supported, ruled out.

use super::super::room::heard;
use super::super::{Ask, Stop, confirm, part, read, whole_of};
use super::under;
use crate::context::Context;
use crate::out::{Out, Paint, cell, painted};
use api::dto::{AboutThought, AddThought, HypothesisView, IncidentView, Spoken};
use api::{ApiError, Request};
use clap::{Args, Subcommand};
use serde_json::Value;

/// What is recorded as evidence where none was named.
const NONE_NAMED: &str = "no evidence named";

/// What may be the reason: proposed, supported by evidence, ruled out.
#[derive(Args, Debug)]
pub struct Hypothesis {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    #[command(subcommand)]
    act: HypothesisAct,
}

/// A hypothesis and what speaks for or against it.
#[derive(Args, Debug)]
struct Weighed {
    /// The hypothesis: H1, H2 … from `hypothesis INC list`, or its id
    #[arg(value_name = "ID")]
    about: String,
    /// What shows it; `-` reads it from standard input
    evidence: Vec<String>,
    /// When that was
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
}

#[derive(Subcommand, Debug)]
enum HypothesisAct {
    /// This may be why
    Add {
        /// In a few words; `-` reads them from standard input
        #[arg(required = true)]
        text: Vec<String>,
        /// When that was
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        at: Option<String>,
        /// The same key adds once, however often it is sent
        #[arg(long, value_name = "KEY")]
        once: Option<String>,
    },
    /// Something speaks for it
    Support(Weighed),
    /// It is not that
    RuleOut(Weighed),
    /// All so far
    List,
}

impl Ask for Hypothesis {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let about = |weighed: &Weighed| -> Result<AboutThought, ApiError> {
            let none = weighed.evidence.is_empty();
            let text = if none { NONE_NAMED.to_owned() } else { context.text(&weighed.evidence)? };
            let (incident, at) = (self.incident.clone(), context.time("at", weighed.at.as_ref())?);
            Ok(AboutThought { incident, about: weighed.about.clone(), text, at, once: None, spoken: Spoken::default() })
        };
        Ok(match &self.act {
            HypothesisAct::Add { text, at, once } => {
                let (incident, text) = (self.incident.clone(), context.text(text)?);
                let at = context.time("at", at.as_ref())?;
                Request::HypothesisAdd(AddThought { incident, text, at, once: once.clone(), spoken: Spoken::default() })
            }
            HypothesisAct::Support(weighed) => Request::HypothesisSupport(about(weighed)?),
            HypothesisAct::RuleOut(weighed) => Request::HypothesisRuleOut(about(weighed)?),
            HypothesisAct::List => whole_of(&self.incident),
        })
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        if matches!(self.act, HypothesisAct::List) { part(answer, "hypotheses") } else { Ok(answer) }
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            HypothesisAct::Add { .. } => confirm(answer, out, "Proposed."),
            HypothesisAct::Support(_) => confirm(answer, out, "Supported."),
            HypothesisAct::RuleOut(_) => confirm(answer, out, "Ruled out."),
            HypothesisAct::List => {
                let incident: IncidentView = read(answer)?;
                if incident.hypotheses.is_empty() {
                    out.line("No hypotheses yet.")?;
                }
                (1..).zip(&incident.hypotheses).try_for_each(|(number, one)| show_hypothesis(number, one, out))
            }
        }
    }
}

/// Where a hypothesis stands, in words.
pub fn standing(standing: &str) -> &str {
    if standing == "ruled_out" { "ruled out" } else { standing }
}

fn show_hypothesis(number: usize, one: &HypothesisView, out: &mut Out) -> Result<(), Stop> {
    out.table(&[vec![
        painted(Paint::Faint, format!("H{number}")),
        cell(standing(&one.standing)),
        cell(&one.text),
        painted(Paint::Faint, heard(&one.heard)),
    ]])?;
    Ok(out.table(&one.evidence.iter().map(|evidence| under("Evidence", evidence)).collect::<Vec<_>>())?)
}
