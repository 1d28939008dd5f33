//! VictorOps' REST endpoint.

use super::{FIRING, at, now, only, only_change, read, refused, sample};
use domain::alerts::SignalState;
use domain::{AlertSeverity, ServiceName};
use formats::{Sent, victorops};
use serde_json::json;

const GROUP: &str = "17c4e445d234645c9e547ff6d32a864af0ebdadcd1902771c24c8d366637ff41";

#[test]
fn alertmanager_fires_and_recovers() {
    let body = sample("victorops/alertmanager-0.25-firing.json").to_string();
    let signal = only(victorops::read(&Sent { path: "team%20a", ..Sent::body(body.as_bytes()) }, now()).expect("it reads"));
    assert_eq!((signal.key.as_str(), &signal.state, signal.severity), (GROUP, &FIRING, AlertSeverity::Critical));
    assert_eq!((signal.title.as_str(), signal.group_key.as_str()), ("[FIRING:1] DiskFull (eu1 db9:9100 critical)", GROUP));
    assert_eq!((signal.labels["routing_key"].as_str(), signal.labels["monitoring_tool"].as_str()), ("team a", "Alertmanager"));
    assert!(signal.annotations["state_message"].starts_with("https://runbooks.example/disk Disk 97% on db9"));
    assert_eq!((signal.link, signal.started_at), (None, now()));

    let ended = only(read(victorops::read, &sample("victorops/alertmanager-0.25-resolved.json")));
    assert_eq!((ended.key.as_str(), ended.state), (GROUP, SignalState::Resolved { ended_at: now() }));
}

#[test]
fn every_type_of_message() {
    for (word, state, severity) in [
        ("CRITICAL", FIRING, AlertSeverity::Critical),
        ("WARNING", FIRING, AlertSeverity::Warning),
        ("warning", FIRING, AlertSeverity::Warning),
        ("ACKNOWLEDGEMENT", SignalState::Acknowledged { by: Some("mei".into()) }, AlertSeverity::Warning),
        ("ACKNOWLEDGMENT", SignalState::Acknowledged { by: Some("mei".into()) }, AlertSeverity::Warning),
        ("RECOVERY", SignalState::Resolved { ended_at: now() }, AlertSeverity::Warning),
    ] {
        let signal = only(read(victorops::read, &json!({"message_type": word, "entity_id": "disk", "ack_author": "mei"})));
        assert_eq!((signal.key.as_str(), signal.state, signal.severity), ("disk", state, severity), "{word}");
    }
    assert!(refused(victorops::read, r#"{"message_type": "OK", "entity_id": "x"}"#).contains("\"OK\""), "an end is never guessed");
    assert!(refused(victorops::read, r#"{"entity_id": "x"}"#).contains("`message_type` is missing"));
    assert!(refused(victorops::read, "[]").contains("send a JSON object"));
}

#[test]
fn a_remark_neither_opens_nor_belittles_an_alert() {
    let body = json!({"message_type": "INFO", "entity_id": "disk", "entity_display_name": "Disk on db9", "state_message": "cleaning up", "host_name": "db9"});
    let change = only_change(read(victorops::read, &body));
    assert_eq!((change.title.as_str(), change.at), ("Disk on db9: cleaning up", now()));
    assert_eq!((change.labels["entity_id"].as_str(), change.labels["host_name"].as_str()), ("disk", "db9"));
    let timed = json!({"message_type": "INFO", "entity_id": "disk", "timestamp": 1_795_422_000});
    assert_eq!(only_change(read(victorops::read, &timed)).at, at("2026-11-23T08:20:00Z"));
}

#[test]
fn further_fields_are_told_of() {
    let body = json!({
        "message_type": "CRITICAL", "entity_id": "disk", "state_message": "97 %", "state_start_time": 1_795_422_000, "service": "Shop",
        "vo_annotate.u.Runbook": "https://wiki.example/disk", "vo_annotate.s.Note": "see mount", "used": 97.5, "tags": ["a"], "nothing": null,
    });
    let signal = only(read(victorops::read, &body));
    assert_eq!(signal.title, "97 %", "without a name, the message");
    assert_eq!(signal.started_at, at("2026-11-23T08:20:00Z"));
    assert_eq!((signal.link.as_deref(), signal.service), (Some("https://wiki.example/disk"), ServiceName::parse("shop")));
    for (name, value) in [("used", "97.5"), ("tags", "[\"a\"]"), ("vo_annotate.s.Note", "see mount")] {
        assert_eq!(signal.annotations[name], value, "{name}");
    }
    let ahead = json!({"message_type": "CRITICAL", "entity_id": "disk", "timestamp": 1_895_422_000});
    assert_eq!(only(read(victorops::read, &ahead)).started_at, now(), "a clock that runs ahead begins now");
}

#[test]
fn an_alert_without_an_id_goes_by_its_name() {
    let named = |word: &str| only(read(victorops::read, &json!({"message_type": word, "entity_display_name": "Disk on db9"}))).key;
    assert_eq!((named("CRITICAL").as_str(), named("RECOVERY").as_str()), ("Disk on db9", "Disk on db9"));
    assert_eq!(only(read(victorops::read, &json!({"message_type": "CRITICAL"}))).key.len(), 32, "and at last by its bytes");
}
