//! Sentry's webhooks: those of an integration (`Sentry-Hook-Resource`) and those of the old project plugin.
//!
//! - `event_alert`, an issue alert: key `issue/<issue id>`. It **never says that it is over**; that comes with the resource
//!   `issue`, which is to be subscribed too. Then each new issue is an alert as well.
//! - `issue`: `created` and `unresolved` fire, `resolved` is over, `assigned` and `archived` mean that a person looked at it.
//! - `metric_alert`: key `metric_alert/<id>`, one a firing; `critical`, `warning`, `resolved`; grouped by its rule.
//! - The plugin (`id`, `project`, `level`, `url`, `event`): key `issue/<id>`, never over.
//!
//! Severity: the level of the issue, the action of a metric alert. Other resources (installation, comment, error) are no
//! alerts and yield nothing. A resource that the header does not name is known by its shape.
//! Sources: docs.sentry.io, integration platform, webhooks; getsentry/sentry `plugins/webhooks`.

mod issue;
mod metric;

use crate::found::Found;
use crate::json;
use crate::parsed::{Parsed, Unreadable};
use crate::sent::Sent;
use domain::Timestamp;
use serde_json::Value;
use std::borrow::Cow;

/// Says what a webhook is about.
const RESOURCE: &str = "Sentry-Hook-Resource";
/// Unix seconds at which Sentry sent it.
const SENT_AT: &str = "Sentry-Hook-Timestamp";

/// Reads a webhook.
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    let body = json::value(sent.body)?;
    let at = sent.header(SENT_AT).and_then(json::instant);
    let resource = sent.header(RESOURCE).or_else(|| shape(&body)).ok_or_else(|| {
        Unreadable::new("The body is no Sentry webhook: send those of an integration, with the resources `issue` and the alert rules.")
    })?;
    let found = match resource {
        "event_alert" => issue::of_event_alert(&body, at, now),
        "issue" => issue::of_issue(&body, at, now),
        "metric_alert" => metric::read(&body, at, now),
        PLUGIN => issue::of_plugin(&body, now),
        _ => Ok(None),
    };
    let found =
        found.map_err(|missing| Unreadable::new(format!("A Sentry `{resource}` without `{missing}` says of nothing what happened.")))?;
    Ok(Parsed { signals: found.map(|found: Found| found.signal(now)).into_iter().collect(), ..Parsed::default() })
}

/// The name given here to the webhook of the old plugin, which has no header.
const PLUGIN: &str = "plugin";

fn shape(body: &Value) -> Option<&'static str> {
    let has = |pointer: &str| body.pointer(pointer).is_some_and(Value::is_object);
    if has("/data/metric_alert") {
        Some("metric_alert")
    } else if has("/data/event") {
        Some("event_alert")
    } else if has("/data/issue") {
        Some("issue")
    } else if body.get("id").is_some() && body.get("project").is_some() && (has("/event") || body.get("level").is_some()) {
        Some(PLUGIN)
    } else {
        has("/data").then_some("other")
    }
}

/// The first of these pointers at which there is text.
fn first<'v>(value: &'v Value, pointers: &[&str]) -> Option<Cow<'v, str>> {
    pointers.iter().find_map(|pointer| json::text(value, pointer))
}

/// The first of these pointers at which there is a time.
fn first_time(value: &Value, pointers: &[&str]) -> Option<Timestamp> {
    pointers.iter().find_map(|pointer| json::time(value, pointer))
}
