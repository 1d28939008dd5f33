//! Groups as they are asked for.

use super::tally::{Tally, key_hash, select, tally};
use crate::projections::{attachments, incidents, noises, quiets};
use crate::rows::{GroupFilter, GroupRow, GroupState};
use crate::{StoreError, columns, ledger, sql};
use domain::alerts::AlertEvent;
use domain::{Event, GroupId, IncidentId, ServiceName, SourceName, Timestamp};
use rusqlite::{Connection, params};

/// A group is joined by new alerts of its key for so long after its last news (30 min), unless it was dismissed.
const JOINED_FOR_MS: i64 = 30 * 60 * 1000;

/// In the inbox: fires, not quiet, part of no incident. With `IS NULL` it waits for somebody, with `IS NOT NULL` somebody looks.
macro_rules! inbox {
    ($looked:literal, $rest:literal) => {
        concat!(
            "WHERE fires = 1 AND acknowledged_by ",
            $looked,
            " AND NOT EXISTS (SELECT 1 FROM quiets q WHERE q.grp = g.id AND q.ended = 0) \
             AND NOT EXISTS (SELECT 1 FROM noises n WHERE n.grp = g.id AND n.absorbed = 1) \
             AND NOT EXISTS (SELECT 1 FROM attachments a JOIN incidents i ON i.id = a.incident WHERE a.grp = g.id) ",
            $rest
        )
    };
}

/// The group that a new alert of this key (as [`super::key_hash`] makes it) joins: one that fires, or belongs to an open
/// incident, or had news within the last half hour and was not dismissed. Of several, the newest.
pub fn current(connection: &Connection, key: [u8; 16], now: Timestamp) -> Result<Option<GroupId>, StoreError> {
    let sql = "SELECT g.id FROM alert_groups g WHERE g.key_hash = ?1 AND (g.fires = 1 \
               OR (g.last_at >= ?2 AND NOT EXISTS (SELECT 1 FROM quiets q WHERE q.grp = g.id AND q.ended = 0)) \
               OR EXISTS (SELECT 1 FROM attachments a JOIN incidents i ON i.id = a.incident WHERE a.grp = g.id AND i.is_open = 1)) \
               ORDER BY g.number DESC LIMIT 1";
    let values = params![key, now.plus_millis(-JOINED_FOR_MS).0];
    sql::one(connection, sql, values, |row| Ok(GroupId(columns::id(row, 0)?)))
}

/// The newest group of this key, whether it goes on or is over.
pub fn latest(connection: &Connection, source: &SourceName, group_key: &str) -> Result<Option<GroupId>, StoreError> {
    let sql = "SELECT id FROM alert_groups WHERE key_hash = ?1 ORDER BY number DESC LIMIT 1";
    sql::one(connection, sql, [key_hash(source, group_key)], |row| Ok(GroupId(columns::id(row, 0)?)))
}

/// Groups of a source of which something fires.
pub fn firing_of(connection: &Connection, source: &SourceName) -> Result<Vec<GroupId>, StoreError> {
    let sql = "SELECT id FROM alert_groups WHERE fires = 1 AND source = ?1 ORDER BY number";
    sql::all(connection, sql, [source.as_str()], |row| Ok(GroupId(columns::id(row, 0)?)))
}

/// A whole group as it is shown.
pub fn by_id(connection: &Connection, group: GroupId) -> Result<Option<GroupRow>, StoreError> {
    tally(connection, group)?.map(|tally| row(connection, tally)).transpose()
}

/// The whole group of a row.
pub fn row(connection: &Connection, tally: Tally) -> Result<GroupRow, StoreError> {
    let began = ledger::by_seq(connection, columns::signed(tally.number)?)?.map(ledger::Stored::recorded).transpose()?;
    let (key, title) = match began.and_then(|began| began.event) {
        Some(Event::Alert(AlertEvent::Opened(opened) | AlertEvent::Reopened(opened))) => (opened.group_key, opened.group_title),
        Some(Event::Alert(_) | Event::Incident(_) | Event::Home(_) | Event::Change(_)) | None => {
            return Err(StoreError::Corrupt(format!("group {} has no beginning", tally.id)));
        }
    };
    let heard = "SELECT coalesce(sum(s.count), 0) FROM events e CROSS JOIN alerts a ON a.opened = e.seq \
                 CROSS JOIN sightings s ON s.number = a.alert WHERE e.subject = ?1 AND a.present = 1";
    let sightings = sql::one(connection, heard, [tally.id.0.as_bytes()], |row| Ok(columns::count(row, 0)?))?;
    Ok(GroupRow {
        id: tally.id,
        key,
        title,
        severity: tally.severity(),
        count: tally.count,
        firing: tally.firing,
        sightings: sightings.unwrap_or(0),
        first_at: tally.first_at,
        last_at: tally.last_at,
        incident: attachments::of_group(connection, tally.id)?,
        quiet: quiets::of_group(connection, tally.id)?,
        noise: noises::of_group(connection, tally.id)?,
        services: tally.services.into_iter().collect(),
        acknowledged_by: tally.acknowledged_by,
        source: tally.source,
    })
}

/// Services of which something fires that people know of, each with the group that says so, the longest first.
pub fn down(connection: &Connection) -> Result<Vec<(ServiceName, GroupId)>, StoreError> {
    let sql =
        "SELECT g.services, g.id FROM alert_groups g JOIN noises n ON n.grp = g.id WHERE g.fires = 1 AND n.loud = 1 ORDER BY g.number";
    let rows = sql::all(connection, sql, [], |row| Ok((row.get::<_, String>(0)?, GroupId(columns::id(row, 1)?))))?;
    Ok(rows.into_iter().flat_map(|(services, group)| columns::names_of(&services).map(|name| (name, group)).collect::<Vec<_>>()).collect())
}

/// Groups that fire, the newest first.
pub fn firing(connection: &Connection, limit: usize) -> Result<Vec<GroupId>, StoreError> {
    let sql = "SELECT id FROM alert_groups WHERE fires = 1 ORDER BY number DESC LIMIT ?1";
    sql::all(connection, sql, [columns::limit(limit)], |row| Ok(GroupId(columns::id(row, 0)?)))
}

/// Groups that pass `filter`.
pub fn list(connection: &Connection, filter: &GroupFilter) -> Result<Vec<GroupRow>, StoreError> {
    let limit = [columns::limit(filter.limit)];
    let tallies = match (filter.incident, filter.waiting_only) {
        (Some(incident), waiting_only) => {
            let mut rows = of_incident(connection, incident)?;
            rows.sort_by_key(|tally| std::cmp::Reverse(tally.number));
            let mut rows: Vec<GroupRow> = rows.into_iter().map(|tally| row(connection, tally)).collect::<Result<_, _>>()?;
            rows.retain(|row| !waiting_only || row.state() == GroupState::Waiting);
            rows.truncate(filter.limit);
            return Ok(rows);
        }
        (None, true) => {
            let order = select!(inbox!(
                "IS NULL",
                "ORDER BY critical > 0 DESC, error > 0 DESC, warning > 0 DESC, last_at DESC, number DESC LIMIT ?1"
            ));
            sql::all(connection, order, limit, Tally::read)?
        }
        (None, false) => sql::all(connection, select!("ORDER BY number DESC LIMIT ?1"), limit, Tally::read)?,
    };
    tallies.into_iter().map(|tally| row(connection, tally)).collect()
}

fn of_incident(connection: &Connection, incident: IncidentId) -> Result<Vec<Tally>, StoreError> {
    let groups = incidents::by_id(connection, incident)?.map(|incident| incident.groups).unwrap_or_default();
    let tallies: Result<Vec<Option<Tally>>, StoreError> = groups.keys().map(|group| tally(connection, *group)).collect();
    Ok(tallies?.into_iter().flatten().collect())
}

/// Groups that fire and that somebody looks at, the newest first.
pub fn looked_at(connection: &Connection, limit: usize) -> Result<Vec<GroupRow>, StoreError> {
    let sql = select!(inbox!("IS NOT NULL", "ORDER BY number DESC LIMIT ?1"));
    let tallies = sql::all(connection, sql, [columns::limit(limit)], Tally::read)?;
    tallies.into_iter().map(|tally| row(connection, tally)).collect()
}

/// How many groups wait for somebody.
pub fn count_waiting(connection: &Connection) -> Result<u64, StoreError> {
    let sql = concat!("SELECT count(*) FROM alert_groups g ", inbox!("IS NULL", ""));
    Ok(sql::one(connection, sql, [], |row| Ok(columns::count(row, 0)?))?.unwrap_or(0))
}

/// How many alerts an incident's groups have, and how many of them fire.
pub fn totals_of(connection: &Connection, incident: IncidentId) -> Result<(u64, u64), StoreError> {
    let tallies = of_incident(connection, incident)?;
    Ok(tallies.iter().fold((0, 0), |(alerts, firing), tally| (alerts + tally.count, firing + tally.firing)))
}
