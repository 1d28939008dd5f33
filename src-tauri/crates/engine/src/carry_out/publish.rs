//! Words that leave, in one go: written, put somewhere by hand or queued, and the next promised.

use super::Work;
use super::incident::to_incident;
use crate::command::{Committed, Publication};
use crate::failure::Failure;
use domain::incidents::{CommsCommand, IncidentCommand};
use domain::{Entry, EventId, IncidentId, Timestamp};
use store::Batch;

pub(super) fn publish(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    id: IncidentId,
    what: Publication,
) -> Result<Committed, Failure> {
    let mut events: Vec<EventId> = vec![];
    let mut first = None;
    let mut last = None;
    let mut say = |batch: &mut Batch<'_>, work: &mut Work<'_>, at, command| {
        let done = to_incident(batch, work, entry, at, id, IncidentCommand::Comms(command))?;
        events.extend(done.events.iter().copied());
        first = first.take().or(done.before.clone());
        last = Some((done.seq, done.recorded_at));
        Ok::<_, Failure>(done.events.first().copied())
    };
    let update = match what.text {
        Some(text) => say(batch, work, at, CommsCommand::Written { text })?,
        None => what.update,
    };
    if let Some(place) = what.place {
        say(batch, work, at, CommsCommand::Posted { piece: what.piece, update, place })?;
    }
    for (channel, text) in what.queue {
        say(batch, work, at, CommsCommand::Queued { update, piece: what.piece, channel, text })?;
    }
    if let Some((due, every_minutes)) = what.promise {
        say(batch, work, work.now, CommsCommand::Promised { due, every_minutes })?;
    }
    let (seq, recorded_at) = last.ok_or(domain::incidents::Rejection::NothingToChange)?;
    Ok(Committed { seq, recorded_at, events, incident: Some(id), before: first })
}
