//! What Grafana says of an alert beyond what Alertmanager does: where to look, the values that were measured, and that a
//! rule could not be judged at all. Whatever of it does not read is left out; none of it costs an alert.

use super::group::ALERTNAME;
use super::wire::{Alert, Pairs, Text};
use crate::{bounds, json};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The label that names the rule, where `alertname` says only that it could not be judged.
const RULE: &str = "rulename";
/// What `alertname` is for a rule that could not be judged, and how that is said.
const NOT_JUDGED: [(&str, &str); 2] = [("DatasourceNoData", "No data for"), ("DatasourceError", "Data source failed for")];
/// Annotations that a rule's author words; where there is one, the notification's own message adds nothing.
const WORDED: [&str; 2] = ["summary", "description"];

/// The title of an alert that says only that a rule could not be judged. Its annotations are the rule's: they would
/// claim what nobody measured.
pub fn not_judged(labels: &Pairs<'_>) -> Option<String> {
    let name = labels.get(ALERTNAME)?;
    let (_, words) = NOT_JUDGED.iter().find(|(known, _)| *known == name)?;
    labels.get(RULE).map(|rule| format!("{words} {rule}"))
}

/// Where to look first: the panel, else its dashboard.
pub fn link(alert: &Alert<'_>) -> Option<String> {
    [alert.panel_url, alert.dashboard_url].into_iter().flatten().filter_map(said).find_map(|url| bounds::link(&url))
}

/// Adds what was measured and where it may be looked at and silenced, by the names that Grafana gives them.
pub fn annotate(alert: &Alert<'_>, message: Option<&str>, annotations: &mut BTreeMap<String, String>) {
    let fields = [
        ("values", alert.values.and_then(measured)),
        ("valueString", alert.value_string.and_then(said)),
        ("panelURL", alert.panel_url.and_then(said)),
        ("dashboardURL", alert.dashboard_url.and_then(said)),
        ("silenceURL", alert.silence_url.and_then(said)),
        ("imageURL", alert.image_url.and_then(said)),
        ("message", message.filter(|_| !WORDED.iter().any(|name| annotations.contains_key(*name))).map(str::to_owned)),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            annotations.entry(name.to_owned()).or_insert_with(|| bounds::value(value.into()));
        }
    }
}

/// A field as text, whatever it is; empty text is none.
pub fn said(raw: &RawValue) -> Option<String> {
    match raw.get().starts_with('"') {
        true => serde_json::from_str::<Text>(raw.get()).ok().map(|text| text.0.into_owned()).filter(|text| !text.is_empty()),
        false => Some(raw.get().to_owned()),
    }
}

/// `{"A": 2.5, "B": 0}` as `A=2.5, B=0`; a value that was not measured is left out.
fn measured(raw: &RawValue) -> Option<String> {
    let values: BTreeMap<String, Value> = serde_json::from_str(raw.get()).ok()?;
    let pairs = values.iter().filter_map(|(name, value)| Some(format!("{name}={}", json::plain(value)?)));
    Some(pairs.collect::<Vec<_>>().join(", ")).filter(|pairs| !pairs.is_empty())
}
