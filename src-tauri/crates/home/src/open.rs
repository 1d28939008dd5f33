//! Opens a home: as its owner where nobody else is, else as a guest of the one who is.

use crate::folder::Rooms;
use crate::guest::Guest;
use crate::lock::{self, Reached};
use crate::owner::Owner;
use crate::secrets::Place;
use crate::{Machine, Ports, VERSION, config};
use api::dto::OpenWindow;
use api::socket::{Address, ConnectError, OwnerKind, Remote};
use api::{ApiError, Backend, Code, Desktop, Request};
use engine::Engine;
use engine::ports::Notifier;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Time that another owner gets to end, or to answer, before the home counts as busy.
const PATIENCE: Duration = Duration::from_secs(5);
/// Pause between two looks at the lock: a command that owns the home is done within a few of them.
const LOOK: Duration = Duration::from_millis(20);

/// How to open a home.
#[derive(Clone)]
pub struct Options {
    /// Its folder; made where it does not exist.
    pub folder: PathBuf,
    /// What kind of owner this process would be. A command runs no timers, outbox or listener.
    pub role: OwnerKind,
    /// Listen here whatever `config.toml` says.
    pub listen: Option<String>,
    /// Speak TLS there even where `config.toml` does not ask for it.
    pub tls: bool,
    /// Hands to show notices.
    pub notifier: Option<Arc<dyn Notifier>>,
    /// Where secrets are kept.
    pub secrets: Place,
    /// Time and randomness.
    pub ports: Ports,
    /// How long to wait for another owner.
    pub patience: Duration,
}

impl Options {
    /// For a command that is over in a moment.
    pub fn command(folder: PathBuf) -> Self {
        Self {
            folder,
            role: OwnerKind::Command,
            listen: None,
            tls: false,
            notifier: None,
            secrets: Place::System,
            ports: Ports::default(),
            patience: PATIENCE,
        }
    }

    /// For a server without a screen; it listens at `listen`, else where `config.toml` says.
    pub fn serve(folder: PathBuf, listen: Option<String>) -> Self {
        let listen = listen.unwrap_or_else(|| Machine::of(&folder).settings().listener_address);
        Self { role: OwnerKind::Serve, listen: Some(listen), ..Self::command(folder) }
    }

    /// For the desktop app.
    pub fn desktop(folder: PathBuf, notifier: Arc<dyn Notifier>) -> Self {
        Self { role: OwnerKind::Desktop, notifier: Some(notifier), ..Self::command(folder) }
    }
}

/// An open home.
pub struct Opened {
    backend: Arc<dyn Backend>,
    machine: Arc<Machine>,
    end: End,
}

enum End {
    Owner(Box<Owner>),
    Guest(Arc<Guest>),
}

/// Opens the home. Where another process owns it, becomes its guest; where that one neither ends nor answers in time,
/// says `home_busy`.
pub async fn open(options: Options) -> Result<Opened, ApiError> {
    if let Some(listen) = &options.listen {
        config::listener_address(listen)?;
    }
    let rooms = Rooms::make(&options.folder)?;
    let machine = Arc::new(Machine::of(&rooms.folder));
    let begun = Instant::now();
    loop {
        let note = match lock::reach(&rooms)? {
            Reached::Mine(lock) => {
                let owner = Owner::move_in(lock, rooms, machine.clone(), options).await?;
                return Ok(Opened { backend: owner.backend(), machine, end: End::Owner(Box::new(owner)) });
            }
            Reached::Taken(note) => note,
        };
        let address = note.as_ref().and_then(|note| note.socket.clone()).map_or_else(|| rooms.socket(), Address::new);
        match Remote::connect(&address, VERSION).await {
            Ok(remote) => {
                let guest = Arc::new(Guest::new(remote, rooms.front()));
                return Ok(Opened { backend: guest.clone(), machine, end: End::Guest(guest) });
            }
            Err(ConnectError::Refused(refusal)) => return Err(refusal),
            Err(ConnectError::Absent(_)) if begun.elapsed() < options.patience => tokio::time::sleep(LOOK).await,
            Err(ConnectError::Absent(_)) => return Err(busy(note.as_ref())),
        }
    }
}

fn busy(note: Option<&lock::Note>) -> ApiError {
    let who =
        note.map_or_else(|| "Another process".to_owned(), |note| capital(&format!("{} (process {})", note.owner.label(), note.process)));
    ApiError::new(Code::HomeBusy, format!("{who} owns this home and does not answer."))
        .hint("Wait until it is done, or quit it; then try again.")
}

pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Asks the desktop that runs for the home in `folder` to come to the front. `false` where none runs.
pub async fn raise_running(folder: &Path) -> Result<bool, ApiError> {
    ask_running(folder, Request::WindowOpen(OpenWindow { incident: None })).await
}

/// Asks the desktop that runs for the home in `folder` for something that only a desktop can do. `false` where none runs.
pub async fn ask_running(folder: &Path, request: Request) -> Result<bool, ApiError> {
    if !folder.is_dir() {
        return Ok(false);
    }
    let rooms = Rooms::make(folder)?;
    let Reached::Taken(note) = lock::reach(&rooms)? else { return Ok(false) };
    let owner = note.and_then(|note| note.socket).map_or_else(|| rooms.socket(), Address::new);
    for address in [owner, rooms.front()] {
        if crate::guest::ask_desktop(&address, request.clone()).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Opened {
    /// Answers every operation, whoever owns the home.
    pub fn backend(&self) -> Arc<dyn Backend> {
        self.backend.clone()
    }

    /// Whether this process owns the home.
    pub const fn is_owner(&self) -> bool {
        matches!(self.end, End::Owner(_))
    }

    /// What kind of process owns the home.
    pub fn owner(&self) -> OwnerKind {
        match &self.end {
            End::Owner(owner) => owner.role(),
            End::Guest(guest) => guest.owner(),
        }
    }

    /// `config.toml` of the home.
    pub fn machine(&self) -> &Arc<Machine> {
        &self.machine
    }

    /// The engine, where this process owns the home.
    pub fn engine(&self) -> Option<&Engine> {
        match &self.end {
            End::Owner(owner) => Some(owner.engine()),
            End::Guest(_) => None,
        }
    }

    /// Where the owner listens for other processes; none while it does not.
    pub fn socket(&self) -> Option<PathBuf> {
        match &self.end {
            End::Owner(owner) => owner.socket(),
            End::Guest(_) => None,
        }
    }

    /// Gives the home a desktop: from now on it answers what only a desktop can, also for other processes.
    pub fn set_desktop(&self, desktop: Arc<dyn Desktop>) {
        match &self.end {
            End::Owner(owner) => owner.set_desktop(desktop),
            End::Guest(guest) => guest.set_desktop(desktop),
        }
    }

    /// Lets go of the home: answers what was asked, stops listening, finishes what was submitted, and frees the lock.
    pub async fn close(self) {
        drop(self.backend);
        match self.end {
            End::Owner(owner) => owner.move_out().await,
            End::Guest(guest) => guest.leave().await,
        }
    }
}
