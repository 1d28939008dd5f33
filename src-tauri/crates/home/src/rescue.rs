//! Ways out of a home that does not open: look at it, put a backup in its place, save what still reads. Each keeps what was
//! there; none runs while another process owns the home.

use crate::folder::Rooms;
use crate::lock::{self, Lock, Reached};
use crate::ports::Ports;
use crate::{doctor, faults, identity};
use api::dto::Finding;
use api::{ApiError, Code};
use serde::Serialize;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::{Opening, StoreError};
use tokio::time::Instant;

/// Time that the owner of the home gets to end.
const PATIENCE: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_millis(20);

/// What came of a restore.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Restored {
    /// The backup.
    pub from: PathBuf,
    /// Where the record that was there lies now.
    pub kept: Option<PathBuf>,
    /// Events in the record now.
    pub events: u64,
}

impl Restored {
    /// In words.
    pub fn sentence(&self) -> String {
        let kept = self.kept.as_ref().map(|kept| format!(" What was there is kept as {}.", kept.display())).unwrap_or_default();
        format!("Restored {} events from {}.{kept}", self.events, self.from.display())
    }
}

/// Puts `backup`, else the newest automatic one, in place of the record. It is checked first; what was there is kept.
pub async fn restore(folder: &Path, backup: Option<&Path>) -> Result<Restored, ApiError> {
    let rooms = Rooms::make(folder)?;
    let lock = take(&rooms).await?;
    let from = match backup {
        Some(file) => std::path::absolute(file).map_err(|fault| faults::folder(file, &fault))?,
        None => newest(&rooms)?,
    };
    let fresh = rooms.folder.join("muster.db.restoring");
    clear(&fresh);
    copy(&from, &fresh)?;
    let events = check(&rooms, &from, &fresh).inspect_err(|_| clear(&fresh))?;
    let kept = put_in_place(&rooms, &fresh)?;
    drop(lock);
    Ok(Restored { from, kept, events })
}

/// Looks at a home that does not open.
pub fn look(folder: &Path) -> Vec<Finding> {
    let rooms = Rooms { folder: folder.to_path_buf() };
    let backups = store::backups::list(&rooms.backups());
    let found = match backups.first() {
        Some(newest) => doctor::finding("backup", true, format!("The newest is of {}: {}", newest.at, newest.path.display()), None),
        None => doctor::finding("backup", false, "There is no automatic backup.", Some("Look for a copy of your own.".into())),
    };
    vec![doctor::folder(folder), found]
}

async fn take(rooms: &Rooms) -> Result<Lock, ApiError> {
    let begun = Instant::now();
    loop {
        match lock::reach(rooms)? {
            Reached::Mine(lock) => return Ok(lock),
            Reached::Taken(_) if begun.elapsed() < PATIENCE => tokio::time::sleep(LOOK).await,
            Reached::Taken(note) => {
                let who = note.map_or("another process", |note| note.owner.label());
                let refusal = ApiError::new(Code::HomeBusy, format!("This home is run by {who}."));
                return Err(refusal.hint("Quit it first: a record is not exchanged while somebody works on it."));
            }
        }
    }
}

fn newest(rooms: &Rooms) -> Result<PathBuf, ApiError> {
    let newest = store::backups::list(&rooms.backups()).into_iter().next().map(|backup| backup.path);
    newest.ok_or_else(|| ApiError::new(Code::NotFound, "There is no automatic backup yet.").hint("Name a file: muster restore FILE"))
}

fn copy(from: &Path, to: &Path) -> Result<(), ApiError> {
    if !from.is_file() {
        return Err(
            ApiError::new(Code::NotFound, format!("There is no file {}.", from.display())).hint("Name a backup: muster restore FILE")
        );
    }
    let copied = std::fs::copy(from, to).and_then(|_| File::open(to)?.sync_all());
    copied.map_err(|fault| {
        clear(to);
        faults::folder(to, &fault)
    })
}

/// Opens the copy, which migrates it where need be, and checks every chain in it.
fn check(rooms: &Rooms, from: &Path, fresh: &Path) -> Result<u64, ApiError> {
    let ports = Ports::default();
    let opening = Opening { path: fresh.to_path_buf(), device: ports.new_device(), now: ports.clock.now() };
    let (mut writer, readers) = store::open(&opening).map_err(|fault| faults::ledger_at(rooms, from, &fault))?;
    let checked = writer.verify(None).and_then(|found| writer.checkpoint_truncate().map(|()| found));
    drop((writer, readers));
    let found = checked.map_err(|fault: StoreError| faults::stored(from, fault))?;
    match found.first_bad {
        None => Ok(found.events),
        Some(bad) => {
            let text = format!("The backup {} is damaged itself: event {} is not as it was recorded.", from.display(), bad.seq);
            Err(ApiError::new(Code::CorruptHome, text).hint("Take an older one. Nothing was changed."))
        }
    }
}

/// Moves the record that is there aside, and the fresh one in its place.
fn put_in_place(rooms: &Rooms, fresh: &Path) -> Result<Option<PathBuf>, ApiError> {
    let database = rooms.database();
    let failed = |fault: std::io::Error| faults::folder(&database, &fault);
    let kept = if database.exists() { Some(aside(rooms)) } else { None };
    if let Some(kept) = &kept {
        std::fs::rename(&database, kept).map_err(failed)?;
        // The write-ahead log holds what had not reached the file yet; it belongs to it.
        drop(std::fs::rename(beside(&database, "-wal"), beside(kept, "-wal")));
    }
    drop(std::fs::remove_file(beside(&database, "-wal")));
    drop(std::fs::remove_file(beside(&database, "-shm")));
    identity::forget(rooms);
    std::fs::rename(fresh, &database).map_err(failed)?;
    clear(fresh);
    drop(File::open(&rooms.folder).and_then(|folder| folder.sync_all()));
    Ok(kept)
}

fn aside(rooms: &Rooms) -> PathBuf {
    let now = Ports::default().clock.now().utc().format("%Y%m%dT%H%M%SZ").to_string();
    let free = |number: u32| {
        let more = if number == 0 { String::new() } else { format!("-{number}") };
        rooms.folder.join(format!("muster-before-{now}{more}.db"))
    };
    (0..).map(free).find(|path| !path.exists()).expect("of endlessly many names one is free")
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn clear(fresh: &Path) {
    for end in ["", "-wal", "-shm"] {
        drop(std::fs::remove_file(beside(fresh, end)));
    }
}
