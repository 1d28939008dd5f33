//! Answers: a sentence that says what happened and what to change.

use crate::body::Unread;
use crate::hosts::Misdirected;
use crate::limits::{COME_AGAIN_SECS, Limits, NOT_SAVED_COME_AGAIN_SECS};
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use domain::home::SourceKind;
use serde::Serialize;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

#[derive(Serialize)]
struct Outer<'a> {
    error: Fault<'a>,
}

#[derive(Serialize)]
struct Fault<'a> {
    code: &'a str,
    message: &'a str,
    hint: &'a str,
}

/// `value` as JSON.
pub fn json(status: StatusCode, value: &impl Serialize) -> Response {
    let text = serde_json::to_vec(value).expect("text and numbers are JSON");
    with_body(status, JSON, text)
}

/// A body of the given type.
pub fn with_body(status: StatusCode, kind: HeaderValue, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

/// 200 and nothing more, as Alertmanager answers a push.
pub fn accepted() -> Response {
    Response::new(Body::empty())
}

/// A refusal or fault: what happened, and what to do.
pub fn fault(status: StatusCode, code: &str, message: &str, hint: &str) -> Response {
    json(status, &Outer { error: Fault { code, message, hint } })
}

/// Why a request is not carried out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The token opens nothing.
    Unauthorized,
    /// The token opens something else.
    OtherKind {
        /// What it belongs to.
        own: SourceKind,
        /// What the address is for.
        asked: SourceKind,
    },
    /// It is not signed as it should be; why, as a sentence.
    Unsigned(String),
    /// It is meant for somebody else.
    Misdirected(Misdirected),
    /// The body is compressed.
    Encoded,
    /// The body was not read; and how long it may be, in bytes.
    Unread(Unread, usize),
    /// Too much at once.
    Overloaded,
    /// Nothing can be written; why, as a sentence.
    NotSaved(String),
}

impl Refusal {
    /// The answer to a sender of alerts in this way. A sender that had its share hears 429, unless it is one that sends again
    /// after 5xx only.
    pub fn response_to(&self, kind: SourceKind, limits: &Limits) -> Response {
        let mut response = self.response(limits);
        if *self == Self::Overloaded && !needs_5xx(kind) {
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        }
        response
    }

    /// The answer. What passes by itself is 503: Alertmanager sends again after 5xx only.
    pub fn response(&self, limits: &Limits) -> Response {
        match self {
            Self::Unauthorized => unauthorized("The token is missing or belongs to no source here."),
            Self::OtherKind { own, asked } => {
                let message = format!("The token belongs to a source of the kind {}, this address is for {}.", own.label(), asked.label());
                unauthorized(&message)
            }
            Self::Unsigned(why) => {
                let hint = "Set the same secret on both sides; the source's refusals show what was sent.";
                fault(StatusCode::UNAUTHORIZED, "unsigned", why, hint)
            }
            Self::Misdirected(why) => misdirected(*why),
            Self::Encoded => {
                let hint = "Send it without Content-Encoding.";
                fault(StatusCode::UNSUPPORTED_MEDIA_TYPE, "encoded", "The body is compressed, which is not read here.", hint)
            }
            Self::Unread(why, limit) => unread(*why, *limit, limits),
            Self::Overloaded => {
                let hint = "Send it again in a moment; nothing of it was taken.";
                let response = fault(StatusCode::SERVICE_UNAVAILABLE, "overloaded", "Too much is under way at once.", hint);
                come_again(response, COME_AGAIN_SECS)
            }
            Self::NotSaved(why) => {
                let hint = "Send it again later; nothing of it was taken.";
                come_again(fault(StatusCode::SERVICE_UNAVAILABLE, "not_saved", why, hint), NOT_SAVED_COME_AGAIN_SECS)
            }
        }
    }
}

/// Kinds whose senders drop what is answered with 429.
const fn needs_5xx(kind: SourceKind) -> bool {
    use SourceKind as Kind;
    match kind {
        // Alertmanager's own receivers try again after 5xx only, Grafana's are made of the same; Datadog's documentation says so.
        Kind::Alertmanager | Kind::Grafana | Kind::VictorOps | Kind::Slack | Kind::Datadog => true,
        Kind::PagerDuty
        | Kind::Opsgenie
        | Kind::Sentry
        | Kind::Github
        | Kind::UptimeKuma
        | Kind::Healthchecks
        | Kind::CloudEvents
        | Kind::Azure
        | Kind::Gcp
        | Kind::NewRelic
        | Kind::Zabbix
        | Kind::Json
        | Kind::Mapped
        | Kind::Nagios
        | Kind::Email
        | Kind::Heartbeat
        | Kind::Report
        | Kind::AlertmanagerPull
        | Kind::PrometheusPull
        | Kind::GrafanaPull
        | Kind::PagerDutyPull
        | Kind::JsonPull
        | Kind::HttpProbe
        | Kind::TcpProbe => false,
    }
}

fn unauthorized(message: &str) -> Response {
    let hint = "Take the address or token of the source from Muster's settings; a token ends when it is rotated or its source removed.";
    let mut response = fault(StatusCode::UNAUTHORIZED, "unauthorized", message, hint);
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"muster\""));
    response
}

fn misdirected(why: Misdirected) -> Response {
    let (message, hint) = match why {
        Misdirected::Host => (
            "This listener does not go by the name in `Host`.",
            "Use localhost or its address, or add the name to the listener's hosts in Muster's settings.",
        ),
        Misdirected::Origin => ("A page of another site sent this.", "Send from a program, not from a web page."),
    };
    fault(StatusCode::MISDIRECTED_REQUEST, "misdirected", message, hint)
}

fn unread(why: Unread, limit: usize, limits: &Limits) -> Response {
    match why {
        Unread::TooLarge => {
            let message = format!("The body is longer than {} KiB.", limit / 1024);
            fault(StatusCode::PAYLOAD_TOO_LARGE, "too_large", &message, "Send fewer alerts at once; Alertmanager does with `max_alerts`.")
        }
        Unread::TooSlow => {
            let message = format!("The body did not arrive within {} s.", limits.body_time.as_secs_f32());
            fault(StatusCode::REQUEST_TIMEOUT, "too_slow", &message, "Send it again, in one go.")
        }
        Unread::Broken => fault(StatusCode::BAD_REQUEST, "broken", "The body broke off.", "Send it again, with its right length."),
    }
}

fn come_again(mut response: Response, seconds: u32) -> Response {
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// Nothing lives at this address.
pub fn not_found() -> Response {
    let hint = "A webhook goes to /hooks/<kind>/<token>; the source's own address is in Muster's settings.";
    fault(StatusCode::NOT_FOUND, "not_found", "Nothing is at this address.", hint)
}

/// Something lives there, but not by this method.
pub fn method_not_allowed() -> Response {
    let hint = "Alerts are sent by POST, as the tool does once the address is in its configuration.";
    fault(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "This address does not take that method.", hint)
}
