//! What runs by itself: due notices and posts, clocks, alerts that lapse, the daily backup. Wall clock only: the loop looks at it at
//! least every five seconds, for a sleeping machine stops every other clock.

use crate::Engine;
use crate::command::{Act, Command};
use crate::hearing;
use crate::outbox::{Hand, Outbox};
use crate::ports::{Hands, Network};
use crate::writer::Job;
use domain::{Entry, Timestamp, Via};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// Longest time between two looks at the wall clock (ms).
const LOOK_MS: i64 = 5_000;
/// Time between two looks at what is due and could not be carried out (ms).
const STUCK_MS: i64 = 1_000;
/// Commits within this are looked at together; nobody feels a notice come this much later.
const BURST: Duration = Duration::from_millis(30);
/// After a start, sleep or a cut, sources get this long to be heard before anything lapses (5 min, Alertmanager's default
/// resolve timeout).
const GRACE_MS: i64 = 5 * 60_000;
/// Incidents whose clocks are told in one round.
const WAKES: usize = 256;
/// Alerts that lapse in one transaction.
const LAPSES: usize = 256;
/// A backup is made once a day.
const BACKUP_EVERY_MS: i64 = 24 * 60 * 60 * 1000;
/// Automatic backups kept: two weeks.
const BACKUPS_KEPT: usize = 14;

/// Starts the duties.
pub(crate) fn spawn(
    engine: &Engine,
    hands: Hands,
    network: Option<Arc<dyn Network>>,
    backups: Option<PathBuf>,
) -> Vec<tokio::task::JoinHandle<()>> {
    let mut tasks = vec![
        task(wheel(engine.clone(), Outbox::new(engine.clone(), Hand::Desktop(hands.notifier)))),
        task(posts(engine.clone(), Outbox::new(engine.clone(), Hand::Channels(hands.poster)))),
        task(hearing::listen(engine.clone(), network)),
    ];
    if let Some(folder) = backups {
        tasks.push(task(daily_backup(engine.clone(), folder)));
    }
    tasks
}

#[expect(clippy::disallowed_methods, reason = "the one place that starts tasks; the engine joins them when it stops")]
fn task(work: impl Future<Output = ()> + Send + 'static) -> tokio::task::JoinHandle<()> {
    tokio::spawn(work)
}

async fn wheel(engine: Engine, outbox: Outbox) {
    let mut stopping = engine.shared.stopping.subscribe();
    let mut changes = engine.feed().follow();
    // What turned while nobody looked is judged with the first look.
    let mut turned = None;
    outbox.after_start().await;
    if let Err(fault) = machine(&engine, Act::Rearm).await {
        tracing::warn!(%fault, "clocks after a start");
    }
    loop {
        let now = engine.now();
        ring_due(&engine, now).await;
        hushes_due(&engine, now, &mut turned).await;
        outbox.run_due(now).await;
        if may_lapse(&engine, now) {
            lapse_due(&engine, now).await;
        }
        let kinds = outbox.kinds();
        let due = engine.read(move |reader| reader.next_due(kinds)).await.ok().flatten();
        let turns = engine.home().quiet_turns(now);
        let pause = pause([due, turns].into_iter().flatten().min(), now);
        let changed = tokio::select! {
            () = tokio::time::sleep(pause) => false,
            _ = changes.recv() => true,
            _ = stopping.wait_for(|stop| *stop) => break,
        };
        if changed {
            settle(&mut changes).await;
        }
    }
}

/// Posts go by themselves: a tool that takes its time to answer keeps no clock and no notice back.
async fn posts(engine: Engine, outbox: Outbox) {
    let mut stopping = engine.shared.stopping.subscribe();
    let mut changes = engine.feed().follow();
    outbox.after_start().await;
    loop {
        let now = engine.now();
        outbox.run_due(now).await;
        let kinds = outbox.kinds();
        let due = engine.read(move |reader| reader.next_effect(kinds)).await.ok().flatten();
        let changed = tokio::select! {
            () = tokio::time::sleep(pause(due, now)) => false,
            _ = changes.recv() => true,
            _ = stopping.wait_for(|stop| *stop) => break,
        };
        if changed {
            settle(&mut changes).await;
        }
    }
}

/// Whether silence means anything now. A machine that is cut off hears nobody, and lets nothing lapse for it.
fn may_lapse(engine: &Engine, now: Timestamp) -> bool {
    engine.home().cut_off.is_none() && now.since(engine.able_since()) >= GRACE_MS
}

/// Tells clocks that have run on, however long nobody looked: what passed meanwhile is told once.
async fn ring_due(engine: &Engine, now: Timestamp) {
    let due = match engine.read(move |reader| reader.due_wakes(now, WAKES)).await {
        Ok(due) => due,
        Err(fault) => return tracing::warn!(%fault, "due clocks"),
    };
    for incident in due {
        if let Err(fault) = machine(engine, Act::Ring(incident)).await {
            tracing::warn!(%fault, "a clock");
        }
    }
}

/// Judges anew what was silent for a reason that has passed. `turned` is when the home's quiet last turned, as far as it
/// was looked at.
async fn hushes_due(engine: &Engine, now: Timestamp, turned: &mut Option<Timestamp>) {
    let home = engine.home();
    let anything = !home.quiet.is_empty() || home.alert_rules.quiet_until().is_some();
    let quiet_turned = anything && turned.is_none_or(|before| home.quiet_turns(before).is_some_and(|turn| turn <= now));
    *turned = Some(now);
    if quiet_turned && let Err(fault) = machine(engine, Act::QuietsTurn).await {
        tracing::warn!(%fault, "quiets that turn");
    }
    match engine.read(move |reader| reader.passed_hushes(now, WAKES)).await {
        Ok(groups) if groups.is_empty() => {}
        Ok(groups) => {
            if let Err(fault) = machine(engine, Act::JudgeAnew(groups)).await {
                tracing::warn!(%fault, "groups to be judged anew");
            }
        }
        Err(fault) => tracing::warn!(%fault, "reasons that have passed"),
    }
}

async fn machine(engine: &Engine, act: Act) -> Result<crate::Committed, crate::Failure> {
    engine.submit(Command { entry: Entry::machine("muster", Via::Timer), occurred_at: None, once: None, act }).await
}

/// Lets a burst of commits pass as one: looking after each would cost a flood as much as the flood itself.
pub(crate) async fn settle(changes: &mut tokio::sync::broadcast::Receiver<Arc<crate::Change>>) {
    tokio::time::sleep(BURST).await;
    *changes = changes.resubscribe();
}

fn pause(due: Option<Timestamp>, now: Timestamp) -> Duration {
    // What is due and still there could not be read or settled just now, or will be told of by a commit.
    let millis = due.map_or(LOOK_MS, |due| if due <= now { STUCK_MS } else { due.since(now).max(20) });
    Duration::from_millis(millis.min(LOOK_MS) as u64)
}

async fn lapse_due(engine: &Engine, now: Timestamp) {
    let due = match engine.read(move |reader| reader.due_lapses(now, LAPSES)).await {
        Ok(due) if due.is_empty() => return,
        Ok(due) => due,
        Err(fault) => return tracing::warn!(%fault, "due lapses"),
    };
    let (reply, answer) = oneshot::channel();
    if engine.shared.machines.send(Job::Lapse(due, reply)).await.is_ok()
        && let Ok(Err(fault)) = answer.await
    {
        tracing::warn!(%fault, "lapse");
    }
}

async fn daily_backup(engine: Engine, folder: PathBuf) {
    let mut stopping = engine.shared.stopping.subscribe();
    loop {
        let now = engine.now();
        let newest = store::backups::list(&folder).into_iter().map(|backup| backup.at).max();
        if newest.is_none_or(|newest| now.since(newest) >= BACKUP_EVERY_MS || newest > now) && engine.feed().seq() > 0 {
            let file = folder.join(store::backups::name(now));
            match engine.with_writer(move |writer| writer.backup_to(&file)).await {
                Ok(_) => store::backups::prune(&folder, BACKUPS_KEPT),
                Err(fault) => tracing::warn!(%fault, "daily backup"),
            }
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(60)) => {}
            _ = stopping.wait_for(|stop| *stop) => break,
        }
    }
}
