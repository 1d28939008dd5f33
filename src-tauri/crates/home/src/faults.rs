//! What a person is told when a home cannot be opened: what happened and what to do.

use crate::folder::Rooms;
use api::{ApiError, Code};
use std::io::{self, ErrorKind};
use std::path::Path;
use store::{OpenError, StoreError};

/// Backups named in a hint.
const BACKUPS_NAMED: usize = 3;

/// A fault with the home's folder or a file in it.
pub(crate) fn folder(path: &Path, fault: &io::Error) -> ApiError {
    let path = path.display();
    match fault.kind() {
        ErrorKind::PermissionDenied => ApiError::new(Code::Forbidden, format!("You may not write to {path}."))
            .hint("Make it yours, or name another folder with --home."),
        ErrorKind::ReadOnlyFilesystem => read_only(&path.to_string()),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => full(&path.to_string()),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            ApiError::new(Code::NotSaved, format!("{path} is not a folder.")).hint("Name a folder with --home.")
        }
        _ => ApiError::new(Code::NotSaved, format!("{path} cannot be used: {fault}.")).hint("Name another folder with --home."),
    }
}

fn read_only(path: &str) -> ApiError {
    ApiError::new(Code::NotSaved, format!("{path} can only be read, so nothing can be saved."))
        .hint("Make it writable, or name another folder with --home.")
}

fn full(path: &str) -> ApiError {
    ApiError::new(Code::NotSaved, format!("The disk of {path} is full, so nothing can be saved.")).hint("Free some space, then try again.")
}

/// Why a ledger did not open. For a damaged one the hint names the newest backups.
pub(crate) fn ledger(rooms: &Rooms, fault: &OpenError) -> ApiError {
    ledger_at(rooms, &rooms.database(), fault)
}

/// The same for the record in `file`.
pub(crate) fn ledger_at(rooms: &Rooms, file: &Path, fault: &OpenError) -> ApiError {
    let shown = file.display().to_string();
    match fault {
        OpenError::Corrupt { why } => {
            let why = why.trim_end_matches('.');
            ApiError::new(Code::CorruptHome, format!("The record in {shown} is damaged: {why}.")).hint(ways_out(rooms))
        }
        OpenError::Newer { found, known } => ApiError::new(
            Code::NewerHome,
            format!("The record in {shown} was written by a newer Muster (format {found}; this one knows {known})."),
        )
        .hint("Use that version or a newer one. Nothing was changed."),
        OpenError::ReadOnly { .. } => read_only(&shown),
        OpenError::Full { .. } => full(&shown),
        OpenError::Busy { why } => {
            let why = why.trim_end_matches('.');
            ApiError::new(Code::HomeBusy, format!("Another program uses {shown}: {why}.")).hint("Close it, then try again.")
        }
        OpenError::Io { why } => {
            let why = why.trim_end_matches('.');
            ApiError::new(Code::NotSaved, format!("{shown} cannot be opened: {why}."))
                .hint("Look at the disk, or name another folder with --home.")
        }
    }
}

fn ways_out(rooms: &Rooms) -> String {
    let backups = store::backups::list(&rooms.backups());
    let newest: Vec<String> = backups.iter().take(BACKUPS_NAMED).map(|backup| backup.path.display().to_string()).collect();
    if newest.is_empty() {
        return "Fold the record anew from its events with `muster rebuild`, or put a copy of yours in its place with `muster restore FILE`.".into();
    }
    format!("Put a backup in its place with `muster restore FILE`, the newest first:\n{}", newest.join("\n"))
}

/// A fault of the open ledger.
pub(crate) fn stored(path: &Path, fault: StoreError) -> ApiError {
    let shown = path.display().to_string();
    match fault {
        StoreError::Full => full(&shown),
        StoreError::ReadOnly => read_only(&shown),
        other => engine::Failure::Store(other).into(),
    }
}
