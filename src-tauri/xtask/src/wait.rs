//! Waiting for something to become true, with a deadline and a reason. Must never be a bare sleep with a hope.

use anyhow::{Result, bail};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How often a condition is looked at.
const PAUSE: Duration = Duration::from_millis(20);

/// Asks `found` until it answers with something; fails, naming `what`, after `limit`.
pub fn until<T>(what: &str, limit: Duration, mut found: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let begun = Instant::now();
    loop {
        if let Some(answer) = found()? {
            return Ok(answer);
        }
        if begun.elapsed() > limit {
            bail!("{what} did not happen within {} s", limit.as_secs_f32());
        }
        sleep(PAUSE);
    }
}
