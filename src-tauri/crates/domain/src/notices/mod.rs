//! Being called: how loud each severity may be, and what a notice says.

mod ears;
mod rules;
mod rung;
#[cfg(test)]
mod tests;
mod words;

pub use ears::{compose_ears, compose_ended};
pub use rules::*;
pub use rung::compose_rung;
pub use words::*;
