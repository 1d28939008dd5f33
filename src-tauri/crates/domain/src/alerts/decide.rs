//! What a signal means, given what is known of its alert.

use super::event::{AlertEvent, Opened};
use super::{AlertState, AlertStatus, Signal, SignalState};
use crate::{AlertSeverity, SourceName};

/// What came of a signal.
#[derive(Clone, PartialEq, Debug)]
pub enum Heard {
    /// Something new: on the record.
    News(Box<AlertEvent>),
    /// Known already: counted.
    Repeat,
    /// About an episode that is over, or an alert never seen firing: nothing to count.
    Stale,
}

/// Whether a signal says only that the firing under way goes on, and no worse or better than before: a repeat, as
/// [`decide`] has it, told without taking the signal apart. `severity` is how bad it is to be called.
pub fn goes_on(known: &AlertState, signal: &Signal, severity: AlertSeverity) -> bool {
    let fires = matches!(signal.state, SignalState::Firing { .. });
    fires && known.status == AlertStatus::Firing && known.severity == severity && is_same_episode(known, signal)
}

/// Judges a signal. Out-of-order words about an earlier episode change nothing.
pub fn decide(known: Option<&AlertState>, source: &SourceName, signal: Signal) -> Heard {
    match (known, &signal.state) {
        (None, SignalState::Firing { .. }) => news(AlertEvent::Opened(opened(source, signal))),
        (None, SignalState::Acknowledged { .. } | SignalState::Resolved { .. }) => Heard::Stale,
        (Some(known), SignalState::Firing { .. }) => fires(known, source, signal),
        (Some(known), SignalState::Acknowledged { by }) => match known.status {
            AlertStatus::Firing | AlertStatus::Lapsed if known.acknowledged => Heard::Repeat,
            AlertStatus::Firing | AlertStatus::Lapsed => {
                news(AlertEvent::Acknowledged { source: source.clone(), key: signal.key, by: by.clone() })
            }
            AlertStatus::Resolved => Heard::Stale,
        },
        (Some(known), &SignalState::Resolved { ended_at }) => match known.status {
            AlertStatus::Firing | AlertStatus::Lapsed if ended_at >= known.started_at => {
                news(AlertEvent::Resolved { source: source.clone(), key: signal.key, ended_at })
            }
            AlertStatus::Firing | AlertStatus::Lapsed => Heard::Stale,
            AlertStatus::Resolved => Heard::Repeat,
        },
    }
}

fn fires(known: &AlertState, source: &SourceName, signal: Signal) -> Heard {
    let same_episode = is_same_episode(known, &signal);
    match known.status {
        AlertStatus::Firing if goes_on(known, &signal, signal.severity) => Heard::Repeat,
        AlertStatus::Firing if same_episode => {
            news(AlertEvent::Changed { source: source.clone(), key: signal.key, severity: signal.severity, title: signal.title })
        }
        AlertStatus::Lapsed if same_episode => news(AlertEvent::Reopened(opened(source, signal))),
        AlertStatus::Resolved if same_episode => Heard::Stale,
        AlertStatus::Firing | AlertStatus::Resolved | AlertStatus::Lapsed if signal.started_at < known.started_at => Heard::Stale,
        AlertStatus::Firing | AlertStatus::Resolved | AlertStatus::Lapsed => news(AlertEvent::Reopened(opened(source, signal))),
    }
}

/// A sender that names no start speaks of the firing under way; after an end it begins another.
fn is_same_episode(known: &AlertState, signal: &Signal) -> bool {
    known.episode == signal.episode || signal.episode.is_empty() && known.status != AlertStatus::Resolved
}

/// Judges silence: a firing alert whose time has run out lapses.
pub fn lapse(known: &AlertState) -> Option<AlertEvent> {
    match known.status {
        AlertStatus::Firing => Some(AlertEvent::Lapsed { source: known.source.clone(), key: known.key.clone() }),
        AlertStatus::Resolved | AlertStatus::Lapsed => None,
    }
}

fn news(event: AlertEvent) -> Heard {
    Heard::News(Box::new(event))
}

fn opened(source: &SourceName, signal: Signal) -> Opened {
    Opened {
        source: source.clone(),
        key: signal.key,
        episode: if signal.episode.is_empty() { signal.started_at.to_string() } else { signal.episode },
        group_key: signal.group_key,
        group_title: signal.group_title,
        title: signal.title,
        severity: signal.severity,
        started_at: signal.started_at,
        labels: signal.labels,
        annotations: signal.annotations,
        link: signal.link,
        service: signal.service,
        rules: signal.rules,
    }
}
