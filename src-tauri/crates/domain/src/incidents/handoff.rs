//! Handing over command as a protocol: offered, brief seen, accepted or declined. Until somebody accepts, the outgoing
//! commander commands (field-guide section 3.8).

use super::Incident;
use super::asks::{Answer, AskEvent, Knowing};
use super::command::Rejection;
use super::decide::{words, words_if_any};
use super::tasks::is_nobody;
use crate::{Entry, Envelope, EventId, Handle, Timestamp};
use serde::{Deserialize, Serialize};

/// What happens to a handoff. It is named by the event that offered it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandoffEvent {
    /// Command was offered.
    Offered {
        /// To whom.
        to: Handle,
        /// What the outgoing commander would do next, in one line of their own.
        next: Option<String>,
    },
    /// The successor has the brief: read in the app, or sent or read to them.
    Briefed {
        /// The handoff.
        handoff: EventId,
    },
    /// They command now.
    Accepted {
        /// The handoff.
        handoff: EventId,
    },
    /// They do not.
    Declined {
        /// The handoff.
        handoff: EventId,
        /// Why.
        reason: Option<String>,
    },
    /// It is offered no longer.
    Withdrawn {
        /// The handoff.
        handoff: EventId,
    },
}

/// What may be asked of a handoff.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs, reason = "each is the event of the same name, before it is decided on")]
pub enum HandoffCommand {
    Offer { to: Handle, next: Option<String> },
    Briefed,
    Accept,
    Decline { reason: Option<String> },
    Withdraw,
}

/// An offer that stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Handoff {
    /// The event that made it.
    pub id: EventId,
    /// Who commands until it is accepted.
    pub from: Option<Handle>,
    /// To whom.
    pub to: Handle,
    /// What the outgoing commander would do next.
    pub next: Option<String>,
    /// Since when.
    pub at: Timestamp,
    /// How the successor knows.
    pub knows: Knowing,
    /// When they had the brief.
    pub briefed_at: Option<Timestamp>,
    /// The event of that.
    pub briefed_by: Option<EventId>,
}

impl Handoff {
    pub(super) fn correct(&mut self, target: EventId, at: Option<Timestamp>, text: Option<&str>) {
        self.knows.correct(target, at, text);
        if self.briefed_by == Some(target) {
            self.briefed_at = at.or(self.briefed_at);
        }
        if self.id == target {
            self.at = at.unwrap_or(self.at);
            if let Some(text) = text {
                self.next = Some(text.to_owned());
            }
        }
    }
}

pub(super) fn decide(incident: &Incident, command: HandoffCommand, entry: &Entry) -> Result<Vec<HandoffEvent>, Rejection> {
    let standing = || incident.handoff.as_ref().ok_or(Rejection::NothingOffered);
    let by_successor = |handoff: &Handoff| match entry.doer() {
        Some(person) if *person == handoff.to => Ok(handoff.id),
        _ => Err(Rejection::AskedOfAnother(handoff.to.clone())),
    };
    Ok(vec![match command {
        HandoffCommand::Offer { to, .. } if is_nobody(&to) => return Err(Rejection::NobodyOwns(to)),
        HandoffCommand::Offer { to, .. } if incident.command.holder().is_some_and(|held| held.person == to) => {
            return Err(Rejection::AlreadyCommands(to));
        }
        HandoffCommand::Offer { .. } if !incident.status.value.is_open() => return Err(Rejection::NotOpen),
        HandoffCommand::Offer { to, next } => {
            let next = words_if_any(next)?;
            if incident.handoff.as_ref().is_some_and(|known| known.to == to && known.next == next) {
                return Err(Rejection::NothingToChange);
            }
            HandoffEvent::Offered { to, next }
        }
        HandoffCommand::Briefed => match standing()? {
            handoff if handoff.briefed_at.is_some() => return Err(Rejection::NothingToChange),
            handoff => HandoffEvent::Briefed { handoff: handoff.id },
        },
        HandoffCommand::Accept => HandoffEvent::Accepted { handoff: by_successor(standing()?)? },
        HandoffCommand::Decline { reason } => {
            let handoff = by_successor(standing()?)?;
            let reason = reason.filter(|text| !text.trim().is_empty()).map(|text| words(&text)).transpose()?;
            HandoffEvent::Declined { handoff, reason }
        }
        HandoffCommand::Withdraw => HandoffEvent::Withdrawn { handoff: standing()?.id },
    }])
}

pub(super) fn evolve(incident: &mut Incident, envelope: &Envelope, event: &HandoffEvent) {
    let stands = |handoff: &EventId| incident.handoff.as_ref().filter(|known| known.id == *handoff);
    match event {
        HandoffEvent::Offered { to, next } => {
            let from = incident.command.holder().map(|held| held.person.clone());
            let knows = Knowing::asked(envelope, to);
            let (id, at) = (envelope.id, envelope.occurred_at);
            let (to, next) = (to.clone(), next.clone());
            incident.handoff = Some(Handoff { id, from, to, next, at, knows, briefed_at: None, briefed_by: None });
        }
        HandoffEvent::Briefed { handoff } => {
            if let Some(known) = incident.handoff.as_mut().filter(|known| known.id == *handoff) {
                (known.briefed_at, known.briefed_by) = (Some(envelope.occurred_at), Some(envelope.id));
                if known.knows.told.is_none() && envelope.entry.doer() != Some(&known.to) {
                    known.knows.evolve(envelope, &AskEvent::Told { ask: *handoff, place: None });
                }
            }
        }
        HandoffEvent::Accepted { handoff } => {
            if let Some(known) = stands(handoff).cloned() {
                super::evolve::set_command(incident, envelope, &known.to, true);
                if let Some(held) = incident.command.holder_mut() {
                    let answered = AskEvent::Answered { ask: *handoff, answer: Answer::Yes, words: None };
                    held.knows = Knowing { ask: held.since_by, ..known.knows };
                    held.knows.evolve(envelope, &answered);
                }
            } else {
                super::evolve::accepted_too_late(incident, envelope);
            }
        }
        HandoffEvent::Declined { handoff, .. } | HandoffEvent::Withdrawn { handoff } => {
            if stands(handoff).is_some() {
                incident.handoff = None;
            }
        }
    }
}
