//! `/ping/<token>[/start|/fail|/log|/<exit status>]`: a job says that it lives. Its silence is judged elsewhere.

use crate::answer;
use crate::door::{Door, PathToken};
use crate::hooks::{read, unreadable};
use crate::taking::{Taken, receive, settle};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use domain::home::SourceKind;
use std::sync::Arc;

const PLAIN: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// GET, HEAD or POST: whatever a job has at hand.
pub async fn ping(State(door): State<Arc<Door>>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches("/ping/").to_owned();
    let (token, rest) = path.split_once('/').unwrap_or((&path, ""));
    let received = match receive(&door, &PathToken(Some(token.to_owned())), SourceKind::Heartbeat, request, door.limits.body).await {
        Ok(received) => received,
        Err(refusal) => return door.refuse_to(SourceKind::Heartbeat, &refusal),
    };
    match settle(&door, &received, read(&received, rest.trim_matches('/'))).await {
        Ok(Taken::Read { .. }) => answer::with_body(StatusCode::OK, PLAIN, "OK"),
        Ok(Taken::Unreadable(why)) => unreadable(&why),
        Err(refusal) => door.refuse_to(SourceKind::Heartbeat, &refusal),
    }
}
