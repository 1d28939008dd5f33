//! Which incident each group of alerts belongs to. Where two machines attached one group to two incidents, the later
//! act counts; both incidents know it.

use crate::{StoreError, columns, sql};
use domain::incidents::{Incident, IncidentEvent as E};
use domain::{EventId, GroupId, Hlc, IncidentId, IncidentRef, Recorded};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Follows an event that sorts after all before it.
pub fn step(connection: &Connection, incident: IncidentId, hlc: Hlc, event: &E) -> Result<(), StoreError> {
    match event {
        E::Declared(declared) => declared.groups.iter().try_for_each(|group| attach(connection, incident, *group, hlc)),
        E::GroupAttached { group, .. } => attach(connection, incident, *group, hlc),
        E::GroupDetached { group, .. } => detach(connection, incident, *group),
        E::Retitled { .. }
        | E::SeveritySet { .. }
        | E::StatusSet { .. }
        | E::Acknowledged {}
        | E::Noted { .. }
        | E::Pinned { .. }
        | E::Corrected { .. }
        | E::Redacted { .. }
        | E::RoleAssigned { .. }
        | E::RoleReleased { .. }
        | E::CommandSet { .. }
        | E::CommandConfirmed {}
        | E::ImpactStarted(_)
        | E::ImpactUpdated { .. }
        | E::ImpactEnded { .. }
        | E::NoticeClaimed { .. }
        | E::NoticeShown { .. }
        | E::NoticeFailed { .. } => Ok(()),
    }
}

/// Puts what the fold says in place of what was there.
pub fn replace(
    connection: &Connection,
    incident: IncidentId,
    before: Option<&Incident>,
    after: Option<&Incident>,
    events: &[Recorded],
) -> Result<(), StoreError> {
    for group in before.into_iter().flat_map(|before| before.groups.keys()) {
        detach(connection, incident, *group)?;
    }
    let clocks: BTreeMap<EventId, Hlc> = events.iter().map(|recorded| (recorded.envelope.id, recorded.envelope.hlc)).collect();
    for (group, by) in after.into_iter().flat_map(|after| &after.groups) {
        attach(connection, incident, *group, clocks.get(by).copied().unwrap_or_default())?;
    }
    Ok(())
}

fn attach(connection: &Connection, incident: IncidentId, group: GroupId, hlc: Hlc) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO attachments (grp, incident, hlc) VALUES (?1, ?2, ?3)";
    sql::run(connection, sql, params![group.0.as_bytes(), incident.0.as_bytes(), columns::signed(hlc.0)?]).map(drop)
}

fn detach(connection: &Connection, incident: IncidentId, group: GroupId) -> Result<(), StoreError> {
    let sql = "DELETE FROM attachments WHERE grp = ?1 AND incident = ?2";
    sql::run(connection, sql, [group.0.as_bytes(), incident.0.as_bytes()]).map(drop)
}

/// The incident a group belongs to.
pub fn of_group(connection: &Connection, group: GroupId) -> Result<Option<(IncidentId, IncidentRef)>, StoreError> {
    let sql = "SELECT i.id, i.ref FROM attachments a JOIN incidents i ON i.id = a.incident WHERE a.grp = ?1 \
               ORDER BY a.hlc DESC, a.incident DESC LIMIT 1";
    sql::one(connection, sql, [group.0.as_bytes()], |row| Ok((IncidentId(columns::id(row, 0)?), IncidentRef(row.get(1)?))))
}
