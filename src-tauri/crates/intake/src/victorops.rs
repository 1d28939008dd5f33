//! VictorOps' generic REST endpoint: the token is its API key, what follows is the routing key.

use crate::answer;
use crate::door::{Door, PathToken};
use crate::hooks::{read, unreadable};
use crate::taking::{Taken, receive, settle, signed};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::home::SourceKind;
use serde_json::json;
use std::sync::Arc;

/// Where VictorOps has it: Alertmanager's `api_url` ends here, its key and routing key follow.
pub const PREFIX: &str = "/integrations/generic/20131114/alert/";

/// `POST /integrations/generic/20131114/alert/<token>/<routing key>`.
pub async fn alert(State(door): State<Arc<Door>>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches(PREFIX).to_owned();
    let (token, routing) = path.split_once('/').unwrap_or((&path, ""));
    let refuse = |refusal| door.refuse_to(SourceKind::VictorOps, &refusal);
    let received = match receive(&door, &PathToken(Some(token.to_owned())), SourceKind::VictorOps, request, door.limits.body).await {
        Ok(received) => received,
        Err(refusal) => return refuse(refusal),
    };
    if let Err(refusal) = signed(&door, &received).await {
        return refuse(refusal);
    }
    let parsed = read(&received, routing.trim_matches('/'));
    let key = parsed.as_ref().ok().and_then(|parsed| {
        let signals = parsed.signals.iter().map(|signal| &signal.key);
        signals.chain(parsed.changes.iter().map(|change| &change.key)).next().cloned()
    });
    match settle(&door, &received, parsed).await {
        Ok(Taken::Read { .. }) => answer::json(StatusCode::OK, &json!({"result": formats::victorops::RESULT, "entity_id": key})),
        Ok(Taken::Unreadable(why)) => unreadable(&why),
        Err(refusal) => refuse(refusal),
    }
}
