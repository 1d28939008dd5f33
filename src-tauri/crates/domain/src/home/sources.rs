//! Sources: what may send alerts, what is asked for them, and what is tried by Muster itself.

use crate::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a source is heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// It sends to the listener, with its token.
    Push,
    /// It is asked, again and again.
    Pull,
    /// Muster tries something itself.
    Probe,
}

macro_rules! kinds {
    ($( $(#[doc = $doc:literal])* $variant:ident $wire:literal $label:literal $way:ident; )*) => {
        /// A kind of source.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, TS)]
        pub enum SourceKind {
            $( $(#[doc = $doc])* #[serde(rename = $wire)] $variant, )*
        }

        impl SourceKind {
            /// All kinds, in the order they are shown.
            pub const ALL: &[Self] = &[$( Self::$variant, )*];

            /// The name on the wire, in `/hooks/<name>/<token>` and in `muster source add <name>`.
            pub const fn wire(self) -> &'static str {
                match self { $( Self::$variant => $wire, )* }
            }

            /// What people call it.
            pub const fn label(self) -> &'static str {
                match self { $( Self::$variant => $label, )* }
            }

            /// How it is heard.
            pub const fn way(self) -> Way {
                match self { $( Self::$variant => Way::$way, )* }
            }
        }
    };
}

kinds! {
    /// Prometheus Alertmanager's webhook, and its API v2 spoken to by Prometheus or amtool.
    Alertmanager "alertmanager" "Alertmanager" Push;
    /// Grafana's webhook contact point.
    Grafana "grafana" "Grafana" Push;
    /// Whatever speaks PagerDuty's Events API v2.
    PagerDuty "pagerduty" "PagerDuty Events v2" Push;
    /// Whatever speaks Opsgenie's Alert API.
    Opsgenie "opsgenie" "Opsgenie" Push;
    /// Whatever speaks VictorOps' (Splunk On-Call's) REST endpoint.
    VictorOps "victorops" "VictorOps" Push;
    /// Whatever can only post to Slack.
    Slack "slack" "Slack-shaped" Push;
    /// Datadog's webhooks.
    Datadog "datadog" "Datadog" Push;
    /// Sentry's webhooks.
    Sentry "sentry" "Sentry" Push;
    /// GitHub's webhooks: deployments and workflow runs, as context.
    Github "github" "GitHub" Push;
    /// Uptime Kuma's webhook.
    UptimeKuma "uptime-kuma" "Uptime Kuma" Push;
    /// Healthchecks.io's webhook.
    Healthchecks "healthchecks" "Healthchecks" Push;
    /// CloudEvents 1.0.
    CloudEvents "cloudevents" "CloudEvents" Push;
    /// Azure Monitor's common alert schema, by a mapping.
    Azure "azure" "Azure Monitor" Push;
    /// Google Cloud Monitoring, by a mapping.
    Gcp "gcp" "Google Cloud" Push;
    /// New Relic workflows, by a mapping.
    NewRelic "newrelic" "New Relic" Push;
    /// Zabbix, by a mapping.
    Zabbix "zabbix" "Zabbix" Push;
    /// Plain JSON or a form, loosely read.
    Json "json" "Plain JSON" Push;
    /// Anything else in JSON, by a mapping of the user's own.
    Mapped "mapped" "Own mapping" Push;
    /// Nagios and Icinga, through `muster ingest` or a form.
    Nagios "nagios" "Nagios, Icinga" Push;
    /// Mail of monitoring tools, as files.
    Email "email" "Mail" Push;
    /// A job that says it is alive; its silence is the alert.
    Heartbeat "heartbeat" "Heartbeat" Push;
    /// The web page on which anyone with the link reports a problem.
    Report "report" "Report page" Push;
    /// An Alertmanager that is asked.
    AlertmanagerPull "alertmanager-pull" "Alertmanager, asked" Pull;
    /// A Prometheus that is asked.
    PrometheusPull "prometheus-pull" "Prometheus, asked" Pull;
    /// A Grafana that is asked.
    GrafanaPull "grafana-pull" "Grafana, asked" Pull;
    /// A PagerDuty account that is asked with the user's own token.
    PagerDutyPull "pagerduty-pull" "PagerDuty, asked" Pull;
    /// Any JSON address, by a mapping.
    JsonPull "json-pull" "JSON address, asked" Pull;
    /// An HTTP address that Muster tries.
    HttpProbe "probe-http" "HTTP probe" Probe;
    /// A TCP port that Muster tries.
    TcpProbe "probe-tcp" "TCP probe" Probe;
}

impl SourceKind {
    /// Reads a wire name.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim().to_lowercase();
        Self::ALL.iter().copied().find(|kind| kind.wire() == typed)
    }
}

/// What a probe expects. Absent: not looked at.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, TS)]
pub struct Expect {
    /// The HTTP status; 200 to 399 where absent.
    pub status: Option<u16>,
    /// Text that must be in the first [`BODY_LOOKED_AT`] bytes of the body.
    pub text: Option<String>,
    /// Slower than this many milliseconds is a fault.
    pub within_ms: Option<u32>,
    /// A certificate with fewer days left is a fault.
    pub certificate_days: Option<u32>,
    /// Tries that must fail one after the other before it is an alarm; 1 to 10.
    pub tries: Option<u32>,
}

/// Bytes of a probed body in which a text is looked for (256 KiB): a page's head, not a download.
pub const BODY_LOOKED_AT: usize = 256 * 1024;
/// Fewest seconds between two asks of a source.
pub const EVERY_SECS_MIN: u32 = 5;
/// Most seconds between two asks of a source (1 h): a commander must hear within the hour.
pub const EVERY_SECS_MAX: u32 = 3_600;
/// Longest silence in minutes that a source may be given (one week): later than that nobody would be told.
pub const SILENCE_MINUTES_MAX: u32 = 7 * 24 * 60;
/// Longest mapping in bytes (64 KiB): rules for one tool, not a program.
pub const MAPPING_LIMIT: usize = 64 * 1024;

/// What is set of a source beside its token. Secrets are not here: they lie in the keychain of each machine.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, TS)]
pub struct SourceSettings {
    /// Where to ask or what to try: an http(s) address, or `host:port`.
    pub url: Option<String>,
    /// Seconds between two asks; [`EVERY_SECS_MIN`] to [`EVERY_SECS_MAX`].
    pub every_secs: Option<u32>,
    /// Silent for longer than so many minutes, it is an alarm.
    pub silent_minutes: Option<u32>,
    /// How its JSON becomes alerts, as TOML; for kinds that are read by a mapping.
    pub mapping: Option<String>,
    /// The header that carries the secret, where it is not the usual one.
    pub header: Option<String>,
    /// What a probe expects.
    pub expect: Option<Expect>,
    /// The service its alerts speak of, where they name none.
    pub service: Option<crate::ServiceName>,
    /// In whose name the tool is told what happens here, acknowledged and resolved: the e-mail address of one of its users.
    /// Absent, it is told nothing. Only PagerDuty's, where it is asked, can be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reply_as: Option<String>,
}

/// A source.
#[derive(Clone, PartialEq, Debug)]
pub struct Source {
    /// Its kind.
    pub kind: SourceKind,
    /// Hash of its token.
    pub token_hash: [u8; 32],
    /// Since when.
    pub added_at: Timestamp,
    /// What else is set.
    pub settings: SourceSettings,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_back_and_is_stored_by_its_wire_name() {
        for kind in SourceKind::ALL {
            assert_eq!(SourceKind::parse(kind.wire()), Some(*kind), "{kind:?}");
            let stored = serde_json::to_string(kind).expect("a name");
            assert_eq!(stored, format!("{:?}", kind.wire()), "{kind:?}: scripts and the ledger use one name");
        }
        assert_eq!(SourceKind::parse("telex"), None);
    }
}
