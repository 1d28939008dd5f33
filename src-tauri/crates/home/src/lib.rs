//! Opens a home: folder, lock, ledger, engine, listener, socket. The one place that knows all concrete types; used by the
//! window, the command line and the tests. Nothing else in Muster reads a clock, dice, or the environment.

mod attachments;
mod config;
pub mod demo;
mod doctor;
mod door;
mod faults;
mod folder;
mod front;
mod guest;
mod house;
mod identity;
mod ledger;
mod lock;
mod log;
mod network;
mod open;
mod owner;
mod ports;
pub mod rescue;
mod roads;
pub mod secrets;
mod signing;
mod sources;
mod surroundings;
mod tls;

pub use api::socket::OwnerKind;
pub use config::{LISTENER_ADDRESS, Machine};
pub use engine::ports::Clock;
pub use folder::folder;
pub use open::{Opened, Options, ask_running, open, raise_running};
pub use ports::{Ports, SystemClock, SystemEntropy};
pub use surroundings::has_display;

/// Muster's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
