//! Everything that can be on the record. Names are stable, versions are integers, and old ones parse for ever.

use crate::alerts::{AlertEvent, ChangeEvent};
use crate::home::HomeEvent;
use crate::incidents::IncidentEvent;
use serde::{Deserialize, Serialize};

/// Any event, by the noun it belongs to.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// About one incident.
    Incident(IncidentEvent),
    /// About one alert of a group, or the group.
    Alert(AlertEvent),
    /// About the home: people, sources, rules, quiet.
    Home(HomeEvent),
    /// Something was done to a system that this home hears of.
    Change(ChangeEvent),
}

impl Event {
    /// The stable name, such as `incident.noted`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Incident(event) => event.kind(),
            Self::Alert(event) => event.kind(),
            Self::Home(event) => event.kind(),
            Self::Change(event) => event.kind(),
        }
    }

    /// The version of this kind's shape; an upcaster exists for each older one.
    pub fn version(&self) -> u16 {
        1
    }
}

impl From<IncidentEvent> for Event {
    fn from(event: IncidentEvent) -> Self {
        Self::Incident(event)
    }
}

impl From<AlertEvent> for Event {
    fn from(event: AlertEvent) -> Self {
        Self::Alert(event)
    }
}

impl From<HomeEvent> for Event {
    fn from(event: HomeEvent) -> Self {
        Self::Home(event)
    }
}

impl From<ChangeEvent> for Event {
    fn from(event: ChangeEvent) -> Self {
        Self::Change(event)
    }
}
