//! Who waits for which answer at the caller's end. Once the owner is gone, nobody waits any more.

use super::follower::Follower;
use super::wire::{Telling, Told};
use crate::{ApiError, Code};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// What a call comes to.
pub(super) type Reply = Result<serde_json::Value, ApiError>;

#[derive(Default)]
pub(super) struct Desk(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    closed: bool,
    last: u64,
    calls: HashMap<u64, oneshot::Sender<Reply>>,
    follows: HashMap<u64, Arc<Follower>>,
}

impl Desk {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn is_open(&self) -> bool {
        !self.lock().closed
    }

    pub fn new_call(&self) -> Result<(u64, oneshot::Receiver<Reply>), ApiError> {
        let mut waiting = self.lock();
        if waiting.closed {
            return Err(gone());
        }
        waiting.last += 1;
        let id = waiting.last;
        let (sender, receiver) = oneshot::channel();
        waiting.calls.insert(id, sender);
        Ok((id, receiver))
    }

    pub fn forget_call(&self, id: u64) {
        self.lock().calls.remove(&id);
    }

    pub fn add_follower(&self, id: u64, follower: Arc<Follower>) {
        let mut waiting = self.lock();
        if waiting.closed {
            follower.end();
        } else {
            waiting.follows.insert(id, follower);
        }
    }

    pub fn end_follower(&self, id: u64) {
        if let Some(follower) = self.lock().follows.remove(&id) {
            follower.end();
        }
    }

    /// Hands an answer to whoever waits for it.
    pub fn hand_over(&self, told: Told) {
        let reply = match told.what {
            Telling::Answer(value) => Ok(value),
            Telling::Error(error) => Err(error),
            Telling::Push(push) => {
                if let Some(follower) = self.lock().follows.get(&told.id) {
                    follower.push(push);
                }
                return;
            }
            Telling::End {} => return self.end_follower(told.id),
        };
        if let Some(call) = self.lock().calls.remove(&told.id) {
            drop(call.send(reply));
        }
    }

    /// The owner is gone: whoever waits learns it now.
    pub fn close(&self) {
        let mut waiting = self.lock();
        waiting.closed = true;
        waiting.calls.clear();
        waiting.follows.drain().for_each(|(_, follower)| follower.end());
    }
}

pub(super) fn gone() -> ApiError {
    ApiError::new(Code::HomeBusy, "The Muster that owned this home has ended.").hint("Try again.")
}

pub(super) fn lost() -> ApiError {
    ApiError::new(Code::HomeBusy, "The Muster that owns this home ended before it answered.")
        .hint("Look whether it is on record before you try again.")
}
