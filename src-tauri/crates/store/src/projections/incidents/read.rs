//! Incidents as they are asked for.

use super::Known;
use crate::rows::{IncidentFilter, TimelineCounts};
use crate::{StoreError, codec, columns, sql};
use domain::incidents::Incident;
use domain::{IncidentId, IncidentRef, Timestamp};
use rusqlite::{Connection, Row, params};

/// The incident as the writer keeps it.
pub fn known(connection: &Connection, id: IncidentId) -> Result<Option<Known>, StoreError> {
    let sql = "SELECT number, state, entries, people, pinned FROM incidents WHERE id = ?1";
    sql::one(connection, sql, [id.0.as_bytes()], |row| Ok(Known::of(row.get(0)?, state(row, 1)?, counts(row, 2)?)))
}

fn state(row: &Row<'_>, column: usize) -> Result<Incident, StoreError> {
    codec::unpack(row.get_ref(column)?.as_blob().map_err(|fault| StoreError::Corrupt(fault.to_string()))?)
}

fn counts(row: &Row<'_>, first: usize) -> Result<TimelineCounts, StoreError> {
    let total = columns::count(row, first)?;
    let people = columns::count(row, first + 1)?;
    Ok(TimelineCounts { total, people, pinned: columns::count(row, first + 2)?, machine: total.saturating_sub(people) })
}

pub fn by_id(connection: &Connection, id: IncidentId) -> Result<Option<Incident>, StoreError> {
    sql::one(connection, "SELECT state FROM incidents WHERE id = ?1", [id.0.as_bytes()], |row| state(row, 0))
}

/// How many entries its timeline has.
pub fn entry_counts(connection: &Connection, id: IncidentId) -> Result<TimelineCounts, StoreError> {
    let sql = "SELECT entries, people, pinned FROM incidents WHERE id = ?1";
    Ok(sql::one(connection, sql, [id.0.as_bytes()], |row| counts(row, 0))?.unwrap_or_default())
}

pub fn reference_taken(connection: &Connection, reference: &IncidentRef) -> Result<bool, StoreError> {
    sql::exists(connection, "SELECT 1 FROM incidents WHERE ref = ?1", [reference.as_str()])
}

/// Incidents that pass `filter`, newest first.
pub fn list(connection: &Connection, filter: &IncidentFilter) -> Result<Vec<Incident>, StoreError> {
    // Two texts, so that the index of open incidents serves where only those are asked for.
    let sql = if filter.open_only {
        "SELECT state FROM incidents WHERE is_open = 1 AND declared_at >= ?1 AND (?2 IS NULL OR severity = ?2) \
         AND (?3 IS NULL OR instr(services, ?3)) ORDER BY declared_at DESC, number DESC LIMIT ?4"
    } else {
        "SELECT state FROM incidents WHERE declared_at >= ?1 AND (?2 IS NULL OR severity = ?2) \
         AND (?3 IS NULL OR instr(services, ?3)) ORDER BY declared_at DESC, number DESC LIMIT ?4"
    };
    let values = params![
        filter.since.map_or(i64::MIN, |since| since.0),
        filter.severity.map(columns::severity),
        filter.service.as_ref().map(|service| columns::names([service])),
        columns::limit(filter.limit),
    ];
    sql::all(connection, sql, values, |row| state(row, 0))
}

/// Incidents resolved at or after `since`, the last one first.
pub fn resolved_since(connection: &Connection, since: Timestamp, limit: usize) -> Result<Vec<Incident>, StoreError> {
    let sql = "SELECT state FROM incidents WHERE resolved_at >= ?1 ORDER BY resolved_at DESC, number DESC LIMIT ?2";
    sql::all(connection, sql, params![since.0, columns::limit(limit)], |row| state(row, 0))
}

/// Incidents that are open.
pub fn open_ids(connection: &Connection) -> Result<Vec<IncidentId>, StoreError> {
    sql::all(connection, "SELECT id FROM incidents WHERE is_open = 1", [], |row| Ok(IncidentId(columns::id(row, 0)?)))
}

/// Whether somebody still has to work on it.
pub fn is_open(connection: &Connection, id: IncidentId) -> Result<bool, StoreError> {
    sql::exists(connection, "SELECT 1 FROM incidents WHERE id = ?1 AND is_open = 1", [id.0.as_bytes()])
}
