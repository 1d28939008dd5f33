//! Effects: claimed before they are carried out, and settled with what came of them. Clocks that ring are told here too.

use super::incident::to_incident;
use super::{Fact, Work, committed};
use crate::command::{Committed, PostOutcome};
use crate::failure::Failure;
use domain::home::HomeEvent;
use domain::incidents::{ClockCommand, CommsCommand, IncidentCommand};
use domain::{Entry, EventId, IncidentId, Timestamp};
use store::{Batch, EffectKind, EffectState};

pub(super) fn claim(batch: &mut Batch<'_>, work: &mut Work<'_>, entry: &Entry, at: Timestamp, id: EventId) -> Result<Committed, Failure> {
    let effect = batch.effect(id)?.ok_or(Failure::EffectGone)?;
    if !batch.claim_effect(id, work.now)? {
        return Err(Failure::EffectGone);
    }
    match effect.kind {
        EffectKind::Notice | EffectKind::Ring => {
            to_incident(batch, work, entry, at, effect.incident, IncidentCommand::ClaimNotice { effect: id })
        }
        EffectKind::CloseNotice | EffectKind::Post => Ok(committed(work, &[], Some(effect.incident), None)),
        EffectKind::Alarm | EffectKind::CloseAlarm | EffectKind::Ears | EffectKind::Reply => Ok(committed(work, &[], None, None)),
    }
}

pub(super) fn settle(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    id: EventId,
    failure: Option<String>,
) -> Result<Committed, Failure> {
    let effect = batch.effect(id)?.ok_or(Failure::EffectGone)?;
    let state = if failure.is_some() { EffectState::Failed } else { EffectState::Done };
    batch.settle_effect(id, state, work.now)?;
    match effect.kind {
        EffectKind::Notice | EffectKind::Ring => {
            to_incident(batch, work, entry, at, effect.incident, IncidentCommand::SettleNotice { effect: id, failure })
        }
        EffectKind::CloseNotice | EffectKind::Post => Ok(committed(work, &[], Some(effect.incident), None)),
        EffectKind::Alarm => settle_alarm(batch, work, entry, at, failure),
        EffectKind::CloseAlarm | EffectKind::Ears | EffectKind::Reply => Ok(committed(work, &[], None, None)),
    }
}

/// Records that the alarm was shown, and plans when it comes again while nobody answers.
fn settle_alarm(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    failure: Option<String>,
) -> Result<Committed, Failure> {
    let Some(alarm) = work.home.alarm.clone() else { return Ok(committed(work, &[], None, None)) };
    let event = HomeEvent::AlarmShown { alarm: alarm.id, failure };
    let recorded = work.record(batch, entry, Fact::home(event, at))?;
    if let Some(minutes) = work.home.rule(alarm.worst.suggests()).repeat_minutes.filter(|_| !alarm.answered) {
        batch.plan_alarm(recorded.envelope.id, work.now.plus_secs(i64::from(minutes) * 60))?;
    }
    Ok(committed(work, &[recorded], None, None))
}

/// Records what came of a post, or plans the next try. Only the first of several equal delays is news.
pub(super) fn settle_post(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    id: EventId,
    outcome: PostOutcome,
) -> Result<Committed, Failure> {
    let effect = batch.effect(id)?.ok_or(Failure::EffectGone)?;
    if effect.kind == EffectKind::Reply {
        return settle_reply(batch, work, id, outcome);
    }
    let queued = id;
    let (state, command) = match outcome {
        PostOutcome::Sent { receipt } => (Some(EffectState::Done), CommsCommand::Sent { queued, receipt }),
        PostOutcome::Failed { why } => (Some(EffectState::Failed), CommsCommand::Failed { queued, why }),
        PostOutcome::Held { why } => (Some(EffectState::Held), CommsCommand::Held { queued, why }),
        PostOutcome::Later { why, due } => {
            batch.effect_again(id, due, work.now)?;
            (None, CommsCommand::Delayed { queued, why })
        }
    };
    if let Some(state) = state {
        batch.settle_effect(id, state, work.now)?;
    }
    if let CommsCommand::Delayed { why, .. } = &command {
        let incident = batch.incident(effect.incident)?.ok_or(Failure::NoIncident)?;
        if incident.comms.queued(id).is_some_and(|known| known.why.as_ref() == Some(why)) {
            return Ok(committed(work, &[], Some(effect.incident), None));
        }
    }
    to_incident(batch, work, entry, at, effect.incident, IncidentCommand::Comms(command))
}

/// What came of telling a tool about its alerts. No event: a failure stands with the source, and what the tool holds true
/// is heard from it as always.
fn settle_reply(batch: &mut Batch<'_>, work: &mut Work<'_>, id: EventId, outcome: PostOutcome) -> Result<Committed, Failure> {
    match outcome {
        PostOutcome::Later { due, .. } => batch.effect_again(id, due, work.now)?,
        PostOutcome::Sent { .. } => batch.settle_effect(id, EffectState::Done, work.now)?,
        PostOutcome::Failed { .. } => batch.settle_effect(id, EffectState::Failed, work.now)?,
        PostOutcome::Held { .. } => batch.settle_effect(id, EffectState::Held, work.now)?,
    }
    Ok(committed(work, &[], None, None))
}

/// Tells, in one breath, every clock of an incident that has run to a new stage.
pub(super) fn ring(batch: &mut Batch<'_>, work: &mut Work<'_>, entry: &Entry, id: IncidentId) -> Result<Committed, Failure> {
    let incident = batch.incident(id)?.ok_or(Failure::NoIncident)?;
    let clocks = incident.ringing(work.home, work.now);
    if clocks.is_empty() {
        batch.arm(id, incident.next_wake(work.home, work.now))?;
        return Ok(committed(work, &[], Some(id), None));
    }
    to_incident(batch, work, entry, work.now, id, IncidentCommand::Clock(ClockCommand::Rang { clocks }))
}

/// Looks at the clocks of every open incident anew: after a start, or when the rules they run by have changed.
pub(super) fn rearm(batch: &mut Batch<'_>, work: &Work<'_>) -> Result<(), Failure> {
    for id in batch.open_incidents()? {
        if let Some(incident) = batch.incident(id)? {
            batch.arm(id, incident.next_wake(work.home, work.now))?;
        }
    }
    Ok(())
}
