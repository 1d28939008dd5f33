//! What triage asks of many groups at once.

use domain::alarms::Noise;
use domain::{AlertSeverity, GroupId, ServiceName, SourceName};
use std::collections::BTreeSet;

/// A group of which something fires, and how it stands with noise.
#[derive(Clone, PartialEq, Debug)]
pub struct FiringRow {
    /// Which.
    pub group: GroupId,
    /// Alerts of it that fire.
    pub firing: u64,
    /// How it stands with noise.
    pub noise: Noise,
}

/// All that fires now.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fires {
    /// Groups.
    pub groups: u64,
    /// Alerts.
    pub alerts: u64,
    /// The services that these groups speak of.
    pub services: BTreeSet<ServiceName>,
    /// How bad the worst alert is.
    pub worst: Option<AlertSeverity>,
}

/// A service as one source speaks of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WatchedRow {
    /// The service.
    pub service: ServiceName,
    /// Who ever sent an alert about it.
    pub source: SourceName,
    /// Alerts that fire in groups that speak of it.
    pub firing: u64,
}
