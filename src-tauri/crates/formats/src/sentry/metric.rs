//! A metric alert of Sentry: a threshold that was crossed, and later was not.

use super::{first, first_time};
use crate::found::Found;
use crate::{json, standing::Standing};
use domain::AlertSeverity::{Critical, Warning};
use domain::Timestamp;
use serde_json::Value;

/// What a metric alert says, or what of it is missing.
pub fn read(body: &Value, at: Option<Timestamp>, now: Timestamp) -> Result<Option<Found>, &'static str> {
    let alert = body.pointer("/data/metric_alert").ok_or("data.metric_alert")?;
    let id = json::text(alert, "/id").ok_or("data.metric_alert.id")?;
    let ended_at = || first_time(alert, &["/date_closed"]).or(at);
    let (state, severity) = match json::text(body, "/action").ok_or("action")?.as_ref() {
        "critical" => (Standing::Firing.state(None, None, now), Critical),
        "warning" => (Standing::Firing.state(None, None, now), Warning),
        "resolved" => (Standing::Resolved.state(None, ended_at(), now), Warning),
        _ => return Ok(None),
    };
    let name = first(alert, &["/title", "/alert_rule/name"]).or_else(|| json::text(body, "/data/description_title"));
    let rule = first(alert, &["/alert_rule/name"]).or_else(|| name.clone()).unwrap_or_default();
    let found = Found {
        episode: json::text(alert, "/date_started").map(Into::into),
        severity: Some(severity),
        started_at: first_time(alert, &["/date_started", "/date_detected"]),
        group: json::text(alert, "/alert_rule/id").map(|id| (format!("alert_rule/{id}"), rule.into_owned())),
        service: json::text(alert, "/projects/0").map(Into::into),
        link: first(body, &["/data/web_url"]).map(Into::into),
        title: name.map(Into::into),
        ..Found::new(format!("metric_alert/{id}"), state)
    };
    Ok(Some(
        found
            .label("project", json::text(alert, "/projects/0"))
            .label("environment", json::text(alert, "/alert_rule/environment"))
            .label("aggregate", json::text(alert, "/alert_rule/aggregate"))
            .label("identifier", json::text(alert, "/identifier"))
            .annotation("summary", json::text(body, "/data/description_title"))
            .annotation("description", json::text(body, "/data/description_text")),
    ))
}
