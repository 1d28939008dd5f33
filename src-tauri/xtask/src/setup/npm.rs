//! The window's npm packages, installed from the lock file whenever that changed.

use crate::shell;
use anyhow::{Context, Result};

/// Copy of the lock file that the installed packages came from; it lives and dies with them.
const STAMP: &str = "ui/node_modules/.installed-lock";

/// Installs them if they are not there as locked.
pub fn install() -> Result<()> {
    let lock = std::fs::read(shell::top().join("ui/package-lock.json")).context("read ui/package-lock.json")?;
    let stamp = shell::top().join(STAMP);
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("Installing the window's npm packages as locked.");
    shell::run(&mut shell::npm(&["ci", "--no-audit", "--no-fund"]))?;
    std::fs::write(&stamp, lock).with_context(|| format!("write {}", stamp.display()))
}
