//! One transaction of the writer: its jobs are carried out, all of it goes to the disk, and then everybody is answered. A
//! person's job that is refused leaves no trace; a machine's that fails takes its transaction with it, and each of those
//! in it is tried again by itself; a commit that fails leaves nothing of any.

use crate::carry_out::{self, Work};
use crate::command::{Command, Committed, Ingest, Ingested};
use crate::failure::Failure;
use crate::feed::Change;
use crate::ingest;
use crate::writer::{Desk, Job, Reply};
use domain::{SourceName, Timestamp};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{Batch, StoreError};

/// Time that one transaction may gather work. A person who comes meanwhile waits for the request that is under way and for
/// the commit, not for the rest of this; what it limits is the commit, which takes about as long.
const BATCH_TIME: Duration = Duration::from_millis(20);

/// A job that was carried out and waits for the commit.
enum Waiting {
    Command(Reply<Committed>, Result<Committed, Failure>),
    Ingest(Box<Ingest>, Reply<Ingested>, Result<Ingested, Failure>),
    Lapse(Vec<(SourceName, String)>, Reply<()>, Result<(), Failure>),
}

impl Waiting {
    /// Whether it may have left something half done.
    fn spoils(&self) -> bool {
        match self {
            Self::Command(..) => false,
            Self::Ingest(_, _, result) => result.is_err(),
            Self::Lapse(_, _, result) => result.is_err(),
        }
    }

    /// The disk's own fault, where that is why the job failed.
    fn fault(&self) -> Option<String> {
        let failure = match self {
            Self::Command(_, result) => result.as_ref().err(),
            Self::Ingest(_, _, result) => result.as_ref().err(),
            Self::Lapse(_, _, result) => result.as_ref().err(),
        };
        match failure {
            Some(Failure::Store(fault)) => Some(fault.to_string()),
            Some(_) | None => None,
        }
    }

    /// The job itself, to be tried again. A person's is not: it was undone alone.
    fn job(self) -> Option<Job> {
        match self {
            Self::Command(..) => None,
            Self::Ingest(sent, reply, _) => Some(Job::Ingest(sent, reply)),
            Self::Lapse(due, reply, _) => Some(Job::Lapse(due, reply)),
        }
    }
}

/// How a transaction ended.
enum Ended {
    OnDisk,
    /// Given up: its last job spoiled it.
    Spoiled,
}

impl Desk {
    /// Writes `first` and what `more` brings, as long as there is time, and answers.
    pub(crate) fn write(&mut self, first: Job, mut more: impl FnMut() -> Option<Job>) {
        let now = self.clock.now();
        let clock = self.writer.last_hlc().jumped(now).then(|| clock_sentence(self.writer.last_hlc().millis()));
        let mut home = self.home.borrow().clone();
        let (mut tags, mut erased) = (BTreeSet::new(), false);
        let mut waiting: Vec<Waiting> = vec![];
        let mut next = Some(first);
        let begun = Instant::now();
        let outcome = self.writer.batch().and_then(|mut batch| {
            while let Some(job) = next.take() {
                let mut work =
                    Work { now, entropy: &*self.entropy, home: &mut home, tags: &mut tags, erased: &mut erased, told: BTreeSet::new() };
                let done = run(&mut batch, &mut work, job);
                let spoiled = done.spoils();
                waiting.push(done);
                if spoiled {
                    return Ok(Ended::Spoiled);
                }
                next = if begun.elapsed() < BATCH_TIME { more() } else { None };
            }
            batch.commit().map(|()| Ended::OnDisk)
        });
        if let (Ok(Ended::Spoiled), true) = (&outcome, waiting.len() > 1) {
            self.again.extend(waiting.into_iter().filter_map(Waiting::job));
            return;
        }
        let on_disk = matches!(outcome, Ok(Ended::OnDisk));
        let fault = outcome.err();
        if let Some(fault) = &fault {
            tracing::error!(%fault, "commit");
        }
        let job_fault = waiting.iter().find_map(Waiting::fault);
        self.tell_health(fault.as_ref().map(ToString::to_string).or(job_fault), clock);
        if on_disk {
            if !Arc::ptr_eq(&home, &self.home.borrow()) {
                self.home.send_replace(home);
            }
            if erased && let Err(fault) = self.writer.checkpoint_truncate() {
                tracing::error!(%fault, "checkpoint after a redaction");
            }
        }
        // Before the answers: who was answered may ask at once how far the ledger is.
        self.feed.advance(self.writer.seq());
        answer(waiting, fault.as_ref());
        if let (Some(job), Some(fault)) = (next, &fault) {
            // Not even begun.
            refuse(job, fault);
        }
        if on_disk && !tags.is_empty() {
            self.feed.tell(Change { seq: self.writer.seq(), tags });
        }
    }
}

fn run(batch: &mut Batch<'_>, work: &mut Work<'_>, job: Job) -> Waiting {
    match job {
        Job::Command(command, reply) => Waiting::Command(reply, command_of_its_own(batch, work, *command)),
        Job::Ingest(sent, reply) => {
            let result = with_clocks(batch, work, |batch, work| ingest::take_in(batch, work, &sent));
            Waiting::Ingest(sent, reply, result)
        }
        Job::Lapse(due, reply) => {
            let result = with_clocks(batch, work, |batch, work| ingest::lapse(batch, work, &due));
            Waiting::Lapse(due, reply, result)
        }
        Job::Alone(_) => unreachable!("lone work is never gathered into a transaction"),
    }
}

/// A job, after which the clocks of all incidents that it did anything to are looked at: a rule's declaration has some too.
fn with_clocks<T>(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    job: impl FnOnce(&mut Batch<'_>, &mut Work<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let done = job(batch, work)?;
    carry_out::arm(batch, work)?;
    Ok(done)
}

fn command_of_its_own(batch: &mut Batch<'_>, work: &mut Work<'_>, command: Command) -> Result<Committed, Failure> {
    let kept = work.keep();
    let result = batch.savepoint(|batch| with_clocks(batch, work, |batch, work| carry_out::carry_out(batch, work, command)));
    if result.is_err() {
        work.restore(kept);
    }
    result
}

fn answer(waiting: Vec<Waiting>, fault: Option<&StoreError>) {
    let not_saved = || fault.map(|fault| Failure::NotSaved(fault.to_string()));
    for waits in waiting {
        match waits {
            Waiting::Command(reply, result) => drop(reply.send(not_saved().map_or(result, Err))),
            Waiting::Ingest(_, reply, result) => drop(reply.send(not_saved().map_or(result, Err))),
            Waiting::Lapse(_, reply, result) => drop(reply.send(not_saved().map_or(result, Err))),
        }
    }
}

/// Where not even the transaction could begin, nobody waits for ever.
fn refuse(job: Job, fault: &StoreError) {
    match job {
        Job::Command(_, reply) => drop(reply.send(Err(Failure::NotSaved(fault.to_string())))),
        Job::Ingest(_, reply) => drop(reply.send(Err(Failure::NotSaved(fault.to_string())))),
        Job::Lapse(_, reply) => drop(reply.send(Err(Failure::NotSaved(fault.to_string())))),
        Job::Alone(_) => {}
    }
}

fn clock_sentence(last_millis: u64) -> String {
    let last = Timestamp(last_millis as i64);
    format!(
        "This machine's clock differs by more than a day from the last entry ({last}). Order is kept; shown times may be wrong until it is set."
    )
}
