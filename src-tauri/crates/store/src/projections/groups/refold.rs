//! Folds a whole group: what arrives late, and every group in a rebuild.

use super::tally::{Tally, tally, write};
use crate::projections::alerts::{self, Member};
use crate::{StoreError, ledger, names, sightings, sql};
use domain::alerts::AlertEvent;
use domain::{Event, GroupId, Recorded, SourceName, Subject};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// A group's alerts, by source and key.
pub type Parts = BTreeMap<(SourceName, String), Member>;

/// Folds a group's events, given in any order: its row, not counted yet, and its alerts as if they were present.
pub fn fold(group: GroupId, events: &mut [Recorded]) -> (Option<Tally>, Parts) {
    events.sort_by_key(Recorded::order);
    let mut now: Option<Tally> = None;
    let mut acknowledged: Vec<&Recorded> = vec![];
    let mut parts = Parts::new();
    for recorded in &*events {
        let Some(Event::Alert(event)) = &recorded.event else { continue };
        match event {
            AlertEvent::Opened(opened) | AlertEvent::Reopened(opened) => {
                now.get_or_insert_with(|| Tally::begin(recorded, group, opened));
                let member = Member::begin(opened, group, recorded.envelope.hlc, recorded.seq);
                parts.insert((opened.source.clone(), opened.key.clone()), member);
            }
            AlertEvent::Changed { source, key, .. }
            | AlertEvent::Acknowledged { source, key, .. }
            | AlertEvent::Resolved { source, key, .. }
            | AlertEvent::Lapsed { source, key } => {
                if let Some(member) = parts.get_mut(&(source.clone(), key.clone())) {
                    member.evolve(event, recorded.seq);
                }
            }
            AlertEvent::GroupAcknowledged {} | AlertEvent::GroupReleased {} => acknowledged.push(recorded),
            AlertEvent::Judged { .. } => continue,
        }
        if let Some(now) = &mut now {
            acknowledged.drain(..).chain([recorded]).for_each(|heard| hear(now, heard));
        }
    }
    (now, parts)
}

/// Folds a group anew from the ledger, and settles in which groups its alerts are present.
pub fn refold(connection: &Connection, group: GroupId) -> Result<(), StoreError> {
    let mut events = ledger::of_subject(connection, &Subject::Group(group))?;
    let (now, parts) = fold(group, &mut events);
    names::catch_up(connection)?;
    let mut touched = BTreeSet::new();
    for (alert, member) in alerts::members(connection, group, usize::MAX)? {
        alerts::remove(connection, &member)?;
        touched.insert(alert);
    }
    for ((source, key), member) in &parts {
        let alert = sightings::number(connection, source, key)?;
        alerts::insert(connection, alert, member)?;
        touched.insert(alert);
    }
    let mut others = BTreeSet::new();
    for alert in touched {
        settle(connection, alert, &mut others)?;
    }
    sql::run(connection, "DELETE FROM alert_groups WHERE id = ?1", [group.0.as_bytes()])?;
    if let Some(mut now) = now {
        recount(connection, &mut now)?;
        write(connection, &now, None)?;
    }
    others.remove(&group);
    for other in others {
        if let Some(mut now) = tally(connection, other)? {
            let fired = now.firing > 0;
            recount(connection, &mut now)?;
            write(connection, &now, Some(fired))?;
        }
    }
    Ok(())
}

fn hear(now: &mut Tally, recorded: &Recorded) {
    if let Some(Event::Alert(event)) = &recorded.event {
        now.hear(&recorded.envelope, event);
    }
}

/// Marks the last group an alert fired in as the one it is present in; notes the groups where that changed.
fn settle(connection: &Connection, alert: i64, changed: &mut BTreeSet<GroupId>) -> Result<(), StoreError> {
    for (place, member) in alerts::parts(connection, alert)?.into_iter().enumerate() {
        let present = place == 0;
        if member.present != present {
            alerts::replace(connection, alert, &member, &Member { present, ..member.clone() })?;
            changed.insert(member.group);
        }
    }
    Ok(())
}

fn recount(connection: &Connection, now: &mut Tally) -> Result<(), StoreError> {
    (now.count, now.firing, now.severities) = (0, 0, [0; 4]);
    for (_, member) in alerts::members(connection, now.id, usize::MAX)? {
        now.count(&member);
    }
    Ok(())
}
