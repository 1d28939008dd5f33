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
/// Fewer colours than this is a window that has not painted yet.
const PAINTED: usize = 64;

/// Shows `app` and writes `picture`; what it says goes to `log`.
pub fn show(app: &Command, picture: &Path, log: &Path) -> Result<()> {
    let desktop = Desktop::start(1400, 900)?;
    let mut notices = desktop.command("dunst");
    notices.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().context("start dunst")?;
    let mut command = desktop.command(app.get_program());
    let output = File::create(log).with_context(|| format!("write {}", log.display()))?;
    command.args(app.get_args()).stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
    let mut child = command.spawn().with_context(|| format!("start {}", app.get_program().to_string_lossy()))?;
    let window = wait::until("the window", PATIENCE, || window(&desktop, &mut child, log))?;
    let mut before = 0;
    wait::until("the window's first picture", PATIENCE, || {
        let now = colours(&desktop, &window)?;
        let still = now >= PAINTED && now.abs_diff(before) * 20 <= now;
        before = now;
        Ok(still.then_some(()))
    })?;
    desktop.picture(picture)
}

fn window(desktop: &Desktop, child: &mut Child, log: &Path) -> Result<Option<String>> {
    if let Some(end) = child.try_wait()? {
        bail!("the app ended before its window showed ({end}); it said:\n{}", std::fs::read_to_string(log).unwrap_or_default());
    }
    let (_, found) = desktop.ask("xdotool", &["search", "--onlyvisible", "--name", "Muster"])?;
    Ok(found.lines().next().map(str::to_owned))
}

/// How many colours the window shows.
fn colours(desktop: &Desktop, window: &str) -> Result<usize> {
    let shot = desktop.folders().path("cache").join("look.png");
    let file = shot.display().to_string();
    if !desktop.ask("import", &["-silent", "-window", window, &file])?.0 {
        return Ok(0);
    }
    Ok(desktop.ask("identify", &["-format", "%k", &file])?.1.trim().parse().unwrap_or(0))
}
