//! Wire formats: the bytes that a tool sends, read into signals. One module a tool.
//!
//! Pure: no socket, no clock, no async, no SQL; "now" is passed in. Whatever arrives is untrusted text: nothing here may
//! panic, fetch an address or interpret markup.
#![deny(missing_docs)]

pub mod alertmanager;
mod fingerprint;
mod parsed;
mod severity;
mod text;

pub use fingerprint::fingerprint;
pub use parsed::{Parsed, RAW_LIMIT, REFUSED_LIMIT, Refused, Unreadable};
