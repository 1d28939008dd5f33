//! The listener over a real socket, with a ledger made of memory behind it.

mod answers;
mod client;
mod connections;
mod crowd;
mod events;
mod heartbeats;
mod kinds;
mod ledger;
mod log;
mod opsgenie;
mod queries;
mod real_senders;
mod refusals;
mod reports;
mod samples;
mod signed;
mod tls;
