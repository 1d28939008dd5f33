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
    /// Why, as a phrase.
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

    /// How much `other` is like it; from [`LIKELY`] on it may be the same trouble.
    pub fn score(&self, other: &Self) -> u32 {
        let same = !self.services.is_disjoint(&other.services);
        let upstream = self.reach.intersection(&other.reach).any(|service| !self.is_same(other, service));
        let same_alert = !self.titles.is_disjoint(&other.titles);
        3 * u32::from(same) + 2 * u32::from(upstream) + 3 * u32::from(same_alert) + u32::from(self.is_near(other))
    }

    /// Whether `other` may be the same trouble, and why: "same services and upstream: checkout, payments; 12 min apart".
    pub fn like(&self, other: &Self) -> Option<Likeness> {
        let score = self.score(other);
        if score < LIKELY {
            return None;
        }
        let (same, upstream): (Vec<&ServiceName>, Vec<&ServiceName>) =
            self.reach.intersection(&other.reach).partition(|service| self.is_same(other, service));
        let services = match (same.len(), upstream.len()) {
            (0, 0) => None,
            (0, _) => Some(format!("same upstream: {}", named(&upstream))),
            (1, 0) => Some(format!("same service: {}", named(&same))),
            (_, 0) => Some(format!("same services: {}", named(&same))),
            (1, _) => Some(format!("same service and upstream: {}", named(&[same, upstream].concat()))),
            (_, _) => Some(format!("same services and upstream: {}", named(&[same, upstream].concat()))),
        };
        let alert = (!self.titles.is_disjoint(&other.titles)).then(|| "the same alert".to_owned());
        let time = self.is_near(other).then(|| match self.minutes_apart(other) {
            0 => "within a minute".to_owned(),
            minutes => format!("{minutes} min apart"),
        });
        let because: Vec<String> = [services, alert, time].into_iter().flatten().collect();
        Some(Likeness { score, because: because.join("; ") })
    }

    fn is_same(&self, other: &Self, service: &ServiceName) -> bool {
        self.services.contains(service) && other.services.contains(service)
    }

    const fn minutes_apart(&self, other: &Self) -> i64 {
        self.began_at.since(other.began_at).abs() / 60_000
    }

    const fn is_near(&self, other: &Self) -> bool {
        self.minutes_apart(other) <= NEAR_MINUTES
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

/// Whether an incident of these words and services resembles what is said now: a shared service and a word, or two words.
pub fn resembles(
    (said, services): (&BTreeSet<String>, &[ServiceName]),
    (their_words, their_services): (&BTreeSet<String>, &BTreeSet<ServiceName>),
) -> Option<Likeness> {
    let services: Vec<&str> = services.iter().filter(|name| their_services.contains(*name)).map(ServiceName::as_str).collect();
    let shared: Vec<&str> = said.intersection(their_words).map(String::as_str).collect();
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
