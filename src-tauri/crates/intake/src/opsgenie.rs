//! Opsgenie's Alert API: create, close, acknowledge, and what came of a request.

use crate::answer;
use crate::door::{Door, PathToken};
use crate::hooks::unreadable;
use crate::limits::REQUESTS_REMEMBERED;
use crate::taking::{Taken, receive, settle, signed};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::home::SourceKind;
use domain::{SourceName, Timestamp};
use formats::Unreadable;
use formats::opsgenie::{self, Invalid};
use serde_json::json;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The requests taken last, for senders that ask what came of theirs.
#[derive(Default)]
pub struct Requests(Mutex<VecDeque<Done>>);

#[derive(Clone)]
struct Done {
    source: SourceName,
    id: String,
    alias: String,
    action: &'static str,
    at: Timestamp,
}

impl Requests {
    fn add(&self, done: Done) {
        let mut held = self.held();
        if held.len() == REQUESTS_REMEMBERED {
            held.pop_front();
        }
        held.push_back(done);
    }

    fn find(&self, source: &SourceName, id: &str) -> Option<Done> {
        self.held().iter().rev().find(|done| done.source == *source && done.id == id).cloned()
    }

    fn held(&self) -> MutexGuard<'_, VecDeque<Done>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `POST /v2/alerts`, `/v2/alerts/<alias>/close`, `/v2/alerts/<alias>/acknowledge`. The key is in `Authorization: GenieKey`.
pub async fn alerts(State(door): State<Arc<Door>>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches("/v2/alerts").trim_matches('/').to_owned();
    let received = match receive(&door, &PathToken(None), SourceKind::Opsgenie, request, door.limits.body).await {
        Ok(received) => received,
        Err(refusal) => return door.refuse_to(SourceKind::Opsgenie, &refusal),
    };
    if let Err(refusal) = signed(&door, &received).await {
        return door.refuse_to(SourceKind::Opsgenie, &refusal);
    }
    let taken = received.with(&path, |sent| opsgenie::take(sent, received.at));
    let (read, answered) = match taken {
        Ok(taken) => (Ok(taken.parsed), Ok((taken.alias, taken.request_id))),
        Err(invalid) => (Err(Unreadable { reason: invalid.to_string() }), Err(invalid)),
    };
    match (settle(&door, &received, read).await, answered) {
        (Err(refusal), _) => door.refuse_to(SourceKind::Opsgenie, &refusal),
        (Ok(_), Err(invalid)) => not_processable(&invalid),
        (Ok(Taken::Unreadable(why)), Ok(_)) => unreadable(&why),
        (Ok(Taken::Read { .. }), Ok((alias, id))) => {
            door.requests.add(Done { source: received.sender.name.clone(), id: id.clone(), alias, action: action(&path), at: received.at });
            answer::json(StatusCode::ACCEPTED, &json!({"result": opsgenie::RESULT, "took": took(&door, received.at), "requestId": id}))
        }
    }
}

/// `GET /v2/alerts/requests/<id>`: what came of a request. Whatever was answered with 202 was done.
pub async fn request(State(door): State<Arc<Door>>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let begun = door.ledger.now();
    let sender = match door.sender(&PathToken(None), &headers, SourceKind::Opsgenie) {
        Ok(sender) => sender,
        Err(refusal) => return door.refuse(&refusal),
    };
    let Some(done) = door.requests.find(&sender.name, &id) else {
        let message = "Request not found. It might not be processed, yet.";
        return answer::json(StatusCode::NOT_FOUND, &json!({"message": message, "took": took(&door, begun), "requestId": id}));
    };
    let data = json!({
        "success": true, "isSuccess": true, "action": done.action, "status": format!("{} done", done.action),
        "processedAt": done.at, "alertId": done.alias, "alias": done.alias,
    });
    answer::json(StatusCode::OK, &json!({"data": data, "took": took(&door, begun), "requestId": id}))
}

fn action(path: &str) -> &'static str {
    match path.rsplit('/').next() {
        Some("close") => "Close",
        Some("acknowledge") => "Acknowledge",
        Some("") | None => "Create",
        Some(_) => "Update",
    }
}

/// Seconds since `begun`.
fn took(door: &Door, begun: Timestamp) -> f64 {
    door.ledger.now().since(begun).max(0) as f64 / 1000.0
}

fn not_processable(invalid: &Invalid) -> Response {
    let errors = json!({ invalid.field: invalid.error });
    answer::json(StatusCode::UNPROCESSABLE_ENTITY, &json!({"message": opsgenie::NOT_PROCESSABLE, "took": 0.0, "errors": errors}))
}
