//! What an event carries beside its fixed fields: details of any JSON, links and images.

use crate::{bounds, json};
use serde_json::Value;
use std::collections::BTreeMap;

/// Most links, and most images, told of.
const LINKS_LIMIT: usize = 20;
/// The name of details that have none: where they are no object.
const DETAILS: &str = "custom_details";

/// Adds each of `custom_details` by its name, objects and lists within as JSON. A name that is taken is told apart.
pub fn add(details: Value, pairs: &mut BTreeMap<String, String>) {
    let mut add = |name: String, value: Value| {
        if let Some(value) = json::into_any(value) {
            let name = if pairs.contains_key(&name) { format!("{DETAILS}.{name}") } else { name };
            pairs.insert(name, value);
        }
    };
    match details {
        Value::Object(fields) => fields.into_iter().take(bounds::PAIRS_LIMIT).for_each(|(name, value)| add(name, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => add(DETAILS.to_owned(), details),
    }
}

/// A list of addresses as lines, each after its name.
pub fn list(listed: &Value, name: &str, address: &str) -> Option<String> {
    let lines = listed.as_array()?.iter().take(LINKS_LIMIT).filter_map(|one| {
        let address = json::plain(one.get(address)?)?;
        Some(match one.get(name).and_then(json::plain) {
            Some(name) => format!("{name}: {address}"),
            None => address.into_owned(),
        })
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

/// Where to look: the first link that is a web address, else the client's own.
pub fn link(links: &Value, client_url: Option<&str>) -> Option<String> {
    let listed = links.as_array().into_iter().flatten().take(LINKS_LIMIT);
    let href = listed.filter_map(|link| json::text(link, "/href")).find_map(|url| bounds::link(&url));
    href.or_else(|| client_url.and_then(bounds::link))
}

/// The service, where the details name one.
pub fn service(details: &Value) -> Option<String> {
    json::text(details, "/service").map(Into::into)
}
