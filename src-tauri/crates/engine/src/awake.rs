//! Since when this machine has been awake without a break, by looks at the wall clock: a sleeping machine looks at nothing.

use domain::Timestamp;
use std::sync::{Mutex, PoisonError};

/// A gap between two looks beyond this means that the machine slept (ms).
const SLEPT_MS: i64 = 60_000;

/// What the looks have shown so far.
pub(crate) struct Awake(Mutex<Span>);

struct Span {
    started: Timestamp,
    since: Timestamp,
    looked: Timestamp,
}

impl Awake {
    /// Begins at a start, for nothing was heard before it.
    pub fn begin(now: Timestamp) -> Self {
        Self(Mutex::new(Span { started: now, since: now, looked: now }))
    }

    /// When it began.
    pub fn started(&self) -> Timestamp {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).started
    }

    /// Looks at `now`, and answers since when there was no break. Whoever looks first after a sleep finds it.
    pub fn look(&self, now: Timestamp) -> Timestamp {
        let mut span = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now.since(span.looked) > SLEPT_MS || now < span.looked {
            span.since = now;
        }
        span.looked = now;
        span.since
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(n: i64) -> Timestamp {
        Timestamp(n * 1_000)
    }

    #[test]
    fn a_gap_or_a_clock_set_back_is_a_break() {
        let awake = Awake::begin(second(0));
        assert_eq!(awake.look(second(60)), second(0), "a minute without a look is a busy machine");
        assert_eq!(awake.look(second(121)), second(121), "more is sleep");
        assert_eq!(awake.look(second(125)), second(121));
        assert_eq!(awake.started(), second(0));
        assert_eq!(awake.look(second(90)), second(90), "what is to be heard is judged by the clock that is now");
    }
}
