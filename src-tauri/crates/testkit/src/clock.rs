//! A wall clock that stands where it was put.

use crate::START;
use domain::Timestamp;
use engine::ports::Clock;
use std::sync::atomic::{AtomicI64, Ordering};

/// Shows the time it was last given. It may be set back: clocks of real machines are.
#[derive(Debug)]
pub struct FakeClock(AtomicI64);

impl Default for FakeClock {
    fn default() -> Self {
        Self::at(START)
    }
}

impl FakeClock {
    /// A clock that shows `now`.
    pub const fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.0))
    }

    /// Puts it to `now`.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.0, Ordering::Release);
    }

    /// Puts it forward by `millis`, or back where negative, and answers what it shows then.
    pub fn advance(&self, millis: i64) -> Timestamp {
        Timestamp(self.0.fetch_add(millis, Ordering::AcqRel)).plus_millis(millis)
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Acquire))
    }
}
