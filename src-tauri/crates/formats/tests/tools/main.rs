//! What tools send, sample by sample and state by state: each format read field by field.

mod cloudevents;
mod datadog;
mod email;
mod email_limits;
mod github;
mod jobs;
mod mapping;
mod mapping_language;
mod plain;
mod sentry;
mod uptime_kuma;

use domain::Timestamp;
use domain::alerts::{Change, Signal, SignalState};
use formats::{Parsed, Unreadable};
use serde_json::Value;

/// A sample as it lies among the fixtures.
fn file(path: &str) -> Vec<u8> {
    let file = format!("{}/../../../tests/fixtures/payloads/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn json(path: &str) -> Value {
    serde_json::from_slice(&file(path)).expect("a fixture is JSON")
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).expect("a time in a test is RFC 3339")
}

fn now() -> Timestamp {
    at("2026-11-23T08:35:10Z")
}

/// The one alert of a body, of which nothing else came.
fn only(read: Result<Parsed, Unreadable>) -> Signal {
    let parsed = read.expect("the body reads");
    assert_eq!((parsed.refused, parsed.changes), (vec![], vec![]), "nothing is refused, nothing is context");
    let [signal] = <[Signal; 1]>::try_from(parsed.signals).expect("one alert");
    signal
}

/// The one change of a body, of which nothing else came.
fn only_change(read: Result<Parsed, Unreadable>) -> Change {
    let parsed = read.expect("the body reads");
    assert_eq!((parsed.refused, parsed.signals), (vec![], vec![]), "nothing is refused, nothing is an alarm");
    let [change] = <[Change; 1]>::try_from(parsed.changes).expect("one change");
    change
}

fn nothing(read: Result<Parsed, Unreadable>) {
    assert_eq!(read, Ok(Parsed::default()));
}

/// The sentence that says why a body does not read.
fn reason(read: Result<Parsed, Unreadable>) -> String {
    read.expect_err("the body does not read").reason
}

fn firing() -> SignalState {
    SignalState::Firing { lapses_at: None }
}

fn resolved(ended_at: &str) -> SignalState {
    SignalState::Resolved { ended_at: at(ended_at) }
}

fn acknowledged(by: Option<&str>) -> SignalState {
    SignalState::Acknowledged { by: by.map(str::to_owned) }
}

fn headers(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Label names and values, for one assertion over all of them.
fn pairs(pairs: &std::collections::BTreeMap<String, String>) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}
