//! The keyboard, from outside the app: `xdotool`, so that global grabs and the window manager see real keys.

use anyhow::{Result, bail};
use xtask::desktop::Desktop;

pub fn press(desktop: &Desktop, keys: &str) -> Result<()> {
    let keys = keys.split_whitespace();
    tell(desktop, &["key", "--clearmodifiers"].into_iter().chain(keys).collect::<Vec<_>>())
}

pub fn write(desktop: &Desktop, text: &str) -> Result<()> {
    tell(desktop, &["type", "--clearmodifiers", "--delay", "8", text])
}

pub fn in_front(desktop: &Desktop) -> Result<Option<String>> {
    let (found, title) = desktop.ask("xdotool", &["getactivewindow", "getwindowname"])?;
    Ok(found.then(|| title.trim().to_owned()))
}

pub fn raise(desktop: &Desktop, title: &str) -> Result<()> {
    if in_front(desktop)?.as_deref() == Some(title) {
        return Ok(());
    }
    let name = format!("^{title}$");
    tell(desktop, &["search", "--onlyvisible", "--name", &name, "windowactivate", "--sync"])
}

fn tell(desktop: &Desktop, arguments: &[&str]) -> Result<()> {
    let (done, said) = desktop.ask("xdotool", arguments)?;
    if !done {
        bail!("xdotool {} failed: {said}", arguments.join(" "));
    }
    Ok(())
}
