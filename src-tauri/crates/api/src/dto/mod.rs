//! The shapes on the wire: plain data with public fields, RFC 3339 times, stable names. No rule lives here.
#![allow(missing_docs, reason = "field names are the contract; those that need words have them")]

mod alert;
mod ask;
mod command;
mod home;
mod incident;
mod people;
mod push;
mod request;
mod team;
mod triage;

pub use alert::*;
pub use ask::*;
pub use command::*;
pub use home::*;
pub use incident::*;
pub use people::*;
pub use push::*;
pub use request::*;
pub use team::*;
pub use triage::*;
