//! Running other programs: where, how they are shown, and what is said when they fail.

use anyhow::{Context, Result, bail};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::Command;

/// Top folder of the repository.
pub fn top() -> PathBuf {
    let here = variable("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.ancestors().nth(2).map(PathBuf::from).unwrap_or(here)
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    variable("CARGO_TARGET_DIR").map_or_else(|| top().join("target"), |path| top().join(path))
}

/// A variable of the environment; none where it is empty.
#[expect(clippy::disallowed_methods, reason = "the commands' one look at the environment")]
pub fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// `cargo` with these arguments, in the top folder.
pub fn cargo(arguments: &[&str]) -> Command {
    program(variable("CARGO").unwrap_or_else(|| "cargo".into()), arguments)
}

/// `npm` with these arguments, in `ui/`.
pub fn npm(arguments: &[&str]) -> Command {
    let mut command = program(if cfg!(windows) { "npm.cmd" } else { "npm" }, arguments);
    command.current_dir(top().join("ui"));
    command
}

/// Any program, in the top folder. Automatic runs get no colours.
pub fn program(name: impl AsRef<OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(top());
    // Where a fault was made is in its words; frames of the test runner only hide them.
    command.env("RUST_LIB_BACKTRACE", "0");
    if variable("CI").is_some() {
        command.env("CARGO_TERM_COLOR", "never").env("NO_COLOR", "1").env_remove("FORCE_COLOR");
    }
    command
}

/// Says what runs, runs it, and fails with its name if it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    eprintln!("\u{203a} {line}");
    let done = command.status().with_context(|| format!("could not start `{line}`"))?;
    if !done.success() {
        bail!("`{line}` failed ({done})");
    }
    Ok(())
}

/// What a command prints; its complaints go to the screen.
pub fn ask(command: &mut Command) -> Result<String> {
    let line = line(command);
    let output = command.stderr(std::process::Stdio::inherit()).output().with_context(|| format!("could not start `{line}`"))?;
    if !output.status.success() {
        bail!("`{line}` failed ({})", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{line}` printed something that is not text"))
}

fn line(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let name = program.file_stem().unwrap_or(command.get_program()).to_string_lossy().into_owned();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once(name).chain(arguments).collect::<Vec<_>>().join(" ")
}
