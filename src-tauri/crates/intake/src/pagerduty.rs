//! PagerDuty's Events API v2: the key is in the body, so the body is read before its sender is known.

use crate::answer::{self, Refusal};
use crate::body::{self, Unread};
use crate::door::Door;
use crate::limits::{COME_AGAIN_SECS, EVENT_LIMIT};
use crate::taking::{Received, Taken, admit, settle, signed};
use crate::token_hash;
use axum::extract::{Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use domain::SourceName;
use domain::home::SourceKind;
use formats::pagerduty::{self, Invalid};
use formats::{Parsed, Unreadable};
use serde::Serialize;
use std::sync::Arc;

/// What is answered 202.
#[derive(Serialize)]
struct Processed {
    status: &'static str,
    message: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    dedup_key: Option<String>,
}

/// What is answered otherwise.
#[derive(Serialize)]
struct Fault<'a> {
    status: &'a str,
    message: &'a str,
    errors: &'a [String],
}

/// `POST /v2/enqueue`: an alert.
pub async fn enqueue(State(door): State<Arc<Door>>, request: Request) -> Response {
    answered(&door, request, pagerduty::PROCESSED, |received| {
        let taken = pagerduty::enqueue(&received.bytes, received.at)?;
        Ok((taken.parsed, Some(taken.dedup_key)))
    })
    .await
}

/// `POST /v2/change/enqueue`: something that was done to a system.
pub async fn change(State(door): State<Arc<Door>>, request: Request) -> Response {
    answered(&door, request, pagerduty::CHANGE_PROCESSED, |received| Ok((pagerduty::change(&received.bytes, received.at)?, None))).await
}

async fn answered(
    door: &Arc<Door>,
    request: Request,
    message: &'static str,
    read: impl Fn(&Received) -> Result<(Parsed, Option<String>), Invalid>,
) -> Response {
    let received = match receive(door, request).await {
        Ok(Ok(received)) => received,
        Ok(Err(invalid)) => return refused(&invalid.errors),
        Err(refusal) => return turned_away(door, &refusal),
    };
    let (parsed, dedup_key) = match read(&received) {
        Ok(taken) => taken,
        Err(invalid) => {
            let unreadable: Result<Parsed, Unreadable> = Err(Unreadable { reason: invalid.to_string() });
            return match settle(door, &received, unreadable).await {
                Ok(_) => refused(&invalid.errors),
                Err(refusal) => turned_away(door, &refusal),
            };
        }
    };
    match settle(door, &received, Ok(parsed)).await {
        Ok(Taken::Read { .. }) => answer::json(StatusCode::ACCEPTED, &Processed { status: pagerduty::SUCCESS, message, dedup_key }),
        Ok(Taken::Unreadable(why)) => refused(&[why]),
        Err(refusal) => turned_away(door, &refusal),
    }
}

/// Reads the body in a room that all strangers share, then finds whose it is.
async fn receive(door: &Arc<Door>, request: Request) -> Result<Result<Received, Invalid>, Refusal> {
    let (head, mut body) = request.into_parts();
    let limit = door.limits.body.min(EVENT_LIMIT);
    // No source has an empty name.
    let stranger = match admit(door, &SourceName(String::new()), &head.headers, limit) {
        Ok(place) => place,
        Err(refusal) => {
            body::discard(&mut body, &head.headers).await;
            return Err(refusal);
        }
    };
    let bytes = match body::read(&mut body, &head.headers, limit, door.limits.body_time).await {
        Ok(bytes) => bytes,
        Err(why) => {
            drop(stranger);
            if why == Unread::TooLarge {
                body::discard(&mut body, &head.headers).await;
            }
            return Err(Refusal::Unread(why, limit));
        }
    };
    let unknown = |error: String| Ok(Err(Invalid { errors: vec![error] }));
    let key = match pagerduty::routing_key(&bytes) {
        Ok(key) => key,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let Some(sender) = door.ledger.sender_by_token(&token_hash(&key)) else { return unknown(pagerduty::UNKNOWN_KEY.to_owned()) };
    if sender.kind != SourceKind::PagerDuty {
        return unknown(format!("{}: it belongs to a source of the kind {}.", pagerduty::UNKNOWN_KEY, sender.kind.label()));
    }
    // First out, then in: held together they would count as two senders, and halve the share of either.
    drop(stranger);
    let place = admit(door, &sender.name, &head.headers, limit)?;
    let received = Received::known(sender, head, bytes, door.ledger.now(), place);
    signed(door, &received).await?;
    Ok(Ok(received))
}

fn refused(errors: &[String]) -> Response {
    let fault = Fault { status: pagerduty::INVALID_STATUS, message: pagerduty::INVALID_MESSAGE, errors };
    answer::json(StatusCode::BAD_REQUEST, &fault)
}

/// Clients show `message` and `errors` of any answer but 202.
fn turned_away(door: &Door, refusal: &Refusal) -> Response {
    if *refusal != Refusal::Overloaded {
        return door.refuse_to(SourceKind::PagerDuty, refusal);
    }
    let errors = ["Send it again in a moment; nothing of it was taken.".to_owned()];
    let fault = Fault { status: "throttle exceeded", message: "Too much is under way at once.", errors: &errors };
    let mut response = answer::json(StatusCode::TOO_MANY_REQUESTS, &fault);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(COME_AGAIN_SECS));
    response
}
