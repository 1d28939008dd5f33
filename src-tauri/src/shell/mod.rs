//! The shell: starts the home beside the web view, makes the windows, and ends both in order.

mod bus;
mod demo;
mod home_door;
mod hotkey;
mod links;
mod notices;
mod pushes;
mod reach;
mod recovery;
pub mod rescue;
mod this_desktop;
mod tray;
mod windows;

pub use home_door::HomeDoor;
pub use pushes::Pushes;
use this_desktop::ThisDesktop;

use crate::args::Args;
use crate::caller::{DECLARE, MAIN};
use crate::ipc;
use anyhow::{Context as _, Result, bail};
use api::Request;
use api::dto::{Nothing, OpenWindow};
use notices::Notices;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tauri::async_runtime::spawn;
use tauri::{App, AppHandle, Manager as _, RunEvent, Window, WindowEvent};
use tauri_plugin_window_state::StateFlags;

/// Time to let go of everything when a person quits; what was acknowledged is on disk before.
const FAREWELL: Duration = Duration::from_secs(10);

/// The latest moment for hotkey, tray and declare window, should the main window's page never ask anything.
const SETTLE: Duration = Duration::from_secs(2);

static QUITTING: AtomicBool = AtomicBool::new(false);

/// Opens the home and its windows, and returns when a person quits. A second start brings the first to the front.
pub fn run(args: Args) -> Result<()> {
    prepare_web_view();
    if !home::has_display() {
        bail!("there is no display. On a server, `muster serve` runs a home without one");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("start the runtime")?;
    tauri::async_runtime::set(runtime.handle().clone());
    let folder = runtime.block_on(which(&args))?;
    // A fault here is shown by the window, which meets it again.
    if runtime.block_on(home::ask_running(&folder, wanted(&args))).unwrap_or(false) {
        return Ok(());
    }
    reach_display()?;
    let parts = Parts::new(&folder);
    spawn({
        let door = parts.door.clone();
        async move { door.open().await }
    });
    let app = build(&args, parts)?;
    app.run(|_, event| {
        // Muster ends by Quit only: without a window it is in the tray.
        if let RunEvent::ExitRequested { code: None, api, .. } = event {
            api.prevent_exit();
        }
    });
    Ok(())
}

/// WebKitGTK's DMABUF renderer shows blank windows on some graphics drivers. Before any thread starts.
fn prepare_web_view() {
    #[cfg(target_os = "linux")]
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        drop(gtk::glib::setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1", false));
    }
}

/// What a second start asks of the first.
fn wanted(args: &Args) -> Request {
    if args.declare { Request::WindowDeclare(Nothing {}) } else { Request::WindowOpen(OpenWindow { incident: None }) }
}

/// A display that is named but does not answer would end in a panic further down.
fn reach_display() -> Result<()> {
    #[cfg(target_os = "linux")]
    gtk::init().context("the display cannot be opened")?;
    Ok(())
}

async fn which(args: &Args) -> Result<PathBuf> {
    let own = home::folder(args.home.clone()).map_err(|fault| anyhow::anyhow!("{fault}"))?;
    if args.demo { home::demo::ensure(&own).await.context("make the demonstration") } else { Ok(own) }
}

/// What lives as long as the process.
struct Parts {
    door: Arc<HomeDoor>,
    desktop: Arc<ThisDesktop>,
    notices: Arc<Notices>,
}

impl Parts {
    fn new(folder: &Path) -> Self {
        let notices = Notices::new(folder, home::Machine::of(folder).is_demo());
        let desktop = Arc::new(ThisDesktop::new(folder, notices.clone()));
        let (for_desktop, for_notices) = (Arc::downgrade(&desktop), Arc::downgrade(&notices));
        let door = Arc::new(HomeDoor::new(
            folder.to_path_buf(),
            for_desktop as Weak<dyn api::Desktop>,
            for_notices as Weak<dyn engine::ports::Notifier>,
        ));
        notices.answer_through(&door);
        Self { door, desktop, notices }
    }
}

fn build(args: &Args, parts: Parts) -> Result<App> {
    let args = args.clone();
    let mut context = tauri::generate_context!();
    if cfg!(debug_assertions) {
        // Drafts, window places and caches of a build for development are its own.
        context.config_mut().identifier.push_str(".dev");
    }
    let places = tauri_plugin_window_state::Builder::new()
        .with_denylist(&[DECLARE])
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED);
    tauri::Builder::default()
        .plugin(tauri_plugin_global_shortcut::Builder::new().build())
        .plugin(places.build())
        .manage(Arc::new(Pushes::new(parts.door.clone())))
        .manage(parts.door.clone())
        .manage(parts.desktop.clone())
        .manage(parts.notices.clone())
        .invoke_handler(tauri::generate_handler![ipc::rpc, ipc::subscribe])
        .on_window_event(close_asked)
        .setup(move |app| {
            set_up(app.handle(), &args, &parts)?;
            Ok(())
        })
        .build(context)
        .context("open the window")
}

fn set_up(app: &AppHandle, args: &Args, parts: &Parts) -> Result<()> {
    let paths = app.path();
    let cache = paths.app_cache_dir()?;
    let name = blake3::hash(parts.door.folder().as_os_str().as_encoded_bytes()).to_hex()[..16].to_owned();
    let title = if home::Machine::of(parts.door.folder()).is_demo() { "Demo · Muster" } else { "Muster" };
    app.manage(windows::Pages { data: paths.app_local_data_dir()?.join("pages").join(&name), title });
    app.manage(Settling { done: AtomicBool::new(false), tray: cache.join("tray").join(&name) });
    windows::make_main(app, &app.state::<windows::Pages>(), !(args.hidden || args.declare))?;
    parts.desktop.begin(app);
    if args.declare {
        windows::show_declare(app);
    }
    spawn(end_when_told(app.clone()));
    spawn({
        let app = app.clone();
        async move {
            tokio::time::sleep(SETTLE).await;
            settle(&app);
        }
    });
    Ok(())
}

/// What can wait until the first screen is there.
struct Settling {
    done: AtomicBool,
    tray: PathBuf,
}

/// Takes the hotkey, makes the tray and the warm declare window: once, when the main window got its first answer, for each
/// of them would hold it up.
pub fn settle(app: &AppHandle) {
    let Some(settling) = app.try_state::<Settling>().filter(|settling| !settling.done.swap(true, Ordering::Relaxed)) else { return };
    let (app, folder) = (app.clone(), settling.tray.clone());
    spawn(async move {
        let (desktop, door) = (app.state::<Arc<ThisDesktop>>().inner().clone(), app.state::<Arc<HomeDoor>>().inner().clone());
        desktop.take_hotkey();
        let made = tray::start(&app, door, desktop.clone(), folder);
        desktop.set_tray(made);
        windows::warm_declare(&app);
        if let Some(icon) = app.path().app_cache_dir().ok().and_then(|cache| icon_file(&cache)) {
            app.state::<Arc<Notices>>().set_icon(icon);
        }
        let notices = app.state::<Arc<Notices>>().inner().clone();
        notices.revive().await;
    });
}

/// The icon as a file, for notification services read files only.
fn icon_file(cache: &Path) -> Option<PathBuf> {
    let file = cache.join("icon.png");
    let written = std::fs::create_dir_all(cache).and_then(|()| std::fs::write(&file, include_bytes!("../../../icons/64x64.png")));
    written.inspect_err(|fault| tracing::warn!(%fault, "icon for notices not written")).ok().map(|()| file)
}

/// Closing a window puts it away. Where there is no tray to find Muster in, the main window stays in the task list.
fn close_asked(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    api.prevent_close();
    if window.label() != MAIN {
        return windows::hide_declare(window.app_handle());
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
            notices.close_all().await;
            door.close().await;
        };
        if tokio::time::timeout(FAREWELL, farewell).await.is_err() {
            tracing::error!("quit without waiting any longer");
        }
        app.exit(0);
    });
}

/// The system, or a person at a terminal, asks the process to end.
async fn end_when_told(app: AppHandle) {
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
    quit(&app);
}
