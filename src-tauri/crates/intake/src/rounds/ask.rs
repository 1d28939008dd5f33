//! Asking a tool what fires: one careful request, the answer read by its format, what is listed no more has ended.

use super::{Asked, Outcome};
use crate::{Batch, IngestFailure, Ledger};
use domain::alerts::{Signal, SignalState};
use domain::home::SourceKind;
use domain::{AlertSeverity, Timestamp};
use formats::{Parsed, Sent, Unreadable, api_alerts, mapping::Mapping};
use reqwest::{Client, RequestBuilder};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

/// How long one request may take.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// Longest answer in bytes (8 MiB): 10,000 alerts of a talkative tool.
const ANSWER_LIMIT: usize = 8 * 1024 * 1024;
/// Most pages of PagerDuty's list: a thousand open incidents.
const PAGES: usize = 10;
/// Incidents on one of them.
const PAGE: usize = 100;
/// Where PagerDuty's REST API is, unless another address is set.
const PAGERDUTY: &str = "https://api.pagerduty.com";

/// A client that follows nobody elsewhere and guesses no proxy.
pub fn client() -> Result<Client, String> {
    // An error means that it was said before, which is as good.
    drop(rustls::crypto::ring::default_provider().install_default());
    let client = Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(PATIENCE)
        .tls_info(true)
        .user_agent(concat!("Muster/", env!("CARGO_PKG_VERSION")));
    client.build().map_err(|fault| format!("This machine cannot check servers: {fault}. Install its root certificates."))
}

/// Asks once.
pub async fn round(ledger: &Arc<dyn Ledger>, one: &Asked) -> Outcome {
    let secret = ledger.secret(&one.name).await?.map(|secret| String::from_utf8_lossy(&secret).into_owned());
    let client = client()?;
    let parsed = match one.kind {
        SourceKind::PagerDutyPull => pages(&client, one, secret.as_deref(), ledger.now()).await?,
        _ => {
            let request = with_secret(client.get(address(one)?), one, secret.as_deref());
            read(one, &get(request).await?, ledger.now())?
        }
    };
    store(ledger, one, parsed).await
}

/// Puts on disk what fires, and that what fired before and is listed no more has ended.
pub async fn store(ledger: &Arc<dyn Ledger>, one: &Asked, mut parsed: Parsed) -> Outcome {
    let before = ledger.current_alerts(one.name.clone()).await;
    let began: BTreeMap<String, Timestamp> = before.into_iter().map(|alert| (alert.key, alert.started_at)).collect();
    let keys: BTreeSet<String> = began.keys().cloned().collect();
    let over: Vec<String> = api_alerts::ended(&keys, &parsed).into_iter().map(str::to_owned).collect();
    let now = ledger.now();
    let fire = parsed.signals.len();
    // A tool whose clock is ahead of ours said when it began: nothing ends before that.
    let ends = over.into_iter().map(|key| (began.get(&key).map_or(now, |began| now.max(*began)), key));
    parsed.signals.extend(ends.map(|(ended_at, key)| end(key, ended_at)));
    let batch = Batch { signals: parsed.signals, changes: parsed.changes, refused: parsed.refused, received_at: now };
    match ledger.ingest(one.name.clone(), batch).await {
        Ok(()) => Ok(fire),
        Err(IngestFailure::Overloaded) => Err("Too much waits to be written; it is asked again.".into()),
        Err(IngestFailure::NotSaved(why)) => Err(why),
    }
}

/// Only the key and the end count of what has ended.
fn end(key: String, ended_at: Timestamp) -> Signal {
    Signal {
        episode: String::new(),
        group_key: key.clone(),
        group_title: key.clone(),
        title: key.clone(),
        key,
        severity: AlertSeverity::Info,
        started_at: ended_at,
        state: SignalState::Resolved { ended_at },
        labels: [].into(),
        annotations: [].into(),
        link: None,
        service: None,
        rules: vec![],
    }
}

fn address(one: &Asked) -> Result<String, String> {
    let url = one.settings.url.as_deref().unwrap_or(if one.kind == SourceKind::PagerDutyPull { PAGERDUTY } else { "" });
    if url.is_empty() {
        return Err("No address to ask is set. Set it with the source.".into());
    }
    let base = url.trim_end_matches('/');
    let path = match one.kind {
        SourceKind::AlertmanagerPull => "/api/v2/alerts?active=true&silenced=true&inhibited=true",
        SourceKind::PrometheusPull => "/api/v1/alerts",
        SourceKind::GrafanaPull => "/api/alertmanager/grafana/api/v2/alerts",
        SourceKind::PagerDutyPull => "/incidents?statuses[]=triggered&statuses[]=acknowledged&limit=100",
        _ => "",
    };
    // Who wrote the whole address meant it.
    let whole = path.is_empty() || base.contains("/api/v") || base.contains("/incidents");
    Ok(if whole { url.to_owned() } else { format!("{base}{path}") })
}

fn with_secret(request: RequestBuilder, one: &Asked, secret: Option<&str>) -> RequestBuilder {
    match (secret, one.kind, one.settings.header.as_deref()) {
        (None, ..) => request,
        (Some(secret), SourceKind::PagerDutyPull, _) => {
            request.header("Authorization", format!("Token token={secret}")).header("Accept", "application/vnd.pagerduty+json;version=2")
        }
        (Some(secret), _, Some(header)) => request.header(header, secret),
        (Some(secret), _, None) => request.bearer_auth(secret),
    }
}

async fn pages(client: &Client, one: &Asked, secret: Option<&str>, now: Timestamp) -> Result<Parsed, String> {
    let mut all = Parsed::default();
    for page in 0..PAGES {
        let address = format!("{}&offset={}", address(one)?, page * PAGE);
        let body = get(with_secret(client.get(address), one, secret)).await?;
        let parsed = api_alerts::incidents(&body, now).map_err(|fault| fault.reason)?;
        all.signals.extend(parsed.signals);
        all.refused.extend(parsed.refused);
        if !api_alerts::more(&body) {
            return Ok(all);
        }
    }
    Err(format!("PagerDuty lists more than {} open incidents. Narrow what the token may see.", PAGES * PAGE))
}

fn read(one: &Asked, body: &[u8], now: Timestamp) -> Result<Parsed, String> {
    let read: Result<Parsed, Unreadable> = match one.kind {
        SourceKind::AlertmanagerPull => api_alerts::alertmanager(body, now),
        SourceKind::PrometheusPull => api_alerts::prometheus(body, now),
        SourceKind::GrafanaPull => api_alerts::grafana(body, now),
        _ => {
            let text = one.settings.mapping.as_deref().ok_or("No mapping is set. Say with the source how its JSON becomes alerts.")?;
            let mapping = Mapping::parse(text).map_err(|fault| format!("Line {} of the mapping: {}", fault.line, fault.message))?;
            mapping.read(&Sent::body(body), now)
        }
    };
    read.map_err(|fault| fault.reason)
}

/// Sends a request and reads the answer, up to the limit.
async fn get(request: RequestBuilder) -> Result<Vec<u8>, String> {
    let mut response = request.send().await.map_err(|fault| silence(&fault))?;
    let status = response.status();
    if !status.is_success() {
        let hint = match status.as_u16() {
            401 | 403 => "Look at its token.",
            300..=399 => "It sends elsewhere; set the address it really has.",
            404 => "Look at its address.",
            _ => "Look at the tool's own log.",
        };
        return Err(format!("It answered {}. {hint}", status.as_u16()));
    }
    let mut body = vec![];
    while let Some(chunk) = response.chunk().await.map_err(|fault| silence(&fault))? {
        body.extend_from_slice(&chunk);
        if body.len() > ANSWER_LIMIT {
            return Err(format!("Its answer is longer than {} MiB. Narrow what it lists.", ANSWER_LIMIT / 1024 / 1024));
        }
    }
    Ok(body)
}

/// Why there is no answer, without the address: that may hold a secret.
pub fn silence(fault: &reqwest::Error) -> String {
    if fault.is_timeout() {
        format!("It did not answer within {} s.", PATIENCE.as_secs())
    } else if fault.is_connect() {
        "It cannot be reached. Look at its address and the network.".into()
    } else {
        "Its answer broke off.".into()
    }
}
