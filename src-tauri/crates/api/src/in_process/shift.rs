//! Entries moved in time together, such as by an hour for a wrong zone.

use super::incidents::Wish;
use super::{Answer, InProcess};
use crate::dto::*;
use crate::{ApiError, Code};
use domain::EventId;
use engine::Act;
use serde_json::json;
use std::collections::BTreeSet;

/// Most entries shifted in one go: a whole pasted channel.
const SHIFT_LIMIT: usize = 20_000;

/// Farthest that entries are shifted in seconds (a year): what is farther off is no wrong zone and no wrong day.
const SHIFT_SECONDS: u64 = 366 * 24 * 60 * 60;

impl InProcess {
    pub(super) async fn shift(&self, caller: &Caller, ask: ShiftEntries) -> Answer<ManyReceipt> {
        if ask.by_seconds == 0 || ask.events.is_empty() {
            return Err(ApiError::new(Code::InvalidField, "Nothing would move.").field("by_seconds"));
        }
        if ask.events.len() > SHIFT_LIMIT {
            return Err(ApiError::new(Code::InvalidField, format!("{SHIFT_LIMIT} entries move in one go.")).field("events"));
        }
        if ask.by_seconds.unsigned_abs() > SHIFT_SECONDS {
            return Err(ApiError::new(Code::InvalidField, "Entries move by a year at most.").field("by_seconds"));
        }
        let incident = self.find_incident(&ask.incident).await?;
        let mut events: Vec<EventId> = vec![];
        let mut named = BTreeSet::new();
        for typed in &ask.events {
            let event = match typed.parse() {
                Ok(id) => id,
                Err(_) => self.find_event(typed).await?,
            };
            // Named twice it moves once.
            if named.insert(event) {
                events.push(event);
            }
        }
        let act = Act::Shift { incident, events: events.clone(), by_millis: ask.by_seconds * 1_000 };
        let done = self.submit(caller, Wish::plain(act)).await?;
        let params = json!({ "incident": ask.incident, "events": events, "by_seconds": -ask.by_seconds });
        let undo = UndoView { op: "entry.shift".into(), params, label: "Undo: times as they were".into() };
        Ok(ManyReceipt { changed: events.len() as u32, seq: done.seq, events: done.events, refused: vec![], undo: Some(undo) })
    }
}
