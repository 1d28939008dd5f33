//! Prometheus Alertmanager: its webhook, version "4", and its API v2 as Prometheus and amtool speak it.
//!
//! An alert's key is the fingerprint of its labels, its episode the time at which it began, so that the same alert is
//! one alert on both ways in. Each alert of a body stands alone: one that does not read is refused with a sentence and
//! kept as sent, the others are taken. Grafana's webhook is the same body in another dialect: see [`crate::grafana`].
//! Sources: prometheus/alertmanager `notify/webhook/webhook.go`, `api/v2/openapi.yaml`, `types/types.go`.

mod dialect;
mod group;
mod judge;
mod wire;

use crate::json;
use crate::parsed::{Parsed, Unreadable};
use domain::Timestamp;
use group::Grouping;
use serde::Deserialize;
use serde_json::value::RawValue;
use wire::Notification;

pub(crate) use judge::{items, listed};
pub(crate) use wire::{Alert, Listed, Pairs, Text};

/// How long a pushed alert without an end is taken to fire, unless it is heard of again: Alertmanager's own
/// `resolve_timeout` (5 min, in seconds).
pub const RESOLVE_TIMEOUT_SECS: i64 = 5 * 60;

/// What the real one answers where an alert has no labels.
pub const NO_LABELS: &str = "at least one label pair required";
/// What the real one answers where an alert ends before it begins.
pub const ENDS_BEFORE_IT_STARTS: &str = "start time must be before end time";

/// Reads a notification of the webhook that arrived at `now`. Its alerts never lapse: Alertmanager says so itself when
/// they end, and repeats them only after its `repeat_interval`, often hours.
pub fn webhook(body: &[u8], now: Timestamp) -> Result<Parsed, Unreadable> {
    let body = json::text_of(body);
    match first_sign(&body) {
        Some('{') => {}
        Some('[') => {
            return Err(Unreadable::new("This is a list of alerts, as Prometheus sends them: let it push to /api/v2/alerts instead."));
        }
        Some(_) | None => return Err(Unreadable::new("The body is not an Alertmanager notification: send a JSON object with `alerts`.")),
    }
    read::<Notification<Alert>, Notification<&RawValue>>(&body, now)
}

/// Reads alerts that were pushed by API v2 at `now`. A firing one lapses at its `endsAt`, or after
/// [`RESOLVE_TIMEOUT_SECS`] where it names none; an `endsAt` in the past says that it is over.
pub fn push(body: &[u8], now: Timestamp) -> Result<Parsed, Unreadable> {
    let body = json::text_of(body);
    match first_sign(&body) {
        Some('[' | 'n') => {}
        Some('{') => {
            return Err(Unreadable::new("This is one JSON object: send an array of alerts, `[{…}]`, or a webhook to /hooks/alertmanager."));
        }
        Some(_) | None => return Err(Unreadable::new("The body is not a list of alerts: send a JSON array, `[{\"labels\":{…}}]`.")),
    }
    read::<Listed<Alert>, Listed<&RawValue>>(&body, now)
}

/// A body in one of the two shapes, its alerts read or left as text.
trait Body<A> {
    fn split(self) -> (Listed<A>, Grouping);
}

impl<A> Body<A> for Notification<'_, A> {
    fn split(mut self) -> (Listed<A>, Grouping) {
        let alerts = std::mem::take(&mut self.alerts).unwrap_or_default();
        let group = Grouping::of_notification(&self, alerts.items.len());
        (alerts, group)
    }
}

impl<A> Body<A> for Listed<A> {
    fn split(self) -> (Listed<A>, Grouping) {
        (self, Grouping::ByLabels)
    }
}

/// Reads all alerts at once, which is the common case and the fast one; where one of them does not read or must be
/// refused, reads each by itself.
fn read<'a, All, Each>(body: &'a str, now: Timestamp) -> Result<Parsed, Unreadable>
where
    All: Body<Alert<'a>> + Deserialize<'a>,
    Each: Body<&'a RawValue> + Deserialize<'a>,
{
    if let Ok(all) = serde_json::from_str::<All>(body) {
        let (alerts, grouping) = all.split();
        if let Some(parsed) = judge::all(alerts, &grouping, now) {
            return Ok(parsed);
        }
    }
    let each: Each = serde_json::from_str(body).map_err(|error| unreadable(&error))?;
    let (alerts, grouping) = each.split();
    Ok(judge::each(alerts, &grouping, now))
}

pub(crate) fn unreadable(error: &serde_json::Error) -> Unreadable {
    let what = if error.is_data() { "is JSON of another shape" } else { "is not JSON" };
    Unreadable::new(format!("The body {what}: {error}."))
}

fn first_sign(body: &str) -> Option<char> {
    body.trim_start().chars().next()
}
