//! A bare Tauri window with one static page and the same `rpc`: what the bench measures Muster's window against.
//! Answers every operation with the JSON in `BARE_ANSWER`, and shows a second window on the same hotkey.

#![expect(clippy::disallowed_methods, reason = "the bench tells the floor what to do by its environment")]

use serde_json::Value;
use tauri::{Manager, WebviewUrl, WebviewWindowBuilder};
use tauri_plugin_global_shortcut::{GlobalShortcutExt, ShortcutState};

#[tauri::command]
fn rpc(op: String, params: Value) -> Result<Value, String> {
    drop((op, params));
    let file = std::env::var_os("BARE_ANSWER").ok_or("BARE_ANSWER names no file")?;
    let text = std::fs::read(file).map_err(|fault| fault.to_string())?;
    serde_json::from_slice(&text).map_err(|fault| fault.to_string())
}

#[tauri::command]
fn subscribe() {}

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![rpc, subscribe])
        .plugin(
            tauri_plugin_global_shortcut::Builder::new()
                .with_handler(|app, _, event| {
                    if let Some(window) = app.get_webview_window("declare").filter(|_| event.state() == ShortcutState::Pressed) {
                        let _ = window.center();
                        let _ = window.show();
                        let _ = window.set_focus();
                    }
                })
                .build(),
        )
        .setup(|app| {
            let page = || WebviewUrl::App("index.html".into());
            WebviewWindowBuilder::new(app, "main", page()).title("Bare").inner_size(1280.0, 800.0).build()?;
            if std::env::var_os("BARE_HOTKEY").is_some() {
                let window = WebviewWindowBuilder::new(app, "declare", page()).title("Bare declare").inner_size(660.0, 440.0);
                window.always_on_top(true).skip_taskbar(true).decorations(false).visible(false).build()?;
                app.global_shortcut().register("Ctrl+Alt+Shift+M")?;
            }
            Ok(())
        })
        .run(tauri::generate_context!("examples/bare/tauri.conf.json"))
}
