//! CloudEvents 1.0 over HTTP: one event in the body, a batch of them, or one in `ce-` headers with the body as its data.
//!
//! What an event is, by the first of these rules that holds:
//! 1. `dev.cdevents.incident.*` is an alert, any other `dev.cdevents.*` a change.
//! 2. Its type ends in a word for how an alert stands, versions apart: `com.example.disk.firing`, `….alert.v1`, `….resolved`.
//! 3. Its data reads as an alert of [`crate::plain`]: a title, and a severity or a state.
//! 4. It carries the extension `severity`: an alert that fires.
//! 5. Else it is context, a change: that something happened somewhere is no reason to wake anyone.
//!
//! Key of an alert: the one in its data, else its source and its subject (without one, its type without the word), so that
//! firing and resolved meet. Source and id together name the delivery: they are the key of a change, and are noted with an
//! alert. Each event of a batch stands alone.
//! Source: cloudevents/spec `spec.md`, `http-protocol-binding.md`, `json-format.md`; cdevents/spec.

mod cdevents;
mod event;
mod judge;

use crate::gather;
use crate::parsed::{Parsed, Unreadable};
use crate::sent::Sent;
use crate::{fields, json};
use domain::Timestamp;
use event::Event;
use serde_json::Value;

/// Reads what a sender delivers.
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    if sent.header("ce-specversion").is_some() {
        let event = Event::of_headers(sent).map_err(Unreadable::new)?;
        return Ok(judge::item(event, now).alone());
    }
    let body = json::value(sent.body)?;
    let batch = sent.header("content-type").is_some_and(|kind| fields::is(kind, "application/cloudevents-batch+json"));
    match body {
        Value::Array(events) => Ok(gather::each(events, Value::to_string, |event| Ok(judge::item(Event::of_object(event)?, now)))),
        Value::Object(_) if !batch => {
            let event = Event::of_object(&body).map_err(Unreadable::new)?;
            Ok(judge::item(event, now).alone())
        }
        Value::Object(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Err(Unreadable::new("The body is no CloudEvent: send one JSON object with `specversion`, or a batch as an array of them."))
        }
    }
}
