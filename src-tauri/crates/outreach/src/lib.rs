//! What goes out: posts to incoming webhooks, links that open a mail, and the one question that is asked of PagerDuty.
//! Decides nothing, keeps nothing, and never puts a webhook's address, which is a secret, into a sentence or a log.

pub mod body;
mod client;
mod link;
mod mail;
pub mod pagerduty;
mod pieces;
mod replies;
mod verdict;
mod webhooks;

pub use client::{Patience, provide_tls};
pub use link::check_url;
pub use mail::mailto;
pub use replies::{Told, tell_pagerduty};
pub use webhooks::{Urls, Webhooks};
