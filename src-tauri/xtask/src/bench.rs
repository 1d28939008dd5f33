//! `cargo xtask bench`: builds the app and the measuring program as they ship, and runs it. It writes `target/bench.json`.

use crate::{setup, shell, ui};
use anyhow::Result;

/// Measures; arguments go to the measuring program.
pub fn run(arguments: &[&str]) -> Result<()> {
    setup::everything()?;
    ui::build()?;
    shell::run(&mut shell::cargo(&["build", "--locked", "--release", "--workspace", "--bins", "--examples"]))?;
    let mut command = shell::program(shell::target().join("release/bench"), arguments);
    command.env("MUSTER_BENCH_JSON", shell::target().join("bench.json"));
    shell::run(setup::driver::on_path(&mut command)?)
}
