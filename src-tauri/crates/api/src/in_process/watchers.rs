//! Pushes: what was missed first, then every commit, bursts coalesced to one frame.

use crate::dto::Pushed;
use engine::{Engine, Tag};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::{broadcast, mpsc};

/// Pushes that a watcher may leave unread before it is coalesced further.
const UNREAD: usize = 16;
/// One frame at 60 Hz: changes within it are one push.
const FRAME: Duration = Duration::from_millis(16);
/// What a watcher that missed something must look at again.
const EVERYTHING: [&str; 7] = ["home", "watch", "incidents", "alerts", "people", "sources", "settings"];

/// Follows the engine's feed after `since`. Ends when the engine or the watcher does.
#[expect(clippy::disallowed_methods, reason = "the task ends with its watcher or with the engine's feed")]
pub(super) fn follow(engine: &Engine, since: u64) -> mpsc::Receiver<Pushed> {
    let (sender, receiver) = mpsc::channel(UNREAD);
    let mut feed = engine.feed().follow();
    let seq = engine.feed().seq();
    let feed_handle = engine.feed().clone();
    tokio::spawn(async move {
        if seq != since && sender.send(everything(seq)).await.is_err() {
            return;
        }
        loop {
            let mut push = match tokio::select! { change = feed.recv() => change, () = sender.closed() => return } {
                Ok(change) => Gathered { seq: change.seq, tags: change.tags.clone(), missed: false },
                Err(broadcast::error::RecvError::Lagged(_)) => Gathered { seq: feed_handle.seq(), tags: BTreeSet::new(), missed: true },
                Err(broadcast::error::RecvError::Closed) => return,
            };
            tokio::time::sleep(FRAME).await;
            push.take_rest(&mut feed);
            if sender.send(push.into_push()).await.is_err() {
                return;
            }
        }
    });
    receiver
}

fn everything(seq: u64) -> Pushed {
    Pushed { seq, tags: std::iter::once("*").chain(EVERYTHING).map(str::to_owned).collect() }
}

struct Gathered {
    seq: u64,
    tags: BTreeSet<Tag>,
    missed: bool,
}

impl Gathered {
    fn take_rest(&mut self, feed: &mut broadcast::Receiver<std::sync::Arc<engine::Change>>) {
        loop {
            match feed.try_recv() {
                Ok(change) => {
                    self.seq = self.seq.max(change.seq);
                    self.tags.extend(change.tags.iter().copied());
                }
                Err(broadcast::error::TryRecvError::Lagged(_)) => self.missed = true,
                Err(broadcast::error::TryRecvError::Empty | broadcast::error::TryRecvError::Closed) => return,
            }
        }
    }

    fn into_push(self) -> Pushed {
        if self.missed { everything(self.seq) } else { Pushed { seq: self.seq, tags: self.tags.iter().map(ToString::to_string).collect() } }
    }
}
