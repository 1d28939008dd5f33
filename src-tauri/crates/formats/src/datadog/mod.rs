//! Datadog's webhooks. Their body is whatever template the user wrote: ours (in Settings), Datadog's default, or one that
//! names the fields after the variables.
//!
//! Key: `$AGGREG_KEY` (a monitor and its group of tags), else the monitor and its scope, else the title. Episode:
//! `$ALERT_CYCLE_KEY`, which stays from trigger to recovery. Over: the transition `Recovered`; a template without a
//! transition says it at the head of its title, `[Recovered on {host:db1}] …`. Severity: the monitor's priority, P1 to P5,
//! else the event's type; a `Warn` is never worse than a warning. An empty value and a variable that was not filled in
//! (`$HOSTNAME`) are absent.
//! Source: docs.datadoghq.com/integrations/webhooks.

mod heading;

use crate::found::Found;
use crate::parsed::{Parsed, Unreadable};
use crate::sent::Sent;
use crate::{fields, json, severity, standing::Standing, tags};
use domain::AlertSeverity::Warning;
use domain::{AlertSeverity, Timestamp};
use heading::{Heading, Transition};
use serde_json::Value;
use std::borrow::Cow;

/// Reads what a monitor says through the webhook, as JSON or with "encode as form".
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    let body = fields::value(sent, None)?;
    let Value::Object(_) = body else {
        return Err(Unreadable::new("The body is no JSON object: take the payload that Muster shows for Datadog."));
    };
    let found = found(&Event(&body), now).ok_or_else(|| {
        Unreadable::new("The body names no monitor and has no title: take the payload that Muster shows for Datadog, with `$AGGREG_KEY`.")
    })?;
    Ok(Parsed { signals: vec![found.signal(now)], ..Parsed::default() })
}

/// A body; its fields go by the names of our template, of the default one, and of the variables.
struct Event<'v>(&'v Value);

impl<'v> Event<'v> {
    fn said(&self, names: &[&str]) -> Option<Cow<'v, str>> {
        let texts = names.iter().filter_map(|name| self.0.get(name).and_then(json::plain));
        texts.map(trimmed).find(|text| !text.is_empty() && !is_unfilled(text))
    }

    fn time(&self, names: &[&str]) -> Option<Timestamp> {
        self.said(names).as_deref().and_then(json::instant)
    }
}

fn found(event: &Event<'_>, now: Timestamp) -> Option<Found> {
    let title = event.said(&["title", "event_title", "alert_title"]);
    let heading = title.as_deref().map(Heading::read).unwrap_or_default();
    let said = event.said(&["event_action", "alert_transition", "transition"]);
    let transition = said.as_deref().and_then(Transition::of).or(heading.transition).unwrap_or(Transition::Triggered);
    let monitor = event.said(&["monitor_id", "alert_id"]);
    let scope = event.said(&["scope", "alert_scope"]);
    let key = match (event.said(&["aggreg_key", "aggregation_key"]), &monitor) {
        (Some(key), _) => key.into_owned(),
        (None, Some(monitor)) => format!("monitor/{monitor}/{}", scope.as_deref().or(heading.scope).unwrap_or_default()),
        (None, None) => title.as_ref().map(|_| format!("{}/{}", heading.rest, heading.scope.unwrap_or_default()))?,
    };
    let labels = tags::labels(event.said(&["tags"]).as_deref().unwrap_or_default().split(','));
    let date = event.time(&["date", "last_updated"]);
    let standing = if transition == Transition::Recovered { Standing::Resolved } else { Standing::Firing };
    let found = Found {
        episode: event.said(&["dedup_key", "alert_cycle_key"]).map(Cow::into_owned),
        severity: Some(severity(event, &heading, transition)),
        started_at: date,
        service: labels.get("service").cloned(),
        group: monitor.as_ref().map(|monitor| (format!("monitor/{monitor}"), heading.rest.to_owned())),
        link: event.said(&["url", "link"]).map(Cow::into_owned),
        title: Some(heading.rest.to_owned()),
        labels,
        ..Found::new(key, standing.state(None, date, now))
    };
    let transition = said.as_deref().map(str::to_owned);
    Some(
        found
            .label("monitor", monitor)
            .label("scope", scope.as_deref().or(heading.scope))
            .label("host", event.said(&["host", "hostname"]))
            .label("priority", event.said(PRIORITY).or(heading.priority.map(Cow::Borrowed)))
            .label("org", event.0.get("org").and_then(|org| Event(org).said(&["name", "id"])))
            .annotation("transition", transition)
            .annotation("description", event.said(&["body", "text_only_msg", "event_msg"]))
            .annotation("snapshot", event.said(&["snapshot"])),
    )
}

/// The monitor's own priority.
const PRIORITY: &[&str] = &["priority", "alert_priority"];

fn severity(event: &Event<'_>, heading: &Heading<'_>, transition: Transition) -> AlertSeverity {
    let priority = event.said(PRIORITY).or(heading.priority.map(Cow::Borrowed));
    let severity = severity::from_label(priority.or_else(|| event.said(&["alert_type"])).as_deref());
    match transition {
        // Severities are ordered from the worst.
        Transition::Warn => severity.max(Warning),
        Transition::Triggered | Transition::NoData | Transition::Again | Transition::Recovered => severity,
    }
}

/// A variable that Datadog had nothing for: `$HOSTNAME`, `$TAGS[env]`.
fn is_unfilled(text: &str) -> bool {
    let Some(name) = text.strip_prefix('$') else { return false };
    let name = name.split_once('[').filter(|(_, rest)| rest.ends_with(']')).map_or(name, |(name, _)| name);
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_that_was_not_filled_in_is_no_text() {
        for unfilled in ["$HOSTNAME", "$ALERT_CYCLE_KEY", "$TAGS[env]"] {
            assert!(is_unfilled(unfilled), "{unfilled}");
        }
        for text in ["$", "$5 a day", "$host is down", "US$HOME", "$TAGS[", "$TAGS[env] is down"] {
            assert!(!is_unfilled(text), "{text}");
        }
    }
}
