//! What may be asked: Alertmanager's status and alerts, whether the listener lives, and its counts.

use crate::ApiAlert;
use crate::answer::{self, Refusal};
use crate::door::{Door, PathToken};
use crate::matchers::Matcher;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::Response;
use domain::Timestamp;
use domain::home::SourceKind;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

const PLAIN: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
const EXPOSITION: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");

/// The smallest configuration that amtool can read; Muster has none of Alertmanager's.
const CONFIGURATION: &str = "route:\n  receiver: muster\nreceivers:\n- name: muster\n";

/// `GET /api/v2/status`, which amtool asks for before anything else.
pub async fn status(State(door): State<Arc<Door>>, token: PathToken, headers: HeaderMap) -> Response {
    if let Err(refusal) = door.sender(&token, &headers, SourceKind::Alertmanager) {
        return door.refuse(&refusal);
    }
    let version = json!({
        "version": env!("CARGO_PKG_VERSION"), "revision": "", "branch": "muster", "buildUser": "", "buildDate": "", "goVersion": "",
    });
    let status = json!({
        "cluster": {"status": "disabled", "peers": []},
        "config": {"original": CONFIGURATION},
        "uptime": door.opened_at,
        "versionInfo": version,
    });
    answer::json(StatusCode::OK, &status)
}

/// One alert in the API's own shape.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Gettable<'a> {
    annotations: &'a BTreeMap<String, String>,
    ends_at: Timestamp,
    fingerprint: &'a str,
    receivers: [Receiver<'a>; 1],
    starts_at: Timestamp,
    status: Status,
    updated_at: Timestamp,
    #[serde(rename = "generatorURL", skip_serializing_if = "Option::is_none")]
    generator_url: Option<&'a str>,
    labels: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Receiver<'a> {
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    inhibited_by: [&'static str; 0],
    silenced_by: [&'static str; 0],
    state: &'static str,
}

/// `GET /api/v2/alerts`: what fires and came from the source that asks, narrowed by `filter` and `active`.
pub async fn alerts(State(door): State<Arc<Door>>, token: PathToken, uri: Uri, headers: HeaderMap) -> Response {
    let source = match door.sender(&token, &headers, SourceKind::Alertmanager) {
        Ok(source) => source,
        Err(refusal) => return door.refuse(&refusal),
    };
    let Ok(Query(asked)) = Query::<Vec<(String, String)>>::try_from_uri(&uri) else {
        return answer::json(StatusCode::BAD_REQUEST, &"the query of the address does not read");
    };
    let filters = asked.iter().filter(|(name, _)| name == "filter");
    let matchers = match filters.map(|(_, filter)| Matcher::parse(filter)).collect::<Result<Vec<_>, _>>() {
        Ok(matchers) => matchers,
        Err(reason) => return answer::json(StatusCode::BAD_REQUEST, &reason),
    };
    let none = asked.iter().any(|(name, value)| name == "active" && value == "false");
    let alerts = if none { vec![] } else { door.ledger.current_alerts(source.name.clone()).await };
    let now = door.ledger.now();
    let wanted = alerts.iter().filter(|alert| matchers.iter().all(|matcher| matcher.fits(&alert.labels)));
    let listed: Vec<Gettable<'_>> = wanted.map(|alert| gettable(alert, source.name.as_str(), now)).collect();
    answer::json(StatusCode::OK, &listed)
}

fn gettable<'a>(alert: &'a ApiAlert, source: &'a str, now: Timestamp) -> Gettable<'a> {
    Gettable {
        annotations: &alert.annotations,
        ends_at: alert.ends_at.unwrap_or(now.plus_secs(formats::alertmanager::RESOLVE_TIMEOUT_SECS)),
        fingerprint: &alert.key,
        receivers: [Receiver { name: source }],
        starts_at: alert.started_at,
        status: Status { inhibited_by: [], silenced_by: [], state: "active" },
        updated_at: alert.heard_at,
        generator_url: alert.link.as_deref(),
        labels: &alert.labels,
    }
}

/// `GET /-/healthy`, `GET /healthz`: the listener answers.
pub async fn healthy() -> Response {
    answer::with_body(StatusCode::OK, PLAIN, "OK")
}

/// The same behind a token, which is then checked: for trying an address.
pub async fn healthy_with_token(State(door): State<Arc<Door>>, token: PathToken, headers: HeaderMap) -> Response {
    match door.sender(&token, &headers, SourceKind::Alertmanager) {
        Ok(_) => healthy().await,
        Err(refusal) => door.refuse(&refusal),
    }
}

/// `GET /-/ready`: what is sent now would be saved.
pub async fn ready(State(door): State<Arc<Door>>) -> Response {
    match door.ledger.not_saving() {
        None => healthy().await,
        Some(why) => door.refuse(&Refusal::NotSaved(why)),
    }
}

/// The same behind a token.
pub async fn ready_with_token(State(door): State<Arc<Door>>, token: PathToken, headers: HeaderMap) -> Response {
    match door.sender(&token, &headers, SourceKind::Alertmanager) {
        Ok(_) => ready(State(door)).await,
        Err(refusal) => door.refuse(&refusal),
    }
}

/// `GET /metrics`.
pub async fn metrics(State(door): State<Arc<Door>>) -> Response {
    answer::with_body(StatusCode::OK, EXPOSITION, door.metrics.text(door.crowd.used()))
}
