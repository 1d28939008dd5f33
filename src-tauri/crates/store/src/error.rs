//! What can go wrong with the file, told apart by what a person can do about it. Never hides the cause.

use rusqlite::ffi;
use rusqlite::{Error as SqlError, ErrorCode};

/// Why a read or write of the ledger failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No room left: nothing was written.
    #[error("The disk is full.")]
    Full,
    /// The file or its folder cannot be written.
    #[error("The record can only be read: its file or folder is write-protected.")]
    ReadOnly,
    /// Another connection holds the file for too long.
    #[error("The record is in use by something else at the moment.")]
    Busy,
    /// What was read is not what was written.
    #[error("The record is damaged: {0}.")]
    Corrupt(String),
    /// The disk itself failed.
    #[error("The disk failed: {0}.")]
    Io(String),
    /// No such row.
    #[error("There is no such thing on the record.")]
    NotFound,
    /// A fault of Muster's own.
    #[error("The database refused: {0}.")]
    Sql(SqlError),
    /// An event's bytes do not read.
    #[error("An entry cannot be read: {0}.")]
    Codec(String),
}

/// Why a home's database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// What lies there is damaged, or no database of Muster's.
    #[error("The record cannot be opened, it is damaged: {why}. Restore a backup, or save what still reads.")]
    Corrupt {
        /// What was found.
        why: String,
    },
    /// A newer Muster wrote it.
    #[error("The record was written by a newer Muster (format {found}; this one knows {known}). Update Muster; nothing was changed.")]
    Newer {
        /// Format of the file.
        found: i64,
        /// Newest format known here.
        known: i64,
    },
    /// It cannot be written.
    #[error("The record can only be read: {why}. Make the file and its folder writable.")]
    ReadOnly {
        /// What was refused.
        why: String,
    },
    /// No room.
    #[error("The disk is full: {why}. Free some space.")]
    Full {
        /// What needed room.
        why: String,
    },
    /// Somebody else holds it.
    #[error("The record is in use by another program: {why}.")]
    Busy {
        /// What was tried.
        why: String,
    },
    /// Anything else of the system's.
    #[error("The record could not be opened: {why}.")]
    Io {
        /// What the system said.
        why: String,
    },
}

impl StoreError {
    /// The same fault once more, for those who ask after the first one was told.
    pub(crate) fn again(&self) -> Self {
        match self {
            Self::Full => Self::Full,
            Self::ReadOnly => Self::ReadOnly,
            Self::Busy => Self::Busy,
            Self::NotFound => Self::NotFound,
            Self::Corrupt(found) => Self::Corrupt(found.clone()),
            Self::Codec(found) => Self::Codec(found.clone()),
            Self::Io(said) => Self::Io(said.clone()),
            Self::Sql(fault) => Self::Io(fault.to_string()),
        }
    }
}

impl From<SqlError> for StoreError {
    fn from(fault: SqlError) -> Self {
        let (code, said) = match &fault {
            SqlError::SqliteFailure(code, said) => (code, said),
            // A column that does not hold what was put there.
            SqlError::FromSqlConversionFailure(..) | SqlError::IntegralValueOutOfRange(..) | SqlError::InvalidColumnType(..) => {
                return Self::Corrupt(fault.to_string());
            }
            _ => return Self::Sql(fault),
        };
        let words = || said.clone().unwrap_or_else(|| code.to_string());
        match code.code {
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::ReadOnly => Self::ReadOnly,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Corrupt(words()),
            ErrorCode::SystemIoFailure => io(code.extended_code, words()),
            _ => Self::Sql(fault),
        }
    }
}

/// A file that cannot grow is a full disk, whatever call noticed it; a checksum or a short read is damage.
fn io(extended: i32, words: String) -> StoreError {
    match extended {
        ffi::SQLITE_IOERR_SHMSIZE => StoreError::Full,
        ffi::SQLITE_IOERR_CORRUPTFS | ffi::SQLITE_IOERR_DATA | ffi::SQLITE_IOERR_SHORT_READ => StoreError::Corrupt(words),
        _ => StoreError::Io(words),
    }
}

impl From<std::io::Error> for StoreError {
    fn from(fault: std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        match fault.kind() {
            Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => Self::Full,
            Kind::ReadOnlyFilesystem | Kind::PermissionDenied => Self::ReadOnly,
            Kind::NotFound => Self::NotFound,
            _ => Self::Io(fault.to_string()),
        }
    }
}

impl OpenError {
    /// The same fault while opening; `doing` says what was under way.
    pub(crate) fn of(fault: StoreError, doing: &str) -> Self {
        let why = format!("{doing} failed");
        match fault {
            StoreError::Full => Self::Full { why },
            StoreError::ReadOnly => Self::ReadOnly { why },
            StoreError::Busy => Self::Busy { why },
            StoreError::Corrupt(found) => Self::Corrupt { why: found },
            StoreError::Codec(found) => Self::Corrupt { why: found },
            StoreError::Io(said) => Self::Io { why: format!("{doing}: {said}") },
            StoreError::NotFound => Self::Io { why: format!("{doing}: something is missing") },
            StoreError::Sql(fault) => Self::Io { why: format!("{doing}: {fault}") },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classify(extended: i32) -> StoreError {
        SqlError::SqliteFailure(ffi::Error::new(extended), None).into()
    }

    #[test]
    fn what_the_disk_says_is_told_apart() {
        assert!(matches!(classify(ffi::SQLITE_FULL), StoreError::Full), "no room");
        assert!(matches!(classify(ffi::SQLITE_IOERR_SHMSIZE), StoreError::Full), "no room for the shared memory file");
        assert!(matches!(classify(ffi::SQLITE_READONLY_DIRECTORY), StoreError::ReadOnly), "a folder that cannot be written");
        assert!(matches!(classify(ffi::SQLITE_BUSY_SNAPSHOT), StoreError::Busy), "somebody else writes");
        assert!(matches!(classify(ffi::SQLITE_NOTADB), StoreError::Corrupt(_)), "something else lies there");
        assert!(matches!(classify(ffi::SQLITE_CORRUPT_INDEX), StoreError::Corrupt(_)), "an index that lies");
        assert!(matches!(classify(ffi::SQLITE_IOERR_FSYNC), StoreError::Io(_)), "the disk failed");
        assert!(matches!(classify(ffi::SQLITE_CONSTRAINT), StoreError::Sql(_)), "our own fault");
    }

    #[test]
    fn what_the_system_says_is_told_apart() {
        let of = |kind: std::io::ErrorKind| StoreError::from(std::io::Error::from(kind));
        assert!(matches!(of(std::io::ErrorKind::StorageFull), StoreError::Full));
        assert!(matches!(of(std::io::ErrorKind::ReadOnlyFilesystem), StoreError::ReadOnly));
    }
}
