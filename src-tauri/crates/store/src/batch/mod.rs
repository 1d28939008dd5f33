//! One transaction of the writer: events, everything that follows from them, and what they ask to be done, all or
//! nothing. What the writer keeps at hand goes back to where it was whenever the database does.

mod alerts;
mod effects;
mod reads;
mod states;

use crate::chain::{self, Sealed};
use crate::lately::Lately;
use crate::ledger::{self, Stored};
use crate::projections::{self, incidents};
use crate::writer::Head;
use crate::{StoreError, Writer, codec, search};
use domain::{Entry, Envelope, Event, EventId, IncidentId, Recorded, Subject, Timestamp};
use rusqlite::Connection;

/// An event to append.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// Its id.
    pub id: EventId,
    /// What it is about.
    pub subject: Subject,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// Who, for whom, how, through which door.
    pub entry: Entry,
    /// The events its author saw in the fields that it sets.
    pub parents: Vec<EventId>,
    /// Its words.
    pub event: Event,
    /// Random: keeps who knows only the hash from guessing the words.
    pub salt: [u8; 16],
}

/// One transaction of the writer. Dropped without [`Batch::commit`], it leaves no trace.
pub struct Batch<'w> {
    writer: &'w mut Writer,
    /// Where the ledger ended before.
    begun: Head,
    /// Incidents whose state at hand is newer than the disk's.
    touched: Vec<IncidentId>,
    /// How many of those have their state in their rows; the others' is written when a command or the transaction ends.
    written: usize,
    /// Words were taken out: copies must go before the commit.
    erased: bool,
    /// An append failed half-way outside of a savepoint.
    spoiled: bool,
    /// The fault by which the whole transaction is given up.
    lost: Option<StoreError>,
    committed: bool,
}

impl<'w> Batch<'w> {
    pub(crate) fn begin(writer: &'w mut Writer) -> Result<Self, StoreError> {
        if !writer.connection.is_autocommit() {
            writer.connection.execute_batch("ROLLBACK")?;
            writer.lately.forget();
        }
        writer.lately.make_room();
        writer.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        let begun = writer.head;
        Ok(Self { writer, begun, touched: vec![], written: 0, erased: false, spoiled: false, lost: None, committed: false })
    }

    /// Does `work` as a whole or not at all: where it fails, the database, the end of the chain, the clock, the
    /// sequence and the states at hand are as before.
    pub fn savepoint<R, E: From<StoreError>>(&mut self, work: impl FnOnce(&mut Self) -> Result<R, E>) -> Result<R, E> {
        // What came before is written first, so that what is undone takes nothing of it along.
        self.write_states()?;
        self.on_tables(|connection| Ok(connection.prepare_cached("SAVEPOINT work")?.execute([])?))?;
        let mark = self.writer.lately.mark();
        let before = (self.writer.head, self.touched.len(), self.erased, self.spoiled);
        let result = work(self).and_then(|done| Ok(self.write_states().map(|()| done)?));
        let released = match result {
            Ok(done) => match self.on(|connection| Ok(connection.prepare_cached("RELEASE work")?.execute([])?)) {
                Ok(_) => {
                    self.writer.lately.release();
                    return Ok(done);
                }
                Err(fault) => Err(fault.into()),
            },
            Err(refusal) => Err(refusal),
        };
        for id in self.touched.drain(before.1..) {
            self.writer.states.remove(&id);
        }
        self.writer.lately.undo(mark);
        (self.writer.head, self.written, self.erased, self.spoiled) = (before.0, before.1, before.2, before.3);
        let undo = |connection: &Connection| {
            connection.prepare_cached("ROLLBACK TO work")?.execute([])?;
            connection.prepare_cached("RELEASE work")?.execute([])?;
            Ok(())
        };
        // Where even that fails, nothing of the transaction may be committed.
        if let Err(fault) = self.on(undo) {
            self.lost.get_or_insert(fault);
        }
        released
    }

    /// Runs a statement inside of the transaction, and notices when all of it must be given up.
    fn on<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.at_hand(|connection, _| work(connection))
    }

    /// The same, once the tables of alerts and groups say all that is known.
    fn on_tables<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.at_hand(|connection, lately| {
            lately.write(connection)?;
            work(connection)
        })
    }

    /// The same, with the alerts and groups at hand.
    fn at_hand<T>(&mut self, work: impl FnOnce(&Connection, &mut Lately) -> Result<T, StoreError>) -> Result<T, StoreError> {
        if let Some(fault) = &self.lost {
            return Err(fault.again());
        }
        let Writer { connection, lately, .. } = &mut *self.writer;
        let result = work(connection, lately);
        if let Err(fault) = &result
            && (self.writer.connection.is_autocommit() || self.writer.lately.is_torn())
        {
            self.lost = Some(fault.again());
        }
        result
    }

    /// Records an event: gives it its place, clock and link in the chain, and brings up everything that follows from it.
    pub fn append(&mut self, draft: Draft, now: Timestamp) -> Result<Recorded, StoreError> {
        let head = self.writer.head;
        let stored = forge(&head, &draft, now)?;
        let recorded = Recorded { seq: stored.seq, envelope: stored.envelope.clone(), event: Some(draft.event) };
        self.place(&stored, &recorded)?;
        Ok(recorded)
    }

    /// Puts an event into the ledger as it is, its own device's link included.
    pub(crate) fn place(&mut self, stored: &Stored, recorded: &Recorded) -> Result<(), StoreError> {
        let known = match recorded.envelope.subject {
            Subject::Incident(id) => self.take_known(id)?,
            Subject::Home | Subject::Group(_) => None,
        };
        let followed = self.at_hand(|connection, lately| {
            ledger::insert(connection, stored)?;
            projections::follow(connection, lately, known, recorded)
        });
        let state = followed.inspect_err(|_| self.spoiled = true)?;
        let head = &mut self.writer.head;
        head.seq = stored.seq;
        head.hlc = head.hlc.max(stored.envelope.hlc);
        if stored.envelope.device == head.device {
            (head.device_seq, head.hash) = (stored.envelope.device_seq, stored.hash);
        }
        if let Subject::Incident(id) = recorded.envelope.subject {
            if self.touched[self.written..].last() != Some(&id) {
                self.touched.push(id);
            }
            if let Some(known) = state {
                self.writer.states.insert(id, known);
            }
        }
        Ok(())
    }

    /// Takes an entry's words and salt away; the hash that stands for them stays, and the chain still verifies. To be
    /// followed by the event that says so, in the same savepoint; before the commit every copy goes as well.
    pub fn erase(&mut self, target: EventId) -> Result<(), StoreError> {
        let erased = self.on(|connection| ledger::erase(connection, target))?;
        self.erased |= erased;
        if erased { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Puts all of it on disk. Where that fails, none of it is there.
    pub fn commit(mut self) -> Result<(), StoreError> {
        if self.spoiled {
            return Err(StoreError::Codec("an event was recorded half-way".into()));
        }
        self.write_states()?;
        if self.erased {
            // SQLite zeroes what it frees, but a page that it packs anew may keep an old copy of a row in its unused
            // space; the tables that hold words are therefore written anew.
            self.on(|connection| {
                incidents::rewrite(connection)?;
                search::reset(connection)
            })?;
        }
        self.on_tables(|connection| Ok(connection.prepare_cached("COMMIT")?.execute([])?))?;
        self.committed = true;
        if self.erased {
            self.writer.searched = 0;
        }
        Ok(())
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        if self.committed {
            return;
        }
        self.writer.head = self.begun;
        self.writer.states.clear();
        self.writer.lately.forget();
        if !self.writer.connection.is_autocommit()
            && let Err(fault) = self.writer.connection.execute_batch("ROLLBACK")
        {
            tracing::error!(%fault, "rollback");
        }
    }
}

/// A draft as the next row of its device's chain.
fn forge(head: &Head, draft: &Draft, now: Timestamp) -> Result<Stored, StoreError> {
    let payload = codec::encode(&draft.event)?;
    let payload_hash = chain::payload_hash(&draft.salt, &payload);
    let envelope = Envelope {
        id: draft.id,
        subject: draft.subject,
        occurred_at: draft.occurred_at,
        recorded_at: now,
        device: head.device,
        device_seq: head.device_seq + 1,
        hlc: head.hlc.tick(now),
        entry: draft.entry.clone(),
        parents: draft.parents.clone(),
    };
    let (kind, version, codec) = (draft.event.kind(), draft.event.version(), codec::PLAIN);
    let leaf = chain::leaf(&envelope, Sealed { kind, version, codec, payload_hash: &payload_hash });
    Ok(Stored {
        seq: head.seq + 1,
        received_at: now,
        hash: chain::link(&head.hash, &leaf),
        envelope,
        kind: kind.to_owned(),
        version,
        codec,
        payload_hash,
        salt: Some(draft.salt),
        payload: Some(payload),
    })
}
