//! Events as lines of a timeline, without a database: what the table holds, and what was known at an earlier instant.

use domain::incidents::IncidentEvent as E;
use domain::{Entry, Event, EventId, Hlc, Recorded, Timestamp};
use std::collections::BTreeMap;

/// One line. Other events are named by their sequence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    pub seq: u64,
    /// Effective time: as last corrected.
    pub at: Timestamp,
    pub hlc: Hlc,
    pub machine: bool,
    pub kind: &'static str,
    pub pinned: bool,
    pub corrected_by: Option<u64>,
    pub reworded_by: Option<u64>,
    pub redacted_by: Option<u64>,
}

impl Line {
    /// The line that an event makes of its own; `None` for those that only change another one.
    pub fn of(recorded: &Recorded, event: &E) -> Option<Self> {
        let envelope = &recorded.envelope;
        Some(Self {
            seq: recorded.seq,
            at: envelope.occurred_at,
            hlc: envelope.hlc,
            machine: envelope.entry.actor.person().is_none(),
            kind: event.entry_kind()?,
            pinned: matches!(event, E::Noted { pinned: true, .. }),
            corrected_by: None,
            reworded_by: None,
            redacted_by: None,
        })
    }
}

/// The lines of an incident's events, given in any order; sorted by the order of the fold.
pub fn compose(events: &[Recorded]) -> Vec<Line> {
    let mut order: Vec<&Recorded> = events.iter().collect();
    order.sort_by_key(|recorded| recorded.order());
    let masks: BTreeMap<EventId, &E> = order.iter().filter_map(|recorded| mask(recorded)).collect();
    let mut lines: Vec<Line> = vec![];
    let mut places: BTreeMap<EventId, usize> = BTreeMap::new();
    for recorded in order {
        let id = recorded.envelope.id;
        let Some(event) = words(recorded).or_else(|| masks.get(&id).copied()) else { continue };
        if let Some(line) = Line::of(recorded, event) {
            places.insert(id, lines.len());
            lines.push(line);
        }
        let target = event.target().filter(|_| may_change(&recorded.envelope.entry, event));
        if let Some(line) = target.and_then(|target| places.get(&target)).map(|place| &mut lines[*place]) {
            change(line, recorded.seq, event);
        }
    }
    lines
}

/// Whether the author of `entry` may change another entry's line: a machine changes no person's words, time or key
/// moments. What was redacted is gone, whoever says so.
pub fn may_change(entry: &Entry, event: &E) -> bool {
    entry.doer().is_some() || matches!(event, E::Redacted { .. })
}

/// An event's own words.
pub fn words(recorded: &Recorded) -> Option<&E> {
    match &recorded.event {
        Some(Event::Incident(event)) => Some(event),
        Some(Event::Alert(_) | Event::Home(_) | Event::Change(_)) | None => None,
    }
}

/// The entry that a redaction masks, and what stands in place of its words.
pub fn mask(recorded: &Recorded) -> Option<(EventId, &E)> {
    let Some(E::Redacted { target, masked, .. }) = words(recorded) else { return None };
    Some((*target, masked))
}

fn change(line: &mut Line, by: u64, event: &E) {
    if let E::Pinned { pinned, .. } = event {
        line.pinned = *pinned;
    } else if let E::Corrected { occurred_at, text, .. } = event {
        line.corrected_by = Some(by);
        line.at = occurred_at.unwrap_or(line.at);
        line.reworded_by = if text.is_some() { Some(by) } else { line.reworded_by };
    } else if let E::Redacted { .. } = event {
        line.redacted_by = Some(by);
    }
}
