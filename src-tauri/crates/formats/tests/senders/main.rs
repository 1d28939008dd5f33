//! What tools send and answer: bodies captured from real senders, and bodies written here after their documentation
//! (`*.example.json`), one file a tool.

mod api_alerts;
mod grafana;
mod nagios;
mod opsgenie;
mod pagerduty;
mod properties;
mod signature;
mod slack;
mod victorops;

use domain::Timestamp;
use domain::alerts::{Change, Signal, SignalState};
use formats::{Parsed, Sent, Unreadable};
use serde_json::Value;

const FIRING: SignalState = SignalState::Firing { lapses_at: None };

/// A file among the payloads.
fn file(path: &str) -> Vec<u8> {
    let file = format!("{}/../../../tests/fixtures/payloads/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// A body: of a captured request, or the whole file.
fn sample(path: &str) -> Value {
    let mut read: Value = serde_json::from_slice(&file(path)).expect("a fixture is JSON");
    if read.get("method").is_some() { read["body"].take() } else { read }
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).expect("a time in a test is RFC 3339")
}

fn now() -> Timestamp {
    at("2026-11-23T08:35:10Z")
}

/// Reads a body with nothing around it.
fn read(reader: fn(&Sent<'_>, Timestamp) -> Result<Parsed, Unreadable>, body: &Value) -> Parsed {
    reader(&Sent::body(body.to_string().as_bytes()), now()).unwrap_or_else(|error| panic!("{body} reads: {error}"))
}

/// Why a body does not read.
fn refused(reader: fn(&Sent<'_>, Timestamp) -> Result<Parsed, Unreadable>, body: &str) -> String {
    match reader(&Sent::body(body.as_bytes()), now()) {
        Ok(parsed) => panic!("{body:?} must not read, but is {parsed:?}"),
        Err(unreadable) => unreadable.reason,
    }
}

fn only(parsed: Parsed) -> Signal {
    assert_eq!((&parsed.refused, &parsed.changes), (&vec![], &vec![]), "an alert and nothing else");
    let [signal] = <[Signal; 1]>::try_from(parsed.signals).expect("one alert");
    signal
}

fn only_change(parsed: Parsed) -> Change {
    assert_eq!((&parsed.refused, &parsed.signals), (&vec![], &vec![]), "a change and nothing else");
    let [change] = <[Change; 1]>::try_from(parsed.changes).expect("one change");
    change
}
