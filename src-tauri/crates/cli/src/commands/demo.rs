//! The demonstration.

use super::Stop;
use crate::flags::Global;
use crate::out::Out;
use crate::session::folder;
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A living example in a home of its own: a past quarter of incidents and two open ones. Nothing in it is real.
/// Removing it is deleting its folder.
#[derive(Args, Debug)]
pub struct Demo {
    /// Make it, but open no window
    #[arg(long)]
    no_open: bool,
}

impl Demo {
    /// Makes the demonstration where it does not exist, and opens the desktop app on it where that is possible.
    pub async fn run(&self, global: &Global, out: &mut Out) -> Result<(), Stop> {
        let demo = home::demo::ensure(&folder(global)?).await?;
        let opened = !self.no_open && home::has_display() && desktop().is_some_and(|program| start(&program, &demo));
        if out.json {
            out.value(&json!({ "home": demo, "opened": opened }))?;
            return Ok(());
        }
        out.done(format!("The demonstration is in {}", demo.display()))?;
        if opened {
            out.done("Muster opens on it.")?;
        } else {
            out.done(format!("Look at it with: muster --home '{}' watch", demo.display()))?;
        }
        Ok(())
    }
}

/// The desktop app, where it lies beside this program.
fn desktop() -> Option<PathBuf> {
    let name = if cfg!(windows) { "muster-desktop.exe" } else { "muster-desktop" };
    std::env::current_exe().ok().map(|own| own.with_file_name(name)).filter(|program| program.is_file())
}

/// Starts it, and leaves it to itself.
fn start(program: &Path, home: &Path) -> bool {
    let mut command = Command::new(program);
    command.env("MUSTER_HOME", home).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn().is_ok()
}
