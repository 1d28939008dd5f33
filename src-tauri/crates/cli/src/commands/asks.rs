//! What is asked of people, whether they were told, and what they said.

use super::room::knows;
use super::{Ask as Command, Stop, confirm, read, whole_of};
use crate::context::Context;
use crate::out::{Out, Paint, cell, painted};
use crate::words::tail;
use api::dto::{AnswerAsk, IncidentView, KnowingView, Spoken, TellAsk};
use api::{ApiError, Code, Request};
use clap::{Args, Subcommand};
use serde_json::{Value, json};

/// What is asked of people: roles, tasks, command. Nobody counts as asked who was not told.
#[derive(Args, Debug)]
pub struct Ask {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    #[command(subcommand)]
    act: AskAct,
}

#[derive(Subcommand, Debug)]
enum AskAct {
    /// Everything that is asked of somebody now, and how they know
    List,
    /// You told the person, outside of Muster
    Told {
        /// The ask: its name in `ask INC list`, or the person's where they are asked one thing only
        ask: String,
        /// Where: a channel, a call
        #[arg(long = "where", value_name = "PLACE")]
        place: Option<String>,
        /// When
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        at: Option<String>,
    },
    /// They do it; another's answer needs --for NAME, and --by where it was not by voice
    Yes {
        /// The ask: its name in `ask INC list`, or the person's where they are asked one thing only
        ask: String,
        /// A read-back: what they said; `-` reads it from standard input
        words: Vec<String>,
        /// When they said so
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        at: Option<String>,
    },
    /// They do not; another's answer needs --for NAME, and --by where it was not by voice
    No {
        /// The ask: its name in `ask INC list`, or the person's where they are asked one thing only
        ask: String,
        /// Why not; `-` reads it from standard input
        words: Vec<String>,
        /// When they said so
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        at: Option<String>,
    },
}

impl Command for Ask {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let answer = |ask: &str, yes, words: &[String], at: Option<&String>| -> Result<Request, ApiError> {
            let words = if words.is_empty() { None } else { Some(context.text(words)?) };
            let (incident, ask, at) = (self.incident.clone(), ask.to_owned(), context.time("at", at)?);
            Ok(Request::AskAnswer(AnswerAsk { incident, ask, yes, words, at, once: None, spoken: Spoken::default() }))
        };
        match &self.act {
            AskAct::List => Ok(whole_of(&self.incident)),
            AskAct::Told { ask, place, at } => {
                let (incident, at) = (self.incident.clone(), context.time("at", at.as_ref())?);
                Ok(Request::AskTell(TellAsk { incident, ask: ask.clone(), place: place.clone(), at }))
            }
            AskAct::Yes { ask, words, at } => answer(ask, true, words, at.as_ref()),
            AskAct::No { ask, words, at } => answer(ask, false, words, at.as_ref()),
        }
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        if !matches!(self.act, AskAct::List) {
            return Ok(answer);
        }
        let incident: IncidentView = read(answer)?;
        let one = |(what, knows): (String, &KnowingView)| {
            let mut one = serde_json::to_value(knows)
                .map_err(|fault| ApiError::new(Code::Internal, format!("An ask could not be written: {fault}.")))?;
            one["what"] = json!(what);
            Ok(one)
        };
        asks(&incident).into_iter().map(one).collect()
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            AskAct::Told { .. } => confirm(answer, out, "Told by hand."),
            AskAct::Yes { .. } => confirm(answer, out, "They said yes."),
            AskAct::No { .. } => confirm(answer, out, "They said no."),
            AskAct::List => {
                let incident: IncidentView = read(answer)?;
                let asks = asks(&incident);
                if asks.is_empty() {
                    out.line("Nothing is asked of anybody.")?;
                }
                let row = |(what, ask): &(String, &KnowingView)| {
                    vec![painted(Paint::Faint, tail(&ask.ask)), cell(format!("@{}", ask.person)), cell(what), knows(ask)]
                };
                Ok(out.table(&asks.iter().map(row).collect::<Vec<_>>())?)
            }
        }
    }
}

/// Everything that is asked of somebody now.
fn asks(incident: &IncidentView) -> Vec<(String, &KnowingView)> {
    let roles = incident.roles.iter().map(|role| (role.title.clone(), &role.knows));
    let open = incident.tasks.iter().filter(|task| task.state == "open");
    let tasks = open.map(|task| (task.text.clone(), &task.knows));
    let handoff = incident.handoff.iter().map(|handoff| ("take command".to_owned(), &handoff.knows));
    roles.chain(tasks).chain(handoff).collect()
}
