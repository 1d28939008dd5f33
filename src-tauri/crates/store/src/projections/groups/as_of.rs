//! A group as this machine knew it at an instant.

use super::read::row;
use super::refold::fold;
use crate::ledger::{self, Stored};
use crate::projections::alerts::{self, Member};
use crate::rows::GroupRow;
use crate::{StoreError, columns, names};
use domain::{GroupId, Subject, Timestamp};
use rusqlite::Connection;

/// Its counters as of the events received by `at`. Whose it is and whether it is quiet are not said, nor how often it
/// was heard: repeats leave no trace of when they came.
pub fn as_of(connection: &Connection, group: GroupId, at: Timestamp) -> Result<Option<GroupRow>, StoreError> {
    let stored = ledger::stored_of(connection, &Subject::Group(group))?;
    let received = stored.into_iter().filter(|stored| stored.received_at <= at).map(Stored::recorded);
    let (tally, parts) = fold(group, &mut received.collect::<Result<Vec<_>, _>>()?);
    let Some(mut tally) = tally else { return Ok(None) };
    for ((source, key), mut member) in parts {
        let alert = names::number(connection, &source, &key)?;
        member.present = !alert.map_or(Ok(false), |alert| had_left(connection, alert, &member, at))?;
        tally.count(&member);
    }
    Ok(Some(GroupRow { sightings: 0, incident: None, quiet: None, ..row(connection, tally)? }))
}

/// Whether an alert fired in another group since, as far as was known by `at`.
fn had_left(connection: &Connection, alert: i64, member: &Member, at: Timestamp) -> Result<bool, StoreError> {
    for other in alerts::parts(connection, alert)? {
        if other.group != member.group && other.joined > member.joined {
            let opened = ledger::by_seq(connection, columns::signed(other.opened)?)?;
            if opened.is_some_and(|opened| opened.received_at <= at) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
