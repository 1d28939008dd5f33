//! The pasted table: which lines of other tools' text are on the record, so that pasting an overlap adds nothing. Holds
//! no words, and forgets a line whose words were taken out.

use crate::{StoreError, sql};
use domain::incidents::IncidentEvent as E;
use domain::{Event, EventId, IncidentId, Recorded};
use rusqlite::{Connection, params};
use std::collections::{BTreeSet, HashSet};

/// Follows an event of an incident.
pub fn follow(connection: &Connection, incident: IncidentId, id: EventId, event: &E) -> Result<(), StoreError> {
    if let E::Pasted { key, .. } = event {
        let sql = "INSERT OR IGNORE INTO pasted (incident, key, event) VALUES (?1, ?2, ?3)";
        sql::run(connection, sql, params![incident.0.as_bytes(), key, id.0.as_bytes()])?;
    } else if let E::Redacted { target, .. } = event {
        sql::run(connection, "DELETE FROM pasted WHERE event = ?1", [target.0.as_bytes()])?;
    }
    Ok(())
}

/// Puts what `events` say in place of what is there.
pub fn replace(connection: &Connection, incident: IncidentId, events: &[Recorded]) -> Result<(), StoreError> {
    sql::run(connection, "DELETE FROM pasted WHERE incident = ?1", [incident.0.as_bytes()])?;
    // Words may come back from a machine that did not know of their redaction; the line stays forgotten.
    let gone: BTreeSet<EventId> = events.iter().filter_map(redacted).collect();
    for recorded in events.iter().filter(|recorded| !gone.contains(&recorded.envelope.id)) {
        if let Some(Event::Incident(event @ E::Pasted { .. })) = &recorded.event {
            follow(connection, incident, recorded.envelope.id, event)?;
        }
    }
    Ok(())
}

fn redacted(recorded: &Recorded) -> Option<EventId> {
    let Some(Event::Incident(E::Redacted { target, .. })) = &recorded.event else { return None };
    Some(*target)
}

/// Whether any line is on the record of that incident.
pub fn any(connection: &Connection, incident: IncidentId) -> Result<bool, StoreError> {
    sql::exists(connection, "SELECT 1 FROM pasted WHERE incident = ?1 LIMIT 1", [incident.0.as_bytes()])
}

/// Keys that are looked up one by one; more of them are compared with all that the incident has, read in one go.
const FEW: usize = 64;

/// Which of `keys` are on the record of that incident.
pub fn known(connection: &Connection, incident: IncidentId, keys: &[[u8; 16]]) -> Result<BTreeSet<[u8; 16]>, StoreError> {
    let mut known = BTreeSet::new();
    if keys.len() > FEW {
        let asked: HashSet<&[u8; 16]> = keys.iter().collect();
        let sql = "SELECT key FROM pasted WHERE incident = ?1";
        let all: Vec<[u8; 16]> = sql::all(connection, sql, [incident.0.as_bytes()], |row| Ok(row.get(0)?))?;
        known.extend(all.into_iter().filter(|key| asked.contains(key)));
        return Ok(known);
    }
    for key in keys {
        if sql::exists(connection, "SELECT 1 FROM pasted WHERE incident = ?1 AND key = ?2", params![incident.0.as_bytes(), key])? {
            known.insert(*key);
        }
    }
    Ok(known)
}
