//! The incidents table: each incident's state as a packed snapshot, and the columns that lists are made by. The one
//! projection that holds words, so it is written anew when words are taken out.

mod read;

pub use read::{by_id, entry_counts, is_open, known, list, open_ids, reference_taken, resolved_since};

use super::attachments::{self, Groups};
use super::{pasted, timeline};
use crate::rows::TimelineCounts;
use crate::{StoreError, codec, columns, ledger, sql};
use domain::incidents::{Incident, IncidentEvent as E, evolve, fold};
use domain::{EventId, Hlc, IncidentId, Recorded, Severity, Subject, Timestamp};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

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
    pasted::follow(connection, id, recorded.envelope.id, event)?;
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
    attachments::follow(connection, incident.id, &Groups::new(), &incident.groups, |_| recorded.envelope.hlc)?;
    let known = Known { number: columns::signed(recorded.seq)?, incident, counts };
    insert(connection, &known)?;
    Ok(Some(known))
}

fn step(connection: &Connection, known: Known, recorded: &Recorded, event: &E) -> Result<Known, StoreError> {
    let id = known.incident.id;
    let counts = timeline::step(connection, id, recorded, event, known.counts)?;
    let before = (Listed::of(&known.incident), known.incident.groups.clone());
    let incident = if matches!(event, E::Redacted { .. }) {
        fold(&ledger::of_subject(connection, &Subject::Incident(id))?).unwrap_or(known.incident)
    } else {
        let mut state = Some(known.incident);
        evolve(&mut state, &recorded.envelope, event);
        state.expect("evolve never takes a state away")
    };
    let after = Known { number: known.number, incident, counts };
    attachments::follow(connection, id, &before.1, &after.incident.groups, |_| recorded.envelope.hlc)?;
    update(connection, &after, before.0 != Listed::of(&after.incident))?;
    Ok(after)
}

/// Folds an incident anew from the ledger; `known` is what its rows say now.
pub fn refold(connection: &Connection, id: IncidentId, known: Option<Known>) -> Result<Option<Known>, StoreError> {
    let events = ledger::of_subject(connection, &Subject::Incident(id))?;
    let counts = timeline::replace(connection, id, &events)?;
    pasted::replace(connection, id, &events)?;
    let state = fold(&events);
    let clocks: BTreeMap<EventId, Hlc> = events.iter().map(|recorded| (recorded.envelope.id, recorded.envelope.hlc)).collect();
    let before = known.map(|known| known.incident.groups).unwrap_or_default();
    let after = state.as_ref().map(|incident| incident.groups.clone()).unwrap_or_default();
    attachments::follow(connection, id, &before, &after, |by| clocks.get(&by).copied().unwrap_or_default())?;
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
