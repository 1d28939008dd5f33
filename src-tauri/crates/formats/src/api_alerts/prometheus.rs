//! `GET /api/v1/alerts` of a Prometheus: what its rules find, before any Alertmanager. A pending alert does not fire yet.
//!
//! Prometheus lists alerts without its external labels, so that a key here is not the one an Alertmanager behind it has.
//! Source: prometheus.io/docs/prometheus/latest/querying/api/#alerts; `web/api/v1/api.go`.

use crate::alertmanager::{Alert, Listed, Pairs, Text, items, listed, unreadable};
use crate::{Parsed, Unreadable, bounds, json};
use domain::Timestamp;
use domain::alerts::Signal;
use serde_json::value::RawValue;

#[derive(serde::Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    error: Option<Text<'a>>,
    #[serde(borrow)]
    data: Option<Data<'a>>,
}

#[derive(serde::Deserialize)]
struct Data<'a> {
    #[serde(borrow)]
    alerts: Option<Listed<&'a RawValue>>,
}

#[derive(serde::Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    labels: Option<Pairs<'a>>,
    #[serde(borrow)]
    annotations: Option<Pairs<'a>>,
    #[serde(borrow)]
    state: Option<Text<'a>>,
    #[serde(borrow, rename = "activeAt")]
    active_at: Option<Text<'a>>,
    #[serde(borrow)]
    value: Option<Text<'a>>,
}

/// Reads what Prometheus answered at `now`.
pub fn prometheus(body: &[u8], now: Timestamp) -> Result<Parsed, Unreadable> {
    let body = json::text_of(body);
    let answer: Answer<'_> = serde_json::from_str(&body).map_err(|error| unreadable(&error))?;
    match (answer.data.and_then(|data| data.alerts), answer.error) {
        (Some(alerts), _) => Ok(items(alerts, |raw, signals| {
            signals.extend(one(raw, now)?);
            Ok(())
        })),
        (None, Some(error)) => Err(Unreadable::new(format!("Prometheus answers with an error: {}.", error.0))),
        (None, None) => Err(Unreadable::new("The answer lists no alerts: ask for /api/v1/alerts of a Prometheus.")),
    }
}

fn one(raw: &RawValue, now: Timestamp) -> Result<Option<Signal>, String> {
    let Found { labels, annotations, state, active_at, value } =
        serde_json::from_str(raw.get()).map_err(|error| format!("This alert does not read: {error}."))?;
    if state.is_some_and(|state| state.0 != "firing") {
        return Ok(None);
    }
    let mut signal = listed(Alert { labels, annotations, starts_at: active_at, ..Alert::default() }, now)?;
    if let Some(value) = value.filter(|value| !value.0.is_empty()) {
        signal.annotations.entry("value".to_owned()).or_insert_with(|| bounds::value(value.0));
    }
    Ok(Some(signal))
}
