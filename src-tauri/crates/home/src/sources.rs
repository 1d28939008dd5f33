//! Tokens, addresses and instructions for sources, and a look at the way from the door to the record.

use crate::door::is_loopback;
use crate::house::House;
use api::Local as _;
use api::dto::{Finding, SourceView};
use api::socket::OwnerKind;
use domain::home::{SourceKind, Way};
use formats::mapping::Mapping;
use intake::Outcome;
use rand::RngCore as _;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Time the listener gets to say that it lives.
const ANSWER_TIME: Duration = Duration::from_secs(2);

/// A fresh token and its hash. The token is shown once and kept nowhere.
pub(crate) fn new_token() -> (String, [u8; 32]) {
    let mut random = [0; 20];
    rand::rng().fill_bytes(&mut random);
    let token = intake::new_token(random);
    let hash = intake::token_hash(&token);
    (token, hash)
}

/// The listener at `address` as senders write it.
pub(crate) fn base(address: &str, tls: bool) -> String {
    format!("{}://{}", if tls { "https" } else { "http" }, reachable(address))
}

/// Where a source of `kind` sends to, for a listener that senders reach at `base`; none for kinds that are asked or tried.
pub(crate) fn url(base: &str, kind: SourceKind, token: &str) -> Option<String> {
    intake::source_path(kind, token).map(|path| format!("{base}{path}"))
}

/// An address that a sender can use: one that means "every interface" becomes this machine's name.
fn reachable(address: &str) -> String {
    match address.parse::<SocketAddr>() {
        Ok(all) if all.ip().is_unspecified() => format!("{}:{}", host_name(), all.port()),
        Ok(_) | Err(_) => address.to_owned(),
    }
}

#[cfg(unix)]
pub(crate) fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
pub(crate) fn host_name() -> String {
    "localhost".into()
}

fn finding(name: &str, ok: bool, text: String, hint: Option<&str>) -> Finding {
    Finding { name: name.into(), ok, text, hint: hint.map(str::to_owned) }
}

/// Looks at every step from the door to the record, the first one first; a step that fails ends the way.
pub(crate) async fn test(house: &House, source: &SourceView) -> Vec<Finding> {
    let kind = SourceKind::parse(&source.kind);
    let mut findings = vec![];
    if kind.is_none_or(|kind| kind.way() == Way::Push) {
        findings.push(door(house));
        if let Some(address) = house.listener().listening {
            findings.push(answers(&address, house.door.certificate().is_some()).await);
            findings.extend(kind.and_then(|kind| within_reach(kind, &address, source)));
        }
    } else if let Some(outcome) = house.door.ask(source.name.as_str()).await {
        findings.push(asked(kind, outcome));
    }
    findings.extend(kind.and_then(|kind| mapping(kind, source)));
    findings.extend(kind.map(|kind| secret(kind, source)));
    if kind.is_none_or(|kind| kind.way() == Way::Push) {
        findings.push(heard(source));
    }
    if let Some(since) = source.silent_since {
        findings.push(finding("silent", false, format!("Silent for too long since {since}."), Some("Look whether its sender runs.")));
    }
    if let Some(reason) = &source.last_refusal {
        let text = format!("{} refused so far; the last one: {reason}", source.refused);
        findings.push(finding("refused", false, text, Some("`muster source refusals` shows what was sent.")));
    }
    findings
}

/// What came of asking or trying it just now.
fn asked(kind: Option<SourceKind>, outcome: Outcome) -> Finding {
    let way = kind.map(SourceKind::way);
    match (outcome, way) {
        (Err(why), _) => finding("answer", false, why, Some("Set its address and secret in Settings, Alert sources.")),
        (Ok(0), Some(Way::Probe)) => finding("answer", true, "It was tried just now, and is well.".into(), None),
        (Ok(1), Some(Way::Probe)) => finding("answer", true, "It was tried just now: one thing is wrong, and is an alert.".into(), None),
        (Ok(wrong), Some(Way::Probe)) => {
            finding("answer", true, format!("It was tried just now: {wrong} things are wrong, and are alerts."), None)
        }
        (Ok(1), _) => finding("answer", true, "It answered just now: 1 alert fires.".into(), None),
        (Ok(fire), _) => finding("answer", true, format!("It answered just now: {fire} alerts fire."), None),
    }
}

/// Whether those who send this kind can reach the address at all. Services in the cloud, and people with phones, never
/// reach a loopback address.
fn within_reach(kind: SourceKind, address: &str, source: &SourceView) -> Option<Finding> {
    if !is_loopback(address) || source.last_heard_at.is_some() {
        return None;
    }
    let text = format!("Only this machine reaches {address}; whatever sends from elsewhere does not.");
    let hint = "Listen on an address of your network (Settings, or `muster machine set --listener-address`), or run a tunnel or relay.";
    Some(finding("reach", !comes_from_elsewhere(kind), text, Some(hint)))
}

/// Kinds whose senders do not run on this machine.
const fn comes_from_elsewhere(kind: SourceKind) -> bool {
    match kind {
        SourceKind::Datadog
        | SourceKind::Sentry
        | SourceKind::Github
        | SourceKind::Healthchecks
        | SourceKind::Azure
        | SourceKind::Gcp
        | SourceKind::NewRelic
        | SourceKind::Report => true,
        SourceKind::Alertmanager
        | SourceKind::Grafana
        | SourceKind::PagerDuty
        | SourceKind::Opsgenie
        | SourceKind::VictorOps
        | SourceKind::Slack
        | SourceKind::UptimeKuma
        | SourceKind::CloudEvents
        | SourceKind::Zabbix
        | SourceKind::Json
        | SourceKind::Mapped
        | SourceKind::Nagios
        | SourceKind::Email
        | SourceKind::Heartbeat
        | SourceKind::AlertmanagerPull
        | SourceKind::PrometheusPull
        | SourceKind::GrafanaPull
        | SourceKind::PagerDutyPull
        | SourceKind::JsonPull
        | SourceKind::HttpProbe
        | SourceKind::TcpProbe => false,
    }
}

fn mapping(kind: SourceKind, source: &SourceView) -> Option<Finding> {
    let hint = "Set the mapping in Settings; `muster ingest` tries one on a file.";
    match source.settings.mapping.as_deref() {
        Some(text) => {
            Mapping::parse(text).err().map(|fault| finding("mapping", false, format!("The mapping does not read: {fault}"), Some(hint)))
        }
        None if matches!(kind, SourceKind::Mapped | SourceKind::JsonPull) => {
            Some(finding("mapping", false, "No mapping says how its JSON becomes alerts.".into(), Some(hint)))
        }
        None => None,
    }
}

fn secret(kind: SourceKind, source: &SourceView) -> Finding {
    let signs = matches!(kind, SourceKind::Github | SourceKind::Sentry | SourceKind::Grafana);
    let text = match (source.has_secret, kind.way()) {
        (true, Way::Push) => "A secret is set: what is not signed with it is refused.",
        (true, Way::Pull | Way::Probe) => "A secret is set to ask with.",
        (false, Way::Push) => "No secret is set: whoever has the token is believed.",
        (false, Way::Pull | Way::Probe) => "No secret is set: it is asked without one.",
    };
    let hint = (signs && !source.has_secret).then_some("This tool can sign what it sends: set the same secret on both sides.");
    finding("secret", true, text.into(), hint)
}

fn door(house: &House) -> Finding {
    let view = house.listener();
    match (&view.listening, &view.error) {
        (Some(address), _) => finding("listener", true, format!("Open on {address}."), None),
        (None, Some(error)) => {
            finding("listener", false, error.clone(), Some("Choose another address in Settings, or end the other program."))
        }
        (None, None) if house.role == OwnerKind::Command => {
            finding("listener", false, "Nobody runs this home now, so nothing listens.".into(), Some("Start Muster, or `muster serve`."))
        }
        (None, None) => finding(
            "listener",
            false,
            "The listener is off.".into(),
            Some("Switch it on in Settings, or with `muster machine set --listener on`."),
        ),
    }
}

async fn answers(address: &str, tls: bool) -> Finding {
    match tokio::time::timeout(ANSWER_TIME, health(address, tls)).await {
        Ok(Ok(())) => finding("answer", true, format!("A request to {address} is answered."), None),
        Ok(Err(fault)) => {
            finding("answer", false, format!("A request to {address} fails: {fault}."), Some("Look whether a firewall is in the way."))
        }
        Err(_) => finding("answer", false, format!("A request to {address} is not answered within 2 s."), Some("Look at the log.")),
    }
}

/// Asks the listener whether it lives. By TLS it is enough that it takes the connection: the certificate is its own.
async fn health(address: &str, tls: bool) -> std::io::Result<()> {
    let at: SocketAddr = address.parse().map_err(std::io::Error::other)?;
    let to = if at.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], at.port())) } else { at };
    let mut stream = TcpStream::connect(to).await?;
    if tls {
        return Ok(());
    }
    stream.write_all(format!("GET /healthz HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\n\r\n").as_bytes()).await?;
    let mut answer = vec![];
    stream.take(1024).read_to_end(&mut answer).await?;
    let status = String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned();
    if status.split(' ').nth(1) == Some("200") { Ok(()) } else { Err(std::io::Error::other(format!("it says {status:?}"))) }
}

fn heard(source: &SourceView) -> Finding {
    match source.last_heard_at {
        Some(at) => finding("heard", true, format!("Last heard at {at}; {} requests so far.", source.requests), None),
        None => finding(
            "heard",
            false,
            "Nothing was heard from it yet.".into(),
            Some("Give the sender the address and token from `muster source rotate`, or those you kept."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_for_senders_names_a_machine() {
        let url = |address, tls, kind| url(&base(address, tls), kind, "t").unwrap_or_default();
        assert_eq!(url("127.0.0.1:6878", false, SourceKind::Alertmanager), "http://127.0.0.1:6878/hooks/alertmanager/t");
        assert_eq!(url("127.0.0.1:6878", true, SourceKind::Heartbeat), "https://127.0.0.1:6878/ping/t");
        assert_eq!(url("127.0.0.1:6878", false, SourceKind::TcpProbe), "", "a probe sends nothing");
        assert!(!url("0.0.0.0:6878", false, SourceKind::Json).contains("0.0.0.0"), "nobody can send to every interface");
    }
}
