//! PagerDuty's Events API v2, as its clients speak it.

use crate::client::{Client, ask, post};
use crate::ledger::{Fake, token_of};
use crate::samples::sample;
use domain::alerts::SignalState;
use domain::home::SourceKind::{Json, PagerDuty};
use intake::{IngestFailure, Limits};
use serde_json::{Value, json};

fn event(file: &str) -> String {
    let mut event: Value = serde_json::from_str(&sample(&format!("pagerduty-events-v2/{file}.json"))).expect("JSON");
    event["routing_key"] = token_of(PagerDuty).into();
    event.to_string()
}

#[tokio::test]
async fn clients_trigger_acknowledge_and_resolve() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    for client in ["pdpyras-5.4.1", "python-pagerduty-7.2.0"] {
        for action in ["trigger", "acknowledge", "resolve"] {
            let answer = ask(listener.address(), post("/v2/enqueue", &event(&format!("{client}-{action}")))).await;
            let said = answer.json();
            assert_eq!((answer.status, &said["status"], &said["message"]), (202, &json!("success"), &json!("Event processed")));
            assert!(said["dedup_key"].is_string(), "{client} reads it");
        }
    }
    let saved = ledger.of(PagerDuty);
    let states: Vec<&SignalState> = saved.iter().map(|batch| &batch.signals[0].state).collect();
    assert!(
        matches!(states[..3], [SignalState::Firing { .. }, SignalState::Acknowledged { .. }, SignalState::Resolved { .. }]),
        "{states:?}"
    );
    assert_eq!(saved[0].signals[0].key, saved[2].signals[0].key, "one alert");
}

#[tokio::test]
async fn a_change_is_context() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let answer = ask(listener.address(), post("/v2/change/enqueue", &event("pdpyras-5.4.1-change"))).await;
    assert_eq!((answer.status, answer.json()), (202, json!({"status": "success", "message": "Change event processed"})));
    assert_eq!((ledger.of(PagerDuty)[0].signals.len(), ledger.of(PagerDuty)[0].changes.len()), (0, 1));
}

#[tokio::test]
async fn faults_are_in_pagerdutys_words() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let other_kind = json!({"routing_key": token_of(Json), "event_action": "resolve", "dedup_key": "x"}).to_string();
    let key = token_of(PagerDuty);
    for (body, error) in [
        (r#"{"event_action":"trigger"}"#.to_owned(), "'routing_key' is missing"),
        (r#"{"routing_key":"short"}"#.to_owned(), "Length of 'routing_key'"),
        (json!({"routing_key": "x".repeat(32), "event_action": "resolve", "dedup_key": "x"}).to_string(), "Invalid routing key"),
        (other_kind, "Plain JSON"),
        (json!({"routing_key": key, "event_action": "trigger", "payload": {"source": "a"}}).to_string(), "summary"),
        ("nonsense".to_owned(), "not an event"),
    ] {
        let answer = ask(listener.address(), post("/v2/enqueue", &body)).await;
        let said = answer.json();
        assert_eq!(
            (answer.status, &said["status"], &said["message"]),
            (400, &json!("invalid event"), &json!("Event object is invalid")),
            "{body}"
        );
        assert!(said["errors"][0].as_str().is_some_and(|text| text.contains(error)), "{body}: {said}");
    }
    assert!(ledger.batches.lock().unwrap().is_empty());
    assert_eq!(ledger.unreadable.lock().unwrap().len(), 1, "what came with a known key is kept with its source, a stranger's is not");
}

#[tokio::test]
async fn too_long_too_fast_and_not_saved() {
    let ledger = Fake::new();
    let listener = ledger.open_with(Limits { room: 40, ..Limits::default() }).await;
    let long = json!({"routing_key": token_of(PagerDuty), "x": "x".repeat(513 * 1024)}).to_string();
    assert_eq!(ask(listener.address(), post("/v2/enqueue", &long)).await.status, 413, "512 KiB, as at PagerDuty");

    ledger.fail(IngestFailure::NotSaved("The disk is full.".into()));
    assert_eq!(ask(listener.address(), post("/v2/enqueue", &event("pdpyras-5.4.1-trigger"))).await.status, 503);
    *ledger.failure.lock().unwrap() = None;

    ledger.hold();
    let mut storm = vec![];
    for number in 0..20 {
        let mut client = Client::connect(listener.address()).await;
        client.write(post("/v2/enqueue", &event("pdpyras-5.4.1-trigger"))).await;
        ledger.until_waiting(number + 1).await;
        storm.push(client);
    }
    let answer = ask(listener.address(), post("/v2/enqueue", &event("pdpyras-5.4.1-trigger"))).await;
    assert_eq!((answer.status, answer.header("retry-after").is_some()), (429, true), "its clients wait and try again");
    assert!(answer.json()["errors"].is_array(), "{answer:?}");
    let answer = ask(listener.address(), post("/hooks/json/wrong", "{}")).await;
    assert_eq!(answer.status, 401, "others are not slowed down");
    ledger.release(20);
}
