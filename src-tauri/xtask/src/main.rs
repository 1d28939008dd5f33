//! The project's own commands: `cargo xtask …`. One file per command; what a newcomer needs besides Rust, Node and git is
//! installed by `setup`, which every other command calls first. Must never need anything that `setup` does not install.

mod bench;
mod ci;
mod codegen;
mod licences;
mod locks;
mod pictures;
mod run;
mod setup;
mod shell;
#[cfg(target_os = "linux")]
mod showing;
mod steps;
mod test;
mod ui;

use anyhow::{Result, bail};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  run [--demo] [--home DIR]      build and open Muster; without a screen on a virtual one, and say where the picture is
  test [rust|ui|window] [NAME]   every test, or one part of them, or those with NAME in their name
  ci                             what .ci/run calls: every check, with the time each took
  bench                          measure side by side; the table on screen and in target/bench.json
  codegen [--check]              write the window's types from the table of operations, or compare them
  ui                             build the window's pages into ui/dist
  pictures                       take the pictures of the README anew
  setup                          install what is missing: Debian packages, npm packages, tauri-driver, and in target/tools the tests' senders
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match carry_out(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("xtask: {fault:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(arguments: &[&str]) -> Result<()> {
    match arguments {
        ["run", rest @ ..] => run::run(rest),
        ["test", rest @ ..] => test::run(rest),
        ["ci"] => ci::run(),
        ["bench", rest @ ..] => bench::run(rest),
        ["codegen"] => codegen::write(),
        ["codegen", "--check"] => codegen::check(),
        ["ui"] => setup::npm::install().and_then(|()| ui::build()),
        ["pictures"] => pictures::take(),
        ["setup"] => setup::everything(),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        other => bail!("no such command: {}. `cargo xtask help` lists them.", other.join(" ")),
    }
}
