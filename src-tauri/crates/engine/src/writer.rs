//! The one writer: a thread of its own that takes jobs from two lanes, people first, many of a lane in one transaction, and
//! answers only after the disk has it. What it never does: let a person wait for more than one transaction of machines.

use crate::Health;
use crate::command::{Command, Committed, Ingest, Ingested};
use crate::failure::Failure;
use crate::feed::{Change, Feed, Tag};
use crate::ports::{Clock, Entropy};
use domain::SourceName;
use domain::home::Home;
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Writer;
use tokio::sync::{mpsc, oneshot, watch};

/// Silence after which search catches up: in a flood the lanes are empty for moments, and a sync each would cost the flood dear.
const IDLE: Duration = Duration::from_millis(250);
/// How long a transaction waits for another request, where the last one had more of them: senders that were answered together
/// come again together, but not at once, and a sync that they share costs less than this for each.
const GATHER: Duration = Duration::from_micros(500);
/// How often it looks meanwhile.
const GATHER_LOOK: Duration = Duration::from_micros(50);
/// Events that search may trail behind before a quiet moment is used to catch up.
const SEARCH_STEP: usize = 512;

pub(crate) type Reply<T> = oneshot::Sender<Result<T, Failure>>;

/// One thing for the writer to do.
pub(crate) enum Job {
    Command(Box<Command>, Reply<Committed>),
    Ingest(Box<Ingest>, Reply<Ingested>),
    Lapse(Vec<(SourceName, String)>, Reply<()>),
    Alone(Box<dyn FnOnce(&mut Writer) + Send>),
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
    /// Machines' jobs that the last transaction had.
    pub together: usize,
    /// Machines' jobs whose transaction one of them spoiled: each gets one of its own.
    pub again: VecDeque<Job>,
}

/// Starts the writer's thread; it ends when both lanes are closed or stopping is told and nothing waits.
pub(crate) fn spawn(mut desk: Desk, mut lanes: Lanes) -> Result<std::thread::JoinHandle<()>, Failure> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(|fault| Failure::NotSaved(fault.to_string()))?;
    std::thread::Builder::new()
        .name("muster-writer".into())
        .spawn(move || {
            loop {
                if let Ok(job) = lanes.people.try_recv() {
                    desk.turn(job, &mut lanes);
                    continue;
                }
                if desk.one_again() {
                    continue;
                }
                match runtime.block_on(async { tokio::time::timeout(IDLE, next(&mut lanes)).await }) {
                    Ok(Some(job)) => desk.turn(job, &mut lanes),
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

/// The next job of a machine, as long as no person waits; waits a moment for it where `more_are_due`.
fn next_machine(lanes: &mut Lanes, more_are_due: bool) -> Option<Job> {
    let begun = Instant::now();
    while lanes.people.is_empty() {
        match lanes.machines.try_recv() {
            Ok(job) => return Some(job),
            Err(mpsc::error::TryRecvError::Empty) if more_are_due && begun.elapsed() < GATHER => std::thread::sleep(GATHER_LOOK),
            Err(mpsc::error::TryRecvError::Empty | mpsc::error::TryRecvError::Disconnected) => return None,
        }
    }
    None
}

impl Desk {
    fn turn(&mut self, job: Job, lanes: &mut Lanes) {
        match job {
            Job::Alone(work) => self.alone(work),
            Job::Command(..) => self.people(job, lanes),
            Job::Ingest(..) | Job::Lapse(..) => self.machines(job, lanes),
        }
        self.keep_house();
    }

    fn people(&mut self, first: Job, lanes: &mut Lanes) {
        let mut alone = None;
        self.write(first, || match lanes.people.try_recv() {
            Ok(Job::Alone(work)) => {
                alone = Some(work);
                None
            }
            Ok(job) => Some(job),
            Err(_) => None,
        });
        if let Some(work) = alone {
            self.alone(work);
        }
        // Machines have their turn in between, however much people do.
        if !self.one_again()
            && let Ok(job) = lanes.machines.try_recv()
        {
            self.machines(job, lanes);
        }
    }

    fn machines(&mut self, first: Job, lanes: &mut Lanes) {
        let (due, mut taken) = (self.together, 1);
        self.write(first, || {
            let job = next_machine(lanes, taken < due)?;
            taken += 1;
            Some(job)
        });
        self.together = taken;
    }

    /// Tries one of the jobs that were in a spoiled transaction; whether there was one.
    fn one_again(&mut self) -> bool {
        let Some(job) = self.again.pop_front() else { return false };
        self.write(job, || None);
        self.keep_house();
        true
    }

    fn alone(&mut self, work: Box<dyn FnOnce(&mut Writer) + Send>) {
        work(&mut self.writer);
        self.tell_home();
    }

    /// Housekeeping after the answers: what a flood wrote gets its names, and goes from the log into the file.
    fn keep_house(&mut self) {
        if let Err(fault) = self.writer.name_alerts_if_many() {
            tracing::warn!(%fault, "names of alerts");
        }
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

    pub(crate) fn tell_health(&self, not_saving: Option<String>, clock: Option<String>) {
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
