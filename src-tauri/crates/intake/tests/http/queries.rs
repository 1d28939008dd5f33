//! What may be asked.

use crate::client::{ask, post, request};
use crate::ledger::{Fake, NOW, TOKEN};
use intake::{ApiAlert, IngestFailure};
use serde_json::json;

fn get(path: &str) -> String {
    request("GET", path, &[], "")
}

#[tokio::test]
async fn status_is_what_amtool_expects() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let bearer = format!("Authorization: Bearer {TOKEN}");
    for request in [get(&format!("/am/{TOKEN}/api/v2/status")), request("GET", "/api/v2/status", &[&bearer], "")] {
        let status = ask(listener.address(), request).await.json();
        assert_eq!(status["cluster"], json!({"status": "disabled", "peers": []}));
        assert_eq!(status["uptime"], json!(NOW));
        assert!(status["config"]["original"].is_string() && status["versionInfo"]["version"].is_string(), "{status}");
    }
    assert_eq!(ask(listener.address(), get("/api/v2/status")).await.status, 401);
}

#[tokio::test]
async fn firing_alerts_are_listed_and_filtered() {
    let ledger = Fake::new();
    let alert = |name: &str| ApiAlert {
        key: "a01104089d974217".into(),
        labels: [("alertname".to_owned(), name.to_owned())].into(),
        annotations: [].into(),
        started_at: NOW,
        ends_at: None,
        heard_at: NOW,
        link: Some("http://prom.example/".into()),
    };
    *ledger.firing.lock().unwrap() = vec![alert("Disk"), alert("Net")];
    let listener = ledger.open().await;
    let path = format!("/am/{TOKEN}/api/v2/alerts");
    let listed = ask(listener.address(), get(&path)).await.json();
    assert_eq!(
        listed[0],
        json!({
            "annotations": {}, "endsAt": NOW.plus_secs(300), "fingerprint": "a01104089d974217", "receivers": [{"name": "eu"}],
            "startsAt": NOW, "status": {"inhibitedBy": [], "silencedBy": [], "state": "active"}, "updatedAt": NOW,
            "generatorURL": "http://prom.example/", "labels": {"alertname": "Disk"},
        })
    );
    for (query, count) in [
        ("", 2),
        ("?filter=alertname%3D%22Net%22", 1),
        ("?filter=alertname!%3DNet&filter=alertname!=Disk", 0),
        ("?active=false", 0),
        ("?active=true&silenced=false", 2),
    ] {
        let listed = ask(listener.address(), get(&format!("{path}{query}"))).await.json();
        assert_eq!(listed.as_array().map(Vec::len), Some(count), "{query}");
    }
    let answer = ask(listener.address(), get(&format!("{path}?filter=((("))).await;
    assert_eq!((answer.status, answer.body.as_str()), (400, r#""bad matcher format: (((""#), "as the real one");
    assert_eq!(ask(listener.address(), get("/api/v2/alerts")).await.status, 401);
}

#[tokio::test]
async fn life_and_readiness() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let paths =
        ["/-/healthy".to_owned(), "/-/ready".into(), "/healthz".into(), format!("/am/{TOKEN}/-/healthy"), format!("/am/{TOKEN}/-/ready")];
    for path in &paths {
        let answer = ask(listener.address(), get(path)).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "OK"), "{path}");
    }
    for path in ["/am/wrong/-/healthy", "/am/wrong/-/ready", "/am/wrong/api/v2/status"] {
        assert_eq!(ask(listener.address(), get(path)).await.status, 401, "{path}: an address can be tried");
    }
    ledger.fail(IngestFailure::NotSaved("The disk is full.".into()));
    let answer = ask(listener.address(), get("/-/ready")).await;
    assert_eq!((answer.status, answer.fault().as_str()), (503, "not_saved"), "what is sent now would not be saved");
    assert_eq!(ask(listener.address(), get("/healthz")).await.status, 200, "yet it lives");
}

#[tokio::test]
async fn metrics_count_and_hold_no_token() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let path = format!("/am/{TOKEN}/api/v2/alerts");
    ask(listener.address(), post(&path, r#"[{"labels":{"alertname":"a"}},{"labels":{}}]"#)).await;
    ask(listener.address(), post(&path, "nonsense")).await;
    ask(listener.address(), post("/hooks/alertmanager/wrong", "{}")).await;
    ledger.fail(IngestFailure::Overloaded);
    ask(listener.address(), post(&path, "[]")).await;
    let answer = ask(listener.address(), get("/metrics")).await;
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    for line in [
        r#"muster_http_requests_total{route="/api/v2/alerts",status="400"} 2"#,
        r#"muster_http_requests_total{route="/hooks/alertmanager",status="401"} 1"#,
        r#"muster_http_requests_total{route="/api/v2/alerts",status="503"} 1"#,
        "muster_alerts_accepted_total 1",
        "muster_alerts_refused_total 1",
        "muster_bodies_unreadable_total 1",
        "muster_intake_queue_full_total 1",
        "# TYPE muster_http_connections gauge",
    ] {
        assert!(answer.body.lines().any(|found| found == line), "{line} in {}", answer.body);
    }
    assert!(!answer.body.contains(TOKEN), "no token");
}
