//! Intervals in which customers were affected, event by event. They stay in order of their start and never end before it.

use super::super::event::ImpactDetail;
use super::super::{Impact, Incident};
use crate::{Envelope, EventId, Timestamp};

pub fn start(incident: &mut Incident, envelope: &Envelope, detail: &ImpactDetail) {
    incident.services.extend(detail.services.iter().cloned());
    let text_by = detail.text.as_ref().map(|_| envelope.id);
    let (id, from, detail) = (envelope.id, envelope.occurred_at, detail.clone());
    incident.impact.push(Impact { id, from, to: None, said_to: None, ended_by: None, detail, text_by });
    in_order(incident);
}

/// What an update leaves out stays as it was known.
pub fn update(incident: &mut Incident, envelope: &Envelope, id: EventId, detail: &ImpactDetail) {
    incident.services.extend(detail.services.iter().cloned());
    let Some(known) = find(incident, id) else { return };
    known.detail.share = detail.share.or(known.detail.share);
    if !detail.services.is_empty() {
        known.detail.services.clone_from(&detail.services);
    }
    if detail.text.is_some() {
        known.detail.text.clone_from(&detail.text);
        known.text_by = Some(envelope.id);
    }
}

pub fn end(incident: &mut Incident, envelope: &Envelope, id: EventId) {
    if let Some(known) = find(incident, id) {
        known.said_to = Some(envelope.occurred_at);
        known.to = Some(envelope.occurred_at.max(known.from));
        known.ended_by = Some(envelope.id);
    }
}

pub fn reword(incident: &mut Incident, target: EventId, text: &str) {
    for known in incident.impact.iter_mut().filter(|known| known.text_by == Some(target)) {
        known.detail.text = Some(text.to_owned());
    }
}

pub fn retime(incident: &mut Incident, target: EventId, at: Timestamp) {
    for known in &mut incident.impact {
        if known.id == target {
            known.from = at;
        }
        if known.ended_by == Some(target) {
            known.said_to = Some(at);
        }
        known.to = known.said_to.map(|to| to.max(known.from));
    }
    in_order(incident);
}

fn find(incident: &mut Incident, id: EventId) -> Option<&mut Impact> {
    incident.impact.iter_mut().find(|impact| impact.id == id)
}

fn in_order(incident: &mut Incident) {
    incident.impact.sort_by_key(|impact| (impact.from, impact.id));
}
