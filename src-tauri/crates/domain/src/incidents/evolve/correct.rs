//! A corrected entry moves every clock that hangs on it, and changes its words wherever they still stand. What was
//! said later stays as it was said.

use super::super::Incident;
use super::{first_sign, impact};
use crate::roles::Command;
use crate::{EventId, Timestamp};

pub fn correct(incident: &mut Incident, target: EventId, at: Option<Timestamp>, text: Option<&str>) {
    incident.tasks.iter_mut().for_each(|task| task.correct(target, at, text));
    incident.thoughts.correct(target, at, text);
    incident.board.correct(target, at, text);
    incident.comms.correct(target, at, text);
    incident.handoff.iter_mut().for_each(|handoff| handoff.correct(target, at, text));
    incident.roles.iter_mut().for_each(|held| held.knows.correct(target, at, text));
    incident.command.holder_mut().into_iter().for_each(|held| held.knows.correct(target, at, text));
    for look in incident.looks.iter_mut().filter(|look| look.id == target) {
        look.heard.at = at.unwrap_or(look.heard.at);
        look.text = text.map(str::to_owned).or(look.text.take());
    }
    if let Some(at) = at {
        incident.present.values_mut().filter(|heard| heard.event == target).for_each(|heard| heard.at = at);
    }
    if let Some(text) = text {
        incident.title.reword(target, text.to_owned());
        impact::reword(incident, target, text);
    }
    if let Some(at) = at {
        retime(incident, target, at);
    }
}

fn retime(incident: &mut Incident, target: EventId, at: Timestamp) {
    if incident.declared == target {
        incident.declared_at = at;
        incident.detected_at = incident.first_sign_at.map_or(at, |sign| sign.min(at));
    }
    incident.signs.iter_mut().filter(|(sign, _)| *sign == target).for_each(|(_, known)| *known = at);
    first_sign(incident);
    incident.title.retime(target, at);
    incident.severity.retime(target, at);
    incident.status.retime(target, at);
    for step in incident.moves.iter_mut().filter(|step| step.event == target) {
        step.at = at;
    }
    impact::retime(incident, target, at);
    match &mut incident.command {
        Command::Unclaimed { since } if incident.declared == target => *since = at,
        Command::Acting(held) | Command::Confirmed(held) if held.since_by == target => held.since = at,
        Command::Unclaimed { .. } | Command::Acting(_) | Command::Confirmed(_) => {}
    }
    if let Some(lost) = incident.command_conflict.as_mut().filter(|lost| lost.event == target) {
        lost.at = at;
    }
    for held in incident.roles.iter_mut().filter(|held| held.since_by == target) {
        held.since = at;
    }
}
