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
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::{JoinHandle, JoinSet};
use turn::Turn;

/// Sources asked or tried at once: the ninth waits for one of them.
const AT_ONCE: usize = 8;
/// Time between two looks at who is due.
const LOOK: Duration = Duration::from_secs(1);
/// Wishes of people that may wait.
const WISHES: usize = 64;

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
pub type Outcome = Result<usize, String>;

/// The rounds, until they are stopped.
pub struct Rounds {
    stop: watch::Sender<bool>,
    wishes: mpsc::Sender<Wish>,
    task: JoinHandle<()>,
}

impl Rounds {
    /// Starts to go round. Must be called inside a tokio runtime.
    #[expect(clippy::disallowed_methods, reason = "stopped and joined by `stop`")]
    pub fn start(ledger: Arc<dyn Ledger>) -> Self {
        let (stop, stopping) = watch::channel(false);
        let (wishes, wished) = mpsc::channel(WISHES);
        Self { stop, wishes, task: tokio::spawn(Going::begin(ledger).go(wished, stopping)) }
    }

    /// By whom somebody asks by hand.
    pub fn asker(&self) -> Asker {
        Asker(self.wishes.clone())
    }

    /// Ends them; what is under way is let go.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        drop(self.task.await);
    }
}

/// Asks by hand; of no use once the rounds have ended.
#[derive(Clone)]
pub struct Asker(mpsc::Sender<Wish>);

impl Asker {
    /// Makes every source due that was not asked just now: somebody looks.
    pub fn ask_all(&self) {
        // Where so many wait already, all are as good as due.
        drop(self.0.try_send(Wish::All));
    }

    /// Asks one source at once, and answers what came of it. Where it is being asked, of that.
    pub async fn ask(&self, name: SourceName) -> Outcome {
        let (reply, answer) = oneshot::channel();
        let gone = || "It is asked no more.".to_owned();
        self.0.send(Wish::One(name, reply)).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

/// What a person wishes.
enum Wish {
    /// Ask all that were not asked just now.
    All,
    /// Ask this one and say what came of it.
    One(SourceName, oneshot::Sender<Outcome>),
}

/// The rounds under way.
struct Going {
    ledger: Arc<dyn Ledger>,
    turns: HashMap<SourceName, Turn>,
    under_way: JoinSet<(SourceName, Outcome)>,
    /// Who waits for what comes of a source's next round.
    waiting: HashMap<SourceName, Vec<oneshot::Sender<Outcome>>>,
    able_since: Timestamp,
}

impl Going {
    fn begin(ledger: Arc<dyn Ledger>) -> Self {
        let able_since = ledger.able_since();
        Self { ledger, turns: HashMap::new(), under_way: JoinSet::new(), waiting: HashMap::new(), able_since }
    }

    async fn go(mut self, mut wished: mpsc::Receiver<Wish>, mut stopping: watch::Receiver<bool>) {
        loop {
            self.send_out();
            let done = tokio::select! {
                () = tokio::time::sleep(LOOK) => None,
                Some(done) = self.under_way.join_next(), if !self.under_way.is_empty() => done.ok(),
                Some(wish) = wished.recv() => {
                    self.wish(wish);
                    None
                }
                _ = stopping.wait_for(|stop| *stop) => break,
            };
            if let Some((name, outcome)) = done {
                self.come_back(name, outcome).await;
            }
        }
        self.under_way.shutdown().await;
    }

    fn send_out(&mut self) {
        let (asked, now) = (self.ledger.asked(), self.ledger.now());
        self.turns.retain(|name, _| asked.iter().any(|one| one.name == *name));
        self.waiting.retain(|name, _| asked.iter().any(|one| one.name == *name));
        let able_since = self.ledger.able_since();
        let woke = able_since != self.able_since;
        self.able_since = able_since;
        for one in asked {
            let turn = self.turns.entry(one.name.clone()).or_insert_with(|| Turn::begin(&one, now));
            turn.set(&one, now);
            if woke {
                turn.due = now;
            }
            if turn.waits && turn.due <= now && self.under_way.len() < AT_ONCE {
                turn.sent_out(now);
                let ledger = self.ledger.clone();
                self.under_way.spawn(async move { (one.name.clone(), round(&ledger, &one).await) });
            }
        }
    }

    fn wish(&mut self, wish: Wish) {
        let now = self.ledger.now();
        match wish {
            Wish::All => self.turns.values_mut().for_each(|turn| turn.somebody_looks(now)),
            Wish::One(name, reply) => {
                // One that was added just now has no turn yet, and is due at once.
                if let Some(turn) = self.turns.get_mut(&name) {
                    turn.due = now;
                }
                self.waiting.entry(name).or_default().push(reply);
            }
        }
    }

    async fn come_back(&mut self, name: SourceName, outcome: Outcome) {
        for reply in self.waiting.remove(&name).unwrap_or_default() {
            // Who asked may have left.
            drop(reply.send(outcome.clone()));
        }
        let Some(turn) = self.turns.get_mut(&name) else { return };
        let chance = self.ledger.random()[0];
        if let Some(why) = turn.came_back(outcome.err(), self.ledger.now(), chance) {
            tracing::info!(source = name.as_str(), "a round failed");
            self.ledger.refused(name, why, vec![]).await;
        }
    }
}

/// Asks or tries one source once. What only sends is not asked.
pub async fn round(ledger: &Arc<dyn Ledger>, one: &Asked) -> Outcome {
    match one.kind.way() {
        Way::Push => Ok(0),
        Way::Pull => ask::round(ledger, one).await,
        Way::Probe => probe::round(ledger, one).await,
    }
}
