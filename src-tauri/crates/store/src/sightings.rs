//! The sightings table: every alert ever heard of, by a number of its own, how often and when it was last heard, and when
//! it lapses. No projection: a repeat is no event, so a rebuild cannot bring it back and leaves it alone. Numbers by name
//! are in [`crate::names`].

use crate::{StoreError, columns, names, sql};
use domain::{SourceName, Timestamp};
use rusqlite::{Connection, Row, params};

/// How an alert was heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Sighting {
    /// Times it was heard in its present episode.
    pub count: u64,
    pub last_at: Timestamp,
    /// When it lapses unless it is heard again.
    pub lapses_at: Option<Timestamp>,
}

impl Sighting {
    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let lapses_at = row.get::<_, Option<i64>>(2)?.map(Timestamp);
        Ok(Self { count: columns::count(row, 0)?, last_at: Timestamp(row.get(1)?), lapses_at })
    }
}

/// How an alert was heard.
pub fn by_number(connection: &Connection, number: i64) -> Result<Option<Sighting>, StoreError> {
    sql::one(connection, "SELECT count, last_at, lapses_at FROM sightings WHERE number = ?1", [number], Sighting::read)
}

/// Gives `each` the sightings after the one with that number: how, number, source and key.
pub fn each_after(
    connection: &Connection,
    number: i64,
    mut each: impl FnMut(Sighting, i64, &str, &str) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT count, last_at, lapses_at, number, source, key FROM sightings WHERE number > ?1")?;
    let mut rows = statement.query([number])?;
    while let Some(row) = rows.next()? {
        let text = |column| row.get_ref(column)?.as_str().map_err(|fault| StoreError::Corrupt(fault.to_string()));
        each(Sighting::read(row)?, row.get(3)?, text(4)?, text(5)?)?;
    }
    Ok(())
}

/// The number of an alert, all sightings being named; one that was never heard of gets one.
pub fn number(connection: &Connection, source: &SourceName, key: &str) -> Result<i64, StoreError> {
    if let Some(number) = names::listed(connection, source.as_str(), key)? {
        return Ok(number);
    }
    let number = last(connection)? + 1;
    insert(connection, number, source.as_str(), key, &Sighting::default())?;
    names::catch_up(connection)
}

/// The last number given.
pub fn last(connection: &Connection) -> Result<i64, StoreError> {
    let last = sql::one(connection, "SELECT max(number) FROM sightings", [], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
    Ok(last.flatten().unwrap_or(0))
}

pub fn insert(connection: &Connection, number: i64, source: &str, key: &str, now: &Sighting) -> Result<(), StoreError> {
    let sql = "INSERT INTO sightings (number, source, key, count, last_at, lapses_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let lapses_at = now.lapses_at.map(|at| at.0);
    sql::run(connection, sql, params![number, source, key, columns::signed(now.count)?, now.last_at.0, lapses_at]).map(drop)
}

/// Writes what has changed since the table said `before`.
pub fn update(connection: &Connection, number: i64, before: &Sighting, now: &Sighting) -> Result<(), StoreError> {
    let count = columns::signed(now.count)?;
    if before.lapses_at == now.lapses_at {
        // Apart, for it leaves alone the index of what lapses.
        let sql = "UPDATE sightings SET count = ?2, last_at = ?3 WHERE number = ?1";
        return sql::run(connection, sql, params![number, count, now.last_at.0]).map(drop);
    }
    let sql = "UPDATE sightings SET count = ?2, last_at = ?3, lapses_at = ?4 WHERE number = ?1";
    sql::run(connection, sql, params![number, count, now.last_at.0, now.lapses_at.map(|at| at.0)]).map(drop)
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
