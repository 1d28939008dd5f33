//! `GET /api/v2/alerts` of an Alertmanager, and of the one inside of Grafana.
//!
//! A suppressed alert fires like any other: that somebody silenced it is told in its annotations, and for Muster's people
//! to judge. Source: prometheus/alertmanager `api/v2/openapi.yaml`, `gettableAlert`.

use crate::alertmanager::{Alert, Listed, Pairs, Text, items, listed, unreadable};
use crate::{Parsed, Unreadable, bounds, json};
use domain::Timestamp;
use domain::alerts::Signal;
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The annotation that names the silences over an alert.
pub const SILENCED_BY: &str = "silenced_by";
/// The annotation that names the alerts which keep an alert quiet.
pub const INHIBITED_BY: &str = "inhibited_by";
/// The annotation that names the time intervals in which an alert is muted.
pub const MUTED_BY: &str = "muted_by";

/// One alert of the list.
#[derive(serde::Deserialize)]
struct Gettable<'a> {
    #[serde(borrow)]
    labels: Option<Pairs<'a>>,
    #[serde(borrow)]
    annotations: Option<Pairs<'a>>,
    #[serde(borrow, rename = "startsAt")]
    starts_at: Option<Text<'a>>,
    #[serde(borrow, rename = "generatorURL")]
    generator_url: Option<Text<'a>>,
    #[serde(borrow)]
    fingerprint: Option<Text<'a>>,
    #[serde(borrow)]
    status: Option<&'a RawValue>,
}

/// What keeps an alert from being sent on; nothing, where it is active.
#[derive(Default, serde::Deserialize)]
struct Status<'a> {
    #[serde(borrow, rename = "silencedBy")]
    silenced_by: Option<Vec<Text<'a>>>,
    #[serde(borrow, rename = "inhibitedBy")]
    inhibited_by: Option<Vec<Text<'a>>>,
    #[serde(borrow, rename = "mutedBy")]
    muted_by: Option<Vec<Text<'a>>>,
}

/// Reads what Alertmanager answered at `now`.
pub fn alertmanager(body: &[u8], now: Timestamp) -> Result<Parsed, Unreadable> {
    let body = json::text_of(body);
    if !body.trim_start().starts_with(['[', 'n']) {
        return Err(no_list(&body));
    }
    let list: Listed<&RawValue> = serde_json::from_str(&body).map_err(|error| unreadable(&error))?;
    Ok(items(list, |raw, signals| {
        signals.push(one(raw, now)?);
        Ok(())
    }))
}

/// Reads what Grafana answered at `now` to `GET /api/alertmanager/grafana/api/v2/alerts`: the same shape.
pub fn grafana(body: &[u8], now: Timestamp) -> Result<Parsed, Unreadable> {
    alertmanager(body, now)
}

fn one(raw: &RawValue, now: Timestamp) -> Result<Signal, String> {
    let Gettable { labels, annotations, starts_at, generator_url, fingerprint, status } =
        serde_json::from_str(raw.get()).map_err(|error| format!("This alert does not read: {error}."))?;
    let mut signal = listed(Alert { labels, annotations, starts_at, generator_url, fingerprint, ..Alert::default() }, now)?;
    let status: Status<'_> = status.and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default();
    for (annotation, by) in [(SILENCED_BY, status.silenced_by), (INHIBITED_BY, status.inhibited_by), (MUTED_BY, status.muted_by)] {
        if let Some(by) = by.filter(|by| !by.is_empty()) {
            let by: Vec<_> = by.into_iter().map(|one| one.0).collect();
            signal.annotations.insert(annotation.to_owned(), bounds::value(Cow::Owned(by.join(", "))));
        }
    }
    Ok(signal)
}

/// An answer that is no list says in `message` or as text why.
fn no_list(body: &str) -> Unreadable {
    let said: Option<Value> = serde_json::from_str(body).ok();
    let why = said.as_ref().and_then(|said| json::text(said, "/message").or_else(|| json::plain(said)));
    Unreadable::new(match why {
        Some(why) => format!("The answer is no list of alerts but says: {why}."),
        None => "The answer is no list of alerts: ask for /api/v2/alerts of an Alertmanager.".to_owned(),
    })
}
