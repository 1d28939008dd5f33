//! Key moments, corrections, redactions: what is said about an entry. The entry itself stays as it is.

use super::super::Incident;
use super::super::command::{Rejection, Target};
use super::super::event::IncidentEvent as E;
use super::{Decision, not_ahead, title, words};
use crate::{EventId, Subject, Timestamp};

pub fn pin(incident: &Incident, target: &Target, pinned: bool) -> Decision {
    own(incident, target)?;
    let id = target.envelope.id;
    if incident.pinned.contains(&id) == pinned { Err(Rejection::NothingToChange) } else { Ok(vec![E::Pinned { target: id, pinned }]) }
}

pub fn correct(incident: &Incident, target: &Target, at: Option<Timestamp>, text: Option<String>, now: Timestamp) -> Decision {
    let event = own(incident, target)?;
    if at.is_none() && text.is_none() {
        return Err(Rejection::NothingToChange);
    }
    let text = text.map(|text| replacement(event, &text)).transpose()?;
    if let Some(at) = at {
        not_ahead(at, now)?;
        impact_stays_whole(incident, target.envelope.id, at)?;
    }
    Ok(vec![E::Corrected { target: target.envelope.id, occurred_at: at, text }])
}

/// Words may be taken out of any entry that has some, a correction's own among them.
pub fn redact(incident: &Incident, target: &Target, reason: &str, masked: &str) -> Decision {
    of_this(incident, target)?;
    let event = target.event.as_ref().ok_or(Rejection::AlreadyRedacted)?;
    let masked = replacement(Some(event), masked)?;
    if reason.trim().is_empty() {
        return Err(Rejection::ReasonMissing);
    }
    let masked = Box::new(event.masked(&masked));
    Ok(vec![E::Redacted { target: target.envelope.id, reason: words(reason)?, masked }])
}

fn of_this(incident: &Incident, target: &Target) -> Result<(), Rejection> {
    if target.envelope.subject == Subject::Incident(incident.id) { Ok(()) } else { Err(Rejection::OtherIncident) }
}

fn own<'t>(incident: &Incident, target: &'t Target) -> Result<Option<&'t E>, Rejection> {
    of_this(incident, target)?;
    match &target.event {
        Some(E::Pinned { .. } | E::Corrected { .. } | E::Redacted { .. }) => Err(Rejection::NotAnEntry),
        event => Ok(event.as_ref()),
    }
}

/// Words in place of an event's own: a title keeps to the limits of a title.
fn replacement(event: Option<&E>, text: &str) -> Result<String, Rejection> {
    let event = event.ok_or(Rejection::AlreadyRedacted)?;
    event.words().ok_or(Rejection::NoWords)?;
    if matches!(event, E::Declared(_) | E::Retitled { .. }) { title(text) } else { words(text) }
}

/// A corrected time must not turn an interval of impact round.
fn impact_stays_whole(incident: &Incident, target: EventId, at: Timestamp) -> Result<(), Rejection> {
    for impact in &incident.impact {
        if impact.id == target && impact.to.is_some_and(|to| to < at) {
            return Err(Rejection::ImpactEndsBeforeStart(at));
        }
        if impact.ended_by == Some(target) && at < impact.from {
            return Err(Rejection::ImpactEndsBeforeStart(impact.from));
        }
    }
    Ok(())
}
