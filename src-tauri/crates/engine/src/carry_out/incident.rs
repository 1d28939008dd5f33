//! What an incident is told: the domain decides, what it decided is recorded, and what should follow is planned. Its clocks
//! are looked at once, when all of the job is done.

use super::{Fact, Work, committed};
use crate::command::Committed;
use crate::failure::Failure;
use crate::replies;
use domain::incidents::{self, IncidentCommand, IncidentEvent, Reaction, Status};
use domain::{Entry, Event, EventId, GroupId, IncidentId, Recorded, Subject, Timestamp};
use store::{Batch, EffectState};

/// Tells an incident one thing; answers with its state before.
pub(super) fn to_incident(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    id: IncidentId,
    command: IncidentCommand,
) -> Result<Committed, Failure> {
    let before = batch.incident(id)?.ok_or(Failure::NoIncident)?;
    let recorded = tell(batch, work, entry, at, id, command)?;
    Ok(committed(work, &recorded, Some(id), Some(before)))
}

/// The same without that state, which is copied: for a command that tells an incident many things.
pub(super) fn tell(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    id: IncidentId,
    command: IncidentCommand,
) -> Result<Vec<Recorded>, Failure> {
    for person in command.people() {
        work.know(batch, entry, Some(&person))?;
    }
    let before = batch.state(id)?.ok_or(Failure::NoIncident)?;
    let decided = incidents::decide(before, command, entry, at, work.now)?;
    let decided: Vec<_> = decided.into_iter().map(|event| (incidents::parents(before, &event), event)).collect();
    decided.into_iter().map(|(parents, event)| record_incident(batch, work, entry, at, id, parents, event)).collect()
}

/// Records an incident's event and plans what the domain says should follow it.
pub(super) fn record_incident(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    id: IncidentId,
    parents: Vec<EventId>,
    event: IncidentEvent,
) -> Result<Recorded, Failure> {
    let recorded = work.record(batch, entry, Fact { subject: Subject::Incident(id), at, parents, event: event.into() })?;
    let Some(Event::Incident(event)) = &recorded.event else { return Ok(recorded) };
    let after = batch.state(id)?.ok_or(Failure::NoIncident)?;
    let rule = work.home.rule(after.severity.value);
    let event_id = recorded.envelope.id;
    match incidents::react(after, event, event_id, rule, work.now) {
        Some(Reaction::Notify { due }) => batch.plan_notice(id, event_id, due)?,
        Some(Reaction::Ring) => batch.plan_ring(id, event_id, work.now)?,
        Some(Reaction::Post { queued, due }) => batch.plan_post(id, queued, due)?,
        Some(Reaction::Withdraw { queued }) => batch.settle_effect(queued, EffectState::Dropped, work.now)?,
        Some(Reaction::Hush) => batch.hush(id, event_id, work.now)?,
        None => {}
    }
    if let IncidentEvent::StatusSet { status: Status::Resolved } = event
        && tells_tools(batch, work, id)?
    {
        let effect = EventId(work.uuid());
        batch.plan_reply(id.0, effect, work.now.plus_millis(replies::RESOLVED_AFTER_MS))?;
    }
    work.told.insert(id);
    Ok(recorded)
}

/// Whether any of its groups came from a tool that is told what becomes of them.
fn tells_tools(batch: &mut Batch<'_>, work: &Work<'_>, id: IncidentId) -> Result<bool, Failure> {
    if work.home.sources.values().all(|source| source.settings.reply_as.is_none()) {
        return Ok(false);
    }
    let groups: Vec<GroupId> = batch.state(id)?.map(|state| state.groups.keys().copied().collect()).unwrap_or_default();
    for group in groups {
        if batch.group(group)?.is_some_and(|group| replies::is_told(work.home, &group.source)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Sets when the clocks of the incidents that were told something are to be looked at next.
pub(crate) fn arm(batch: &mut Batch<'_>, work: &mut Work<'_>) -> Result<(), Failure> {
    for id in std::mem::take(&mut work.told) {
        let due = batch.state(id)?.ok_or(Failure::NoIncident)?.next_wake(work.home, work.now);
        batch.arm(id, due)?;
    }
    Ok(())
}
