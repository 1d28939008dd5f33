//! What a format found of one alert, bounded into the normal form.

use crate::{bounds, severity, text};
use domain::alerts::{Signal, SignalState, VALUE_LIMIT};
use domain::{AlertSeverity, ServiceName, Timestamp};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One alert as read; everything but the key and the state may be absent.
pub(crate) struct Found {
    /// The sender's identity of the alert: the same for every firing.
    pub key: String,
    /// Tells one firing from the next, where the sender does.
    pub episode: Option<String>,
    /// Firing, looked at, or over.
    pub state: SignalState,
    /// One line.
    pub title: Option<String>,
    /// Identity and name of its group; the alert alone, where absent.
    pub group: Option<(String, String)>,
    /// The tool's own word for how bad it is.
    pub severity: Option<AlertSeverity>,
    /// When it began, by the sender's clock.
    pub started_at: Option<Timestamp>,
    /// Label names and values.
    pub labels: BTreeMap<String, String>,
    /// Annotation names and values: what is for reading and not for telling apart.
    pub annotations: BTreeMap<String, String>,
    /// Where to look.
    pub link: Option<String>,
    /// The service it speaks of.
    pub service: Option<String>,
}

impl Found {
    /// An alert of which only this is known.
    pub fn new(key: impl Into<String>, state: SignalState) -> Self {
        Self {
            key: key.into(),
            state,
            episode: None,
            title: None,
            group: None,
            severity: None,
            started_at: None,
            labels: BTreeMap::new(),
            annotations: BTreeMap::new(),
            link: None,
            service: None,
        }
    }

    /// Adds a label, where there is a value.
    pub fn label(mut self, name: &str, value: Option<impl Into<String>>) -> Self {
        self.labels.extend(value.map(Into::into).filter(|value: &String| !value.is_empty()).map(|value| (name.to_owned(), value)));
        self
    }

    /// Adds an annotation, where there is a value.
    pub fn annotation(mut self, name: &str, value: Option<impl Into<String>>) -> Self {
        self.annotations.extend(value.map(Into::into).filter(|value: &String| !value.is_empty()).map(|value| (name.to_owned(), value)));
        self
    }

    /// The normal form, everything cut to its limit.
    pub fn signal(self, now: Timestamp) -> Signal {
        let key = bounds::key(self.key);
        let title = self.title.map(text::line).filter(|title| !title.is_empty()).unwrap_or_else(|| text::one_line(&key));
        let (group_key, group_title) = match self.group {
            Some((key, title)) => (bounds::key(key), text::line(title)),
            None => (key.clone(), title.clone()),
        };
        Signal {
            episode: self.episode.map_or_else(String::new, bounds::key),
            severity: self.severity.unwrap_or(severity::UNSAID),
            started_at: self.started_at.unwrap_or(now),
            state: self.state,
            service: self.service.as_deref().and_then(service),
            labels: bounded(self.labels),
            annotations: bounded(self.annotations),
            link: self.link.filter(|url| bounds::is_link(url)),
            group_title: if group_title.is_empty() { title.clone() } else { group_title },
            key,
            group_key,
            title,
            rules: vec![],
        }
    }
}

/// A service's short name out of what a tool calls it: `Checkout API` becomes `checkout-api`.
pub(crate) fn service(named: &str) -> Option<ServiceName> {
    let usable = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if named.chars().all(usable) {
        return ServiceName::parse(named);
    }
    let words: Vec<&str> = named.split(|c| !usable(c)).filter(|w| !w.is_empty()).collect();
    ServiceName::parse(&words.join("-"))
}

/// Names and values as they are kept: the first by name, each cut to its limit.
pub(crate) fn bounded(pairs: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let fits = |(name, value): (&String, &String)| name.len() <= VALUE_LIMIT && value.len() <= VALUE_LIMIT;
    if pairs.len() <= bounds::PAIRS_LIMIT && pairs.iter().all(fits) {
        return pairs;
    }
    pairs
        .into_iter()
        .take(bounds::PAIRS_LIMIT)
        .map(|(name, value)| (bounds::value(Cow::Owned(name)), bounds::value(Cow::Owned(value))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_enough() {
        let now = Timestamp(1_000);
        let signal = Found::new("disk", SignalState::Firing { lapses_at: None }).signal(now);
        assert_eq!((signal.title.as_str(), signal.group_title.as_str(), signal.started_at), ("disk", "disk", now));
        assert_eq!(signal.severity, severity::UNSAID);
    }

    #[test]
    fn a_service_is_named_as_people_type_it() {
        assert_eq!(service("Checkout API"), Some(ServiceName("checkout-api".into())));
        assert_eq!(service("///"), None);
    }
}
