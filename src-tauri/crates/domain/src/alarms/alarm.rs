//! The home's alarm: one noise for what belongs together. What comes close after it adds to it in silence, unless it is
//! worse or about something else.

use crate::{AlertSeverity, EventId, GroupId, ServiceName, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How long after a noise what comes belongs to it (10 min).
pub const ALARM_WINDOW_MS: i64 = 10 * 60_000;
/// How often another service may break through one alarm: beyond that a storm is told as one. What is worse always does.
pub const ALARM_BREAKS_MAX: u32 = 3;
/// Time between a verdict and its notice (3 s): what a tool sends in one breath is said in one.
pub const SETTLE_MS: i64 = 3_000;
/// Groups remembered with an alarm: its notice names a few, the inbox has all.
const GROUPS_KEPT: usize = 200;

/// What rang in one moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rang {
    /// The groups.
    pub groups: Vec<GroupId>,
    /// How bad the worst of them is.
    pub worst: AlertSeverity,
    /// The services they speak of.
    pub services: BTreeSet<ServiceName>,
}

/// The last alarm.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alarm {
    /// The event by which it last rang.
    pub id: EventId,
    /// When it first rang.
    pub at: Timestamp,
    /// When it last rang.
    pub last: Timestamp,
    /// How bad its worst alert is.
    pub worst: AlertSeverity,
    /// The services it is about.
    pub services: BTreeSet<ServiceName>,
    /// The groups that rang.
    pub groups: Vec<GroupId>,
    /// How often something broke through.
    pub breaks: u32,
    /// When its notice was last shown.
    pub shown_at: Option<Timestamp>,
    /// Why it could not be shown.
    pub failure: Option<String>,
    /// Whether somebody has seen to all that rang, or it is over.
    pub answered: bool,
}

impl Alarm {
    /// Whether what comes now still belongs to it. What breaks through makes it no longer: a storm is told of anew every
    /// ten minutes.
    pub fn is_on(&self, now: Timestamp) -> bool {
        let since = now.since(self.at);
        (0..ALARM_WINDOW_MS).contains(&since)
    }

    /// Follows a noise.
    pub fn evolve(before: Option<Self>, id: EventId, rang: &Rang, at: Timestamp) -> Self {
        let mut now = match before.filter(|before| before.is_on(at)) {
            Some(before) => Self { id, last: at, answered: false, breaks: before.breaks.saturating_add(1), ..before },
            None => Self {
                id,
                at,
                last: at,
                worst: rang.worst,
                services: BTreeSet::new(),
                groups: vec![],
                breaks: 0,
                shown_at: None,
                failure: None,
                answered: false,
            },
        };
        now.worst = now.worst.min(rang.worst);
        now.services.extend(rang.services.iter().cloned());
        let fresh: Vec<GroupId> = rang.groups.iter().copied().filter(|group| !now.groups.contains(group)).collect();
        now.groups.extend(fresh);
        now.groups.truncate(GROUPS_KEPT);
        now
    }
}
