//! What only a desktop can do for a home: its windows, its hotkey, and whether it can call a person.

use super::hotkey::Hotkeys;
use super::notices::{Drill, Notices};
use super::reach::{self, Seen};
use super::vigil::Vigil;
use super::{Pushes, demo, links, windows};
use crate::caller::{NOTE, STRIP};
use api::dto::{HotkeyView, ReachCheck, ReachView};
use api::{ApiError, Code, Desktop, Hotkey as Which};
use async_trait::async_trait;
use engine::ports::Clock as _;
use home::{Machine, SystemClock};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tauri::async_runtime::spawn;
use tauri::{AppHandle, Manager as _};
use tokio::sync::{Mutex, SetOnce, watch};

/// How long the tray trusts its last look at what could silence us.
const LOOK_AGAIN: Duration = Duration::from_secs(20);

/// This process's desktop. It can be asked before its windows are made: it answers when they are.
pub struct ThisDesktop {
    app: SetOnce<AppHandle>,
    folder: PathBuf,
    machine: Machine,
    hotkeys: Hotkeys,
    vigil: Arc<Vigil>,
    notices: Arc<Notices>,
    tray: AtomicBool,
    looked: Mutex<Option<(Instant, Option<&'static str>)>>,
}

impl ThisDesktop {
    /// The desktop for the home in `folder`.
    pub fn new(folder: &Path, notices: Arc<Notices>) -> Self {
        let machine = Machine::of(folder);
        let hotkeys = Hotkeys::new(machine.settings(), machine.is_demo());
        Self {
            app: SetOnce::new(),
            folder: folder.to_path_buf(),
            machine,
            hotkeys,
            vigil: Arc::new(Vigil::new(folder)),
            notices,
            tray: AtomicBool::new(false),
            looked: Mutex::default(),
        }
    }

    /// The windows can be made now.
    pub fn begin(&self, app: &AppHandle) {
        if self.app.set(app.clone()).is_ok() {
            spawn(tell_of_drills(app.clone(), self.notices.drills()));
        }
    }

    /// The app, once its windows can be made.
    pub fn app(&self) -> Option<&AppHandle> {
        self.app.get()
    }

    /// Takes the hotkeys.
    pub fn take_hotkeys(&self) {
        if let Some(app) = self.app.get() {
            self.hotkeys.start(app);
        }
    }

    /// Who keeps the machine awake.
    pub fn vigil(&self) -> &Arc<Vigil> {
        &self.vigil
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
        let drill = self.notices.drills().borrow().clone();
        reach::look(self.hotkeys.get(Which::Declare).view(), self.tray.load(Ordering::Relaxed), drill).await
    }
}

/// The windows look again whenever a drill begins or ends.
async fn tell_of_drills(app: AppHandle, mut drills: watch::Receiver<Drill>) {
    while drills.changed().await.is_ok() {
        app.state::<Arc<Pushes>>().touch("home");
    }
}

#[async_trait]
impl Desktop for ThisDesktop {
    async fn reach(&self) -> ReachView {
        let mut view = self.look().await.view(SystemClock.now());
        view.checks.push(self.vigil.check());
        view
    }

    async fn ring(&self, wait: bool) -> Result<ReachCheck, ApiError> {
        let mut drill = self.notices.ring().await?;
        let went = if wait { drill.wait_for(Drill::is_over).await.map(|went| went.clone()) } else { Ok(drill.borrow().clone()) };
        let went = went.map_err(|_| ApiError::new(Code::HomeBusy, "Muster is closing.").hint("Start it again."))?;
        Ok(went.check(SystemClock.now()))
    }

    async fn hotkey(&self, which: Which) -> HotkeyView {
        self.hotkeys.get(which).view()
    }

    async fn set_hotkey(&self, which: Which, shortcut: String) -> Result<HotkeyView, ApiError> {
        let view = self.hotkeys.get(which).change(self.app.wait().await, &shortcut)?;
        if view.problem.is_none() {
            self.machine.set_hotkey(which, &view.shortcut)?;
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

    async fn awake(&self) -> Option<String> {
        self.vigil.sentence()
    }

    async fn note(&self, incident: Option<String>) -> Result<(), ApiError> {
        let app = self.app.wait().await;
        if let Some(incident) = incident {
            app.state::<Arc<Pushes>>().send(NOTE, &incident);
        }
        windows::show_note(app);
        Ok(())
    }

    async fn hide_note(&self) -> Result<(), ApiError> {
        windows::hide_note(self.app.wait().await);
        Ok(())
    }

    async fn strip(&self, incident: Option<String>) -> Result<(), ApiError> {
        let app = self.app.wait().await;
        if let Some(incident) = incident {
            app.state::<Arc<Pushes>>().send(STRIP, &incident);
        }
        windows::toggle_strip(app);
        Ok(())
    }

    async fn link(&self, url: &str) -> Result<(), ApiError> {
        links::hand_on(url)
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
