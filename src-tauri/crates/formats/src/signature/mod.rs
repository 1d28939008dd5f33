//! Signatures over what is sent: whether a body comes from somebody who knows the source's secret.
//!
//! All of them are HMAC-SHA256 over the bytes as they came, compared in constant time. Where the time of sending is signed
//! too, a request older or younger than [`TOLERANCE_SECS`] is refused, so that an overheard one is of no use later; and what is
//! the same request within that time is told by [`Signed::once`].
//! Nothing here reads the body or says what it means.
//! Sources: docs.github.com "Validating webhook deliveries"; docs.sentry.io "Webhooks"; grafana/alerting `http/hmac.go`;
//! developer.pagerduty.com "Verifying signatures"; standard-webhooks/standard-webhooks `spec/standard-webhooks.md`.

mod scheme;

use crate::Sent;
use domain::Timestamp;
use domain::home::SourceKind;
use scheme::{Claim, Scheme};

/// How far the signed time of sending may lie from now, to either side (5 min, in seconds), as Standard Webhooks has it.
pub const TOLERANCE_SECS: i64 = 5 * 60;

/// Why a request does not count as signed. Each is a sentence for whoever sets the source up.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unsigned {
    /// Sources of this kind sign nothing.
    #[error("Sources of this kind sign nothing: remove the secret, the token alone protects them.")]
    NotThisKind,
    /// The secret says nothing or is not written as its kind of secret is.
    #[error("The secret of this source cannot be used: take it over again as the sending tool shows it.")]
    BadSecret,
    /// The header is not there.
    #[error("The request is not signed: set the secret in the sending tool, or remove it from this source.")]
    Missing,
    /// What the header says is no signature of this kind.
    #[error("The signature does not read: the header holds something else than this kind of source sends.")]
    Unreadable,
    /// It is another's, or the body was changed on its way.
    #[error("The signature does not match: check that both sides have the same secret, and that nothing in between changes the body.")]
    Mismatch,
    /// It was sent too long ago, or by a clock that runs ahead.
    #[error("The signed time of sending is more than 5 minutes from now: check the clocks of both machines.")]
    Stale,
}

/// A request that is signed as it should be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Signed {
    /// What no other request has, where the time of sending is signed: what comes with the same is the same, sent again.
    pub once: Option<[u8; 32]>,
}

/// Checks the signature of a request that arrived at `now`, in the headers that its kind of tool uses.
pub fn check(kind: SourceKind, secret: &[u8], sent: &Sent<'_>, now: Timestamp) -> Result<Signed, Unsigned> {
    check_in(kind, None, secret, sent, now)
}

/// Checks as [`check`] does; `header` names the one that carries the signature, where it is not the usual one.
pub fn check_in(kind: SourceKind, header: Option<&str>, secret: &[u8], sent: &Sent<'_>, now: Timestamp) -> Result<Signed, Unsigned> {
    let scheme = Scheme::of(kind).ok_or(Unsigned::NotThisKind)?;
    let key = scheme.key(secret)?;
    let written = header.map_or_else(|| scheme.headers().iter().find_map(|name| sent.header(name)), |name| sent.header(name));
    let written = written.map(str::trim).filter(|written| !written.is_empty()).ok_or(Unsigned::Missing)?;
    let signatures = scheme.signatures(written);
    if signatures.is_empty() {
        return Err(Unsigned::Unreadable);
    }
    let claims = scheme.claims(sent)?;
    let by = |claim: &Claim<'_>| signatures.iter().copied().find(|signature| claim.is_signed(&key, signature));
    let (claim, signature) = claims.iter().find_map(|claim| Some((claim, by(claim)?))).ok_or(Unsigned::Mismatch)?;
    match claim.sent_at {
        Some(at) if now.since(at).saturating_abs() > TOLERANCE_SECS * 1000 => Err(Unsigned::Stale),
        // The bytes that were checked, not those of the header: what a header may say in several ways is one request.
        Some(_) => Ok(Signed { once: Some(signature) }),
        None => Ok(Signed { once: None }),
    }
}
