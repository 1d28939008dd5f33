//! The triage inbox: what waits for a decision, in the order in which it needs one, with what helps to decide.

mod advice;
mod order;
mod past;
pub(super) mod reading;

use super::changes::view as change;
use super::quiets::{listed, storm_until};
use super::{Answer, InProcess, views};
use crate::dto::*;
use domain::Timestamp;
use domain::alarms::{Hush, Verdict};
use domain::home::Home;
use domain::quiet::Shape;
use reading::Read;
use store::FiringRow;

/// "Today" is the last 24 h, for a night shift has two dates.
const TODAY_MS: i64 = 24 * 60 * 60_000;
/// Changes of so long ago are shown beside the inbox (2 h).
const CHANGES_MS: i64 = 2 * 60 * 60_000;

impl InProcess {
    pub(super) async fn inbox(&self) -> Answer<InboxView> {
        let (home, now) = (self.engine.home(), self.engine.now());
        let asked = reading::Asked {
            ringing: home.alarm.as_ref().map(|alarm| alarm.groups.clone()).unwrap_or_default(),
            today: now.plus_millis(-TODAY_MS),
            changes_from: now.plus_millis(-CHANGES_MS),
            now,
        };
        let read = self.engine.read(move |reader| reading::read(reader, &asked)).await?;
        let sources = self.sources().await?;
        let waiting = waiting(&home, &read, now);
        Ok(InboxView {
            waiting,
            waiting_total: read.total,
            absorbed: read.absorbed,
            absorbed_since: now.plus_millis(-TODAY_MS),
            storm_until: storm_until(&home, now),
            storm_held: storm_held(&home, &read.firing),
            quiet: listed(&home, &read.firing, now),
            ears: self.hearing(&sources),
            sources,
            changes: read.changes.into_iter().map(change).collect(),
        })
    }
}

fn waiting(home: &Home, read: &Read, now: Timestamp) -> Vec<TriageView> {
    let mut groups: Vec<&reading::Waiting> = read.waiting.iter().collect();
    groups.sort_by_key(|waiting| order::key(&waiting.row));
    let likeness = advice::Likenesses::of(home, &groups, &read.open);
    let past = past::Past::of(&read.resolved);
    let view = |(place, waiting): (usize, &&reading::Waiting)| {
        let ruled = advice::ruled(home, waiting);
        let (suggested, suggested_because) = advice::severity(waiting, &ruled);
        let (alike, alike_because) = likeness.alike(place);
        TriageView {
            group: views::group(&waiting.row, vec![]),
            suggested,
            suggested_because,
            likely: likeness.likely(place),
            alike,
            alike_because,
            similar: past.similar(&waiting.row),
            owner: advice::owner(home, waiting, &ruled),
            playbook: ruled.playbook,
            why: advice::why(home, &waiting.row),
            spark: order::spark(read.beginnings.get(&waiting.row.id).map(Vec::as_slice).unwrap_or_default(), now),
        }
    };
    groups.iter().enumerate().map(view).collect()
}

/// Alerts that fire and make no noise because somebody knows of the storm.
fn storm_held(home: &Home, firing: &[FiringRow]) -> u64 {
    let held = firing.iter().filter(|row| match &row.noise.verdict {
        Verdict::Silent(Hush::Quiet { quiet, .. }) => home.quiet.get(quiet).is_some_and(|quiet| quiet.order.shape == Shape::Storm),
        Verdict::Silent(_) | Verdict::Rings(_) => false,
    });
    held.map(|row| row.firing).sum()
}
