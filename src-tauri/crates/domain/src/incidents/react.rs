//! What should follow an event, as data: notices to plan, to drop or to close. Nothing is done here.

use super::Incident;
use super::event::IncidentEvent as E;
use crate::{NoticeRule, Timestamp};

/// An effect to put into the outbox, in the same transaction as the event that asks for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reaction {
    /// Show the incident's notice at this time, in place of any that is planned or shown.
    Notify {
        /// When.
        due: Timestamp,
    },
    /// Drop what is planned and close what is shown.
    Hush,
}

/// Reacts to `event`, which led to `after`, under the severity's `rule`.
pub fn react(after: &Incident, event: &E, rule: NoticeRule, now: Timestamp) -> Option<Reaction> {
    let wanted = wants_notice(after, rule);
    match event {
        E::Declared(_) | E::SeveritySet { .. } if wanted => Some(Reaction::Notify { due: now }),
        E::StatusSet { status } if status.is_open() => None,
        E::StatusSet { .. } | E::Acknowledged {} | E::CommandSet { .. } | E::CommandConfirmed {} => (!wanted).then_some(Reaction::Hush),
        E::SeveritySet { .. } => Some(Reaction::Hush),
        E::NoticeShown { .. } | E::NoticeFailed { .. } if wanted => repeat(after, rule, now),
        E::Declared(_)
        | E::Retitled { .. }
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
        | E::NoticeFailed { .. } => None,
    }
}

/// Whether a notice may still be shown: open, not acknowledged, and loud enough.
pub fn wants_notice(incident: &Incident, rule: NoticeRule) -> bool {
    incident.status.value.is_open() && incident.acknowledged_at.is_none() && rule.loudness != crate::Loudness::None
}

fn repeat(incident: &Incident, rule: NoticeRule, now: Timestamp) -> Option<Reaction> {
    let minutes = rule.repeat_minutes.filter(|_| incident.severity.value.is_major())?;
    Some(Reaction::Notify { due: now.plus_secs(i64::from(minutes) * 60) })
}
