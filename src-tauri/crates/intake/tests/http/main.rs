//! The listener over a real socket, with a ledger made of memory behind it.

mod answers;
mod client;
mod connections;
mod crowd;
mod ledger;
mod log;
mod queries;
mod real_senders;
mod refusals;
