//! Tokens, addresses and instructions for sources, and a look at the way from the door to the record.

use crate::house::House;
use api::Local as _;
use api::dto::{Finding, SourceView};
use api::socket::OwnerKind;
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

/// Where a source of `kind` sends to, for a listener at `address`.
pub(crate) fn url(address: &str, kind: &str, token: &str) -> String {
    format!("http://{}/hooks/{kind}/{token}", reachable(address))
}

/// An address that a sender can use: one that means "every interface" becomes this machine's name.
fn reachable(address: &str) -> String {
    match address.parse::<SocketAddr>() {
        Ok(all) if all.ip().is_unspecified() => format!("{}:{}", host_name(), all.port()),
        Ok(_) | Err(_) => address.to_owned(),
    }
}

#[cfg(unix)]
fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host_name() -> String {
    "localhost".into()
}

fn finding(name: &str, ok: bool, text: String, hint: Option<&str>) -> Finding {
    Finding { name: name.into(), ok, text, hint: hint.map(str::to_owned) }
}

/// Looks at every step from the door to the record, the first one first; a step that fails ends the way.
pub(crate) async fn test(house: &House, source: &SourceView) -> Vec<Finding> {
    let mut findings = vec![door(house)];
    if let Some(address) = house.listener().listening {
        findings.push(answers(&address).await);
    }
    findings.push(heard(source));
    if let Some(reason) = &source.last_refusal {
        let text = format!("{} refused so far; the last one: {reason}", source.refused);
        findings.push(finding("refused", false, text, Some("`muster source refusals` shows what was sent.")));
    }
    findings
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

async fn answers(address: &str) -> Finding {
    match tokio::time::timeout(ANSWER_TIME, health(address)).await {
        Ok(Ok(())) => finding("answer", true, format!("A request to {address} is answered."), None),
        Ok(Err(fault)) => {
            finding("answer", false, format!("A request to {address} fails: {fault}."), Some("Look whether a firewall is in the way."))
        }
        Err(_) => finding("answer", false, format!("A request to {address} is not answered within 2 s."), Some("Look at the log.")),
    }
}

async fn health(address: &str) -> std::io::Result<()> {
    let at: SocketAddr = address.parse().map_err(std::io::Error::other)?;
    let to = if at.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], at.port())) } else { at };
    let mut stream = TcpStream::connect(to).await?;
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
        assert_eq!(url("127.0.0.1:6878", "alertmanager", "t"), "http://127.0.0.1:6878/hooks/alertmanager/t");
        assert!(!url("0.0.0.0:6878", "alertmanager", "t").contains("0.0.0.0"), "nobody can send to every interface");
    }
}
