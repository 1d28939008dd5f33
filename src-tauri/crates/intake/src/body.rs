//! Reading a request's body within its limits.

use crate::limits::{DISCARD_LIMIT, DISCARD_TIME};
use axum::body::{Body, Bytes, HttpBody};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, EXPECT};
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;
use tokio::time::timeout;

/// Why a body was not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unread {
    /// It is longer than it may be.
    TooLarge,
    /// It did not come in time.
    TooSlow,
    /// The connection broke, or the chunks are no chunks.
    Broken,
}

/// How long the sender says that the body is; `None` for a chunked one.
pub fn declared(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Reads the whole body, of at most `limit` bytes and within `time`; one that comes in a single piece is not copied.
pub async fn read(body: &mut Body, headers: &HeaderMap, limit: usize, time: Duration) -> Result<Bytes, Unread> {
    let length = declared(headers);
    if length.is_some_and(|length| length > limit) {
        return Err(Unread::TooLarge);
    }
    match timeout(time, gather(body, length, limit)).await {
        Ok(read) => read,
        Err(_) => Err(Unread::TooSlow),
    }
}

async fn gather(body: &mut Body, length: Option<usize>, limit: usize) -> Result<Bytes, Unread> {
    let Some(first) = piece(body).await? else { return Ok(Bytes::new()) };
    if first.len() > limit {
        return Err(Unread::TooLarge);
    }
    if body.is_end_stream() {
        return Ok(first);
    }
    let mut whole = Vec::with_capacity(length.unwrap_or(2 * first.len()).max(first.len()));
    whole.extend_from_slice(&first);
    while let Some(next) = piece(body).await? {
        if whole.len() + next.len() > limit {
            return Err(Unread::TooLarge);
        }
        whole.extend_from_slice(&next);
    }
    Ok(whole.into())
}

/// Reads and throws away what a refused sender still wants to send, within reason; closing on it at once would break
/// the connection before the answer is read. A sender that waits to be asked (`Expect`) is not asked.
pub async fn discard(body: &mut Body, headers: &HeaderMap) {
    if headers.contains_key(EXPECT) {
        return;
    }
    let all = async {
        let mut seen = 0;
        while let Ok(Some(next)) = piece(body).await {
            seen += next.len();
            if seen > DISCARD_LIMIT {
                return;
            }
        }
    };
    drop(timeout(DISCARD_TIME, all).await);
}

/// The next piece of data; trailers are passed over.
async fn piece(body: &mut Body) -> Result<Option<Bytes>, Unread> {
    loop {
        match poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await {
            None => return Ok(None),
            Some(Err(_)) => return Err(Unread::Broken),
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    return Ok(Some(data));
                }
            }
        }
    }
}
