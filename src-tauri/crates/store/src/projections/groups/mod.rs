//! The alert_groups table: a group's counters, kept as its alerts come and go, so that a flood costs each alert the
//! same; the row is written once in a transaction. Its title and key are read from the event that began it.

mod as_of;
mod read;
mod refold;
mod tally;

pub use as_of::as_of;
pub use read::{by_id, count_waiting, current, down, firing, firing_of, latest, list, looked_at, totals_of};
pub use refold::refold;
pub use tally::{Tally, key_hash, tally, write};

use super::alerts::{self, Member};
use crate::lately::{Lately, Slot};
use crate::{StoreError, ledger};
use domain::alerts::{AlertEvent, Opened};
use domain::{GroupId, Recorded};
use rusqlite::Connection;

/// Follows an event of a group: by one step where it sorts after all before it, else anew.
pub fn follow(
    connection: &Connection,
    lately: &mut Lately,
    group: GroupId,
    recorded: &Recorded,
    event: &AlertEvent,
) -> Result<(), StoreError> {
    if let AlertEvent::Judged { .. } = event {
        // A verdict says nothing new of the group itself: it is kept with its noise.
        lately.judged(group);
        return Ok(());
    }
    if !in_order(connection, lately, group, recorded, event)? {
        lately.put_down(connection)?;
        return refold(connection, group);
    }
    match event {
        AlertEvent::Opened(opened) | AlertEvent::Reopened(opened) => fire(connection, lately, group, recorded, opened)?,
        AlertEvent::Changed { source, key, .. }
        | AlertEvent::Acknowledged { source, key, .. }
        | AlertEvent::Resolved { source, key, .. }
        | AlertEvent::Lapsed { source, key } => {
            let slot = lately.find(connection, source, key)?;
            stand(connection, lately, group, slot, |member| member.evolve(event, recorded.seq))?;
        }
        AlertEvent::GroupAcknowledged {} | AlertEvent::GroupReleased {} | AlertEvent::Judged { .. } => {}
    }
    lately.move_group(connection, group, |tally| tally.hear(&recorded.envelope, event))
}

fn in_order(
    connection: &Connection,
    lately: &mut Lately,
    group: GroupId,
    recorded: &Recorded,
    event: &AlertEvent,
) -> Result<bool, StoreError> {
    let envelope = &recorded.envelope;
    let known = lately.group(connection, group)?.map(|group| group.tally.folded_to);
    let (AlertEvent::Opened(opened) | AlertEvent::Reopened(opened)) = event else {
        return Ok(known.is_some_and(|folded_to| envelope.hlc > folded_to));
    };
    let follows = match known {
        Some(folded_to) => envelope.hlc > folded_to,
        None => !ledger::has_others(connection, &envelope.subject, recorded.seq)?,
    };
    let slot = lately.find(connection, &opened.source, &opened.key)?;
    Ok(follows && lately.alert(slot).part().is_none_or(|part| part.joined < envelope.hlc))
}

/// An alert fires in this group now, and in no other.
fn fire(connection: &Connection, lately: &mut Lately, group: GroupId, recorded: &Recorded, opened: &Opened) -> Result<(), StoreError> {
    if lately.group(connection, group)?.is_none() {
        lately.begin_group(Tally::begin(recorded, group, opened), recorded.envelope.recorded_at);
    }
    let slot = lately.find(connection, &opened.source, &opened.key)?;
    let number = lately.number(connection, slot)?;
    let member = Member::begin(opened, group, recorded.envelope.hlc, recorded.seq);
    let known = lately.alert(slot).part().cloned();
    if known.as_ref().is_none_or(|known| known.episode != member.episode) {
        lately.count_anew(slot);
    }
    let here = match known {
        Some(known) if known.group == group => Some(known),
        Some(known) => {
            leave(connection, lately, number, &known)?;
            alerts::in_group(connection, number, group)?
        }
        None => None,
    };
    match &here {
        Some(here) => alerts::replace(connection, number, here, &member)?,
        None => alerts::insert(connection, number, &member)?,
    }
    lately.move_group(connection, group, |tally| {
        here.iter().for_each(|here| tally.uncount(here));
        tally.count(&member);
    })?;
    lately.take_part(slot, member);
    Ok(())
}

fn leave(connection: &Connection, lately: &mut Lately, number: i64, known: &Member) -> Result<(), StoreError> {
    alerts::replace(connection, number, known, &Member { present: false, ..known.clone() })?;
    if known.fires() {
        lately.move_group(connection, known.group, |tally| tally.firing = tally.firing.saturating_sub(1))?;
    }
    Ok(())
}

/// An alert stands otherwise in this group; in another one it may fire meanwhile.
fn stand(
    connection: &Connection,
    lately: &mut Lately,
    group: GroupId,
    slot: Slot,
    evolve: impl FnOnce(&mut Member),
) -> Result<(), StoreError> {
    let alert = lately.alert(slot);
    let Some(number) = alert.number else { return Ok(()) };
    let present = alert.part().filter(|part| part.group == group).cloned();
    let known = match present {
        Some(part) => Some(part),
        None => alerts::in_group(connection, number, group)?,
    };
    let Some(before) = known else { return Ok(()) };
    let mut after = before.clone();
    evolve(&mut after);
    alerts::replace(connection, number, &before, &after)?;
    lately.move_group(connection, group, |tally| {
        tally.uncount(&before);
        tally.count(&after);
    })?;
    if lately.alert(slot).part().is_some_and(|part| part.opened == after.opened) {
        lately.take_part(slot, after);
    }
    Ok(())
}
