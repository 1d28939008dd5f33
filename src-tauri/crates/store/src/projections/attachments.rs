//! Which incident each group of alerts belongs to. Where two machines attached one group to two incidents, the later
//! act counts; both incidents know it.

use crate::{StoreError, columns, sql};
use domain::{EventId, GroupId, Hlc, IncidentId, IncidentRef};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// What an incident held before and what it holds now, by the event that attached each group.
pub type Groups = BTreeMap<GroupId, EventId>;

/// Brings the table from `before` to `after`; `clock` tells the clock of the event that attached a group.
pub fn follow(
    connection: &Connection,
    incident: IncidentId,
    before: &Groups,
    after: &Groups,
    clock: impl Fn(EventId) -> Hlc,
) -> Result<(), StoreError> {
    for group in before.keys().filter(|group| !after.contains_key(group)) {
        detach(connection, incident, *group)?;
    }
    for (group, by) in after.iter().filter(|(group, by)| before.get(group) != Some(by)) {
        attach(connection, incident, *group, clock(*by))?;
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
