//! One subscription at the caller's end: pushes that its reader has not taken yet become one, so that a slow reader
//! holds up neither the socket nor the memory.

use crate::dto::Pushed;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, mpsc};

/// Tags gathered for a reader that is behind; beyond it "everything" is shorter.
const TAGS: usize = 256;

#[derive(Default)]
struct Behind {
    push: Option<Pushed>,
    ended: bool,
}

pub(super) struct Follower {
    behind: Mutex<Behind>,
    wake: Notify,
}

impl Follower {
    /// Starts to pass on pushes; when the reader is dropped, `leave` is sent to the owner.
    #[expect(clippy::disallowed_methods, reason = "the task ends with its reader, or with the connection")]
    pub fn start(unsent: mpsc::Sender<Vec<u8>>, leave: Vec<u8>) -> (Arc<Self>, mpsc::Receiver<Pushed>) {
        let (sender, receiver) = mpsc::channel(1);
        let follower = Arc::new(Self { behind: Mutex::default(), wake: Notify::new() });
        tokio::spawn(pass_on(follower.clone(), sender, unsent, leave));
        (follower, receiver)
    }

    pub fn push(&self, push: Pushed) {
        let mut behind = self.lock();
        behind.push = Some(match behind.push.take() {
            Some(earlier) => merge(earlier, push),
            None => push,
        });
        drop(behind);
        self.wake.notify_one();
    }

    pub fn end(&self) {
        self.lock().ended = true;
        self.wake.notify_one();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Behind> {
        self.behind.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn next(&self) -> Option<Pushed> {
        loop {
            {
                let mut behind = self.lock();
                if let Some(push) = behind.push.take() {
                    return Some(push);
                }
                if behind.ended {
                    return None;
                }
            }
            self.wake.notified().await;
        }
    }
}

async fn pass_on(follower: Arc<Follower>, reader: mpsc::Sender<Pushed>, unsent: mpsc::Sender<Vec<u8>>, leave: Vec<u8>) {
    loop {
        // A place is taken first: what comes while the reader is busy is merged.
        let place = tokio::select! { place = reader.reserve() => place, () = reader.closed() => break };
        let Ok(place) = place else { break };
        match tokio::select! { push = follower.next() => push, () = reader.closed() => break } {
            Some(push) => place.send(push),
            None => return,
        }
    }
    drop(unsent.send(leave).await);
}

fn merge(earlier: Pushed, later: Pushed) -> Pushed {
    let tags: BTreeSet<String> = earlier.tags.into_iter().chain(later.tags).collect();
    let tags = if tags.len() > TAGS { vec!["*".to_owned()] } else { tags.into_iter().collect() };
    Pushed { seq: earlier.seq.max(later.seq), tags }
}
