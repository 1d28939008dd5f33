//! What ties incidents together: merged into another, split off from one, or merely linked. Each side keeps its half on
//! its own record; the old reference leads to the one that carries on.

use super::Incident;
use super::command::Rejection;
use crate::{Envelope, GroupId, IncidentId, IncidentRef, Status};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What happens between two incidents, told from this one's side.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieEvent {
    /// The other one carries on; this one's part ends.
    MergedInto {
        /// The other.
        other: IncidentId,
        /// What people call it.
        reference: IncidentRef,
        /// Groups of alerts that went along.
        groups: Vec<GroupId>,
    },
    /// This one carries on for the other.
    Absorbed {
        /// The other.
        other: IncidentId,
        /// What people call it.
        reference: IncidentRef,
    },
    /// They were two after all; told on both sides.
    Unmerged {
        /// The other.
        other: IncidentId,
    },
    /// A part of this one became an incident of its own.
    SplitOff {
        /// The other.
        other: IncidentId,
        /// What people call it.
        reference: IncidentRef,
    },
    /// This one was a part of the other.
    SplitFrom {
        /// The other.
        other: IncidentId,
        /// What people call it.
        reference: IncidentRef,
    },
    /// They have to do with each other; told on both sides.
    Linked {
        /// The other.
        other: IncidentId,
        /// What people call it.
        reference: IncidentRef,
    },
    /// They have nothing to do with each other after all; told on both sides.
    Unlinked {
        /// The other.
        other: IncidentId,
    },
}

/// What may be asked of a tie: the event of the same name, before it is decided on.
pub type TieCommand = TieEvent;

/// How another incident is tied to this one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// It was merged into this one.
    Absorbed,
    /// It was split off from this one.
    SplitOff,
    /// This one was split off from it.
    SplitFrom,
    /// Linked by a person.
    Linked,
}

/// Where this one was merged.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Merged {
    /// The one that carries on.
    pub into: IncidentId,
    /// What people call it.
    pub reference: IncidentRef,
    /// The state it was in.
    pub was: Status,
    /// Groups of alerts that went along.
    pub groups: Vec<GroupId>,
}

/// All ties of one incident.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Ties {
    /// Where it was merged, while it is.
    pub merged: Option<Merged>,
    /// Others, with what people call them.
    pub others: Others,
}

impl Ties {
    /// Every incident that is tied to this one.
    pub fn all(&self) -> impl Iterator<Item = IncidentId> {
        self.merged.iter().map(|merged| merged.into).chain(self.others.keys().copied())
    }
}

type Others = BTreeMap<IncidentId, (Tie, IncidentRef)>;

pub(super) fn decide(incident: &Incident, command: TieCommand) -> Result<Vec<TieEvent>, Rejection> {
    let ties = &incident.ties;
    let tied = |other: &IncidentId| ties.others.get(other).map(|(tie, _)| *tie);
    let merged_there = |other: &IncidentId| ties.merged.as_ref().is_some_and(|merged| merged.into == *other);
    if let TieEvent::MergedInto { other, .. }
    | TieEvent::Absorbed { other, .. }
    | TieEvent::Linked { other, .. }
    | TieEvent::SplitOff { other, .. }
    | TieEvent::SplitFrom { other, .. } = &command
        && *other == incident.id
    {
        return Err(Rejection::WithItself);
    }
    match &command {
        TieEvent::MergedInto { .. } | TieEvent::Absorbed { .. } if ties.merged.is_some() => Err(Rejection::Merged),
        TieEvent::Absorbed { other, .. } if tied(other) == Some(Tie::Absorbed) => Err(Rejection::NothingToChange),
        TieEvent::Unmerged { other } if !merged_there(other) && tied(other) != Some(Tie::Absorbed) => Err(Rejection::NotMerged),
        TieEvent::Linked { other, .. } if tied(other).is_some() || merged_there(other) => Err(Rejection::NothingToChange),
        TieEvent::Unlinked { other } if tied(other) != Some(Tie::Linked) => Err(Rejection::NotLinked),
        TieEvent::MergedInto { .. }
        | TieEvent::Absorbed { .. }
        | TieEvent::Unmerged { .. }
        | TieEvent::SplitOff { .. }
        | TieEvent::SplitFrom { .. }
        | TieEvent::Linked { .. }
        | TieEvent::Unlinked { .. } => Ok(vec![command]),
    }
}

pub(super) fn evolve(incident: &mut Incident, envelope: &Envelope, event: &TieEvent) {
    let id = incident.id;
    let Ties { merged, others } = &mut incident.ties;
    let absorbed = |others: &Others, other: &IncidentId| others.get(other).is_some_and(|(tie, _)| *tie == Tie::Absorbed);
    match event {
        TieEvent::MergedInto { other, reference, groups } => {
            // Two machines merged the two into each other: the elder carries on, on both records.
            let carries_on = absorbed(others, other) && id < *other;
            if merged.is_none() && *other != id && !carries_on {
                others.retain(|known, (tie, _)| known != other || *tie != Tie::Absorbed);
                let (reference, was, groups) = (reference.clone(), incident.status.value, groups.clone());
                *merged = Some(Merged { into: *other, reference, was, groups });
                super::evolve::move_to(incident, envelope, Status::Merged);
            }
        }
        TieEvent::Absorbed { other, reference } => {
            let into_it = merged.take_if(|merged| merged.into == *other && id < *other);
            if merged.as_ref().is_none_or(|merged| merged.into != *other) {
                others.insert(*other, (Tie::Absorbed, reference.clone()));
            }
            if let Some(merged) = into_it {
                super::evolve::leave_merged(incident, envelope, merged.was);
            }
        }
        TieEvent::SplitOff { other, reference } => drop(others.insert(*other, (Tie::SplitOff, reference.clone()))),
        TieEvent::SplitFrom { other, reference } => drop(others.insert(*other, (Tie::SplitFrom, reference.clone()))),
        // Whatever else ties the two says more.
        TieEvent::Linked { other, reference } => drop(others.entry(*other).or_insert_with(|| (Tie::Linked, reference.clone()))),
        TieEvent::Unlinked { other } => others.retain(|known, (tie, _)| known != other || *tie != Tie::Linked),
        TieEvent::Unmerged { other } => {
            others.retain(|known, (tie, _)| known != other || *tie != Tie::Absorbed);
            if let Some(merged) = merged.take_if(|merged| merged.into == *other) {
                super::evolve::leave_merged(incident, envelope, merged.was);
            }
        }
    }
}
