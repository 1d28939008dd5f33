//! What `cargo xtask run` and the window tests share: a private desktop without a screen, and waiting with a reason.
//!
//! Must never depend on a crate of the house: it is the first thing a newcomer compiles.

#[cfg(target_os = "linux")]
pub mod desktop;
pub mod wait;
