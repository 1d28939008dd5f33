//! What may be done with words that leave.

use super::super::Incident;
use super::super::command::Rejection;
use super::super::decide::{words, words_if_any};
use super::{CommsCommand, CommsEvent, QueueState};
use crate::home::MINUTES_LIMIT;
use crate::{Entry, EventId, Timestamp};

pub fn decide(
    incident: &Incident,
    command: CommsCommand,
    entry: &Entry,
    occurred_at: Timestamp,
    now: Timestamp,
) -> Result<Vec<CommsEvent>, Rejection> {
    use CommsEvent as C;
    let known = &incident.comms;
    let update = |id: Option<EventId>| match id {
        Some(id) if !known.updates.iter().any(|update| update.id == id) => Err(Rejection::NoSuchUpdate),
        id => Ok(id),
    };
    let waiting = |id: EventId, states: &[QueueState]| match known.queued(id) {
        None => Err(Rejection::NotQueued),
        Some(one) if states.contains(&one.state) => Ok(id),
        Some(_) => Err(Rejection::QueueMoved),
    };
    let alive = [QueueState::Queued, QueueState::Delayed, QueueState::Held];
    let unsent = [QueueState::Queued, QueueState::Delayed, QueueState::Held, QueueState::Failed, QueueState::Withdrawn];
    Ok(vec![match command {
        C::Written { text } => C::Written { text: words(&text)? },
        C::Posted { piece, update: id, place } => C::Posted { piece, update: update(id)?, place: words(&place)? },
        C::Promised { due, every_minutes } => {
            entry.doer().ok_or(Rejection::NeedsPerson)?;
            let ahead = due.since(now);
            if ahead <= 0 || ahead > i64::from(MINUTES_LIMIT) * 60_000 {
                return Err(Rejection::PromiseOutOfRange);
            }
            if known.running().is_some_and(|running| running.due == due) {
                return Err(Rejection::NothingToChange);
            }
            C::Promised { due, every_minutes }
        }
        C::PromiseEnded { .. } if known.running().is_none_or(|running| occurred_at < running.heard.at) => return Err(Rejection::NoPromise),
        C::PromiseEnded { reason } => C::PromiseEnded { reason: words_if_any(reason)? },
        C::Queued { update: id, piece, channel, text } => C::Queued { update: update(id)?, piece, channel, text: words(&text)? },
        // It was on its way when somebody withdrew it, or when its fate was not known: people have heard it all the same.
        C::Sent { queued, receipt } => C::Sent { queued: waiting(queued, &unsent)?, receipt },
        C::Delayed { queued, why } => C::Delayed { queued: waiting(queued, &alive)?, why },
        C::Failed { queued, why } => C::Failed { queued: waiting(queued, &alive)?, why },
        C::Held { queued, why } => C::Held { queued: waiting(queued, &alive)?, why },
        C::Released { queued } => C::Released { queued: waiting(queued, &[QueueState::Held, QueueState::Failed])? },
        C::Withdrawn { queued } => C::Withdrawn { queued: waiting(queued, &alive)? },
    }])
}
