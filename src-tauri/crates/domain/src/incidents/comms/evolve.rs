//! What was said becomes state.

use super::super::Incident;
use super::super::asks::Heard;
use super::{Comms, CommsEvent, Posting, Promise, QueueState, Queued, Update};
use crate::{Envelope, EventId, Timestamp};

impl Comms {
    /// The next place.
    const fn next(&mut self) -> u32 {
        self.said = self.said.saturating_add(1);
        self.said
    }

    /// What was sent stays sent, whatever another machine says that did not know.
    fn settle(&mut self, id: EventId, state: QueueState, why: Option<&str>, heard: &Heard) -> Option<&mut Queued> {
        let one = self.queue.iter_mut().find(|one| one.id == id && one.state != QueueState::Sent)?;
        (one.state, one.why, one.changed_at, one.changed_by) = (state, why.map(str::to_owned), heard.at, heard.event);
        Some(one)
    }

    pub(in super::super) fn correct(&mut self, target: EventId, at: Option<Timestamp>, text: Option<&str>) {
        let retime = |heard: &mut Heard| {
            if heard.event == target {
                heard.at = at.unwrap_or(heard.at);
            }
        };
        for update in self.updates.iter_mut() {
            retime(&mut update.heard);
            if let Some(text) = text.filter(|_| update.id == target) {
                text.clone_into(&mut update.text);
            }
        }
        for posting in &mut self.postings {
            retime(&mut posting.heard);
            if let Some(place) = text.filter(|_| posting.by_hand && posting.heard.event == target) {
                place.clone_into(&mut posting.place);
            }
        }
        self.promises.iter_mut().for_each(|promise| retime(&mut promise.heard));
        self.ends.iter_mut().for_each(|(heard, _)| retime(heard));
        if text.is_some() {
            for queued in self.queue.iter_mut().filter(|one| one.id == target || one.update == Some(target)) {
                queued.reworded = true;
            }
        }
        let Some(at) = at else { return };
        for queued in &mut self.queue {
            if queued.id == target {
                queued.queued_at = at;
            }
            if queued.at_by == target {
                queued.at = at;
            }
            if queued.changed_by == target {
                queued.changed_at = at;
            }
        }
    }
}

pub fn evolve(incident: &mut Incident, envelope: &Envelope, event: &CommsEvent) {
    let knew = (incident.severity.value, incident.status.value);
    let comms = &mut incident.comms;
    let (id, heard, at) = (envelope.id, Heard::of(envelope), envelope.occurred_at);
    let nth = comms.next();
    match event {
        CommsEvent::Written { text } => comms.updates.push(Update { id, text: text.clone(), heard }),
        CommsEvent::Posted { piece, update, place } => {
            let (piece, update, place) = (*piece, *update, place.clone());
            comms.postings.push(Posting { piece, update, place, by_hand: true, heard, queued: None, nth });
        }
        CommsEvent::Promised { due, every_minutes } => {
            comms.promises.push(Promise { due: *due, every_minutes: *every_minutes, heard, nth });
        }
        CommsEvent::PromiseEnded { .. } => comms.ends.push((heard, nth)),
        CommsEvent::Queued { update, piece, channel, .. } => {
            let (update, piece, channel, state) = (*update, *piece, channel.clone(), QueueState::Queued);
            let (at_by, queued_at, changed_at, changed_by) = (id, at, at, id);
            comms.queue.push(Queued {
                id,
                update,
                piece,
                channel,
                at,
                at_by,
                queued_at,
                nth,
                state,
                why: None,
                changed_at,
                changed_by,
                knew,
                reworded: false,
            });
        }
        CommsEvent::Sent { queued, .. } => {
            if let Some(one) = comms.settle(*queued, QueueState::Sent, None, &heard) {
                let (piece, update, place, queued) = (one.piece, one.update, one.channel.0.clone(), Some(one.id));
                comms.postings.push(Posting { piece, update, place, by_hand: false, heard, queued, nth });
            }
        }
        CommsEvent::Delayed { queued, why } => drop(comms.settle(*queued, QueueState::Delayed, Some(why), &heard)),
        CommsEvent::Failed { queued, why } => drop(comms.settle(*queued, QueueState::Failed, Some(why), &heard)),
        CommsEvent::Held { queued, why } => drop(comms.settle(*queued, QueueState::Held, Some(why), &heard)),
        CommsEvent::Released { queued } => {
            if let Some(one) = comms.settle(*queued, QueueState::Queued, None, &heard) {
                (one.knew, one.at, one.at_by, one.reworded) = (knew, at, id, false);
            }
        }
        CommsEvent::Withdrawn { queued } => drop(comms.settle(*queued, QueueState::Withdrawn, None, &heard)),
    }
}
