//! `cargo xtask test`: everything that can be wrong and is tested, window tests too.

use crate::{setup, shell, ui};
use anyhow::Result;

/// Runs all tests, or the part named first, or those with a name in their name.
pub fn run(arguments: &[&str]) -> Result<()> {
    setup::everything()?;
    let (part, name) = match arguments {
        [part @ ("rust" | "ui" | "window"), name @ ..] => (Some(*part), name),
        name => (None, name),
    };
    let wanted = |this: &str| part.is_none_or(|part| part == this);
    if wanted("ui") {
        ui::check()?;
        ui::test()?;
    }
    if part == Some("ui") {
        return Ok(());
    }
    ui::build()?;
    build()?;
    if wanted("rust") {
        let filter = [&["--no-fail-fast", "--"], name].concat();
        cargo_test(if name.is_empty() { &["--no-fail-fast"] } else { &filter })?;
    }
    if wanted("window") {
        window(name)?;
    }
    Ok(())
}

/// Builds programs and tests in one go: tests that need a real program find it beside them.
pub fn build() -> Result<()> {
    shell::run(&mut shell::cargo(&["build", "--locked", "--workspace", "--bins", "--tests", "--test", "window"]))
}

/// Runs Rust tests of the whole workspace; naming single packages would choose other features and build all anew.
pub fn cargo_test(arguments: &[&str]) -> Result<()> {
    shell::run(shell::cargo(&["test", "--locked", "--workspace"]).args(arguments))
}

/// Reads damaged samples of everything that others write, for so many seconds.
pub fn fuzz(seconds: u32) -> Result<()> {
    let mut command = shell::cargo(&["test", "--locked", "--workspace", "--test", "fuzz", "--", "--nocapture"]);
    shell::run(command.env("MUSTER_FUZZ_SECONDS", seconds.to_string()))
}

/// Runs the journeys through the real window, all on one private desktop.
pub fn window(names: &[&str]) -> Result<()> {
    let journeys = ["test", "--locked", "--workspace", "--test", "window", "--"];
    let mut command = shell::cargo(&journeys);
    shell::run(setup::driver::on_path(command.args(names))?)
}
