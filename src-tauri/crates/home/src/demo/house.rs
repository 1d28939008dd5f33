//! What the demonstration's home is told besides incidents: its services and rules, what was done to systems, what is
//! kept quiet.

use domain::alerts::Change;
use domain::catalog::ServiceCard;
use domain::home::HomeEvent;
use domain::matching::When;
use domain::quiet::{QuietOrder, QuietScope, Shape};
use domain::{Handle, ServiceName, Timestamp};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const MINUTE: i64 = 60_000;

/// A service of the catalogue.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    title: String,
    owner: Handle,
    team: String,
    #[serde(default)]
    depends_on: BTreeSet<ServiceName>,
}

impl Service {
    /// As the catalogue has it.
    pub fn card(&self) -> ServiceCard {
        ServiceCard {
            title: Some(self.title.clone()),
            owner: Some(self.owner.clone()),
            team: Some(self.team.clone()),
            depends_on: self.depends_on.clone(),
            link: None,
        }
    }
}

/// Something that was done to a system.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    title: String,
    service: ServiceName,
    outcome: String,
    #[serde(default)]
    labels: BTreeMap<String, String>,
    /// Minutes before the present.
    pub ago: i64,
}

impl Done {
    /// As a source tells of it.
    pub fn change(&self, at: Timestamp) -> Change {
        Change {
            key: self.title.clone(),
            title: self.title.clone(),
            at,
            outcome: Some(self.outcome.clone()),
            service: Some(self.service.clone()),
            link: None,
            labels: self.labels.clone(),
        }
    }
}

/// Something that is kept quiet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    title: String,
    when: When,
    shape: Shape,
    reason: String,
    /// Who ordered it.
    pub by: Handle,
    /// Minutes before the present.
    pub ago: i64,
    /// How long it holds, from then on.
    minutes: i64,
}

impl Kept {
    /// The order, given at `at`.
    pub fn order(&self, at: Timestamp) -> HomeEvent {
        HomeEvent::QuietSet {
            order: QuietOrder {
                scope: QuietScope::Alerts(self.when.clone()),
                shape: self.shape,
                title: self.title.clone(),
                reason: self.reason.clone(),
                from: None,
                until: at.plus_millis(self.minutes * MINUTE),
                until_over: false,
                below: None,
                recurs: None,
                known: None,
            },
        }
    }
}
