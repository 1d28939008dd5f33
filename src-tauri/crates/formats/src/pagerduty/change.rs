//! A change event: what was done to a system.

use super::{Invalid, details, invalid, missing};
use crate::fingerprint::once;
use crate::found::{self, bounded};
use crate::loose::Loose;
use crate::{Parsed, json, text};
use domain::Timestamp;
use domain::alerts::Change;
use serde_json::Value;
use std::collections::BTreeMap;

/// A change event as it is sent.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct Event<'a> {
    links: Value,
    #[serde(borrow)]
    payload: Option<Payload<'a>>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Payload<'a> {
    #[serde(borrow)]
    summary: Loose<'a>,
    #[serde(borrow)]
    source: Loose<'a>,
    #[serde(borrow)]
    timestamp: Loose<'a>,
    custom_details: Value,
}

/// Reads a change event of which `hash` is the hash.
pub fn read(event: Event<'_>, hash: &str, now: Timestamp) -> Result<Parsed, Invalid> {
    let payload = event.payload.unwrap_or_default();
    let title = payload.summary.said().map(text::one_line).filter(|title| !title.is_empty());
    let Some(title) = title else { return Err(invalid([missing("payload.summary")])) };
    let at = payload.timestamp.said().and_then(json::instant);
    let service = details::service(&payload.custom_details);
    let fields = [("source", payload.source.kept()), ("links", details::list(&event.links, "text", "href"))];
    let said = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.filter(|value| !value.is_empty())?)));
    let mut labels: BTreeMap<String, String> = said.collect();
    details::add(payload.custom_details, &mut labels);
    let change = Change {
        key: once(hash, at, now),
        title,
        at: at.unwrap_or(now),
        outcome: None,
        service: service.as_deref().and_then(found::service),
        link: details::link(&event.links, None),
        labels: bounded(labels),
    };
    Ok(Parsed { changes: vec![change], ..Parsed::default() })
}
