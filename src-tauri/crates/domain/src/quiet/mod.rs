//! Quiet: the one idea of it. Whatever keeps an alarm from making a noise has a scope, an end, a reason and an owner, is
//! in one list, and is never endless. It hides nothing: what is quiet is counted, and can be looked at.

mod recurrence;
#[cfg(test)]
mod tests;

pub use recurrence::{Recurrence, RecurrenceFault};

use crate::matching::{Facts, When};
use crate::{AlertSeverity, EventId, GroupId, ServiceName, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// Longest quiet without recurrence (30 days): longer is a change to the alert's own rule.
pub const QUIET_DAYS_MAX: i64 = 30;
/// Longest time over which a quiet may recur (366 days): a calendar is looked through once a year.
pub const RECURS_DAYS_MAX: i64 = 366;
/// How long a dismissal holds where its group does not end by itself (7 days).
pub const DISMISSED_DAYS: i64 = 7;
/// Longest reason in bytes.
pub const REASON_LIMIT: usize = 500;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What a quiet covers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuietScope {
    /// A group of alerts, until the last of them has ended; as dismissals were first recorded.
    GroupUntilOver(GroupId),
    /// A group of alerts.
    Group(GroupId),
    /// Every alert on which these conditions hold.
    Alerts(When),
    /// Every alert.
    Everything,
}

/// What kind of quiet it is: how it came about, and how it is called.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Noise, says a person.
    Dismissed,
    /// Not now; it rings again when its time is over.
    Snoozed,
    /// Known; until it ends or for a while.
    Muted,
    /// Somebody else's; handed on.
    NotMine,
    /// Work on it is planned.
    Maintenance,
    /// "I know": the storm under way.
    Storm,
    /// Only what is bad enough, at these hours.
    QuietHours,
}

impl Shape {
    /// The word for it, after "Kept quiet:".
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dismissed => "dismissed as noise",
            Self::Snoozed => "snoozed",
            Self::Muted => "muted",
            Self::NotMine => "handed on",
            Self::Maintenance => "maintenance",
            Self::Storm => "storm, somebody knows",
            Self::QuietHours => "quiet hours",
        }
    }

    /// The name on the wire.
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Dismissed => "dismissed",
            Self::Snoozed => "snoozed",
            Self::Muted => "muted",
            Self::NotMine => "not_mine",
            Self::Maintenance => "maintenance",
            Self::Storm => "storm",
            Self::QuietHours => "quiet_hours",
        }
    }

    /// Whether what it covered should ring, should it still fire when the quiet ends.
    pub const fn rings_after(self) -> bool {
        match self {
            Self::Snoozed | Self::Muted | Self::NotMine | Self::Maintenance | Self::Storm => true,
            Self::Dismissed | Self::QuietHours => false,
        }
    }
}

/// A quiet as somebody orders it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct QuietOrder {
    /// What it covers.
    pub scope: QuietScope,
    /// What kind it is.
    pub shape: Shape,
    /// What it covers, in words.
    pub title: String,
    /// Why.
    pub reason: String,
    /// When it begins; at once, where absent.
    pub from: Option<Timestamp>,
    /// When it ends at the latest.
    pub until: Timestamp,
    /// It ends earlier, when all that it covers is over.
    pub until_over: bool,
    /// It covers only what is less bad than this.
    pub below: Option<AlertSeverity>,
    /// It holds at these times only.
    pub recurs: Option<Recurrence>,
    /// What a storm has shown of itself: something else breaks through.
    pub known: Option<Known>,
}

/// What is known of a storm.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Known {
    /// The services it has reached.
    pub services: BTreeSet<ServiceName>,
    /// How bad its worst alert is.
    pub worst: Option<AlertSeverity>,
}

/// Why a quiet was refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's message is its documentation")]
pub enum QuietFault {
    #[error("It ends before it begins.")]
    EndsBeforeItBegins,
    #[error("Quiet lasts {QUIET_DAYS_MAX} days at most; what recurs, {RECURS_DAYS_MAX}. None is endless.")]
    TooLong,
    #[error("Say why: whoever finds it should understand it.")]
    NoReason,
    #[error("A reason holds {REASON_LIMIT} bytes at most.")]
    ReasonTooLong,
    #[error("Only part of everything may be quiet: give a storm, quiet hours or a maintenance window.")]
    TooWide,
    #[error("A storm ends within a day.")]
    StormTooLong,
}

impl QuietOrder {
    /// Whether it may be recorded at `now`.
    pub fn check(&self, now: Timestamp) -> Result<(), QuietFault> {
        let from = self.from.unwrap_or(now);
        let longest = if self.recurs.is_some() { RECURS_DAYS_MAX } else { QUIET_DAYS_MAX };
        if self.until <= from || self.until <= now {
            Err(QuietFault::EndsBeforeItBegins)
        } else if self.until.since(now) > longest * DAY_MS {
            Err(QuietFault::TooLong)
        } else if self.reason.trim().is_empty() {
            Err(QuietFault::NoReason)
        } else if self.reason.len() > REASON_LIMIT {
            Err(QuietFault::ReasonTooLong)
        } else if self.scope == QuietScope::Everything && !self.may_cover_everything() {
            Err(QuietFault::TooWide)
        } else if self.shape == Shape::Storm && self.until.since(now) > DAY_MS {
            Err(QuietFault::StormTooLong)
        } else {
            Ok(())
        }
    }

    const fn may_cover_everything(&self) -> bool {
        match self.shape {
            Shape::Storm | Shape::Maintenance => true,
            Shape::QuietHours => self.below.is_some(),
            Shape::Dismissed | Shape::Snoozed | Shape::Muted | Shape::NotMine => false,
        }
    }
}

/// One thing that is quiet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quiet {
    /// What was ordered.
    pub order: QuietOrder,
    /// Who said so.
    pub owner: String,
    /// Since when.
    pub since: Timestamp,
}

/// Why something is not covered although a quiet is about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Breach {
    /// It is worse than what the quiet covers.
    Worse,
    /// It reaches a service that the storm had not reached.
    NewService(ServiceName),
}

impl Quiet {
    /// Whether it holds at an instant, whatever it covers.
    pub fn holds(&self, at: Timestamp) -> bool {
        let begun = self.order.from.is_none_or(|from| from <= at);
        begun && at < self.order.until && self.order.recurs.as_ref().is_none_or(|recurs| recurs.holds(at))
    }

    /// When this changes next: it begins, rests or ends.
    pub fn turns(&self, after: Timestamp) -> Timestamp {
        let begins = self.order.from.filter(|from| *from > after);
        let recurs = self.order.recurs.as_ref().and_then(|recurs| recurs.turns(after));
        [begins, recurs].into_iter().flatten().fold(self.order.until, Timestamp::min)
    }

    /// Whether it is about this group.
    pub fn is_about(&self, group: GroupId) -> bool {
        match &self.order.scope {
            QuietScope::GroupUntilOver(about) | QuietScope::Group(about) => *about == group,
            QuietScope::Alerts(_) | QuietScope::Everything => false,
        }
    }

    /// Whether it covers an alert of a group; `Err` says by what the alert breaks through.
    pub fn covers(&self, group: GroupId, facts: &Facts<'_>) -> Option<Result<(), Breach>> {
        let about = match &self.order.scope {
            QuietScope::GroupUntilOver(about) | QuietScope::Group(about) => *about == group,
            QuietScope::Alerts(when) => when.holds(facts),
            QuietScope::Everything => true,
        };
        about.then(|| self.breach(facts).map_or(Ok(()), Err))
    }

    fn breach(&self, facts: &Facts<'_>) -> Option<Breach> {
        if self.order.below.is_some_and(|below| facts.severity <= below) {
            return Some(Breach::Worse);
        }
        let known = self.order.known.as_ref()?;
        if known.worst.is_none_or(|worst| facts.severity < worst) {
            return Some(Breach::Worse);
        }
        facts.service.filter(|service| !known.services.contains(*service)).cloned().map(Breach::NewService)
    }
}

/// What holds of an order as first recorded: a dismissal, until its group is over.
pub fn dismissal(group: GroupId, title: &str, reason: &str, at: Timestamp) -> QuietOrder {
    QuietOrder {
        scope: QuietScope::GroupUntilOver(group),
        shape: Shape::Dismissed,
        title: title.to_owned(),
        reason: reason.to_owned(),
        from: None,
        until: at.plus_millis(DISMISSED_DAYS * DAY_MS),
        until_over: true,
        below: None,
        recurs: None,
        known: None,
    }
}

/// The quiet that covers an alert now, the one that ends last first asked; or by what the alert breaks through all that
/// are about it. `None`: none is about it.
pub fn find<'q>(
    quiets: impl IntoIterator<Item = (&'q EventId, &'q Quiet)>,
    group: GroupId,
    facts: &Facts<'_>,
    now: Timestamp,
) -> Option<Result<(EventId, &'q Quiet), Breach>> {
    let mut breach = None;
    for (id, quiet) in quiets {
        if !quiet.holds(now) {
            continue;
        }
        match quiet.covers(group, facts) {
            Some(Ok(())) => return Some(Ok((*id, quiet))),
            Some(Err(by)) => breach = Some(by),
            None => {}
        }
    }
    breach.map(Err)
}
