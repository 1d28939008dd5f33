//! The one way in: a table of operations, their shapes on the wire, their errors, and the two back ends that answer
//! them (the engine in this process, or the socket of the home's owner). Knows no window, no listener, no concrete home.
#![deny(missing_docs)]

mod backend;
mod bindings;
pub mod dto;
mod error;
mod in_process;
pub mod socket;
mod table;

pub use backend::{Backend, Desktop, Hotkey, Local, LocalInfo, checked_link};
pub use bindings::typescript;
pub use error::{ApiError, Code};
pub use in_process::InProcess;
pub use table::{Group, OPERATIONS, Operation, Request, answer};
