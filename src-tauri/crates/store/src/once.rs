//! The once table: what came of commands that were sent with a key, so that the same intention is carried out once.

use crate::rows::OnceRow;
use crate::{StoreError, columns, sql};
use domain::{EventId, IncidentId, Timestamp};
use rusqlite::{Connection, params};

/// Keys kept, the newest: a script that tries again does so within seconds, and a busy home makes some 1,000 a day.
const KEPT: i64 = 100_000;

pub fn find(connection: &Connection, key: &str) -> Result<Option<OnceRow>, StoreError> {
    sql::one(connection, "SELECT incident, event, seq FROM once WHERE key = ?1", [key], |row| {
        Ok(OnceRow {
            incident: columns::id_or_none(row, 0)?.map(IncidentId),
            event: columns::id_or_none(row, 1)?.map(EventId),
            seq: columns::count(row, 2)?,
        })
    })
}

pub fn remember(connection: &Connection, key: &str, row: OnceRow, at: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO once (key, incident, event, seq, at) VALUES (?1, ?2, ?3, ?4, ?5)";
    let (incident, event) = (row.incident.map(|id| *id.0.as_bytes()), row.event.map(|id| *id.0.as_bytes()));
    sql::run(connection, sql, params![key, incident, event, columns::signed(row.seq)?, at.0])?;
    sql::run(connection, "DELETE FROM once WHERE number = ?1", [connection.last_insert_rowid() - KEPT]).map(drop)
}
