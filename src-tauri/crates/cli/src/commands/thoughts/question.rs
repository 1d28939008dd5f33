//! Questions: open until answered.

use super::super::room::heard;
use super::super::{Ask, Stop, confirm, part, read, whole_of};
use super::under;
use crate::context::Context;
use crate::out::{Out, Paint, cell, painted};
use api::dto::{AboutThought, AddQuestion, IncidentView, QuestionView, Spoken};
use api::{ApiError, Request};
use clap::{Args, Subcommand};
use serde_json::Value;

/// What somebody wants to know: open until answered.
#[derive(Args, Debug)]
pub struct Question {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    #[command(subcommand)]
    act: QuestionAct,
}

#[derive(Subcommand, Debug)]
enum QuestionAct {
    /// Somebody wants to know
    Add {
        /// The question; `-` reads it from standard input
        #[arg(required = true)]
        text: Vec<String>,
        /// Of whom
        #[arg(long, value_name = "NAME")]
        of: Option<String>,
        /// When that was
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        at: Option<String>,
        /// The same key adds once, however often it is sent
        #[arg(long, value_name = "KEY")]
        once: Option<String>,
    },
    /// Now it is known
    Answer {
        /// The question: Q1, Q2 … from `question INC list`, or its id
        #[arg(value_name = "ID")]
        about: String,
        /// The answer; `-` reads it from standard input
        #[arg(required = true)]
        answer: Vec<String>,
        /// When that was
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        at: Option<String>,
    },
    /// All so far
    List,
}

impl Ask for Question {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let (incident, spoken) = (self.incident.clone(), Spoken::default());
        Ok(match &self.act {
            QuestionAct::Add { text, of, at, once } => {
                let (text, at) = (context.text(text)?, context.time("at", at.as_ref())?);
                Request::QuestionAdd(AddQuestion { incident, text, of: of.clone(), at, once: once.clone(), spoken })
            }
            QuestionAct::Answer { about, answer, at } => {
                let (text, at) = (context.text(answer)?, context.time("at", at.as_ref())?);
                Request::QuestionAnswer(AboutThought { incident, about: about.clone(), text, at, once: None, spoken })
            }
            QuestionAct::List => whole_of(&self.incident),
        })
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        if matches!(self.act, QuestionAct::List) { part(answer, "questions") } else { Ok(answer) }
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            QuestionAct::Add { .. } => confirm(answer, out, "An open question."),
            QuestionAct::Answer { .. } => confirm(answer, out, "Answered."),
            QuestionAct::List => {
                let incident: IncidentView = read(answer)?;
                if incident.questions.is_empty() {
                    out.line("No questions yet.")?;
                }
                (1..).zip(&incident.questions).try_for_each(|(number, one)| show_question(number, one, out))
            }
        }
    }
}

fn show_question(number: usize, one: &QuestionView, out: &mut Out) -> Result<(), Stop> {
    out.table(&[vec![
        painted(Paint::Faint, format!("Q{number}")),
        if one.answer.is_none() { painted(Paint::Amber, "open") } else { cell("answered") },
        cell(one.of.as_ref().map_or_else(String::new, |of| format!("@{of}"))),
        cell(&one.text),
        painted(Paint::Faint, heard(&one.heard)),
    ]])?;
    Ok(out.table(&one.answer.iter().map(|answer| under("Answer", answer)).collect::<Vec<_>>())?)
}
