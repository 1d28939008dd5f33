//! The one writer: a thread of its own that takes jobs from two lanes, people first, writes them in one transaction,
//! and answers only after the disk has it. A job that is refused leaves no trace; a commit that fails leaves none of any.

use crate::carry_out::Work;
use crate::command::{Command, Committed, Ingest, Ingested};
use crate::failure::Failure;
use crate::feed::{Change, Feed, Tag};
use crate::ports::{Clock, Entropy};
use crate::{Health, carry_out, ingest};
use domain::SourceName;
use domain::home::Home;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{Batch, StoreError, Writer};
use tokio::sync::{mpsc, oneshot, watch};

/// Alerts in one transaction: enough to share the cost of a sync, few enough that a person never waits for them.
const BATCH_ALERTS: usize = 256;
/// Time that one transaction may gather work: the longest a person waits behind a flood.
const BATCH_TIME: Duration = Duration::from_millis(20);
/// Silence after which search catches up: in a flood the lanes are empty for moments, and a sync each would cost the flood dear.
const IDLE: Duration = Duration::from_millis(250);
/// Events that search may trail behind before a quiet moment is used to catch up.
const SEARCH_STEP: usize = 512;

type Reply<T> = oneshot::Sender<Result<T, Failure>>;

/// One thing for the writer to do.
pub(crate) enum Job {
    Command(Box<Command>, Reply<Committed>),
    Ingest(Box<Ingest>, Reply<Ingested>),
    Lapse(Vec<(SourceName, String)>, Reply<()>),
    Alone(Box<dyn FnOnce(&mut Writer) + Send>),
}

impl Job {
    fn alerts(&self) -> usize {
        match self {
            Self::Ingest(ingest, _) => ingest.signals.len().max(1),
            Self::Lapse(due, _) => due.len(),
            Self::Command(..) | Self::Alone(_) => 0,
        }
    }
}

/// Where jobs come from.
pub(crate) struct Lanes {
    pub people: mpsc::Receiver<Job>,
    pub machines: mpsc::Receiver<Job>,
    pub stopping: watch::Receiver<bool>,
}

/// What the writer works with and whom it tells.
pub(crate) struct Desk {
    pub writer: Writer,
    pub home: watch::Sender<Arc<Home>>,
    pub health: watch::Sender<Health>,
    pub feed: Feed,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    pub trails_search: bool,
}

/// Starts the writer's thread; it ends when both lanes are closed or stopping is told and nothing waits.
pub(crate) fn spawn(mut desk: Desk, mut lanes: Lanes) -> Result<std::thread::JoinHandle<()>, Failure> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(|fault| Failure::NotSaved(fault.to_string()))?;
    std::thread::Builder::new()
        .name("muster-writer".into())
        .spawn(move || {
            loop {
                match runtime.block_on(async { tokio::time::timeout(IDLE, next(&mut lanes)).await }) {
                    Ok(Some(first)) => desk.work(first, &mut lanes),
                    Ok(None) => break,
                    Err(_nothing_came) => desk.catch_up(&lanes),
                }
            }
            if let Err(fault) = desk.writer.checkpoint_truncate() {
                tracing::warn!(%fault, "last checkpoint");
            }
        })
        .map_err(|fault| Failure::NotSaved(fault.to_string()))
}

async fn next(lanes: &mut Lanes) -> Option<Job> {
    tokio::select! {
        biased;
        Some(job) = lanes.people.recv() => Some(job),
        Some(job) = lanes.machines.recv() => Some(job),
        told = lanes.stopping.wait_for(|stop| *stop) => {
            drop(told);
            lanes.people.try_recv().or_else(|_| lanes.machines.try_recv()).ok()
        }
    }
}

/// An answer that waits for the commit.
enum Waiting {
    Command(Reply<Committed>, Result<Committed, Failure>),
    Ingest(Reply<Ingested>, Result<Ingested, Failure>),
    Lapse(Reply<()>, Result<(), Failure>),
}

impl Waiting {
    /// The disk's own fault, where that is why the job failed.
    fn fault(&self) -> Option<String> {
        let failure = match self {
            Self::Command(_, result) => result.as_ref().err(),
            Self::Ingest(_, result) => result.as_ref().err(),
            Self::Lapse(_, result) => result.as_ref().err(),
        };
        match failure {
            Some(Failure::Store(fault)) => Some(fault.to_string()),
            Some(_) | None => None,
        }
    }
}

impl Desk {
    fn work(&mut self, first: Job, lanes: &mut Lanes) {
        let mut gathered = vec![];
        let mut alone = None;
        match first {
            Job::Alone(work) => alone = Some(work),
            job => gathered.push(job),
        }
        let mut alerts: usize = gathered.iter().map(Job::alerts).sum();
        while alone.is_none() && alerts < BATCH_ALERTS {
            match lanes.people.try_recv().or_else(|_| lanes.machines.try_recv()) {
                Ok(Job::Alone(work)) => alone = Some(work),
                Ok(job) => {
                    alerts += job.alerts();
                    gathered.push(job);
                }
                Err(_) => break,
            }
        }
        let mut jobs = gathered.into_iter();
        while jobs.len() > 0 {
            self.transaction(&mut jobs);
        }
        if let Some(work) = alone {
            work(&mut self.writer);
            self.tell_home();
        }
        self.keep_log_short();
    }

    /// Writes as many of `jobs` as fit into one transaction's time.
    fn transaction(&mut self, jobs: &mut std::vec::IntoIter<Job>) {
        let now = self.clock.now();
        let clock = self.writer.last_hlc().jumped(now).then(|| clock_sentence(self.writer.last_hlc().millis()));
        let mut home = self.home.borrow().clone();
        let mut tags = BTreeSet::new();
        let mut erased = false;
        let mut waiting: Vec<Waiting> = vec![];
        let begun = Instant::now();
        let outcome = self.writer.batch().and_then(|mut batch| {
            for job in jobs.by_ref() {
                let mut work =
                    Work { now, entropy: &*self.entropy, home: &mut home, tags: &mut tags, erased: &mut erased, told: BTreeSet::new() };
                waiting.push(run(&mut batch, &mut work, job));
                if begun.elapsed() > BATCH_TIME {
                    break;
                }
            }
            batch.commit()
        });
        let outcome = outcome.inspect_err(|fault| tracing::error!(%fault, "commit"));
        let job_fault = waiting.iter().find_map(Waiting::fault);
        self.tell_health(outcome.as_ref().err().map(ToString::to_string).or(job_fault), clock);
        if outcome.is_ok() {
            if !Arc::ptr_eq(&home, &self.home.borrow()) {
                self.home.send_replace(home);
            }
            if erased && let Err(fault) = self.writer.checkpoint_truncate() {
                tracing::error!(%fault, "checkpoint after a redaction");
            }
        }
        if waiting.is_empty() {
            refuse_all(jobs, outcome.as_ref().err());
        }
        // Before the answers: who was answered may ask at once how far the ledger is.
        self.feed.advance(self.writer.seq());
        answer(waiting, outcome.as_ref().err());
        if outcome.is_ok() && !tags.is_empty() {
            self.feed.tell(Change { seq: self.writer.seq(), tags });
        }
    }

    /// Housekeeping after the answers: what a flood wrote goes from the log into the file.
    fn keep_log_short(&mut self) {
        if let Err(fault) = self.writer.checkpoint_if_large() {
            tracing::warn!(%fault, "checkpoint");
        }
    }

    /// Lets search catch up while nothing has come for a while, and only as long as nobody waits.
    fn catch_up(&mut self, lanes: &Lanes) {
        while self.trails_search && lanes.people.is_empty() && lanes.machines.is_empty() {
            match self.writer.drain_search(SEARCH_STEP) {
                Ok(drained) if drained == SEARCH_STEP => {}
                Ok(_) => break,
                Err(fault) => {
                    tracing::warn!(%fault, "search");
                    break;
                }
            }
        }
    }

    fn tell_health(&self, not_saving: Option<String>, clock: Option<String>) {
        let health = Health { not_saving, clock };
        let changed = self.health.send_if_modified(|known| {
            let changed = *known != health;
            *known = health;
            changed
        });
        if changed {
            self.feed.tell(Change { seq: self.writer.seq(), tags: BTreeSet::from([Tag::Home, Tag::Watch]) });
        }
    }

    fn tell_home(&mut self) {
        match self.writer.home() {
            Ok(home) => drop(self.home.send_replace(Arc::new(home))),
            Err(fault) => tracing::error!(%fault, "home after lone work"),
        }
        let tags = BTreeSet::from([Tag::Home, Tag::Watch, Tag::Incidents, Tag::Alerts, Tag::Settings]);
        self.feed.tell(Change { seq: self.writer.seq(), tags });
    }
}

fn run(batch: &mut Batch<'_>, work: &mut Work<'_>, job: Job) -> Waiting {
    match job {
        Job::Command(command, reply) => {
            let kept = work.keep();
            let result = whole(batch, work, |batch, work| carry_out::carry_out(batch, work, *command));
            if result.is_err() {
                work.restore(kept);
            }
            Waiting::Command(reply, result)
        }
        Job::Ingest(sent, reply) => {
            let result = whole(batch, work, |batch, work| ingest::take_in(batch, work, *sent));
            Waiting::Ingest(reply, result)
        }
        Job::Lapse(due, reply) => {
            let result = whole(batch, work, |batch, work| ingest::lapse(batch, work, &due));
            Waiting::Lapse(reply, result)
        }
        Job::Alone(_) => unreachable!("lone work is never gathered into a transaction"),
    }
}

/// All of a job or none of it. Whatever it did to incidents, a rule's declaration too, their clocks are looked at when it is done.
fn whole<T>(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    job: impl FnOnce(&mut Batch<'_>, &mut Work<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    batch.savepoint(|batch| {
        let done = job(batch, work)?;
        carry_out::arm(batch, work)?;
        Ok(done)
    })
}

fn answer(waiting: Vec<Waiting>, fault: Option<&StoreError>) {
    let not_saved = || fault.map(|fault| Failure::NotSaved(fault.to_string()));
    for waits in waiting {
        match waits {
            Waiting::Command(reply, result) => drop(reply.send(not_saved().map_or(result, Err))),
            Waiting::Ingest(reply, result) => drop(reply.send(not_saved().map_or(result, Err))),
            Waiting::Lapse(reply, result) => drop(reply.send(not_saved().map_or(result, Err))),
        }
    }
}

/// Where not even the transaction could begin, nobody waits for ever.
fn refuse_all(jobs: &mut std::vec::IntoIter<Job>, fault: Option<&StoreError>) {
    let Some(fault) = fault else { return };
    for job in jobs {
        match job {
            Job::Command(_, reply) => drop(reply.send(Err(Failure::NotSaved(fault.to_string())))),
            Job::Ingest(_, reply) => drop(reply.send(Err(Failure::NotSaved(fault.to_string())))),
            Job::Lapse(_, reply) => drop(reply.send(Err(Failure::NotSaved(fault.to_string())))),
            Job::Alone(_) => {}
        }
    }
}

fn clock_sentence(last_millis: u64) -> String {
    let last = domain::Timestamp(last_millis as i64);
    format!(
        "This machine's clock differs by more than a day from the last entry ({last}). Order is kept; shown times may be wrong until it is set."
    )
}
