//! "I know": the storm under way makes no noise, and what is new breaks through.

use super::super::incidents::Wish;
use super::super::{Answer, InProcess};
use super::{MINUTE_MS, after, undo};
use crate::dto::*;
use crate::{ApiError, Code};
use domain::home::{Home, HomeEvent};
use domain::quiet::{Known, QuietOrder, QuietScope, Shape};
use domain::{EventId, Timestamp};
use engine::Act;
use serde_json::json;

/// Length of a storm where none is said, in minutes.
pub(super) const STORM_MINUTES: u32 = 30;

impl InProcess {
    pub(in crate::in_process) async fn storm(&self, caller: &Caller, ask: SetStorm) -> Answer<Receipt> {
        if ask.on { self.storm_on(caller, ask.minutes, None).await } else { self.storm_off(caller).await }
    }

    /// A storm that is on already goes on from now, with what is known now: the new order stands before the old one ends, so
    /// that nothing rings between them.
    pub(super) async fn storm_on(&self, caller: &Caller, minutes: Option<u32>, reason: Option<String>) -> Answer<Receipt> {
        let fires = self.engine.read(store::Reader::fires).await?;
        if fires.alerts == 0 {
            return Err(ApiError::new(Code::Refused, "Nothing fires, so there is no storm.")
                .hint("Set quiet hours or a maintenance window for what is to come."));
        }
        let now = self.engine.now();
        let order = QuietOrder {
            scope: QuietScope::Everything,
            shape: Shape::Storm,
            title: "Storm".into(),
            reason: reason.filter(|reason| !reason.trim().is_empty()).unwrap_or_else(|| "I know".into()),
            from: Some(now),
            until: after(now, minutes.unwrap_or(STORM_MINUTES)),
            until_over: true,
            below: None,
            recurs: None,
            known: Some(Known { services: fires.services, worst: fires.worst }),
        };
        let before = storms(&self.engine.home());
        let ends = before.into_iter().map(|quiet| HomeEvent::QuietEnded { quiet });
        let events = std::iter::once(HomeEvent::QuietSet { order }).chain(ends).collect();
        let mut receipt = self.change(caller, Wish::plain(Act::HomeAll(events))).await?;
        receipt.undo = undo("storm.set", json!({ "on": false }), "the storm rings again");
        Ok(receipt)
    }

    async fn storm_off(&self, caller: &Caller) -> Answer<Receipt> {
        let home = self.engine.home();
        let events: Vec<HomeEvent> = storms(&home).into_iter().map(|quiet| HomeEvent::QuietEnded { quiet }).collect();
        if events.is_empty() {
            return Err(ApiError::new(Code::Refused, "No storm is on."));
        }
        let left = storm_until(&home, self.engine.now()).map_or(1, |until| (until.since(self.engine.now()) / MINUTE_MS).max(1));
        let mut receipt = self.change(caller, Wish::plain(Act::HomeAll(events))).await?;
        receipt.undo = undo("storm.set", json!({ "on": true, "minutes": left }), "the storm is quiet again");
        Ok(receipt)
    }
}

fn storms(home: &Home) -> Vec<EventId> {
    home.quiet.iter().filter(|(_, quiet)| quiet.order.shape == Shape::Storm).map(|(id, _)| *id).collect()
}

/// Until when a storm that somebody knows of makes no noise.
pub(in crate::in_process) fn storm_until(home: &Home, now: Timestamp) -> Option<Timestamp> {
    let storms = home.quiet.values().filter(|quiet| quiet.order.shape == Shape::Storm && quiet.holds(now));
    storms.map(|quiet| quiet.order.until).max()
}
