//! The engine on a real file, with a clock that stands where it is put and hands that only remember.

mod alarms;
mod alerts;
mod clocks;
mod commands;
mod ears;
mod gathered;
mod long;
mod notices;
mod posts;
mod replies;
