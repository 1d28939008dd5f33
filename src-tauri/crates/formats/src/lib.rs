//! Wire formats: the bytes that a tool sends, read into signals, one module a tool; what a person pastes from a chat, read
//! into lines ([`chat`]); lists of people ([`people`]) and of services ([`catalog`]).
//!
//! Pure: no socket, no clock, no async, no SQL; "now" is passed in. Whatever arrives is untrusted text: nothing here may
//! panic, fetch an address or interpret markup.
#![deny(missing_docs)]

pub mod alertmanager;
pub mod api_alerts;
mod bounds;
pub mod catalog;
pub mod chat;
mod fingerprint;
mod found;
pub mod grafana;
mod json;
mod loose;
pub mod nagios;
pub mod opsgenie;
pub mod pagerduty;
mod parsed;
pub mod people;
mod sent;
mod severity;
pub mod signature;
pub mod slack;
mod text;
mod yaml;
pub mod victorops;

pub use fingerprint::fingerprint;
pub use parsed::{Parsed, RAW_LIMIT, REFUSED_LIMIT, Refused, Unreadable};
pub use sent::Sent;
