//! The timeline: read whole, page by page, and followed as it grows.

use super::{Stop, read};
use crate::context::Context;
use crate::flags::Global;
use crate::out::{Out, Paint, cell, painted};
use crate::session::Session;
use crate::words::{clean, time};
use api::dto::{EntryView, Pushed, ReadTimeline, TimelinePage};
use api::{ApiError, Code, Request};
use clap::Args;
use domain::Means;
use serde_json::Value;
use std::collections::HashSet;
use std::time::Duration;
use tokio::sync::mpsc::Receiver;

/// Entries asked for at once: a page of them stays far below the longest message.
const PAGE: u32 = 100;
/// How often a home that nobody runs is looked at again.
const LOOK: Duration = Duration::from_secs(1);
/// Shortest time between two looks while entries come in a burst.
const FRAME: Duration = Duration::from_millis(100);

/// What happened, oldest first. With --json one entry per line.
#[derive(Args, Debug)]
pub struct Timeline {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// As it was known then
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, conflicts_with = "watch")]
    as_of: Option<String>,
    /// One kind only (such as note, status, alerts), or people, pinned, machine
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Only the last N entries
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Go on with new entries as they come
    #[arg(long)]
    watch: bool,
    /// Show each entry's id, for correct, redact and pin
    #[arg(long)]
    ids: bool,
}

impl Timeline {
    /// A page of it, as an operation.
    pub fn request(&self, context: &Context, before: Option<String>) -> Result<Request, ApiError> {
        Ok(Request::Timeline(ReadTimeline {
            incident: self.incident.clone(),
            before,
            limit: Some(PAGE),
            kind: self.kind.clone(),
            as_of: context.time("as-of", self.as_of.as_ref())?,
        }))
    }

    /// Writes it, and goes on with what is new where that is wanted.
    pub async fn run(&self, global: &Global, context: &Context, out: &mut Out) -> Result<(), Stop> {
        let session = Session::open(global).await?;
        let shown = self.read(&session, context, &HashSet::new()).await?;
        let skip = self.limit.map_or(0, |limit| shown.len().saturating_sub(limit));
        self.write(&shown[skip..], out)?;
        if self.watch {
            let seen = shown.into_iter().map(|entry| entry.seq).collect();
            return self.follow(session, global, context, seen, out).await;
        }
        session.close().await;
        Ok(())
    }

    /// Follows the owner of the home; where nobody owns it, looks again and again and lets go in between, so as to keep
    /// nobody out.
    async fn follow(&self, first: Session, global: &Global, context: &Context, mut seen: HashSet<u64>, out: &mut Out) -> Result<(), Stop> {
        let mut session = first;
        loop {
            match self.follow_owner(&session, context, &mut seen, out).await {
                // The owner is gone; whoever is next goes on.
                Ok(()) | Err(Stop::Refused(ApiError { code: Code::HomeBusy, .. })) => {}
                Err(stop) => return Err(stop),
            }
            session.close().await;
            tokio::time::sleep(LOOK).await;
            session = Session::open(global).await?;
        }
    }

    /// Writes what is new until the owner is gone; once, where nobody but this command owns the home.
    async fn follow_owner(&self, session: &Session, context: &Context, seen: &mut HashSet<u64>, out: &mut Out) -> Result<(), Stop> {
        let mut pushes = if session.is_owner() { None } else { Some(session.subscribe().await?) };
        loop {
            let new = self.read(session, context, seen).await?;
            self.write(&new, out)?;
            seen.extend(new.into_iter().map(|entry| entry.seq));
            let Some(pushes) = &mut pushes else { return Ok(()) };
            tokio::time::sleep(FRAME).await;
            if !next_change(pushes).await {
                return Ok(());
            }
        }
    }

    /// Entries not seen yet, oldest first.
    async fn read(&self, session: &Session, context: &Context, seen: &HashSet<u64>) -> Result<Vec<EntryView>, Stop> {
        let mut pages: Vec<Vec<EntryView>> = vec![];
        let (mut before, mut found) = (None, 0);
        loop {
            let page: TimelinePage = read(session.ask(self.request(context, before)?).await?)?;
            before = page.before;
            let new: Vec<EntryView> = page.entries.into_iter().filter(|entry| !seen.contains(&entry.seq)).collect();
            found += new.len();
            pages.push(new);
            let enough = match (seen.is_empty(), &self.kind) {
                (true, _) => self.limit.is_some_and(|limit| found >= limit && !self.watch),
                // A back-dated entry may lie pages deep; the count says when all new ones were met.
                (false, None) => found + seen.len() >= page.total as usize,
                (false, Some(_)) => false,
            };
            if before.is_none() || enough {
                return Ok(pages.into_iter().rev().flatten().collect());
            }
        }
    }

    fn write(&self, entries: &[EntryView], out: &mut Out) -> Result<(), Stop> {
        if out.json {
            for entry in entries {
                out.value(&json(entry)?)?;
            }
        } else {
            let rows: Vec<_> = entries.iter().map(|entry| self.row(entry)).collect();
            out.table(&rows)?;
        }
        Ok(out.flush()?)
    }

    fn row(&self, entry: &EntryView) -> Vec<crate::out::Cell> {
        let mut row = vec![];
        if self.ids {
            row.push(painted(Paint::Faint, entry.id.to_string()));
        }
        let mark = if entry.pinned { painted(Paint::Amber, "*") } else { cell(" ") };
        row.extend([
            painted(Paint::Faint, time(entry.occurred_at)),
            mark,
            who(entry),
            painted(Paint::Faint, &entry.kind),
            cell(words(entry)),
        ]);
        row
    }
}

/// Waits for a change of incidents; `false` where the owner is gone.
async fn next_change(pushes: &mut Receiver<Pushed>) -> bool {
    while let Some(push) = pushes.recv().await {
        if push.tags.iter().any(|tag| tag == "*" || tag.starts_with("incident")) {
            return true;
        }
    }
    false
}

fn json(entry: &EntryView) -> Result<Value, ApiError> {
    serde_json::to_value(entry).map_err(|fault| ApiError::new(Code::Internal, format!("An entry could not be written: {fault}.")))
}

fn who(entry: &EntryView) -> crate::out::Cell {
    let sign = if entry.machine { "" } else { "@" };
    let actor = entry.actor.trim_start_matches('@');
    match &entry.on_behalf_of {
        Some(person) => cell(format!("@{person}")),
        None => painted(if entry.machine { Paint::Faint } else { Paint::Plain }, format!("{sign}{actor}")),
    }
}

/// The entry's words, and what is never hidden: said so, corrected, redacted, back-dated.
fn words(entry: &EntryView) -> String {
    let mut marks = vec![];
    if entry.on_behalf_of.is_some() {
        let how = match entry.means {
            Means::Voice => "said so",
            Means::Chat => "wrote so in the chat",
            Means::Phone => "said so by phone",
            Means::Paste => "pasted",
            Means::App | Means::Machine => "on record",
        };
        marks.push(format!("{how}, entered by {}", entry.actor));
    }
    if let Some(redacted) = &entry.redacted {
        marks.push(format!("words taken out by {}: {}", redacted.by, redacted.reason));
    } else if let Some(was) = &entry.was_text {
        marks.push(format!("corrected, was: {}", clean(was)));
    }
    match entry.was_at {
        Some(was) => marks.push(format!("time corrected, was {}", time(was))),
        None if entry.recorded_at.since(entry.occurred_at) > 60_000 && !entry.machine => {
            marks.push(format!("recorded {}", time(entry.recorded_at)))
        }
        None => {}
    }
    if marks.is_empty() { entry.text.clone() } else { format!("{}  ({})", entry.text, marks.join("; ")) }
}
