//! Wire formats: the bytes that a tool sends, read into signals, one module a tool; what a person pastes from a chat, read
//! into lines ([`chat`]); and lists of people ([`people`]).
//!
//! Pure: no socket, no clock, no async, no SQL; "now" is passed in. Whatever arrives is untrusted text: nothing here may
//! panic, fetch an address or interpret markup.
#![deny(missing_docs)]

pub mod alertmanager;
mod bounds;
pub mod chat;
pub mod cloudevents;
pub mod datadog;
mod done;
pub mod email;
mod fields;
mod fingerprint;
mod found;
mod gather;
pub mod github;
pub mod healthchecks;
pub mod heartbeat;
mod json;
pub mod mapping;
mod parsed;
pub mod people;
pub mod plain;
mod sent;
pub mod sentry;
mod severity;
mod standing;
mod tags;
mod text;
pub mod uptime_kuma;

pub use fingerprint::fingerprint;
pub use parsed::{Parsed, RAW_LIMIT, REFUSED_LIMIT, Refused, Unreadable};
pub use sent::Sent;
