//! What should follow an event, as data: notices to plan, to drop or to close. Nothing is done here.

use super::Incident;
use super::clocks::{ClockEvent, ClockId, Rung};
use super::comms::CommsEvent as C;
use super::event::IncidentEvent as E;
use super::handoff::HandoffEvent;
use super::tasks::TaskEvent;
use super::ties::TieEvent;
use crate::{EventId, Loudness, NoticeRule, Timestamp};

/// An effect to put into the outbox, in the same transaction as the event that asks for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reaction {
    /// Show the incident's notice at this time, in place of any that is planned or shown.
    Notify {
        /// When.
        due: Timestamp,
    },
    /// Show, in the same place, which clocks rang.
    Ring,
    /// Send what was queued, at this time.
    Post {
        /// What was queued, by its event.
        queued: EventId,
        /// When.
        due: Timestamp,
    },
    /// Do not send it.
    Withdraw {
        /// What was queued, by its event.
        queued: EventId,
    },
    /// Drop what is planned and close what is shown.
    Hush,
}

/// Reacts to `event`, recorded under `id`, which led to `after`, under the severity's `rule`.
pub fn react(after: &Incident, event: &E, id: EventId, rule: NoticeRule, now: Timestamp) -> Option<Reaction> {
    let wanted = wants_notice(after, rule);
    let at_once = Some(Reaction::Notify { due: now });
    match event {
        E::Declared(_) => at_once.filter(|_| wanted),
        E::SeveritySet { .. } => {
            if wanted {
                at_once
            } else {
                Some(Reaction::Hush)
            }
        }
        E::StatusSet { .. } if wanted => at_once.filter(|_| was_over(after)),
        E::StatusSet { status } if status.is_open() => None,
        E::StatusSet { .. } | E::Acknowledged {} | E::CommandSet { .. } | E::CommandConfirmed {} => (!wanted).then_some(Reaction::Hush),
        E::NoticeShown { .. } | E::NoticeFailed { .. } if wanted => repeat(after, rule, now),
        // The words on the desktop may be the very ones that were taken out of the title.
        E::Redacted { masked, .. } if is_title(masked) && after.notice_round > 0 => at_once.filter(|_| wanted),
        E::Clock(ClockEvent::Rang { clocks }) if rule.loudness != Loudness::None && clocks.iter().any(Rung::calls) => Some(Reaction::Ring),
        E::Comms(C::Queued { .. }) => Some(Reaction::Post { queued: id, due: now }),
        E::Comms(C::Released { queued }) => Some(Reaction::Post { queued: *queued, due: now }),
        E::Comms(C::Withdrawn { queued }) => Some(Reaction::Withdraw { queued: *queued }),
        E::Comms(C::Posted { .. } | C::Sent { .. } | C::Promised { .. } | C::PromiseEnded { .. })
        | E::Task(TaskEvent::Extended { .. } | TaskEvent::Done { .. } | TaskEvent::Dropped { .. })
        | E::Clock(ClockEvent::LookDone { .. }) => (!wanted && after.has_answered_its_clocks()).then_some(Reaction::Hush),
        E::Handoff(HandoffEvent::Accepted { .. }) | E::Tie(TieEvent::MergedInto { .. }) => (!wanted).then_some(Reaction::Hush),
        E::Retitled { .. }
        | E::Noted { .. }
        | E::Pinned { .. }
        | E::Corrected { .. }
        | E::Redacted { .. }
        | E::RoleAssigned { .. }
        | E::RoleReleased { .. }
        | E::ImpactStarted(_)
        | E::ImpactUpdated { .. }
        | E::ImpactEnded { .. }
        | E::GroupAttached { .. }
        | E::GroupDetached { .. }
        | E::NoticeClaimed { .. }
        | E::NoticeShown { .. }
        | E::NoticeFailed { .. }
        | E::RollCalled { .. }
        | E::Pasted { .. }
        | E::Ask(_)
        | E::Task(_)
        | E::Thought(_)
        | E::Board(_)
        | E::Comms(_)
        | E::Handoff(_)
        | E::Clock(_)
        | E::Tie(_) => None,
    }
}

/// Whether a notice may still be shown: open, not acknowledged, and loud enough.
pub fn wants_notice(incident: &Incident, rule: NoticeRule) -> bool {
    incident.status.value.is_open() && incident.acknowledged_at.is_none() && rule.loudness != Loudness::None
}

impl Incident {
    /// Whether everything that the last notice of clocks told of has been seen to: what it says is true no longer.
    fn has_answered_its_clocks(&self) -> bool {
        let stands = |rung: &Rung| match rung.clock {
            ClockId::Promise => self.comms.running().is_some_and(|promise| promise.due == rung.base),
            ClockId::Task(id) => self.tasks.iter().any(|task| task.id == id && task.is_open() && task.due() == rung.base),
            ClockId::Look(id) => self.looks.iter().any(|look| look.id == id),
            ClockId::Acknowledge | ClockId::Resolve => true,
        };
        let Some(last) = self.rung_at else { return false };
        let mut told = self.rung.iter().filter(|(rung, at)| *at == last && rung.calls()).map(|(rung, _)| rung).peekable();
        told.peek().is_some() && !told.any(stands)
    }
}

/// Whether the last move opened again what was over: its notices were hushed and nobody has acknowledged it.
fn was_over(after: &Incident) -> bool {
    after.moves.iter().rev().nth(1).is_some_and(|before| !before.to.is_open())
}

fn is_title(event: &E) -> bool {
    matches!(event, E::Declared(_) | E::Retitled { .. })
}

fn repeat(incident: &Incident, rule: NoticeRule, now: Timestamp) -> Option<Reaction> {
    let minutes = rule.repeat_minutes.filter(|_| incident.severity.value.is_major())?;
    Some(Reaction::Notify { due: now.plus_secs(i64::from(minutes) * 60) })
}
