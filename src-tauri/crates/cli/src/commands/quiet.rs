//! What is kept from making a noise.

use super::quiet_add::{Add, confirm_added, ends};
use super::{Ask, Stop, confirm, read};
use crate::context::Context;
use crate::out::{Out, Paint, cell, painted};
use crate::words::{age, count};
use api::dto::{EndQuiet, Nothing, QuietView};
use api::{ApiError, Code, Request};
use clap::{Args, Subcommand};
use domain::EventId;
use serde_json::Value;

/// What is kept from making a noise, by whom and why.
#[derive(Args, Debug)]
pub struct Quiet {
    #[command(subcommand)]
    act: QuietAct,
}

#[derive(Subcommand, Debug)]
enum QuietAct {
    /// All that is quiet now, oldest first
    List,
    /// Keep something quiet: snooze, mute, not-mine, dismiss, maintenance, quiet-hours, storm
    Add(Box<Add>),
    /// May make a noise again
    End {
        /// Its id or unique prefix, from `quiet list`
        id: String,
    },
}

impl Ask for Quiet {
    fn before(&self) -> Option<Request> {
        match &self.act {
            QuietAct::End { id } if id.parse::<EventId>().is_err() => Some(Request::QuietList(Nothing {})),
            QuietAct::End { .. } | QuietAct::List | QuietAct::Add(_) => None,
        }
    }

    fn request(&self, context: &Context, before: Option<Value>) -> Result<Request, ApiError> {
        match &self.act {
            QuietAct::List => Ok(Request::QuietList(Nothing {})),
            QuietAct::Add(add) => add.request(context),
            QuietAct::End { id } => {
                let quiet = before.map(read::<Vec<QuietView>>).transpose()?.unwrap_or_default();
                Ok(Request::QuietEnd(EndQuiet { id: find(id, &quiet)?, also: vec![] }))
            }
        }
    }

    fn show(&self, answer: Value, context: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            QuietAct::List => {
                let quiet: Vec<QuietView> = read(answer)?;
                if quiet.is_empty() {
                    out.line("Nothing is kept quiet.")?;
                }
                show_quiet(&quiet, context, out)
            }
            QuietAct::Add(_) => confirm_added(answer, out),
            QuietAct::End { .. } => confirm(answer, out, "May make a noise again."),
        }
    }
}

fn find(typed: &str, quiet: &[QuietView]) -> Result<EventId, ApiError> {
    if let Ok(id) = typed.parse() {
        return Ok(id);
    }
    let fits: Vec<EventId> =
        quiet.iter().filter_map(|quiet| quiet.id).filter(|id| id.to_string().starts_with(&typed.to_lowercase())).collect();
    match fits[..] {
        [id] => Ok(id),
        [] => Err(ApiError::new(Code::NotFound, format!("Nothing quiet is called {typed:?}.")).hint("See `muster quiet list`.")),
        _ => Err(ApiError::new(Code::Ambiguous, format!("{typed:?} fits more than one thing that is quiet.")).hint("Give more of its id.")),
    }
}

/// One line for each thing that is quiet.
pub fn show_quiet(quiet: &[QuietView], context: &Context, out: &mut Out) -> Result<(), Stop> {
    let row = |quiet: &QuietView| {
        let id = quiet.id.map_or_else(|| "by itself".to_owned(), |id| id.to_string());
        let shape = if quiet.holds { cell(&quiet.shape) } else { painted(Paint::Faint, format!("{} (not now)", quiet.shape)) };
        let groups = if quiet.groups == 0 { String::new() } else { count(quiet.groups, "group", "groups") };
        vec![
            painted(Paint::Faint, id),
            shape,
            cell(age(context.now, quiet.since)),
            cell(&quiet.owner),
            cell(ends(&quiet.until, quiet.until_at)),
            cell(groups),
            cell(format!("{} ({})", quiet.title, quiet.reason)),
        ]
    };
    Ok(out.table(&quiet.iter().map(row).collect::<Vec<_>>())?)
}
