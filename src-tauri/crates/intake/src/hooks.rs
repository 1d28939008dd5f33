//! `/hooks/<kind>/<token>`: what any tool sends, read as its source's kind says.

use crate::alertmanager::Receipt;
use crate::answer::{self, Refusal};
use crate::door::{Door, PathToken};
use crate::taking::{Received, Taken, receive, settle, signed};
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, HeaderMap};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use domain::home::{SourceKind, Way};
use std::sync::Arc;

const PLAIN: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// Who asks whether it may send; CloudEvents' HTTP webhook, section 4.
const REQUEST_ORIGIN: &str = "webhook-request-origin";
const ALLOWED_ORIGIN: HeaderName = HeaderName::from_static("webhook-allowed-origin");
const ALLOWED_RATE: HeaderName = HeaderName::from_static("webhook-allowed-rate");

/// What an address under `/hooks` says.
struct Address<'u> {
    kind: SourceKind,
    token: Option<&'u str>,
    /// What follows the token.
    rest: &'u str,
}

/// Any request under `/hooks/`.
pub async fn hook(State(door): State<Arc<Door>>, request: Request) -> Response {
    let uri = request.uri().clone();
    let Some(address) = address(&uri) else { return answer::not_found() };
    let token = PathToken(address.token.map(str::to_owned));
    if address.kind == SourceKind::CloudEvents && request.method() == Method::OPTIONS {
        return handshake(&door, &token, request.headers());
    }
    if !methods(address.kind).contains(request.method()) {
        return not_by(address.kind);
    }
    match take(&door, &token, &address, request).await {
        Ok(taken) => said(address.kind, &taken),
        Err(refusal) => door.refuse_to(address.kind, &refusal),
    }
}

/// What an address names; `None` where nothing of that kind comes in here. Tokens have no character that is escaped, so
/// the address is looked at as it stands.
fn address(uri: &Uri) -> Option<Address<'_>> {
    let path = uri.path().strip_prefix("/hooks/")?;
    let (named, path) = path.split_once('/').unwrap_or((path, ""));
    let kind = SourceKind::parse(named).filter(|kind| kind.wire() == named)?;
    let (token, rest) = path.split_once('/').unwrap_or((path, ""));
    let rest = rest.trim_matches('/');
    let takes_rest = kind == SourceKind::VictorOps;
    let elsewhere = matches!(kind, SourceKind::Heartbeat | SourceKind::Report);
    if kind.way() != Way::Push || elsewhere || (!rest.is_empty() && !takes_rest) {
        return None;
    }
    Some(Address { kind, token: (!token.is_empty()).then_some(token), rest })
}

/// By which methods tools of a kind send.
fn methods(kind: SourceKind) -> &'static [Method] {
    const POST: &[Method] = &[Method::POST];
    const POST_OR_PUT: &[Method] = &[Method::POST, Method::PUT];
    const POST_OR_GET: &[Method] = &[Method::POST, Method::GET];
    match kind {
        SourceKind::Grafana => POST_OR_PUT,
        SourceKind::UptimeKuma => POST_OR_GET,
        SourceKind::Alertmanager
        | SourceKind::PagerDuty
        | SourceKind::Opsgenie
        | SourceKind::VictorOps
        | SourceKind::Slack
        | SourceKind::Datadog
        | SourceKind::Sentry
        | SourceKind::Github
        | SourceKind::Healthchecks
        | SourceKind::CloudEvents
        | SourceKind::Azure
        | SourceKind::Gcp
        | SourceKind::NewRelic
        | SourceKind::Zabbix
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
        | SourceKind::TcpProbe => POST,
    }
}

async fn take(door: &Arc<Door>, token: &PathToken, address: &Address<'_>, request: Request) -> Result<Taken, Refusal> {
    let received = receive(door, token, address.kind, request, door.limits.body).await?;
    signed(door, &received).await?;
    settle(door, &received, read(&received, address.rest)).await
}

/// Reads a body as its source's kind says.
pub fn read(received: &Received, path: &str) -> Result<formats::Parsed, formats::Unreadable> {
    let sender = &received.sender;
    received.with(path, |sent| formats::read(sender.kind, sent, sender.mapping.as_ref(), received.at))
}

/// The answer, as the tool's own receiver words it where its senders look at more than the status.
fn said(kind: SourceKind, taken: &Taken) -> Response {
    let slack = kind == SourceKind::Slack;
    match taken {
        Taken::Unreadable(why) if slack => {
            let word = if why.starts_with(formats::slack::NO_TEXT) { formats::slack::NO_TEXT } else { formats::slack::INVALID_PAYLOAD };
            answer::with_body(StatusCode::BAD_REQUEST, PLAIN, word)
        }
        Taken::Unreadable(why) => unreadable(why),
        Taken::Read { accepted: 0, refused } if !refused.is_empty() => {
            let message = format!("Nothing of this could be read. The first: {}", refused[0].reason);
            unreadable(&message)
        }
        Taken::Read { .. } if slack => answer::with_body(StatusCode::OK, PLAIN, formats::slack::OK),
        Taken::Read { accepted, refused } => answer::json(StatusCode::OK, &Receipt::of(*accepted, refused)),
    }
}

/// The answer to a body of which nothing could be read.
pub fn unreadable(why: &str) -> Response {
    let hint = "Compare the sender with the set-up lines of this source in Muster; what was sent is kept with the source to look at.";
    answer::fault(StatusCode::BAD_REQUEST, "unreadable", why, hint)
}

fn not_by(kind: SourceKind) -> Response {
    let mut response = answer::method_not_allowed();
    let names: Vec<&str> = methods(kind).iter().map(Method::as_str).collect();
    let allowed = HeaderValue::from_str(&names.join(", ")).expect("names of methods are ASCII");
    response.headers_mut().insert(ALLOW, allowed);
    response
}

/// A sender of CloudEvents asks whether it may send here: it may, if it has the token.
fn handshake(door: &Door, token: &PathToken, headers: &HeaderMap) -> Response {
    if let Err(refusal) = door.sender(token, headers, SourceKind::CloudEvents) {
        return door.refuse(&refusal);
    }
    let mut response = answer::accepted();
    response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
    if let Some(origin) = headers.get(REQUEST_ORIGIN) {
        response.headers_mut().insert(ALLOWED_ORIGIN, origin.clone());
        response.headers_mut().insert(ALLOWED_RATE, HeaderValue::from_static("*"));
    }
    response
}
