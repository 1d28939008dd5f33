//! What tests bring instead of the world: a clock that stands where it is put, dice with a seed, hands that remember,
//! and a whole home in a folder of its own. Hermetic: reads no clock, no randomness, no environment; only the engine's
//! own five-second look at the clock is real, and [`House::fast_forward`] does not wait for it.
//!
//! Histories of one incident without a ledger (`given(events).when(command).then(events)`) are the domain's own
//! `test_support`: a crate's unit tests cannot use what depends on it.

mod cable;
mod clock;
mod entropy;
mod events;
mod hands;
mod house;
mod postman;
mod signals;

pub use cable::Cable;
pub use clock::FakeClock;
pub use entropy::SeededEntropy;
pub use events::{Chain, declared, noted};
pub use hands::{Asked, Hands};
pub use house::House;
pub use postman::Postman;
pub use signals::{FIRING, SOURCE, ended, firing, signal};

use domain::Timestamp;

/// When every story begins: 14:00 on a Monday, UTC.
pub const START: Timestamp = Timestamp(1_773_064_800_000);
/// A minute in milliseconds.
pub const MINUTE: i64 = 60_000;
