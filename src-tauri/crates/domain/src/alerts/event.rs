//! What can happen to an alert of a group, and to the group.

use super::Change;
use crate::alarms::Verdict;
use crate::{AlertSeverity, ServiceName, SourceName, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything known when an alert began to fire.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Opened {
    /// Who sent it.
    pub source: SourceName,
    /// The sender's identity of the alert.
    pub key: String,
    /// Which firing.
    pub episode: String,
    /// Identity of its group, opaque.
    pub group_key: String,
    /// The group's name for people.
    pub group_title: String,
    /// One line.
    pub title: String,
    /// As the tool states it.
    pub severity: AlertSeverity,
    /// When it began.
    pub started_at: Timestamp,
    /// Label names and values.
    pub labels: BTreeMap<String, String>,
    /// Annotation names and values.
    pub annotations: BTreeMap<String, String>,
    /// Where to look.
    pub link: Option<String>,
    /// The service it speaks of.
    pub service: Option<ServiceName>,
    /// Names of the rules that fitted it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
}

/// Events of a group of alerts; `source` and `key` name the alert.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertEvent {
    /// Fires for the first time in this group.
    Opened(Opened),
    /// Fires again: another episode, or heard again after it lapsed.
    Reopened(Opened),
    /// The tool calls it better or worse.
    Changed {
        /// Who sent it.
        source: SourceName,
        /// The alert.
        key: String,
        /// How bad now.
        severity: AlertSeverity,
        /// One line.
        title: String,
    },
    /// Somebody at the tool looks at it.
    Acknowledged {
        /// Who sent it.
        source: SourceName,
        /// The alert.
        key: String,
        /// Who looks, where the tool says so.
        by: Option<String>,
    },
    /// The tool said that it ended.
    Resolved {
        /// Who sent it.
        source: SourceName,
        /// The alert.
        key: String,
        /// When.
        ended_at: Timestamp,
    },
    /// Nothing was heard for too long; that is not an end.
    Lapsed {
        /// Who should have sent it.
        source: SourceName,
        /// The alert.
        key: String,
    },
    /// A person looks at the group.
    GroupAcknowledged {},
    /// Whoever looked at it looks no more: it waits for somebody.
    GroupReleased {},
    /// Whether the group makes a noise, and why.
    Judged {
        /// The verdict.
        verdict: Verdict,
        /// How bad the worst alert is that it is about.
        severity: AlertSeverity,
    },
}

impl AlertEvent {
    /// The stable name.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Opened(_) => "alert.opened",
            Self::Reopened(_) => "alert.reopened",
            Self::Changed { .. } => "alert.changed",
            Self::Acknowledged { .. } => "alert.acknowledged",
            Self::Resolved { .. } => "alert.resolved",
            Self::Lapsed { .. } => "alert.lapsed",
            Self::GroupAcknowledged {} => "alert.group_acknowledged",
            Self::GroupReleased {} => "alert.group_released",
            Self::Judged { .. } => "alert.judged",
        }
    }
}

/// Something was done to a system.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeEvent {
    /// A source told of it.
    Seen {
        /// Who told.
        source: SourceName,
        /// What.
        change: Change,
    },
}

impl ChangeEvent {
    /// The stable name.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Seen { .. } => "change.seen",
        }
    }
}
