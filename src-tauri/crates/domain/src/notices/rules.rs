//! How loud each severity may be. Loud only where it matters: alert fatigue is the enemy.

use crate::Severity;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a notice shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Loudness {
    /// Stays until acted on (freedesktop urgency critical).
    Critical,
    /// A banner that goes by itself.
    Normal,
    /// Only in the notification list and the tray.
    Low,
    /// No notice; the tray counts.
    None,
}

impl Loudness {
    /// The same, but never one that stays until it is acted on.
    pub const fn at_most_normal(self) -> Self {
        match self {
            Self::Critical => Self::Normal,
            other => other,
        }
    }
}

/// A sound of the desktop's own theme.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "sounds by name")]
pub enum Sound {
    Bell,
    Chime,
    None,
}

/// The rule of one severity.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
pub struct NoticeRule {
    /// How it shows.
    pub loudness: Loudness,
    /// What it sounds like.
    pub sound: Sound,
    /// Minutes after which an unacknowledged notice comes again; only SEV1 and SEV2 may have it.
    pub repeat_minutes: Option<u32>,
}

/// Longest repeat a rule may ask for (4 h): later than that is forgetting.
pub const REPEAT_LIMIT_MINUTES: u32 = 240;

impl NoticeRule {
    /// The rule a home starts with.
    pub const fn default_for(severity: Severity) -> Self {
        match severity {
            Severity::Sev1 => Self { loudness: Loudness::Critical, sound: Sound::Bell, repeat_minutes: Some(5) },
            Severity::Sev2 => Self { loudness: Loudness::Critical, sound: Sound::Chime, repeat_minutes: Some(10) },
            Severity::Sev3 => Self { loudness: Loudness::Normal, sound: Sound::None, repeat_minutes: None },
            Severity::Sev4 => Self { loudness: Loudness::Low, sound: Sound::None, repeat_minutes: None },
            Severity::Sev5 => Self { loudness: Loudness::None, sound: Sound::None, repeat_minutes: None },
        }
    }
}
