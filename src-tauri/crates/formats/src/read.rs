//! One way in for every kind of source: what its tool sends, read as its kind says.

use crate::mapping::{Mapping, shipped};
use crate::parsed::{Parsed, Unreadable};
use crate::{
    Sent, alertmanager, api_alerts, cloudevents, datadog, email, github, grafana, healthchecks, heartbeat, nagios, opsgenie, pagerduty,
    plain, report, sentry, slack, uptime_kuma, victorops,
};
use domain::Timestamp;
use domain::home::SourceKind;

/// Reads what a source of `kind` sent, or answered when it was asked, at `now`. `mapping` is the source's own; kinds with a
/// reading of their own take none, the others the shipped one where the source has none.
pub fn read(kind: SourceKind, sent: &Sent<'_>, mapping: Option<&Mapping>, now: Timestamp) -> Result<Parsed, Unreadable> {
    match kind {
        SourceKind::Alertmanager => alertmanager::webhook(sent.body, now),
        SourceKind::Grafana => grafana::read(sent, now),
        SourceKind::PagerDuty => pagerduty::read(sent, now),
        SourceKind::Opsgenie => opsgenie::read(sent, now),
        SourceKind::VictorOps => victorops::read(sent, now),
        SourceKind::Slack => slack::read(sent, now),
        SourceKind::Datadog => datadog::read(sent, now),
        SourceKind::Sentry => sentry::read(sent, now),
        SourceKind::Github => github::read(sent, now),
        SourceKind::UptimeKuma => uptime_kuma::read(sent, now),
        SourceKind::Healthchecks => healthchecks::read(sent, now),
        SourceKind::CloudEvents => cloudevents::read(sent, now),
        SourceKind::Json => plain::read(sent, now),
        SourceKind::Nagios => nagios::read(sent, now),
        SourceKind::Email => email::read(sent, now),
        SourceKind::Heartbeat => heartbeat::read(sent, now),
        SourceKind::Report => report::read(sent, now),
        SourceKind::AlertmanagerPull => api_alerts::alertmanager(sent.body, now),
        SourceKind::PrometheusPull => api_alerts::prometheus(sent.body, now),
        SourceKind::GrafanaPull => api_alerts::grafana(sent.body, now),
        SourceKind::PagerDutyPull => api_alerts::incidents(sent.body, now),
        SourceKind::Azure | SourceKind::Gcp | SourceKind::NewRelic | SourceKind::Zabbix | SourceKind::Mapped | SourceKind::JsonPull => {
            mapped(mapping.or_else(|| shipped(kind)), sent, now)
        }
        SourceKind::HttpProbe | SourceKind::TcpProbe => {
            Err(Unreadable::new("A probe sends nothing: Muster tries the address itself. Choose another kind for what is sent."))
        }
    }
}

fn mapped(mapping: Option<&Mapping>, sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    let none = || Unreadable::new("This source has no mapping that says how its JSON becomes alerts: set one in its settings.");
    mapping.ok_or_else(none)?.read(sent, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_says_something_of_nothing() {
        for kind in SourceKind::ALL {
            if let Err(unreadable) = read(*kind, &Sent::body(b""), None, Timestamp(0)) {
                assert!(unreadable.reason.ends_with(['.', ']']), "{kind:?} says what to change: {unreadable}");
            }
        }
    }

    #[test]
    fn a_source_without_its_mapping_says_so() {
        let read = |kind| read(kind, &Sent::body(b"{}"), None, Timestamp(0)).map_err(|unreadable| unreadable.reason);
        assert!(read(SourceKind::Mapped).is_err_and(|reason| reason.contains("mapping")));
        assert!(read(SourceKind::TcpProbe).is_err_and(|reason| reason.contains("probe")));
    }
}
