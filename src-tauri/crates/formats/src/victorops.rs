//! VictorOps (Splunk On-Call), its generic REST endpoint.
//!
//! The key is `entity_id`, else `entity_display_name`, else the body. An alert ends with a `RECOVERY` of its key, at the
//! moment that is received. No episode is named. `CRITICAL` and `WARNING` are what they say. `INFO` opens nothing at
//! VictorOps, it is a line of the timeline: here it is a change, which also keeps a remark about an open alert from calling
//! it harmless. The routing key (`sent.path`) is a label. Any further field is an annotation: VictorOps invites them. Each
//! alert is a group of its own. The link is `alert_url`, else the first annotation of the kind `vo_annotate.u`; it is not
//! fetched. The service is `service`.
//! Sources: help.victorops.com "REST Endpoint Integration Guide", "Incident Fields"; alertmanager `notify/victorops`.

use crate::fingerprint::{hashed, once};
use crate::found::{self, Found};
use crate::{Parsed, Sent, Unreadable, bounds, json, text};
use domain::alerts::{Change, SignalState};
use domain::{AlertSeverity, Timestamp};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::borrow::Cow;

/// `result` of the answer 200; `entity_id` beside it is the signal's key.
pub const RESULT: &str = "success";

/// Where the message itself stands.
const MESSAGE: &str = "/state_message";
/// How the name of a link begins.
const LINK: &str = "vo_annotate.u.";
/// Fields with a meaning of their own; every other is an annotation.
const KNOWN: [&str; 6] = ["message_type", "entity_id", "entity_display_name", "ack_author", "state_start_time", "timestamp"];
/// Fields that tell alerts apart.
const LABELS: [&str; 4] = ["monitoring_tool", "host_name", "service", "routing_key"];

/// Reads a message that arrived at `now`; `sent.path` is the routing key, as it stands in the address.
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    let mut body = json::value(sent.body)?;
    if !body.is_object() {
        return Err(Unreadable::new("The body is not a message: send a JSON object with `message_type` and `entity_id`."));
    }
    let Some(word) = json::take_text(&mut body, "/message_type") else {
        return Err(Unreadable::new("`message_type` is missing: CRITICAL, WARNING, INFO, ACKNOWLEDGEMENT or RECOVERY."));
    };
    let author = json::take_text(&mut body, "/ack_author");
    let found = found(sent, body, now);
    let (state, severity) = match word.to_ascii_uppercase().as_str() {
        "CRITICAL" => (SignalState::Firing { lapses_at: None }, Some(AlertSeverity::Critical)),
        "WARNING" => (SignalState::Firing { lapses_at: None }, Some(AlertSeverity::Warning)),
        "ACKNOWLEDGEMENT" | "ACKNOWLEDGMENT" => (SignalState::Acknowledged { by: author.map(|by| bounds::value(by.into())) }, None),
        "RECOVERY" => (SignalState::Resolved { ended_at: now }, None),
        "INFO" => return Ok(Parsed { changes: vec![remark(found, sent.body, now)], ..Parsed::default() }),
        _ => {
            let reason = format!("`message_type` is {word:?}: CRITICAL, WARNING, INFO, ACKNOWLEDGEMENT and RECOVERY are known here.");
            return Err(Unreadable::new(reason));
        }
    };
    Ok(Parsed { signals: vec![Found { state, severity, ..found }.signal(now)], ..Parsed::default() })
}

/// What the message says, whatever it means.
fn found(sent: &Sent<'_>, mut body: Value, now: Timestamp) -> Found {
    let at = json::time(&body, "/state_start_time").or_else(|| json::time(&body, "/timestamp"));
    let name = json::take_text(&mut body, "/entity_display_name");
    let key = json::take_text(&mut body, "/entity_id").or_else(|| name.clone()).unwrap_or_else(|| hashed(sent.body));
    let mut found = Found::new(key, SignalState::Firing { lapses_at: None });
    found.started_at = at.map(|at| at.min(now));
    found.title = name.or_else(|| json::text(&body, MESSAGE).map(Cow::into_owned));
    if !sent.path.is_empty() {
        found = found.label("routing_key", Some(percent_decode_str(sent.path).decode_utf8_lossy()));
    }
    if let Value::Object(fields) = body {
        for (name, value) in fields.into_iter().filter(|(name, _)| !KNOWN.contains(&name.as_str())).take(bounds::PAIRS_LIMIT) {
            let pairs = if LABELS.contains(&name.as_str()) { &mut found.labels } else { &mut found.annotations };
            pairs.extend(json::into_any(value).map(|value| (name, value)));
        }
    }
    let annotated = found.annotations.range(LINK.to_owned()..).take_while(|(name, _)| name.starts_with(LINK));
    found.link = found.annotations.get_key_value("alert_url").into_iter().chain(annotated).find_map(|(_, url)| bounds::link(url));
    found.service = found.labels.get("service").cloned();
    found
}

/// `INFO`: a line of the timeline.
fn remark(found: Found, bytes: &[u8], now: Timestamp) -> Change {
    let key = once(&hashed(bytes), found.started_at, now);
    let signal = found.signal(now);
    let said = signal.annotations.get(&MESSAGE[1..]).map(|said| text::one_line(said)).filter(|said| *said != signal.title);
    Change {
        key,
        title: said.map_or_else(|| signal.title.clone(), |said| text::one_line(&format!("{}: {said}", signal.title))),
        at: signal.started_at,
        outcome: None,
        service: signal.service,
        link: signal.link,
        labels: found::bounded(signal.labels.into_iter().chain([("entity_id".to_owned(), signal.key)]).collect()),
    }
}
