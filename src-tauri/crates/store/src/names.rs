//! The alert_names table: the number of an alert by its name. It trails the sightings, which are numbered in order: names
//! come at random, and a commit of few new alerts would have to write a page for each of them. What is not named here yet
//! are the last of the sightings; the writer has those at hand.

use crate::{StoreError, meta, sql};
use domain::SourceName;
use rusqlite::{Connection, params};

/// The last number that is named here.
pub fn named(connection: &Connection) -> Result<i64, StoreError> {
    Ok(meta::number(connection, meta::NAMED)?.unwrap_or(0))
}

/// The number of an alert that is named here.
pub fn listed(connection: &Connection, source: &str, key: &str) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT number FROM alert_names WHERE key = ?1 AND source = ?2";
    sql::one(connection, sql, [key, source], |row| Ok(row.get(0)?))
}

/// The number of any alert. Costs more than [`listed`] for one that is not named here: it goes through the last sightings.
pub fn number(connection: &Connection, source: &SourceName, key: &str) -> Result<Option<i64>, StoreError> {
    if let Some(number) = listed(connection, source.as_str(), key)? {
        return Ok(Some(number));
    }
    let sql = "SELECT number FROM sightings WHERE number > ?1 AND key = ?2 AND source = ?3";
    sql::one(connection, sql, params![named(connection)?, key, source.as_str()], |row| Ok(row.get(0)?))
}

/// Names all sightings; answers the last number. Where a name would be there twice, the older number keeps it.
pub fn catch_up(connection: &Connection) -> Result<i64, StoreError> {
    let sql = "INSERT OR IGNORE INTO alert_names (key, source, number) \
               SELECT key, source, number FROM sightings WHERE number > ?1 ORDER BY key, source";
    sql::run(connection, sql, [named(connection)?])?;
    let last = crate::sightings::last(connection)?;
    meta::set_number(connection, meta::NAMED, last)?;
    Ok(last)
}
