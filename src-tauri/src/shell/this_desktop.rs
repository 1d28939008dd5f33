//! What only a desktop can do for a home: its windows, its hotkey, and whether it can call a person.

use super::hotkey::Hotkey;
use super::notices::Notices;
use super::reach::{self, Seen};
use super::{Pushes, demo, windows};
use api::dto::{HotkeyView, ReachView};
use api::{ApiError, Desktop};
use async_trait::async_trait;
use engine::ports::Clock as _;
use home::{Machine, SystemClock};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tauri::{AppHandle, Manager as _};
use tokio::sync::{Mutex, SetOnce};

/// How long the tray trusts its last look at what could silence us.
const LOOK_AGAIN: Duration = Duration::from_secs(20);

/// This process's desktop. It can be asked before its windows are made: it answers when they are.
pub struct ThisDesktop {
    app: SetOnce<AppHandle>,
    folder: PathBuf,
    machine: Machine,
    hotkey: Hotkey,
    notices: Arc<Notices>,
    tray: AtomicBool,
    looked: Mutex<Option<(Instant, Option<&'static str>)>>,
}

impl ThisDesktop {
    /// The desktop for the home in `folder`.
    pub fn new(folder: &Path, notices: Arc<Notices>) -> Self {
        let machine = Machine::of(folder);
        let hotkey = Hotkey::new(machine.settings().hotkey, machine.is_demo());
        Self {
            app: SetOnce::new(),
            folder: folder.to_path_buf(),
            machine,
            hotkey,
            notices,
            tray: AtomicBool::new(false),
            looked: Mutex::default(),
        }
    }

    /// The windows can be made now.
    pub fn begin(&self, app: &AppHandle) {
        drop(self.app.set(app.clone()));
    }

    /// The app, once its windows can be made.
    pub fn app(&self) -> Option<&AppHandle> {
        self.app.get()
    }

    /// Takes the hotkey.
    pub fn take_hotkey(&self) {
        if let Some(app) = self.app.get() {
            self.hotkey.start(app);
        }
    }

    /// Whether there is a tray icon of ours.
    pub fn set_tray(&self, made: bool) {
        self.tray.store(made, Ordering::Relaxed);
    }

    /// Whether Muster can be found again once its window is closed.
    pub async fn is_in_tray(&self) -> bool {
        self.tray.load(Ordering::Relaxed) && super::bus::tray_host().await
    }

    /// Why no alarm would be noticed now, where that is known.
    pub async fn silenced(&self) -> Option<&'static str> {
        let mut looked = self.looked.lock().await;
        if let Some((_, why)) = looked.filter(|(at, _)| at.elapsed() < LOOK_AGAIN) {
            return why;
        }
        let why = self.look().await.silenced();
        *looked = Some((Instant::now(), why));
        why
    }

    async fn look(&self) -> Seen {
        reach::look(self.hotkey.view(), self.tray.load(Ordering::Relaxed)).await
    }
}

#[async_trait]
impl Desktop for ThisDesktop {
    async fn reach(&self) -> ReachView {
        self.look().await.view(SystemClock.now())
    }

    async fn ring(&self) -> Result<(), ApiError> {
        self.notices.ring().await
    }

    async fn hotkey(&self) -> HotkeyView {
        self.hotkey.view()
    }

    async fn set_hotkey(&self, shortcut: String) -> Result<HotkeyView, ApiError> {
        let view = self.hotkey.change(self.app.wait().await, &shortcut)?;
        if view.problem.is_none() {
            self.machine.set_hotkey(&view.shortcut)?;
        }
        Ok(view)
    }

    async fn open(&self, incident: Option<String>) -> Result<(), ApiError> {
        let app = self.app.wait().await;
        if let Some(incident) = incident {
            app.state::<Arc<Pushes>>().go(&incident);
        }
        windows::show_main(app);
        Ok(())
    }

    async fn declare(&self) -> Result<(), ApiError> {
        windows::show_declare(self.app.wait().await);
        Ok(())
    }

    async fn hide_declare(&self) -> Result<(), ApiError> {
        windows::hide_declare(self.app.wait().await);
        Ok(())
    }

    async fn open_demo(&self) -> Result<(), ApiError> {
        if self.machine.is_demo() { self.open(None).await } else { demo::open_beside(&self.folder).await }
    }

    async fn leave_demo(&self) -> Result<(), ApiError> {
        if self.machine.is_demo() {
            demo::open_own(&self.folder)?;
            super::quit(self.app.wait().await);
        }
        Ok(())
    }
}
