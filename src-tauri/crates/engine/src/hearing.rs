//! Listens to its own hearing: sources that should have spoken, and a network that is gone. What it finds comes in at the
//! top like everything else.

use crate::Engine;
use crate::command::{Act, Command};
use crate::ports::Network;
use domain::home::{self, Heard};
use domain::{Entry, SourceName, Timestamp, Via};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// Time between two looks (ms): a cable that is pulled is said within a breath.
const LOOK_MS: u64 = 5_000;

/// Looks until the engine stops.
pub(crate) async fn listen(engine: Engine, network: Option<Arc<dyn Network>>) {
    let mut stopping = engine.shared.stopping.subscribe();
    let mut changes = engine.feed().follow();
    loop {
        look(&engine, network.as_deref()).await;
        let changed = tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(LOOK_MS)) => false,
            _ = changes.recv() => true,
            _ = stopping.wait_for(|stop| *stop) => break,
        };
        if changed {
            crate::duties::settle(&mut changes).await;
        }
    }
}

async fn look(engine: &Engine, network: Option<&dyn Network>) {
    let (able_since, home, now) = (engine.able_since(), engine.home(), engine.now());
    let last = match engine.read(store::Reader::source_stats).await {
        Ok(stats) => stats,
        Err(fault) => return tracing::warn!(%fault, "what was heard"),
    };
    let last: BTreeMap<SourceName, Timestamp> = last.into_iter().filter_map(|(name, stats)| Some((name, stats.last_heard_at?))).collect();
    let heard = Heard { last: &last, online: network.and_then(Network::online), able_since };
    for event in home::hearing(&home, &heard, now) {
        let entry = Entry::machine("muster", Via::Timer);
        if let Err(fault) = engine.submit(Command { entry, occurred_at: None, once: None, act: Act::Home(event) }).await {
            tracing::warn!(%fault, "what is not heard");
        }
    }
}
