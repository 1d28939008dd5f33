//! What a machine may change by itself: nothing that a person set. One rule, asked by `decide` before an event is
//! recorded and by `evolve` again, for two histories that meet may hold what neither would have allowed.

use super::Incident;
use super::clocks::ClockEvent;
use super::comms::CommsEvent as C;
use super::event::IncidentEvent as E;
use crate::roles::Command;
use crate::{Actor, Entry};

/// Whether the author of `entry` may do what `event` says. A person may do everything.
pub fn may(incident: &Incident, entry: &Entry, event: &E) -> bool {
    if entry.doer().is_some() {
        return true;
    }
    match event {
        // Adds to the record and sets nothing.
        E::Declared(_) | E::Noted { .. } | E::NoticeClaimed { .. } | E::NoticeShown { .. } | E::NoticeFailed { .. } => true,
        E::Comms(C::Sent { .. } | C::Delayed { .. } | C::Failed { .. } | C::Held { .. }) | E::Clock(ClockEvent::Rang { .. }) => true,
        E::Retitled { .. } => is_machine(&incident.title.by),
        E::SeveritySet { .. } => is_machine(&incident.severity.by),
        E::StatusSet { .. } => is_machine(&incident.status.by),
        // Who is on call becomes acting; whoever commands already is left alone.
        E::CommandSet { .. } => matches!(incident.command, Command::Unclaimed { .. }),
        E::Acknowledged {}
        | E::Pinned { .. }
        | E::Corrected { .. }
        | E::Redacted { .. }
        | E::RoleAssigned { .. }
        | E::RoleReleased { .. }
        | E::CommandConfirmed {}
        | E::ImpactStarted(_)
        | E::ImpactUpdated { .. }
        | E::ImpactEnded { .. }
        | E::GroupAttached { .. }
        | E::GroupDetached { .. }
        | E::RollCalled { .. }
        | E::Pasted { .. }
        | E::Ask(_)
        | E::Task(_)
        | E::Thought(_)
        | E::Board(_)
        | E::Comms(_)
        | E::Handoff(_)
        | E::Clock(_)
        | E::Tie(_) => false,
    }
}

const fn is_machine(actor: &Actor) -> bool {
    match actor {
        Actor::Machine(_) => true,
        Actor::Person(_) => false,
    }
}
