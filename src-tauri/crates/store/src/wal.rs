//! The write-ahead log's length: when to move it into the file, and when it must be cut. Holds no data.

use crate::StoreError;
use rusqlite::Connection;
use rusqlite::hooks::Wal;
use std::cell::Cell;
use std::ffi::c_int;
use std::time::Duration;

/// Pages in the log from which on it is moved into the file (16 MiB of 4 KiB pages, what the log keeps on disk anyway): few
/// enough that a start after a crash reads it in some 35 ms, many enough that a flood, whose every commit touches a
/// thousand pages, moves a page once for many commits.
const LARGE: c_int = 4_096;
/// Pages by which the log must have grown before another try, where readers stood in the way of the last one (1 MiB).
const AGAIN: c_int = 256;
/// How long a cut waits for readers.
const CUT_PATIENCE: Duration = Duration::from_millis(500);
/// How long a cut that is tried again waits: somebody may be waiting for the writer.
const AGAIN_PATIENCE: Duration = Duration::from_millis(20);
/// How long the writer waits for a lock that another process holds; one home has one owner, so this is rare.
pub const PATIENCE: Duration = Duration::from_secs(5);

thread_local! {
    /// Pages in the log after this thread's last commit: the hook can carry nothing of its own.
    static PAGES: Cell<c_int> = const { Cell::new(0) };
}

/// What is known of the log.
pub struct Log {
    /// Pages when it was last moved in vain.
    tried: c_int,
    /// It holds words that were taken out.
    must_cut: bool,
}

impl Log {
    pub fn watch(connection: &Connection) -> Self {
        connection.wal_hook(Some(note));
        Self { tried: 0, must_cut: false }
    }

    pub fn checkpoint_if_large(&mut self, connection: &Connection) -> Result<(), StoreError> {
        if self.must_cut {
            return self.cut(connection, AGAIN_PATIENCE);
        }
        let pages = PAGES.get();
        if pages < LARGE || (pages >= self.tried && pages - self.tried < AGAIN) {
            return Ok(());
        }
        let (log, moved): (c_int, c_int) =
            connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| Ok((row.get(1)?, row.get(2)?)))?;
        self.tried = if moved < log { pages } else { 0 };
        // All moved: the next commit begins at the front again and tells its own length.
        PAGES.set(if moved < log { pages } else { 0 });
        Ok(())
    }

    pub fn truncate(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.cut(connection, CUT_PATIENCE)
    }

    fn cut(&mut self, connection: &Connection, patience: Duration) -> Result<(), StoreError> {
        self.must_cut = true;
        connection.busy_timeout(patience)?;
        let busy = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0));
        connection.busy_timeout(PATIENCE)?;
        self.must_cut = busy?;
        if self.must_cut {
            return Err(StoreError::Busy);
        }
        (self.tried, _) = (0, PAGES.set(0));
        Ok(())
    }
}

fn note(_: &Wal, pages: c_int) -> rusqlite::Result<()> {
    PAGES.set(pages);
    Ok(())
}
