//! When customers were affected, how many of them, and by what.

use super::super::Incident;
use super::super::command::Rejection;
use super::super::event::{ImpactDetail, IncidentEvent as E};
use super::{Decision, words_if_any};
use crate::Timestamp;

pub fn start(incident: &Incident, known: ImpactDetail) -> Decision {
    match incident.running_impact() {
        Some(running) => Err(Rejection::ImpactRunning(running.from)),
        None => Ok(vec![E::ImpactStarted(checked(known)?)]),
    }
}

/// Records only what is new: words that stand already are not repeated, so that a redaction need not chase copies.
pub fn update(incident: &Incident, known: ImpactDetail) -> Decision {
    let impact = incident.running_impact().or(incident.impact.last()).ok_or(Rejection::NoImpact)?;
    let known = checked(known)?;
    let detail = ImpactDetail {
        share: known.share.filter(|share| impact.detail.share != Some(*share)),
        services: if known.services == impact.detail.services { vec![] } else { known.services },
        text: known.text.filter(|text| impact.detail.text.as_ref() != Some(text)),
    };
    if detail == ImpactDetail::default() {
        return Err(Rejection::NothingToChange);
    }
    Ok(vec![E::ImpactUpdated { impact: impact.id, detail }])
}

pub fn end(incident: &Incident, at: Timestamp) -> Decision {
    let running = incident.running_impact().ok_or(Rejection::NoImpact)?;
    if at < running.from { Err(Rejection::ImpactEndsBeforeStart(running.from)) } else { Ok(vec![E::ImpactEnded { impact: running.id }]) }
}

fn checked(mut detail: ImpactDetail) -> Result<ImpactDetail, Rejection> {
    if detail.share.is_some_and(|share| !(0.0..=100.0).contains(&share)) {
        return Err(Rejection::ShareOutOfRange);
    }
    detail.text = words_if_any(detail.text)?;
    Ok(detail)
}
