//! The sightings table: how often and when each alert was last heard, and when it lapses. No projection: a repeat is no
//! event, so a rebuild cannot bring it back and leaves it alone.

use crate::{StoreError, columns, sql};
use domain::{SourceName, Timestamp};
use rusqlite::{Connection, params};

/// An alert was heard; it lapses at `lapses_at` unless it is heard again.
pub fn sight(
    connection: &Connection,
    source: &SourceName,
    key: &str,
    at: Timestamp,
    lapses_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO sightings (source, key, count, last_at, lapses_at) VALUES (?1, ?2, 1, ?3, ?4) \
               ON CONFLICT (source, key) DO UPDATE SET count = count + 1, last_at = excluded.last_at, lapses_at = excluded.lapses_at";
    sql::run(connection, sql, params![source.as_str(), key, at.0, lapses_at.map(|at| at.0)]).map(drop)
}

/// A new firing is counted from nothing.
pub fn begin(connection: &Connection, source: &SourceName, key: &str) -> Result<(), StoreError> {
    sql::run(connection, "UPDATE sightings SET count = 0 WHERE source = ?1 AND key = ?2", [source.as_str(), key]).map(drop)
}

/// It does not lapse any more.
pub fn forget_lapse(connection: &Connection, source: &SourceName, key: &str) -> Result<(), StoreError> {
    let sql = "UPDATE sightings SET lapses_at = NULL WHERE source = ?1 AND key = ?2";
    sql::run(connection, sql, [source.as_str(), key]).map(drop)
}

/// Alerts whose time has run out, the longest ago first.
pub fn due(connection: &Connection, now: Timestamp, limit: usize) -> Result<Vec<(SourceName, String)>, StoreError> {
    let sql = "SELECT source, key FROM sightings WHERE lapses_at <= ?1 ORDER BY lapses_at LIMIT ?2";
    sql::all(connection, sql, params![now.0, columns::limit(limit)], |row| Ok((SourceName(row.get(0)?), row.get(1)?)))
}

/// When the next one lapses.
pub fn next(connection: &Connection) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT min(lapses_at) FROM sightings WHERE lapses_at IS NOT NULL";
    Ok(sql::one(connection, sql, [], |row| Ok(row.get::<_, Option<i64>>(0)?.map(Timestamp)))?.flatten())
}
