//! A timeline as this machine knew it at an instant, composed from the ledger.

use super::compose::{Line, compose, mask, words};
use super::page::{group_of, redaction};
use crate::projections::groups;
use crate::rows::{Redaction, TimelineCursor, TimelineKinds, TimelineQuery, TimelineRow};
use crate::{StoreError, ledger};
use domain::incidents::IncidentEvent as E;
use domain::{EventId, IncidentId, Recorded, Subject, Timestamp};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// What was known.
struct Then {
    /// Events received by then. Words erased since are as their mask says, for they were words then.
    recorded: Vec<Recorded>,
    /// Their hashes, by sequence.
    hashes: BTreeMap<u64, [u8; 32]>,
    /// Entries redacted by now, whenever that was said.
    redacted: BTreeMap<EventId, (E, Option<Redaction>)>,
}

fn then(connection: &Connection, incident: IncidentId, at: Timestamp) -> Result<Then, StoreError> {
    let (mut recorded, mut hashes, mut redactions) = (vec![], BTreeMap::new(), vec![]);
    for stored in ledger::stored_of(connection, &Subject::Incident(incident))? {
        let (hash, late) = (stored.hash, stored.received_at > at);
        let one = stored.recorded()?;
        if let Some((target, masked)) = mask(&one) {
            redactions.push((one.order(), (target, (masked.clone(), redaction(&one)))));
        }
        if !late {
            hashes.insert(one.seq, hash);
            recorded.push(one);
        }
    }
    // Of two redactions the later one holds.
    redactions.sort_by_key(|(order, _)| *order);
    let redacted: BTreeMap<EventId, (E, Option<Redaction>)> = redactions.into_iter().map(|(_, redaction)| redaction).collect();
    // An entry erased since, whose redaction had not come by then, is still an entry: of the kind that its mask has.
    for one in recorded.iter_mut().filter(|one| one.event.is_none()) {
        one.event = redacted.get(&one.envelope.id).map(|(masked, _)| masked.clone().into());
    }
    Ok(Then { recorded, hashes, redacted })
}

/// The same page as it stood at an instant: only what this machine had received by then. Words that were taken out
/// since stay taken out.
pub fn as_of(connection: &Connection, query: &TimelineQuery, at: Timestamp) -> Result<Vec<TimelineRow>, StoreError> {
    let Then { recorded, hashes, redacted } = then(connection, query.incident, at)?;
    let by_seq: BTreeMap<u64, &Recorded> = recorded.iter().map(|one| (one.seq, one)).collect();
    let mut lines: Vec<Line> = compose(&recorded).into_iter().filter(|line| shown(line, query)).collect();
    lines.sort_by_key(|line| (line.at, line.hlc, line.seq));
    let skip = lines.len().saturating_sub(query.limit);
    let rows = lines.into_iter().skip(skip).map(|line| {
        let one = by_seq[&line.seq];
        let redaction = redacted.get(&one.envelope.id).and_then(|(_, redaction)| redaction.clone());
        let corrected_by = line.corrected_by.and_then(|seq| by_seq.get(&seq));
        let reworded_by = line.reworded_by.and_then(|seq| by_seq.get(&seq));
        let group = group_of(words(one)).map(|group| groups::as_of(connection, group, at)).transpose()?.flatten();
        let mut recorded = one.clone();
        if redaction.is_some() {
            recorded.event = None;
        }
        Ok(TimelineRow {
            occurred_at: line.at,
            pinned: line.pinned,
            corrected_by: corrected_by.map(|by| by.envelope.id),
            corrected_text: reworded_by.and_then(|by| words(by)).and_then(E::words).map(str::to_owned),
            redaction,
            group,
            hash: hashes[&line.seq],
            recorded,
        })
    });
    rows.collect()
}

fn shown(line: &Line, query: &TimelineQuery) -> bool {
    let place = TimelineCursor { at: line.at, hlc: line.hlc.0, seq: line.seq };
    let kind = match &query.kinds {
        TimelineKinds::All => true,
        TimelineKinds::People => !line.machine,
        TimelineKinds::Pinned => line.pinned,
        TimelineKinds::Machine => line.machine,
        TimelineKinds::One(kind) => line.kind == kind,
    };
    kind && query.before.is_none_or(|before| place < before)
}
