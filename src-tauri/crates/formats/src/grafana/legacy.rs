//! Grafana's alerting before version 9: one rule a body, with no times and no labels but the rule's tags.
//!
//! The key is the rule's number (its name where it has none), its end `state` "ok". `no_data` fires: nobody knows.
//! `paused` and `pending` say neither that it fires nor that it ended, so they change nothing.
//! Source: the payload as target/goalert and Grafana 8's documentation know it.

use crate::found::Found;
use crate::{Parsed, Unreadable, json, severity};
use domain::Timestamp;
use domain::alerts::SignalState;
use serde_json::Value;

/// Most measured values told of: the first say what is wrong.
const VALUES_LIMIT: usize = 20;

/// Reads a body that has no `alerts`.
pub fn read(body: &Value, now: Timestamp) -> Result<Parsed, Unreadable> {
    let name = json::text(body, "/ruleName").or_else(|| json::text(body, "/title"));
    let (Some(name), Some(said)) = (name, json::text(body, "/state")) else {
        return Err(Unreadable::new("The body has neither `alerts` nor `ruleName` and `state`: send Grafana's own webhook body."));
    };
    let (state, title) = match said.as_ref() {
        "alerting" => (SignalState::Firing { lapses_at: None }, name.to_string()),
        "no_data" => (SignalState::Firing { lapses_at: None }, format!("No data for {name}")),
        "ok" => (SignalState::Resolved { ended_at: now }, name.to_string()),
        "paused" | "pending" => return Ok(Parsed::default()),
        other => return Err(Unreadable::new(format!("`state` is {other:?}: \"alerting\", \"no_data\" or \"ok\" is known here."))),
    };
    let rule = json::text(body, "/ruleId").filter(|id| id != "0");
    let mut found = Found::new(rule.map_or_else(|| name.to_string(), |id| format!("rule {id}")), state)
        .label("alertname", Some(name.as_ref()))
        .annotation("message", json::text(body, "/message"))
        .annotation("imageURL", json::text(body, "/imageUrl"))
        .annotation("values", measured(body));
    for (tag, value) in body.get("tags").and_then(Value::as_object).into_iter().flatten() {
        found = found.label(tag, json::plain(value));
    }
    let told = |label: &str| found.labels.get(label).cloned();
    (found.severity, found.service) = (told("severity").map(|said| severity::from_label(Some(&said))), told("service"));
    found.title = Some(title);
    found.link = json::text(body, "/ruleUrl").map(Into::into);
    Ok(Parsed { signals: vec![found.signal(now)], ..Parsed::default() })
}

/// `evalMatches` as `web1=97, web2=98`.
fn measured(body: &Value) -> Option<String> {
    let mut values = String::new();
    for one in body.get("evalMatches")?.as_array()?.iter().take(VALUES_LIMIT) {
        if let (Some(metric), Some(value)) = (json::text(one, "/metric"), json::text(one, "/value")) {
            let between = if values.is_empty() { "" } else { ", " };
            values.extend([between, &metric, "=", &value]);
        }
    }
    Some(values)
}
