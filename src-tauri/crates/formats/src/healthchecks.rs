//! Healthchecks.io's webhooks, whose body the user writes: `$JSON` is asked for, loose fields are taken, in JSON, a form or
//! the query.
//!
//! Key: the check's code (`uuid`), else its slug or name. `down` fires, `up` is over, `paused` means that a person stopped
//! it; `new`, `grace` and `started` are no news and yield nothing. Where the body has no status, the end of the address
//! says it (`…/down`, `…/up`). Episode: the last ping before it went down, so that the same delivery twice is one firing.
//! A check knows one kind of bad: an error, unless a tag `severity:…` says otherwise. It begins and ends by our own clock:
//! its times are those of pings, not of the alarm.
//! Source: healthchecks/healthchecks `hc/integrations/webhook/transport.py`, `hc/api/models.py`.

use crate::found::Found;
use crate::parsed::{Parsed, Unreadable};
use crate::sent::Sent;
use crate::{fields, json, severity, standing::Standing, tags};
use domain::AlertSeverity::Error;
use domain::Timestamp;
use serde_json::Value;
use std::borrow::Cow;

/// Reads a notification.
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    let empty = sent.body.trim_ascii().is_empty() && sent.query.is_empty();
    let mut body = if empty { Value::Null } else { fields::value(sent, Some("json"))? };
    // A template may wrap the check in names of its own.
    if let Some(check) = body.get_mut("check").filter(|check| check.is_object()) {
        body = check.take();
    }
    let said = |names: &[&str]| names.iter().find_map(|name| body.get(name).and_then(json::plain)).or_else(|| queried(sent, names));
    let status = said(&["status", "state"]).unwrap_or(Cow::Borrowed(sent.path));
    let standing = match status.trim().to_ascii_lowercase().as_str() {
        "down" => Standing::Firing,
        "up" => Standing::Resolved,
        "paused" => Standing::Acknowledged,
        "new" | "grace" | "started" => return Ok(Parsed::default()),
        _ => return Err(Unreadable::new("The body has no `status` of `up` or `down`: write `$JSON` as the body of both webhooks.")),
    };
    let key = said(&["uuid", "code", "unique_key", "slug", "name"])
        .ok_or_else(|| Unreadable::new("The body names no check: write `$JSON` as the body of both webhooks, or send `code=$CODE`."))?;
    let name = said(&["name", "slug"]);
    let labels = tags::labels(said(&["tags"]).as_deref().unwrap_or_default().split_ascii_whitespace());
    let at = said(&["now"]).as_deref().and_then(json::instant);
    let found = Found {
        episode: said(&["last_ping"]).filter(|_| standing == Standing::Firing).map(Into::into),
        title: name.as_ref().map(|name| format!("{name} is down")),
        severity: Some(labels.get("severity").map_or(Error, |word| severity::from_label(Some(word)))),
        started_at: at,
        service: labels.get("service").cloned(),
        labels,
        ..Found::new(key, standing.state(None, at, now))
    };
    let found = found
        .label("check", name)
        .label("slug", said(&["slug"]))
        .label("exit_status", said(&["exitstatus", "exit_status"]))
        .annotation("description", said(&["desc"]))
        .annotation("last_ping", said(&["last_ping"]))
        .annotation("output", said(&["body"]));
    Ok(Parsed { signals: vec![found.signal(now)], ..Parsed::default() })
}

fn queried<'s>(sent: &Sent<'s>, names: &[&str]) -> Option<Cow<'s, str>> {
    names.iter().find_map(|name| sent.parameter(name)).filter(|value| !value.is_empty()).map(Cow::Borrowed)
}
