//! One transaction of the writer: events, everything that follows from them, and what they ask to be done, all or
//! nothing. What the writer keeps at hand goes back to where it was whenever the database does.

use crate::chain::{self, Sealed};
use crate::ledger::{self, Stored};
use crate::projections::{self, Followed, alerts, attachments, groups, incidents};
use crate::rows::{Effect, EffectState, GroupRow, OnceRow};
use crate::writer::Head;
use crate::{StoreError, Writer, codec, meta, once, outbox, search, sightings, sources};
use domain::alerts::{AlertEvent, AlertState};
use domain::incidents::{Incident, IncidentEvent};
use domain::{DeviceId, Entry, Envelope, Event, EventId, GroupId, IncidentId, IncidentRef, Recorded, SourceName, Subject, Timestamp};
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
    /// Words were taken out: copies must go before the commit.
    erased: bool,
    /// An append failed half-way outside of a savepoint.
    spoiled: bool,
    /// The fault by which SQLite gave the whole transaction up.
    lost: Option<StoreError>,
    committed: bool,
}

impl<'w> Batch<'w> {
    pub(crate) fn begin(writer: &'w mut Writer) -> Result<Self, StoreError> {
        if !writer.connection.is_autocommit() {
            writer.connection.execute_batch("ROLLBACK")?;
        }
        writer.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        let begun = writer.head;
        Ok(Self { writer, begun, touched: vec![], erased: false, spoiled: false, lost: None, committed: false })
    }

    /// Does `work` as a whole or not at all: where it fails, the database, the end of the chain, the clock, the
    /// sequence and the states at hand are as before.
    pub fn savepoint<R, E: From<StoreError>>(&mut self, work: impl FnOnce(&mut Self) -> Result<R, E>) -> Result<R, E> {
        self.on(|connection| Ok(connection.prepare_cached("SAVEPOINT work")?.execute([])?))?;
        let before = (self.writer.head, self.touched.len(), self.erased, self.spoiled);
        let result = work(self);
        let released = match result {
            Ok(done) => match self.on(|connection| Ok(connection.prepare_cached("RELEASE work")?.execute([])?)) {
                Ok(_) => return Ok(done),
                Err(fault) => Err(fault.into()),
            },
            Err(refusal) => Err(refusal),
        };
        for id in self.touched.drain(before.1..) {
            self.writer.states.remove(&id);
        }
        (self.writer.head, self.erased, self.spoiled) = (before.0, before.2, before.3);
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

    /// Runs a statement inside of the transaction, and notices when SQLite gave all of it up.
    fn on<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        if let Some(fault) = &self.lost {
            return Err(fault.again());
        }
        let result = work(&self.writer.connection);
        if let Err(fault) = &result
            && self.writer.connection.is_autocommit()
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
        let followed = self.on(|connection| {
            ledger::insert(connection, stored)?;
            let followed = projections::follow(connection, known, recorded)?;
            if let (Followed::Alert { fresh_episode: true }, Some(Event::Alert(event))) = (&followed, &recorded.event) {
                count_anew(connection, event)?;
            }
            Ok(followed)
        });
        let followed = followed.inspect_err(|_| self.spoiled = true)?;
        let head = &mut self.writer.head;
        head.seq = stored.seq;
        head.hlc = head.hlc.max(stored.envelope.hlc);
        if stored.envelope.device == head.device {
            (head.device_seq, head.hash) = (stored.envelope.device_seq, stored.hash);
        }
        if let (Followed::Incident(state), Subject::Incident(id)) = (followed, recorded.envelope.subject) {
            self.touched.push(id);
            if let Some(known) = state {
                self.writer.keep(id, known);
            }
        }
        Ok(())
    }

    fn take_known(&mut self, id: IncidentId) -> Result<Option<incidents::Known>, StoreError> {
        match &self.lost {
            Some(fault) => Err(fault.again()),
            None => self.writer.take_known(id),
        }
    }

    /// An incident's state, with what this transaction did to it.
    pub fn incident(&mut self, id: IncidentId) -> Result<Option<Incident>, StoreError> {
        let Some(known) = self.take_known(id)? else { return Ok(None) };
        let incident = known.incident.clone();
        self.writer.keep(id, known);
        Ok(Some(incident))
    }

    /// An event by its id.
    pub fn event(&mut self, id: EventId) -> Result<Option<Recorded>, StoreError> {
        self.on(|connection| ledger::by_id(connection, id)?.map(Stored::recorded).transpose())
    }

    /// All events about an incident, in order of arrival.
    pub fn incident_events(&mut self, id: IncidentId) -> Result<Vec<Recorded>, StoreError> {
        self.on(|connection| ledger::of_subject(connection, &Subject::Incident(id)))
    }

    /// Whether an incident is called that.
    pub fn reference_taken(&mut self, reference: &IncidentRef) -> Result<bool, StoreError> {
        self.on(|connection| incidents::reference_taken(connection, reference))
    }

    /// Corrections of the words of an entry.
    pub fn corrections_of(&mut self, target: EventId) -> Result<Vec<Recorded>, StoreError> {
        let Some(entry) = self.event(target)? else { return Ok(vec![]) };
        let events = self.on(|connection| ledger::of_subject(connection, &entry.envelope.subject))?;
        let aims = |recorded: &Recorded| matches!(&recorded.event, Some(Event::Incident(IncidentEvent::Corrected { target: of, text: Some(_), .. })) if *of == target);
        Ok(events.into_iter().filter(aims).collect())
    }

    /// Takes an entry's words and salt away; the hash that stands for them stays, and the chain still verifies. To be
    /// followed by the event that says so, in the same savepoint; before the commit every copy goes as well.
    pub fn erase(&mut self, target: EventId) -> Result<(), StoreError> {
        let erased = self.on(|connection| ledger::erase(connection, target))?;
        self.erased |= erased;
        if erased { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// What must be known of an alert to judge the next signal about it.
    pub fn alert(&mut self, source: &SourceName, key: &str) -> Result<Option<AlertState>, StoreError> {
        self.on(|connection| alerts::state(connection, source, key))
    }

    /// The group that new alerts of this key join: one that fires, or belongs to an open incident, or had news within
    /// the last half hour and was not dismissed.
    pub fn current_group(&mut self, source: &SourceName, group_key: &str, now: Timestamp) -> Result<Option<GroupId>, StoreError> {
        self.on(|connection| groups::current(connection, source, group_key, now))
    }

    /// A whole group. Costs the more, the more alerts it has: where only its incident is asked for, see
    /// [`Batch::incident_of_group`].
    pub fn group(&mut self, id: GroupId) -> Result<Option<GroupRow>, StoreError> {
        self.on(|connection| groups::by_id(connection, id))
    }

    /// The incident a group belongs to.
    pub fn incident_of_group(&mut self, id: GroupId) -> Result<Option<IncidentId>, StoreError> {
        self.on(|connection| Ok(attachments::of_group(connection, id)?.map(|(incident, _)| incident)))
    }

    /// An alert was heard; it lapses at `lapses_at` unless it is heard again.
    pub fn sight(&mut self, source: &SourceName, key: &str, at: Timestamp, lapses_at: Option<Timestamp>) -> Result<(), StoreError> {
        self.on(|connection| sightings::sight(connection, source, key, at, lapses_at))
    }

    /// An alert does not lapse any more.
    pub fn forget_lapse(&mut self, source: &SourceName, key: &str) -> Result<(), StoreError> {
        self.on(|connection| sightings::forget_lapse(connection, source, key))
    }

    /// A source sent a request.
    pub fn source_heard(&mut self, source: &SourceName, at: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| sources::heard(connection, source, at))
    }

    /// Something a source sent was refused; the raw body is kept.
    pub fn source_refused(&mut self, source: &SourceName, at: Timestamp, reason: &str, raw: &[u8]) -> Result<(), StoreError> {
        self.on(|connection| sources::refused(connection, source, at, reason, raw))
    }

    /// What came of the command with that key.
    pub fn once(&mut self, key: &str) -> Result<Option<OnceRow>, StoreError> {
        self.on(|connection| once::find(connection, key))
    }

    /// Remembers what came of the command with that key.
    pub fn remember_once(
        &mut self,
        key: &str,
        incident: Option<IncidentId>,
        event: Option<EventId>,
        seq: u64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.on(|connection| once::remember(connection, key, OnceRow { incident, event, seq }, at))
    }

    /// Plans a notice in place of whatever waits to be done for that incident.
    pub fn plan_notice(&mut self, incident: IncidentId, effect: EventId, due: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| outbox::plan_notice(connection, incident, effect, due))
    }

    /// Drops what waits to be done for that incident, and plans to take its notice down.
    pub fn hush(&mut self, incident: IncidentId, effect: EventId, now: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| outbox::hush(connection, incident, effect, now))
    }

    /// An effect by its id.
    pub fn effect(&mut self, id: EventId) -> Result<Option<Effect>, StoreError> {
        self.on(|connection| outbox::by_id(connection, id))
    }

    /// Claims a pending effect; false where it is pending no more.
    pub fn claim_effect(&mut self, id: EventId, now: Timestamp) -> Result<bool, StoreError> {
        self.on(|connection| outbox::claim(connection, id, now))
    }

    /// Says how an effect went. One that was settled before stays as it was.
    pub fn settle_effect(&mut self, id: EventId, outcome: EffectState, now: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| outbox::settle(connection, id, outcome, now))
    }

    /// In a restored or copied home: what was planned or under way waits for a person's yes. Answers how many.
    pub fn hold_effects(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        self.on(|connection| outbox::hold(connection, now))
    }

    /// In a restored or copied home: from here on it is another device, with a chain of its own.
    pub fn rekey_device(&mut self, device: DeviceId, now: Timestamp) -> Result<(), StoreError> {
        self.on(|connection| meta::become_device(connection, device, now))?;
        let head = &mut self.writer.head;
        (head.device, head.device_seq, head.hash) = (device, 0, chain::ROOT);
        Ok(())
    }

    /// Puts all of it on disk. Where that fails, none of it is there.
    pub fn commit(mut self) -> Result<(), StoreError> {
        if self.spoiled {
            return Err(StoreError::Codec("an event was recorded half-way".into()));
        }
        if self.erased {
            self.on(|connection| {
                incidents::rewrite(connection)?;
                search::reset(connection)
            })?;
        }
        self.on(|connection| Ok(connection.prepare_cached("COMMIT")?.execute([])?))?;
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

fn count_anew(connection: &Connection, event: &AlertEvent) -> Result<(), StoreError> {
    match event {
        AlertEvent::Opened(opened) | AlertEvent::Reopened(opened) => sightings::begin(connection, &opened.source, &opened.key),
        AlertEvent::Changed { .. } | AlertEvent::Resolved { .. } | AlertEvent::Lapsed { .. } | AlertEvent::GroupAcknowledged {} => Ok(()),
    }
}
