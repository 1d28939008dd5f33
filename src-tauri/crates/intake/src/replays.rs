//! Signed requests that were taken already: one whose signature covers the time of its sending is taken once. Whoever
//! overheard it may send it again within the tolerance of its clock; after that its time is refused.
//!
//! Must never remember what was not taken: its sender sends it again.

use crate::limits::SIGNATURES_REMEMBERED;
use domain::{SourceName, Timestamp};
use formats::signature::TOLERANCE_SECS;
use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How long a request may come again, in milliseconds: its clock may be as far ahead as behind.
const WINDOW_MS: i64 = 2 * TOLERANCE_SECS * 1000;

/// The source and a signature, as it was checked: two sources may have one secret.
pub type Mark = (SourceName, [u8; 32]);

/// What was taken of late.
#[derive(Debug, Default)]
pub struct Replays(Mutex<Taken>);

#[derive(Debug, Default)]
struct Taken {
    marks: HashSet<Mark>,
    in_order: VecDeque<(Timestamp, Mark)>,
}

/// The right to take a request, given back where it is dropped: by a fault, or by a sender that went away meanwhile.
#[derive(Debug)]
pub struct Claim<'r> {
    replays: &'r Replays,
    mark: Option<Mark>,
}

impl Claim<'_> {
    /// The request is taken.
    pub fn keep(mut self) {
        self.mark = None;
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        if let Some(mark) = self.mark.take() {
            self.replays.release(&mark);
        }
    }
}

impl Replays {
    /// Claims a request that arrived at `now`; none where it was claimed before.
    pub fn claim(&self, mark: &Mark, now: Timestamp) -> Option<Claim<'_>> {
        let mut taken = self.taken();
        while taken.in_order.front().is_some_and(|(at, _)| now.since(*at) > WINDOW_MS) || taken.in_order.len() >= SIGNATURES_REMEMBERED {
            let Some((_, oldest)) = taken.in_order.pop_front() else { break };
            taken.marks.remove(&oldest);
        }
        if !taken.marks.insert(mark.clone()) {
            return None;
        }
        taken.in_order.push_back((now, mark.clone()));
        Some(Claim { replays: self, mark: Some(mark.clone()) })
    }

    fn release(&self, mark: &Mark) {
        let mut taken = self.taken();
        if taken.marks.remove(mark) {
            taken.in_order.retain(|(_, known)| known != mark);
        }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp(1_795_423_000_000).plus_secs(seconds)
    }

    fn mark(number: usize) -> Mark {
        (SourceName("prod".into()), std::array::from_fn(|at| number.to_le_bytes().get(at).copied().unwrap_or(0)))
    }

    /// Takes a request, where it was not taken before.
    fn takes(replays: &Replays, mark: &Mark, now: Timestamp) -> bool {
        replays.claim(mark, now).map(Claim::keep).is_some()
    }

    #[test]
    fn a_request_is_taken_once_while_its_time_could_pass() {
        let replays = Replays::default();
        assert!(takes(&replays, &mark(1), at(0)));
        assert!(!takes(&replays, &mark(1), at(2 * TOLERANCE_SECS)), "from a clock that ran ahead, its time still passes");
        assert!(takes(&replays, &mark(2), at(1)), "another is not meant");
        assert!(takes(&replays, &(SourceName("test".into()), mark(1).1), at(1)), "nor the same of another source");
        assert!(takes(&replays, &mark(1), at(2 * TOLERANCE_SECS + 1)), "from here on its time is refused");
    }

    #[test]
    fn what_was_not_taken_may_come_again() {
        let replays = Replays::default();
        let claim = replays.claim(&mark(1), at(0)).expect("it is the first");
        assert!(!takes(&replays, &mark(1), at(0)), "one is under way");
        drop(claim);
        assert!(takes(&replays, &mark(1), at(1)));
        assert!(!takes(&replays, &mark(1), at(2)));
    }

    #[test]
    fn a_flood_is_not_remembered_without_end() {
        let replays = Replays::default();
        for number in 0..SIGNATURES_REMEMBERED + 10 {
            assert!(takes(&replays, &mark(number), at(0)));
        }
        let taken = replays.taken();
        assert_eq!((taken.marks.len(), taken.in_order.len()), (SIGNATURES_REMEMBERED, SIGNATURES_REMEMBERED));
    }
}
