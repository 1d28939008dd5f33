//! The page on which anyone with the link reports a problem, and later sees how far it has come.
//!
//! No script, nothing from elsewhere, and no word about anybody: the page knows a reference and how the report stands, it
//! is never given a name or a title.

mod form;
mod pace;
mod page;
mod words;

pub use pace::Pace;

use crate::answer::Refusal;
use crate::door::{CameFrom, Door, PathToken};
use crate::limits::{PHOTO_LIMIT, REPORT_LIMIT};
use crate::taking::{Received, Taken, receive, settle};
use crate::{IngestFailure, Sender};
use axum::extract::{Path, Request, State};
use axum::http::header::{HeaderMap, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use domain::home::SourceKind;
use form::Form;
use formats::{Parsed, Unreadable};
use page::{Page, shown};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// Crockford's base 32: no letter that is mistaken for a digit when read out on the phone.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a reference: a thousand million of them, and a link is needed to try one.
const REFERENCE_LENGTH: usize = 6;

/// `GET /report/style.css`: how the page looks; a page of its own so that no style stands in the page.
pub async fn style() -> Response {
    page::style()
}

/// `GET /report/<token>`: the form.
pub async fn page(State(door): State<Arc<Door>>, Path(token): Path<String>, headers: HeaderMap) -> Response {
    match known(&door, &token, &headers) {
        Ok(_) => shown(StatusCode::OK, &Page::Form { token: &token, fault: None, kept: &Form::default() }),
        Err(refusal) => refused(&door, &refusal),
    }
}

/// `POST /report/<token>`: takes a report, and leads to its page.
pub async fn send(State(door): State<Arc<Door>>, Path(token): Path<String>, request: Request) -> Response {
    let from = request.extensions().get::<CameFrom>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |came| came.0);
    let received = match receive(&door, &PathToken(Some(token.clone())), SourceKind::Report, request, REPORT_LIMIT).await {
        Ok(received) => received,
        Err(refusal) => return refused(&door, &refusal),
    };
    let form = match Form::read(&received).await {
        Ok(form) => form,
        Err(why) => return again(StatusCode::BAD_REQUEST, &token, why, &Form::default()),
    };
    if form.is_bait() {
        // A machine filled in what no person sees. It is told nothing that would help it.
        tracing::info!(source = received.sender.name.as_str(), "a report was left: it fills in a field that nobody sees");
        return lead(&token, &reference(door.ledger.random()));
    }
    if let Err(wait) = door.pace.enter(&received.sender.name, from, received.at) {
        let mut response = again(StatusCode::TOO_MANY_REQUESTS, &token, words::TOO_FAST, &form);
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait));
        return response;
    }
    match take(&door, &received, &form).await {
        Ok(Ok(reference)) => lead(&token, &reference),
        Ok(Err(why)) => again(StatusCode::BAD_REQUEST, &token, &why, &form),
        Err(refusal) => refused(&door, &refusal),
    }
}

/// `GET /report/<token>/<reference>`: how far it has come.
pub async fn standing(State(door): State<Arc<Door>>, Path((token, reference)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let sender = match known(&door, &token, &headers) {
        Ok(sender) => sender,
        Err(refusal) => return refused(&door, &refusal),
    };
    let reference = reference.trim().to_uppercase();
    match door.ledger.standing(&sender.name, &reference).await {
        Some(standing) => shown(StatusCode::OK, &Page::Standing { token: &token, reference: &reference, standing }),
        None => shown(StatusCode::NOT_FOUND, &Page::Notice { title: words::UNKNOWN_TITLE, text: words::UNKNOWN }),
    }
}

fn known(door: &Door, token: &str, headers: &HeaderMap) -> Result<Arc<Sender>, Refusal> {
    door.sender(&PathToken(Some(token.to_owned())), headers, SourceKind::Report)
}

/// Puts a report on disk, its photo first. `Ok(Err(_))` says to the person what to change.
async fn take(door: &Arc<Door>, received: &Received, form: &Form) -> Result<Result<String, String>, Refusal> {
    let reference = reference(door.ledger.random());
    let mut signal = match form.report().signal(&reference, received.at) {
        Ok(signal) => signal,
        Err(unreadable) => return Ok(Err(unreadable.reason)),
    };
    if let Some(photo) = &form.photo {
        if photo.bytes.len() > PHOTO_LIMIT {
            return Ok(Err(words::PHOTO_TOO_LARGE.to_owned()));
        }
        let Some(kind) = form::image(&photo.bytes) else { return Ok(Err(words::NO_PHOTO.to_owned())) };
        let hash = door.ledger.attach(photo.bytes.to_vec()).await.map_err(|failure| match failure {
            IngestFailure::Overloaded => Refusal::Overloaded,
            IngestFailure::NotSaved(why) => Refusal::NotSaved(why),
        })?;
        signal.annotations.insert("photo".to_owned(), hash);
        signal.annotations.insert("photo_type".to_owned(), kind.to_owned());
    }
    let parsed: Result<Parsed, Unreadable> = Ok(Parsed { signals: vec![signal], ..Parsed::default() });
    match settle(door, received, parsed).await? {
        Taken::Read { .. } => Ok(Ok(reference)),
        Taken::Unreadable(why) => Ok(Err(why)),
    }
}

/// What these random bytes are called.
fn reference(random: [u8; 16]) -> String {
    let letters = random.iter().take(REFERENCE_LENGTH).map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
    format!("R-{}", letters.collect::<String>())
}

/// Leads to the page of a report; to load that one again sends nothing twice.
fn lead(token: &str, reference: &str) -> Response {
    let mut response = shown(StatusCode::SEE_OTHER, &Page::Notice { title: words::RECEIVED_TITLE, text: reference });
    let to = HeaderValue::from_str(&format!("/report/{token}/{reference}")).expect("a token that was found is ASCII");
    response.headers_mut().insert(LOCATION, to);
    response
}

/// The form once more, with what was typed and what to change.
fn again(status: StatusCode, token: &str, fault: &str, kept: &Form) -> Response {
    shown(status, &Page::Form { token, fault: Some(fault), kept })
}

/// A refusal as a page: whoever reports reads no JSON.
fn refused(door: &Door, refusal: &Refusal) -> Response {
    let response = door.refuse_to(SourceKind::Report, refusal);
    let text = match refusal {
        Refusal::Unauthorized | Refusal::OtherKind { .. } => words::NO_SUCH_PAGE,
        Refusal::Unread(crate::body::Unread::TooLarge, _) => words::PHOTO_TOO_LARGE,
        Refusal::Unread(..) | Refusal::Encoded | Refusal::Misdirected(_) | Refusal::Unsigned(_) => words::BROKEN,
        Refusal::Overloaded | Refusal::NotSaved(_) => words::NOT_SAVED,
    };
    let mut page = shown(response.status(), &Page::Notice { title: words::NOT_TAKEN_TITLE, text });
    if let Some(seconds) = response.headers().get(RETRY_AFTER) {
        page.headers_mut().insert(RETRY_AFTER, seconds.clone());
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_short_and_can_be_read_out() {
        assert_eq!(reference([0; 16]), "R-000000");
        assert_eq!(reference([31; 16]), "R-ZZZZZZ");
        assert_eq!(reference([0xff; 16]), "R-ZZZZZZ", "every byte is a character");
    }
}
