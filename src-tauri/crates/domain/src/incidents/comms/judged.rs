//! How promises came out: judged from what is known now, never recorded.

use super::{Comms, Posting, Promise};
use crate::{EventId, Timestamp};

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
}
