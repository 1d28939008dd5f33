//! Reads what it can from a damaged database into a new one: events that are as they were recorded, and what is no
//! projection as far as it reads. What is lost is counted and noted, so that nobody takes the rest for the whole.

use super::{Copy, each_readable};
use crate::ledger::{self, Stored};
use crate::{OpenError, Opening, StoreError, Writer, meta, open, sql};
use domain::{DeviceId, Timestamp};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use serde::Serialize;
use std::collections::BTreeMap;

/// Tables copied as far as they read: what no rebuild brings back.
const COPIED: [&str; 5] = ["outbox", "sightings", "once", "source_stats", "refusals"];

/// What was saved.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Salvaged {
    /// Events saved.
    pub events: u64,
    /// Events known to be lost: damaged, or missing between others.
    pub lost: u64,
    /// Effects that wait for a person's yes now.
    pub held: u64,
}

/// Where a device's chain stands in the walk.
#[derive(Clone, Copy)]
struct End {
    /// Number and hash of the last row that was there.
    number: u64,
    hash: [u8; 32],
    /// Whether that row was saved.
    sound: bool,
    /// Number of the last row that was saved.
    saved: u64,
}

/// Saves what reads of `damaged` into the new file that `fresh` names, as a home with a new device and its effects held.
/// `damaged` is left as it is; to use the new file, see [`super::put_in_place`].
pub fn salvage(damaged: &std::path::Path, fresh: &Opening) -> Result<Salvaged, OpenError> {
    let copy = Copy::of(damaged, &fresh.path).map_err(|fault| OpenError::of(fault, "copying the damaged record"))?;
    let source = copy.open().map_err(|fault| OpenError::of(fault, "opening the damaged record"))?;
    let (mut writer, _) = open(fresh)?;
    let salvaged = fill(&mut writer, &source, fresh).map_err(|fault| OpenError::of(fault, "saving what reads"))?;
    writer.rebuild().and_then(|()| writer.checkpoint_truncate()).map_err(|fault| OpenError::of(fault, "folding what was saved"))?;
    Ok(salvaged)
}

fn fill(writer: &mut Writer, source: &Connection, fresh: &Opening) -> Result<Salvaged, StoreError> {
    let transaction = writer.connection.transaction()?;
    let mut salvaged = Salvaged::default();
    let mut ends: BTreeMap<DeviceId, End> = BTreeMap::new();
    each_readable(source, |_, row| {
        let Ok(stored) = row else { return Ok(()) };
        if keep(&mut ends, &stored) {
            salvaged.events += 1;
            ledger::insert(&transaction, &stored)?;
        }
        Ok(())
    })?;
    salvaged.lost = note_losses(&transaction, &ends, fresh.now)?;
    for table in COPIED {
        copy_table(source, &transaction, table)?;
    }
    become_new(source, &transaction, fresh)?;
    salvaged.held = crate::outbox::hold(&transaction, fresh.now)?;
    transaction.commit()?;
    *writer = Writer::new(std::mem::replace(&mut writer.connection, Connection::open_in_memory()?), fresh.device)?;
    Ok(salvaged)
}

/// Whether a row is as it was recorded, as far as can be told when rows before it are gone.
fn keep(ends: &mut BTreeMap<DeviceId, End>, stored: &Stored) -> bool {
    let envelope = &stored.envelope;
    let before = ends.get(&envelope.device).copied();
    let follows = before.filter(|before| before.number + 1 == envelope.device_seq);
    let sound = match follows {
        Some(before) if before.sound => stored.check(&before.hash).is_ok(),
        // The row before was damaged, perhaps in the very hash that this one hangs on.
        Some(before) => stored.check(&before.hash).is_ok() || stored.check_words().is_ok(),
        None if envelope.device_seq == 1 => stored.check(&crate::chain::ROOT).is_ok(),
        None => stored.check_words().is_ok(),
    };
    let saved = if sound { envelope.device_seq } else { before.map_or(0, |before| before.saved) };
    ends.insert(envelope.device, End { number: envelope.device_seq, hash: stored.hash, sound, saved });
    sound
}

/// Notes every gap in the chains that were saved; answers how many events that are.
fn note_losses(fresh: &Connection, ends: &BTreeMap<DeviceId, End>, now: Timestamp) -> Result<u64, StoreError> {
    let mut lost = 0;
    for (device, end) in ends {
        let sql = "SELECT device_seq FROM events WHERE device = ?1 ORDER BY device_seq";
        let mut next = 1;
        for number in sql::all(fresh, sql, [device.0.as_bytes()], |row| crate::columns::count(row, 0).map_err(Into::into))? {
            if number > next {
                meta::note_loss(fresh, *device, next, number - 1, now)?;
                lost += number - next;
            }
            next = number + 1;
        }
        lost += end.number + 1 - next.min(end.number + 1);
    }
    Ok(lost)
}

/// Copies rows until one does not read; by the names of their columns, for the table may have had fewer.
fn copy_table(source: &Connection, fresh: &Connection, table: &str) -> Result<(), StoreError> {
    let Ok(mut statement) = source.prepare(&format!("SELECT * FROM {table}")) else { return Ok(()) };
    let names = statement.column_names().join(", ");
    let columns = statement.column_count();
    let places = vec!["?"; columns].join(", ");
    let Ok(mut rows) = statement.query([]) else { return Ok(()) };
    while let Ok(Some(row)) = rows.next() {
        let values: Vec<Value> = (0..columns).map(|column| row.get(column)).collect::<Result<_, _>>()?;
        sql::run(fresh, &format!("INSERT OR REPLACE INTO {table} ({names}) VALUES ({places})"), params_from_iter(values))?;
    }
    Ok(())
}

/// The new file was the devices that the old one was, and is another one from now on: numbers that were lost must not be
/// given again.
fn become_new(source: &Connection, fresh: &Connection, opening: &Opening) -> Result<(), StoreError> {
    let devices = sql::all(fresh, "SELECT DISTINCT device FROM events", [], |row| Ok(DeviceId(crate::columns::id(row, 0)?)))?;
    let known = meta::devices(source).unwrap_or_else(|_| devices.into_iter().collect());
    sql::run(fresh, "DELETE FROM devices", [])?;
    for device in known.into_iter().filter(|device| *device != opening.device) {
        meta::become_device(fresh, device, opening.now)?;
    }
    meta::become_device(fresh, opening.device, opening.now)
}
