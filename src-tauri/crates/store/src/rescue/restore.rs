//! Puts a backup in place of a damaged database, after making sure that the backup is worth it.

use super::put_in_place;
use crate::backup::{beside, sound};
use crate::{OpenError, Opening, StoreError, Writer, open};
use domain::{DeviceId, Timestamp};
use serde::Serialize;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// What to restore.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Restoring {
    /// The backup; it is copied and stays.
    pub backup: PathBuf,
    /// The database it takes the place of.
    pub database: PathBuf,
    /// The device the restored home becomes: a fresh one, for the old one's later numbers may be known elsewhere.
    pub device: DeviceId,
    /// Now.
    pub now: Timestamp,
}

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Restored {
    /// Events in the record now.
    pub events: u64,
    /// Effects that wait for a person's yes now.
    pub held: u64,
    /// Where the files that were there lie now.
    pub moved: Vec<PathBuf>,
}

/// Checks a copy of the backup to the last event, brings it up to date, makes it a device of its own with its effects
/// held, and puts it in place. Where anything is wrong with the backup, nothing was changed.
pub fn restore(what: &Restoring) -> Result<Restored, OpenError> {
    let fresh = beside(&what.database, "restoring");
    clear(&fresh);
    let restored = prepare(what, &fresh).and_then(|(events, held)| {
        let moved = put_in_place(&fresh, &what.database, what.now)?;
        Ok(Restored { events, held, moved })
    });
    clear(&fresh);
    restored
}

fn prepare(what: &Restoring, fresh: &Path) -> Result<(u64, u64), OpenError> {
    let copied = fs::copy(&what.backup, fresh).and_then(|_| File::open(fresh)?.sync_all());
    copied.map_err(|fault| OpenError::of(fault.into(), "copying the backup"))?;
    let opening = Opening { path: fresh.to_owned(), device: what.device, now: what.now };
    let (mut writer, _) = open(&opening)?;
    sound(&writer.connection).map_err(|fault| OpenError::of(fault, "checking the backup"))?;
    let found = writer.verify(None).map_err(|fault| OpenError::of(fault, "checking the backup"))?;
    if let Some(bad) = found.first_bad {
        return Err(OpenError::Corrupt { why: format!("in the backup, event {} is not as it was recorded: {}", bad.seq, bad.why) });
    }
    let held = renew(&mut writer, what).map_err(|fault| OpenError::of(fault, "making the backup a home of its own"))?;
    Ok((found.events, held))
}

fn renew(writer: &mut Writer, what: &Restoring) -> Result<u64, StoreError> {
    let known = writer.device() == what.device;
    let mut batch = writer.batch()?;
    if !known {
        batch.rekey_device(what.device, what.now)?;
    }
    let held = batch.hold_effects(what.now)?;
    batch.commit()?;
    writer.checkpoint_truncate()?;
    Ok(held)
}

fn clear(fresh: &Path) {
    for end in ["", "-wal", "-shm", ".probe"] {
        let mut name = fresh.as_os_str().to_owned();
        name.push(end);
        drop(fs::remove_file(PathBuf::from(name)));
    }
}
