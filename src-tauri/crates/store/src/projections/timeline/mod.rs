//! The timeline table: one line per entry of an incident, with what later events say about it. Holds no words: those
//! are read from the events, so that taking them out has one place.

mod as_of;
mod compose;
mod page;

pub use as_of::as_of;
pub use compose::{Line, compose};
pub use page::page;

use crate::rows::TimelineCounts;
use crate::{StoreError, columns, ledger, sql};
use domain::incidents::IncidentEvent as E;
use domain::{EventId, IncidentId, Recorded, Timestamp};
use rusqlite::{Connection, params};

/// Follows an event that sorts after all before it; answers the counts after.
pub fn step(
    connection: &Connection,
    incident: IncidentId,
    recorded: &Recorded,
    event: &E,
    mut counts: TimelineCounts,
) -> Result<TimelineCounts, StoreError> {
    let seq = columns::signed(recorded.seq)?;
    if let Some(line) = Line::of(recorded, event) {
        counts.total += 1;
        counts.people += u64::from(!line.machine);
        counts.machine += u64::from(line.machine);
        counts.pinned += u64::from(line.pinned);
        insert(connection, incident, &line)?;
    }
    if !compose::may_change(&recorded.envelope.entry, event) {
        return Ok(counts);
    }
    match event {
        E::Pinned { target, pinned } => {
            let sql = "UPDATE timeline SET pinned = ?3 WHERE seq = ?1 AND incident = ?2 AND pinned <> ?3";
            let changed = change(connection, incident, *target, sql, *pinned)?;
            counts.pinned = if *pinned { counts.pinned + changed } else { counts.pinned.saturating_sub(changed) };
        }
        E::Corrected { target, occurred_at, text } => {
            let sql = "UPDATE timeline SET corrected_by = ?3, at = coalesce(?4, at), reworded_by = iif(?5, ?3, reworded_by) \
                       WHERE seq = ?1 AND incident = ?2";
            if let Some(target) = ledger::seq_of(connection, *target)? {
                let to = occurred_at.map(|at| at.0);
                sql::run(connection, sql, params![target, incident.0.as_bytes(), seq, to, text.is_some()])?;
            }
        }
        E::Redacted { target, .. } => {
            change(connection, incident, *target, "UPDATE timeline SET redacted_by = ?3 WHERE seq = ?1 AND incident = ?2", seq)?;
        }
        E::Declared(_)
        | E::Retitled { .. }
        | E::SeveritySet { .. }
        | E::StatusSet { .. }
        | E::Acknowledged {}
        | E::Noted { .. }
        | E::RoleAssigned { .. }
        | E::RoleReleased { .. }
        | E::CommandSet { .. }
        | E::CommandConfirmed {}
        | E::ImpactStarted(_)
        | E::ImpactUpdated { .. }
        | E::ImpactEnded { .. }
        | E::GroupAttached { .. }
        | E::GroupDetached { .. }
        | E::NoticeClaimed { .. }
        | E::NoticeShown { .. }
        | E::NoticeFailed { .. }
        | E::RollCalled { .. }
        | E::Pasted { .. }
        | E::Ask(_)
        | E::Task(_)
        | E::Thought(_)
        | E::Board(_)
        | E::Comms(_)
        | E::Handoff(_)
        | E::Clock(_)
        | E::Tie(_) => {}
    }
    Ok(counts)
}

/// Changes the line of an entry, where it is there; answers how many lines that were.
fn change(
    connection: &Connection,
    incident: IncidentId,
    target: EventId,
    sql: &str,
    value: impl rusqlite::ToSql,
) -> Result<u64, StoreError> {
    let Some(seq) = ledger::seq_of(connection, target)? else { return Ok(0) };
    Ok(sql::run(connection, sql, params![seq, incident.0.as_bytes(), value])? as u64)
}

/// When an entry happened, as last corrected; `None` where it is no entry.
pub fn at(connection: &Connection, event: EventId) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT t.at FROM timeline t JOIN events e ON e.seq = t.seq WHERE e.id = ?1";
    sql::one(connection, sql, [event.0.as_bytes()], |row| Ok(Timestamp(row.get(0)?)))
}

/// Whether an event has a line.
pub fn has_line(connection: &Connection, event: EventId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM timeline t JOIN events e ON e.seq = t.seq WHERE e.id = ?1";
    sql::exists(connection, sql, [event.0.as_bytes()])
}

/// Puts the lines that `events` make in place of those that are there.
pub fn replace(connection: &Connection, incident: IncidentId, events: &[Recorded]) -> Result<TimelineCounts, StoreError> {
    sql::run(connection, "DELETE FROM timeline WHERE incident = ?1", [incident.0.as_bytes()])?;
    let mut lines = compose(events);
    lines.sort_by_key(|line| line.seq);
    let mut counts = TimelineCounts::default();
    for line in &lines {
        counts.total += 1;
        counts.people += u64::from(!line.machine);
        counts.machine += u64::from(line.machine);
        counts.pinned += u64::from(line.pinned);
        insert(connection, incident, line)?;
    }
    Ok(counts)
}

fn insert(connection: &Connection, incident: IncidentId, line: &Line) -> Result<(), StoreError> {
    let number = |seq: Option<u64>| seq.map(columns::signed).transpose();
    sql::run(
        connection,
        "INSERT INTO timeline (seq, incident, at, hlc, machine, kind, pinned, corrected_by, reworded_by, redacted_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            columns::signed(line.seq)?,
            incident.0.as_bytes(),
            line.at.0,
            columns::signed(line.hlc.0)?,
            line.machine,
            line.kind,
            line.pinned,
            number(line.corrected_by)?,
            number(line.reworded_by)?,
            number(line.redacted_by)?,
        ],
    )
    .map(drop)
}
