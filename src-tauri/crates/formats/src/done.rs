//! What a format found of something that was done to a system, bounded into the normal form.

use crate::found::{bounded, service};
use crate::{bounds, text};
use domain::Timestamp;
use domain::alerts::Change;
use std::collections::BTreeMap;

/// Longest outcome in bytes: a word or two, `timed_out`.
const OUTCOME_LIMIT: usize = 64;

/// A change as read; everything but the key and the title may be absent.
pub(crate) struct Done {
    /// The sender's identity of it.
    pub key: String,
    /// One line.
    pub title: String,
    /// When it was done, by the sender's clock.
    pub at: Option<Timestamp>,
    /// How it went.
    pub outcome: Option<String>,
    /// The service it was done to.
    pub service: Option<String>,
    /// Where to look.
    pub link: Option<String>,
    /// What else was said; a fixed handful of names.
    pub labels: BTreeMap<String, String>,
}

impl Done {
    /// A change of which only this is known.
    pub fn new(key: impl Into<String>, title: impl Into<String>) -> Self {
        Self { key: key.into(), title: title.into(), at: None, outcome: None, service: None, link: None, labels: BTreeMap::new() }
    }

    /// Adds a label, where there is a value.
    pub fn label(mut self, name: &str, value: Option<impl Into<String>>) -> Self {
        self.labels.extend(value.map(Into::into).filter(|value: &String| !value.is_empty()).map(|value| (name.to_owned(), value)));
        self
    }

    /// The normal form, everything cut to its limit.
    pub fn change(self, now: Timestamp) -> Change {
        let key = bounds::key(self.key);
        let title = text::line(self.title);
        Change {
            title: if title.is_empty() { text::one_line(&key) } else { title },
            at: self.at.unwrap_or(now),
            outcome: self.outcome.map(|outcome| text::cut(outcome.trim(), OUTCOME_LIMIT).to_owned()).filter(|outcome| !outcome.is_empty()),
            service: self.service.as_deref().and_then(service),
            link: self.link.filter(|url| bounds::is_link(url)),
            labels: bounded(self.labels),
            key,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_enough() {
        let change = Done::new("deploy/7", " ").label("ref", None::<String>).change(Timestamp(5));
        assert_eq!((change.title.as_str(), change.at, change.labels.len()), ("deploy/7", Timestamp(5), 0));
    }

    #[test]
    fn an_outcome_is_a_word() {
        let long = Done { outcome: Some("x".repeat(5_000)), ..Done::new("k", "t") }.change(Timestamp(5));
        assert_eq!(long.outcome.map(|outcome| outcome.len()), Some(OUTCOME_LIMIT));
    }
}
