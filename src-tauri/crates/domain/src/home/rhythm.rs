//! How often customers and stakeholders hear of an incident, and how soon somebody should know and resolve it: one rule a
//! severity. Numbers after PagerDuty's communication guidelines (field-guide section 3.6).

use crate::{Severity, Status};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Longest cadence, target or time box in minutes (a week): longer is a plan, not a clock.
pub const MINUTES_LIMIT: u32 = 7 * 24 * 60;

/// How often an update is promised. Only a person ever promises one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
pub struct Cadence {
    /// Minutes from one update to the next.
    pub every_minutes: u32,
    /// The same in a long incident.
    pub long_minutes: u32,
    /// Minutes after which an incident is long.
    pub long_after_minutes: u32,
}

impl Cadence {
    /// The cadence a home starts with.
    pub const fn default_for(severity: Severity) -> Self {
        let (every_minutes, long_minutes) = match severity {
            Severity::Sev1 => (20, 60),
            Severity::Sev2 => (30, 60),
            Severity::Sev3 => (60, 120),
            Severity::Sev4 | Severity::Sev5 => (240, 480),
        };
        Self { every_minutes, long_minutes, long_after_minutes: 120 }
    }
}

/// How soon somebody should know of an incident and resolve it, and in which states that clock rests.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
pub struct Targets {
    /// Minutes from the declaration until a person showed that they know; none: no such clock.
    pub acknowledge_minutes: Option<u32>,
    /// Minutes from the declaration until it is resolved; none: no such clock.
    pub resolve_minutes: Option<u32>,
    /// States in which the clock to resolve rests.
    pub pauses: Vec<Status>,
}

impl Targets {
    /// The targets a home starts with.
    pub fn default_for(severity: Severity) -> Self {
        let (acknowledge_minutes, resolve_minutes) = match severity {
            Severity::Sev1 => (Some(5), Some(4 * 60)),
            Severity::Sev2 => (Some(15), Some(8 * 60)),
            Severity::Sev3 => (Some(60), Some(3 * 24 * 60)),
            Severity::Sev4 | Severity::Sev5 => (None, None),
        };
        Self { acknowledge_minutes, resolve_minutes, pauses: vec![Status::Monitoring] }
    }
}

/// Where people of an incident meet by voice.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BridgeRule {
    /// Nowhere unless an incident says so.
    #[default]
    None,
    /// Always the same room.
    Fixed {
        /// Its address.
        url: String,
    },
    /// A room of its own on a Jitsi server.
    Jitsi {
        /// The server, such as `https://meet.jit.si`.
        server: String,
    },
}
