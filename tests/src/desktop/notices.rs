//! A notification daemon that keeps what it was told: exact where a real one only draws.
//!
//! It owns `org.freedesktop.Notifications` on the private bus and can do what a person does: press a button, close a notice.

use crate::wait;
use anyhow::{Context, Result};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use zbus::object_server::SignalEmitter;

use zbus::{Connection, OwnedVariant, interface};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// How loud the sender wants to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Urgency {
    Low,
    Normal,
    Critical,
}

/// One call of `Notify`.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The id we answered with; the same as `replaces` where that names a notice that is shown.
    pub id: u32,
    /// The notice it takes the place of; 0 for a new one.
    pub replaces: u32,
    pub title: String,
    pub body: String,
    /// Key and label of each button, `default` being the click on the notice itself.
    pub actions: Vec<(String, String)>,
    pub urgency: Urgency,
    /// Whether it stays after a button was pressed.
    pub resident: bool,
    /// Name of its sound; none where the sender asks for silence or says nothing.
    pub sound: Option<String>,
    /// Milliseconds until it goes by itself: 0 never, -1 as the daemon likes.
    pub timeout: i32,
}

impl Heard {
    /// Key of the button with this label.
    pub fn button(&self, label: &str) -> Result<&str> {
        let labels: Vec<&str> = self.actions.iter().map(|(_, label)| label.as_str()).collect();
        let found = self.actions.iter().find(|(_, shown)| shown == label);
        Ok(&found.with_context(|| format!("the notice \"{}\" has no button {label}, but {labels:?}", self.title))?.0)
    }
}

#[derive(Debug, Default)]
struct Board {
    last: u32,
    heard: Vec<Heard>,
    shown: Vec<u32>,
}

/// The daemon; dropping it gives the name back.
#[derive(Debug)]
pub struct Notices {
    connection: Connection,
    board: Arc<Mutex<Board>>,
}

impl Notices {
    /// Takes the name on the bus at this address.
    pub async fn start(bus: &str) -> Result<Self> {
        let board = Arc::new(Mutex::new(Board::default()));
        let daemon = Daemon { board: board.clone() };
        let connection = zbus::connection::Builder::address(bus).serve_at(PATH, daemon).build().await.context("reach the private bus")?;
        let notices = Self { connection, board };
        notices.listen().await?;
        Ok(notices)
    }

    /// Everything heard so far, oldest first.
    pub fn heard(&self) -> Vec<Heard> {
        board(&self.board).heard.clone()
    }

    /// The notices that a person would see now, in their last form.
    pub fn shown(&self) -> Vec<Heard> {
        let board = board(&self.board);
        board.shown.iter().filter_map(|id| board.heard.iter().rev().find(|heard| heard.id == *id)).cloned().collect()
    }

    /// Waits for a notice that fits, among those heard after the first `known`.
    pub async fn wait(&self, what: &str, known: usize, limit: Duration, fits: impl Fn(&Heard) -> bool) -> Result<Heard> {
        let found = wait::until(what, limit, async || Ok(self.heard().into_iter().skip(known).find(&fits))).await;
        found.with_context(|| format!("notices heard: {:#?}", self.heard().iter().skip(known).collect::<Vec<_>>()))
    }

    /// Presses the button with this label, as a person would; a notice that is not resident closes.
    pub async fn press(&self, notice: &Heard, label: &str) -> Result<()> {
        let emitter = SignalEmitter::new(&self.connection, PATH)?;
        Daemon::action_invoked(&emitter, notice.id, notice.button(label)?).await?;
        if !notice.resident {
            self.close(notice).await?;
        }
        Ok(())
    }

    /// Closes a notice, as a person would.
    pub async fn close(&self, notice: &Heard) -> Result<()> {
        board(&self.board).shown.retain(|id| *id != notice.id);
        let emitter = SignalEmitter::new(&self.connection, PATH)?;
        Ok(Daemon::notification_closed(&emitter, notice.id, BY_PERSON).await?)
    }

    /// Owns the name.
    pub(super) async fn listen(&self) -> Result<()> {
        self.connection.request_name(NAME).await.context("play the notification daemon")
    }

    /// Leaves the name to a real daemon.
    pub(super) async fn step_aside(&self) -> Result<()> {
        self.connection.release_name(NAME).await?;
        Ok(())
    }
}

/// Reasons of `NotificationClosed`.
const BY_PERSON: u32 = 2;
const BY_CALL: u32 = 3;

struct Daemon {
    board: Arc<Mutex<Board>>,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Daemon {
    #[allow(clippy::too_many_arguments, reason = "the protocol's own call")]
    fn notify(
        &self,
        _app: &str,
        replaces: u32,
        _icon: &str,
        title: &str,
        body: &str,
        actions: Vec<&str>,
        hints: HashMap<&str, OwnedVariant>,
        timeout: i32,
    ) -> u32 {
        let mut board = board(&self.board);
        let known = replaces != 0 && board.shown.contains(&replaces);
        let id = if known { replaces } else { board.last + 1 };
        board.last = board.last.max(id);
        if !known {
            board.shown.push(id);
        }
        let pairs = actions.as_chunks::<2>().0.iter();
        board.heard.push(Heard {
            id,
            replaces,
            title: title.to_owned(),
            body: body.to_owned(),
            actions: pairs.map(|[key, label]| ((*key).to_owned(), (*label).to_owned())).collect(),
            urgency: urgency(hints.get("urgency")),
            resident: flag(hints.get("resident")),
            sound: if flag(hints.get("suppress-sound")) { None } else { text(hints.get("sound-name")) },
            timeout,
        });
        id
    }

    async fn close_notification(&self, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>, id: u32) -> zbus::fdo::Result<()> {
        board(&self.board).shown.retain(|shown| *shown != id);
        Ok(Self::notification_closed(&emitter, id, BY_CALL).await?)
    }

    fn get_capabilities(&self) -> Vec<&'static str> {
        vec!["actions", "body", "persistence", "sound"]
    }

    fn get_server_information(&self) -> (&'static str, &'static str, &'static str, &'static str) {
        ("muster-tests", "muster", "1", "1.2")
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;
}

fn board(board: &Mutex<Board>) -> MutexGuard<'_, Board> {
    board.lock().unwrap_or_else(PoisonError::into_inner)
}

fn urgency(hint: Option<&OwnedVariant>) -> Urgency {
    match hint.and_then(|value| u8::try_from(value).ok()) {
        Some(0) => Urgency::Low,
        Some(2) => Urgency::Critical,
        _ => Urgency::Normal,
    }
}

fn flag(hint: Option<&OwnedVariant>) -> bool {
    hint.and_then(|value| bool::try_from(value).ok()).unwrap_or(false)
}

fn text(hint: Option<&OwnedVariant>) -> Option<String> {
    hint.and_then(|value| <&str>::try_from(value).ok()).map(str::to_owned)
}
