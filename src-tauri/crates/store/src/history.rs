//! Alerts over time, as the ledger tells it: for rules tried on the past, for the noise they made, for "why". Reads the
//! ledger in order of arrival, event by event, and never holds it.

use crate::projections::alerts;
use crate::{StoreError, columns, ledger, names, sql};
use domain::alarms::Verdict;
use domain::alerts::{AlertEvent, Opened};
use domain::{AlertSeverity, Event, GroupId, Recorded, SourceName, Subject, Timestamp};
use rusqlite::{Connection, params};

/// Most events gone through for one answer: a month of a busy home, and some two seconds of a reader's time. Of a longer
/// past, the last so many are.
pub const HISTORY_LIMIT: u64 = 200_000;

/// Which events of the past are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// Alerts that began to fire, for the first time or again.
    Beginnings,
    /// All that happened to alerts and their groups.
    Alerts,
    /// Notes of incidents.
    Notes,
}

/// Gives `each` the wanted events that arrived at or after `from`, the first one first. Answers from when on they were
/// looked at: later than `from`, where `limit` events did not reach further.
pub fn each(
    connection: &Connection,
    wanted: Wanted,
    (from, limit): (Timestamp, u64),
    mut each: impl FnMut(&Recorded),
) -> Result<Timestamp, StoreError> {
    let last = columns::signed(ledger::last_seq(connection)?)?;
    let begins = first_since(connection, from, last)?;
    let reached = begins.max(last.saturating_sub(columns::signed(limit)?) + 1);
    ledger::each_of_kind(connection, reached, kinds(wanted), |stored| {
        each(&stored.recorded()?);
        Ok(())
    })?;
    let since = if reached > begins { received_at(connection, reached)? } else { None };
    Ok(since.map_or(from, |since| since.max(from)))
}

/// The first and the last name of the wanted kinds, in the order of names.
const fn kinds(wanted: Wanted) -> (&'static str, &'static str) {
    match wanted {
        Wanted::Beginnings => ("alert.opened", "alert.reopened"),
        // A slash follows the full stop.
        Wanted::Alerts => ("alert.", "alert/"),
        Wanted::Notes => ("incident.noted", "incident.noted"),
    }
}

/// The first sequence that arrived at or after an instant; one beyond the last where none did. Arrivals are in order but
/// where this machine's clock jumped, and then it begins near.
fn first_since(connection: &Connection, from: Timestamp, last: i64) -> Result<i64, StoreError> {
    let (mut low, mut high) = (1, last + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        match received_at(connection, middle)? {
            Some(at) if at < from => low = middle + 1,
            Some(_) | None => high = middle,
        }
    }
    Ok(low)
}

fn received_at(connection: &Connection, seq: i64) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT received_at FROM events WHERE seq >= ?1 ORDER BY seq LIMIT 1";
    sql::one(connection, sql, [seq], |row| Ok(Timestamp(row.get(0)?)))
}

/// When alerts began to fire at or after `from`, by group, the last first; at most so many.
pub fn beginnings(connection: &Connection, from: Timestamp, limit: usize) -> Result<Vec<(GroupId, Timestamp)>, StoreError> {
    let first = first_since(connection, from, columns::signed(ledger::last_seq(connection)?)?)?;
    let sql = "SELECT subject, received_at FROM events WHERE seq >= ?1 AND subject_kind = 2 \
               AND kind IN ('alert.opened', 'alert.reopened') ORDER BY seq DESC LIMIT ?2";
    sql::all(connection, sql, params![first, columns::limit(limit)], |row| Ok((GroupId(columns::id(row, 0)?), Timestamp(row.get(1)?))))
}

/// What was judged of a group, the first one first.
pub fn verdicts(connection: &Connection, group: GroupId) -> Result<Vec<(Timestamp, Verdict, AlertSeverity)>, StoreError> {
    let recorded = ledger::of_subject_and_kind(connection, &Subject::Group(group), "alert.judged")?;
    let verdict = |recorded: Recorded| match recorded.event {
        Some(Event::Alert(AlertEvent::Judged { verdict, severity })) => Some((recorded.envelope.recorded_at, verdict, severity)),
        Some(Event::Alert(_) | Event::Incident(_) | Event::Home(_) | Event::Change(_)) | None => None,
    };
    Ok(recorded.into_iter().filter_map(verdict).collect())
}

/// The event by which an alert began its present or last firing in the group it is part of now.
pub fn beginning_of(connection: &Connection, source: &SourceName, key: &str) -> Result<Option<(Recorded, Opened)>, StoreError> {
    let Some(alert) = names::number(connection, source, key)? else { return Ok(None) };
    let Some(part) = alerts::present(connection, alert)? else { return Ok(None) };
    let Some(recorded) = ledger::by_seq(connection, columns::signed(part.opened)?)?.map(ledger::Stored::recorded).transpose()? else {
        return Ok(None);
    };
    match &recorded.event {
        Some(Event::Alert(AlertEvent::Opened(opened) | AlertEvent::Reopened(opened))) => {
            let opened = opened.clone();
            Ok(Some((recorded, opened)))
        }
        Some(Event::Alert(_) | Event::Incident(_) | Event::Home(_) | Event::Change(_)) | None => Ok(None),
    }
}
