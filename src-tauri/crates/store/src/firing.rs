//! What fires, over all groups: for a storm that is known, for what is kept quiet, for who watches what. Reads projections
//! and folds nothing.

use crate::rows::{Fires, FiringRow, WatchedRow};
use crate::{StoreError, codec, columns, sql};
use domain::{GroupId, ServiceName, SourceName, Timestamp};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

/// Groups that fire and are judged, the newest first.
pub fn noises(connection: &Connection, limit: usize) -> Result<Vec<FiringRow>, StoreError> {
    let sql = "SELECT g.id, g.firing, n.state FROM alert_groups g JOIN noises n ON n.grp = g.id WHERE g.fires = 1 \
               ORDER BY g.number DESC LIMIT ?1";
    sql::all(connection, sql, [columns::limit(limit)], |row| {
        Ok(FiringRow {
            group: GroupId(columns::id(row, 0)?),
            firing: columns::count(row, 1)?,
            noise: codec::unpacked(&row.get::<_, Vec<u8>>(2)?)?,
        })
    })
}

/// All that fires, counted.
pub fn all(connection: &Connection) -> Result<Fires, StoreError> {
    let mut fires = Fires::default();
    let rows = sql::all(connection, "SELECT firing, services FROM alert_groups WHERE fires = 1", [], |row| {
        Ok((columns::count(row, 0)?, row.get::<_, String>(1)?))
    })?;
    for (firing, services) in rows {
        fires.groups += 1;
        fires.alerts += firing;
        fires.services.extend(columns::names_of(&services));
    }
    let worst = "SELECT min(severity) FROM alerts WHERE present = 1 AND status = 0";
    let worst = sql::one(connection, worst, [], |row| Ok(row.get::<_, Option<i64>>(0)?))?.flatten();
    fires.worst = worst.map(columns::alert_severity_of).transpose()?;
    Ok(fires)
}

/// Services that any alert ever spoke of, by the source that sent it, with what fires now.
pub fn watched(connection: &Connection) -> Result<Vec<WatchedRow>, StoreError> {
    let sql = "SELECT source, services, sum(firing) FROM alert_groups WHERE services <> '' GROUP BY source, services";
    let rows = sql::all(connection, sql, [], |row| Ok((SourceName(row.get(0)?), row.get::<_, String>(1)?, columns::count(row, 2)?)))?;
    let mut watched: BTreeMap<(ServiceName, SourceName), u64> = BTreeMap::new();
    for (source, services, firing) in rows {
        for service in columns::names_of(&services) {
            *watched.entry((service, source.clone())).or_default() += firing;
        }
    }
    Ok(watched.into_iter().map(|((service, source), firing)| WatchedRow { service, source, firing }).collect())
}

/// How many groups with news at or after an instant a verdict keeps out of what waits.
pub fn absorbed(connection: &Connection, since: Timestamp) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM noises n JOIN alert_groups g ON g.id = n.grp WHERE n.absorbed = 1 AND g.last_at >= ?1";
    Ok(sql::one(connection, sql, params![since.0], |row| Ok(columns::count(row, 0)?))?.unwrap_or(0))
}

/// Groups that belong to an incident, or did.
pub fn attached(connection: &Connection) -> Result<BTreeSet<GroupId>, StoreError> {
    let groups = sql::all(connection, "SELECT DISTINCT grp FROM attachments", [], |row| Ok(GroupId(columns::id(row, 0)?)))?;
    Ok(groups.into_iter().collect())
}
