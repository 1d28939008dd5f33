//! One alert as a loose object.

use crate::found::Found;
use crate::{json, severity, standing::Standing, tags};
use domain::Timestamp;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

const TITLE: &[&str] = &["title", "summary", "message"];
const DESCRIPTION: [&str; 3] = ["description", "details", "body"];
const SEVERITY: &[&str] = &["severity", "priority", "level"];
const STATE: [&str; 3] = ["status", "state", "action"];
const KEY: &[&str] = &["dedup_key", "dedup", "alias", "id", "key"];
const LINK: &[&str] = &["url", "link"];
const BY: &[&str] = &["acknowledged_by", "by", "user"];

/// Whether an object speaks of an alert in these names: it has a title, and something that a mere message has not.
pub fn says_something(item: &Value) -> bool {
    let standing = || STATE.iter().filter_map(|name| first(item, &[name])).any(|word| Standing::of(&word).is_some());
    first(item, TITLE).is_some() && (first(item, SEVERITY).is_some() || standing())
}

/// Reads an object, or says in a sentence why it is no alert.
pub fn found(item: &Value, now: Timestamp) -> Result<Found, String> {
    if !item.is_object() {
        return Err("An alert is a JSON object with a `title`; this is not one.".to_owned());
    }
    let description = DESCRIPTION.iter().find_map(|name| item.get(name).and_then(json::any)).filter(|text| !text.is_empty());
    let title =
        first(item, TITLE).map(String::from).or_else(|| description.as_deref().and_then(|text| text.lines().next()).map(str::to_owned));
    let named = first(item, KEY);
    let (source, service) = (first(item, &["source"]), first(item, &["service"]));
    let key = match (&named, &title) {
        (Some(key), _) => key.to_string(),
        (None, Some(title)) => {
            [source.as_deref(), service.as_deref(), Some(title.as_str())].into_iter().flatten().collect::<Vec<_>>().join("/")
        }
        (None, None) => return Err("An alert needs a `title`, or at least a `dedup_key`.".to_owned()),
    };
    let ended_at = json::time(item, "/ended_at");
    let said = STATE.iter().filter_map(|name| first(item, &[name])).find_map(|word| Standing::of(&word));
    let standing = said.unwrap_or(if ended_at.is_some_and(|at| at <= now) { Standing::Resolved } else { Standing::Firing });
    let by = first(item, BY).filter(|_| standing == Standing::Acknowledged).map(String::from);
    let group = first(item, &["group"]).map(|group| (group.to_string(), group.into_owned()));
    let found = Found {
        title,
        group,
        severity: Some(severity::from_label(first(item, SEVERITY).as_deref())),
        started_at: json::time(item, "/started_at"),
        labels: labels(item),
        link: first(item, LINK).map(Into::into),
        service: service.map(Into::into),
        ..Found::new(key, standing.state(by, ended_at, now))
    };
    let found = Found { service: found.service.or_else(|| found.labels.get("service").cloned()), ..found };
    Ok(found.label("source", source).annotation("description", description))
}

fn first<'v>(item: &'v Value, names: &[&str]) -> Option<Cow<'v, str>> {
    names.iter().find_map(|name| item.get(name).and_then(json::plain))
}

/// `labels` and `tags`, each an object, a list of texts, or one text with commas.
fn labels(item: &Value) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    for given in ["tags", "labels"].into_iter().filter_map(|name| item.get(name)) {
        match given {
            Value::Object(pairs) => labels.extend(pairs.iter().filter_map(|(name, value)| Some((name.clone(), json::any(value)?)))),
            Value::Array(list) => labels.extend(tags::labels(list.iter().filter_map(Value::as_str))),
            Value::String(text) => labels.extend(tags::labels(text.split(','))),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    labels
}
