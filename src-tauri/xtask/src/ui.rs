//! `cargo xtask ui`: the window's pages. Builds only when something changed, for the shell takes the pages in as it compiles.

use crate::shell;
use anyhow::{Context, Result};
use std::path::Path;
use std::time::SystemTime;

/// Type check, Svelte's warnings as errors.
pub fn check() -> Result<()> {
    shell::run(&mut shell::npm(&["run", "--silent", "check"]))
}

/// Unit tests of the window.
pub fn test() -> Result<()> {
    shell::run(&mut shell::npm(&["run", "--silent", "test"]))
}

/// Builds `ui/dist` if it is older than what it is made from.
pub fn build() -> Result<()> {
    let ui = shell::top().join("ui");
    let made = changed(&ui.join("dist/index.html")).ok();
    let sources = [
        "src",
        "public",
        "index.html",
        "declare.html",
        "note.html",
        "strip.html",
        "vite.config.ts",
        "svelte.config.js",
        "tsconfig.json",
        "package-lock.json",
    ];
    let newest = sources.iter().map(|name| newest(&ui.join(name))).max().flatten();
    if made.is_some() && made >= newest {
        return Ok(());
    }
    build_anew()
}

/// Builds `ui/dist`.
pub fn build_anew() -> Result<()> {
    shell::run(&mut shell::npm(&["run", "--silent", "build"]))
}

/// The latest change to a file, or to anything in a folder; none where there is nothing.
fn newest(path: &Path) -> Option<SystemTime> {
    let own = changed(path).ok()?;
    let Ok(entries) = std::fs::read_dir(path) else { return Some(own) };
    entries.flatten().filter_map(|entry| newest(&entry.path())).chain([own]).max()
}

fn changed(path: &Path) -> Result<SystemTime> {
    std::fs::metadata(path).and_then(|about| about.modified()).with_context(|| format!("look at {}", path.display()))
}
