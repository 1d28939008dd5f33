//! `tauri-driver`, through which window tests press and read the real window. Kept under `target/tools` unless a fitting one
//! is on the PATH already.

use crate::shell;
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Major version that the tests are written for.
const VERSION: &str = "2";

/// Installs it where it is missing.
pub fn install() -> Result<()> {
    if !cfg!(target_os = "linux") || folder().is_some() {
        return Ok(());
    }
    println!("Building tauri-driver, through which window tests see the real window; once, about a minute.");
    let root = own_root().display().to_string();
    let version = format!("^{VERSION}");
    shell::run(&mut shell::cargo(&["install", "tauri-driver", "--version", &version, "--locked", "--quiet", "--root", &root]))
}

/// Puts the driver on the command's PATH.
pub fn on_path(command: &mut Command) -> Result<&mut Command> {
    let own = folder().into_iter();
    let path = shell::variable("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = own.chain(std::env::split_paths(&path)).collect();
    let joined: OsString = std::env::join_paths(folders).context("put tauri-driver on the PATH")?;
    Ok(command.env("PATH", joined))
}

/// Folder of a fitting driver: our own, or one on the PATH that `cargo install` says is of the right version.
fn folder() -> Option<PathBuf> {
    let path = shell::variable("PATH").unwrap_or_default();
    let own = own_root().join("bin");
    std::iter::once(own).chain(std::env::split_paths(&path)).find(|folder| fits(folder))
}

fn fits(folder: &Path) -> bool {
    let record = folder.parent().map(|root| root.join(".crates.toml"));
    let installed = record.and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
    folder.join("tauri-driver").is_file() && installed.contains(&format!("\"tauri-driver {VERSION}."))
}

fn own_root() -> PathBuf {
    shell::target().join("tools")
}
