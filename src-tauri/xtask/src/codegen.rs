//! `cargo xtask codegen`: the window's types, made from the table of operations. The file is checked in and never edited.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// Writes the file.
pub fn write() -> Result<()> {
    let text = shell::ask(&mut maker())?;
    std::fs::write(file(), text).with_context(|| format!("write {}", file().display()))
}

/// Compares the file with what would be written.
pub fn check() -> Result<()> {
    compare(&mut maker())
}

/// The same, by the program that `cargo build --workspace` has just made.
pub fn check_built() -> Result<()> {
    compare(&mut Command::new(shell::target().join("debug/codegen")))
}

fn compare(maker: &mut Command) -> Result<()> {
    let made = shell::ask(maker)?;
    let kept = std::fs::read_to_string(file()).with_context(|| format!("read {}", file().display()))?;
    let Some(line) = first_difference(&kept, &made) else { return Ok(()) };
    bail!("{} differs from the table of operations, first at line {line}. `cargo xtask codegen` writes it anew.", file().display())
}

fn maker() -> Command {
    shell::cargo(&["run", "--quiet", "--locked", "--package", "api", "--bin", "codegen"])
}

fn file() -> PathBuf {
    shell::top().join("ui/src/ipc/bindings.gen.ts")
}

/// Number of the first line that differs.
fn first_difference(kept: &str, made: &str) -> Option<usize> {
    if kept == made {
        return None;
    }
    let same = kept.lines().zip(made.lines()).take_while(|(kept, made)| kept == made).count();
    Some(same + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_first_line_that_differs() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some(2));
        assert_eq!(first_difference("a\n", "a\nb\n"), Some(2));
        assert_eq!(first_difference("a\n", "a"), Some(2));
    }
}
