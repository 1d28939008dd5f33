//! The alert_groups table: a group's counters, kept as its alerts come and go, so that a flood costs each alert the
//! same. Its title and key are read from the event that began it.

mod as_of;
mod read;
mod refold;
mod tally;

pub use as_of::as_of;
pub use read::{by_id, count_waiting, current, down, firing, firing_of, latest, list, looked_at, totals_of, triage};
pub use refold::refold;

use super::alerts::{self, Member};
use crate::{StoreError, ledger};
use domain::alerts::AlertEvent;
use domain::{GroupId, Recorded};
use rusqlite::Connection;
use tally::{Tally, tally, write};

/// Follows an event of a group; answers whether an alert began to fire anew.
pub fn follow(connection: &Connection, group: GroupId, recorded: &Recorded, event: &AlertEvent) -> Result<bool, StoreError> {
    if let AlertEvent::Judged { .. } = event {
        // A verdict says nothing new of the group itself: it is kept with its noise.
        return Ok(false);
    }
    let envelope = &recorded.envelope;
    let before = tally(connection, group)?;
    let mut now = match (&before, event) {
        (Some(before), _) if envelope.hlc > before.folded_to => before.clone(),
        (None, AlertEvent::Opened(opened) | AlertEvent::Reopened(opened))
            if !ledger::has_others(connection, &envelope.subject, recorded.seq)? =>
        {
            Tally::begin(recorded, group, opened)
        }
        (_, _) => return refold(connection, group).map(|()| false),
    };
    now.hear(envelope, event);
    let fresh = match event {
        AlertEvent::Opened(opened) | AlertEvent::Reopened(opened) => {
            let known = alerts::present(connection, &opened.source, &opened.key)?;
            if known.as_ref().is_some_and(|known| known.joined >= envelope.hlc) {
                return refold(connection, group).map(|()| false);
            }
            let member = Member::begin(opened, group, envelope.hlc, recorded.seq);
            let fresh = known.as_ref().is_none_or(|known| known.episode != member.episode);
            join(connection, &mut now, known, &member)?;
            fresh
        }
        AlertEvent::Changed { source, key, .. }
        | AlertEvent::Acknowledged { source, key, .. }
        | AlertEvent::Resolved { source, key, .. }
        | AlertEvent::Lapsed { source, key } => {
            if let Some(known) = alerts::in_group(connection, source, key, group)? {
                let mut member = known.clone();
                member.evolve(event, recorded.seq);
                now.uncount(&known);
                now.count(&member);
                alerts::replace(connection, &known, &member)?;
            }
            false
        }
        AlertEvent::GroupAcknowledged {} | AlertEvent::GroupReleased {} | AlertEvent::Judged { .. } => false,
    };
    write(connection, before.as_ref(), &now)?;
    Ok(fresh)
}

/// An alert fires in this group now, and in no other.
fn join(connection: &Connection, now: &mut Tally, known: Option<Member>, member: &Member) -> Result<(), StoreError> {
    let here = match known {
        Some(known) if known.group == member.group => Some(known),
        Some(known) => {
            leave(connection, &known)?;
            alerts::in_group(connection, &member.source, &member.key, member.group)?
        }
        None => None,
    };
    now.count(member);
    match here {
        Some(here) => {
            now.uncount(&here);
            alerts::replace(connection, &here, member)
        }
        None => alerts::insert(connection, member),
    }
}

fn leave(connection: &Connection, known: &Member) -> Result<(), StoreError> {
    alerts::replace(connection, known, &Member { present: false, ..known.clone() })?;
    if let (true, Some(before)) = (known.fires(), tally(connection, known.group)?) {
        let now = Tally { firing: before.firing.saturating_sub(1), ..before.clone() };
        write(connection, Some(&before), &now)?;
    }
    Ok(())
}
