//! What is folded from the ledger, one file per table. Holds nothing that a rebuild would not bring back.

pub mod alerts;
pub mod attachments;
pub mod changes;
pub mod groups;
pub mod incidents;
pub mod noises;
pub mod pasted;
pub mod quiets;
pub mod rule_hits;
pub mod timeline;

use crate::lately::Lately;
use crate::{StoreError, codec, columns, ledger, meta, sql};
use domain::{Event, Recorded, Subject};
use incidents::Known;
use rusqlite::Connection;

/// Brings all projections up to one more event, which lies in the ledger already.
/// `known` is the state of its incident before, where there was one; answers the state after.
pub fn follow(
    connection: &Connection,
    lately: &mut Lately,
    known: Option<Known>,
    recorded: &Recorded,
) -> Result<Option<Known>, StoreError> {
    match (&recorded.event, &recorded.envelope.subject) {
        (Some(Event::Incident(event)), Subject::Incident(id)) => {
            lately.unsettle();
            incidents::follow(connection, *id, known, recorded, event)
        }
        (Some(Event::Alert(event)), Subject::Group(group)) => {
            noises::follow(connection, *group, recorded, event)?;
            rule_hits::follow(connection, recorded, event)?;
            groups::follow(connection, lately, *group, recorded, event).map(|()| None)
        }
        (Some(Event::Home(event)), Subject::Home) => {
            if quiets::follow(connection, recorded.envelope.id, event)? {
                lately.unsettle();
            }
            Ok(None)
        }
        (Some(Event::Change(event)), Subject::Home) => changes::follow(connection, recorded, event).map(|()| None),
        // Words that came erased: what stands for them comes with the redaction, which folds anew.
        (None, Subject::Incident(id)) => {
            lately.unsettle();
            incidents::refold(connection, *id, known)
        }
        (None, Subject::Home | Subject::Group(_)) => Ok(None),
        (Some(event), subject) => Err(StoreError::Codec(format!("{} cannot be about {subject:?}", event.kind()))),
    }
}

/// Folds the ledger anew into empty tables.
pub fn rebuild(connection: &Connection) -> Result<(), StoreError> {
    for table in ["incidents", "timeline", "alerts", "alert_groups", "attachments", "quiets", "pasted", "changes", "noises", "rule_hits"] {
        connection.execute(&format!("DELETE FROM {table}"), [])?;
    }
    let subjects = sql::all(connection, "SELECT DISTINCT subject_kind, subject FROM events", [], |row| {
        columns::subject_of(row.get(0)?, &row.get::<_, Vec<u8>>(1)?)
    })?;
    for subject in subjects {
        match subject {
            Subject::Home => {
                for recorded in ledger::of_subject(connection, &subject)? {
                    match &recorded.event {
                        Some(Event::Home(event)) => drop(quiets::follow(connection, recorded.envelope.id, event)?),
                        Some(Event::Change(event)) => changes::follow(connection, &recorded, event)?,
                        Some(Event::Incident(_) | Event::Alert(_)) | None => {}
                    }
                }
            }
            Subject::Incident(id) => drop(incidents::refold(connection, id, None)?),
            Subject::Group(id) => {
                groups::refold(connection, id)?;
                noises::refold(connection, id)?;
                for recorded in ledger::of_subject(connection, &subject)? {
                    if let Some(Event::Alert(event)) = &recorded.event {
                        rule_hits::follow(connection, &recorded, event)?;
                    }
                }
            }
        }
    }
    meta::set_number(connection, meta::PROJECTIONS, codec::PROJECTIONS)
}
