//! The shell: starts the home beside the web view, makes the windows, and ends both in order.

mod awake;
mod bus;
mod demo;
mod home_door;
mod hotkey;
mod leave;
mod links;
mod notices;
mod pushes;
mod reach;
mod recovery;
pub mod rescue;
mod session;
mod settle;
mod storm;
mod this_desktop;
mod tray;
mod vigil;
mod windows;

pub use home_door::HomeDoor;
pub use leave::quit;
pub use pushes::Pushes;
pub use settle::settle;

use crate::args::Args;
use crate::caller::{DECLARE, NOTE, STRIP};
use crate::ipc;
use anyhow::{Context as _, Result, bail};
use api::Request;
use api::dto::{Nothing, OpenWindow};
use notices::Notices;
use settle::Settling;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use tauri::async_runtime::spawn;
use tauri::{App, AppHandle, Manager as _, RunEvent};
use tauri_plugin_window_state::StateFlags;
use this_desktop::ThisDesktop;

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
    spawn(leave::quit_when_told(parts.desktop.clone(), parts.door.clone()));
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
    // As the person set it, where they did.
    #[cfg(target_os = "linux")]
    drop(gtk::glib::setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1", false));
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
        .with_denylist(&[DECLARE, NOTE, STRIP])
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED);
    tauri::Builder::default()
        .plugin(tauri_plugin_global_shortcut::Builder::new().build())
        .plugin(places.build())
        .manage(Arc::new(Pushes::new(parts.door.clone())))
        .manage(parts.door.clone())
        .manage(parts.desktop.clone())
        .manage(parts.notices.clone())
        .invoke_handler(tauri::generate_handler![ipc::rpc, ipc::subscribe])
        .on_window_event(leave::close_asked)
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
    app.manage(Settling::new(cache.join("tray").join(&name)));
    windows::make_main(app, &app.state::<windows::Pages>(), !(args.hidden || args.declare))?;
    parts.desktop.begin(app);
    if let Some(icon) = icon_file(&cache) {
        parts.notices.set_icon(icon);
    }
    if args.declare {
        windows::show_declare(app);
    }
    spawn(settle::settle_late(app.clone()));
    Ok(())
}

/// The icon as a file, for notification services read files only.
fn icon_file(cache: &Path) -> Option<PathBuf> {
    let file = cache.join("icon.png");
    let written = std::fs::create_dir_all(cache).and_then(|()| std::fs::write(&file, include_bytes!("../../../icons/64x64.png")));
    written.inspect_err(|fault| tracing::warn!(%fault, "icon for notices not written")).ok().map(|()| file)
}
