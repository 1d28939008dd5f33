//! The door: which address leads where, who may come in, and the count of both.

use crate::answer::{self, Refusal};
use crate::crowd::Crowd;
use crate::hosts::Hosts;
use crate::metrics::{Metrics, Route};
use crate::opsgenie::Requests;
use crate::replays::Replays;
use crate::report::Pace;
use crate::{Ledger, Limits, Sender, alertmanager, credentials, hooks, opsgenie, pagerduty, ping, query, report, token_hash, victorops};
use axum::Router;
use axum::extract::{FromRequestParts, MatchedPath, OptionalFromRequestParts, Path, Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CONNECTION, HeaderMap};
use axum::http::request::Parts;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{any, get, post};
use domain::Timestamp;
use domain::home::SourceKind;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

/// What all requests share.
pub struct Door {
    pub ledger: Arc<dyn Ledger>,
    pub hosts: Hosts,
    pub crowd: Arc<Crowd>,
    pub metrics: Metrics,
    pub requests: Requests,
    pub replays: Replays,
    pub pace: Pace,
    pub limits: Limits,
    pub opened_at: Timestamp,
}

/// The address of this machine at which a request's connection arrived.
#[derive(Clone, Copy)]
pub struct ReachedAt(pub IpAddr);

/// The address that a request's connection came from.
#[derive(Clone, Copy)]
pub struct CameFrom(pub IpAddr);

impl Door {
    /// The source that a request comes from: by the token in its path, else by that of its headers. It must be of `kind`:
    /// what another kind sends would be read as something that it is not.
    pub fn sender(&self, in_path: &PathToken, headers: &HeaderMap, kind: SourceKind) -> Result<Arc<Sender>, Refusal> {
        let hash = match &in_path.0 {
            Some(token) => token_hash(token),
            None => token_hash(&credentials::token(headers).ok_or(Refusal::Unauthorized)?),
        };
        let sender = self.ledger.sender_by_token(&hash).ok_or(Refusal::Unauthorized)?;
        if sender.kind == kind { Ok(sender) } else { Err(Refusal::OtherKind { own: sender.kind, asked: kind }) }
    }

    /// The answer to what is refused.
    pub fn refuse(&self, refusal: &Refusal) -> Response {
        refusal.response(&self.limits)
    }

    /// The answer to what is refused of a sender of this kind.
    pub fn refuse_to(&self, kind: SourceKind, refusal: &Refusal) -> Response {
        refusal.response_to(kind, &self.limits)
    }
}

/// The token in a request's path, where its route has one. One that is no text is empty, and opens nothing.
pub struct PathToken(pub Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for PathToken {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let token = <Path<String> as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await;
        Ok(Self(token.map_or_else(|_| Some(String::new()), |token| token.map(|Path(token)| token))))
    }
}

/// All addresses of the listener. What Alertmanager serves is there twice, for senders that can only set a prefix.
pub fn router(door: Arc<Door>) -> Router {
    let hook = || post(alertmanager::hook);
    let alerts = || post(alertmanager::push).get(query::alerts);
    Router::new()
        .route("/hooks/alertmanager", hook())
        .route("/hooks/alertmanager/", hook())
        .route("/hooks/alertmanager/{token}", hook())
        .route("/hooks/{*rest}", any(hooks::hook))
        .route("/v2/enqueue", post(pagerduty::enqueue))
        .route("/v2/change/enqueue", post(pagerduty::change))
        .route("/v2/alerts", post(opsgenie::alerts))
        .route("/v2/alerts/{*rest}", post(opsgenie::alerts))
        .route("/v2/alerts/requests/{id}", get(opsgenie::request))
        .route("/integrations/generic/20131114/alert/{*rest}", post(victorops::alert))
        .route("/ping/{*rest}", get(ping::ping).post(ping::ping))
        .route("/report/style.css", get(report::style))
        .route("/report/{token}", get(report::page).post(report::send))
        .route("/report/{token}/{reference}", get(report::standing))
        .route("/api/v2/alerts", alerts())
        .route("/am/{token}/api/v2/alerts", alerts())
        .route("/api/v2/status", get(query::status))
        .route("/am/{token}/api/v2/status", get(query::status))
        .route("/-/healthy", get(query::healthy))
        .route("/am/{token}/-/healthy", get(query::healthy_with_token))
        .route("/-/ready", get(query::ready))
        .route("/am/{token}/-/ready", get(query::ready_with_token))
        .route("/healthz", get(query::healthy))
        .route("/metrics", get(query::metrics))
        .fallback(async || answer::not_found())
        .method_not_allowed_fallback(async || answer::method_not_allowed())
        .layer(from_fn_with_state(door.clone(), gate))
        .with_state(door)
}

/// Lets in what is meant for this listener, and counts every answer.
async fn gate(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    let route = Route::of(request.extensions().get::<MatchedPath>().map(MatchedPath::as_str));
    let local = request.extensions().get::<ReachedAt>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |reached| reached.0);
    let mut response = match door.hosts.judge(request.uri(), request.headers(), local) {
        Ok(()) => next.run(request).await,
        Err(why) => door.refuse(&Refusal::Misdirected(why)),
    };
    if door.metrics.connections.load(Relaxed) > door.limits.crowded {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    door.metrics.answered(route, response.status());
    tracing::debug!(route = route.name(), status = response.status().as_u16(), "answered");
    response
}
