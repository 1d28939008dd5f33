//! Words that leave: updates, promises, what waits to be sent, and what was posted by hand.

use super::room::{due, heard};
use super::{Ask, Stop, confirm, confirm_many, part, read, whole_of};
use crate::context::Context;
use crate::out::{Out, Paint, cell, painted};
use crate::times::minutes;
use crate::words::{count, tail, time};
use api::dto::{CommsView, EndPromise, IncidentView, OneQueued, PromiseUpdate, QueuedView, SendUpdate, Spoken, UpdateView, WriteUpdate};
use api::{ApiError, Request};
use clap::{Args, Subcommand};
use domain::incidents::QueueState;
use serde_json::Value;

/// Updates: written, sent by a channel, or posted by hand; and the promise of the next one.
#[derive(Args, Debug)]
pub struct Update {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    #[command(subcommand)]
    act: UpdateAct,
}

#[derive(Subcommand, Debug)]
enum UpdateAct {
    /// Write an update; it goes nowhere by itself
    Draft {
        /// The words; `-` reads them from standard input
        #[arg(required = true)]
        text: Vec<String>,
        /// When it was written
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        at: Option<String>,
        /// The same key writes once, however often it is sent
        #[arg(long, value_name = "KEY")]
        once: Option<String>,
    },
    /// Send an update by channels
    Send {
        /// The update: U1, U2 … from `update INC list`, or its id [default: the newest]
        #[arg(value_name = "ID")]
        update: Option<String>,
        /// Write and send this in one step
        #[arg(long, value_name = "TEXT", conflicts_with = "update")]
        text: Option<String>,
        /// By which channel, from `channel list`; may be repeated
        #[arg(long = "channel", value_name = "CHANNEL", required = true)]
        channels: Vec<String>,
        /// Promise the next one within this, such as 20m
        #[arg(long, value_name = "SPAN", value_parser = minutes)]
        next: Option<u32>,
        /// The same key sends once, however often it is sent
        #[arg(long, value_name = "KEY")]
        once: Option<String>,
    },
    /// Promise the next update
    Promise {
        /// Until when, or in how long: 14:30, 20m [default: by the severity's cadence]
        #[arg(value_name = "TIME")]
        until: Option<String>,
    },
    /// No further update is promised
    EndPromise {
        /// Why
        #[arg(long)]
        reason: Option<String>,
    },
    /// Updates, where they went, what waits, and the promise that runs
    List,
    /// Send what was held, as it is
    Release {
        /// What waits: its name in `update INC list`
        #[arg(value_name = "ID")]
        queued: String,
    },
    /// Do not send it
    Withdraw {
        /// What waits: its name in `update INC list`
        #[arg(value_name = "ID")]
        queued: String,
    },
}

impl Ask for Update {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let incident = self.incident.clone();
        Ok(match &self.act {
            UpdateAct::Draft { text, at, once } => {
                let (text, at) = (context.text(text)?, context.time("at", at.as_ref())?);
                Request::UpdateWrite(WriteUpdate { incident, text, at, once: once.clone(), spoken: Spoken::default() })
            }
            UpdateAct::Send { update, text, channels, next, once } => {
                let text = text.as_ref().map(|text| context.text(std::slice::from_ref(text))).transpose()?;
                let (update, channels, once) = (update.clone(), channels.clone(), once.clone());
                Request::UpdateSend(SendUpdate { incident, update, text, channels, next_minutes: *next, once })
            }
            UpdateAct::Promise { until } => {
                let until = until.as_ref().map(|typed| context.ahead("until", typed)).transpose()?;
                let (due, minutes) = until.map_or((None, None), crate::times::Ahead::split);
                Request::UpdatePromise(PromiseUpdate { incident, due, minutes, spoken: Spoken::default() })
            }
            UpdateAct::EndPromise { reason } => Request::UpdateEndPromise(EndPromise { incident, reason: reason.clone() }),
            UpdateAct::List => whole_of(&self.incident),
            UpdateAct::Release { queued } => Request::PostRelease(OneQueued { incident, queued: queued.clone() }),
            UpdateAct::Withdraw { queued } => Request::PostWithdraw(OneQueued { incident, queued: queued.clone() }),
        })
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        if matches!(self.act, UpdateAct::List) { part(answer, "comms") } else { Ok(answer) }
    }

    fn show(&self, answer: Value, context: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            UpdateAct::Draft { .. } => confirm(answer, out, "Written; it has gone nowhere yet."),
            UpdateAct::Send { .. } => {
                confirm_many(answer, out, |_| "Queued. `muster update INC list` says when each channel has taken it.".into())
            }
            UpdateAct::Promise { .. } => confirm(answer, out, "The next update is promised."),
            UpdateAct::EndPromise { .. } => confirm(answer, out, "No further update is promised."),
            UpdateAct::Release { .. } => confirm(answer, out, "On its way."),
            UpdateAct::Withdraw { .. } => confirm(answer, out, "It is not sent."),
            UpdateAct::List => show_comms(&read::<IncidentView>(answer)?.comms, context, out),
        }
    }
}

fn show_comms(comms: &CommsView, context: &Context, out: &mut Out) -> Result<(), Stop> {
    match &comms.promise {
        Some(promise) => {
            let stands = due(context, promise.heard.at, promise.due);
            out.table(&[vec![cell("Next update"), stands, painted(Paint::Faint, format!("promised by {}", heard(&promise.heard)))]])?;
        }
        None => out.line("No next update is promised.")?,
    }
    if comms.in_time + comms.late + comms.missed > 0 {
        let kept = count(u64::from(comms.in_time), "promise kept in time", "promises kept in time");
        out.line(format!("{kept}, {} late, {} missed.", comms.late, comms.missed))?;
    }
    if !comms.queue.is_empty() {
        out.heading(false, "Waits")?;
        out.table(&comms.queue.iter().map(waits).collect::<Vec<_>>())?;
    }
    if comms.updates.is_empty() {
        out.line("No updates yet.")?;
    }
    for (place, update) in comms.updates.iter().enumerate() {
        show_update(comms.updates.len() - place, update, out)?;
    }
    if !comms.postings.is_empty() {
        out.heading(false, "Also posted")?;
        out.table(&comms.postings.iter().map(|posted| posting(&format!("{} to", what(posted.piece)), posted)).collect::<Vec<_>>())?;
    }
    Ok(())
}

const fn what(piece: domain::incidents::Piece) -> &'static str {
    use domain::incidents::Piece;
    match piece {
        Piece::Update => "update",
        Piece::Announcement => "announcement",
        Piece::Board => "board",
        Piece::Brief => "brief",
        Piece::RoleCard => "role card",
        Piece::Task => "task",
        Piece::Other => "words",
    }
}

fn posting(name: &str, posted: &api::dto::PostingView) -> Vec<crate::out::Cell> {
    let by = if posted.by_hand { format!("by hand, {}", heard(&posted.heard)) } else { format!("taken {}", time(posted.heard.at)) };
    vec![cell("  "), painted(Paint::Faint, name), cell(&posted.place), painted(Paint::Faint, by)]
}

fn show_update(number: usize, update: &UpdateView, out: &mut Out) -> Result<(), Stop> {
    out.heading(false, &format!("U{number}  {}", heard(&update.heard)))?;
    out.line(&update.text)?;
    if update.postings.is_empty() {
        out.line("It has gone nowhere yet.")?;
    }
    Ok(out.table(&update.postings.iter().map(|posted| posting("to", posted)).collect::<Vec<_>>())?)
}

fn waits(queued: &QueuedView) -> Vec<crate::out::Cell> {
    let (paint, state) = match queued.state {
        QueueState::Queued => (Paint::Plain, "queued"),
        QueueState::Delayed => (Paint::Amber, "delayed, tried again"),
        QueueState::Held => (Paint::Amber, "held: release or withdraw it"),
        QueueState::Sent => (Paint::Faint, "sent"),
        QueueState::Failed => (Paint::Red, "not sent"),
        QueueState::Withdrawn => (Paint::Faint, "withdrawn"),
    };
    vec![
        painted(Paint::Faint, tail(&queued.id)),
        cell(&queued.channel.0),
        painted(paint, state),
        painted(Paint::Faint, time(queued.changed_at)),
        cell(queued.why.as_deref().unwrap_or_default()),
    ]
}
