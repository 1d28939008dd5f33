//! Alerts: opened, changed, resolved, lapsed, reopened. A repeat is a sighting, not an event; a machine never
//! overwrites what a person decided, and *lapsed* (nothing heard) is never called *resolved*.

mod decide;
mod event;
#[cfg(test)]
mod tests;

pub use decide::{Heard, decide, goes_on, lapse};
pub use event::{AlertEvent, ChangeEvent, Opened};

use crate::matching::Facts;
use crate::{AlertSeverity, GroupId, ServiceName, SourceName, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most alerts that one request may carry: Prometheus sends 64 a batch, Alertmanager groups are cut by `max_alerts`.
pub const BATCH_LIMIT: usize = 10_000;
/// Longest text kept of a label or annotation value in bytes (8 KiB).
pub const VALUE_LIMIT: usize = 8 * 1024;

/// What a sender says about one alert: the normal form that every format yields.
#[derive(Clone, PartialEq, Debug)]
pub struct Signal {
    /// The sender's identity of the alert: the same for every firing.
    pub key: String,
    /// Tells one firing from the next; empty where the sender does not.
    pub episode: String,
    /// Identity of the group it belongs to, opaque.
    pub group_key: String,
    /// The group's name for people.
    pub group_title: String,
    /// One line.
    pub title: String,
    /// As the tool states it.
    pub severity: AlertSeverity,
    /// When it began, by the sender's clock.
    pub started_at: Timestamp,
    /// Firing, or over since when.
    pub state: SignalState,
    /// Label names and values.
    pub labels: BTreeMap<String, String>,
    /// Annotation names and values.
    pub annotations: BTreeMap<String, String>,
    /// Where to look, http or https only.
    pub link: Option<String>,
    /// The service it speaks of, where a label says so.
    pub service: Option<ServiceName>,
    /// Names of the home's rules that fitted it; formats know none.
    pub rules: Vec<String>,
}

impl Signal {
    /// What conditions may ask of it.
    pub const fn facts<'a>(&'a self, source: &'a SourceName) -> Facts<'a> {
        Facts {
            source,
            service: self.service.as_ref(),
            severity: self.severity,
            title: self.title.as_str(),
            labels: &self.labels,
            annotations: &self.annotations,
        }
    }
}

/// What a signal says about the present.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SignalState {
    /// It fires; without word until then it lapses (`None`: the sender names no time).
    Firing {
        /// When it lapses.
        lapses_at: Option<Timestamp>,
    },
    /// Somebody at the tool looks at it; it still fires.
    Acknowledged {
        /// Who, where the tool says so.
        by: Option<String>,
    },
    /// It ended.
    Resolved {
        /// When, by the sender's clock.
        ended_at: Timestamp,
    },
}

/// Something that was done to a system: a deployment, a run of a pipeline. Context, never an alarm.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Change {
    /// The sender's identity of it: the same one is on the record once.
    pub key: String,
    /// One line.
    pub title: String,
    /// When it was done, by the sender's clock.
    pub at: Timestamp,
    /// How it went, in the sender's word, such as `success`.
    pub outcome: Option<String>,
    /// The service it was done to, where the sender says so.
    pub service: Option<ServiceName>,
    /// Where to look, http or https only.
    pub link: Option<String>,
    /// What else was said: repository, branch, environment, who.
    pub labels: BTreeMap<String, String>,
}

/// Where one alert stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertStatus {
    /// It fires, as far as heard.
    Firing,
    /// Its sender said that it ended.
    Resolved,
    /// Nothing was heard of it for too long.
    Lapsed,
}

impl AlertStatus {
    /// The name on the wire.
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Firing => "firing",
            Self::Resolved => "resolved",
            Self::Lapsed => "lapsed",
        }
    }
}

/// What must be known of an alert to judge the next signal about it.
#[derive(Clone, PartialEq, Debug)]
pub struct AlertState {
    /// Its source.
    pub source: SourceName,
    /// Its key.
    pub key: String,
    /// Its group now.
    pub group: GroupId,
    /// Its present or last episode.
    pub episode: String,
    /// When that episode began.
    pub started_at: Timestamp,
    /// Where it stands.
    pub status: AlertStatus,
    /// How bad the tool calls it.
    pub severity: AlertSeverity,
    /// Whether somebody at the tool said that they look at this episode.
    pub acknowledged: bool,
}
