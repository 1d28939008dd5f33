//! Opsgenie's Alert API, for those who leave it and point their senders here: create, close and acknowledge.
//!
//! The key is `alias` (made from the body where there is none, as Opsgenie makes an id). An alert ends when it is closed,
//! at the moment that is received. No episode is named: a create speaks of the open alert of its alias, and after a close
//! begins another. P1 is critical, P2 an error, P3 (which is also what an absent priority means) a warning, P4 and P5
//! info. `details` are labels, for senders put theirs there; what is for reading is an annotation. Each alert is a group
//! of its own. The link is `source`, where that is a web address; it is not fetched. The service is `details.service`.
//! `identifierType` tells an id from an alias at Opsgenie; here both name the same thing, so that either is taken.
//! Sources: docs.opsgenie.com/docs/alert-api; prometheus/alertmanager `notify/opsgenie`.

use crate::fingerprint::hashed;
use crate::found::Found;
use crate::{Parsed, Sent, Unreadable, bounds, json, severity};
use domain::Timestamp;
use domain::alerts::SignalState;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use std::borrow::Cow;

/// `result` of the answer 202, beside `took` and `requestId`.
pub const RESULT: &str = "Request will be processed";
/// `message` of the answer 422; `errors` stands beside it.
pub const NOT_PROCESSABLE: &str = "Request body is not processable. Please check the errors.";
/// What `errors` says of `message`, where it is absent.
pub const EMPTY_MESSAGE: &str = "Message can not be empty.";

/// What a request without a priority means.
const USUAL_PRIORITY: &str = "P3";
/// Most tags told of.
const TAGS_LIMIT: usize = 50;
/// What else may be done to an alert. None of it says that it fires or ended: it is taken and changes nothing.
const OTHER_ACTIONS: [&str; 13] = [
    "unacknowledge",
    "message",
    "description",
    "priority",
    "notes",
    "tags",
    "details",
    "responders",
    "attachments",
    "snooze",
    "escalate",
    "assign",
    "actions",
];

/// A request that was taken.
#[derive(Clone, PartialEq, Debug)]
pub struct Taken {
    /// What it says; nothing where it only adds to an alert.
    pub parsed: Parsed,
    /// Which alert it is about: alias and id alike.
    pub alias: String,
    /// What to answer as `requestId`: the same for the same request.
    pub request_id: String,
}

/// Why a request is refused; Opsgenie answers 422 with `errors: {field: error}`.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{field}`: {error}")]
pub struct Invalid {
    /// The field that is wrong; `body` or `path` where it is none.
    pub field: &'static str,
    /// What is wrong with it.
    pub error: String,
}

/// Reads a request that arrived at `now`. `sent.path` is what follows `/v2/alerts/` as it stands in the address: nothing
/// to create, `<alias>/close`, `<alias>/acknowledge`.
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    said(sent, now).map(|(parsed, _)| parsed).map_err(|invalid| Unreadable::new(invalid.to_string()))
}

/// Reads a request as [`read`] does, with what is needed to answer it.
pub fn take(sent: &Sent<'_>, now: Timestamp) -> Result<Taken, Invalid> {
    let (parsed, alias) = said(sent, now)?;
    let request_id = uuid_like(&hashed(&[sent.path.as_bytes(), b"\n", sent.body].concat()));
    Ok(Taken { parsed, alias, request_id })
}

/// What a request says, and of which alert.
fn said(sent: &Sent<'_>, now: Timestamp) -> Result<(Parsed, String), Invalid> {
    if sent.path.is_empty() {
        let mut body = json::value(sent.body).map_err(|unreadable| Invalid { field: "body", error: unreadable.reason })?;
        let alias = bounds::key(json::take_text(&mut body, "/alias").unwrap_or_else(|| hashed(sent.body)));
        return Ok((create(&mut body, &alias, now)?, alias));
    }
    let (id, action) = sent.path.rsplit_once('/').unwrap_or((sent.path, ""));
    let alias = bounds::key(percent_decode_str(id).decode_utf8_lossy().into_owned());
    // Senders that close an alert often send no body at all.
    let mut body = json::value(sent.body).unwrap_or_else(|_| json!({}));
    let user = json::take_text(&mut body, "/user");
    let state = match action {
        "close" => SignalState::Resolved { ended_at: now },
        "acknowledge" => SignalState::Acknowledged { by: user.clone().map(|user| bounds::value(user.into())) },
        other if OTHER_ACTIONS.contains(&other) => return Ok((Parsed::default(), alias)),
        _ => return Err(Invalid { field: "path", error: "After the alert's alias, `close` or `acknowledge` is taken here.".into() }),
    };
    let found = Found::new(alias.as_str(), state)
        .label("source", json::take_text(&mut body, "/source"))
        .label("user", user)
        .annotation("note", json::take_text(&mut body, "/note"));
    Ok((Parsed { signals: vec![found.signal(now)], ..Parsed::default() }, alias))
}

fn create(body: &mut Value, alias: &str, now: Timestamp) -> Result<Parsed, Invalid> {
    let Some(message) = json::take_text(body, "/message") else {
        return Err(Invalid { field: "message", error: EMPTY_MESSAGE.to_owned() });
    };
    let priority = json::take_text(body, "/priority").unwrap_or_else(|| USUAL_PRIORITY.to_owned());
    let source = json::take_text(body, "/source");
    let mut found = Found::new(alias, SignalState::Firing { lapses_at: None });
    found.title = Some(message);
    found.severity = Some(severity::from_label(Some(&priority)));
    found.link = source.as_deref().and_then(bounds::link);
    if let Some(Value::Object(details)) = json::take(body, "/details") {
        found.labels.extend(details.into_iter().take(bounds::PAIRS_LIMIT).filter_map(|(name, value)| Some((name, json::into_any(value)?))));
    }
    found.service = found.labels.get("service").cloned();
    found = found
        .label("priority", Some(priority))
        .label("tags", names(body, "/tags"))
        .label("entity", json::take_text(body, "/entity"))
        .label("source", source)
        .label("user", json::take_text(body, "/user"))
        .annotation("description", json::take_text(body, "/description"))
        .annotation("note", json::take_text(body, "/note"))
        .annotation("responders", names(body, "/responders"))
        .annotation("actions", names(body, "/actions"));
    Ok(Parsed { signals: vec![found.signal(now)], ..Parsed::default() })
}

/// A list of words, or of objects with a name, as `a, b`.
fn names(body: &Value, pointer: &str) -> Option<String> {
    let listed = json::at(body, pointer)?.as_array()?.iter().take(TAGS_LIMIT);
    let name = |one: &Value| {
        let named = ["/name", "/username", "/id"].into_iter().find_map(|pointer| json::text(one, pointer).map(Cow::into_owned));
        json::plain(one).map(Cow::into_owned).or(named)
    };
    Some(listed.filter_map(name).collect::<Vec<_>>().join(", "))
}

/// 32 hexadecimal digits, written as clients expect an id.
fn uuid_like(digits: &str) -> String {
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..32]].join("-")
}
