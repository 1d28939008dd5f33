//! What was done to systems: deployments, runs of pipelines.

use super::{Ask, Stop, read};
use crate::context::Context;
use crate::out::{Out, Paint, cell, painted};
use crate::words::time;
use api::dto::{ChangeView, ListChanges};
use api::{ApiError, Request};
use clap::{Args, Subcommand};
use serde_json::Value;

/// What was done to systems lately.
#[derive(Args, Debug)]
pub struct Change {
    #[command(subcommand)]
    act: ChangeAct,
}

#[derive(Subcommand, Debug)]
enum ChangeAct {
    /// Changes, the last first
    List {
        /// Those around the beginning of this incident: two hours before it to half an hour after
        #[arg(long, value_name = "INC")]
        incident: Option<String>,
        /// Since then [default: 24 hours ago]
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        since: Option<String>,
        /// At most so many
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
    },
}

impl Ask for Change {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let ChangeAct::List { incident, since, limit } = &self.act;
        let since = context.time("since", since.as_ref())?;
        Ok(Request::ChangeList(ListChanges { incident: incident.clone(), since, limit: *limit }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        let changes: Vec<ChangeView> = read(answer)?;
        if changes.is_empty() {
            out.line("No change is known of that time.")?;
        }
        let row = |change: &ChangeView| {
            let service = change.service.as_ref().map_or_else(String::new, |service| format!("#{service}"));
            vec![
                cell(time(change.at)),
                cell(&change.source.0),
                cell(change.outcome.as_deref().unwrap_or_default()),
                cell(service),
                cell(&change.title),
                painted(Paint::Faint, change.link.as_deref().unwrap_or_default()),
            ]
        };
        Ok(out.table(&changes.iter().map(row).collect::<Vec<_>>())?)
    }
}
