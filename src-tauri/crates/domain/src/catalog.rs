//! The service catalogue: what there is, whose it is, and what rests on what.

use crate::{Handle, ServiceName};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// Most services that one may rest on: a longer list says nothing about the cause.
pub const DEPENDENCIES_LIMIT: usize = 50;
/// Most services in a catalogue.
pub const SERVICES_LIMIT: usize = 5_000;
/// Longest text of a card's field in bytes.
pub const CARD_LIMIT: usize = 500;

/// What is known of a service.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, TS)]
pub struct ServiceCard {
    /// Its name for people, where it has another.
    pub title: Option<String>,
    /// The person who owns it.
    pub owner: Option<Handle>,
    /// The team that owns it, in its own words.
    pub team: Option<String>,
    /// Services it rests on.
    pub depends_on: BTreeSet<ServiceName>,
    /// Where to read about it, http or https.
    pub link: Option<String>,
}

/// All services known.
pub type Catalog = BTreeMap<ServiceName, ServiceCard>;

/// Everything `service` rests on, directly or through others, itself left out. Circles do no harm.
pub fn upstream(catalog: &Catalog, service: &ServiceName) -> BTreeSet<ServiceName> {
    let mut found = BTreeSet::new();
    let mut open = vec![service];
    while let Some(next) = open.pop() {
        for below in catalog.get(next).into_iter().flat_map(|card| &card.depends_on) {
            if below != service && found.insert(below.clone()) {
                open.push(below);
            }
        }
    }
    found
}

/// Whether two services have to do with each other: one rests on the other, or both on a third; and on which.
pub fn shared(catalog: &Catalog, one: &ServiceName, other: &ServiceName) -> Option<ServiceName> {
    if one == other {
        return Some(one.clone());
    }
    let (mut below_one, mut below_other) = (upstream(catalog, one), upstream(catalog, other));
    below_one.insert(one.clone());
    below_other.insert(other.clone());
    below_one.intersection(&below_other).next().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str) -> ServiceName {
        ServiceName(name.into())
    }

    fn catalog() -> Catalog {
        let card = |below: &[&str]| ServiceCard { depends_on: below.iter().map(|below| name(below)).collect(), ..ServiceCard::default() };
        [("shop", card(&["api"])), ("api", card(&["db", "shop"])), ("search", card(&["db"])), ("mail", card(&[]))]
            .map(|(service, card)| (name(service), card))
            .into()
    }

    #[test]
    fn what_a_service_rests_on_is_found_through_others_and_circles() {
        assert_eq!(upstream(&catalog(), &name("shop")), [name("api"), name("db")].into(), "and not itself");
        assert_eq!(upstream(&catalog(), &name("db")), [].into(), "not in the catalogue, so nothing is known");
    }

    #[test]
    fn services_have_to_do_with_each_other_through_what_they_share() {
        assert_eq!(shared(&catalog(), &name("shop"), &name("search")), Some(name("db")));
        assert_eq!(shared(&catalog(), &name("search"), &name("db")), Some(name("db")), "one rests on the other");
        assert_eq!(shared(&catalog(), &name("mail"), &name("db")), None);
        assert_eq!(shared(&catalog(), &name("new"), &name("new")), Some(name("new")), "the same, known or not");
    }
}
