//! Alerts as they are shown: where they stand, with the words of the events that say so.

use super::{Member, members};
use crate::rows::AlertRow;
use crate::{StoreError, columns, ledger, sightings, sql};
use domain::alerts::{AlertEvent, AlertStatus};
use domain::{Event, GroupId, Timestamp};
use rusqlite::{Connection, params};

/// A group's alerts as they are shown, those that fire first.
pub fn shown(connection: &Connection, group: GroupId, limit: usize) -> Result<Vec<AlertRow>, StoreError> {
    members(connection, group, limit)?.into_iter().map(|(alert, member)| row(connection, alert, member)).collect()
}

fn row(connection: &Connection, alert: i64, member: Member) -> Result<AlertRow, StoreError> {
    let stored = ledger::by_seq(connection, columns::signed(member.opened)?)?
        .ok_or_else(|| StoreError::Corrupt(format!("alert {alert} is listed but not on record")))?;
    let received_at = stored.received_at;
    let Some(Event::Alert(AlertEvent::Opened(opened) | AlertEvent::Reopened(opened))) = stored.recorded()?.event else {
        return Err(StoreError::Corrupt(format!("alert {alert} has no words")));
    };
    let title = match member.changed {
        Some(seq) => changed_title(connection, seq)?.unwrap_or(opened.title),
        None => opened.title,
    };
    let heard = if member.present { sightings::by_number(connection, alert)?.filter(|heard| heard.count > 0) } else { None };
    let (sightings, last_heard_at) = heard.map_or((1, received_at), |heard| (heard.count, heard.last_at));
    let (status, ended_at) = standing(connection, alert, &member)?;
    Ok(AlertRow {
        key: opened.key,
        episode: member.episode,
        status,
        severity: member.severity,
        title,
        labels: opened.labels,
        annotations: opened.annotations,
        started_at: member.started_at,
        ended_at,
        source: opened.source,
        received_at,
        sightings,
        last_heard_at,
        link: opened.link,
        service: opened.service,
    })
}

/// An alert that fires in another group since is over here, from when it began there.
fn standing(connection: &Connection, alert: i64, member: &Member) -> Result<(AlertStatus, Option<Timestamp>), StoreError> {
    if member.present || member.status != AlertStatus::Firing {
        return Ok((member.status, member.ended_at));
    }
    let sql = "SELECT started_at FROM alerts WHERE alert = ?1 AND (joined, grp) > (?2, ?3) ORDER BY joined, grp LIMIT 1";
    let key = params![alert, columns::signed(member.joined.0)?, member.group.0.as_bytes()];
    Ok((AlertStatus::Resolved, sql::one(connection, sql, key, |row| Ok(Timestamp(row.get(0)?)))?))
}

fn changed_title(connection: &Connection, seq: u64) -> Result<Option<String>, StoreError> {
    let changed = ledger::by_seq(connection, columns::signed(seq)?)?.map(ledger::Stored::recorded).transpose()?;
    match changed.and_then(|changed| changed.event) {
        Some(Event::Alert(AlertEvent::Changed { title, .. })) => Ok(Some(title)),
        Some(Event::Alert(_) | Event::Incident(_) | Event::Home(_) | Event::Change(_)) | None => Ok(None),
    }
}
