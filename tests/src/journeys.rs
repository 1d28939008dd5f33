//! Runs journeys one after the other on one desktop, and says how each went as `cargo test` does.
//!
//! The harness of `cargo test` would run them side by side and has no place for a desktop that must end. Nothing is ever
//! skipped in silence: a desktop that does not start fails the run.

use crate::desktop::Rig;
use anyhow::{Context, Result};
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::process::ExitCode;
use std::time::Instant;

/// A journey under way.
pub type Journeying<'r> = Pin<Box<dyn Future<Output = Result<()>> + 'r>>;

/// What a person does from one end to the other, and what must come of it.
pub struct Journey {
    /// Its name, for the list and for choosing it.
    pub name: &'static str,
    /// The work.
    pub go: for<'r> fn(&'r Rig) -> Journeying<'r>,
}

/// Names async functions that take the desktop.
#[macro_export]
macro_rules! journeys {
    ($($module:ident :: $name:ident),* $(,)?) => {
        &[$($crate::journeys::Journey {
            name: concat!(stringify!($module), "::", stringify!($name)),
            go: |rig| Box::pin($module::$name(rig)),
        }),*]
    };
}

/// Runs those whose name contains one of the arguments, or all.
pub fn run(journeys: &[Journey]) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (options, names): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|argument| argument.starts_with("--"));
    let chosen: Vec<&Journey> =
        journeys.iter().filter(|journey| names.is_empty() || names.iter().any(|name| journey.name.contains(name.as_str()))).collect();
    if options.iter().any(|option| *option == "--list") {
        chosen.iter().for_each(|journey| println!("{}: test", journey.name));
        return ExitCode::SUCCESS;
    }
    println!("\nrunning {} tests", chosen.len());
    match on_one_desktop(&chosen) {
        Ok(failed) => {
            let result = if failed == 0 { "ok" } else { "FAILED" };
            let (passed, out) = (chosen.len() - failed, journeys.len() - chosen.len());
            println!("\ntest result: {result}. {passed} passed; {failed} failed; 0 ignored; 0 measured; {out} filtered out");
            if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(fault) => {
            eprintln!("The desktop could not be had: {fault:#}\n`cargo xtask setup` installs what it needs.");
            println!("\ntest result: FAILED. 0 passed; {} failed; 0 ignored; 0 measured; 0 filtered out", chosen.len());
            ExitCode::FAILURE
        }
    }
}

/// Answers how many failed. Ctrl+C ends the desktop too.
fn on_one_desktop(chosen: &[&Journey]) -> Result<usize> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().context("start the runtime")?;
    let rig = runtime.block_on(Rig::start())?;
    let mut failed = 0;
    for journey in chosen {
        let begun = Instant::now();
        let went = catch_unwind(AssertUnwindSafe(|| runtime.block_on(to_the_end(journey, &rig))));
        let took = begun.elapsed().as_secs_f32();
        let fault = match went {
            Ok(Ok(())) => {
                println!("test {} ... ok ({took:.1} s)", journey.name);
                continue;
            }
            Ok(Err(fault)) if fault.is::<Interrupted>() => return Err(fault),
            Ok(Err(fault)) => fault.chain().map(ToString::to_string).collect::<Vec<_>>().join("\n  because: "),
            Err(_) => "it panicked, see above".to_owned(),
        };
        failed += 1;
        println!("test {} ... FAILED ({took:.1} s)\n{fault}", journey.name);
    }
    Ok(failed)
}

async fn to_the_end(journey: &Journey, rig: &Rig) -> Result<()> {
    // An app that starts where no tray host is behaves otherwise, and rightly so.
    rig.tray().await?;
    tokio::select! {
        went = (journey.go)(rig) => went,
        _ = tokio::signal::ctrl_c() => Err(Interrupted.into()),
    }
}

/// Ctrl+C was pressed.
#[derive(Debug)]
struct Interrupted;

impl std::fmt::Display for Interrupted {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("interrupted")
    }
}

impl std::error::Error for Interrupted {}
