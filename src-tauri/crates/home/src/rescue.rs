//! Ways out of a home that does not open: look at it, put a backup in its place, save what reads, write out what reads.
//! None changes what is there, but moves it aside; none runs while another process owns the home.

use crate::folder::Rooms;
use crate::lock::{self, Lock, Reached};
use crate::ports::Ports;
use crate::{doctor, faults, identity, surroundings};
use api::dto::{BackupView, Finding};
use api::{ApiError, Code};
use domain::Timestamp;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::rescue::Restoring;
use store::{OpenError, Opening};
use tokio::time::Instant;

/// Time that the owner of the home gets to end.
const PATIENCE: Duration = Duration::from_secs(5);
/// Pause between two looks at the lock.
const LOOK: Duration = Duration::from_millis(20);

/// What came of a restore.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Restored {
    /// The backup.
    pub from: PathBuf,
    /// Events in the record now.
    pub events: u64,
    /// Notices that wait for a person's yes now.
    pub held: u64,
    /// Where the files that were there lie now.
    pub moved: Vec<PathBuf>,
}

/// What came of saving what reads.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Rebuilt {
    /// Events saved.
    pub events: u64,
    /// Events known to be lost.
    pub lost: u64,
    /// Notices that wait for a person's yes now.
    pub held: u64,
    /// Where the files that were there lie now.
    pub moved: Vec<PathBuf>,
}

/// What was written out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Exported {
    /// Where it lies.
    pub path: PathBuf,
    /// Events in it.
    pub events: u64,
    /// Rows that did not read.
    pub unreadable: u64,
}

fn kept(moved: &[PathBuf]) -> String {
    moved.first().map(|file| format!(" What was there is kept as {}.", file.display())).unwrap_or_default()
}

impl Restored {
    /// In words.
    pub fn sentence(&self) -> String {
        format!("Restored {} events from {}.{}", self.events, self.from.display(), kept(&self.moved))
    }
}

impl Rebuilt {
    /// In words.
    pub fn sentence(&self) -> String {
        let lost = if self.lost == 0 { "none is known to be lost".to_owned() } else { format!("{} are lost", self.lost) };
        format!("Saved {} events; {lost}.{}", self.events, kept(&self.moved))
    }
}

impl Exported {
    /// In words.
    pub fn sentence(&self) -> String {
        let unreadable = if self.unreadable == 0 { String::new() } else { format!(" {} did not read.", self.unreadable) };
        format!("Wrote {} events to {}.{unreadable}", self.events, self.path.display())
    }
}

/// Puts `backup`, else the newest automatic one, in place of the record. It is checked first.
pub async fn restore(folder: &Path, backup: Option<&Path>) -> Result<Restored, ApiError> {
    let rooms = Rooms::make(folder)?;
    let lock = take(&rooms).await?;
    let from = match backup {
        Some(file) => std::path::absolute(file).map_err(|fault| faults::folder(file, &fault))?,
        None => newest(&rooms)?,
    };
    if !from.is_file() {
        let missing = ApiError::new(Code::NotFound, format!("There is no file {}.", from.display()));
        return Err(missing.hint("Name a backup: muster restore FILE"));
    }
    let ports = Ports::default();
    let what = Restoring { backup: from.clone(), database: rooms.database(), device: ports.new_device(), now: ports.clock.now() };
    let device = what.device;
    let restored = blocking(move || store::rescue::restore(&what)).await?.map_err(|fault| backup_fault(&rooms, &from, &fault))?;
    identity::remember(&rooms, device, 0);
    drop(lock);
    Ok(Restored { from, events: restored.events, held: restored.held, moved: restored.moved })
}

/// Saves what reads of a damaged record into a new one, and puts that in place.
pub async fn rebuild(folder: &Path) -> Result<Rebuilt, ApiError> {
    let rooms = Rooms::make(folder)?;
    let lock = take(&rooms).await?;
    let (database, fresh) = (rooms.database(), rooms.folder.join("muster.db.saved"));
    let ports = Ports::default();
    let opening = Opening { path: fresh.clone(), device: ports.new_device(), now: ports.clock.now() };
    clear(&fresh);
    let saved = blocking(move || save(&database, &opening)).await.and_then(|saved| saved.map_err(|fault| faults::ledger(&rooms, &fault)));
    clear(&fresh);
    let (device, rebuilt) = saved?;
    let Some(rebuilt) = rebuilt else {
        let nothing = format!("Nothing in {} reads any more.", rooms.database().display());
        return Err(
            ApiError::new(Code::CorruptHome, nothing).hint("Put a backup in its place with `muster restore FILE`. Nothing was changed.")
        );
    };
    identity::remember(&rooms, device, 0);
    drop(lock);
    Ok(rebuilt)
}

/// Nothing at all is no record to go on with: then all stays as it is.
fn save(database: &Path, opening: &Opening) -> Result<(domain::DeviceId, Option<Rebuilt>), OpenError> {
    let saved = store::rescue::salvage(database, opening)?;
    if saved.events == 0 {
        return Ok((opening.device, None));
    }
    let moved = store::rescue::put_in_place(&opening.path, database, opening.now)?;
    Ok((opening.device, Some(Rebuilt { events: saved.events, lost: saved.lost, held: saved.held, moved })))
}

/// Writes every event that reads to `out`, one JSON object a line; unasked into the home's folder, or where that cannot
/// be written into the user's own.
pub async fn export(folder: &Path, out: Option<&Path>) -> Result<Exported, ApiError> {
    let rooms = Rooms { folder: folder.canonicalize().map_err(|fault| faults::folder(folder, &fault))? };
    let lock = match take(&rooms).await {
        Ok(lock) => Some(lock),
        // A folder that cannot be written has no owner either.
        Err(refusal) if matches!(refusal.code, Code::NotSaved | Code::Forbidden) => None,
        Err(refusal) => return Err(refusal),
    };
    let places = match out {
        Some(out) => vec![std::path::absolute(out).map_err(|fault| faults::folder(out, &fault))?],
        None => places(&rooms, Ports::default().clock.now()),
    };
    let mut refusal = None;
    for path in places {
        let (database, to) = (rooms.database(), path.clone());
        match blocking(move || store::rescue::export_readable(&database, &to)).await? {
            Ok(exported) => return Ok(Exported { path, events: exported.events, unreadable: exported.unreadable }),
            Err(fault) => refusal = refusal.or(Some(faults::ledger_at(&rooms, &path, &fault))),
        }
    }
    drop(lock);
    Err(refusal.unwrap_or_else(|| ApiError::new(Code::NotSaved, "There is no place to write to.").hint("Name a file.")))
}

fn places(rooms: &Rooms, now: Timestamp) -> Vec<PathBuf> {
    let name = format!("{}-export-{}.jsonl", rooms.name(), now.utc().format("%Y%m%dT%H%M%SZ"));
    std::iter::once(rooms.folder.clone()).chain(surroundings::documents_folder()).map(|folder| folder.join(&name)).collect()
}

/// Automatic backups of the home, newest first; it need not open.
pub fn backups(folder: &Path) -> Vec<BackupView> {
    let rooms = Rooms { folder: folder.to_path_buf() };
    let view = |backup: store::backups::Backup| BackupView { path: backup.path.display().to_string(), at: backup.at, bytes: backup.bytes };
    store::backups::list(&rooms.backups()).into_iter().map(view).collect()
}

/// Looks at a home that does not open.
pub fn look(folder: &Path) -> Vec<Finding> {
    let rooms = Rooms { folder: folder.to_path_buf() };
    let found = match store::backups::list(&rooms.backups()).first() {
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

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
    tokio::task::spawn_blocking(work).await.map_err(|fault| ApiError::new(Code::Internal, format!("Muster failed inside: {fault}.")))
}

fn newest(rooms: &Rooms) -> Result<PathBuf, ApiError> {
    let newest = store::backups::list(&rooms.backups()).into_iter().next().map(|backup| backup.path);
    newest.ok_or_else(|| ApiError::new(Code::NotFound, "There is no automatic backup yet.").hint("Name a file: muster restore FILE"))
}

/// What is wrong with a backup is said of the backup: the record itself was not touched.
fn backup_fault(rooms: &Rooms, backup: &Path, fault: &OpenError) -> ApiError {
    match fault {
        OpenError::Corrupt { why } => {
            let why = why.trim_end_matches('.');
            ApiError::new(Code::CorruptHome, format!("The backup {} is damaged itself: {why}.", backup.display()))
                .hint("Take an older one. Nothing was changed.")
        }
        OpenError::Newer { .. } => faults::ledger_at(rooms, backup, fault),
        OpenError::ReadOnly { .. } | OpenError::Full { .. } | OpenError::Busy { .. } | OpenError::Io { .. } => faults::ledger(rooms, fault),
    }
}

fn clear(fresh: &Path) {
    for end in ["", "-wal", "-shm", ".probe"] {
        let mut name = fresh.as_os_str().to_owned();
        name.push(end);
        drop(std::fs::remove_file(PathBuf::from(name)));
    }
}
