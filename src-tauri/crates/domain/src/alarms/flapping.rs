//! Flapping: an alert that comes and goes is one trouble, not many.

use crate::Timestamp;

/// Times that a group must begin anew within [`FLAP_WINDOW_MS`] to count as flapping.
pub const FLAP_TIMES: usize = 4;
/// The window they must lie in (10 min): Nagios and Kuma use windows of this order.
pub const FLAP_WINDOW_MS: i64 = 10 * 60_000;
/// How long a flapping group is held as one after it last came (15 min).
pub const FLAP_HOLD_MS: i64 = 15 * 60_000;

/// Until when a group that began anew at `begun` (oldest first) is held as flapping; `None` where it is not.
pub fn flaps_until(begun: &[Timestamp], now: Timestamp) -> Option<Timestamp> {
    let close = |times: &[Timestamp]| times[FLAP_TIMES - 1].since(times[0]) <= FLAP_WINDOW_MS;
    let flapped = begun.windows(FLAP_TIMES).rev().find(|times| close(times))?;
    // Once flapping, each further return holds it on.
    let mut held = flapped[FLAP_TIMES - 1].plus_millis(FLAP_HOLD_MS);
    for time in begun.iter().filter(|time| **time > flapped[FLAP_TIMES - 1]) {
        if *time <= held {
            held = held.max(time.plus_millis(FLAP_HOLD_MS));
        }
    }
    (now < held).then_some(held)
}
