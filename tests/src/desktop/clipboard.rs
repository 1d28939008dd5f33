//! The clipboard of the desktop as any other program sees it, by `xclip`.

use anyhow::{Context, Result, ensure};
use std::io::Write as _;
use std::process::Stdio;
use xtask::desktop::Desktop;

/// What lies there as plain text; `None` where nothing does.
pub fn text(desktop: &Desktop) -> Result<Option<String>> {
    part(desktop, "UTF8_STRING")
}

/// What lies there in this form, such as `text/html`; `None` where it is not offered.
pub fn part(desktop: &Desktop, form: &str) -> Result<Option<String>> {
    let (done, said) = desktop.ask("xclip", &["-out", "-selection", "clipboard", "-target", form])?;
    Ok(done.then_some(said))
}

/// Puts text there, as another program would; it stays until something else is copied.
pub fn put(desktop: &Desktop, text: &str) -> Result<()> {
    let mut holder = desktop.command("xclip");
    holder.args(["-in", "-selection", "clipboard"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = holder.spawn().context("start xclip; `cargo xtask setup` installs it")?;
    child.stdin.take().context("its input is piped")?.write_all(text.as_bytes())?;
    ensure!(child.wait()?.success(), "xclip takes the text");
    ensure!(self::text(desktop)?.as_deref() == Some(text), "the text lies on the clipboard");
    Ok(())
}
