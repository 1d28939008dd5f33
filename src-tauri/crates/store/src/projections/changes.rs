//! The changes table: what was done to systems, by when and by whom it was told. Its words are read from the events.

use crate::rows::ChangeRow;
use crate::{StoreError, columns, ledger, sql};
use domain::alerts::ChangeEvent;
use domain::{Event, Recorded, SourceName, Timestamp};
use rusqlite::{Connection, params};

/// Follows a change; the same one told twice stays one.
pub fn follow(connection: &Connection, recorded: &Recorded, event: &ChangeEvent) -> Result<(), StoreError> {
    let ChangeEvent::Seen { source, change } = event;
    let sql = "INSERT INTO changes (source, key, at, seq) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (source, key) DO NOTHING";
    sql::run(connection, sql, params![source.as_str(), change.key, change.at.0, columns::signed(recorded.seq)?]).map(drop)
}

/// Whether a source told of it before.
pub fn known(connection: &Connection, source: &SourceName, key: &str) -> Result<bool, StoreError> {
    sql::exists(connection, "SELECT 1 FROM changes WHERE source = ?1 AND key = ?2", [source.as_str(), key])
}

/// What was done between two instants, the last first.
pub fn between(connection: &Connection, from: Timestamp, to: Timestamp, limit: usize) -> Result<Vec<ChangeRow>, StoreError> {
    let sql = "SELECT seq FROM changes WHERE at BETWEEN ?1 AND ?2 ORDER BY at DESC, seq DESC LIMIT ?3";
    let seqs = sql::all(connection, sql, params![from.0, to.0, columns::limit(limit)], |row| Ok(row.get::<_, i64>(0)?))?;
    let mut rows = Vec::with_capacity(seqs.len());
    for seq in seqs {
        let Some(stored) = ledger::by_seq(connection, seq)? else { continue };
        let recorded = stored.recorded()?;
        if let Some(Event::Change(ChangeEvent::Seen { source, change })) = recorded.event {
            rows.push(ChangeRow { id: recorded.envelope.id, source, change });
        }
    }
    Ok(rows)
}
