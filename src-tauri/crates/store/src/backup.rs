//! Copies the database, whole, while it is in use. The copy appears under its name only when it is on disk and sound.

use crate::StoreError;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Copies what `source` sees to `file`; answers the copy's size in bytes.
pub fn write(source: &Connection, file: &Path) -> Result<u64, StoreError> {
    let part = beside(file, "part");
    let copied = copy(source, &part).and_then(|()| {
        let bytes = part.metadata()?.len();
        fs::rename(&part, file)?;
        sync_folder(file)?;
        Ok(bytes)
    });
    if copied.is_err() {
        drop(fs::remove_file(&part));
    }
    copied
}

fn copy(source: &Connection, part: &Path) -> Result<(), StoreError> {
    if part.exists() {
        fs::remove_file(part)?;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut target = Connection::open_with_flags(part, flags)?;
    if Backup::new(source, &mut target)?.step(-1)? != StepResult::Done {
        return Err(StoreError::Busy);
    }
    // One file that needs no log beside it.
    target.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    sound(&target)?;
    target.close().map_err(|(_, fault)| fault)?;
    Ok(File::open(part)?.sync_all()?)
}

/// Whether SQLite finds nothing wrong with the file's structure.
pub fn sound(connection: &Connection) -> Result<(), StoreError> {
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(StoreError::Corrupt(found)) }
}

/// The same name with something after it.
pub fn beside(file: &Path, what: &str) -> PathBuf {
    let mut name = OsString::from(file.as_os_str());
    name.push(".");
    name.push(what);
    PathBuf::from(name)
}

/// Makes a new name in a folder last.
pub fn sync_folder(file: &Path) -> Result<(), StoreError> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
