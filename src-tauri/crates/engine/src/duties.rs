//! What runs by itself: due notices, alerts that lapse, the daily backup. Wall clock only: the loop looks at it at
//! least every five seconds, for a sleeping machine stops every other clock.

use crate::Engine;
use crate::outbox::Outbox;
use crate::ports::Notifier;
use crate::writer::Job;
use domain::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// Longest time between two looks at the wall clock.
const LOOK: Duration = Duration::from_secs(5);
/// Commits within this are looked at together; nobody feels a notice come this much later.
const BURST: Duration = Duration::from_millis(30);
/// A gap between two looks beyond this means that the machine slept (ms).
const SLEPT_MS: i64 = 60_000;
/// After sleep, sources get this long to be heard before anything lapses (5 min, Alertmanager's default resolve timeout).
const GRACE_MS: i64 = 5 * 60_000;
/// Alerts that lapse in one transaction.
const LAPSES: usize = 256;
/// A backup is made once a day.
const BACKUP_EVERY_MS: i64 = 24 * 60 * 60 * 1000;
/// Automatic backups kept: two weeks.
const BACKUPS_KEPT: usize = 14;

/// Starts the duties.
pub(crate) fn spawn(engine: &Engine, notifier: Option<Arc<dyn Notifier>>, backups: Option<PathBuf>) -> Vec<tokio::task::JoinHandle<()>> {
    let mut tasks = vec![task(wheel(engine.clone(), notifier.map(|notifier| Outbox::new(engine.clone(), notifier))))];
    if let Some(folder) = backups {
        tasks.push(task(daily_backup(engine.clone(), folder)));
    }
    tasks
}

#[expect(clippy::disallowed_methods, reason = "the one place that starts tasks; the engine joins them when it stops")]
fn task(work: impl Future<Output = ()> + Send + 'static) -> tokio::task::JoinHandle<()> {
    tokio::spawn(work)
}

async fn wheel(engine: Engine, outbox: Option<Outbox>) {
    let mut stopping = engine.shared.stopping.subscribe();
    let mut changes = engine.feed().follow();
    let mut looked = engine.now();
    let mut grace_until = looked.plus_millis(GRACE_MS);
    if let Some(outbox) = &outbox {
        outbox.after_start().await;
    }
    loop {
        let now = engine.now();
        if now.since(looked) > SLEPT_MS || now < looked {
            grace_until = now.plus_millis(GRACE_MS);
        }
        looked = now;
        if let Some(outbox) = &outbox {
            outbox.run_due(now).await;
        }
        if now >= grace_until {
            lapse_due(&engine, now).await;
        }
        let pause = pause(&engine, now).await;
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

/// Lets a burst of commits pass as one: looking after each would cost a flood as much as the flood itself.
async fn settle(changes: &mut tokio::sync::broadcast::Receiver<Arc<crate::Change>>) {
    tokio::time::sleep(BURST).await;
    *changes = changes.resubscribe();
}

async fn pause(engine: &Engine, now: Timestamp) -> Duration {
    let due = engine.read(|reader| reader.next_due()).await.ok().flatten();
    let millis = due.map_or(LOOK.as_millis() as i64, |due| due.since(now));
    Duration::from_millis(millis.clamp(20, LOOK.as_millis() as i64) as u64)
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
