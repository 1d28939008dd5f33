//! Pages of a timeline, from the table; the words are read from the events.

use super::compose::words;
use crate::ledger::{self, Stored};
use crate::projections::groups;
use crate::rows::{Redaction, TimelineCursor, TimelineKinds, TimelineQuery, TimelineRow};
use crate::{StoreError, columns, sql};
use domain::incidents::IncidentEvent as E;
use domain::{Event, GroupId, Recorded, Timestamp};
use rusqlite::{Connection, params};

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT seq, at, pinned, corrected_by, reworded_by, redacted_by FROM timeline WHERE incident = ?1 AND ",
            $which,
            " AND (at, hlc, seq) < (?2, ?3, ?4) ORDER BY at DESC, hlc DESC, seq DESC LIMIT ?5"
        )
    };
}

/// What the table says of one entry.
struct Found {
    seq: i64,
    at: Timestamp,
    pinned: bool,
    corrected_by: Option<i64>,
    reworded_by: Option<i64>,
    redacted_by: Option<i64>,
}

/// The newest entries before a place, oldest first. Reads no more than the page.
pub fn page(connection: &Connection, query: &TimelineQuery) -> Result<Vec<TimelineRow>, StoreError> {
    let end = TimelineCursor { at: Timestamp(i64::MAX), hlc: i64::MAX as u64, seq: i64::MAX as u64 };
    let before = query.before.unwrap_or(end);
    let place = (before.at.0, columns::signed(before.hlc).unwrap_or(i64::MAX), columns::signed(before.seq).unwrap_or(i64::MAX));
    let incident = query.incident.0.as_bytes();
    let limit = columns::limit(query.limit);
    let values = params![incident, place.0, place.1, place.2, limit];
    let mut found = match &query.kinds {
        TimelineKinds::All => sql::all(connection, select!("true"), values, read),
        TimelineKinds::People => sql::all(connection, select!("machine = 0"), values, read),
        TimelineKinds::Machine => sql::all(connection, select!("machine = 1"), values, read),
        TimelineKinds::Pinned => sql::all(connection, select!("pinned = 1"), values, read),
        TimelineKinds::One(kind) => {
            sql::all(connection, select!("kind = ?6"), params![incident, place.0, place.1, place.2, limit, kind], read)
        }
    }?;
    found.reverse();
    found.into_iter().map(|found| whole(connection, found)).collect()
}

fn read(row: &rusqlite::Row<'_>) -> Result<Found, StoreError> {
    Ok(Found {
        seq: row.get(0)?,
        at: Timestamp(row.get(1)?),
        pinned: row.get(2)?,
        corrected_by: row.get(3)?,
        reworded_by: row.get(4)?,
        redacted_by: row.get(5)?,
    })
}

fn whole(connection: &Connection, found: Found) -> Result<TimelineRow, StoreError> {
    let of = |seq: Option<i64>| seq.map(|seq| event(connection, seq)).transpose();
    let stored = stored(connection, found.seq)?;
    let hash = stored.hash;
    let recorded = stored.recorded()?;
    let redaction = of(found.redacted_by)?.and_then(|by| redaction(&by));
    let reworded = of(found.reworded_by)?;
    let corrected_text = match reworded {
        Some(Recorded { event: Some(Event::Incident(event)), .. }) => event.words().map(str::to_owned),
        // The correction's own words were taken out: what stands for them.
        Some(Recorded { event: None, .. }) => masked_text(connection, found.reworded_by)?,
        Some(_) | None => None,
    };
    let group = group_of(words(&recorded).or(redaction.as_ref().map(|redaction| &redaction.masked)));
    Ok(TimelineRow {
        occurred_at: found.at,
        pinned: found.pinned,
        corrected_by: of(found.corrected_by)?.map(|by| by.envelope.id),
        corrected_text,
        group: group.map(|group| groups::by_id(connection, group)).transpose()?.flatten(),
        redaction,
        recorded,
        hash,
    })
}

fn stored(connection: &Connection, seq: i64) -> Result<Stored, StoreError> {
    ledger::by_seq(connection, seq)?.ok_or_else(|| StoreError::Corrupt(format!("entry {seq} is listed but not on record")))
}

fn event(connection: &Connection, seq: i64) -> Result<Recorded, StoreError> {
    stored(connection, seq)?.recorded()
}

fn masked_text(connection: &Connection, of: Option<i64>) -> Result<Option<String>, StoreError> {
    let sql = "SELECT redacted_by FROM timeline WHERE seq = ?1";
    let by = sql::one(connection, sql, [of], |row| Ok(row.get::<_, Option<i64>>(0)?))?.flatten();
    let redaction = by.map(|by| event(connection, by)).transpose()?.and_then(|by| redaction(&by));
    Ok(redaction.and_then(|redaction| redaction.masked.words().map(str::to_owned)))
}

/// What a redaction says of the entry it is aimed at.
pub fn redaction(by: &Recorded) -> Option<Redaction> {
    let Some(E::Redacted { reason, masked, .. }) = words(by) else { return None };
    let entry = &by.envelope.entry;
    Some(Redaction {
        by: entry.doer().map_or_else(|| entry.actor.name().to_owned(), |handle| handle.0.clone()),
        at: by.envelope.recorded_at,
        reason: reason.clone(),
        masked: (**masked).clone(),
    })
}

/// The group an entry speaks of.
pub fn group_of(event: Option<&E>) -> Option<GroupId> {
    if let Some(E::GroupAttached { group, .. } | E::GroupDetached { group, .. }) = event { Some(*group) } else { None }
}
