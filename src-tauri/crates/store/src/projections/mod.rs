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

use crate::{StoreError, codec, columns, ledger, meta, sql};
use domain::{Event, Recorded, Subject};
use incidents::Known;
use rusqlite::Connection;

/// Brings all projections up to one more event, which lies in the ledger already.
/// `known` is the state of its incident before, where there was one; answers the state after.
pub fn follow(connection: &Connection, known: Option<Known>, recorded: &Recorded) -> Result<Followed, StoreError> {
    match (&recorded.event, &recorded.envelope.subject) {
        (Some(Event::Incident(event)), Subject::Incident(id)) => {
            incidents::follow(connection, *id, known, recorded, event).map(Followed::Incident)
        }
        (Some(Event::Alert(event)), Subject::Group(group)) => {
            noises::follow(connection, *group, recorded, event)?;
            rule_hits::follow(connection, recorded, event)?;
            groups::follow(connection, *group, recorded, event).map(|fresh| Followed::Alert { fresh_episode: fresh })
        }
        (Some(Event::Home(event)), Subject::Home) => quiets::follow(connection, recorded.envelope.id, event).map(|()| Followed::Home),
        (Some(Event::Change(event)), Subject::Home) => changes::follow(connection, recorded, event).map(|()| Followed::Home),
        // Words that came erased: what stands for them comes with the redaction, which folds anew.
        (None, Subject::Incident(id)) => incidents::refold(connection, *id, known).map(Followed::Incident),
        (None, Subject::Home | Subject::Group(_)) => Ok(Followed::Home),
        (Some(event), subject) => Err(StoreError::Codec(format!("{} cannot be about {subject:?}", event.kind()))),
    }
}

/// What an event led to.
#[expect(clippy::large_enum_variant, reason = "one at a time on the writer's stack, never stored")]
pub enum Followed {
    /// The incident's state after it.
    Incident(Option<Known>),
    /// An alert's event; whether it began to fire anew.
    Alert { fresh_episode: bool },
    /// Nothing to remember.
    Home,
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
                        Some(Event::Home(event)) => quiets::follow(connection, recorded.envelope.id, event)?,
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
