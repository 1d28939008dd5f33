//! Mappings that come with the program, as data: people read and copy them.

use super::Mapping;
use domain::home::SourceKind;
use std::sync::OnceLock;

const AZURE: &str = include_str!("../../mappings/azure.toml");
const GCP: &str = include_str!("../../mappings/gcp.toml");
const NEW_RELIC: &str = include_str!("../../mappings/newrelic.toml");
const ZABBIX: &str = include_str!("../../mappings/zabbix.toml");

/// The mapping shipped for a kind of source, where that kind is read by one.
pub fn shipped(kind: SourceKind) -> Option<&'static Mapping> {
    static READ: [OnceLock<Mapping>; SourceKind::ALL.len()] = [const { OnceLock::new() }; SourceKind::ALL.len()];
    let text = shipped_text(kind)?;
    let place = SourceKind::ALL.iter().position(|known| *known == kind)?;
    Some(READ[place].get_or_init(|| Mapping::parse(text).expect("a mapping that is shipped reads: a test reads each")))
}

/// The text of the mapping shipped for a kind of source, to be looked at and copied.
pub fn shipped_text(kind: SourceKind) -> Option<&'static str> {
    match kind {
        SourceKind::Azure => Some(AZURE),
        SourceKind::Gcp => Some(GCP),
        SourceKind::NewRelic => Some(NEW_RELIC),
        SourceKind::Zabbix => Some(ZABBIX),
        SourceKind::Alertmanager
        | SourceKind::Grafana
        | SourceKind::PagerDuty
        | SourceKind::Opsgenie
        | SourceKind::VictorOps
        | SourceKind::Slack
        | SourceKind::Datadog
        | SourceKind::Sentry
        | SourceKind::Github
        | SourceKind::UptimeKuma
        | SourceKind::Healthchecks
        | SourceKind::CloudEvents
        | SourceKind::Json
        | SourceKind::Mapped
        | SourceKind::Nagios
        | SourceKind::Email
        | SourceKind::Heartbeat
        | SourceKind::Report
        | SourceKind::AlertmanagerPull
        | SourceKind::PrometheusPull
        | SourceKind::GrafanaPull
        | SourceKind::PagerDutyPull
        | SourceKind::JsonPull
        | SourceKind::HttpProbe
        | SourceKind::TcpProbe => None,
    }
}
