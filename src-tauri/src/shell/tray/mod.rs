//! The tray: follows the home and draws icon, count and menu anew when they changed. What it shows is decided in `menu`.

mod draw;
mod menu;

use super::{HomeDoor, ThisDesktop};
use crate::caller;
use api::Request;
use api::dto::{Nothing, OneIncident, OpenWindow, WatchView};
use draw::Drawn;
use engine::ports::Clock as _;
use home::SystemClock;
use menu::{Act, TrayView};
use std::sync::Arc;
use std::time::Duration;
use tauri::{AppHandle, Manager as _};
use tokio::sync::Notify;

/// Changes within this time are drawn once: a menu that is open does not flicker through an alert storm.
const GATHER: Duration = Duration::from_millis(250);
/// Elapsed times are in whole minutes.
const MINUTE: Duration = Duration::from_secs(60);

/// Makes the icon and keeps it true until Muster ends. Answers whether there is one.
pub fn start(app: &AppHandle, door: Arc<HomeDoor>, desktop: Arc<ThisDesktop>, folder: std::path::PathBuf) -> bool {
    let first = menu::without_home("Opening the home…");
    let drawn = match Drawn::make(app, &first, folder, act) {
        Ok(drawn) => drawn,
        Err(fault) => {
            tracing::error!(%fault, "tray not made");
            return false;
        }
    };
    let changed = Arc::new(Notify::new());
    tauri::async_runtime::spawn(listen(door.clone(), changed.clone()));
    tauri::async_runtime::spawn(keep(drawn, door, desktop, changed));
    true
}

async fn listen(door: Arc<HomeDoor>, changed: Arc<Notify>) {
    door.follow(0, |_| {
        changed.notify_one();
        true
    })
    .await;
}

async fn keep(mut drawn: Drawn, door: Arc<HomeDoor>, desktop: Arc<ThisDesktop>, changed: Arc<Notify>) {
    loop {
        let view = look(&door, &desktop).await;
        if let Err(fault) = drawn.draw(view) {
            tracing::error!(%fault, "tray not drawn");
        }
        tokio::select! {
            () = changed.notified() => tokio::time::sleep(GATHER).await,
            () = tokio::time::sleep(MINUTE) => {}
        }
    }
}

async fn look(door: &HomeDoor, desktop: &ThisDesktop) -> TrayView {
    let answer = door.call(caller::me(domain::Via::Tray), Request::Watch(Nothing {})).await;
    let watch = answer.and_then(|value| {
        serde_json::from_value::<WatchView>(value).map_err(|fault| api::ApiError::new(api::Code::Internal, fault.to_string()))
    });
    match watch {
        Ok(watch) => menu::view(&watch, SystemClock.now(), desktop.silenced().await),
        Err(fault) => menu::without_home(&fault.message),
    }
}

/// A line was chosen.
fn act(app: &AppHandle, id: &str) {
    let Some(act) = Act::named(id) else { return };
    let request = match act {
        Act::Quit => return super::quit(app),
        // These must work without a home, too.
        Act::Open => return super::windows::show_main(app),
        Act::Declare => return super::windows::show_declare(app),
        Act::Note => return super::windows::show_note(app),
        Act::Strip => return super::windows::toggle_strip(app),
        Act::Watch => {
            app.state::<Arc<super::Pushes>>().go("watch");
            return super::windows::show_main(app);
        }
        Act::Show(incident) => Request::WindowOpen(OpenWindow { incident: Some(incident.to_string()) }),
        Act::TakeCommand(incident) => Request::TakeCommand(OneIncident { incident: incident.to_string() }),
        Act::Acknowledge(incident) => Request::Acknowledge(OneIncident { incident: incident.to_string() }),
    };
    let (app, door) = (app.clone(), app.state::<Arc<HomeDoor>>().inner().clone());
    tauri::async_runtime::spawn(async move {
        if let Err(fault) = door.call(caller::me(domain::Via::Tray), request).await {
            // A menu cannot answer; the window shows the present state and why things are as they are.
            tracing::warn!(code = ?fault.code, "choice in the tray not carried out");
            super::windows::show_main(&app);
        }
    });
}
