//! What a source of alerts might send, in the normal form of all formats.

use crate::START;
use domain::alerts::{Signal, SignalState};
use domain::{AlertSeverity, SourceName, Timestamp};

/// The source that [`House::ingest`](crate::House::ingest) speaks for.
pub const SOURCE: &str = "alertmanager";

/// It fires, and its sender names no time at which it lapses.
pub const FIRING: SignalState = SignalState::Firing { lapses_at: None };

/// One critical alert of the group "Disk full", which began with the story.
pub fn signal(key: &str, episode: &str, state: SignalState) -> Signal {
    Signal {
        key: key.into(),
        episode: episode.into(),
        group_key: "{}:{alertname=\"DiskFull\"}".into(),
        group_title: "Disk full".into(),
        title: format!("Disk full on {key}"),
        severity: AlertSeverity::Critical,
        started_at: START,
        state,
        labels: [("alertname".to_owned(), "DiskFull".to_owned()), ("instance".to_owned(), key.to_owned())].into(),
        annotations: [].into(),
        link: None,
        service: None,
        rules: vec![],
    }
}

/// The alert `key` fires, for the first time.
pub fn firing(key: &str) -> Signal {
    signal(key, "1", FIRING)
}

/// The alert `key` ended.
pub fn ended(key: &str, ended_at: Timestamp) -> Signal {
    signal(key, "1", SignalState::Resolved { ended_at })
}

/// The name of [`SOURCE`].
pub(crate) fn source() -> SourceName {
    SourceName(SOURCE.into())
}
