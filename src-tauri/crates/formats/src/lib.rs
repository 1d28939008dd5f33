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
pub mod cloudevents;
pub mod datadog;
mod done;
pub mod email;
mod fields;
mod fingerprint;
mod found;
mod gather;
pub mod github;
pub mod grafana;
pub mod healthchecks;
pub mod heartbeat;
mod json;
mod loose;
pub mod mapping;
pub mod nagios;
pub mod opsgenie;
pub mod pagerduty;
mod parsed;
pub mod people;
pub mod plain;
mod read;
pub mod report;
mod sent;
pub mod sentry;
mod severity;
pub mod signature;
pub mod slack;
mod standing;
mod tags;
mod text;
pub mod uptime_kuma;
pub mod victorops;
mod yaml;

pub use fingerprint::fingerprint;
pub use parsed::{Parsed, RAW_LIMIT, REFUSED_LIMIT, Refused, Unreadable};
pub use read::read;
pub use sent::Sent;
