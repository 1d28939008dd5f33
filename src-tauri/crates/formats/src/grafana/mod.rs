//! Grafana's webhook contact point: unified alerting (version "1", Grafana 8 and later), which is Alertmanager's
//! notification in another dialect, and the payload of the alerting before it.
//!
//! An alert ends where its own `status` says `resolved`; the notification's `state` is a summary and is not looked at.
//! Its key is `fingerprint`, its episode `startsAt`, its group `groupKey`, as Alertmanager's. How bad it is stands in the
//! label `severity`, the service in `service`. The link is the panel, else the dashboard, else the rule; none is fetched.
//! A rule that could not be judged (`DatasourceNoData`, `DatasourceError`) says so in its title.
//! Sources: grafana/alerting `receivers/webhook/v1/webhook.go`, `templates/template_data.go`; Grafana's documentation of
//! the webhook notifier.

mod legacy;

use crate::json;
use crate::{Parsed, Sent, Unreadable, alertmanager};
use domain::Timestamp;

/// Reads a notification that arrived at `now`, in whichever of the two shapes. Grafana takes any 2xx for success.
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    if !json::is_object(sent.body) {
        return Err(Unreadable::new(
            "The body is not a Grafana notification: send the JSON object with `alerts` that a webhook contact point sends.",
        ));
    }
    let parsed = alertmanager::webhook(sent.body, now)?;
    if parsed != Parsed::default() {
        return Ok(parsed);
    }
    let body = json::value(sent.body)?;
    match body.get("alerts") {
        Some(_) => Ok(parsed),
        None => legacy::read(&body, now),
    }
}
