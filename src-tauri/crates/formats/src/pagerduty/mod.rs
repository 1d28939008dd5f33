//! PagerDuty's Events API v2, as its clients speak it: `enqueue` (trigger, acknowledge, resolve) and `change/enqueue`.
//!
//! The key is `dedup_key`. An alert ends with a `resolve` of its key, at the moment that is received, as at PagerDuty
//! itself: clients copy the trigger's `timestamp` into it. No episode is named: a trigger speaks of the firing under way,
//! and after an end begins another. What is not valid is refused with PagerDuty's own words, for its clients show them;
//! what it would only cut (a long summary) is taken. Each alert is a group of its own: `group` names parts of a service,
//! not alerts that belong together, and stays a label like `source`, `component` and `class`. The link is the first of
//! `links`, else `client_url`; none is fetched. A service is what `custom_details` calls `service`.
//! Sources: PagerDuty/developer-docs `docs/events-API-v2`; answers as PagerDuty/go-pdagent and alertmanager record them.

mod change;
mod details;
mod event;

use crate::fingerprint::hashed;
use crate::parsed::{Parsed, Unreadable};
use crate::{Sent, json};
use domain::Timestamp;
use std::borrow::Cow;

/// `status` of the answer 202, to either kind of event. Clients take any other code for a failure.
pub const SUCCESS: &str = "success";
/// `message` of the answer to an event that was taken; `dedup_key` stands beside it.
pub const PROCESSED: &str = "Event processed";
/// `message` of the answer to a change event that was taken.
pub const CHANGE_PROCESSED: &str = "Change event processed";
/// `status` of the answer 400.
pub const INVALID_STATUS: &str = "invalid event";
/// `message` of the answer 400; `errors` stands beside it.
pub const INVALID_MESSAGE: &str = "Event object is invalid";
/// One of the `errors`, where a key belongs to no source.
pub const UNKNOWN_KEY: &str = "Invalid routing key";
/// Length of a routing key in characters.
pub const ROUTING_KEY_LENGTH: usize = 32;

/// Why an event is refused, in PagerDuty's own words where they are known.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", errors.join("; "))]
pub struct Invalid {
    /// What is wrong, one sentence a fault; never empty.
    pub errors: Vec<String>,
}

/// An event that was taken.
#[derive(Clone, PartialEq, Debug)]
pub struct Enqueued {
    /// The one signal of it.
    pub parsed: Parsed,
    /// What to answer as `dedup_key`: the sender's own, or one made from the body, the same for the same bytes.
    pub dedup_key: String,
}

/// Reads an event that arrived at `now`: a change where `sent.path` ends in `change` or `change/enqueue`, else an alert.
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    let is_change = sent.path.strip_suffix("/enqueue").unwrap_or(sent.path).ends_with("change");
    let read = if is_change { change(sent.body, now) } else { enqueue(sent.body, now).map(|taken| taken.parsed) };
    read.map_err(|invalid| Unreadable::new(invalid.to_string()))
}

/// Reads an alert event that arrived at `now`.
pub fn enqueue(body: &[u8], now: Timestamp) -> Result<Enqueued, Invalid> {
    event::read(from(&text(body)?)?, || hashed(body), now)
}

/// Reads a change event that arrived at `now`. It has no key of its own: the same bytes with a `timestamp` are the same
/// change, without one they are so within a minute.
pub fn change(body: &[u8], now: Timestamp) -> Result<Parsed, Invalid> {
    change::read(from(&text(body)?)?, &hashed(body), now)
}

/// The `routing_key` of either kind of event: the only credential there is. Reads nothing else of the body.
pub fn routing_key(body: &[u8]) -> Result<String, Invalid> {
    #[derive(serde::Deserialize)]
    struct Key {
        routing_key: Option<String>,
    }
    let read: Key = serde_json::from_str(&json::text_of(body)).map_err(|error| invalid([format!("The body is not an event: {error}.")]))?;
    let key = read.routing_key.filter(|key| !key.trim().is_empty()).ok_or_else(|| invalid([missing("routing_key")]))?;
    if key.chars().count() == ROUTING_KEY_LENGTH {
        Ok(key)
    } else {
        Err(invalid([format!("Length of 'routing_key' is incorrect (should be {ROUTING_KEY_LENGTH} characters)")]))
    }
}

/// The body as text, where it begins as an object does: a list would be read as the fields in their order.
fn text(body: &[u8]) -> Result<Cow<'_, str>, Invalid> {
    if json::is_object(body) { Ok(json::text_of(body)) } else { Err(invalid(["The body is not a JSON object.".to_owned()])) }
}

fn from<'a, E: serde::Deserialize<'a>>(text: &'a str) -> Result<E, Invalid> {
    serde_json::from_str(text).map_err(|error| invalid([format!("The body is not an event: {error}.")]))
}

fn missing(field: &str) -> String {
    format!("'{field}' is missing or blank")
}

fn invalid<const N: usize>(errors: [String; N]) -> Invalid {
    Invalid { errors: errors.into() }
}
