//! Being called: how loud each severity may be, and what a notice says.

mod rules;
#[cfg(test)]
mod tests;
mod words;

pub use rules::*;
pub use words::*;
