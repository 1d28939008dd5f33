//! The windows: how they are made, brought to the front and put away. What is drawn in them is the pages' business.

use super::{Pushes, links, recovery};
use crate::caller::{DECLARE, MAIN, NOTE, STRIP};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;
use tauri::webview::{NewWindowResponse, PageLoadEvent, PermissionResponse};
use tauri::window::Color;
use tauri::{AppHandle, Manager as _, Monitor, PhysicalPosition, PhysicalSize, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// The app's ground colour before the first paint: instrument ink.
const INK: Color = Color(0x10, 0x14, 0x17, 0xff);
/// Size of the main window in logical pixels: at first, and at least.
const MAIN_SIZE: [(f64, f64); 2] = [(1280.0, 800.0), (960.0, 640.0)];

/// A small window that lies over whatever is in front.
struct Small {
    label: &'static str,
    page: &'static str,
    title: &'static str,
    /// In logical pixels.
    size: (f64, f64),
    /// Whether a person may change its size, and keeps it open beside their work.
    stays: bool,
}

const DECLARE_WINDOW: Small =
    Small { label: DECLARE, page: "declare.html", title: "Declare · Muster", size: (660.0, 440.0), stays: false };
const NOTE_WINDOW: Small = Small { label: NOTE, page: "note.html", title: "Note · Muster", size: (660.0, 220.0), stays: false };
const STRIP_WINDOW: Small = Small { label: STRIP, page: "strip.html", title: "Scribe · Muster", size: (420.0, 300.0), stays: true };

/// What all windows share.
pub struct Pages {
    /// Where the web view keeps drafts and choices of this home.
    pub data: PathBuf,
    /// Title of the main window, in the task list.
    pub title: &'static str,
}

type Builder<'a> = WebviewWindowBuilder<'a, tauri::Wry, AppHandle>;

/// Makes the main window; hidden where Muster starts in the tray.
pub fn make_main(app: &AppHandle, pages: &Pages, visible: bool) -> tauri::Result<WebviewWindow> {
    let [(width, height), (least_width, least_height)] = MAIN_SIZE;
    let window = guarded(app, MAIN, "index.html", pages)
        .title(pages.title)
        .inner_size(width, height)
        .min_inner_size(least_width, least_height)
        .center()
        .visible(visible)
        .focused(visible)
        .build()?;
    recovery::watch(&window);
    Ok(window)
}

/// Sees that the declare window is there and warm, so that it is shown within a frame or two when the hotkey is pressed.
pub fn warm_declare(app: &AppHandle) {
    on_main_thread(app, |app| {
        small(app, &DECLARE_WINDOW);
    });
}

fn small(app: &AppHandle, what: &Small) -> Option<WebviewWindow> {
    let there = app.get_webview_window(what.label).map_or_else(|| make_small(app, what, &app.state::<Pages>()), Ok);
    there.inspect_err(|fault| tracing::error!(%fault, window = what.label, "window not made")).ok()
}

fn make_small(app: &AppHandle, what: &Small, pages: &Pages) -> tauri::Result<WebviewWindow> {
    let builder = guarded(app, what.label, what.page, pages)
        .title(what.title)
        .inner_size(what.size.0, what.size.1)
        .resizable(what.stays)
        .maximizable(false)
        .minimizable(false)
        .decorations(what.stays)
        .shadow(true)
        .always_on_top(true)
        .visible_on_all_workspaces(true)
        .skip_taskbar(true)
        .visible(false)
        .focused(true);
    let window = beside_main(app, builder).build()?;
    recovery::watch(&window);
    Ok(window)
}

/// A window that loads our pages only, asks for no permission, and sends links to the system's browser.
fn guarded<'a>(app: &'a AppHandle, label: &str, page: &str, pages: &Pages) -> Builder<'a> {
    WebviewWindowBuilder::new(app, label, WebviewUrl::App(page.into()))
        .data_directory(pages.data.clone())
        .background_color(INK)
        .zoom_hotkeys_enabled(true)
        .devtools(cfg!(debug_assertions))
        .disable_drag_drop_handler()
        .on_navigation(|url| {
            let own = links::is_own(url);
            if !own {
                links::open(url);
            }
            own
        })
        .on_new_window(|url, _| {
            links::open(&url);
            NewWindowResponse::Deny
        })
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .on_page_load(|window, load| match load.event() {
            PageLoadEvent::Started => window.state::<Arc<Pushes>>().forget(window.label()),
            PageLoadEvent::Finished => {}
        })
}

/// A small window shares the main window's web process: it costs a fraction of one of its own and is warm with it.
#[cfg(target_os = "linux")]
fn beside_main<'a>(app: &AppHandle, builder: Builder<'a>) -> Builder<'a> {
    use std::cell::RefCell;
    thread_local! { static VIEW: RefCell<Option<webkit2gtk::WebView>> = const { RefCell::new(None) }; }
    let main = app.get_webview_window(MAIN);
    if main.is_none_or(|main| main.with_webview(|view| VIEW.set(Some(view.inner()))).is_err()) {
        return builder;
    }
    match VIEW.take() {
        Some(view) => builder.with_related_view(view),
        None => builder,
    }
}

#[cfg(not(target_os = "linux"))]
fn beside_main<'a>(_: &AppHandle, builder: Builder<'a>) -> Builder<'a> {
    builder
}

/// Brings the main window to the front.
pub fn show_main(app: &AppHandle) {
    on_main_thread(app, |app| {
        let Some(window) = app.get_webview_window(MAIN) else { return };
        drop(window.unminimize());
        raise(&window);
    });
}

/// Opens the declare window over whatever is in front, on the screen where the pointer is.
pub fn show_declare(app: &AppHandle) {
    show_small(app, &DECLARE_WINDOW);
}

/// Puts the declare window away; what was in front before comes back.
pub fn hide_declare(app: &AppHandle) {
    hide(app, DECLARE);
}

/// Opens the note window over whatever is in front, for the incident that is current.
pub fn show_note(app: &AppHandle) {
    show_small(app, &NOTE_WINDOW);
}

/// Puts the note window away; what was in front before comes back.
pub fn hide_note(app: &AppHandle) {
    hide(app, NOTE);
}

/// Opens the scribe strip, or closes it where it is open.
pub fn toggle_strip(app: &AppHandle) {
    on_main_thread(app, |app| match app.get_webview_window(STRIP).filter(|strip| strip.is_visible().unwrap_or(false)) {
        Some(strip) => drop(strip.hide()),
        None => show_small(app, &STRIP_WINDOW),
    });
}

/// Puts a window away by its label.
pub fn hide(app: &AppHandle, label: &'static str) {
    on_main_thread(app, move |app| {
        if let Some(window) = app.get_webview_window(label) {
            drop(window.hide());
        }
    });
}

fn show_small(app: &AppHandle, what: &'static Small) {
    let asked = Instant::now();
    on_main_thread(app, move |app| {
        let Some(window) = small(app, what) else { return };
        if !window.is_visible().unwrap_or(false) {
            place(&window, what);
        }
        raise(&window);
        let ms = u64::try_from(asked.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(ms, "{} window shown", what.label);
    });
}

fn on_main_thread(app: &AppHandle, act: impl FnOnce(&AppHandle) + Send + 'static) {
    let own = app.clone();
    if let Err(fault) = app.run_on_main_thread(move || act(&own)) {
        tracing::error!(%fault, "window");
    }
}

fn place(window: &WebviewWindow, what: &Small) {
    let screen = window.cursor_position().ok().and_then(|at| window.monitor_from_point(at.x, at.y).ok().flatten());
    if let Some(screen) = screen.or_else(|| window.primary_monitor().ok().flatten()) {
        let scale = screen.scale_factor();
        let own = PhysicalSize::new(what.size.0 * scale, what.size.1 * scale);
        let place = if what.stays { beside(&screen, own) } else { over(&screen, own) };
        drop(window.set_position(place));
    }
}

/// In the middle, and a little above it, where the eye is.
fn over(screen: &Monitor, own: PhysicalSize<f64>) -> PhysicalPosition<f64> {
    let area = screen.work_area();
    let free = (f64::from(area.size.width) - own.width, f64::from(area.size.height) - own.height);
    PhysicalPosition::new(f64::from(area.position.x) + free.0.max(0.0) / 2.0, f64::from(area.position.y) + free.1.max(0.0) * 0.4)
}

/// At the right edge, near the top, where a call leaves room.
fn beside(screen: &Monitor, own: PhysicalSize<f64>) -> PhysicalPosition<f64> {
    const MARGIN: f64 = 24.0;
    let area = screen.work_area();
    let left = f64::from(area.position.x) + (f64::from(area.size.width) - own.width - MARGIN).max(0.0);
    PhysicalPosition::new(left, f64::from(area.position.y) + MARGIN)
}

/// Shows a window and gives it the keyboard. The window manager grants that only to who can say that a person asked just
/// now, so the request carries the X server's own time.
#[cfg(target_os = "linux")]
fn raise(window: &WebviewWindow) {
    use gdkx11::{X11Window, functions::x11_get_server_time};
    use gtk::gdk::EventMask;
    use gtk::prelude::{Cast as _, GtkWindowExt as _, WidgetExt as _};
    let Ok(shown) = window.gtk_window() else { return };
    shown.show_all();
    let now = shown.window().and_then(|surface| {
        // Without this mask the question for the time would wait for ever.
        surface.set_events(surface.events() | EventMask::PROPERTY_CHANGE_MASK);
        surface.downcast::<X11Window>().ok().map(|surface| x11_get_server_time(&surface))
    });
    shown.present_with_time(now.unwrap_or(0));
}

#[cfg(not(target_os = "linux"))]
fn raise(window: &WebviewWindow) {
    drop(window.show());
    drop(window.set_focus());
}
