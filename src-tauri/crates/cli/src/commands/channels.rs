//! Channels by which updates leave.

use super::{Ask, Outcome, Stop, confirm, read, show_findings};
use crate::context::Context;
use crate::out::{Cell, Out, Paint, cell, painted};
use api::dto::{AddChannel, ChannelView, Finding, Nothing, OneChannel};
use api::{ApiError, Request};
use clap::{Args, Subcommand};
use domain::home::ChannelKind;
use serde_json::Value;

fn kind(typed: &str) -> Result<ChannelKind, String> {
    ChannelKind::parse(typed).ok_or_else(|| {
        let known: Vec<&str> = ChannelKind::ALL.iter().map(|kind| kind.wire()).collect();
        format!("one of {}", known.join(", "))
    })
}

/// Channels by which updates leave: incoming webhooks, and mail in your own program.
#[derive(Args, Debug)]
pub struct Channel {
    #[command(subcommand)]
    act: ChannelAct,
}

#[derive(Subcommand, Debug)]
enum ChannelAct {
    /// Add a channel. Its webhook is kept with the secrets of this machine and never shown again
    Add {
        /// slack, teams, mattermost, discord or mail
        #[arg(value_parser = kind)]
        kind: ChannelKind,
        /// A name of your own
        name: String,
        /// The incoming webhook. Better `-`, which reads it from standard input: others on this machine can see a command line
        #[arg(long)]
        url: Option<String>,
        /// Mail addresses, for mail
        #[arg(long, value_name = "ADDRESS")]
        to: Option<String>,
    },
    /// All channels
    List,
    /// Send one test message by it, and say what came of it
    Test {
        /// The channel
        name: String,
    },
    /// Remove a channel
    Remove {
        /// The channel
        name: String,
    },
}

impl Ask for Channel {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(match &self.act {
            ChannelAct::Add { kind, name, url, to } => {
                let url = url.as_ref().map(|url| context.text(std::slice::from_ref(url))).transpose()?;
                let url = url.map(|url| url.trim().to_owned());
                Request::ChannelAdd(AddChannel { kind: *kind, name: name.clone(), url, to: to.clone() })
            }
            ChannelAct::List => Request::ChannelList(Nothing {}),
            ChannelAct::Test { name } => Request::ChannelTest(OneChannel { name: name.clone() }),
            ChannelAct::Remove { name } => Request::ChannelRemove(OneChannel { name: name.clone() }),
        })
    }

    fn show(&self, answer: Value, context: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            ChannelAct::Add { name, kind, .. } if kind.sends() => {
                Ok(out.done(format!("{name} is there. Try it: muster channel test {name}"))?)
            }
            ChannelAct::Add { name, .. } => Ok(out.done(format!("{name} is there. Mail is drafted in your own program."))?),
            ChannelAct::List => {
                let channels: Vec<ChannelView> = read(answer)?;
                if channels.is_empty() {
                    out.line("No channels yet: muster channel add slack NAME --url -")?;
                }
                Ok(out.table(&rows(&channels))?)
            }
            ChannelAct::Test { .. } => show_findings(&[read::<Finding>(answer)?], context, out),
            ChannelAct::Remove { name } => confirm(answer, out, &format!("{name} is removed.")),
        }
    }

    fn outcome(&self, answer: &Value) -> Outcome {
        match &self.act {
            ChannelAct::Test { .. } => Outcome::of(answer["ok"] == true),
            ChannelAct::Add { .. } | ChannelAct::List | ChannelAct::Remove { .. } => Outcome::Well,
        }
    }
}

/// One row for each channel.
pub fn rows(channels: &[ChannelView]) -> Vec<Vec<Cell>> {
    let row = |channel: &ChannelView| {
        let ready = if channel.ready { cell("ready") } else { painted(Paint::Amber, "no webhook on this machine: add it again") };
        vec![cell(&channel.name.0), cell(channel.kind.label()), cell(channel.to.as_deref().unwrap_or_default()), ready]
    };
    channels.iter().map(row).collect()
}
