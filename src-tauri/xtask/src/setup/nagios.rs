//! Nagios, whose notification commands tests let speak to Muster: Debian's package, checked by apt against its signed lists,
//! and unpacked under `target/tools`. Must never install it: the whole of it brings a user, a mailer and a web server's files.

use super::debian;
use crate::shell;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// The package with the program alone; it needs nothing but the C library.
const PACKAGE: &str = "nagios4-core";

/// Fetches and unpacks it where it is missing.
pub fn install() -> Result<()> {
    let folder = shell::target().join("tools/nagios");
    if folder.join("usr/sbin/nagios4").is_file() || !cfg!(target_os = "linux") || !debian::is_debian() {
        return Ok(());
    }
    println!("Unpacking Nagios, a real sender of alerts.");
    std::fs::create_dir_all(&folder).with_context(|| format!("make {}", folder.display()))?;
    if fetch(&folder).is_err() {
        debian::refresh_lists()?;
        fetch(&folder)?;
    }
    let package = fetched(&folder).with_context(|| format!("apt-get left no {PACKAGE} in {}", folder.display()))?;
    shell::run(&mut shell::program("dpkg", &["--extract", &package.display().to_string(), &folder.display().to_string()]))
}

fn fetch(folder: &Path) -> Result<()> {
    shell::run(shell::program("apt-get", &["download", "--quiet", PACKAGE]).current_dir(folder))?;
    if fetched(folder).is_none() {
        bail!("apt-get said that it fetched {PACKAGE}, and did not");
    }
    Ok(())
}

fn fetched(folder: &Path) -> Option<PathBuf> {
    let files = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    files.into_iter().find(|file| file.extension().is_some_and(|ending| ending == "deb"))
}
