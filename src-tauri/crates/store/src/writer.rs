//! The one connection that writes, what it keeps at hand, and what it does between transactions. Lives on one thread.

use crate::chain::ROOT;
use crate::lately::Lately;
use crate::projections::{self, incidents::Known};
use crate::{Batch, StoreError, Tried, Verification, backup, ledger, names, probes, search, verify, wal};
use domain::home::Home;
use domain::{DeviceId, Hlc, IncidentId, SourceName};
use rusqlite::Connection;
use std::collections::HashMap;
use std::path::Path;

/// Where the ledger ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    pub device: DeviceId,
    pub device_seq: u64,
    pub hash: [u8; 32],
    pub hlc: Hlc,
    pub seq: u64,
}

impl Head {
    /// Reads it from the last rows.
    pub fn read(connection: &Connection, device: DeviceId) -> Result<Self, StoreError> {
        let last = ledger::last(connection)?;
        let own = ledger::last_of_device(connection, device)?;
        let clock = |stored: &Option<ledger::Stored>| stored.as_ref().map_or(Hlc::default(), |stored| stored.envelope.hlc);
        Ok(Self {
            device,
            device_seq: own.as_ref().map_or(0, |own| own.envelope.device_seq),
            hash: own.as_ref().map_or(ROOT, |own| own.hash),
            hlc: clock(&last).max(clock(&own)),
            seq: last.map_or(0, |last| last.seq),
        })
    }
}

/// The one connection that writes.
pub struct Writer {
    pub(crate) connection: Connection,
    pub(crate) head: Head,
    pub(crate) states: HashMap<IncidentId, Known>,
    pub(crate) lately: Lately,
    pub(crate) searched: u64,
    wal: wal::Log,
    /// What a commit waits for, in SQLite's words.
    waits: &'static str,
}

impl Writer {
    pub(crate) fn new(connection: Connection, device: DeviceId) -> Result<Self, StoreError> {
        let head = Head::read(&connection, device)?;
        let searched = search::searched(&connection)?;
        let wal = wal::Log::watch(&connection);
        Ok(Self { connection, head, states: HashMap::new(), lately: Lately::default(), searched, wal, waits: "FULL" })
    }

    /// Waits for the disk no longer: for a database that is thrown away unless it is finished and flushed as a whole.
    /// What anybody was told is saved must never go by this writer.
    pub fn write_unflushed(&mut self) -> Result<(), StoreError> {
        self.waits = "OFF";
        Ok(self.connection.pragma_update(None, "synchronous", self.waits)?)
    }

    /// Counts one try of a place, beside the ledger.
    pub fn count_try(&mut self, source: &SourceName, tried: &Tried) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        probes::count(&transaction, source, tried)?;
        Ok(transaction.commit()?)
    }

    /// The device this home is.
    pub fn device(&self) -> DeviceId {
        self.head.device
    }

    /// The clock of the last event on disk.
    pub fn last_hlc(&self) -> Hlc {
        self.head.hlc
    }

    /// The sequence of the last event on disk.
    pub fn seq(&self) -> u64 {
        self.head.seq
    }

    /// The home, folded from its events.
    pub fn home(&mut self) -> Result<Home, StoreError> {
        Ok(Home::fold(&ledger::of_home(&self.connection)?))
    }

    /// Begins a transaction. Dropped without [`Batch::commit`], it leaves no trace.
    pub fn batch(&mut self) -> Result<Batch<'_>, StoreError> {
        Batch::begin(self)
    }

    /// Moves a long log into the file, as far as readers let it; called after the answers, never before. Also tries
    /// again to cut a log that must not stay.
    pub fn checkpoint_if_large(&mut self) -> Result<(), StoreError> {
        self.wal.checkpoint_if_large(&self.connection)
    }

    /// Names the last alerts, where there are many of them; called after the answers, never before. Not synced by itself:
    /// what is lost in a crash is named again.
    pub fn name_alerts_if_many(&mut self) -> Result<(), StoreError> {
        if !self.lately.has_unnamed() {
            return Ok(());
        }
        self.unsynced(|writer| {
            let transaction = writer.connection.transaction()?;
            let named = names::catch_up(&transaction)?;
            transaction.commit()?;
            writer.lately.are_named(named);
            Ok(())
        })
    }

    /// Moves all of the log into the file and cuts it to nothing, so that it keeps no words that were taken out.
    /// Waits a moment for readers; where they stay, says [`StoreError::Busy`] and tries again with the next
    /// [`Writer::checkpoint_if_large`].
    pub fn checkpoint_truncate(&mut self) -> Result<(), StoreError> {
        self.wal.truncate(&self.connection)
    }

    /// Copies the whole database to `file`, which appears there only when it is whole and was checked. Answers its size
    /// in bytes.
    pub fn backup_to(&mut self, file: &Path) -> Result<u64, StoreError> {
        backup::write(&self.connection, file)
    }

    /// Drops all projections and folds the ledger anew, in one transaction. Sends nothing: the outbox, sightings and
    /// statistics of sources are left as they are.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        self.states.clear();
        self.lately.forget();
        let transaction = self.connection.transaction()?;
        projections::rebuild(&transaction)?;
        search::reset(&transaction)?;
        transaction.commit()?;
        self.searched = 0;
        Ok(())
    }

    /// Lets search take in the words of at most `limit` events that it has not read; answers how many it read.
    /// Not synced by itself: what is lost in a crash is read again.
    pub fn drain_search(&mut self, limit: usize) -> Result<usize, StoreError> {
        if self.searched >= self.head.seq {
            return Ok(0);
        }
        self.unsynced(|writer| writer.drain(limit))
    }

    /// Does what may be lost in a crash.
    fn unsynced<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.connection.pragma_update(None, "synchronous", "NORMAL")?;
        let done = work(self);
        self.connection.pragma_update(None, "synchronous", self.waits)?;
        done
    }

    fn drain(&mut self, limit: usize) -> Result<usize, StoreError> {
        let mut read = 0;
        while read < limit {
            let step = search::drain(&mut self.connection, self.searched, limit - read)?;
            self.searched = step.searched;
            read += step.events;
            if step.events == 0 {
                break;
            }
        }
        Ok(read)
    }

    /// Whether every event is as it was recorded.
    pub fn verify(&mut self, incident: Option<IncidentId>) -> Result<Verification, StoreError> {
        verify::verify(&self.connection, incident)
    }
}
