//! The engine on a real file, with a clock that stands where it is put and hands that only remember.

mod alerts;
mod commands;
mod house;
mod notices;
