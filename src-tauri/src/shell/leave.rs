//! Closing windows, which ends nothing, and quitting, which ends everything in order.

use super::notices::Notices;
use super::this_desktop::ThisDesktop;
use super::{HomeDoor, windows};
use crate::caller::{DECLARE, NOTE, STRIP};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tauri::async_runtime::spawn;
use tauri::{AppHandle, Manager as _, Window, WindowEvent};

/// Time to let go of everything when a person quits; what was acknowledged is on disk before.
const FAREWELL: Duration = Duration::from_secs(10);

static QUITTING: AtomicBool = AtomicBool::new(false);

/// Closing a window puts it away. Where there is no tray to find Muster in, the main window stays in the task list.
pub fn close_asked(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    api.prevent_close();
    let label = [DECLARE, NOTE, STRIP].into_iter().find(|label| window.label() == *label);
    if let Some(label) = label {
        return windows::hide(window.app_handle(), label);
    }
    let window = window.clone();
    spawn(async move {
        let desktop = window.state::<Arc<ThisDesktop>>().inner().clone();
        drop(if desktop.is_in_tray().await { window.hide() } else { window.minimize() });
    });
}

/// Ends Muster: notices go, the home is let go of, clocks and alarms stop.
pub fn quit(app: &AppHandle) {
    if QUITTING.swap(true, Ordering::SeqCst) {
        return;
    }
    for window in app.webview_windows().values() {
        drop(window.hide());
    }
    let app = app.clone();
    spawn(async move {
        let (notices, door) = (app.state::<Arc<Notices>>().inner().clone(), app.state::<Arc<HomeDoor>>().inner().clone());
        let farewell = async {
            // In this order: an open home could show another notice.
            door.close().await;
            notices.close_all().await;
        };
        if tokio::time::timeout(FAREWELL, farewell).await.is_err() {
            tracing::error!("quit without waiting any longer");
        }
        app.exit(0);
    });
}

/// The system, or a person at a terminal, asks the process to end: at any time, also before there is a window.
pub async fn quit_when_told(desktop: Arc<ThisDesktop>, door: Arc<HomeDoor>) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (Ok(mut terminate), Ok(mut hang_up)) = (signal(SignalKind::terminate()), signal(SignalKind::hangup())) else { return };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = hang_up.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    #[cfg(not(unix))]
    if tokio::signal::ctrl_c().await.is_err() {
        return;
    }
    match desktop.app() {
        Some(app) => quit(app),
        None => {
            drop(tokio::time::timeout(FAREWELL, door.close()).await);
            std::process::exit(0);
        }
    }
}
