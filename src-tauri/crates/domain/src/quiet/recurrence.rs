//! Times that come again: RFC 5545 recurrence rules with a length, in somebody's own zone.

use crate::Timestamp;
use chrono::{DateTime, TimeZone, Utc};
use rrule::{RRule, RRuleSet, Tz, Unvalidated};
use serde::{Deserialize, Serialize};

/// Longest single time in minutes (a week).
pub const LASTS_MINUTES_MAX: u32 = 7 * 24 * 60;
/// Times looked through for one answer: a rule with more within its longest length is refused.
const TIMES_LOOKED_AT: u16 = 400;

/// When a quiet recurs: from `first` on, by the rule, each time for so long.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Recurrence {
    /// The rule, such as `FREQ=WEEKLY;BYDAY=TU`.
    pub rule: String,
    /// The first time.
    pub first: Timestamp,
    /// Minutes that each time lasts.
    pub minutes: u32,
    /// The zone in which the rule counts days and hours, by its IANA name.
    pub zone: String,
}

/// Why a recurrence does not read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's message is its documentation")]
pub enum RecurrenceFault {
    #[error("{0:?} is no recurrence rule. Write it like FREQ=WEEKLY;BYDAY=TU.")]
    NoRule(String),
    #[error("{0:?} is no time zone. Write it like Europe/Berlin.")]
    NoZone(String),
    #[error("Each time lasts 1 to {LASTS_MINUTES_MAX} minutes.")]
    LastsOutOfRange,
    #[error("A rule recurs once an hour at most, and not while it still lasts.")]
    TooOften,
}

impl Recurrence {
    /// Whether it reads and leaves time between.
    pub fn check(&self) -> Result<(), RecurrenceFault> {
        if !(1..=LASTS_MINUTES_MAX).contains(&self.minutes) {
            return Err(RecurrenceFault::LastsOutOfRange);
        }
        let set = self.set()?;
        let times = set.all(50).dates;
        let apart = times.windows(2).map(|pair| (pair[1] - pair[0]).num_minutes()).min();
        match apart {
            Some(apart) if apart < 60 || apart < i64::from(self.minutes) => Err(RecurrenceFault::TooOften),
            Some(_) | None => Ok(()),
        }
    }

    /// Whether an instant lies within one of its times.
    pub fn holds(&self, at: Timestamp) -> bool {
        self.around(at).is_some_and(|begun| at.since(begun) < self.length())
    }

    /// The next beginning or end after an instant.
    pub fn turns(&self, after: Timestamp) -> Option<Timestamp> {
        let ends = self.around(after).map(|begun| begun.plus_millis(self.length())).filter(|end| *end > after);
        ends.or_else(|| self.times(after.plus_millis(1), None).first().copied())
    }

    fn length(&self) -> i64 {
        i64::from(self.minutes) * 60_000
    }

    /// The last time that began by `at`, among those that could still last.
    fn around(&self, at: Timestamp) -> Option<Timestamp> {
        self.times(at.plus_millis(-self.length()), Some(at)).last().copied()
    }

    fn times(&self, from: Timestamp, to: Option<Timestamp>) -> Vec<Timestamp> {
        let Ok(set) = self.set() else { return vec![] };
        let set = set.after(Tz::UTC.from_utc_datetime(&from.utc().naive_utc()));
        let (set, most) = match to {
            Some(to) => (set.before(Tz::UTC.from_utc_datetime(&to.utc().naive_utc())), TIMES_LOOKED_AT),
            None => (set, 1),
        };
        set.all(most).dates.into_iter().map(|date| Timestamp::from(date.with_timezone(&Utc))).collect()
    }

    fn set(&self) -> Result<RRuleSet, RecurrenceFault> {
        let zone: chrono_tz::Tz = self.zone.parse().map_err(|_| RecurrenceFault::NoZone(self.zone.clone()))?;
        let refused = || RecurrenceFault::NoRule(self.rule.clone());
        let rule: RRule<Unvalidated> = self.rule.trim_start_matches("RRULE:").parse().map_err(|_| refused())?;
        let first: DateTime<Tz> = self.first.utc().with_timezone(&Tz::Tz(zone));
        rule.build(first).map_err(|_| refused())
    }
}
