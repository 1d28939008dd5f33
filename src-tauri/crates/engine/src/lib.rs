//! The engine: one writer, two lanes, the wheel of due things, the outbox and the feed of changes. It knows no
//! window, no socket and no HTTP; what it needs from outside comes through [`ports`].
//!
//! Everything that changes a home is a [`Command`] or an [`Ingest`]; nothing is answered before it is on disk.
#![deny(missing_docs)]

mod awake;
mod carry_out;
mod command;
mod duties;
mod failure;
mod feed;
mod hearing;
mod ingest;
mod outbox;
pub mod ports;
mod replies;
mod transaction;
mod triage;
mod writer;

pub use command::{Act, Command, Committed, Declaration, Ingest, Ingested, PastedLine, PostOutcome, Publication};
pub use failure::Failure;
pub use feed::{Change, Feed, Tag};

use awake::Awake;
use domain::Timestamp;
use domain::home::Home;
use ports::{Clock, Entropy, Hands, Network};
use std::path::PathBuf;
use std::sync::Arc;
use store::{Readers, Writer};
use tokio::sync::{mpsc, oneshot, watch};
use writer::{Job, Lanes};

/// Jobs that may wait from people: a person types none faster than this, a script that does is told to wait.
const PEOPLE_LANE: usize = 1_024;
/// Requests that may wait from machines; beyond it senders are told to come again.
const MACHINE_LANE: usize = 4_096;

/// What an engine is started with.
pub struct Setup {
    /// The open ledger.
    pub store: (Writer, Readers),
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Hands to show notices and to post, where they are there.
    pub hands: Hands,
    /// Whether to run what is due: effects, lapses, search, backups. A command that owns the home for its own length does not.
    pub duties: bool,
    /// Whether a network is reached; nobody can tell without.
    pub network: Option<Arc<dyn Network>>,
    /// Where daily backups go; none are made without.
    pub backups: Option<PathBuf>,
}

/// A running engine; cheap to clone, stopped by [`Engine::stop`].
#[derive(Clone)]
pub struct Engine {
    shared: Arc<Shared>,
}

struct Shared {
    people: mpsc::Sender<Job>,
    machines: mpsc::Sender<Job>,
    readers: Readers,
    home: watch::Receiver<Arc<Home>>,
    health: watch::Receiver<Health>,
    feed: Feed,
    awake: Awake,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    stopping: watch::Sender<bool>,
    threads: std::sync::Mutex<Vec<std::thread::JoinHandle<()>>>,
    tasks: std::sync::Mutex<Vec<tokio::task::JoinHandle<()>>>,
}

/// What a person must know about the ledger's own state.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Health {
    /// Why nothing can be written now, as a sentence.
    pub not_saving: Option<String>,
    /// That the wall clock jumped, as a sentence.
    pub clock: Option<String>,
}

impl Engine {
    /// Starts the writer thread and, where asked, the duties. Must be called inside a tokio runtime.
    pub fn start(setup: Setup) -> Result<Self, Failure> {
        let (mut writer, readers) = setup.store;
        let home = writer.home()?;
        let (people, people_jobs) = mpsc::channel(PEOPLE_LANE);
        let (machines, machine_jobs) = mpsc::channel(MACHINE_LANE);
        let (home_tell, home_watch) = watch::channel(Arc::new(home));
        let (health_tell, health_watch) = watch::channel(Health::default());
        let (stopping, _) = watch::channel(false);
        let feed = Feed::new(writer.seq());
        let shared = Arc::new(Shared {
            people,
            machines,
            readers,
            home: home_watch,
            health: health_watch,
            feed: feed.clone(),
            awake: Awake::begin(setup.clock.now()),
            clock: setup.clock.clone(),
            entropy: setup.entropy.clone(),
            stopping,
            threads: std::sync::Mutex::default(),
            tasks: std::sync::Mutex::default(),
        });
        let lanes = Lanes { people: people_jobs, machines: machine_jobs, stopping: shared.stopping.subscribe() };
        let thread = writer::spawn(
            writer::Desk {
                writer,
                home: home_tell,
                health: health_tell,
                feed,
                clock: setup.clock,
                entropy: setup.entropy,
                trails_search: setup.duties,
                together: 0,
                again: std::collections::VecDeque::new(),
            },
            lanes,
        )?;
        lock(&shared.threads).push(thread);
        let engine = Self { shared };
        if setup.duties {
            let tasks = duties::spawn(&engine, setup.hands, setup.network, setup.backups);
            lock(&engine.shared.tasks).extend(tasks);
        }
        Ok(engine)
    }

    /// Carries out a command of a person, or of a part of Muster on a person's path; answers once it is on disk.
    pub async fn submit(&self, command: Command) -> Result<Committed, Failure> {
        let (reply, answer) = oneshot::channel();
        self.shared.people.send(Job::Command(Box::new(command), reply)).await.map_err(|_| Failure::Stopped)?;
        let done = answer.await.map_err(|_| Failure::Stopped)?;
        // Where nothing was written, the ledger stands where it stood.
        done.map(|done| Committed { seq: if done.seq == 0 { self.shared.feed.seq() } else { done.seq }, ..done })
    }

    /// Takes in what a source sent; answers once it is on disk, or at once that too much is waiting.
    pub async fn ingest(&self, ingest: Ingest) -> Result<Ingested, Failure> {
        let (reply, answer) = oneshot::channel();
        self.shared.machines.try_send(Job::Ingest(Box::new(ingest), reply)).map_err(|full| match full {
            mpsc::error::TrySendError::Full(_) => Failure::Overloaded,
            mpsc::error::TrySendError::Closed(_) => Failure::Stopped,
        })?;
        answer.await.map_err(|_| Failure::Stopped)?
    }

    /// Runs `work` alone on the writer's thread, between two batches: backup, rebuild, verification of the writer's view.
    pub async fn with_writer<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Writer) -> Result<R, store::StoreError> + Send + 'static,
    ) -> Result<R, Failure> {
        let (reply, answer) = oneshot::channel();
        let job = Job::Alone(Box::new(move |writer| drop(reply.send(work(writer)))));
        self.shared.people.send(job).await.map_err(|_| Failure::Stopped)?;
        Ok(answer.await.map_err(|_| Failure::Stopped)??)
    }

    /// Runs `query` on a reader's connection, off the async threads.
    pub async fn read<R: Send + 'static>(
        &self,
        query: impl FnOnce(&store::Reader) -> Result<R, store::StoreError> + Send + 'static,
    ) -> Result<R, Failure> {
        let readers = self.shared.readers.clone();
        let result = tokio::task::spawn_blocking(move || readers.get().and_then(|reader| query(&reader))).await;
        Ok(result.map_err(|_| Failure::Stopped)??)
    }

    /// The home as it stands: people, sources, rules, quiet.
    pub fn home(&self) -> Arc<Home> {
        self.shared.home.borrow().clone()
    }

    /// Whether the ledger can be written, and what is wrong with the clock.
    pub fn health(&self) -> Health {
        self.shared.health.borrow().clone()
    }

    /// Every commit as it happens.
    pub fn feed(&self) -> &Feed {
        &self.shared.feed
    }

    /// The present instant by the home's clock.
    pub fn now(&self) -> Timestamp {
        self.shared.clock.now()
    }

    /// Since when this home could hear its sources without a break: since it started, the machine last woke, or the network
    /// came back. What could not be heard before is nobody's silence.
    pub fn able_since(&self) -> Timestamp {
        let awake = self.shared.awake.look(self.now());
        self.home().back_since.map_or(awake, |back| awake.max(back))
    }

    /// Whether that is since a break of this run: senders that could not reach it meanwhile try again.
    pub fn was_away(&self) -> bool {
        self.able_since() != self.shared.awake.started()
    }

    /// Fresh random bytes.
    pub fn bytes16(&self) -> [u8; 16] {
        self.shared.entropy.bytes16()
    }

    /// Jobs of sources that wait for the writer, for judging overload.
    pub fn machine_queue(&self) -> (usize, usize) {
        (MACHINE_LANE - self.shared.machines.capacity(), MACHINE_LANE)
    }

    /// Ends the duties, finishes what was submitted, and closes the ledger.
    pub async fn stop(&self) {
        self.shared.stopping.send_replace(true);
        let tasks = std::mem::take(&mut *lock(&self.shared.tasks));
        for task in tasks {
            drop(task.await);
        }
        let threads = std::mem::take(&mut *lock(&self.shared.threads));
        let joined = tokio::task::spawn_blocking(move || threads.into_iter().for_each(|thread| drop(thread.join())));
        drop(joined.await);
    }
}

fn lock<T>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
