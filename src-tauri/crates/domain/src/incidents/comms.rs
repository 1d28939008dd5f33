//! Words that leave: updates written, where they were put and by whom, what was promised, and what waits to be sent.
//! Nothing here is called sent without a receipt or a named hand.

use super::Incident;
use super::asks::Heard;
use super::command::Rejection;
use super::decide::{words, words_if_any};
use crate::home::MINUTES_LIMIT;
use crate::{ChannelName, Entry, Envelope, EventId, Severity, Status, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was put somewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// An update: keeps a promise.
    Update,
    /// The announcement right after declare: keeps one as well.
    Announcement,
    /// The state board.
    Board,
    /// A handoff brief.
    Brief,
    /// A role card.
    RoleCard,
    /// A task.
    Task,
    /// Something else.
    Other,
}

impl Piece {
    /// Whether stakeholders have heard from us by it.
    pub const fn is_news(self) -> bool {
        match self {
            Self::Update | Self::Announcement => true,
            Self::Board | Self::Brief | Self::RoleCard | Self::Task | Self::Other => false,
        }
    }
}

/// What happens to words that leave.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommsEvent {
    /// An update was written. It has gone nowhere yet.
    Written {
        /// Its words.
        text: String,
    },
    /// Somebody put something somewhere by hand.
    Posted {
        /// What.
        piece: Piece,
        /// The update, where it is one that was written here.
        update: Option<EventId>,
        /// Where.
        place: String,
    },
    /// A person promised the next update.
    Promised {
        /// Until when.
        due: Timestamp,
        /// The rhythm it belongs to, in minutes.
        every_minutes: Option<u32>,
    },
    /// No further update is promised.
    PromiseEnded {
        /// Why.
        reason: Option<String>,
    },
    /// An update waits to be sent.
    Queued {
        /// The update.
        update: Option<EventId>,
        /// What it is.
        piece: Piece,
        /// By which channel.
        channel: ChannelName,
        /// Its words, as they will leave.
        text: String,
    },
    /// It was sent, and taken.
    Sent {
        /// What was queued.
        queued: EventId,
        /// What the other side answered.
        receipt: Option<String>,
    },
    /// It could not be reached; it is tried again.
    Delayed {
        /// What was queued.
        queued: EventId,
        /// Why.
        why: String,
    },
    /// It will not be sent, or it is not known whether it was.
    Failed {
        /// What was queued.
        queued: EventId,
        /// Why.
        why: String,
    },
    /// It waits for a person's yes: the state has changed since it was written.
    Held {
        /// What was queued.
        queued: EventId,
        /// What changed.
        why: String,
    },
    /// A person said: send it as it is.
    Released {
        /// What was queued.
        queued: EventId,
    },
    /// A person said: do not send it.
    Withdrawn {
        /// What was queued.
        queued: EventId,
    },
}

/// What may be asked of words that leave: the event of the same name, before it is decided on.
pub type CommsCommand = CommsEvent;

/// An update.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Update {
    /// The event that wrote it.
    pub id: EventId,
    /// Its words.
    pub text: String,
    /// Whose.
    pub heard: Heard,
}

/// Something put somewhere, by hand or by Muster.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Posting {
    /// What.
    pub piece: Piece,
    /// The update, where it is one.
    pub update: Option<EventId>,
    /// Where.
    pub place: String,
    /// Whether a person did it; else a channel took it, with a receipt.
    pub by_hand: bool,
    /// Whose act, and when.
    pub heard: Heard,
    /// What was queued, where a channel took it.
    pub queued: Option<EventId>,
    /// Its place among all that was said here, in order of the fold.
    pub nth: u32,
}

/// A promise of the next update.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Promise {
    /// Until when.
    pub due: Timestamp,
    /// Its rhythm in minutes.
    pub every_minutes: Option<u32>,
    /// Whose word, and when.
    pub heard: Heard,
    /// Its place among all that was said here, in order of the fold.
    pub nth: u32,
}

/// Where something queued stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "states by name")]
pub enum QueueState {
    Queued,
    Delayed,
    Held,
    Sent,
    Failed,
    Withdrawn,
}

/// Something queued.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Queued {
    /// The event that queued it; also its idempotency key.
    pub id: EventId,
    /// The update.
    pub update: Option<EventId>,
    /// What it is.
    pub piece: Piece,
    /// By which channel.
    pub channel: ChannelName,
    /// When it was queued, or last released.
    pub at: Timestamp,
    /// The event of that.
    pub at_by: EventId,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// Its place among all that was said here, in order of the fold.
    pub nth: u32,
    /// Where it stands.
    pub state: QueueState,
    /// Why, in words.
    pub why: Option<String>,
    /// Since when.
    pub changed_at: Timestamp,
    /// The event of that.
    pub changed_by: EventId,
    /// Severity and state that its words knew of.
    pub knew: (Severity, Status),
}

/// How a promise came out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// Nobody has heard yet, and it is not yet due, or overdue.
    Open,
    /// In time.
    InTime(Timestamp),
    /// Too late.
    Late(Timestamp),
    /// Promised anew before it was due.
    Moved(Timestamp),
    /// Promised anew, or given up, when it was due already.
    Missed(Timestamp),
    /// Given up before it was due.
    Ended(Timestamp),
}

/// All words that leave one incident.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Comms {
    /// Updates in order.
    pub updates: Vec<Update>,
    /// Where things were put, in order.
    pub postings: Vec<Posting>,
    /// Promises in order.
    pub promises: Vec<Promise>,
    /// When and by whose word no further update was promised, each with its place.
    pub ends: Vec<(Heard, u32)>,
    /// What waits to be sent, or did.
    pub queue: Vec<Queued>,
    /// How much was said here: places given so far.
    pub said: u32,
}

/// When something was said; of two that were said in the same breath, the one recorded first.
type Moment = (Timestamp, u32);

impl Comms {
    /// Each promise with how it came out. Read from what is known now: a corrected time judges anew.
    pub fn judged(&self) -> Vec<(&Promise, Kept)> {
        let mut order: Vec<&Promise> = self.promises.iter().collect();
        order.sort_by_key(|promise| (promise.heard.at, promise.nth));
        let news = self.news();
        let mut judged = vec![];
        for (place, promise) in order.iter().enumerate() {
            let made: Moment = (promise.heard.at, promise.nth);
            let next: Option<Moment> = order.get(place + 1).map(|next| (next.heard.at, next.nth));
            let ends = self.ends.iter().map(|(heard, nth)| (heard.at, *nth));
            let ended = ends.filter(|end| *end > made && next.is_none_or(|next| *end < next)).min();
            let until = ended.or(next);
            // Whoever posts promises the next one in the same breath: that posting kept the promise before.
            let meant = |moment: &Moment| *moment > made && until.is_none_or(|until| *moment < until);
            let heard = news.iter().filter(|(moment, _)| meant(moment)).map(|(_, at)| *at).min();
            let kept = match (heard, ended, next) {
                (Some(at), _, _) if at <= promise.due => Kept::InTime(at),
                (Some(at), _, _) => Kept::Late(at),
                (None, Some((at, _)), _) if at <= promise.due => Kept::Ended(at),
                (None, None, Some((at, _))) if at <= promise.due => Kept::Moved(at),
                (None, Some((at, _)), _) | (None, None, Some((at, _))) => Kept::Missed(at),
                (None, None, None) => Kept::Open,
            };
            judged.push((*promise, kept));
        }
        judged
    }

    /// When stakeholders heard something new. The same update put in a second place is not: it keeps no later promise.
    fn news(&self) -> Vec<(Moment, Timestamp)> {
        let mut postings: Vec<&Posting> = self.postings.iter().filter(|one| one.piece.is_news()).collect();
        postings.sort_by_key(|one| self.meant(one));
        let mut told: Vec<EventId> = vec![];
        postings.retain(|one| match one.update {
            None => true,
            Some(update) if told.contains(&update) => false,
            Some(update) => {
                told.push(update);
                true
            }
        });
        postings.into_iter().map(|one| (self.meant(one), one.heard.at)).collect()
    }

    /// When somebody meant it to be heard: by hand that is when it was, by a channel when it was queued. The channel takes
    /// it a little later, when the next one may be promised already.
    fn meant(&self, posting: &Posting) -> Moment {
        let queued = posting.queued.and_then(|id| self.queued(id));
        queued.map_or((posting.heard.at, posting.nth), |queued| (queued.queued_at, queued.nth))
    }

    /// The promise that runs now.
    pub fn running(&self) -> Option<&Promise> {
        self.judged().into_iter().rev().find(|(_, kept)| *kept == Kept::Open).map(|(promise, _)| promise)
    }

    /// When stakeholders last heard.
    pub fn last_news(&self) -> Option<&Posting> {
        self.postings.iter().filter(|one| one.piece.is_news()).max_by_key(|one| one.heard.at)
    }

    /// What is queued under that id.
    pub fn queued(&self, id: EventId) -> Option<&Queued> {
        self.queue.iter().find(|one| one.id == id)
    }

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

    pub(super) fn correct(&mut self, target: EventId, at: Option<Timestamp>, text: Option<&str>) {
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

/// What has changed since something was queued that its reader would want to know; none: it may go.
pub fn stale(incident: &Incident, queued: &Queued) -> Option<String> {
    let (severity, status) = queued.knew;
    let mut changed = vec![];
    if incident.severity.value != severity {
        changed.push(format!("{} is now {}", severity.label(), incident.severity.value.label()));
    }
    if incident.status.value != status {
        changed.push(format!("{} is now {}", status.label(), incident.status.value.label()));
    }
    if incident.comms.updates.iter().any(|update| Some(update.id) != queued.update && update.heard.at > queued.at) {
        changed.push(String::from("a newer update was written"));
    }
    (!changed.is_empty()).then(|| format!("Since it was written, {}.", changed.join(" and ")))
}

pub(super) fn decide(
    incident: &Incident,
    command: CommsCommand,
    entry: &Entry,
    occurred_at: Timestamp,
    now: Timestamp,
) -> Result<Vec<CommsEvent>, Rejection> {
    use CommsEvent as C;
    let known = &incident.comms;
    let update = |id: Option<EventId>| match id {
        Some(id) if !known.updates.iter().any(|update| update.id == id) => Err(Rejection::NoSuchUpdate),
        id => Ok(id),
    };
    let waiting = |id: EventId, states: &[QueueState]| match known.queued(id) {
        None => Err(Rejection::NotQueued),
        Some(one) if states.contains(&one.state) => Ok(id),
        Some(_) => Err(Rejection::QueueMoved),
    };
    let alive = [QueueState::Queued, QueueState::Delayed, QueueState::Held];
    let unsent = [QueueState::Queued, QueueState::Delayed, QueueState::Held, QueueState::Failed, QueueState::Withdrawn];
    Ok(vec![match command {
        C::Written { text } => C::Written { text: words(&text)? },
        C::Posted { piece, update: id, place } => C::Posted { piece, update: update(id)?, place: words(&place)? },
        C::Promised { due, every_minutes } => {
            entry.doer().ok_or(Rejection::NeedsPerson)?;
            let ahead = due.since(now);
            if ahead <= 0 || ahead > i64::from(MINUTES_LIMIT) * 60_000 {
                return Err(Rejection::PromiseOutOfRange);
            }
            if known.running().is_some_and(|running| running.due == due) {
                return Err(Rejection::NothingToChange);
            }
            C::Promised { due, every_minutes }
        }
        C::PromiseEnded { .. } if known.running().is_none_or(|running| occurred_at < running.heard.at) => return Err(Rejection::NoPromise),
        C::PromiseEnded { reason } => C::PromiseEnded { reason: words_if_any(reason)? },
        C::Queued { update: id, piece, channel, text } => C::Queued { update: update(id)?, piece, channel, text: words(&text)? },
        // It was on its way when somebody withdrew it, or when its fate was not known: people have heard it all the same.
        C::Sent { queued, receipt } => C::Sent { queued: waiting(queued, &unsent)?, receipt },
        C::Delayed { queued, why } => C::Delayed { queued: waiting(queued, &alive)?, why },
        C::Failed { queued, why } => C::Failed { queued: waiting(queued, &alive)?, why },
        C::Held { queued, why } => C::Held { queued: waiting(queued, &alive)?, why },
        C::Released { queued } => C::Released { queued: waiting(queued, &[QueueState::Held, QueueState::Failed])? },
        C::Withdrawn { queued } => C::Withdrawn { queued: waiting(queued, &alive)? },
    }])
}

pub(super) fn evolve(incident: &mut Incident, envelope: &Envelope, event: &CommsEvent) {
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
                (one.knew, one.at, one.at_by) = (knew, at, id);
            }
        }
        CommsEvent::Withdrawn { queued } => drop(comms.settle(*queued, QueueState::Withdrawn, None, &heard)),
    }
}
