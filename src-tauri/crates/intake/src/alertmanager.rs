//! What Alertmanager and Prometheus send: checked, read, and answered once it is on disk.

use crate::answer;
use crate::door::{Door, PathToken};
use crate::taking::{Taken, take};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::home::SourceKind;
use formats::Refused;
use serde::Serialize;
use std::sync::Arc;

/// `POST /hooks/alertmanager/<token>`: a notification of the webhook.
pub async fn hook(State(door): State<Arc<Door>>, token: PathToken, request: Request) -> Response {
    match take(&door, &token, SourceKind::Alertmanager, request, formats::alertmanager::webhook).await {
        Ok(Taken::Unreadable(reason)) => {
            let hint = "Point a webhook_config of Alertmanager at this address; the body is kept with the source for you to look at.";
            answer::fault(StatusCode::BAD_REQUEST, "unreadable", &reason, hint)
        }
        Ok(Taken::Read { accepted: 0, refused }) if !refused.is_empty() => {
            let message = format!("No alert of this notification could be read. The first: {}", refused[0].reason);
            answer::fault(StatusCode::BAD_REQUEST, "unreadable", &message, "The alerts are kept with the source for you to look at.")
        }
        Ok(Taken::Read { accepted, refused }) => answer::json(StatusCode::OK, &Receipt::of(accepted, &refused)),
        Err(refusal) => door.refuse(&refusal),
    }
}

/// `POST /api/v2/alerts`: alerts that Prometheus or amtool push. Answers as the real one does, but that one alert which
/// does not read never costs another.
pub async fn push(State(door): State<Arc<Door>>, token: PathToken, request: Request) -> Response {
    match take(&door, &token, SourceKind::Alertmanager, request, formats::alertmanager::push).await {
        Ok(Taken::Unreadable(reason)) => {
            let message = format!("parsing alerts body failed: {reason}");
            answer::json(StatusCode::BAD_REQUEST, &ApiFault { code: StatusCode::BAD_REQUEST.as_u16(), message: &message })
        }
        Ok(Taken::Read { refused, .. }) if refused.is_empty() => answer::accepted(),
        Ok(Taken::Read { refused, .. }) => {
            let reasons: Vec<&str> = refused.iter().map(|refused| refused.reason.as_str()).collect();
            answer::json(StatusCode::BAD_REQUEST, &reasons.join("; "))
        }
        Err(refusal) => door.refuse(&refusal),
    }
}

/// What the webhook is told; Alertmanager does not read it, people who try it by hand do.
#[derive(Serialize)]
pub struct Receipt<'a> {
    accepted: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refused: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    index: usize,
    reason: &'a str,
}

impl<'a> Receipt<'a> {
    /// What was taken, and what was not.
    pub fn of(accepted: usize, refused: &'a [Refused]) -> Self {
        let refused = refused.iter().map(|refused| Line { index: refused.index, reason: &refused.reason }).collect();
        Self { accepted, refused }
    }
}

/// The shape of the real one's faults.
#[derive(Serialize)]
struct ApiFault<'a> {
    code: u16,
    message: &'a str,
}
