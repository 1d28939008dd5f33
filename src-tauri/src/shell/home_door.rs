//! The way to the home of this window: opened beside the web view, waited for by every call, opened again when its owner
//! ends, and kept apart from the window, which stays up to show why a home cannot be opened.

use api::dto::{Caller, Pushed};
use api::{ApiError, Backend, Code, Desktop, Request};
use engine::ports::Notifier;
use home::Opened;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::watch;

/// Pause before a home whose owner has ended is opened anew: it is still letting go of the lock.
const BREATH: Duration = Duration::from_millis(100);

/// Stands for the home as it is now.
#[derive(Clone)]
enum State {
    Opening,
    Open(Arc<dyn Backend>),
    Broken(ApiError),
    Closed,
}

/// What a home is given by the desktop.
struct Hands {
    desktop: Weak<dyn Desktop>,
    notifier: Weak<dyn Notifier>,
}

/// The door. There is one in a process.
pub struct HomeDoor {
    folder: PathBuf,
    hands: Hands,
    state: watch::Sender<State>,
    opened: Mutex<Option<Opened>>,
    // Held while the home is opened or closed: one at a time.
    turning: tokio::sync::Mutex<()>,
}

impl HomeDoor {
    /// The door of the home in `folder`, not opened yet.
    pub fn new(folder: PathBuf, desktop: Weak<dyn Desktop>, notifier: Weak<dyn Notifier>) -> Self {
        let hands = Hands { desktop, notifier };
        Self { folder, hands, state: watch::Sender::new(State::Opening), opened: Mutex::default(), turning: tokio::sync::Mutex::default() }
    }

    /// The home's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Opens the home. What came of it is seen by whoever waits.
    pub async fn open(&self) {
        let _turn = self.turning.lock().await;
        if matches!(*self.state.borrow(), State::Closed) {
            return;
        }
        self.state.send_replace(State::Opening);
        let state = match self.try_open().await {
            Ok(backend) => State::Open(backend),
            Err(fault) => {
                tracing::error!(%fault, "home not opened");
                State::Broken(fault)
            }
        };
        self.state.send_replace(state);
    }

    async fn try_open(&self) -> Result<Arc<dyn Backend>, ApiError> {
        let (Some(desktop), Some(notifier)) = (self.hands.desktop.upgrade(), self.hands.notifier.upgrade()) else { return Err(closed()) };
        let opened = home::open(home::Options::desktop(self.folder.clone(), notifier)).await?;
        opened.set_desktop(desktop);
        let backend = opened.backend();
        *self.opened() = Some(opened);
        Ok(backend)
    }

    /// Answers once the home is open, or with the reason why it is not.
    pub async fn backend(&self) -> Result<Arc<dyn Backend>, ApiError> {
        let mut seen = self.state.subscribe();
        let state = seen.wait_for(|state| !matches!(state, State::Opening)).await.map_err(|_| closed())?.clone();
        match state {
            State::Open(backend) => Ok(backend),
            State::Broken(fault) => Err(fault),
            State::Opening | State::Closed => Err(closed()),
        }
    }

    /// Waits until the home is open through another backend than `after`; none once Muster closes.
    async fn next(&self, after: Option<&Arc<dyn Backend>>) -> Option<Arc<dyn Backend>> {
        let another = |backend: &Arc<dyn Backend>| after.is_none_or(|after| !Arc::ptr_eq(after, backend));
        let mut seen = self.state.subscribe();
        let waited = seen.wait_for(|state| match state {
            State::Open(backend) => another(backend),
            State::Closed => true,
            State::Opening | State::Broken(_) => false,
        });
        match &*waited.await.ok()? {
            State::Open(backend) => Some(backend.clone()),
            State::Opening | State::Broken(_) | State::Closed => None,
        }
    }

    /// Hands every push after `since` to `take`, whoever owns the home meanwhile, until `take` says `false` or Muster closes.
    pub async fn follow(&self, since: u64, mut take: impl FnMut(Pushed) -> bool) {
        let (mut seq, mut last) = (since, None);
        while let Some(backend) = self.next(last.as_ref()).await {
            if let Ok(mut pushes) = backend.subscribe(seq).await {
                while let Some(push) = pushes.recv().await {
                    seq = push.seq;
                    if !take(push) {
                        return;
                    }
                }
            }
            tokio::time::sleep(BREATH).await;
            self.reopen(&backend).await;
            last = Some(backend);
        }
    }

    /// Carries out a request once the home is open. Where the owner of the home has ended, opens it anew and, as nothing
    /// was done, asks again.
    pub async fn call(&self, caller: Caller, request: Request) -> Result<Value, ApiError> {
        let backend = self.backend().await?;
        match backend.call(caller.clone(), request.clone()).await {
            Err(gone) if gone.code == Code::HomeBusy && self.is_lost(&backend).await => {
                self.reopen(&backend).await;
                if request.operation().group == api::Group::Read { self.backend().await?.call(caller, request).await } else { Err(gone) }
            }
            answer => answer,
        }
    }

    /// Whether `backend` no longer leads to an owner.
    async fn is_lost(&self, backend: &Arc<dyn Backend>) -> bool {
        backend.subscribe(u64::MAX).await.is_err()
    }

    /// Opens the home anew, unless somebody did so since `backend` was handed out.
    async fn reopen(&self, backend: &Arc<dyn Backend>) {
        let current = match &*self.state.borrow() {
            State::Open(current) => Arc::ptr_eq(current, backend),
            State::Opening | State::Broken(_) | State::Closed => false,
        };
        if current {
            self.let_go().await;
            self.open().await;
        }
    }

    /// Runs `mend` while nobody has the home, then opens it. For the rescue screen.
    pub async fn mend<T>(&self, mend: impl Future<Output = Result<T, ApiError>>) -> Result<T, ApiError> {
        self.let_go().await;
        let mended = mend.await;
        if mended.is_ok() || matches!(*self.state.borrow(), State::Opening) {
            self.open().await;
        }
        let mended = mended?;
        self.backend().await.map(|_| mended)
    }

    /// Closes the home for good: what was acknowledged is on disk, clocks and alarms stop.
    pub async fn close(&self) {
        let _turn = self.turning.lock().await;
        self.state.send_replace(State::Closed);
        let opened = self.opened().take();
        if let Some(opened) = opened {
            opened.close().await;
        }
    }

    async fn let_go(&self) {
        let _turn = self.turning.lock().await;
        let opened = self.opened().take();
        if let Some(opened) = opened {
            self.state.send_replace(State::Opening);
            opened.close().await;
        }
    }

    fn opened(&self) -> MutexGuard<'_, Option<Opened>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn closed() -> ApiError {
    ApiError::new(Code::HomeBusy, "Muster is closing.").hint("Start it again.")
}
