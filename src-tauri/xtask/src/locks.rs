//! Lock files name versions and checksums, never the host they came from: any mirror serves as well.

use crate::shell;
use anyhow::{Context, Result, bail};

/// The one source of crates; cargo's own name for it, whichever mirror is set up.
const CRATES: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

/// Checks both lock files.
pub fn check() -> Result<()> {
    let read = |name: &str| std::fs::read_to_string(shell::top().join(name)).with_context(|| format!("read {name}"));
    if let Some(line) = foreign_source(&read("Cargo.lock")?) {
        bail!("Cargo.lock names another source than crates.io: {line}");
    }
    if let Some(line) = address(&read("ui/package-lock.json")?) {
        bail!("ui/package-lock.json names a host: {line}. Run npm with ui/.npmrc in place, which leaves addresses out.");
    }
    Ok(())
}

fn foreign_source(lock: &str) -> Option<&str> {
    lock.lines().find(|line| line.starts_with("source = ") && *line != CRATES)
}

fn address(lock: &str) -> Option<&str> {
    lock.lines().map(str::trim).find(|line| line.starts_with("\"resolved\":"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_registry_itself_is_a_source() {
        assert_eq!(foreign_source(&format!("name = \"a\"\n{CRATES}\n")), None);
        assert!(foreign_source("source = \"git+https://example.org/a\"\n").is_some());
    }

    #[test]
    fn an_address_in_the_npm_lock_is_found() {
        assert_eq!(address("{\n  \"version\": \"1.0.0\"\n}"), None);
        assert!(address("  \"resolved\": \"https://mirror.example/a.tgz\",").is_some());
    }
}
