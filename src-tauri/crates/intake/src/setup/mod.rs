//! Where each kind of source sends, and the lines to paste into the sender's configuration, each kind's in a file beside
//! this one.

use domain::home::{SourceKind, Way};

/// Where a source of this kind sends, below the listener's address; `None` for kinds that Muster asks or tries by itself.
pub fn source_path(kind: SourceKind, token: &str) -> Option<String> {
    Some(match kind {
        SourceKind::PagerDuty => "/v2/enqueue".to_owned(),
        SourceKind::Opsgenie => "/v2/alerts".to_owned(),
        SourceKind::VictorOps => format!("{}{token}", crate::victorops::PREFIX),
        SourceKind::Heartbeat => format!("/ping/{token}"),
        SourceKind::Report => format!("/report/{token}"),
        SourceKind::Alertmanager
        | SourceKind::Grafana
        | SourceKind::Slack
        | SourceKind::Datadog
        | SourceKind::Sentry
        | SourceKind::Github
        | SourceKind::UptimeKuma
        | SourceKind::Healthchecks
        | SourceKind::CloudEvents
        | SourceKind::Azure
        | SourceKind::Gcp
        | SourceKind::NewRelic
        | SourceKind::Zabbix
        | SourceKind::Json
        | SourceKind::Mapped
        | SourceKind::Nagios
        | SourceKind::Email => format!("/hooks/{}/{token}", kind.wire()),
        SourceKind::AlertmanagerPull
        | SourceKind::PrometheusPull
        | SourceKind::GrafanaPull
        | SourceKind::PagerDutyPull
        | SourceKind::JsonPull
        | SourceKind::HttpProbe
        | SourceKind::TcpProbe => return None,
    })
}

/// What the lines are made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Setup<'s> {
    /// The source's name.
    pub name: &'s str,
    /// The listener as senders reach it, such as `http://127.0.0.1:6878`.
    pub base: &'s str,
    /// The source's token.
    pub token: &'s str,
    /// The file with the listener's certificate, where it speaks TLS with one of its own.
    pub certificate: Option<&'s str>,
}

/// What to add to the files of a tool of this kind, so that it sends to the source.
pub fn setup_text(kind: SourceKind, setup: Setup<'_>) -> String {
    let (scheme, target) = setup.base.split_once("://").unwrap_or(("http", setup.base));
    let url = source_path(kind, setup.token).map(|path| format!("{}{path}", setup.base)).unwrap_or_default();
    let mut text = lines(kind).to_owned();
    if let Some(certificate) = setup.certificate.filter(|_| kind.way() == Way::Push) {
        text += &include_str!("certificate.txt").replace("{certificate}", certificate);
    }
    let values = [
        ("{name}", setup.name),
        ("{url}", &url),
        ("{base}", setup.base),
        ("{token}", setup.token),
        ("{scheme}", scheme),
        ("{target}", target),
    ];
    values.into_iter().fold(text, |text, (place, value)| text.replace(place, value))
}

const fn lines(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Alertmanager => include_str!("alertmanager.txt"),
        SourceKind::Grafana => include_str!("grafana.txt"),
        SourceKind::PagerDuty => include_str!("pagerduty.txt"),
        SourceKind::Opsgenie => include_str!("opsgenie.txt"),
        SourceKind::VictorOps => include_str!("victorops.txt"),
        SourceKind::Slack => include_str!("slack.txt"),
        SourceKind::Datadog => include_str!("datadog.txt"),
        SourceKind::Sentry => include_str!("sentry.txt"),
        SourceKind::Github => include_str!("github.txt"),
        SourceKind::UptimeKuma => include_str!("uptime-kuma.txt"),
        SourceKind::Healthchecks => include_str!("healthchecks.txt"),
        SourceKind::CloudEvents => include_str!("cloudevents.txt"),
        SourceKind::Azure => include_str!("azure.txt"),
        SourceKind::Gcp => include_str!("gcp.txt"),
        SourceKind::NewRelic => include_str!("newrelic.txt"),
        SourceKind::Zabbix => include_str!("zabbix.txt"),
        SourceKind::Json => include_str!("json.txt"),
        SourceKind::Mapped => include_str!("mapped.txt"),
        SourceKind::Nagios => include_str!("nagios.txt"),
        SourceKind::Email => include_str!("email.txt"),
        SourceKind::Heartbeat => include_str!("heartbeat.txt"),
        SourceKind::Report => include_str!("report.txt"),
        SourceKind::AlertmanagerPull
        | SourceKind::PrometheusPull
        | SourceKind::GrafanaPull
        | SourceKind::PagerDutyPull
        | SourceKind::JsonPull => include_str!("pull.txt"),
        SourceKind::HttpProbe | SourceKind::TcpProbe => include_str!("probe.txt"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETUP: Setup<'_> = Setup { name: "eu", base: "http://127.0.0.1:6878", token: "abc", certificate: None };

    #[test]
    fn the_lines_name_the_address_and_the_token() {
        let text = setup_text(SourceKind::Alertmanager, SETUP);
        assert!(text.contains("url: 'http://127.0.0.1:6878/hooks/alertmanager/abc'"), "{text}");
        assert!(text.contains("targets: ['127.0.0.1:6878']") && text.contains("credentials: 'abc'"), "{text}");
    }

    #[test]
    fn every_kind_that_is_sent_has_lines_of_its_own() {
        for kind in SourceKind::ALL {
            let text = setup_text(*kind, SETUP);
            for place in ["{name}", "{url}", "{base}", "{token}", "{scheme}", "{target}"] {
                assert!(!text.contains(place), "{kind:?} leaves {place}: {text}");
            }
            assert_eq!(source_path(*kind, "abc").is_some(), kind.way() == Way::Push, "{kind:?}");
            assert_eq!(text.contains("http://127.0.0.1:6878"), kind.way() == Way::Push, "{kind:?}: {text}");
        }
    }

    #[test]
    fn a_certificate_is_named_where_there_is_one() {
        let setup = Setup { base: "https://127.0.0.1:6878", certificate: Some("/home/ana/muster/listener.pem"), ..SETUP };
        let text = setup_text(SourceKind::PagerDuty, setup);
        assert!(text.contains("/home/ana/muster/listener.pem") && text.contains("https://127.0.0.1:6878/v2/enqueue"), "{text}");
    }
}
