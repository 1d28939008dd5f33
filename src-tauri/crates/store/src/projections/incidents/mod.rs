//! The incidents table: each incident's state as a packed snapshot, and the columns that lists are made by. The one
//! projection that holds words, so it is written anew when words are taken out.
//!
//! The columns of lists follow each event. The snapshot is read by nobody inside a transaction while the state is at hand,
//! so it is written once for all events of a command, see [`write`].

mod read;
mod row;

pub use read::{by_id, entry_counts, is_open, known, list, open_ids, reference_taken, resolved_since};
pub use row::{rewrite, write};

use super::attachments::{self, Groups};
use super::{pasted, timeline};
use crate::rows::TimelineCounts;
use crate::{StoreError, columns, ledger, sql};
use domain::incidents::{Incident, IncidentEvent as E, evolve, fold};
use domain::{EventId, Hlc, IncidentId, Recorded, Subject};
use row::{Listed, insert, relist};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// An incident as the writer keeps it at hand.
#[derive(Clone, PartialEq, Debug)]
pub struct Known {
    /// The row it lies in: the sequence of its declaration.
    number: i64,
    /// Its state.
    pub incident: Incident,
    counts: TimelineCounts,
    /// What its row says of it.
    listed: Listed,
    /// Its row's snapshot is older than its state.
    unwritten: bool,
}

impl Known {
    /// A state and its row, which say the same.
    fn of(number: i64, incident: Incident, counts: TimelineCounts) -> Self {
        let listed = Listed::of(&incident);
        Self { number, incident, counts, listed, unwritten: false }
    }
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
    let known = Known::of(columns::signed(recorded.seq)?, incident, counts);
    insert(connection, &known)?;
    Ok(Some(known))
}

fn step(connection: &Connection, known: Known, recorded: &Recorded, event: &E) -> Result<Known, StoreError> {
    let Known { number, incident, counts, listed, .. } = known;
    let id = incident.id;
    let counts = timeline::step(connection, id, recorded, event, counts)?;
    let groups = moves_groups(event).then(|| incident.groups.clone());
    let incident = if matches!(event, E::Redacted { .. }) {
        fold(&ledger::of_subject(connection, &Subject::Incident(id))?).unwrap_or(incident)
    } else {
        let mut state = Some(incident);
        evolve(&mut state, &recorded.envelope, event);
        state.expect("evolve never takes a state away")
    };
    if let Some(before) = groups {
        attachments::follow(connection, id, &before, &incident.groups, |_| recorded.envelope.hlc)?;
    }
    let mut after = Known { number, incident, counts, listed, unwritten: true };
    if !after.listed.fits(&after.incident) {
        after.listed = Listed::of(&after.incident);
        relist(connection, &after)?;
    }
    Ok(after)
}

/// Whether an event may change which groups an incident holds.
fn moves_groups(event: &E) -> bool {
    matches!(event, E::GroupAttached { .. } | E::GroupDetached { .. } | E::Redacted { .. })
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
    let known = Known::of(number, incident, counts);
    insert(connection, &known)?;
    Ok(Some(known))
}
