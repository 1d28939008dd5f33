//! Plain JSON, a form or bare text, loosely read: for scripts, and for tools that have no format of their own here.
//!
//! `{title|summary|message, description|details|body, severity|priority|level, status|state|action,
//! dedup_key|dedup|alias|id|key, source, service, url|link, labels{}|tags[], started_at, ended_at}`, or an array of such
//! objects; each item stands alone. Parameters of the query fill what an object or a text leaves open, so that
//! `curl -d 'Disk full on db1' '…?severity=critical&key=disk'` says all of it.
//!
//! Key: the one named, else source, service and title together. Over: a word such as `ok`, `resolved`, `close`, `up`; or,
//! without such a word, an `ended_at` that is past. A word that is not known says nothing, and what says nothing fires.
//! Unknown fields are passed over.
//! Source: target/goalert `genericapi` as the precedent.

mod item;
pub(crate) use item::found as of_object;
pub(crate) use item::says_something;

use crate::gather::{self, Item};
use crate::parsed::{Parsed, Unreadable};
use crate::sent::Sent;
use crate::{fields, json};
use domain::Timestamp;
use serde_json::{Map, Value};

/// What names the form's fields that make a body a form and not a text with an equals sign in it.
const TELLING: [&str; 9] = ["title", "summary", "message", "description", "details", "status", "state", "action", "dedup_key"];

/// Reads a body.
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    let (items, alone) = match value(sent)? {
        Value::Array(items) => (items, false),
        one => (vec![with_query(one, sent)], true),
    };
    let parsed = gather::each(items, Value::to_string, |item| item::found(item, now).map(|found| Item::Signal(found.signal(now))));
    match parsed.refused.first() {
        Some(refused) if alone => Err(Unreadable::new(refused.reason.clone())),
        Some(_) | None => Ok(parsed),
    }
}

fn value(sent: &Sent<'_>) -> Result<Value, Unreadable> {
    if let Some(fields) = fields::form(sent).filter(|fields| fields.iter().any(|(name, _)| TELLING.contains(&name.as_str()))) {
        return Ok(fields::object(&fields));
    }
    let body = sent.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(sent.body).trim_ascii();
    if body.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    match (json::value(body), body[0]) {
        (Ok(Value::String(text)), _) => Ok(bare(&text)),
        (Ok(value @ (Value::Object(_) | Value::Array(_))), _) => Ok(value),
        // `[web-1] disk full` begins like a list; what begins like an object was meant as one.
        (Err(fault), b'{') => Err(fault),
        (Err(fault), _) if sent.header("content-type").is_some_and(|kind| fields::is(kind, "application/json")) => Err(fault),
        (Err(_) | Ok(Value::Null | Value::Bool(_) | Value::Number(_)), _) => Ok(bare(&String::from_utf8_lossy(body))),
    }
}

/// A bare text: its first line is the title.
fn bare(text: &str) -> Value {
    let (title, rest) = text.trim().split_once('\n').unwrap_or((text.trim(), ""));
    serde_json::json!({"title": title.trim(), "description": rest.trim()})
}

fn with_query(value: Value, sent: &Sent<'_>) -> Value {
    match value {
        Value::Object(mut fields) => {
            for (name, value) in sent.query {
                fields.entry(name).or_insert_with(|| Value::from(value.as_str()));
            }
            Value::Object(fields)
        }
        other => other,
    }
}
