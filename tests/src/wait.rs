//! Waiting, in async code, for something to become true: with a deadline, and a reason that a failed test can print.

use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// How often a condition is looked at.
const PAUSE: Duration = Duration::from_millis(25);
/// Long enough for anything that should take a blink, on a busy machine with two cores.
pub const SOON: Duration = Duration::from_secs(10);

/// Asks `found` until it answers with something; fails, naming `what` and the last fault, after `limit`.
pub async fn until<T>(what: &str, limit: Duration, mut found: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let begun = Instant::now();
    loop {
        let answer = found().await;
        if let Ok(Some(answer)) = answer {
            return Ok(answer);
        }
        if begun.elapsed() > limit {
            match answer {
                Err(fault) => bail!("{what}: not within {} s; the last look failed: {fault:#}", limit.as_secs()),
                Ok(_) => bail!("{what}: not within {} s", limit.as_secs()),
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Watches for `span` that `holds` stays true; for what must not happen.
pub async fn throughout(what: &str, span: Duration, mut holds: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    let begun = Instant::now();
    while begun.elapsed() < span {
        if !holds().await? {
            bail!("{what}: no longer true after {} ms", begun.elapsed().as_millis());
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}
