//! What incident command means: nouns, their events, and the rules by which commands become events.
//!
//! Pure: no input or output, no clock, no randomness, no SQL, no async. Ids and "now" are passed in. Three verbs and no
//! more: `decide` (state and command to events or a rejection), `evolve` (state and event to state), `react` (events to
//! effects as data).
#![deny(missing_docs)]

pub mod alarms;
pub mod alerts;
pub mod catalog;
pub mod declare_line;
mod event;
pub mod field;
pub mod home;
mod ids;
pub mod incidents;
pub mod likeness;
pub mod matching;
pub mod noise;
pub mod notices;
pub mod quiet;
mod record;
pub mod roles;
pub mod rules;
mod severity;
#[cfg(test)]
mod test_support;
mod time;

pub use event::*;
pub use ids::*;
pub use incidents::Status;
pub use notices::{Loudness, NoticeRule, Sound};
pub use record::*;
pub use roles::Role;
pub use severity::*;
pub use time::*;
