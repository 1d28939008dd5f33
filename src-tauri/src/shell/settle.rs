//! Hotkeys, tray, warm declare window: what can wait until the first screen is there, for each of them would hold it up.

use super::notices::Notices;
use super::this_desktop::ThisDesktop;
use super::{HomeDoor, Pushes, tray, windows};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tauri::async_runtime::spawn;
use tauri::{AppHandle, Manager as _};

/// The latest moment for hotkey, tray and declare window, should the main window's page never ask anything.
const LATEST: Duration = Duration::from_secs(2);

/// Whether it is done.
pub struct Settling {
    done: AtomicBool,
    // Where the tray's icon files lie.
    tray: PathBuf,
}

impl Settling {
    /// Nothing made yet; `tray` holds the tray's icon files.
    pub const fn new(tray: PathBuf) -> Self {
        Self { done: AtomicBool::new(false), tray }
    }
}

/// Settles, once: when the main window got its first answer.
pub fn settle(app: &AppHandle) {
    let Some(settling) = app.try_state::<Settling>().filter(|settling| !settling.done.swap(true, Ordering::Relaxed)) else { return };
    let (app, folder) = (app.clone(), settling.tray.clone());
    spawn(async move {
        let (desktop, door) = (app.state::<Arc<ThisDesktop>>().inner().clone(), app.state::<Arc<HomeDoor>>().inner().clone());
        desktop.take_hotkeys();
        spawn(desktop.vigil().clone().keep(door.clone(), app.state::<Arc<Pushes>>().inner().clone()));
        let made = tray::start(&app, door, desktop.clone(), folder);
        desktop.set_tray(made);
        windows::warm_declare(&app);
        let notices = app.state::<Arc<Notices>>().inner().clone();
        notices.revive().await;
    });
}

/// Settles in a while, should the main window's page never ask anything.
pub async fn settle_late(app: AppHandle) {
    tokio::time::sleep(LATEST).await;
    settle(&app);
}
