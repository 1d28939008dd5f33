//! Where the programs under test lie: beside the tests, built by the same `cargo build --workspace`.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// The program without a window.
pub fn muster() -> Result<PathBuf> {
    built("muster")
}

/// The desktop app.
pub fn muster_desktop() -> Result<PathBuf> {
    built("muster-desktop")
}

/// A program that the set-up keeps under the target folder, by its path there.
pub fn tool(path: &str) -> Result<PathBuf> {
    let program = profile()?.parent().context("the profile's folder lies in the target folder")?.join("tools").join(path);
    if !program.is_file() {
        bail!("{} is not there. `cargo xtask setup` installs it.", program.display());
    }
    Ok(program)
}

/// Top folder of the repository.
pub fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Folder for what tests leave to look at.
pub fn leavings(name: &str) -> Result<PathBuf> {
    let folder = profile()?.parent().context("the profile's folder lies in the target folder")?.join(name);
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn built(name: &str) -> Result<PathBuf> {
    let program = profile()?.join(name);
    if !program.is_file() {
        bail!("{} is not built. `cargo xtask test` builds it; so does `cargo build --workspace --bins`.", program.display());
    }
    Ok(program)
}

/// `target/debug`: tests run in its `deps`, the bench program in itself.
fn profile() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().context("a program lies in a folder")?;
    let folder = if folder.ends_with("deps") { folder.parent().unwrap_or(folder) } else { folder };
    Ok(folder.to_path_buf())
}
