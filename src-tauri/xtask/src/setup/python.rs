//! Clients written in Python that tests let speak to Muster, in an environment of their own under `target/tools`: from PyPI,
//! each by its hash. Must never touch the machine's own packages.

use crate::shell;
use anyhow::{Context, Result};
use std::path::Path;

/// What is installed, as pip reads it.
const LOCKED: &str = include_str!("python.txt");
/// Copy of the list that the environment was made from; it lives and dies with it.
const STAMP: &str = "installed.txt";

/// Makes the environment anew if it is not as listed.
pub fn install() -> Result<()> {
    let folder = shell::target().join("tools/python");
    if !cfg!(target_os = "linux") || is_made(&folder) {
        return Ok(());
    }
    println!("Installing the PagerDuty clients for Python as locked, real senders of alerts.");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("clear {}", folder.display()))?;
    }
    let place = folder.display().to_string();
    shell::run(&mut shell::program("python3", &["-m", "venv", &place]))?;
    let list = format!("{place}/wanted.txt");
    std::fs::write(&list, LOCKED).with_context(|| format!("write {list}"))?;
    let exactly = ["install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:", "--no-deps"];
    shell::run(shell::program(folder.join("bin/pip"), &exactly).args(["--requirement", &list]))?;
    std::fs::rename(&list, folder.join(STAMP)).with_context(|| format!("mark {place} as made"))
}

fn is_made(folder: &Path) -> bool {
    std::fs::read_to_string(folder.join(STAMP)).is_ok_and(|installed| installed == LOCKED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_is_pinned_by_version_and_hash() {
        for line in LOCKED.lines().filter(|line| !line.starts_with('#')) {
            let (_, hash) = line.split_once(" --hash=sha256:").unwrap_or_else(|| panic!("{line} has a hash"));
            assert!(line.contains("==") && hash.len() == 64, "{line}");
        }
    }
}
