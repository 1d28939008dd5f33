//! An incident's row: the columns that lists are made by, and its packed state.

use super::Known;
use crate::{StoreError, codec, columns, sql};
use domain::incidents::Incident;
use domain::{IncidentRef, ServiceName, Severity, Timestamp};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// What lists are made by.
#[derive(Clone, PartialEq, Debug)]
pub struct Listed {
    reference: IncidentRef,
    is_open: bool,
    severity: Severity,
    declared_at: Timestamp,
    resolved_at: Option<Timestamp>,
    services: BTreeSet<ServiceName>,
}

impl Listed {
    /// What a row says of that incident.
    pub fn of(incident: &Incident) -> Self {
        Self {
            reference: incident.reference.clone(),
            is_open: incident.status.value.is_open(),
            severity: incident.severity.value,
            declared_at: incident.declared_at,
            resolved_at: incident.resolved_at(),
            services: incident.services.clone(),
        }
    }

    /// Whether it says what that incident is; asked with every event.
    pub fn fits(&self, incident: &Incident) -> bool {
        let Self { reference, is_open, severity, declared_at, resolved_at, services } = self;
        *is_open == incident.status.value.is_open()
            && *severity == incident.severity.value
            && *declared_at == incident.declared_at
            && *resolved_at == incident.resolved_at()
            && *reference == incident.reference
            && *services == incident.services
    }
}

/// Writes a row.
pub fn insert(connection: &Connection, known: &Known) -> Result<(), StoreError> {
    let Known { number, incident, counts, listed, .. } = known;
    sql::run(
        connection,
        "INSERT INTO incidents (number, id, ref, is_open, severity, declared_at, resolved_at, services, entries, people, pinned, state) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            number,
            incident.id.0.as_bytes(),
            listed.reference.as_str(),
            listed.is_open,
            columns::severity(listed.severity),
            listed.declared_at.0,
            listed.resolved_at.map(|at| at.0),
            columns::names(&listed.services),
            columns::signed(counts.total)?,
            columns::signed(counts.people)?,
            columns::signed(counts.pinned)?,
            codec::pack(incident)?,
        ],
    )
    .map(drop)
}

/// Writes the columns of lists: only where they changed, for their indexes cost.
pub fn relist(connection: &Connection, known: &Known) -> Result<(), StoreError> {
    let Known { number, listed, .. } = known;
    sql::run(
        connection,
        "UPDATE incidents SET ref = ?2, is_open = ?3, severity = ?4, declared_at = ?5, resolved_at = ?6, services = ?7 \
         WHERE number = ?1",
        params![
            number,
            listed.reference.as_str(),
            listed.is_open,
            columns::severity(listed.severity),
            listed.declared_at.0,
            listed.resolved_at.map(|at| at.0),
            columns::names(&listed.services),
        ],
    )
    .map(drop)
}

/// Brings the snapshot and the counts of its row up to the state, where they are older.
pub fn write(connection: &Connection, known: &mut Known) -> Result<(), StoreError> {
    if !known.unwritten {
        return Ok(());
    }
    let Known { number, incident, counts, .. } = &*known;
    let values = params![
        number,
        columns::signed(counts.total)?,
        columns::signed(counts.people)?,
        columns::signed(counts.pinned)?,
        codec::pack(incident)?,
    ];
    sql::run(connection, "UPDATE incidents SET entries = ?2, people = ?3, pinned = ?4, state = ?5 WHERE number = ?1", values)?;
    known.unwritten = false;
    Ok(())
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
