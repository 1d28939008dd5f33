//! What the windows are told: every change of the home, and where to go. Each window has one channel, the one it opened last.

use super::HomeDoor;
use crate::caller::MAIN;
use api::dto::Pushed;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;

/// Tag that sends a window to an incident (`open:INC-7K3F`) or to Watch (`open:watch`). The shell's own: it never
/// comes from a home.
const OPEN: &str = "open:";

struct Listener {
    channel: Channel<Pushed>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Board {
    listeners: HashMap<String, Listener>,
    // Where a window goes once it listens.
    waiting: HashMap<String, String>,
}

/// The windows' subscriptions.
pub struct Pushes {
    door: Arc<HomeDoor>,
    board: Mutex<Board>,
}

impl Pushes {
    /// Nobody listens yet.
    pub fn new(door: Arc<HomeDoor>) -> Self {
        Self { door, board: Mutex::default() }
    }

    /// Sends a window every change after `since`, until it subscribes again or is gone.
    pub fn follow(&self, label: &str, since: u64, channel: Channel<Pushed>) {
        let (door, sender) = (self.door.clone(), channel.clone());
        let task = tauri::async_runtime::spawn(async move { door.follow(since, |push| sender.send(push).is_ok()).await });
        let mut board = self.board();
        if let Some(place) = board.waiting.remove(label) {
            drop(channel.send(to(&place)));
        }
        if let Some(earlier) = board.listeners.insert(label.to_owned(), Listener { channel, task }) {
            earlier.task.abort();
        }
    }

    /// Sends the main window somewhere: an incident, or `watch`. Where it does not listen yet, as soon as it does.
    pub fn go(&self, place: &str) {
        self.send(MAIN, place);
    }

    /// Sends any window somewhere.
    pub fn send(&self, label: &str, place: &str) {
        let mut board = self.board();
        let sent = board.listeners.get(label).is_some_and(|listener| listener.channel.send(to(place)).is_ok());
        if !sent {
            board.waiting.insert(label.to_owned(), place.to_owned());
        }
    }

    /// Tells every window that something of this machine's own has changed, which no commit tells.
    pub fn touch(&self, tag: &str) {
        for listener in self.board().listeners.values() {
            drop(listener.channel.send(Pushed { seq: 0, tags: vec![tag.to_owned()] }));
        }
    }

    /// A window's page is gone or loads anew: it will subscribe again.
    pub fn forget(&self, label: &str) {
        if let Some(listener) = self.board().listeners.remove(label) {
            listener.task.abort();
        }
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Carries no change, so no number: the client keeps the highest it saw.
fn to(place: &str) -> Pushed {
    Pushed { seq: 0, tags: vec![format!("{OPEN}{place}")] }
}
