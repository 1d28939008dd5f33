//! What comes in: the HTTP listener that tools send alerts to.
//!
//! It knows no engine and no database: what it needs is the [`Ledger`]. Everything that arrives is untrusted. It must
//! never answer 2xx before the ledger said "on disk", never fetch an address that it was sent, and never write a token
//! or a body into the log.
#![deny(missing_docs)]

mod alertmanager;
mod answer;
mod body;
mod credentials;
mod crowd;
mod door;
mod hooks;
mod hosts;
mod ledger;
mod limits;
mod listener;
mod matchers;
mod metrics;
mod opsgenie;
mod pagerduty;
mod ping;
mod query;
mod replays;
mod report;
mod rounds;
mod setup;
mod taking;
mod token;
mod victorops;

pub use ledger::{ApiAlert, Batch, IngestFailure, Ledger, Sender, Standing, Tried};
pub use limits::Limits;
pub use listener::{BindError, Listener, ListenerConfig};
pub use rounds::{Asked, Asker, Outcome, Rounds, round};
pub use setup::{Setup, setup_text, source_path};
pub use token::{TOKEN_LENGTH, Tokens, new_token, token_hash};
