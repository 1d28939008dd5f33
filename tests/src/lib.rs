//! Rigs for tests with the real thing: the real window on a private desktop, the real program without one, real senders.
//!
//! No test lives here. Everything a rig starts ends with the rig, also when a test fails or panics.

pub mod app;
pub mod desktop;
pub mod journeys;
pub mod peers;
pub mod programs;
pub mod story;
pub mod system;
pub mod wait;
pub mod window;
