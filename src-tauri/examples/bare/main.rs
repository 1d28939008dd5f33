//! A bare Tauri window with one static page and the same `rpc`: what the bench measures Muster's window against.
//! Answers every operation with the JSON in `BARE_ANSWER`, and shows a second window on the same hotkey, raised as Muster
//! raises its own.

#![expect(clippy::disallowed_methods, reason = "the bench tells the floor what to do by its environment")]

use serde_json::Value;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder};
use tauri_plugin_global_shortcut::{GlobalShortcutExt, ShortcutState};

#[tauri::command]
fn rpc(window: WebviewWindow, op: String, params: Value) -> Result<Value, String> {
    if op == "hide" {
        return window.hide().map(|()| params).map_err(|fault| fault.to_string());
    }
    let file = std::env::var_os("BARE_ANSWER").ok_or("BARE_ANSWER names no file")?;
    let text = std::fs::read(file).map_err(|fault| fault.to_string())?;
    serde_json::from_slice(&text).map_err(|fault| fault.to_string())
}

#[tauri::command]
fn subscribe() {}

fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("declare") {
        raise(&window);
    }
}

#[cfg(target_os = "linux")]
fn raise(window: &WebviewWindow) {
    use gdkx11::{X11Window, functions::x11_get_server_time};
    use gtk::gdk::EventMask;
    use gtk::prelude::{Cast as _, GtkWindowExt as _, WidgetExt as _};
    let Ok(shown) = window.gtk_window() else { return };
    shown.show_all();
    let now = shown.window().and_then(|surface| {
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

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![rpc, subscribe])
        .plugin(
            tauri_plugin_global_shortcut::Builder::new()
                .with_handler(|app, _, event| {
                    if event.state() == ShortcutState::Pressed {
                        let own = app.clone();
                        let _ = app.run_on_main_thread(move || show(&own));
                    }
                })
                .build(),
        )
        .setup(|app| {
            let page = || WebviewUrl::App("index.html".into());
            WebviewWindowBuilder::new(app, "main", page()).title("Bare").inner_size(1280.0, 800.0).build()?;
            if std::env::var_os("BARE_HOTKEY").is_some() {
                let window = WebviewWindowBuilder::new(app, "declare", page()).title("Bare declare").inner_size(660.0, 440.0).center();
                window.always_on_top(true).skip_taskbar(true).decorations(false).visible(false).build()?;
                app.global_shortcut().register("Ctrl+Alt+Shift+M")?;
            }
            Ok(())
        })
        .run(tauri::generate_context!("examples/bare/tauri.conf.json"))
}
