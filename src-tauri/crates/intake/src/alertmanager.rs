//! What Alertmanager and Prometheus send: checked, read, and answered once it is on disk.

use crate::answer::{self, Refusal};
use crate::body::{self, Unread};
use crate::crowd::Place;
use crate::door::{Door, PathToken};
use crate::limits::ROOM_UNIT;
use crate::metrics::add;
use crate::{Batch, IngestFailure};
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_ENCODING, HeaderMap};
use axum::response::Response;
use domain::{SourceName, Timestamp};
use formats::{Parsed, RAW_LIMIT, Refused, Unreadable};
use serde::Serialize;
use std::sync::Arc;

/// What came of a body.
enum Taken {
    /// It is on disk, as far as it could be read.
    Read { accepted: usize, refused: Vec<Refused> },
    /// Nothing of it could be read; why, as a sentence.
    Unreadable(String),
}

/// A body, and the room that it has until it is answered.
struct Received {
    source: SourceName,
    bytes: Bytes,
    at: Timestamp,
    _place: Place,
}

/// `POST /hooks/alertmanager/<token>`: a notification of the webhook.
pub async fn hook(State(door): State<Arc<Door>>, token: PathToken, request: Request) -> Response {
    match take(&door, &token, request, formats::alertmanager::webhook).await {
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
    match take(&door, &token, request, formats::alertmanager::push).await {
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
struct Receipt<'a> {
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
    fn of(accepted: usize, refused: &'a [Refused]) -> Self {
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

/// Receives a body, reads it, and puts what it holds on disk.
async fn take(
    door: &Arc<Door>,
    token: &PathToken,
    request: Request,
    read: impl Fn(&[u8], Timestamp) -> Result<Parsed, Unreadable>,
) -> Result<Taken, Refusal> {
    let received = receive(door, token, request).await?;
    match read(&received.bytes, received.at) {
        Ok(parsed) => store(door, received, parsed).await,
        Err(unreadable) => Ok(keep(door, received, unreadable).await),
    }
}

/// Checks who sends, finds room, and reads the body, in this order: a stranger costs nothing.
async fn receive(door: &Arc<Door>, token: &PathToken, request: Request) -> Result<Received, Refusal> {
    let (head, mut body) = request.into_parts();
    let (source, place) = match admit(door, token, &head.headers) {
        Ok(admitted) => admitted,
        Err(refusal) => {
            body::discard(&mut body, &head.headers).await;
            return Err(refusal);
        }
    };
    match body::read(&mut body, &head.headers, &door.limits).await {
        Ok(bytes) => Ok(Received { source, bytes, at: door.ledger.now(), _place: place }),
        Err(why) => {
            drop(place);
            if why == Unread::TooLarge {
                body::discard(&mut body, &head.headers).await;
            }
            tracing::info!(source = source.as_str(), why = ?why, "a body was not read");
            Err(Refusal::Unread(why))
        }
    }
}

fn admit(door: &Arc<Door>, token: &PathToken, headers: &HeaderMap) -> Result<(SourceName, Place), Refusal> {
    let source = door.source(token, headers)?;
    if headers.get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(Refusal::Encoded);
    }
    let length = body::declared(headers).unwrap_or(door.limits.body).min(door.limits.body);
    let Some(place) = door.crowd.enter(&source, 1 + length / ROOM_UNIT) else {
        add(&door.metrics.over_share, 1);
        tracing::info!(source = source.as_str(), "turned away: its share is under way");
        return Err(Refusal::Overloaded);
    };
    Ok((source, place))
}

/// Puts a body on disk, its refusals with it.
async fn store(door: &Door, received: Received, parsed: Parsed) -> Result<Taken, Refusal> {
    let accepted = parsed.signals.len();
    let refused = parsed.refused.clone();
    if !refused.is_empty() {
        tracing::info!(source = received.source.as_str(), refused = refused.len(), "alerts were refused");
    }
    let batch = Batch { signals: parsed.signals, changes: parsed.changes, refused: parsed.refused, received_at: received.at };
    match door.ledger.ingest(received.source, batch).await {
        Ok(()) => {
            add(&door.metrics.accepted, accepted);
            add(&door.metrics.refused, refused.len());
            Ok(Taken::Read { accepted, refused })
        }
        Err(IngestFailure::Overloaded) => {
            add(&door.metrics.queue_full, 1);
            Err(Refusal::Overloaded)
        }
        Err(IngestFailure::NotSaved(why)) => {
            add(&door.metrics.not_saved, 1);
            Err(Refusal::NotSaved(why))
        }
    }
}

/// Keeps a body that does not read.
async fn keep(door: &Door, received: Received, unreadable: Unreadable) -> Taken {
    add(&door.metrics.unreadable, 1);
    tracing::info!(source = received.source.as_str(), "a body could not be read");
    let raw = received.bytes[..received.bytes.len().min(RAW_LIMIT)].to_vec();
    door.ledger.refused(received.source, unreadable.reason.clone(), raw).await;
    Taken::Unreadable(unreadable.reason)
}
