//! Everything that reads what others wrote, under one name each.

use crate::dice::Dice;
use domain::Timestamp;
use domain::home::SourceKind::{self, *};
use domain::incidents::TEXT_LIMIT;
use formats::chat::{self, Anchor, ChatFormat};
use formats::mapping::Mapping;
use formats::people::{self, PEOPLE_LIMIT};
use formats::{Sent, catalog, signature};
use std::fmt::Debug;

const NOW: Timestamp = Timestamp(1_795_423_000_000);
/// Headers that formats look at, with values that mean something.
const HEADERS: [(&str, &str); 17] = [
    ("Content-Type", "application/json"),
    ("Content-Type", "application/x-www-form-urlencoded"),
    ("Content-Type", "multipart/form-data; boundary=b"),
    ("Content-Type", "application/cloudevents-batch+json"),
    ("X-GitHub-Event", "deployment_status"),
    ("X-GitHub-Event", "workflow_run"),
    ("Sentry-Hook-Resource", "metric_alert"),
    ("Sentry-Hook-Resource", "issue"),
    ("ce-specversion", "1.0"),
    ("ce-id", "1"),
    ("ce-type", "dev.cdevents.service.deployed.0.1.0"),
    ("webhook-id", "m"),
    ("webhook-timestamp", "1795423000"),
    ("webhook-signature", "v1,AAAA v1a,AAAA v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ("X-Hub-Signature-256", "sha256=0000000000000000000000000000000000000000000000000000000000000000"),
    ("X-PagerDuty-Signature", "v1=00,v1=,v2=,v1=\u{e9}"),
    ("X-Timestamp", "9223372036854775807"),
];
/// What may follow the token.
const PATHS: [&str; 6] = ["", "close", "x/acknowledge", "3", "change/enqueue", "%ff/close"];
/// A mapping that finds something in many bodies.
const MAPPING: &str = "key = \"/id\"\ntitle = \"{/title|/data/name}\"\neach = \"/alerts\"\n";

/// One reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// What a source of that kind sends.
    Source(SourceKind),
    /// Its signature.
    Signature(SourceKind),
    /// A paste, of that format or of the one it looks like.
    Chat(Option<ChatFormat>),
    /// A list of people.
    People,
    /// A list of services.
    Services,
    /// A mapping, and then with it a body.
    Mapping,
}

impl Target {
    /// All of them.
    pub fn all() -> Vec<Self> {
        let kinds = SourceKind::ALL.iter().copied();
        let chats = std::iter::once(None).chain(ChatFormat::ALL.map(Some));
        let signed = [Github, Grafana, PagerDuty, Json];
        let readers = kinds.map(Self::Source).chain(chats.map(Self::Chat)).chain(signed.map(Self::Signature));
        readers.chain([Self::People, Self::Services, Self::Mapping]).collect()
    }

    /// Folders of the samples that it is made for.
    pub const fn tools(self) -> &'static [&'static str] {
        match self {
            Self::Chat(_) => &["paste"],
            Self::People => &["people"],
            Self::Services => &["services"],
            Self::Mapping => &["mapping"],
            Self::Source(kind) | Self::Signature(kind) => match kind {
                Alertmanager => &["alertmanager"],
                AlertmanagerPull | GrafanaPull => &["alertmanager-api-v2"],
                PrometheusPull => &["prometheus-http-api"],
                PagerDutyPull => &["pagerduty-rest"],
                Grafana => &["grafana"],
                PagerDuty => &["pagerduty-events-v2"],
                Opsgenie => &["opsgenie"],
                VictorOps => &["victorops"],
                Slack => &["slack"],
                Datadog => &["datadog"],
                Sentry => &["sentry"],
                Github => &["github"],
                UptimeKuma => &["uptime-kuma"],
                Healthchecks => &["healthchecks"],
                CloudEvents => &["cloudevents", "standard-webhooks"],
                Azure => &["azure"],
                Gcp => &["gcp"],
                NewRelic => &["new-relic"],
                Zabbix => &["zabbix"],
                Nagios => &["nagios", "icinga2"],
                Email => &["email", "nagios", "icinga2"],
                Json | Mapped | JsonPull | Heartbeat | Report | HttpProbe | TcpProbe => &[],
            },
        }
    }

    /// Reads `body`; answers with all that came of it.
    pub fn read(self, body: &[u8], dice: &mut Dice) -> String {
        match self {
            Self::Source(kind) => sent(body, dice, |sent| {
                let mapping = Mapping::parse(MAPPING).expect("a mapping");
                said(formats::read(kind, sent, Some(&mapping).filter(|_| matches!(kind, Mapped | JsonPull)), NOW))
            }),
            Self::Signature(kind) => sent(body, dice, |sent| {
                let checked = signature::check(kind, b"a secret that nobody signed with", sent, NOW);
                assert!(checked.is_err(), "nobody signed it: {checked:?}");
                said(checked)
            }),
            Self::Chat(format) => pasted(&String::from_utf8_lossy(body), format),
            Self::People => {
                let read = people::read(&String::from_utf8_lossy(body), None);
                assert!(read.people.len() <= PEOPLE_LIMIT, "{} people", read.people.len());
                said(read)
            }
            Self::Services => said(catalog::read(&String::from_utf8_lossy(body))),
            Self::Mapping => match Mapping::parse(&String::from_utf8_lossy(body)) {
                Ok(mapping) => sent(body, dice, |sent| said(mapping.read(sent, NOW))),
                Err(fault) => said(fault),
            },
        }
    }
}

fn said(read: impl Debug) -> String {
    format!("{read:?}")
}

/// Sends it somehow.
fn sent(body: &[u8], dice: &mut Dice, read: impl FnOnce(&Sent<'_>) -> String) -> String {
    let header = |dice: &mut Dice| HEADERS[dice.roll(HEADERS.len())];
    let headers: Vec<(String, String)> =
        (0..dice.roll(5)).map(|_| header(dice)).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let query = [("msg".to_owned(), String::from_utf8_lossy(&body[..body.len().min(64)]).into_owned())];
    let query = if dice.one_in(4) { &query[..] } else { &[] };
    read(&Sent { path: dice.pick(&PATHS), query, headers: &headers, body })
}

fn pasted(text: &str, format: Option<ChatFormat>) -> String {
    let chat = chat::read(text, format);
    let anchor = Anchor { day: "2026-11-23".parse().expect("a day"), zone: chrono_tz::Europe::Berlin, start: None };
    let placed = chat::place(&chat, &anchor);
    assert_eq!(placed.len(), chat.lines.len(), "each line has a place");
    for line in &chat.lines {
        assert!(!line.text.trim().is_empty() && line.text.len() <= TEXT_LIMIT, "a line fits into an entry: {} bytes", line.text.len());
    }
    said((chat.format, chat.lines, placed, chat.notes))
}
