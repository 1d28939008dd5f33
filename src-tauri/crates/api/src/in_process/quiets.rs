//! What is kept quiet: orders of people, the storm somebody knows of, and what rules, parents and flapping keep quiet by
//! themselves, in one list.

mod list;
mod order;
mod storm;

pub(super) use list::listed;
pub(super) use storm::storm_until;

use super::incidents::Wish;
use super::{Answer, InProcess};
use crate::dto::*;
use domain::home::HomeEvent;
use domain::{EventId, Timestamp};
use engine::Act;
use serde_json::Value;

/// Groups looked at for what is kept quiet: beyond it the counts are of the newest.
pub(super) const FIRING_LOOKED_AT: usize = 10_000;
const MINUTE_MS: i64 = 60_000;

impl InProcess {
    pub(super) async fn quiet_end(&self, caller: &Caller, ask: EndQuiet) -> Answer<Receipt> {
        let home = self.engine.home();
        let also: Vec<EventId> = ask.also.into_iter().filter(|quiet| *quiet != ask.id && home.quiet.contains_key(quiet)).collect();
        // Of several, those that have ended by themselves are no reason to keep the others.
        let first = Some(ask.id).filter(|id| also.is_empty() || home.quiet.contains_key(id));
        let events = first.into_iter().chain(also).map(|quiet| HomeEvent::QuietEnded { quiet });
        self.change(caller, Wish::plain(Act::HomeAll(events.collect()))).await
    }

    pub(super) async fn quiets(&self) -> Answer<Vec<QuietView>> {
        let firing = self.engine.read(|reader| reader.firing_noises(FIRING_LOOKED_AT)).await?;
        Ok(listed(&self.engine.home(), &firing, self.engine.now()))
    }
}

fn after(begins: Timestamp, minutes: u32) -> Timestamp {
    begins.plus_millis(i64::from(minutes) * MINUTE_MS)
}

fn undo(op: &str, params: Value, label: &str) -> Option<UndoView> {
    Some(UndoView { op: op.to_owned(), params, label: format!("Undo: {label}") })
}
