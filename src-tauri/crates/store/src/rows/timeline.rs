//! Timelines as pages of rows.

use super::GroupRow;
use domain::incidents::IncidentEvent;
use domain::{EventId, IncidentId, Recorded, Timestamp};
use std::fmt;
use std::str::FromStr;

/// A page of an incident's timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimelineQuery {
    /// The incident.
    pub incident: IncidentId,
    /// Only entries before this place.
    pub before: Option<TimelineCursor>,
    /// At most so many, the newest.
    pub limit: usize,
    /// Which entries.
    pub kinds: TimelineKinds,
    /// As it was known at this instant: only what this machine had received by then.
    pub as_of: Option<Timestamp>,
}

/// Which entries of a timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TimelineKinds {
    /// All.
    All,
    /// Those a person entered.
    People,
    /// Key moments.
    Pinned,
    /// Those a machine entered.
    Machine,
    /// Those of one kind, by its name on the wire.
    One(String),
}

/// A place in a timeline: entries sort by effective time, then clock, then arrival.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TimelineCursor {
    /// Effective time.
    pub at: Timestamp,
    /// Hybrid clock.
    pub hlc: u64,
    /// Arrival.
    pub seq: u64,
}

impl fmt::Display for TimelineCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}_{}", self.at.millis(), self.hlc, self.seq)
    }
}

/// Text that is no place in a timeline.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("That is no place in a timeline.")]
pub struct NoCursor;

impl FromStr for TimelineCursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let mut parts = text.split('_');
        let mut next = || parts.next().ok_or(NoCursor);
        let at = Timestamp(next()?.parse().map_err(|_| NoCursor)?);
        let hlc = next()?.parse().map_err(|_| NoCursor)?;
        let seq = next()?.parse().map_err(|_| NoCursor)?;
        parts.next().is_none().then_some(Self { at, hlc, seq }).ok_or(NoCursor)
    }
}

/// Words that were taken out of an entry.
#[derive(Clone, PartialEq, Debug)]
pub struct Redaction {
    /// Who took them out.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// What stands in their place.
    pub masked: IncidentEvent,
}

/// One entry of a timeline, with what later entries say about it.
#[derive(Clone, PartialEq, Debug)]
pub struct TimelineRow {
    /// The entry as it was recorded.
    pub recorded: Recorded,
    /// When it happened, as far as known now.
    pub occurred_at: Timestamp,
    /// A key moment.
    pub pinned: bool,
    /// The last correction of it.
    pub corrected_by: Option<EventId>,
    /// What it should say, by the last correction of its words.
    pub corrected_text: Option<String>,
    /// That its words were taken out.
    pub redaction: Option<Redaction>,
    /// The group it speaks of, as it stands now, or as it was known then where that was asked.
    pub group: Option<GroupRow>,
    /// Its link in the chain of its device.
    pub hash: [u8; 32],
}

impl TimelineRow {
    /// Its place in the timeline.
    pub fn cursor(&self) -> TimelineCursor {
        TimelineCursor { at: self.occurred_at, hlc: self.recorded.envelope.hlc.0, seq: self.recorded.seq }
    }
}

/// How many entries a timeline has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TimelineCounts {
    /// All.
    pub total: u64,
    /// Entered by people.
    pub people: u64,
    /// Key moments.
    pub pinned: u64,
    /// Entered by machines.
    pub machine: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_timeline_reads_back() {
        let place = TimelineCursor { at: Timestamp(-5), hlc: 7 << 16, seq: 3 };
        assert_eq!(place.to_string().parse(), Ok(place));
        for wrong in ["", "1_2", "1_2_3_4", "a_b_c"] {
            assert_eq!(wrong.parse::<TimelineCursor>(), Err(NoCursor), "{wrong:?} is no place");
        }
    }
}
