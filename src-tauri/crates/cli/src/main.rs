//! `muster`: every operation from a terminal, a script, or a server without a screen.
//! A client like the window: it translates words to operations of the one table and answers to text, and decides nothing.

mod args;
mod commands;
mod context;
mod flags;
mod out;
#[cfg(test)]
mod reach;
mod run;
mod session;
mod times;
mod way;
mod words;

fn main() -> std::process::ExitCode {
    run::run()
}
