//! Opsgenie's Alert API.

use super::{FIRING, now, only, read, sample};
use domain::alerts::SignalState;
use domain::{AlertSeverity, ServiceName};
use formats::opsgenie::{self, EMPTY_MESSAGE, Invalid, NOT_PROCESSABLE, RESULT, take};
use formats::{Parsed, Sent};
use serde_json::{Value, json};

/// A request to something under `/v2/alerts/`.
fn to<'s>(path: &'s str, body: &'s [u8]) -> Sent<'s> {
    Sent { path, ..Sent::body(body) }
}

#[test]
fn alertmanager_creates_an_alert() {
    let signal = only(read(opsgenie::read, &sample("opsgenie/alertmanager-0.25-create.json")));
    assert_eq!(signal.key, "17c4e445d234645c9e547ff6d32a864af0ebdadcd1902771c24c8d366637ff41", "the alias");
    assert_eq!((signal.title.as_str(), &signal.state), ("[FIRING:1] DiskFull (eu1 db9:9100 critical)", &FIRING));
    assert_eq!(signal.severity, AlertSeverity::Error, "P2");
    assert_eq!((signal.episode.as_str(), signal.started_at), ("", now()));
    assert_eq!(signal.link.as_deref(), Some("http://vm:19093/#/alerts?receiver=all"), "its source is an address");
    for (label, value) in
        [("alertname", "DiskFull"), ("cluster", "eu1"), ("instance", "db9:9100"), ("severity", "critical"), ("priority", "P2")]
    {
        assert_eq!(signal.labels[label], value, "{label}");
    }
    assert!(signal.annotations["description"].starts_with("https://runbooks.example/disk Disk 97% on db9\nAlerts Firing:"));
    assert_eq!(signal.service, None);
}

#[test]
fn every_priority() {
    for (priority, severity) in [
        (json!("P1"), AlertSeverity::Critical),
        (json!("P2"), AlertSeverity::Error),
        (json!("P3"), AlertSeverity::Warning),
        (json!("P4"), AlertSeverity::Info),
        (json!("P5"), AlertSeverity::Info),
        (json!(null), AlertSeverity::Warning),
        (json!("P9"), AlertSeverity::Warning),
    ] {
        let signal = only(read(opsgenie::read, &json!({"message": "m", "alias": "a", "priority": priority})));
        assert_eq!(signal.severity, severity, "{priority}: an odd one costs no alert");
    }
}

#[test]
fn an_alert_with_everything() {
    let body = json!({
        "message": "Queue is full", "alias": "queue", "description": "long", "responders": [{"name": "Payments", "type": "team"}, {"username": "mei@example.com"}],
        "tags": ["eu", "prod"], "details": {"service": "Checkout", "depth": 12, "nested": {"a": 1}}, "entity": "mq-1", "source": "cron",
        "priority": "P1", "user": "ravi", "note": "second time", "actions": ["restart"],
    });
    let signal = only(read(opsgenie::read, &body));
    for (label, value) in [
        ("tags", "eu, prod"),
        ("service", "Checkout"),
        ("depth", "12"),
        ("nested", "{\"a\":1}"),
        ("entity", "mq-1"),
        ("source", "cron"),
        ("user", "ravi"),
    ] {
        assert_eq!(signal.labels[label], value, "{label}");
    }
    for (name, value) in
        [("description", "long"), ("responders", "Payments, mei@example.com"), ("note", "second time"), ("actions", "restart")]
    {
        assert_eq!(signal.annotations[name], value, "{name}");
    }
    assert_eq!((signal.link, signal.service), (None, ServiceName::parse("checkout")), "a source that is no address is no link");
}

#[test]
fn an_alert_is_closed_and_acknowledged_by_its_address() {
    let closed =
        take(&to("disk%2Feu1%20a/close", br#"{"user": "mei", "source": "cron", "note": "cleaned up"}"#), now()).expect("it is taken");
    assert_eq!(closed.alias, "disk/eu1 a", "an alias may hold a slash of its own");
    let signal = only(closed.parsed);
    assert_eq!((signal.key.as_str(), &signal.state), ("disk/eu1 a", &SignalState::Resolved { ended_at: now() }));
    assert_eq!((signal.annotations["note"].as_str(), signal.labels["user"].as_str()), ("cleaned up", "mei"));

    let seen = only(take(&to("disk/acknowledge", br#"{"user": "mei"}"#), now()).expect("it is taken").parsed);
    assert_eq!(seen.state, SignalState::Acknowledged { by: Some("mei".into()) });
    for body in ["", "{}", "not json"] {
        let bare = take(&to("disk/close", body.as_bytes()), now()).expect("a body is not needed");
        assert_eq!(only(bare.parsed).state, SignalState::Resolved { ended_at: now() }, "{body:?}");
    }
    let query = [("identifierType".to_owned(), "alias".to_owned())];
    let by_alias = take(&Sent { query: &query, ..to("disk/close", b"") }, now()).expect("it is taken");
    assert_eq!(by_alias.alias, "disk", "alias and id name the same thing here");
}

#[test]
fn what_only_adds_to_an_alert_is_taken_and_changes_nothing() {
    for action in ["notes", "message", "description", "tags", "snooze", "unacknowledge"] {
        let path = format!("disk/{action}");
        let taken = take(&to(&path, br#"{"message": "x"}"#), now()).expect("senders must not fail on it");
        assert_eq!((taken.parsed, taken.alias.as_str()), (Parsed::default(), "disk"), "{action}");
    }
    for path in ["disk", "disk/explode", "close"] {
        assert_eq!(take(&to(path, b"{}"), now()).expect_err(path).field, "path", "{path}");
    }
}

#[test]
fn an_alias_is_made_where_there_is_none() {
    let made = |body: &Value| take(&to("", body.to_string().as_bytes()), now()).expect("it is taken");
    let (one, again, other) = (made(&json!({"message": "a"})), made(&json!({"message": "a"})), made(&json!({"message": "b"})));
    assert_eq!((one.alias.len(), &one.alias, &one.request_id), (32, &again.alias, &again.request_id), "a second try is the same alert");
    assert_ne!(one.alias, other.alias);
    let shape: Vec<usize> = one.request_id.split('-').map(str::len).collect();
    assert_eq!(shape, [8, 4, 4, 4, 12], "clients expect an id of this shape");
}

#[test]
fn answers_have_the_vendors_shape() {
    let answers = sample("opsgenie/responses.example.json");
    assert_eq!(answers["202"]["result"], RESULT);
    let Err(Invalid { field, error }) = take(&to("", br#"{"message": " "}"#), now()) else { panic!("no words, no alert") };
    assert_eq!((answers["422"]["message"].as_str(), &answers["422"]["errors"]), (Some(NOT_PROCESSABLE), &json!({field: error})));
    assert_eq!(error, EMPTY_MESSAGE);
    assert_eq!(take(&to("", b"xx"), now()).expect_err("no JSON").field, "body");
    assert_eq!(take(&to("", b"[]"), now()).expect_err("no object").error, EMPTY_MESSAGE);
}
