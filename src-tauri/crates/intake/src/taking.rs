//! One request on its way in: who sends it, room for it, its body, its signature, and a place on disk. Every format goes
//! this way; none has another.

use crate::answer::Refusal;
use crate::body::{self, Unread};
use crate::crowd::Place;
use crate::door::{Door, PathToken};
use crate::limits::ROOM_UNIT;
use crate::metrics::add;
use crate::replays::Mark;
use crate::{Batch, IngestFailure, Sender};
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::header::{CONTENT_ENCODING, HeaderMap};
use axum::http::request::Parts;
use domain::home::SourceKind;
use domain::{SourceName, Timestamp};
use formats::{Parsed, RAW_LIMIT, Refused, Sent, Unreadable};
use std::sync::{Arc, OnceLock};

/// What came of a body.
pub enum Taken {
    /// It is on disk, as far as it could be read.
    Read {
        /// Alerts and changes on disk.
        accepted: usize,
        /// What was set aside.
        refused: Vec<Refused>,
    },
    /// Nothing of it could be read; why, as a sentence.
    Unreadable(String),
}

/// A body, and the room that it has until it is answered.
pub struct Received {
    pub sender: Arc<Sender>,
    pub head: Parts,
    pub bytes: Bytes,
    pub at: Timestamp,
    /// What only this request has, once its signature and with it the time of its sending were checked.
    once: OnceLock<Mark>,
    _place: Place,
}

/// Receives a body of a source of `kind`, reads it, and puts what it holds on disk. For formats that look at nothing but
/// the body.
pub async fn take(
    door: &Arc<Door>,
    token: &PathToken,
    kind: SourceKind,
    request: Request,
    read: impl Fn(&[u8], Timestamp) -> Result<Parsed, Unreadable>,
) -> Result<Taken, Refusal> {
    let received = receive(door, token, kind, request, door.limits.body).await?;
    signed(door, &received).await?;
    settle(door, &received, read(&received.bytes, received.at)).await
}

/// Checks who sends, finds room, and reads the body, in this order: a stranger costs nothing.
pub async fn receive(door: &Arc<Door>, token: &PathToken, kind: SourceKind, request: Request, limit: usize) -> Result<Received, Refusal> {
    let (head, mut body) = request.into_parts();
    let admitted = door.sender(token, &head.headers, kind).and_then(|sender| {
        let place = admit(door, &sender.name, &head.headers, limit)?;
        Ok((sender, place))
    });
    let (sender, place) = match admitted {
        Ok(admitted) => admitted,
        Err(refusal) => {
            body::discard(&mut body, &head.headers).await;
            return Err(refusal);
        }
    };
    match body::read(&mut body, &head.headers, limit, door.limits.body_time).await {
        Ok(bytes) => Ok(Received::known(sender, head, bytes, door.ledger.now(), place)),
        Err(why) => {
            drop(place);
            if why == Unread::TooLarge {
                body::discard(&mut body, &head.headers).await;
            }
            tracing::info!(source = sender.name.as_str(), why = ?why, "a body was not read");
            Err(Refusal::Unread(why, limit))
        }
    }
}

/// Room for a body of `source`, of at most `limit` bytes.
pub fn admit(door: &Arc<Door>, source: &SourceName, headers: &HeaderMap, limit: usize) -> Result<Place, Refusal> {
    if headers.get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(Refusal::Encoded);
    }
    let length = body::declared(headers).unwrap_or(limit).min(limit);
    door.crowd.enter(source, 1 + length / ROOM_UNIT).ok_or_else(|| {
        add(&door.metrics.over_share, 1);
        tracing::info!(source = source.as_str(), "turned away: its share is under way");
        Refusal::Overloaded
    })
}

impl Received {
    /// A body of a sender who is known, however that came about.
    pub fn known(sender: Arc<Sender>, head: Parts, bytes: Bytes, at: Timestamp, place: Place) -> Self {
        Self { sender, head, bytes, at, once: OnceLock::new(), _place: place }
    }

    /// The request as formats see it; `path` is what of the address says something.
    pub fn with<T>(&self, path: &str, look: impl FnOnce(&Sent<'_>) -> T) -> T {
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        let headers: Vec<(String, String)> =
            self.head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect();
        let query: Vec<(String, String)> =
            axum::extract::Query::try_from_uri(&self.head.uri).map(|axum::extract::Query(query)| query).unwrap_or_default();
        look(&Sent { path, query: &query, headers: &headers, body: &self.bytes })
    }
}

/// Checks the signature, where this machine holds a secret for the source. What fails is counted with the source.
pub async fn signed(door: &Door, received: &Received) -> Result<(), Refusal> {
    let sender = &received.sender;
    let Some(secret) = door.ledger.secret(&sender.name).await.map_err(Refusal::NotSaved)? else { return Ok(()) };
    let checked = received.with("", |sent| formats::signature::check_in(sender.kind, sender.header.as_deref(), &secret, sent, received.at));
    let unsigned = match checked {
        Ok(signed) => {
            if let Some(signature) = signed.once {
                drop(received.once.set((sender.name.clone(), signature)));
            }
            return Ok(());
        }
        Err(unsigned) => unsigned,
    };
    let reason = unsigned.to_string();
    tracing::info!(source = sender.name.as_str(), reason, "a signature was refused");
    keep(door, received, reason.clone()).await;
    Err(Refusal::Unsigned(reason))
}

/// Puts what was read on disk, its refusals with it; keeps a body that does not read.
pub async fn settle(door: &Door, received: &Received, read: Result<Parsed, Unreadable>) -> Result<Taken, Refusal> {
    match read {
        Ok(parsed) => store(door, received, parsed).await,
        Err(unreadable) => {
            add(&door.metrics.unreadable, 1);
            tracing::info!(source = received.sender.name.as_str(), "a body could not be read");
            keep(door, received, unreadable.reason.clone()).await;
            Ok(Taken::Unreadable(unreadable.reason))
        }
    }
}

async fn store(door: &Door, received: &Received, parsed: Parsed) -> Result<Taken, Refusal> {
    let source = received.sender.name.clone();
    let claim = received.once.get().map(|mark| door.replays.claim(mark, received.at));
    if let Some(None) = claim {
        tracing::info!(source = source.as_str(), "a signed request came again and was not taken twice");
        return Ok(Taken::Read { accepted: 0, refused: vec![] });
    }
    let accepted = parsed.signals.len() + parsed.changes.len();
    let refused = parsed.refused.clone();
    if !refused.is_empty() {
        tracing::info!(source = source.as_str(), refused = refused.len(), "alerts were refused");
    }
    let batch = Batch { signals: parsed.signals, changes: parsed.changes, refused: parsed.refused, received_at: received.at };
    match door.ledger.ingest(source, batch).await {
        Ok(()) => {
            if let Some(claim) = claim.flatten() {
                claim.keep();
            }
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

/// Keeps a body of which nothing is taken.
async fn keep(door: &Door, received: &Received, reason: String) {
    let raw = received.bytes[..received.bytes.len().min(RAW_LIMIT)].to_vec();
    door.ledger.refused(received.sender.name.clone(), reason, raw).await;
}
