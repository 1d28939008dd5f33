//! `cargo xtask ci`: every check there is, in an order in which nothing is built twice and cheap faults show first.
//!
//! One debug profile and one set of features (`--workspace`) serve the app, all tests and the window tests; only clippy
//! keeps artefacts of its own. Stops at the first step that fails, and prints the table all the same.

use crate::steps::Steps;
use crate::{codegen, licences, locks, setup, shell, test, ui};
use anyhow::Result;

/// How long damaged samples are read in a row, in seconds: 50,000 of them, where the plain tests read a few thousand.
const FUZZ_SECONDS: u32 = 60;

/// Runs all checks.
pub fn run() -> Result<()> {
    let mut steps = Steps::default();
    let result = all(&mut steps);
    println!("\n{}", steps.table());
    result
}

fn all(steps: &mut Steps) -> Result<()> {
    steps.step("set up", setup::everything)?;
    steps.step("lock files", locks::check)?;
    steps.step("format", || shell::run(&mut shell::cargo(&["fmt", "--all", "--check"])))?;
    steps.step("window types and accessibility", ui::check)?;
    steps.step("window unit tests", ui::test)?;
    steps.step("window build", ui::build_anew)?;
    steps.step("licences", licences::check)?;
    let clippy = ["clippy", "--locked", "--workspace", "--all-targets", "--test", "window", "--", "-D", "warnings"];
    steps.step("clippy", || shell::run(&mut shell::cargo(&clippy)))?;
    steps.step("build", test::build)?;
    steps.step("generated types", codegen::check_built)?;
    steps.step("import direction", || test::cargo_test(&["--test", "acceptance", "--", "architecture::"]))?;
    steps.step("fuzz", || test::fuzz(FUZZ_SECONDS))?;
    steps.step("tests", || test::cargo_test(&["--no-fail-fast"]))?;
    steps.step("window tests", || test::window(&[]))
}
