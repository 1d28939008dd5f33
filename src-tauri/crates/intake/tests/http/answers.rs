//! What is taken, and how it is answered.

use crate::client::{ask, post, request};
use crate::ledger::{Fake, NOW, OTHER_TOKEN, TOKEN};
use domain::SourceName;
use domain::alerts::SignalState;
use serde_json::{Value, json};

fn sample(path: &str) -> String {
    let file = format!("{}/../../../tests/fixtures/payloads/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
    serde_json::from_str::<Value>(&text).expect("a fixture is JSON")["body"].to_string()
}

#[tokio::test]
async fn a_webhook_is_taken_however_the_token_is_sent() {
    let (ledger, body) = (Fake::new(), sample("alertmanager/firing-two-alerts.am0.25.json"));
    let listener = ledger.open().await;
    let bearer = format!("Authorization: Bearer {TOKEN}");
    // "muster:<token>" and "<token>:" in base 64.
    let password = "Authorization: Basic bXVzdGVyOmFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6MjM0NTY3";
    let user = "Authorization: Basic YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXoyMzQ1Njc6";
    let ways: [(String, Vec<&str>); 5] = [
        (format!("/hooks/alertmanager/{TOKEN}"), vec![]),
        ("/hooks/alertmanager".into(), vec![&bearer]),
        ("/hooks/alertmanager/".into(), vec![&bearer]),
        ("/hooks/alertmanager".into(), vec![password]),
        ("/hooks/alertmanager".into(), vec![user]),
    ];
    for (path, headers) in &ways {
        let answer = ask(listener.address(), request("POST", path, headers, &body)).await;
        assert_eq!((answer.status, answer.json()), (200, json!({"accepted": 2})), "{path} {headers:?}");
    }
    let batches = ledger.batches.lock().unwrap();
    assert_eq!(batches.len(), ways.len(), "each is on disk");
    for (source, batch) in batches.iter() {
        assert_eq!((source, batch.signals.len(), batch.received_at), (&SourceName("eu".into()), 2, NOW));
    }
}

#[tokio::test]
async fn a_push_is_taken_by_prefix_and_by_header() {
    let (ledger, body) = (Fake::new(), sample("alertmanager-api-v2/prometheus-2.42-firing.json"));
    let listener = ledger.open().await;
    let bearer = format!("Authorization: Bearer {OTHER_TOKEN}");
    for (path, headers) in [(format!("/am/{TOKEN}/api/v2/alerts"), vec![]), ("/api/v2/alerts".to_owned(), vec![bearer.as_str()])] {
        let answer = ask(listener.address(), request("POST", &path, &headers, &body)).await;
        assert_eq!((answer.status, answer.body.as_str(), answer.header("content-length")), (200, "", Some("0")), "as the real one");
    }
    let saved = ledger.saved();
    assert_eq!(saved, [("eu".to_owned(), "Flapping".to_owned()), ("us".to_owned(), "Flapping".to_owned())], "each under its own source");
    let batches = ledger.batches.lock().unwrap();
    assert!(matches!(batches[0].1.signals[0].state, SignalState::Resolved { .. }), "by the clock that was passed in");
}

#[tokio::test]
async fn an_empty_list_is_heard() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let answer = ask(listener.address(), post(&format!("/am/{TOKEN}/api/v2/alerts"), "[]")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(ledger.batches.lock().unwrap().len(), 1, "a sign of life reaches the ledger");
}

#[tokio::test]
async fn bad_alerts_of_a_webhook_are_kept_and_the_others_taken() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let path = format!("/hooks/alertmanager/{TOKEN}");
    let good = r#"{"labels":{"alertname":"Good"}}"#;
    let answer = ask(listener.address(), post(&path, &format!(r#"{{"alerts":[{good},{{"labels":5}},{good}]}}"#))).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!((&answer.json()["accepted"], &answer.json()["refused"][0]["index"]), (&json!(2), &json!(1)));
    {
        let batches = ledger.batches.lock().unwrap();
        assert_eq!((batches[0].1.signals.len(), batches[0].1.refused[0].raw.as_slice()), (2, br#"{"labels":5}"#.as_slice()));
    }

    let answer = ask(listener.address(), post(&path, r#"{"alerts":[{"labels":5},7]}"#)).await;
    assert_eq!((answer.status, answer.fault().as_str()), (400, "unreadable"), "where none is good, the sender hears of it");
    assert_eq!(ledger.batches.lock().unwrap()[1].1.refused.len(), 2, "and they are kept");
}

#[tokio::test]
async fn bad_alerts_of_a_push_are_answered_as_the_real_one_does() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let path = format!("/am/{TOKEN}/api/v2/alerts");
    let answer = ask(listener.address(), post(&path, r#"[{"labels":{}}]"#)).await;
    assert_eq!((answer.status, answer.body.as_str()), (400, r#""at least one label pair required""#));
    let mixed = r#"[{"labels":{"alertname":"Good"}},{"labels":{}},{"labels":{"a":"1"},"startsAt":"2026-01-02T00:00:00Z","endsAt":"2026-01-01T00:00:00Z"}]"#;
    let answer = ask(listener.address(), post(&path, mixed)).await;
    assert_eq!(answer.body, r#""at least one label pair required; start time must be before end time""#);
    assert_eq!(ledger.saved(), [("eu".to_owned(), "Good".to_owned())], "the good one is on disk all the same");
}

#[tokio::test]
async fn a_body_that_does_not_read_is_kept() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let answer = ask(listener.address(), post(&format!("/hooks/alertmanager/{TOKEN}"), "payload=[1]")).await;
    assert_eq!((answer.status, answer.fault().as_str()), (400, "unreadable"));
    let answer = ask(listener.address(), post(&format!("/am/{TOKEN}/api/v2/alerts"), r#"{"labels":{}}"#)).await;
    assert_eq!((answer.status, &answer.json()["code"]), (400, &json!(400)), "in the real one's shape");
    assert!(answer.json()["message"].as_str().is_some_and(|message| message.starts_with("parsing alerts body")), "{answer:?}");
    let kept = ledger.unreadable.lock().unwrap();
    let raws: Vec<&[u8]> = kept.iter().map(|(_, _, raw)| raw.as_slice()).collect();
    assert_eq!(raws, [b"payload=[1]".as_slice(), br#"{"labels":{}}"#]);
}

#[tokio::test]
async fn bodies_come_in_chunks_and_large_ones_whole() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let path = format!("/am/{TOKEN}/api/v2/alerts");
    let chunked = "6\r\n[{\"lab\r\n1c;x=y\r\nels\":{\"alertname\":\"Chunked\"}\r\n2\r\n}]\r\n0\r\nTrailer: x\r\n\r\n";
    let head = request("POST", &path, &["Transfer-Encoding: chunked"], "");
    let answer = ask(listener.address(), format!("{head}{chunked}")).await;
    assert_eq!(answer.status, 200, "{answer:?}");

    let long = "x".repeat(1024 * 1024 - 100);
    let body = format!(r#"[{{"labels":{{"alertname":"Large"}},"annotations":{{"summary":"{long}"}}}}]"#);
    assert_eq!(ask(listener.address(), post(&path, &body)).await.status, 200, "just below the limit");
    assert_eq!(ledger.saved().iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["Chunked", "Large"]);
}

#[tokio::test]
async fn every_sample_is_taken() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let samples = [
        ("alertmanager/firing.am0.25.json", "/hooks/alertmanager/"),
        ("alertmanager/resolved.am0.25.json", "/hooks/alertmanager/"),
        ("alertmanager-api-v2/amtool-0.25-alert-add.json", "/am/"),
        ("alertmanager-api-v2/prometheus-2.42-resolved.json", "/am/"),
    ];
    for (file, prefix) in samples {
        let path = if prefix == "/am/" { format!("/am/{TOKEN}/api/v2/alerts") } else { format!("{prefix}{TOKEN}") };
        assert_eq!(ask(listener.address(), post(&path, &sample(file))).await.status, 200, "{file}");
    }
    assert_eq!(ledger.saved().len(), samples.len());
}
