//! `cargo xtask pictures`: the pictures of the README, taken by the project's own window test from the real app.

use crate::{setup, shell, test, ui};
use anyhow::{Context, Result};

/// Pictures that the README shows, as the window test names them.
const SHOWN: &[&str] = &["watch-dark.png", "watch-light.png", "incident-dark.png", "declare-dark.png"];

/// Takes them and puts them into `tests/pictures/`.
pub fn take() -> Result<()> {
    setup::everything()?;
    ui::build()?;
    test::build()?;
    test::window(&["pictures"])?;
    let kept = shell::top().join("tests/pictures");
    std::fs::create_dir_all(&kept)?;
    for name in SHOWN {
        let taken = shell::target().join("window/pictures").join(name);
        std::fs::copy(&taken, kept.join(name)).with_context(|| format!("the window test left no {}", taken.display()))?;
    }
    Ok(())
}
