//! One item of a body, by the mapping.

use super::pointer::Scene;
use super::template::Template;
use super::written::brief;
use super::{Mapping, Pairs};
use crate::bounds::PAIRS_LIMIT;
use crate::found::Found;
use crate::gather::Item;
use crate::{json, standing::Standing};
use domain::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;

/// What names a label in a list of them, and what holds its value.
const NAMES: [&str; 3] = ["name", "tag", "key"];

/// The alert that the mapping makes of an item, nothing where it is not meant, or why it is none.
pub fn item(mapping: &Mapping, scene: Scene<'_>, now: Timestamp) -> Result<Item, String> {
    if let Some((from, wanted)) = &mapping.only_when {
        let said = from.said(scene);
        if !said.is_some_and(|said| wanted.as_ref().is_none_or(|words| words.mean(said.trim()))) {
            return Ok(Item::Nothing);
        }
    }
    let fill = |template: &Option<Template>| template.as_ref().and_then(|template| template.fill(scene));
    let time = |template: &Option<Template>| template.as_ref().and_then(|template| template.time(scene));
    let title = fill(&mapping.title);
    let key = match &mapping.key {
        Some(key) => {
            key.fill(scene).ok_or("The mapping's `key` found nothing in this alert, so that its end could not be told from another's.")?
        }
        None => title.clone().ok_or("The mapping's `title` found nothing in this alert.")?,
    };
    let standing = match &mapping.state {
        Some(state) => state.read(scene).unwrap_or(Standing::Firing),
        None if time(&mapping.ended_at).is_some_and(|at| at <= now) => Standing::Resolved,
        None => Standing::Firing,
    };
    let ended_at = if standing == Standing::Resolved { time(&mapping.ended_at) } else { None };
    let by = mapping.state.as_ref().and_then(|state| fill(&state.by)).filter(|_| standing == Standing::Acknowledged);
    let group = mapping.group.as_ref().and_then(|(key, title)| {
        let key = key.fill(scene)?;
        let title = fill(title).unwrap_or_else(|| key.clone());
        Some((key, title))
    });
    let found = Found {
        episode: fill(&mapping.episode),
        title,
        group,
        severity: mapping.severity.as_ref().and_then(|severity| severity.read(scene)),
        started_at: time(&mapping.started_at),
        labels: pairs(&mapping.labels, scene),
        annotations: pairs(&mapping.annotations, scene),
        link: fill(&mapping.link),
        service: fill(&mapping.service),
        ..Found::new(key, standing.state(by, ended_at, now))
    };
    Ok(Item::Signal(found.signal(now)))
}

/// Named values count before those of an object of the same name.
fn pairs(written: &Pairs, scene: Scene<'_>) -> BTreeMap<String, String> {
    let (mut found, mut named) = (BTreeMap::new(), Vec::with_capacity(written.len()));
    for (name, template) in written {
        let value = match template.value(scene) {
            Some(value) if spreads(value) => {
                spread(value, &mut found);
                continue;
            }
            Some(value) => brief(value),
            None => template.fill(scene),
        };
        named.extend(value.map(|value| (name.clone(), value)));
    }
    if found.is_empty() {
        // They come sorted, as the tables of a mapping do, and are put together at once.
        return named.into_iter().collect();
    }
    found.extend(named);
    found
}

/// Whether a value is many labels: an object, or a list of names and values.
fn spreads(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => items.iter().any(|item| named(item).is_some()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn spread(value: &Value, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().take(PAIRS_LIMIT);
            found.extend(fields.filter_map(|(name, value)| Some((name.clone(), brief(value)?))));
        }
        Value::Array(items) => found.extend(items.iter().take(PAIRS_LIMIT).filter_map(named)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn named(item: &Value) -> Option<(String, String)> {
    let name = NAMES.iter().find_map(|name| item.get(name)).and_then(json::plain)?;
    Some((name.into_owned(), item.get("value").and_then(brief)?))
}
