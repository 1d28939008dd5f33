//! The store: one SQLite file that holds the ledger, the projections folded from it, and what is declared to be
//! neither (sightings, outbox, statistics of sources, keys of commands). It decides nothing and reads no clock.
//!
//! One [`Writer`] appends, in transactions that hold an event, everything that follows from it, and what it asks to be
//! done; a few [`Readers`] answer. Events are never updated or deleted; only [`Batch::erase`] takes an event's words
//! away, and the chain still verifies.
#![deny(missing_docs)]

mod backup;
pub mod backups;
mod batch;
mod chain;
mod codec;
mod columns;
mod error;
mod find;
mod firing;
mod history;
mod lately;
mod ledger;
mod meta;
mod names;
mod once;
mod open;
mod outbox;
mod probes;
mod projections;
mod reader;
pub mod rescue;
mod rows;
mod schema;
mod search;
mod sightings;
mod sources;
mod sql;
#[cfg(test)]
mod tests;
mod verify;
mod wakes;
mod wal;
mod writer;

pub use batch::{Batch, Draft};
pub use error::{OpenError, StoreError};
pub use history::{HISTORY_LIMIT, Wanted};
pub use open::{Opening, open};
pub use reader::{Reader, ReaderGuard, Readers};
pub use rows::*;
pub use writer::Writer;

/// Most matches shown for a name that fits several things.
pub const FOUND_SHOWN: usize = 8;
/// Bytes kept of a refused body (64 KiB): enough to see what was wrong with it.
pub const REFUSAL_LIMIT: usize = 64 * 1024;
