//! Signatures: published vectors, and what must not pass.

use super::{at, file, now, sample};
use domain::Timestamp;
use domain::home::SourceKind::{self, CloudEvents, Github, Grafana, Json, PagerDuty, Sentry};
use formats::Sent;
use formats::signature::{Signed, TOLERANCE_SECS, Unsigned, check, check_in};

const SECRET: &[u8] = b"It's a Secret to Everybody";
const BODY: &[u8] = b"Hello, World!";
/// HMAC-SHA256 of [`BODY`] with [`SECRET`], as GitHub's documentation gives it.
const HEX: &str = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
/// The same of `1795422910:Hello, World!`.
const TIMED: &str = "7543b774780dde9325c3d4131f419a09ddc1349565c9cb45e367cbe2f39419fd";

fn headers(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn checked(kind: SourceKind, pairs: &[(&str, &str)], body: &[u8], now: Timestamp) -> Result<(), Unsigned> {
    check(kind, SECRET, &Sent { headers: &headers(pairs), ..Sent::body(body) }, now).map(drop)
}

#[test]
fn githubs_own_vector() {
    let vector = sample("github/signature_vector.json");
    let text = |name: &str| vector[name].as_str().expect("text");
    let headers = headers(&[("x-hub-signature-256", text("X-Hub-Signature-256"))]);
    let sent = Sent { headers: &headers, ..Sent::body(text("body").as_bytes()) };
    assert_eq!(check(Github, text("secret").as_bytes(), &sent, now()), Ok(Signed { once: None }), "no time is signed");
    assert_eq!(check(Github, b"another", &sent, now()), Err(Unsigned::Mismatch));
    assert_eq!(check(Github, text("secret").as_bytes(), &Sent { body: b"Hello, World?", ..sent }, now()), Err(Unsigned::Mismatch));
}

#[test]
fn every_kind_that_signs_the_body_alone() {
    let prefixed = [format!("sha256={HEX}"), format!("v1={HEX}"), format!("v1={}, v1={HEX}", "0".repeat(64)), format!("v0=x,v1={HEX}")];
    for (kind, header, value) in [
        (Github, "X-Hub-Signature-256", prefixed[0].as_str()),
        (Sentry, "Sentry-Hook-Signature", HEX),
        (Sentry, "X-Sentry-Hook-Signature", HEX),
        (Grafana, "X-Grafana-Alerting-Signature", HEX),
        (PagerDuty, "X-PagerDuty-Signature", prefixed[1].as_str()),
        (PagerDuty, "X-PagerDuty-Signature", prefixed[2].as_str()),
        (PagerDuty, "X-PagerDuty-Signature", prefixed[3].as_str()),
    ] {
        assert_eq!(checked(kind, &[(header, value)], BODY, now()), Ok(()), "{kind:?} {value}");
        assert_eq!(
            checked(kind, &[(&header.to_lowercase(), &value.to_uppercase().replace("SHA256", "sha256").replace("V1", "v1"))], BODY, now()),
            Ok(()),
            "{kind:?}: in any case"
        );
        assert_eq!(checked(kind, &[(header, value)], b"Hello", now()), Err(Unsigned::Mismatch), "{kind:?}: another body");
        assert_eq!(checked(kind, &[], BODY, now()), Err(Unsigned::Missing), "{kind:?}");
        assert_eq!(checked(kind, &[(header, " ")], BODY, now()), Err(Unsigned::Missing), "{kind:?}");
        for bad in ["x", &HEX[1..], "sha1=aa", "v1=", &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(checked(kind, &[(header, bad)], BODY, now()), Err(Unsigned::Unreadable), "{kind:?} {bad:?}");
        }
    }
}

#[test]
fn grafana_with_a_signed_time() {
    let sent_at = Timestamp(1_795_422_910_000);
    for name in ["X-Grafana-Alerting-Timestamp", "X-Grafana-Alerting-Signature-Timestamp", "My-Timestamp"] {
        let headers = [("X-Grafana-Alerting-Signature", TIMED), (name, "1795422910")];
        for (secs, outcome) in
            [(0, Ok(())), (TOLERANCE_SECS, Ok(())), (TOLERANCE_SECS + 1, Err(Unsigned::Stale)), (-TOLERANCE_SECS - 1, Err(Unsigned::Stale))]
        {
            assert_eq!(checked(Grafana, &headers, BODY, sent_at.plus_secs(secs)), outcome, "{name} after {secs} s");
        }
    }
    let without = [("X-Grafana-Alerting-Signature", TIMED)];
    assert_eq!(checked(Grafana, &without, BODY, sent_at), Err(Unsigned::Mismatch), "a time cannot be taken away");
    let another = [("X-Grafana-Alerting-Signature", TIMED), ("My-Timestamp", "1795423910")];
    assert_eq!(checked(Grafana, &another, BODY, sent_at), Err(Unsigned::Mismatch), "nor exchanged");
    let unsigned = [("X-Grafana-Alerting-Signature", HEX), ("X-Proxy-Timestamp", "5")];
    assert_eq!(checked(Grafana, &unsigned, BODY, sent_at), Ok(()), "a proxy's time, which Grafana did not sign, counts for nothing");
}

#[test]
fn the_same_request_is_told_however_its_header_is_written() {
    let sent_at = Timestamp(1_795_422_910_000);
    let once = |signature: &str, time: &str| {
        let headers = headers(&[("X-Grafana-Alerting-Signature", signature), ("X-Timestamp", time)]);
        check(Grafana, SECRET, &Sent { headers: &headers, ..Sent::body(BODY) }, sent_at).expect("signed").once
    };
    let first = once(TIMED, "1795422910");
    assert!(first.is_some(), "its time is signed");
    assert_eq!(once(&TIMED.to_uppercase(), "1795422910"), first, "the same bytes in other letters");
    assert_eq!(once(HEX, "1795422910"), None, "the body alone is signed: nothing tells one from the other");
}

#[test]
fn the_header_may_have_another_name() {
    let headers = headers(&[("X-Mine", HEX)]);
    let sent = Sent { headers: &headers, ..Sent::body(BODY) };
    assert_eq!(check_in(Grafana, Some("x-mine"), SECRET, &sent, now()), Ok(Signed { once: None }));
    assert_eq!(check_in(Grafana, None, SECRET, &sent, now()), Err(Unsigned::Missing));
}

#[test]
fn the_vector_of_standard_webhooks() {
    let vector: serde_json::Value = serde_json::from_slice(&file("standard-webhooks/vector-v1.json")).expect("JSON");
    let text = |name: &str| vector[name].as_str().expect("text");
    let sent_at = at("2026-01-02T03:04:05Z");
    let with = |signature: &str, secret: &str, body: &str, now: Timestamp| {
        let pairs =
            [("Webhook-Id", text("webhook-id")), ("Webhook-Timestamp", text("webhook-timestamp")), ("Webhook-Signature", signature)];
        check(Json, secret.as_bytes(), &Sent { headers: &headers(&pairs), ..Sent::body(body.as_bytes()) }, now).map(drop)
    };
    let (signature, secret, body) = (text("webhook-signature"), text("secret"), text("body"));
    assert_eq!(with(signature, secret, body, sent_at), Ok(()));
    let rotated = format!("v1a,AAAA v1,{} {signature}", "A".repeat(43));
    assert_eq!(with(&rotated, secret, body, sent_at), Ok(()), "one of several");
    assert_eq!(with(signature.trim_end_matches('='), secret.trim_end_matches('='), body, sent_at), Ok(()), "with and without filling");
    assert_eq!(with(signature, "0123456789abcdef0123456789abcdef", body, sent_at), Ok(()), "the secret as bytes");
    assert_eq!(with(signature, secret, "{}", sent_at), Err(Unsigned::Mismatch));
    assert_eq!(with(signature, secret, body, sent_at.plus_secs(TOLERANCE_SECS)), Ok(()));
    assert_eq!(with(signature, secret, body, sent_at.plus_secs(TOLERANCE_SECS + 1)), Err(Unsigned::Stale));
    assert_eq!(with(signature, secret, body, sent_at.plus_secs(-TOLERANCE_SECS - 1)), Err(Unsigned::Stale));
    assert_eq!(with("v1a,AAAA", secret, body, sent_at), Err(Unsigned::Unreadable), "Ed25519 alone cannot be checked with a shared secret");
    assert_eq!(with(signature, "whsec_?!", body, sent_at), Err(Unsigned::BadSecret));
    assert_eq!(with(signature, "whsec_", body, sent_at), Err(Unsigned::BadSecret));
    let only_signature = headers(&[("webhook-signature", signature)]);
    let sent = Sent { headers: &only_signature, ..Sent::body(body.as_bytes()) };
    assert_eq!(check(CloudEvents, secret.as_bytes(), &sent, sent_at), Err(Unsigned::Missing), "all three headers are needed");
    let odd = headers(&[("webhook-signature", signature), ("webhook-id", "a"), ("webhook-timestamp", "soon")]);
    assert_eq!(check(Json, secret.as_bytes(), &Sent { headers: &odd, ..sent }, sent_at), Err(Unsigned::Unreadable));
}

#[test]
fn an_empty_secret_protects_nothing_and_kinds_without_one_say_so() {
    let headers = headers(&[("Sentry-Hook-Signature", HEX)]);
    let sent = Sent { headers: &headers, ..Sent::body(BODY) };
    assert_eq!(check(Sentry, b"", &sent, now()), Err(Unsigned::BadSecret));
    let signing = [Github, Sentry, Grafana, PagerDuty, Json, CloudEvents, SourceKind::Mapped];
    for kind in SourceKind::ALL.iter().filter(|kind| !signing.contains(kind)) {
        assert_eq!(check(*kind, SECRET, &sent, now()), Err(Unsigned::NotThisKind), "{kind:?}");
    }
}

#[test]
fn every_reason_says_what_to_do() {
    use Unsigned::{BadSecret, Mismatch, Missing, NotThisKind, Stale, Unreadable};
    for reason in [NotThisKind, BadSecret, Missing, Unreadable, Mismatch, Stale] {
        let said = reason.to_string();
        assert!(said.contains(": ") && said.ends_with('.'), "{reason:?}: {said}");
    }
}
