//! The incidents table: each incident's state as a packed snapshot, and the columns that lists are made by. The one
//! projection that holds words, so it is written anew when words are taken out.

use super::{attachments, timeline};
use crate::rows::{IncidentFilter, TimelineCounts};
use crate::{StoreError, codec, columns, ledger, sql};
use domain::incidents::{Incident, IncidentEvent as E, evolve, fold};
use domain::{IncidentId, IncidentRef, Recorded, Severity, Subject, Timestamp};
use rusqlite::{Connection, Row, params};

/// An incident as the writer keeps it at hand.
#[derive(Clone, PartialEq, Debug)]
pub struct Known {
    /// The row it lies in: the sequence of its declaration.
    number: i64,
    /// Its state.
    pub incident: Incident,
    counts: TimelineCounts,
}

/// Brings an incident up to `recorded`, which holds `event`: by one step where it sorts after all before it, else anew.
pub fn follow(
    connection: &Connection,
    id: IncidentId,
    known: Option<Known>,
    recorded: &Recorded,
    event: &E,
) -> Result<Option<Known>, StoreError> {
    match known {
        Some(known) if recorded.envelope.hlc > known.incident.folded_to && !masks_unseen(connection, event)? => {
            step(connection, known, recorded, event).map(Some)
        }
        None if matches!(event, E::Declared(_)) && !ledger::has_others(connection, &recorded.envelope.subject, recorded.seq)? => {
            begin(connection, recorded, event)
        }
        late => refold(connection, id, late),
    }
}

/// Whether an event masks an entry that came without its words, so that it made no line when it came.
fn masks_unseen(connection: &Connection, event: &E) -> Result<bool, StoreError> {
    let E::Redacted { target, .. } = event else { return Ok(false) };
    Ok(!timeline::has_line(connection, *target)?)
}

fn begin(connection: &Connection, recorded: &Recorded, event: &E) -> Result<Option<Known>, StoreError> {
    let mut state = None;
    evolve(&mut state, &recorded.envelope, event);
    let Some(incident) = state else { return Ok(None) };
    let counts = timeline::step(connection, incident.id, recorded, event, TimelineCounts::default())?;
    attachments::step(connection, incident.id, recorded.envelope.hlc, event)?;
    let known = Known { number: columns::signed(recorded.seq)?, incident, counts };
    insert(connection, &known)?;
    Ok(Some(known))
}

fn step(connection: &Connection, known: Known, recorded: &Recorded, event: &E) -> Result<Known, StoreError> {
    let id = known.incident.id;
    let counts = timeline::step(connection, id, recorded, event, known.counts)?;
    attachments::step(connection, id, recorded.envelope.hlc, event)?;
    let before = Listed::of(&known.incident);
    let incident = if matches!(event, E::Redacted { .. }) {
        fold(&ledger::of_subject(connection, &Subject::Incident(id))?).unwrap_or(known.incident)
    } else {
        let mut state = Some(known.incident);
        evolve(&mut state, &recorded.envelope, event);
        state.expect("evolve never takes a state away")
    };
    let after = Known { number: known.number, incident, counts };
    update(connection, &after, before != Listed::of(&after.incident))?;
    Ok(after)
}

/// Folds an incident anew from the ledger; `known` is what its rows say now.
pub fn refold(connection: &Connection, id: IncidentId, known: Option<Known>) -> Result<Option<Known>, StoreError> {
    let events = ledger::of_subject(connection, &Subject::Incident(id))?;
    let counts = timeline::replace(connection, id, &events)?;
    let state = fold(&events);
    attachments::replace(connection, id, known.as_ref().map(|known| &known.incident), state.as_ref(), &events)?;
    sql::run(connection, "DELETE FROM incidents WHERE id = ?1", [id.0.as_bytes()])?;
    let Some(incident) = state else { return Ok(None) };
    let declared = events.iter().find(|recorded| recorded.envelope.id == incident.declared);
    let number = columns::signed(declared.expect("a folded incident was declared by one of its events").seq)?;
    let known = Known { number, incident, counts };
    insert(connection, &known)?;
    Ok(Some(known))
}

/// What lists are made by.
#[derive(PartialEq, Eq)]
struct Listed {
    reference: String,
    is_open: bool,
    severity: Severity,
    declared_at: Timestamp,
    resolved_at: Option<Timestamp>,
    services: String,
}

impl Listed {
    fn of(incident: &Incident) -> Self {
        Self {
            reference: incident.reference.0.clone(),
            is_open: incident.status.value.is_open(),
            severity: incident.severity.value,
            declared_at: incident.declared_at,
            resolved_at: incident.resolved_at(),
            services: columns::names(&incident.services),
        }
    }
}

fn insert(connection: &Connection, known: &Known) -> Result<(), StoreError> {
    let Known { number, incident, counts } = known;
    let listed = Listed::of(incident);
    sql::run(
        connection,
        "INSERT INTO incidents (number, id, ref, is_open, severity, declared_at, resolved_at, services, entries, people, pinned, state) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            number,
            incident.id.0.as_bytes(),
            listed.reference,
            listed.is_open,
            columns::severity(listed.severity),
            listed.declared_at.0,
            listed.resolved_at.map(|at| at.0),
            listed.services,
            columns::signed(counts.total)?,
            columns::signed(counts.people)?,
            columns::signed(counts.pinned)?,
            codec::pack(incident)?,
        ],
    )
    .map(drop)
}

/// Writes the state, and the columns of lists only where they changed: their indexes cost.
fn update(connection: &Connection, known: &Known, relist: bool) -> Result<(), StoreError> {
    let Known { number, incident, counts } = known;
    if relist {
        let listed = Listed::of(incident);
        sql::run(
            connection,
            "UPDATE incidents SET ref = ?2, is_open = ?3, severity = ?4, declared_at = ?5, resolved_at = ?6, services = ?7 \
             WHERE number = ?1",
            params![
                number,
                listed.reference,
                listed.is_open,
                columns::severity(listed.severity),
                listed.declared_at.0,
                listed.resolved_at.map(|at| at.0),
                listed.services,
            ],
        )?;
    }
    let values = params![
        number,
        columns::signed(counts.total)?,
        columns::signed(counts.people)?,
        columns::signed(counts.pinned)?,
        codec::pack(incident)?,
    ];
    sql::run(connection, "UPDATE incidents SET entries = ?2, people = ?3, pinned = ?4, state = ?5 WHERE number = ?1", values).map(drop)
}

/// Writes every row anew, so that no page keeps what a row once held.
pub fn rewrite(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(
        "CREATE TEMP TABLE rewritten AS SELECT * FROM incidents; \
         DELETE FROM incidents; \
         INSERT INTO incidents SELECT * FROM rewritten ORDER BY number; \
         DROP TABLE rewritten",
    )?;
    Ok(())
}

/// The incident as the writer keeps it.
pub fn known(connection: &Connection, id: IncidentId) -> Result<Option<Known>, StoreError> {
    let sql = "SELECT number, state, entries, people, pinned FROM incidents WHERE id = ?1";
    sql::one(connection, sql, [id.0.as_bytes()], |row| Ok(Known { number: row.get(0)?, incident: state(row, 1)?, counts: counts(row, 2)? }))
}

fn state(row: &Row<'_>, column: usize) -> Result<Incident, StoreError> {
    codec::unpack(row.get_ref(column)?.as_blob().map_err(|fault| StoreError::Corrupt(fault.to_string()))?)
}

fn counts(row: &Row<'_>, first: usize) -> Result<TimelineCounts, StoreError> {
    let total = columns::count(row, first)?;
    let people = columns::count(row, first + 1)?;
    Ok(TimelineCounts { total, people, pinned: columns::count(row, first + 2)?, machine: total.saturating_sub(people) })
}

pub fn by_id(connection: &Connection, id: IncidentId) -> Result<Option<Incident>, StoreError> {
    sql::one(connection, "SELECT state FROM incidents WHERE id = ?1", [id.0.as_bytes()], |row| state(row, 0))
}

/// How many entries its timeline has.
pub fn entry_counts(connection: &Connection, id: IncidentId) -> Result<TimelineCounts, StoreError> {
    let sql = "SELECT entries, people, pinned FROM incidents WHERE id = ?1";
    Ok(sql::one(connection, sql, [id.0.as_bytes()], |row| counts(row, 0))?.unwrap_or_default())
}

pub fn reference_taken(connection: &Connection, reference: &IncidentRef) -> Result<bool, StoreError> {
    sql::exists(connection, "SELECT 1 FROM incidents WHERE ref = ?1", [reference.as_str()])
}

/// Incidents that pass `filter`, newest first.
pub fn list(connection: &Connection, filter: &IncidentFilter) -> Result<Vec<Incident>, StoreError> {
    // Two texts, so that the index of open incidents serves where only those are asked for.
    let sql = if filter.open_only {
        "SELECT state FROM incidents WHERE is_open = 1 AND declared_at >= ?1 AND (?2 IS NULL OR severity = ?2) \
         AND (?3 IS NULL OR instr(services, ?3)) ORDER BY declared_at DESC, number DESC LIMIT ?4"
    } else {
        "SELECT state FROM incidents WHERE declared_at >= ?1 AND (?2 IS NULL OR severity = ?2) \
         AND (?3 IS NULL OR instr(services, ?3)) ORDER BY declared_at DESC, number DESC LIMIT ?4"
    };
    let values = params![
        filter.since.map_or(i64::MIN, |since| since.0),
        filter.severity.map(columns::severity),
        filter.service.as_ref().map(|service| columns::names([service])),
        columns::limit(filter.limit),
    ];
    sql::all(connection, sql, values, |row| state(row, 0))
}

/// Incidents resolved at or after `since`, the last one first.
pub fn resolved_since(connection: &Connection, since: Timestamp, limit: usize) -> Result<Vec<Incident>, StoreError> {
    let sql = "SELECT state FROM incidents WHERE resolved_at >= ?1 ORDER BY resolved_at DESC, number DESC LIMIT ?2";
    sql::all(connection, sql, params![since.0, columns::limit(limit)], |row| state(row, 0))
}
