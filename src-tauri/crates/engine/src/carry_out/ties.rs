//! Two incidents in one go: each keeps its half on its own record, and neither is left without the other's.

use super::incident::to_incident;
use super::{Work, declare, groups};
use crate::command::{Committed, Declaration};
use crate::failure::Failure;
use domain::incidents::{Incident, IncidentCommand as C, Rejection, Status, TaskCommand, TieCommand as T};
use domain::{Entry, GroupId, IncidentId, Timestamp};
use store::Batch;

fn state(batch: &mut Batch<'_>, id: IncidentId) -> Result<Incident, Failure> {
    batch.incident(id)?.ok_or(Failure::NoIncident)
}

/// Merges `id` into `other`: its groups of alerts and its open tasks go along, so that nothing is left behind unwatched.
pub(super) fn merge(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    id: IncidentId,
    other: IncidentId,
) -> Result<Committed, Failure> {
    let (before, into) = (state(batch, id)?, state(batch, other)?);
    if into.status.value == Status::Merged {
        return Err(Rejection::Merged.into());
    }
    if before.drill != into.drill {
        return Err(Rejection::DrillWithReal.into());
    }
    if before.private != into.private {
        return Err(Rejection::PrivateWithOpen.into());
    }
    let moved: Vec<GroupId> = before.groups.keys().copied().collect();
    if !moved.is_empty() {
        groups::attach(batch, work, entry, at, other, &moved)?;
    }
    let here = T::MergedInto { other, reference: into.reference, groups: moved };
    let done = to_incident(batch, work, entry, at, id, C::Tie(here))?;
    to_incident(batch, work, entry, at, other, C::Tie(T::Absorbed { other: id, reference: before.reference.clone() }))?;
    for task in before.open_tasks() {
        let command =
            TaskCommand::Add { text: task.text.clone(), owner: task.owner.clone(), minutes: Some(task.minutes), from: Some(task.id) };
        to_incident(batch, work, entry, at, other, C::Task(command))?;
    }
    Ok(done)
}

/// Takes a merge back: its groups of alerts return, where they are still with the other, and the other's copies of its
/// open tasks are dropped, for each of them is open here again.
pub(super) fn unmerge(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    id: IncidentId,
) -> Result<Committed, Failure> {
    let merged = state(batch, id)?.ties.merged.ok_or(Rejection::NotMerged)?;
    let done = to_incident(batch, work, entry, at, id, C::Tie(T::Unmerged { other: merged.into }))?;
    let other = state(batch, merged.into)?;
    if other.ties.others.contains_key(&id) {
        to_incident(batch, work, entry, at, merged.into, C::Tie(T::Unmerged { other: id }))?;
    }
    let here = state(batch, id)?;
    for task in here.open_tasks() {
        let Some(copy) = other.open_tasks().iter().find(|copy| copy.from == Some(task.id)).map(|copy| copy.id) else { continue };
        let reason = Some(format!("Goes on in {}.", here.reference));
        to_incident(batch, work, entry, at, merged.into, C::Task(TaskCommand::Drop { task: copy, reason }))?;
    }
    let back: Vec<GroupId> = merged.groups.into_iter().filter(|group| other.groups.contains_key(group)).collect();
    if !back.is_empty() {
        groups::attach(batch, work, entry, at, id, &back)?;
    }
    Ok(done)
}

/// Makes groups of alerts of `id` an incident of their own.
pub(super) fn split(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    id: IncidentId,
    mut what: Declaration,
) -> Result<Committed, Failure> {
    let before = state(batch, id)?;
    if what.groups.is_empty() || what.groups.iter().any(|group| !before.groups.contains_key(group)) {
        return Err(Rejection::NotAttached.into());
    }
    if what.title.trim().is_empty() {
        what.title = batch.group(what.groups[0])?.ok_or(Failure::NoGroup)?.title;
    }
    what.drill |= before.drill;
    what.private |= before.private;
    let done = declare::declare(batch, work, entry, at, what)?;
    let other = done.incident.ok_or(Failure::NoIncident)?;
    let reference = state(batch, other)?.reference;
    to_incident(batch, work, entry, at, other, C::Tie(T::SplitFrom { other: id, reference: before.reference }))?;
    to_incident(batch, work, entry, at, id, C::Tie(T::SplitOff { other, reference }))?;
    Ok(done)
}

/// Links two incidents, or unlinks them.
pub(super) fn link(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    (one, other): (IncidentId, IncidentId),
    linked: bool,
) -> Result<Committed, Failure> {
    let half = |other: &Incident| match linked {
        true => T::Linked { other: other.id, reference: other.reference.clone() },
        false => T::Unlinked { other: other.id },
    };
    let (here, there) = (state(batch, one)?, state(batch, other)?);
    let done = to_incident(batch, work, entry, at, one, C::Tie(half(&there)))?;
    to_incident(batch, work, entry, at, other, C::Tie(half(&here)))?;
    Ok(done)
}
