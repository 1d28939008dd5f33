//! Ways out for a database that does not open or is damaged. None needs it to be healthy; none removes or changes what
//! is there, but moves it aside. The caller must own the home.

mod export;
mod restore;
mod salvage;

pub use export::{Exported, export_readable};
pub use restore::{Restored, Restoring, restore};
pub use salvage::{Salvaged, salvage};

use crate::backup::{beside, sync_folder};
use crate::ledger::{self, Stored};
use crate::{OpenError, StoreError, backups};
use domain::Timestamp;
use rusqlite::{Connection, OpenFlags};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// Events looked for one by one after a place that does not read, where not even the number of the last one reads.
const PROBED: i64 = 100_000;

/// Puts `fresh` in place of `database`; answers where the files that were there lie now. A name is made from `now`, and
/// none that is taken is used. At no instant is there no database: an empty home would be made in its place.
pub fn put_in_place(fresh: &Path, database: &Path, now: Timestamp) -> Result<Vec<PathBuf>, OpenError> {
    let put = || -> Result<Vec<PathBuf>, StoreError> {
        let aside = aside(database, now);
        let mut moved = vec![];
        if database.exists() {
            // A second name where the file system has such, so that the first one stays until it is replaced.
            fs::hard_link(database, &aside).or_else(|_| fs::rename(database, &aside))?;
            moved.push(aside.clone());
        }
        // The old log must be gone before the new file has its name: it would be taken for the new file's.
        for end in ["-wal", "-shm"] {
            let (from, to) = (with_end(database, end), with_end(&aside, end));
            if from.exists() {
                fs::rename(&from, &to)?;
                moved.push(to);
            }
        }
        fs::rename(fresh, database)?;
        sync_folder(database)?;
        Ok(moved)
    };
    put().map_err(|fault| OpenError::of(fault, "putting it in place"))
}

fn aside(database: &Path, now: Timestamp) -> PathBuf {
    let time = backups::name(now);
    let free = |number: u32| {
        let more = if number == 0 { String::new() } else { format!("-{number}") };
        database.with_file_name(format!("damaged{more}-{time}"))
    };
    (0..).map(free).find(|path| !path.exists()).expect("of endlessly many names one is free")
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(end);
    PathBuf::from(name)
}

/// A copy of a database and its log that can be looked into without touching the original; goes when dropped.
struct Copy {
    path: PathBuf,
}

impl Copy {
    /// Copies beside `near`, where room is needed anyway.
    fn of(database: &Path, near: &Path) -> Result<Self, StoreError> {
        let copy = Self { path: beside(near, "look") };
        copy.clear();
        for end in ["", "-wal"] {
            let from = with_end(database, end);
            if end.is_empty() || from.exists() {
                fs::copy(from, with_end(&copy.path, end))?;
            }
        }
        Ok(copy)
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let connection = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.pragma_update(None, "cell_size_check", "ON")?;
        connection.pragma_update(None, "trusted_schema", "OFF")?;
        Ok(connection)
    }

    fn clear(&self) {
        for end in ["", "-wal", "-shm"] {
            drop(fs::remove_file(with_end(&self.path, end)));
        }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Every row that still reads, in order of arrival: around places that do not, one by one.
fn each_readable(
    connection: &Connection,
    mut each: impl FnMut(i64, Result<Stored, StoreError>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    // Where not even the schema reads, there is nothing to walk along.
    connection.prepare("SELECT seq FROM events")?;
    let last = connection.query_row("SELECT max(seq) FROM events", [], |row| row.get::<_, Option<i64>>(0)).ok().flatten();
    let mut next = 1;
    loop {
        let mut refusal = None;
        let walked = ledger::each_from(connection, next, |seq, row| {
            next = seq + 1;
            each(seq, row).inspect_err(|fault| refusal = Some(fault.again()))
        });
        match (walked, refusal) {
            (Ok(()), _) => return Ok(()),
            (Err(fault), Some(_)) => return Err(fault),
            (Err(_), None) => {}
        }
        let end = last.map_or(next + PROBED, |last| last.min(next + PROBED));
        match (next..=end).find(|seq| matches!(ledger::by_seq(connection, *seq), Ok(Some(_)))) {
            Some(seq) => next = seq,
            None => return Ok(()),
        }
    }
}
