//! What the session says about itself: which display server, which desktop. The one place where the shell reads the environment.
#![expect(clippy::disallowed_methods, reason = "these variables belong to the screen, which `home` knows nothing of")]

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// Whether the session runs on Wayland, whatever else it offers beside it.
pub fn is_wayland() -> bool {
    is_set("WAYLAND_DISPLAY") || std::env::var_os("XDG_SESSION_TYPE").is_some_and(|session| session == "wayland")
}

/// Whether there is an X server.
pub fn has_x() -> bool {
    is_set("DISPLAY")
}

/// Names of the desktop, in lower case: `ubuntu`, `gnome`.
pub fn desktop_names() -> Vec<String> {
    let names = std::env::var_os("XDG_CURRENT_DESKTOP").unwrap_or_default();
    names.to_string_lossy().to_lowercase().split(':').map(str::to_owned).collect()
}
