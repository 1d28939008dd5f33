//! The wakes table: when an incident's clocks are to be looked at next. No projection: whoever runs the clocks sets it.

use crate::{StoreError, columns, sql};
use domain::{IncidentId, Timestamp};
use rusqlite::{Connection, params};

/// The incident's clocks are looked at then; `None`: none of them runs.
pub fn arm(connection: &Connection, incident: IncidentId, due: Option<Timestamp>) -> Result<(), StoreError> {
    match due {
        Some(due) => {
            let sql = "INSERT INTO wakes (incident, due) VALUES (?1, ?2) ON CONFLICT (incident) DO UPDATE SET due = excluded.due \
                       WHERE due <> excluded.due";
            sql::run(connection, sql, params![incident.0.as_bytes(), due.0]).map(drop)
        }
        None => sql::run(connection, "DELETE FROM wakes WHERE incident = ?1", [incident.0.as_bytes()]).map(drop),
    }
}

/// Incidents to be looked at by `now`, the longest due first.
pub fn due(connection: &Connection, now: Timestamp, limit: usize) -> Result<Vec<IncidentId>, StoreError> {
    let sql = "SELECT incident FROM wakes WHERE due <= ?1 ORDER BY due LIMIT ?2";
    sql::all(connection, sql, params![now.0, columns::limit(limit)], |row| Ok(IncidentId(columns::id(row, 0)?)))
}

/// When the next one is to be looked at.
pub fn next(connection: &Connection) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT min(due) FROM wakes";
    Ok(sql::one(connection, sql, [], |row| Ok(row.get::<_, Option<i64>>(0)?.map(Timestamp)))?.flatten())
}
