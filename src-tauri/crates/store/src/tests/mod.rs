//! A home in a temporary folder, and a world that makes up what happens to it.

mod alerts;
mod chain;
mod folding;
mod golden;
mod golden_triage;
mod looking_back;
mod opening;
mod outbox;
mod pasted;
mod redaction;
mod savepoints;
mod searching;
mod states;
mod timelines;
mod wakes;
pub mod world;

use crate::{Draft, Opening, Reader, ReaderGuard, Readers, StoreError, Writer, open};
use domain::incidents::{Declared, IncidentEvent};
use domain::{DeviceId, Entry, Event, EventId, Handle, IncidentId, IncidentRef, Recorded, Severity, Subject, Timestamp, Via};
use rusqlite::types::Value;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use uuid::Uuid;

/// When every test begins: 2023-11-14T22:13:20Z.
pub const BEGIN: Timestamp = Timestamp(1_700_000_000_000);
/// Tables that a rebuild brings back.
pub const PROJECTIONS: [&str; 10] =
    ["incidents", "timeline", "alerts", "alert_groups", "attachments", "quiets", "pasted", "changes", "noises", "rule_hits"];

/// A home on disk, its clock and its dice.
pub struct House {
    pub folder: TempDir,
    pub writer: Writer,
    pub readers: Readers,
    pub now: Timestamp,
    dice: u128,
}

impl House {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (writer, readers) = open(&opening(folder.path())).expect("a new home opens");
        // These tests pull no plug; syncing would only make them slow.
        writer.connection.pragma_update(None, "synchronous", "OFF").expect("set");
        Self { folder, writer, readers, now: BEGIN, dice: 0 }
    }

    pub fn path(&self) -> PathBuf {
        path(self.folder.path())
    }

    /// Closes it; the folder stays.
    pub fn close(self) -> TempDir {
        self.folder
    }

    /// Opens what lies in a folder.
    pub fn open(folder: TempDir) -> Self {
        let (writer, readers) = open(&opening(folder.path())).expect("it opens again");
        let dice = u128::from(writer.seq()) << 32;
        Self { folder, writer, readers, now: BEGIN.plus_secs(86_400), dice }
    }

    pub fn uuid(&mut self) -> Uuid {
        self.dice += 1;
        Uuid::from_u128((0x0190_0000_0000_7000_8000_u128 << 48) + self.dice)
    }

    pub fn draft(&mut self, subject: Subject, event: impl Into<Event>) -> Draft {
        self.now = self.now.plus_secs(1);
        let id = EventId(self.uuid());
        let salt = *self.uuid().as_bytes();
        Draft { id, subject, occurred_at: self.now, entry: dana(), parents: vec![], event: event.into(), salt }
    }

    /// Records one event in a transaction of its own.
    pub fn record(&mut self, subject: Subject, event: impl Into<Event>) -> Recorded {
        let draft = self.draft(subject, event);
        self.append(draft)
    }

    pub fn append(&mut self, draft: Draft) -> Recorded {
        let now = self.now;
        let mut batch = self.writer.batch().expect("a transaction begins");
        let recorded = batch.append(draft, now).expect("it is recorded");
        batch.commit().expect("it is on disk");
        recorded
    }

    pub fn declare(&mut self, title: &str) -> IncidentId {
        let id = IncidentId(self.uuid());
        let event = declared(title, self.dice as u64);
        self.record(Subject::Incident(id), event);
        id
    }

    pub fn note(&mut self, incident: IncidentId, text: &str) -> EventId {
        self.record(Subject::Incident(incident), note(text)).envelope.id
    }

    pub fn reader(&self) -> ReaderGuard {
        self.readers.get().expect("a reader")
    }

    /// Everything in the projections, as it lies there.
    pub fn projections(&self) -> Vec<(&'static str, Vec<Vec<Value>>)> {
        PROJECTIONS.map(|table| (table, self.rows(&format!("SELECT * FROM {table} ORDER BY 1, 2, 3")))).into()
    }

    pub fn rows(&self, sql: &str) -> Vec<Vec<Value>> {
        let mut statement = self.writer.connection.prepare(sql).expect("a statement");
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| (0..columns).map(|column| row.get(column)).collect());
        rows.expect("rows").collect::<Result<_, _>>().expect("values")
    }

    /// Writes past all guards, as damage does.
    pub fn damage(&self, sql: &str) {
        let unguarded = "DROP TRIGGER IF EXISTS events_stay; DROP TRIGGER IF EXISTS events_hold; DROP TRIGGER IF EXISTS events_erase;";
        self.writer.connection.execute_batch(unguarded).expect("guards off");
        self.writer.connection.execute_batch(sql).expect("damage done");
    }

    /// The files of the home as they lie on disk.
    pub fn bytes(&self) -> Vec<u8> {
        ["", "-wal", "-shm"]
            .into_iter()
            .flat_map(|end| {
                let mut name = self.path().into_os_string();
                name.push(end);
                std::fs::read(name).unwrap_or_default()
            })
            .collect()
    }
}

pub fn path(folder: &Path) -> PathBuf {
    folder.join("muster.db")
}

pub fn opening(folder: &Path) -> Opening {
    Opening { path: path(folder), device: DeviceId(Uuid::from_u128(0xd)), now: BEGIN }
}

pub fn dana() -> Entry {
    Entry::by(Handle("dana".into()), Via::Window)
}

pub fn note(text: &str) -> IncidentEvent {
    IncidentEvent::Noted { text: text.into(), pinned: false }
}

pub fn declared(title: &str, number: u64) -> IncidentEvent {
    IncidentEvent::Declared(Declared {
        reference: IncidentRef::from_bits(number, 5),
        title: title.into(),
        severity: Severity::Sev2,
        services: vec![],
        commander: Some(Handle("dana".into())),
        groups: vec![],
        detected_at: BEGIN,
        drill: false,
        private: false,
    })
}

/// Runs a question on a reader of its own.
pub fn ask<T>(house: &House, question: impl FnOnce(&Reader) -> Result<T, StoreError>) -> T {
    question(&house.reader()).expect("an answer")
}

pub fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|part| part == words.as_bytes())
}
