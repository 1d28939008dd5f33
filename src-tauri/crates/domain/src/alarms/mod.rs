//! Alarms: which alerts make a noise, which do not, and why, so that it can be said of each in one sentence.
//!
//! A group is judged when something about it is news, and when a reason to be silent passes. What a verdict changes is on
//! the record. Nothing here asks a clock or a database.

mod alarm;
mod explain;
mod flapping;
mod judge;
mod noise;
mod notice;
#[cfg(test)]
mod tests;

pub use alarm::{ALARM_BREAKS_MAX, ALARM_WINDOW_MS, Alarm, Rang, SETTLE_MS};
pub use explain::{Explained, explain};
pub use flapping::{FLAP_HOLD_MS, FLAP_TIMES, FLAP_WINDOW_MS, flaps_until};
pub use judge::{Candidate, GroupFacts, Judgement, judge};
pub use noise::Noise;
pub use notice::{Ringing, compose};

use crate::quiet::Shape;
use crate::{EventId, GroupId, IncidentRef, ServiceName, Severity, Timestamp};
use serde::{Deserialize, Serialize};

/// Whether a group makes a noise.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It does.
    Rings(Because),
    /// It does not.
    Silent(Hush),
}

/// Why it makes a noise.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// Nothing else rang just before.
    First,
    /// It is worse than what rang before.
    Worse,
    /// It reaches a service that nothing before had to do with.
    NewService(ServiceName),
    /// What kept it quiet has ended.
    Again,
}

/// Why it makes none.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hush {
    /// A person ordered it.
    Quiet {
        /// The order.
        quiet: EventId,
        /// Its kind.
        shape: Shape,
        /// Until when.
        until: Timestamp,
    },
    /// A rule says so.
    Rule {
        /// The rule's name.
        rule: String,
        /// Why, in the rule's words.
        why: String,
    },
    /// It comes and goes; it is held as one.
    Flapping {
        /// Until when, if it does not come again.
        until: Timestamp,
    },
    /// Something that its service rests on is down, and rang.
    Parent {
        /// What is down.
        service: ServiceName,
        /// The group that says so.
        group: GroupId,
    },
    /// It belongs to an open incident, which has a notice of its own.
    Attached {
        /// Which.
        incident: IncidentRef,
    },
    /// Somebody looks at it.
    Acknowledged {
        /// Who.
        by: String,
    },
    /// Alerts this bad make no noise in this home.
    TooLow {
        /// What an incident from it would be.
        severity: Severity,
    },
    /// It came close after another that rang, about the same things.
    Together {
        /// When that one rang.
        rang_at: Timestamp,
    },
    /// Nothing of it fires any more.
    Over,
}

impl Hush {
    /// When this reason passes by itself, where it does.
    pub const fn until(&self) -> Option<Timestamp> {
        match self {
            Self::Quiet { until, .. } | Self::Flapping { until } => Some(*until),
            Self::Rule { .. }
            | Self::Parent { .. }
            | Self::Attached { .. }
            | Self::Acknowledged { .. }
            | Self::TooLow { .. }
            | Self::Together { .. }
            | Self::Over => None,
        }
    }

    /// Whether the group is kept out of what waits for a decision.
    pub const fn absorbs(&self) -> bool {
        match self {
            Self::Quiet { .. } | Self::Rule { .. } | Self::Flapping { .. } | Self::Parent { .. } => true,
            Self::Attached { .. } | Self::Acknowledged { .. } | Self::TooLow { .. } | Self::Together { .. } | Self::Over => false,
        }
    }
}
