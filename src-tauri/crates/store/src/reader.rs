//! A few connections that only read, borrowed from any thread. Each loan sees one state of the home from its first
//! question to its last.

use crate::projections::{alerts, changes, groups, incidents, noises, pasted, rule_hits, timeline};
use crate::rows::*;
use crate::{
    HISTORY_LIMIT, StoreError, Wanted, find, firing, history, ledger, open, outbox, probes, search, sightings, sources, sql, verify, wakes,
};
use domain::alarms::Verdict;
use domain::alerts::Opened;
use domain::incidents::Incident;
use domain::{AlertSeverity, EventId, GroupId, IncidentId, Recorded, SourceName, Subject, Timestamp};
use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Connections kept open while nobody reads: a window, the tray and a command at once are rare.
const IDLE_KEPT: usize = 4;
/// Pages held in memory by each reader, in KiB (2 MiB).
const CACHE_KIB: i64 = 2 * 1024;

/// Connections that only read. Cheap to clone, and to borrow from.
#[derive(Clone)]
pub struct Readers {
    pool: Arc<Pool>,
}

struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Reader>>,
}

impl Pool {
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Reader>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Readers {
    pub(crate) fn new(path: &Path) -> Self {
        Self { pool: Arc::new(Pool { path: path.to_owned(), idle: Mutex::default() }) }
    }

    /// Borrows a connection. What it reads stays one state until it is given back; give it back soon, for it holds the
    /// log.
    pub fn get(&self) -> Result<ReaderGuard, StoreError> {
        let idle = self.pool.idle().pop();
        let reader = match idle {
            Some(reader) => reader,
            None => Reader::open(&self.pool.path)?,
        };
        reader.connection.prepare_cached("BEGIN")?.execute([])?;
        Ok(ReaderGuard { reader: Some(reader), pool: self.pool.clone() })
    }
}

/// A borrowed connection; goes back by itself.
pub struct ReaderGuard {
    reader: Option<Reader>,
    pool: Arc<Pool>,
}

impl Deref for ReaderGuard {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        self.reader.as_ref().expect("a guard holds its reader until it is dropped")
    }
}

impl Drop for ReaderGuard {
    fn drop(&mut self) {
        let Some(reader) = self.reader.take() else { return };
        let ended = reader.connection.prepare_cached("ROLLBACK").and_then(|mut end| end.execute([])).is_ok();
        let mut idle = self.pool.idle();
        if ended && idle.len() < IDLE_KEPT {
            idle.push(reader);
        }
    }
}

/// A connection that only reads.
pub struct Reader {
    connection: Connection,
}

impl Reader {
    fn open(path: &Path) -> Result<Self, StoreError> {
        // Not read-only to SQLite: whoever reads a log may have to write its index. `query_only` does the rest.
        let connection = open::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
        connection.pragma_update(None, "query_only", "ON")?;
        Ok(Self { connection })
    }

    /// The sequence of the last event.
    pub fn seq(&self) -> Result<u64, StoreError> {
        ledger::last_seq(&self.connection)
    }

    /// Whether nothing was ever recorded.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(!sql::exists(&self.connection, "SELECT 1 FROM events LIMIT 1", [])?)
    }

    /// The incident a person named: by reference, id, or a beginning of either that fits only one.
    pub fn find_incident(&self, typed: &str) -> Result<Found<IncidentId>, StoreError> {
        find::incident(&self.connection, typed)
    }

    /// The event a person named: by id, or a beginning of it that fits only one.
    pub fn find_event(&self, typed: &str) -> Result<Found<EventId>, StoreError> {
        find::event(&self.connection, typed)
    }

    /// The group a person named: by id, a beginning of it that fits only one, or the key of one of its alerts.
    pub fn find_group(&self, typed: &str) -> Result<Found<GroupId>, StoreError> {
        find::group(&self.connection, typed)
    }

    /// An event by its id.
    pub fn event(&self, id: EventId) -> Result<Option<Recorded>, StoreError> {
        ledger::by_id(&self.connection, id)?.map(ledger::Stored::recorded).transpose()
    }

    /// An incident's state.
    pub fn incident(&self, id: IncidentId) -> Result<Option<Incident>, StoreError> {
        incidents::by_id(&self.connection, id)
    }

    /// All events about an incident, in order of arrival.
    pub fn incident_events(&self, id: IncidentId) -> Result<Vec<Recorded>, StoreError> {
        ledger::of_subject(&self.connection, &Subject::Incident(id))
    }

    /// The last event about an incident: its sequence and its hash.
    pub fn incident_head(&self, id: IncidentId) -> Result<Option<(u64, [u8; 32])>, StoreError> {
        Ok(ledger::last_of_subject(&self.connection, &Subject::Incident(id))?.map(|last| (last.seq, last.hash)))
    }

    /// Incidents that pass `filter`, newest first.
    pub fn incidents(&self, filter: &IncidentFilter) -> Result<Vec<Incident>, StoreError> {
        incidents::list(&self.connection, filter)
    }

    /// Incidents resolved at or after `since`, the last one first.
    pub fn resolved_since(&self, since: Timestamp, limit: usize) -> Result<Vec<Incident>, StoreError> {
        incidents::resolved_since(&self.connection, since, limit)
    }

    /// A page of a timeline: the newest entries before a place, oldest first.
    pub fn timeline(&self, query: &TimelineQuery) -> Result<Vec<TimelineRow>, StoreError> {
        match query.as_of {
            Some(at) => timeline::as_of(&self.connection, query, at),
            None => timeline::page(&self.connection, query),
        }
    }

    /// How many entries an incident's timeline has.
    pub fn timeline_counts(&self, incident: IncidentId) -> Result<TimelineCounts, StoreError> {
        incidents::entry_counts(&self.connection, incident)
    }

    /// Groups of alerts that pass `filter`: waiting ones worst first, others newest first.
    pub fn groups(&self, filter: &GroupFilter) -> Result<Vec<GroupRow>, StoreError> {
        groups::list(&self.connection, filter)
    }

    /// How many groups wait for somebody.
    pub fn groups_count_waiting(&self) -> Result<u64, StoreError> {
        groups::count_waiting(&self.connection)
    }

    /// Groups that still fire and that somebody looks at, the newest first: acknowledged, and neither quiet nor part of an incident.
    pub fn groups_looked_at(&self, limit: usize) -> Result<Vec<GroupRow>, StoreError> {
        groups::looked_at(&self.connection, limit)
    }

    /// A group by its id.
    pub fn group(&self, id: GroupId) -> Result<Option<GroupRow>, StoreError> {
        groups::by_id(&self.connection, id)
    }

    /// The newest group of a source's key, whether it goes on or is over.
    pub fn latest_group(&self, source: &SourceName, group_key: &str) -> Result<Option<GroupId>, StoreError> {
        groups::latest(&self.connection, source, group_key)
    }

    /// Groups of a source of which something fires.
    pub fn firing_groups_of(&self, source: &SourceName) -> Result<Vec<GroupId>, StoreError> {
        groups::firing_of(&self.connection, source)
    }

    /// A group's alerts, those that fire first.
    pub fn alerts_of(&self, group: GroupId, limit: usize) -> Result<Vec<AlertRow>, StoreError> {
        alerts::shown(&self.connection, group, limit)
    }

    /// How many alerts an incident's groups have, and how many of them fire.
    pub fn group_totals_of(&self, incident: IncidentId) -> Result<(u64, u64), StoreError> {
        groups::totals_of(&self.connection, incident)
    }

    /// Where the words of `query` stand, best first. Search trails: see [`crate::Writer::drain_search`].
    pub fn search(&self, query: &str, limit: usize) -> Result<Vec<SearchRow>, StoreError> {
        search::find(&self.connection, query, limit)
    }

    /// What was done to systems between two instants, the last first.
    pub fn changes(&self, from: Timestamp, to: Timestamp, limit: usize) -> Result<Vec<ChangeRow>, StoreError> {
        changes::between(&self.connection, from, to, limit)
    }

    /// What was heard of each source.
    pub fn source_stats(&self) -> Result<BTreeMap<SourceName, SourceStats>, StoreError> {
        sources::stats(&self.connection)
    }

    /// How every place that is tried did since the day of `since`.
    pub fn uptimes(&self, since: Timestamp) -> Result<BTreeMap<SourceName, Uptime>, StoreError> {
        probes::uptimes(&self.connection, since)
    }

    /// What was refused of a source, newest first.
    pub fn refusals(&self, source: &SourceName, limit: usize) -> Result<Vec<RefusalRow>, StoreError> {
        sources::refusals(&self.connection, source, limit)
    }

    /// Effects of these kinds to be carried out at `now`, the longest due first.
    pub fn due_effects(&self, now: Timestamp, kinds: &[EffectKind], limit: usize) -> Result<Vec<Effect>, StoreError> {
        outbox::due(&self.connection, now, kinds, limit)
    }

    /// When the next effect of these kinds is due.
    pub fn next_effect(&self, kinds: &[EffectKind]) -> Result<Option<Timestamp>, StoreError> {
        outbox::next(&self.connection, kinds)
    }

    /// Posts that wait for a person's yes.
    pub fn held_posts(&self) -> Result<Vec<Effect>, StoreError> {
        outbox::held_posts(&self.connection)
    }

    /// Effects claimed and never settled: a crash came between.
    pub fn claimed_effects(&self) -> Result<Vec<Effect>, StoreError> {
        outbox::claimed(&self.connection)
    }

    /// Alerts not heard for too long at `now`, the longest ago first.
    pub fn due_lapses(&self, now: Timestamp, limit: usize) -> Result<Vec<(SourceName, String)>, StoreError> {
        sightings::due(&self.connection, now, limit)
    }

    /// An effect by its id.
    pub fn effect(&self, id: EventId) -> Result<Option<Effect>, StoreError> {
        outbox::by_id(&self.connection, id)
    }

    /// Incidents whose clocks are to be looked at by `now`, the longest due first.
    pub fn due_wakes(&self, now: Timestamp, limit: usize) -> Result<Vec<IncidentId>, StoreError> {
        wakes::due(&self.connection, now, limit)
    }

    /// Whether any line of other tools' text is on the record of that incident.
    pub fn has_pasted(&self, incident: IncidentId) -> Result<bool, StoreError> {
        pasted::any(&self.connection, incident)
    }

    /// Which of `keys` are on the record of that incident: lines of other tools' text.
    pub fn pasted(&self, incident: IncidentId, keys: &[[u8; 16]]) -> Result<BTreeSet<[u8; 16]>, StoreError> {
        pasted::known(&self.connection, incident, keys)
    }

    /// What each rule did since an instant.
    pub fn rule_hits(&self, since: Timestamp) -> Result<Vec<RuleHits>, StoreError> {
        rule_hits::since(&self.connection, since)
    }

    /// Groups that fire and are judged, with how they stand with noise, the newest first.
    pub fn firing_noises(&self, limit: usize) -> Result<Vec<FiringRow>, StoreError> {
        firing::noises(&self.connection, limit)
    }

    /// All that fires, counted.
    pub fn fires(&self) -> Result<Fires, StoreError> {
        firing::all(&self.connection)
    }

    /// Services that any alert ever spoke of, by the source that sent it.
    pub fn watched(&self) -> Result<Vec<WatchedRow>, StoreError> {
        firing::watched(&self.connection)
    }

    /// How many groups with news at or after an instant a verdict keeps out of what waits.
    pub fn groups_count_absorbed(&self, since: Timestamp) -> Result<u64, StoreError> {
        firing::absorbed(&self.connection, since)
    }

    /// Groups that belong to an incident.
    pub fn attached_groups(&self) -> Result<BTreeSet<GroupId>, StoreError> {
        firing::attached(&self.connection)
    }

    /// Gives `each` the wanted events that arrived at or after `from`, the first one first; answers from when on they were
    /// looked at, which is later where [`crate::HISTORY_LIMIT`] did not reach further.
    pub fn history(&self, wanted: Wanted, from: Timestamp, each: impl FnMut(&Recorded)) -> Result<Timestamp, StoreError> {
        history::each(&self.connection, wanted, (from, HISTORY_LIMIT), each)
    }

    /// When alerts began to fire at or after `from`, by group, the last first.
    pub fn beginnings(&self, from: Timestamp, limit: usize) -> Result<Vec<(GroupId, Timestamp)>, StoreError> {
        history::beginnings(&self.connection, from, limit)
    }

    /// What was judged of a group, the first one first.
    pub fn verdicts(&self, group: GroupId) -> Result<Vec<(Timestamp, Verdict, AlertSeverity)>, StoreError> {
        history::verdicts(&self.connection, group)
    }

    /// The event by which an alert began its present or last firing.
    pub fn beginning_of(&self, source: &SourceName, key: &str) -> Result<Option<(Recorded, Opened)>, StoreError> {
        history::beginning_of(&self.connection, source, key)
    }

    /// Groups whose reason to be silent has passed by `now`.
    pub fn passed_hushes(&self, now: Timestamp, limit: usize) -> Result<Vec<GroupId>, StoreError> {
        noises::due(&self.connection, now, limit)
    }

    /// When the next effect of these kinds, lapse, clock or reason to be silent is due.
    pub fn next_due(&self, kinds: &[EffectKind]) -> Result<Option<Timestamp>, StoreError> {
        let (effect, lapse) = (outbox::next(&self.connection, kinds)?, sightings::next(&self.connection)?);
        let (wake, hush) = (wakes::next(&self.connection)?, noises::next(&self.connection)?);
        Ok([effect, lapse, wake, hush].into_iter().flatten().min())
    }

    /// Whether every event, of the home or of one incident, is as it was recorded.
    pub fn verify(&self, incident: Option<IncidentId>) -> Result<Verification, StoreError> {
        verify::verify(&self.connection, incident)
    }
}
