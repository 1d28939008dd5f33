//! Likeness: what may be the same trouble, and the words that say why. It suggests, and decides nothing.

use crate::catalog::{self, Catalog};
use crate::{ServiceName, Timestamp};
use std::collections::BTreeSet;

/// Troubles that began within so many minutes of each other are nearer to one another.
pub const NEAR_MINUTES: i64 = 60;
/// From this score on, two troubles are called alike: the same service, the same alert, or a shared upstream close in time.
pub const LIKELY: u32 = 3;
/// Names said of a likeness: more is no reason any more, but a list.
const NAMED: usize = 4;
/// Words too common to make two titles alike.
const COMMON: [&str; 24] = [
    "the",
    "and",
    "for",
    "with",
    "from",
    "are",
    "not",
    "is",
    "in",
    "on",
    "of",
    "to",
    "at",
    "by",
    "an",
    "has",
    "have",
    "all",
    "some",
    "users",
    "customers",
    "errors",
    "down",
    "slow",
];

/// What is compared of a trouble: a group of alerts, or an open incident with what is attached to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble {
    services: BTreeSet<ServiceName>,
    /// The services, and all they rest on.
    reach: BTreeSet<ServiceName>,
    titles: BTreeSet<String>,
    began_at: Timestamp,
}

/// That two troubles are alike.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Likeness {
    /// How much; at least [`LIKELY`].
    pub score: u32,
    /// Why, as a phrase: "same services and upstream: checkout, payments; 12 min apart".
    pub because: String,
}

impl Trouble {
    /// A trouble with these services, alerts of these titles, since then.
    pub fn new<'t>(
        catalog: &Catalog,
        services: impl IntoIterator<Item = ServiceName>,
        titles: impl IntoIterator<Item = &'t str>,
        began_at: Timestamp,
    ) -> Self {
        let services: BTreeSet<ServiceName> = services.into_iter().collect();
        let mut reach = services.clone();
        reach.extend(services.iter().flat_map(|service| catalog::upstream(catalog, service)));
        Self { services, reach, titles: titles.into_iter().map(|title| title.trim().to_lowercase()).collect(), began_at }
    }

    /// Whether `other` may be the same trouble.
    pub fn like(&self, other: &Self) -> Option<Likeness> {
        let same: Vec<&ServiceName> = self.services.intersection(&other.services).collect();
        let upstream: Vec<&ServiceName> = self.reach.intersection(&other.reach).filter(|service| !same.contains(service)).collect();
        let same_alert = self.titles.intersection(&other.titles).next().is_some();
        let minutes = self.began_at.since(other.began_at).abs() / 60_000;
        let near = minutes <= NEAR_MINUTES;
        let score = 3 * u32::from(!same.is_empty()) + 2 * u32::from(!upstream.is_empty()) + 3 * u32::from(same_alert) + u32::from(near);
        if score < LIKELY {
            return None;
        }
        let services = match (same.len(), upstream.len()) {
            (0, 0) => None,
            (0, _) => Some(format!("same upstream: {}", named(&upstream))),
            (1, 0) => Some(format!("same service: {}", named(&same))),
            (_, 0) => Some(format!("same services: {}", named(&same))),
            (1, _) => Some(format!("same service and upstream: {}", named(&[same, upstream].concat()))),
            (_, _) => Some(format!("same services and upstream: {}", named(&[same, upstream].concat()))),
        };
        let alert = same_alert.then(|| "the same alert".to_owned());
        let time = near.then(|| if minutes == 0 { "within a minute".to_owned() } else { format!("{minutes} min apart") });
        let because: Vec<String> = [services, alert, time].into_iter().flatten().collect();
        Some(Likeness { score, because: because.join("; ") })
    }
}

fn named(services: &[&ServiceName]) -> String {
    let mut names: Vec<&str> = services.iter().take(NAMED).map(|service| service.as_str()).collect();
    let more = services.len().saturating_sub(NAMED);
    let rest = format!("{more} more");
    names.extend((more > 0).then_some(rest.as_str()));
    names.join(", ")
}

/// The words by which a title can be told from another: in lower case, without plurals and without what every title has.
pub fn words(title: &str) -> BTreeSet<String> {
    let lower = title.to_lowercase();
    let parts = lower.split(|c: char| !c.is_alphanumeric());
    parts.filter(|word| word.len() > 2 && !COMMON.contains(word)).map(|word| word.trim_end_matches('s').to_owned()).collect()
}

/// Whether an incident, by its words and services, resembles what is said now: a shared service and a word, or two words.
pub fn resembles((said, services): (&BTreeSet<String>, &[ServiceName]), title: &str, theirs: &BTreeSet<ServiceName>) -> Option<Likeness> {
    let services: Vec<&str> = services.iter().filter(|name| theirs.contains(*name)).map(ServiceName::as_str).collect();
    let their_words = words(title);
    let shared: Vec<&str> = said.intersection(&their_words).map(String::as_str).collect();
    let score = (services.len() * 2 + shared.len()) as u32;
    if score < 2 {
        return None;
    }
    let mut why = vec![];
    if !services.is_empty() {
        why.push(format!("same service {}", services.join(", ")));
    }
    if !shared.is_empty() {
        why.push(format!("same words {}", shared.join(", ")));
    }
    Some(Likeness { score, because: why.join("; ") })
}

#[cfg(test)]
mod tests;
