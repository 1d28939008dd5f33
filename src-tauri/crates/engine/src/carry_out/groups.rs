//! Groups of alerts: whose they are, and who looks at them.

use super::incident::to_incident;
use super::{Fact, Work, committed};
use crate::command::Committed;
use crate::failure::Failure;
use crate::feed::Tag;
use crate::{replies, triage};
use domain::incidents::IncidentCommand;
use domain::{Entry, EventId, GroupId, IncidentId, Subject, Timestamp};
use store::Batch;

pub(super) fn attach(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    incident: IncidentId,
    groups: &[GroupId],
) -> Result<Committed, Failure> {
    each_group(batch, work, groups, |batch, work, group| {
        if let Some((other, _)) = group.incident.clone().filter(|(other, _)| *other != incident) {
            let command = IncidentCommand::Detach { group: group.id, title: group.title.clone() };
            to_incident(batch, work, entry, at, other, command)?;
        }
        to_incident(batch, work, entry, at, incident, IncidentCommand::Attach { group: group.id, title: group.title })
    })
}

pub(super) fn detach(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    incident: IncidentId,
    groups: &[GroupId],
) -> Result<Committed, Failure> {
    each_group(batch, work, groups, |batch, work, group| {
        to_incident(batch, work, entry, at, incident, IncidentCommand::Detach { group: group.id, title: group.title })
    })
}

fn each_group(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    groups: &[GroupId],
    mut one: impl FnMut(&mut Batch<'_>, &mut Work<'_>, store::GroupRow) -> Result<Committed, Failure>,
) -> Result<Committed, Failure> {
    let mut all: Option<Committed> = None;
    for id in groups {
        let group = batch.group(*id)?.ok_or(Failure::NoGroup)?;
        let done = one(batch, work, group)?;
        all = Some(match all {
            None => done,
            Some(so_far) => Committed { events: [so_far.events, done.events].concat(), before: so_far.before, ..done },
        });
    }
    work.tags.insert(Tag::Alerts);
    triage::judge_anew(batch, work, groups.iter().copied())?;
    all.ok_or(Failure::NoGroup)
}

pub(super) fn acknowledge_group(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    id: GroupId,
) -> Result<Committed, Failure> {
    let group = batch.group(id)?.ok_or(Failure::NoGroup)?;
    if group.acknowledged_by.is_some() {
        return Err(Failure::GroupAcknowledged);
    }
    let event = domain::alerts::AlertEvent::GroupAcknowledged {};
    let recorded = work.record(batch, entry, Fact { subject: Subject::Group(id), at, parents: vec![], event: event.into() })?;
    if replies::is_told(work.home, &group.source) {
        let effect = EventId(work.uuid());
        batch.plan_reply(id.0, effect, work.now.plus_millis(replies::ACKNOWLEDGED_AFTER_MS))?;
    }
    triage::judge_anew(batch, work, [id])?;
    Ok(committed(work, &[recorded], None, None))
}

/// It waits again, and is judged: what still fires may ring.
pub(super) fn release_group(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    id: GroupId,
) -> Result<Committed, Failure> {
    let group = batch.group(id)?.ok_or(Failure::NoGroup)?;
    if group.acknowledged_by.is_none() {
        return Err(Failure::GroupNotAcknowledged);
    }
    let event = domain::alerts::AlertEvent::GroupReleased {};
    let recorded = work.record(batch, entry, Fact { subject: Subject::Group(id), at, parents: vec![], event: event.into() })?;
    triage::judge_anew(batch, work, [id])?;
    Ok(committed(work, &[recorded], None, None))
}
