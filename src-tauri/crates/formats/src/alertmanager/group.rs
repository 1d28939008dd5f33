//! Which group an alert belongs to, and what people call it.

use super::dialect;
use super::wire::{Notification, Pairs};
use crate::bounds::key as bounded;
use crate::text;
use std::fmt::Write;

/// What stands between the parts of a title.
const BETWEEN: &str = " · ";
/// The label that names the rule.
pub const ALERTNAME: &str = "alertname";
/// The label that names the service.
pub const SERVICE: &str = "service";

/// How the alerts of a body are grouped.
pub enum Grouping {
    /// As Alertmanager's route says.
    Sent {
        /// `groupKey`, opaque.
        key: String,
        /// For people.
        title: String,
        /// Alertmanager's own address, for alerts that name no better one.
        link: Option<String>,
        /// Grafana's words about the whole, where there is one alert that they are about.
        message: Option<String>,
    },
    /// Pushed: by what they are called and the service they speak of.
    ByLabels,
}

impl Grouping {
    pub fn of_notification<A>(sent: &Notification<'_, A>, alerts: usize) -> Self {
        let empty = Pairs::default();
        let labels = sent.group_labels.as_ref().unwrap_or(&empty);
        let common = sent.common_labels.as_ref().unwrap_or(&empty);
        let key = match sent.group_key.as_ref().map(|key| key.0.as_ref()) {
            Some(key) if !key.is_empty() => bounded(key.to_owned()),
            Some(_) | None => by_labels(if labels.is_empty() { common } else { labels }).0,
        };
        let link = sent.external_url.as_ref().map(|url| url.0.to_string());
        let message = sent.message.filter(|_| alerts == 1).and_then(dialect::said);
        Self::Sent { key, title: title(labels, common), link, message }
    }

    /// Key and title of the group of an alert with these labels.
    pub fn of_alert(&self, labels: &Pairs<'_>) -> (String, String) {
        match self {
            Self::Sent { key, title, .. } if !title.is_empty() => (key.clone(), title.clone()),
            Self::Sent { key, .. } => (key.clone(), by_labels(labels).1),
            Self::ByLabels => by_labels(labels),
        }
    }
}

/// The rule, then what else the group is split by; where no rule is common to it, what it is split by.
fn title(labels: &Pairs<'_>, common: &Pairs<'_>) -> String {
    let name = labels.get(ALERTNAME).or_else(|| common.get(ALERTNAME));
    let mut title = name.unwrap_or_default().to_owned();
    for (label, value) in labels.iter().filter(|(label, _)| *label != ALERTNAME) {
        if !title.is_empty() {
            title.push_str(BETWEEN);
        }
        match name {
            Some(_) => title.push_str(value),
            None => drop(write!(title, "{label} {value}")),
        }
    }
    text::one_line(&title)
}

fn by_labels(labels: &Pairs<'_>) -> (String, String) {
    let (name, service) = (labels.get(ALERTNAME), labels.get(SERVICE));
    let key = format!("{{alertname={:?}, service={:?}}}", name.unwrap_or_default(), service.unwrap_or_default());
    let title = match (name, service) {
        (Some(name), Some(service)) => text::one_line(&[name, service].join(BETWEEN)),
        (Some(one), None) | (None, Some(one)) => text::one_line(one),
        (None, None) => "Alerts without a name".to_owned(),
    };
    (bounded(key), title)
}
