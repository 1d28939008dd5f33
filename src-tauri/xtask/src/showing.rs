//! Shows a program on a virtual desktop until its window is painted, keeps a picture, and ends all of it.

use anyhow::{Context, Result, bail};
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use xtask::desktop::Desktop;
use xtask::wait;

/// How long the window may take to show; the demo home is filled first.
const PATIENCE: Duration = Duration::from_secs(90);
/// The window's title ends with it.
const TITLE: &str = "Muster";

/// Shows `app` and writes `picture`; what it says goes to `log`.
pub fn show(app: &Command, picture: &Path, log: &Path) -> Result<()> {
    let desktop = Desktop::start(1400, 900)?;
    let mut notices = desktop.command("dunst");
    notices.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().context("start dunst")?;
    let mut command = desktop.command(app.get_program());
    let output = File::create(log).with_context(|| format!("write {}", log.display()))?;
    command.args(app.get_args()).stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
    let mut child = command.spawn().with_context(|| format!("start {}", app.get_program().to_string_lossy()))?;
    wait::until("the window", PATIENCE, || ended(&mut child, log).and_then(|()| desktop.window(TITLE)))?;
    desktop.painted(TITLE, PATIENCE)?;
    desktop.picture(picture)
}

/// Fails if the app ended, with what it said.
fn ended(child: &mut Child, log: &Path) -> Result<()> {
    if let Some(end) = child.try_wait()? {
        bail!("the app ended before its window showed ({end}); it said:\n{}", std::fs::read_to_string(log).unwrap_or_default());
    }
    Ok(())
}
