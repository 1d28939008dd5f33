//! What was heard of each source, and what of it was refused. No projections: requests are no events.

use crate::rows::{RefusalRow, SourceStats};
use crate::{REFUSAL_LIMIT, StoreError, columns, sql};
use domain::{SourceName, Timestamp};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Refused bodies kept of each source: the newest fifty show a pattern, more would fill the disk.
const REFUSALS_KEPT: i64 = 50;

/// So many requests came, the last one at that time.
pub fn heard(connection: &Connection, source: &SourceName, requests: u64, at: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO source_stats (source, last_heard_at, requests, refused) VALUES (?1, ?2, ?3, 0) \
               ON CONFLICT (source) DO UPDATE SET last_heard_at = excluded.last_heard_at, requests = requests + excluded.requests";
    sql::run(connection, sql, params![source.as_str(), at.0, columns::signed(requests)?]).map(drop)
}

/// Something of a request was refused; its raw body is kept for a person to look at.
pub fn refused(connection: &Connection, source: &SourceName, at: Timestamp, reason: &str, raw: &[u8]) -> Result<(), StoreError> {
    let sql = "INSERT INTO source_stats (source, requests, refused, last_refusal) VALUES (?1, 0, 1, ?2) \
               ON CONFLICT (source) DO UPDATE SET refused = refused + 1, last_refusal = excluded.last_refusal";
    sql::run(connection, sql, [source.as_str(), reason])?;
    let sql = "INSERT INTO refusals (source, at, reason, raw) VALUES (?1, ?2, ?3, ?4)";
    sql::run(connection, sql, params![source.as_str(), at.0, reason, &raw[..raw.len().min(REFUSAL_LIMIT)]])?;
    let sql = "DELETE FROM refusals WHERE source = ?1 AND number <= \
               (SELECT number FROM refusals WHERE source = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)";
    sql::run(connection, sql, params![source.as_str(), REFUSALS_KEPT]).map(drop)
}

pub fn stats(connection: &Connection) -> Result<BTreeMap<SourceName, SourceStats>, StoreError> {
    let sql = "SELECT source, last_heard_at, requests, refused, last_refusal FROM source_stats";
    let all = sql::all(connection, sql, [], |row| {
        let stats = SourceStats {
            last_heard_at: row.get::<_, Option<i64>>(1)?.map(Timestamp),
            requests: columns::count(row, 2)?,
            refused: columns::count(row, 3)?,
            last_refusal: row.get(4)?,
        };
        Ok((SourceName(row.get(0)?), stats))
    })?;
    Ok(all.into_iter().collect())
}

/// What was refused of a source, newest first.
pub fn refusals(connection: &Connection, source: &SourceName, limit: usize) -> Result<Vec<RefusalRow>, StoreError> {
    let sql = "SELECT at, reason, raw FROM refusals WHERE source = ?1 ORDER BY number DESC LIMIT ?2";
    sql::all(connection, sql, params![source.as_str(), columns::limit(limit)], |row| {
        Ok(RefusalRow { at: Timestamp(row.get(0)?), reason: row.get(1)?, raw: row.get(2)? })
    })
}
