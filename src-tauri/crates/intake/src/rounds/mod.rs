//! Rounds: sources that are asked what fires, and places that are tried. For a laptop that nobody can send to.
//!
//! What an answer lists fires; what fired before and is listed no more has ended. A round that fails ends nothing: it is
//! tried again, less and less often, and its reason is kept with the source.

mod ask;
mod probe;
mod turn;

use crate::Ledger;
use domain::home::{SourceKind, SourceSettings, Way};
use domain::{SourceName, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use turn::Turn;

/// Sources asked or tried at once: the ninth waits for one of them.
const AT_ONCE: usize = 8;
/// Time between two looks at who is due.
const LOOK: Duration = Duration::from_secs(1);
/// A gap between two looks beyond this means that the machine slept (ms): everybody is due at once.
const SLEPT_MS: i64 = 60_000;

/// A source that is asked or tried, as it is set now.
#[derive(Clone, PartialEq, Debug)]
pub struct Asked {
    /// Which.
    pub name: SourceName,
    /// Its kind; of the ones that only send, none is asked.
    pub kind: SourceKind,
    /// Where, how often, and what is expected.
    pub settings: SourceSettings,
}

/// What came of one round: how many fire, or why it failed, as a sentence.
type Outcome = Result<usize, String>;

/// The rounds, until they are stopped.
pub struct Rounds {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Rounds {
    /// Starts to go round. Must be called inside a tokio runtime.
    #[expect(clippy::disallowed_methods, reason = "stopped and joined by `stop`")]
    pub fn start(ledger: Arc<dyn Ledger>) -> Self {
        let (stop, stopping) = watch::channel(false);
        Self { stop, task: tokio::spawn(go(ledger, stopping)) }
    }

    /// Ends them; what is under way is let go.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        drop(self.task.await);
    }
}

async fn go(ledger: Arc<dyn Ledger>, mut stopping: watch::Receiver<bool>) {
    let mut turns: HashMap<SourceName, Turn> = HashMap::new();
    let mut under_way: JoinSet<(SourceName, Outcome)> = JoinSet::new();
    let mut looked = ledger.now();
    loop {
        let now = ledger.now();
        let woke = now.since(looked) > SLEPT_MS || now < looked;
        looked = now;
        send_out(&ledger, &mut turns, &mut under_way, now, woke);
        let done = tokio::select! {
            () = tokio::time::sleep(LOOK) => None,
            Some(done) = under_way.join_next(), if !under_way.is_empty() => done.ok(),
            _ = stopping.wait_for(|stop| *stop) => break,
        };
        if let Some((name, outcome)) = done {
            come_back(&ledger, &mut turns, name, outcome).await;
        }
    }
    under_way.shutdown().await;
}

fn send_out(
    ledger: &Arc<dyn Ledger>,
    turns: &mut HashMap<SourceName, Turn>,
    under_way: &mut JoinSet<(SourceName, Outcome)>,
    now: Timestamp,
    woke: bool,
) {
    let asked = ledger.asked();
    turns.retain(|name, _| asked.iter().any(|one| one.name == *name));
    for one in asked {
        let turn = turns.entry(one.name.clone()).or_insert_with(|| Turn::begin(&one, now));
        turn.set(&one, now);
        if woke {
            turn.due = now;
        }
        if turn.waits && turn.due <= now && under_way.len() < AT_ONCE {
            turn.waits = false;
            let ledger = ledger.clone();
            under_way.spawn(async move { (one.name.clone(), round(&ledger, &one).await) });
        }
    }
}

async fn round(ledger: &Arc<dyn Ledger>, one: &Asked) -> Outcome {
    match one.kind.way() {
        Way::Push => Ok(0),
        Way::Pull => ask::round(ledger, one).await,
        Way::Probe => probe::round(ledger, one).await,
    }
}

async fn come_back(ledger: &Arc<dyn Ledger>, turns: &mut HashMap<SourceName, Turn>, name: SourceName, outcome: Outcome) {
    let Some(turn) = turns.get_mut(&name) else { return };
    let chance = ledger.random()[0];
    if let Some(why) = turn.came_back(outcome.err(), ledger.now(), chance) {
        tracing::info!(source = name.as_str(), "a round failed");
        ledger.refused(name, why, vec![]).await;
    }
}
