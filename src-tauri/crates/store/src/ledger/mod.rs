//! The events table: rows of the ledger, written once and read for ever. Knows no projection.

mod stored;

pub use stored::Stored;

use crate::{StoreError, columns, sql};
use domain::{DeviceId, EventId, Handle, Recorded, Subject};
use rusqlite::{Connection, params};
use uuid::Uuid;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT seq, id, subject_kind, subject, kind, version, occurred_at, recorded_at, received_at, device, device_seq, hlc, \
             actor_kind, actor, on_behalf_of, means, via, parents, codec, payload_hash, hash, salt, payload FROM events ",
            $rest
        )
    };
}

mod past;

pub use past::{each_of_kind, of_subject_and_kind};

/// Writes a row.
pub fn insert(connection: &Connection, stored: &Stored) -> Result<(), StoreError> {
    let Stored { envelope, .. } = stored;
    let (subject_kind, subject) = columns::subject(&envelope.subject);
    let (actor_kind, actor) = columns::actor(&envelope.entry.actor);
    sql::run(
        connection,
        "INSERT INTO events (seq, id, subject_kind, subject, kind, version, occurred_at, recorded_at, received_at, device, device_seq, \
         hlc, actor_kind, actor, on_behalf_of, means, via, parents, codec, payload_hash, hash, salt, payload) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)",
        params![
            columns::signed(stored.seq)?,
            envelope.id.0.as_bytes(),
            subject_kind,
            subject,
            stored.kind,
            stored.version,
            envelope.occurred_at.0,
            envelope.recorded_at.0,
            stored.received_at.0,
            envelope.device.0.as_bytes(),
            columns::signed(envelope.device_seq)?,
            columns::signed(envelope.hlc.0)?,
            actor_kind,
            actor,
            envelope.entry.on_behalf_of.as_ref().map(Handle::as_str),
            columns::means(envelope.entry.means),
            columns::via(envelope.entry.via),
            columns::joined(&envelope.parents),
            stored.codec,
            stored.payload_hash,
            stored.hash,
            stored.salt,
            stored.payload,
        ],
    )?;
    Ok(())
}

/// Takes the words and the salt of an incident's event away; whether there was such an event.
pub fn erase(connection: &Connection, id: EventId) -> Result<bool, StoreError> {
    let sql = "UPDATE events SET salt = NULL, payload = NULL WHERE id = ?1 AND subject_kind = 1";
    Ok(sql::run(connection, sql, [id.0.as_bytes()])? > 0)
}

pub fn by_id(connection: &Connection, id: EventId) -> Result<Option<Stored>, StoreError> {
    sql::one(connection, select!("WHERE id = ?1"), [id.0.as_bytes()], Stored::read)
}

pub fn by_seq(connection: &Connection, seq: i64) -> Result<Option<Stored>, StoreError> {
    sql::one(connection, select!("WHERE seq = ?1"), [seq], Stored::read)
}

/// The event on a device's chain with that number.
pub fn by_number(connection: &Connection, device: DeviceId, number: u64) -> Result<Option<Stored>, StoreError> {
    let key = params![device.0.as_bytes(), columns::signed(number)?];
    sql::one(connection, select!("WHERE device = ?1 AND device_seq = ?2"), key, Stored::read)
}

pub fn last(connection: &Connection) -> Result<Option<Stored>, StoreError> {
    sql::one(connection, select!("ORDER BY seq DESC LIMIT 1"), [], Stored::read)
}

pub fn last_of_device(connection: &Connection, device: DeviceId) -> Result<Option<Stored>, StoreError> {
    let sql = select!("WHERE device = ?1 ORDER BY device_seq DESC LIMIT 1");
    sql::one(connection, sql, [device.0.as_bytes()], Stored::read)
}

/// The last event about a subject to arrive.
pub fn last_of_subject(connection: &Connection, subject: &Subject) -> Result<Option<Stored>, StoreError> {
    sql::one(connection, select!("WHERE subject = ?1 ORDER BY seq DESC LIMIT 1"), [columns::subject(subject).1], Stored::read)
}

/// Events that arrived last, newest first.
pub fn tail(connection: &Connection, limit: usize) -> Result<Vec<Stored>, StoreError> {
    sql::all(connection, select!("ORDER BY seq DESC LIMIT ?1"), [columns::limit(limit)], Stored::read)
}

/// All rows, chain by chain; `each` gets the sequence, the id's bytes as they lie, and the row or why it does not read.
pub fn each_by_chain(
    connection: &Connection,
    mut each: impl FnMut(i64, Option<Uuid>, Result<Stored, StoreError>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(select!("ORDER BY device, device_seq"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(row.get(0)?, columns::id(row, 1).ok(), Stored::read(row))?;
    }
    Ok(())
}

/// Rows from `from` on in order of arrival, as long as `each` wants more.
pub fn each_from(
    connection: &Connection,
    from: i64,
    mut each: impl FnMut(i64, Result<Stored, StoreError>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(select!("WHERE seq >= ?1 ORDER BY seq"))?;
    let mut rows = statement.query([from])?;
    while let Some(row) = rows.next()? {
        each(row.get(0)?, Stored::read(row))?;
    }
    Ok(())
}

/// A subject's rows in order of arrival.
pub fn stored_of(connection: &Connection, subject: &Subject) -> Result<Vec<Stored>, StoreError> {
    sql::all(connection, select!("WHERE subject = ?1 ORDER BY seq"), [columns::subject(subject).1], Stored::read)
}

/// A subject's events in order of arrival.
pub fn of_subject(connection: &Connection, subject: &Subject) -> Result<Vec<Recorded>, StoreError> {
    let sql = select!("WHERE subject = ?1 ORDER BY seq");
    sql::all(connection, sql, [columns::subject(subject).1], |row| Stored::read(row)?.recorded())
}

/// The home's own events in order of arrival: not the changes to other systems, which are about it as well.
pub fn of_home(connection: &Connection) -> Result<Vec<Recorded>, StoreError> {
    let sql = select!("WHERE subject = ?1 AND kind >= 'home.' AND kind < 'home/' ORDER BY seq");
    sql::all(connection, sql, [columns::subject(&Subject::Home).1], |row| Stored::read(row)?.recorded())
}

/// Whether a subject has an event besides the one that arrived as `seq`.
pub fn has_others(connection: &Connection, subject: &Subject, seq: u64) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM events WHERE subject = ?1 AND seq <> ?2 LIMIT 1";
    sql::exists(connection, sql, params![columns::subject(subject).1, columns::signed(seq)?])
}

/// The sequence an event arrived as.
pub fn seq_of(connection: &Connection, id: EventId) -> Result<Option<i64>, StoreError> {
    sql::one(connection, "SELECT seq FROM events WHERE id = ?1", [id.0.as_bytes()], |row| Ok(row.get(0)?))
}

/// The last sequence given.
pub fn last_seq(connection: &Connection) -> Result<u64, StoreError> {
    let last = sql::one(connection, "SELECT max(seq) FROM events", [], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
    Ok(last.flatten().unwrap_or(0).max(0) as u64)
}
