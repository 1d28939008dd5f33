//! One process owns a home at a time: the one that holds the lock on `muster.lock`. The file also says who that is and
//! where to reach it, so that a caller with other surroundings (cron, ssh) finds the same socket.

use crate::faults;
use crate::folder::Rooms;
use api::ApiError;
use api::socket::OwnerKind;
use serde::{Deserialize, Serialize};
use std::fs::{File, TryLockError};
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};

/// Who owns a home.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Note {
    /// What kind of process.
    pub owner: OwnerKind,
    /// Its number.
    pub process: u32,
    /// Where it listens; none while it does not.
    pub socket: Option<PathBuf>,
}

/// Ownership of a home; ends when dropped, also by a crash.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
}

/// What came of reaching for the lock.
#[derive(Debug)]
pub(crate) enum Reached {
    /// It is ours.
    Mine(Lock),
    /// Another process holds it; who, where that can be read.
    Taken(Option<Note>),
}

/// Reaches for the lock once, without waiting.
pub(crate) fn reach(rooms: &Rooms) -> Result<Reached, ApiError> {
    let path = rooms.lock();
    let file = File::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(&path)
        .map_err(|fault| faults::folder(&rooms.folder, &fault))?;
    match file.try_lock() {
        Ok(()) => Ok(Reached::Mine(Lock { file })),
        Err(TryLockError::WouldBlock) => Ok(Reached::Taken(read(&path))),
        Err(TryLockError::Error(fault)) => Err(faults::folder(&rooms.folder, &fault)),
    }
}

fn read(path: &Path) -> Option<Note> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

impl Lock {
    /// Says who owns the home and where to reach it. Where the disk is full it stays unsaid: callers then compute the place.
    pub fn say(&mut self, note: &Note) {
        let text = serde_json::to_vec(note).unwrap_or_default();
        let said = self.file.set_len(0).and_then(|()| self.file.rewind()).and_then(|()| self.file.write_all(&text));
        if let Err(fault) = said {
            tracing::warn!(%fault, "lock note");
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        drop(self.file.set_len(0));
        drop(self.file.unlock());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_one_learns_who_the_first_one_is() {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let rooms = Rooms::make(temporary.path()).expect("made");
        let Reached::Mine(mut lock) = reach(&rooms).expect("writable") else { panic!("nobody else is here") };
        assert!(matches!(reach(&rooms), Ok(Reached::Taken(None))), "taken, and nothing said yet");
        let note = Note { owner: OwnerKind::Serve, process: 7, socket: Some("/run/x.sock".into()) };
        lock.say(&note);
        lock.say(&Note { socket: None, ..note.clone() });
        let Ok(Reached::Taken(Some(seen))) = reach(&rooms) else { panic!("still taken") };
        assert_eq!(seen, Note { socket: None, ..note }, "the last word counts, whole");
        drop(lock);
        assert!(matches!(reach(&rooms), Ok(Reached::Mine(_))), "free again");
    }
}
