//! What the database knows of itself: the devices this home has been, losses of a salvage, and how far what trails
//! has come.

use crate::{StoreError, columns, sql};
use domain::{DeviceId, Timestamp};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

/// Shape of the projections that lie in the file.
pub const PROJECTIONS: &str = "projections";
/// Sequence up to which search has read.
pub const SEARCHED: &str = "searched";
/// Number up to which alerts are named.
pub const NAMED: &str = "named";

pub fn number(connection: &Connection, key: &str) -> Result<Option<i64>, StoreError> {
    sql::one(connection, "SELECT value FROM meta WHERE key = ?1", [key], |row| Ok(row.get(0)?))
}

pub fn set_number(connection: &Connection, key: &str, value: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    sql::run(connection, sql, params![key, value]).map(drop)
}

/// The device this home is now.
pub fn device(connection: &Connection) -> Result<Option<DeviceId>, StoreError> {
    let sql = "SELECT device FROM devices ORDER BY number DESC LIMIT 1";
    sql::one(connection, sql, [], |row| Ok(DeviceId(columns::id(row, 0)?)))
}

/// All devices this home has been.
pub fn devices(connection: &Connection) -> Result<BTreeSet<DeviceId>, StoreError> {
    let all = sql::all(connection, "SELECT device FROM devices", [], |row| Ok(DeviceId(columns::id(row, 0)?)))?;
    Ok(all.into_iter().collect())
}

/// From now on this home is that device.
pub fn become_device(connection: &Connection, device: DeviceId, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO devices (device, since) VALUES (?1, ?2)";
    sql::run(connection, sql, params![device.0.as_bytes(), now.0]).map(drop)
}

/// Notes that a salvage found events `first` to `last` of a device gone.
pub fn note_loss(connection: &Connection, device: DeviceId, first: u64, last: u64, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO losses (device, first, last, noted_at) VALUES (?1, ?2, ?3, ?4)";
    let values = params![device.0.as_bytes(), columns::signed(first)?, columns::signed(last)?, now.0];
    sql::run(connection, sql, values).map(drop)
}

/// The events known to be gone: by device and last number of each gap.
pub fn losses(connection: &Connection) -> Result<BTreeMap<(DeviceId, u64), u64>, StoreError> {
    let all = sql::all(connection, "SELECT device, last, first FROM losses", [], |row| {
        Ok(((DeviceId(columns::id(row, 0)?), columns::count(row, 1)?), columns::count(row, 2)?))
    })?;
    Ok(all.into_iter().collect())
}
