//! Uptime Kuma's webhook: JSON, a form with the field `data`, or a GET with `msg`, `heartbeat` and `monitor`.
//!
//! Key: `monitor/<id>` (one source is one Kuma). Status 0 (down) fires, 1 (up) is over, 2 (pending) is not yet an alarm and
//! yields nothing, 3 (maintenance) means that somebody is at it. Kuma knows one kind of bad: an error, unless a tag
//! `severity` says otherwise. Times are UTC without saying so.
//! A message alone is the test button or a notice about a certificate or a domain that runs out. Neither is ever taken
//! back: the test lapses after [`TEST_LAPSES_SECS`], a notice after [`NOTICE_LAPSES_SECS`]. A body of the user's own making
//! (Kuma's "custom body") is read as plain JSON.
//! Source: louislam/uptime-kuma `server/notification-providers/webhook.js`, `server/model/monitor.js`.

use crate::found::Found;
use crate::parsed::{Parsed, Unreadable};
use crate::sent::Sent;
use crate::{fields, json, plain, severity, standing::Standing, tags};
use domain::AlertSeverity::{Error, Info, Warning};
use domain::Timestamp;
use domain::alerts::SignalState;
use serde_json::Value;
use std::collections::BTreeMap;

/// How long the test button's message is taken to fire, in seconds (5 min): long enough to be seen.
pub const TEST_LAPSES_SECS: i64 = 5 * 60;
/// How long a notice about a certificate is taken to fire, in seconds (8 days): Kuma repeats it at 21, 14 and 7 days, and
/// says nothing of a renewal.
pub const NOTICE_LAPSES_SECS: i64 = 8 * 24 * 60 * 60;

/// Where the time left begins in a notice: `[Shop][https://shop.example] server certificate shop.example will expire in 7 days`.
const RUNS_OUT: [&str; 4] = [" will expire in ", " will be expired in ", " expires in ", " expired "];

/// Reads a notification.
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    let body = unfolded(fields::value(sent, Some("data"))?)?;
    let found = match (object(&body, "monitor"), object(&body, "heartbeat"), json::text(&body, "/msg")) {
        (monitor, Some(beat), message) => of_beat(monitor, beat, message.as_deref(), now)?,
        (None, None, Some(message)) if body.get("heartbeat").is_none_or(Value::is_null) => Some(of_message(&message, now)),
        (Some(_), None, _) | (None, None, _) => return plain::read(sent, now),
    };
    Ok(Parsed { signals: found.map(|found| found.signal(now)).into_iter().collect(), ..Parsed::default() })
}

/// In a query, the two objects come as text.
fn unfolded(mut body: Value) -> Result<Value, Unreadable> {
    for name in ["heartbeat", "monitor"] {
        if let Some(Value::String(text)) = body.get(name) {
            body[name] = if text.is_empty() { Value::Null } else { json::value(text.as_bytes())? };
        }
    }
    Ok(body)
}

fn object<'v>(body: &'v Value, name: &str) -> Option<&'v Value> {
    body.get(name).filter(|value| value.is_object())
}

fn of_beat(monitor: Option<&Value>, beat: &Value, message: Option<&str>, now: Timestamp) -> Result<Option<Found>, Unreadable> {
    let monitor = monitor.unwrap_or(&Value::Null);
    let id = json::text(monitor, "/id").or_else(|| json::text(beat, "/monitorID"));
    let id =
        id.ok_or_else(|| Unreadable::new("This heartbeat names no monitor: `monitor.id` and `heartbeat.monitorID` are both absent."))?;
    let at = json::text(beat, "/time").and_then(|time| utc(&time));
    let standing = match json::text(beat, "/status").as_deref() {
        Some("0") => Standing::Firing,
        Some("1") => Standing::Resolved,
        Some("2") => return Ok(None),
        Some("3") => Standing::Acknowledged,
        Some(_) | None => {
            return Err(Unreadable::new("`heartbeat.status` is none of 0 (down), 1 (up), 2 (pending) and 3 (maintenance)."));
        }
    };
    let labels = tags_of(monitor);
    let name = json::text(monitor, "/name");
    let found = Found {
        title: name.as_ref().map(|name| format!("{name} is down")),
        severity: Some(labels.get("severity").map_or(Error, |word| severity::from_label(Some(word)))),
        started_at: at,
        service: labels.get("service").cloned().or_else(|| name.as_deref().map(str::to_owned)),
        link: json::text(monitor, "/url").map(Into::into),
        labels,
        ..Found::new(format!("monitor/{id}"), standing.state(None, at, now))
    };
    Ok(Some(
        found
            .label("monitor", name)
            .label("type", json::text(monitor, "/type"))
            .label("url", json::text(monitor, "/url"))
            .label("host", json::text(monitor, "/hostname"))
            .label("port", json::text(monitor, "/port"))
            .annotation("description", json::text(beat, "/msg"))
            .annotation("summary", message),
    ))
}

/// Kuma writes `2026-11-23 08:50:00.123` and means UTC.
fn utc(time: &str) -> Option<Timestamp> {
    json::instant(time).or_else(|| json::instant(&format!("{}Z", time.trim())))
}

/// A tag has a name and maybe a value; both are the user's.
fn tags_of(monitor: &Value) -> BTreeMap<String, String> {
    let listed = monitor.get("tags").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let tag = |tag: &Value| {
        let name = json::text(tag, "/name").or_else(|| json::plain(tag))?;
        Some(json::text(tag, "/value").map_or_else(|| name.to_string(), |value| format!("{name}:{value}")))
    };
    let tags: Vec<String> = listed.iter().filter_map(tag).collect();
    tags::labels(tags.iter().map(String::as_str))
}

fn of_message(message: &str, now: Timestamp) -> Found {
    let runs_out = RUNS_OUT.iter().find_map(|words| message.find(words));
    let (key, severity, lapses) = match runs_out {
        Some(at) => (format!("notice/{}", &message[..at]), Warning, NOTICE_LAPSES_SECS),
        None if message.trim_end().ends_with("Testing") => ("test".to_owned(), Info, TEST_LAPSES_SECS),
        None => (format!("notice/{message}"), Warning, NOTICE_LAPSES_SECS),
    };
    let state = SignalState::Firing { lapses_at: Some(now.plus_secs(lapses)) };
    Found { title: Some(message.to_owned()), severity: Some(severity), ..Found::new(key, state) }
}
