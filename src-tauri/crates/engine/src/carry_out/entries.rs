//! What is said about entries: pins, corrections, redactions, a shift of many in time; and lines pasted from elsewhere.

use super::incident::{tell, to_incident};
use super::{Work, committed};
use crate::command::{Committed, PastedLine};
use crate::failure::Failure;
use domain::incidents::{self, IncidentCommand, Target};
use domain::{Entry, Event, EventId, IncidentId, Means, Subject, Timestamp};
use store::Batch;

fn target(batch: &mut Batch<'_>, event: EventId) -> Result<(IncidentId, Target), Failure> {
    let found = batch.event(event)?.ok_or(Failure::NoEvent(event))?;
    let Subject::Incident(incident) = found.envelope.subject else { return Err(Failure::NoEvent(event)) };
    let words = match found.event {
        Some(Event::Incident(event)) => Some(event),
        Some(Event::Alert(_) | Event::Home(_) | Event::Change(_)) | None => None,
    };
    Ok((incident, Target { envelope: found.envelope, event: words }))
}

pub(super) fn to_entry(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    event: EventId,
    command: impl FnOnce(Target) -> IncidentCommand,
) -> Result<Committed, Failure> {
    let (incident, target) = target(batch, event)?;
    to_incident(batch, work, entry, at, incident, command(target))
}

/// An entry and all that hold its words as well: corrections, posts that were queued with them, and the tasks that a merge
/// made of one another.
fn with_repeats(batch: &mut Batch<'_>, event: EventId) -> Result<Vec<EventId>, Failure> {
    let mut all = vec![event];
    let mut looked_at = 0;
    while let Some(&event) = all.get(looked_at) {
        looked_at += 1;
        let (incident, _) = target(batch, event)?;
        let mut more = batch.repeats_of(event)?;
        let here = batch.incident(incident)?.ok_or(Failure::NoIncident)?;
        if let Some(task) = here.tasks.iter().find(|task| task.id == event) {
            more.extend(task.from);
            for other in here.ties.all() {
                let there = batch.incident(other)?.map(|there| there.tasks).unwrap_or_default();
                more.extend(there.into_iter().filter(|copy| copy.from == Some(event)).map(|copy| copy.id));
            }
        }
        more.retain(|known| !all.contains(known));
        all.extend(more);
    }
    Ok(all)
}

/// Redacts an entry and every other that holds its words.
pub(super) fn redact(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    event: EventId,
    reason: &str,
    masked: &str,
) -> Result<Committed, Failure> {
    let mut first = None;
    let mut seq = 0;
    let mut events = vec![];
    for id in with_repeats(batch, event)? {
        let (incident, target) = target(batch, id)?;
        if id != event && target.event.is_none() {
            continue;
        }
        let state = batch.incident(incident)?.ok_or(Failure::NoIncident)?;
        let command = IncidentCommand::Redact { target, reason: reason.to_owned(), masked: masked.to_owned() };
        incidents::decide(&state, command.clone(), entry, at, work.now)?;
        batch.erase(id)?;
        let done = to_incident(batch, work, entry, at, incident, command)?;
        seq = done.seq;
        events.extend(done.events.iter().copied());
        first = first.or(Some(done));
    }
    *work.erased = true;
    let first = first.ok_or(Failure::NoEvent(event))?;
    Ok(Committed { seq, events, ..first })
}

/// Moves entries in time together, each from where it was last corrected to.
pub(super) fn shift(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    incident: IncidentId,
    (events, by_millis): (&[EventId], i64),
) -> Result<Committed, Failure> {
    let mut all: Vec<EventId> = vec![];
    let mut seq = 0;
    for event in events {
        let was = batch.entry_at(*event)?.ok_or(Failure::NoEvent(*event))?;
        // An entry of another incident is refused by this one.
        let (_, target) = target(batch, *event)?;
        let command = IncidentCommand::Correct { target, occurred_at: Some(was.plus_millis(by_millis)), text: None };
        for recorded in tell(batch, work, entry, at, incident, command)? {
            all.push(recorded.envelope.id);
            seq = recorded.seq;
        }
    }
    if all.is_empty() {
        return Err(incidents::Rejection::NothingToChange.into());
    }
    Ok(Committed { seq, events: all, ..committed(work, &[], Some(incident), None) })
}

/// Records the lines that are not on the record yet, each as said by whom the paster takes it for.
pub(super) fn paste(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    incident: IncidentId,
    lines: Vec<PastedLine>,
) -> Result<Committed, Failure> {
    let keys: Vec<[u8; 16]> = lines.iter().map(|line| line.key).collect();
    let mut known = batch.pasted(incident, &keys)?;
    let before = batch.incident(incident)?.ok_or(Failure::NoIncident)?;
    let mut recorded: Vec<EventId> = vec![];
    let mut seq = 0;
    for line in lines {
        if !known.insert(line.key) {
            continue;
        }
        work.know(batch, entry, line.person.as_ref())?;
        let spoken = Entry { on_behalf_of: line.person, means: Means::Paste, ..entry.clone() };
        let command = IncidentCommand::Paste { text: line.text, said_by: line.said_by, key: line.key };
        for entry in tell(batch, work, &spoken, line.at.unwrap_or(at), incident, command)? {
            recorded.push(entry.envelope.id);
            seq = entry.seq;
        }
    }
    let none = committed(work, &[], Some(incident), Some(before));
    Ok(Committed { seq, events: recorded, ..none })
}
