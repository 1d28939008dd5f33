//! The desktop: windows, tray, hotkey, notices. It speaks to a home through `api::Backend` and decides nothing itself.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod args;
mod caller;
#[cfg(test)]
mod capabilities;
mod ipc;
mod shell;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::read();
    match shell::run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("Muster could not start: {fault:#}");
            ExitCode::FAILURE
        }
    }
}
