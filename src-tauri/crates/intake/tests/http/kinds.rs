//! `/hooks/<kind>/<token>`: every kind is taken as its tool sends it, and answered as the tool understands.

use crate::client::{ask, post, request};
use crate::ledger::{Fake, token_of};
use crate::samples::sample;
use domain::alerts::SignalState;
use domain::home::SourceKind::{self, *};
use intake::Limits;
use serde_json::json;

fn address(kind: SourceKind) -> String {
    format!("/hooks/{}/{}", kind.wire(), token_of(kind))
}

/// What tools send, one that fires and, where there is one, the same one over.
const SENT: [(SourceKind, &str, Option<&str>); 12] = [
    (Grafana, "grafana/alert_v11_firing.json", None),
    (VictorOps, "victorops/alertmanager-0.25-firing.json", Some("victorops/alertmanager-0.25-resolved.json")),
    (Slack, "slack/alertmanager-0.25-firing.json", Some("slack/alertmanager-0.25-resolved.json")),
    (Sentry, "sentry/metric_alert_critical.json", Some("sentry/metric_alert_resolved.json")),
    (UptimeKuma, "uptime-kuma/webhook-down.json", None),
    (Healthchecks, "healthchecks/check_json_down.derived.json", None),
    (Azure, "azure/metric_fired.json", Some("azure/metric_resolved.json")),
    (Gcp, "gcp/incident_open.json", Some("gcp/incident_closed.json")),
    (NewRelic, "new-relic/incident_activated_default.json", None),
    (Zabbix, "zabbix/problem.json", Some("zabbix/recovery.json")),
    (Email, "email/alertmanager-0.25-firing.eml", Some("email/alertmanager-0.25-resolved.eml")),
    (Nagios, "nagios/service-problem.env", None),
];

#[tokio::test]
async fn what_a_tool_sends_is_taken_and_its_end_too() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    for (kind, fires, over) in SENT {
        let answer = ask(listener.address(), post(&address(kind), &sample(fires))).await;
        assert_eq!(answer.status, 200, "{kind:?}: {answer:?}");
        let fired = ledger.of(kind)[0].signals.first().cloned().unwrap_or_else(|| panic!("{kind:?} says something"));
        assert!(!matches!(fired.state, SignalState::Resolved { .. }), "{kind:?}: {fired:?}");
        let again = ask(listener.address(), post(&address(kind), &sample(fires))).await;
        assert_eq!((again.status, &ledger.of(kind)[1].signals[0].key), (200, &fired.key), "{kind:?}: the same again is the same alert");
        let Some(over) = over else { continue };
        assert_eq!(ask(listener.address(), post(&address(kind), &sample(over))).await.status, 200, "{kind:?}");
        let ended = &ledger.of(kind)[2].signals[0];
        assert!(matches!(ended.state, SignalState::Resolved { .. }) && ended.key == fired.key, "{kind:?}: {ended:?}");
    }
}

/// Datadog sends what it is told to: the template of the set-up lines, filled in.
#[tokio::test]
async fn datadog_sends_the_template_that_it_is_given() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    for (transition, fires) in [("Triggered", true), ("Recovered", false)] {
        let filled = sample("datadog/recommended_template.json")
            .replace("$ALERT_TRANSITION", transition)
            .replace("$ALERT_CYCLE_KEY", "8412")
            .replace("$AGGREG_KEY", "monitor-7")
            .replace("$EVENT_TITLE", "Disk full on db1");
        assert_eq!(ask(listener.address(), post(&address(Datadog), &filled)).await.status, 200);
        let batches = ledger.of(Datadog);
        let signal = &batches.last().expect("it is on disk").signals[0];
        assert_eq!(matches!(signal.state, SignalState::Firing { .. }), fires, "{signal:?}");
        assert_eq!(signal.key, batches[0].signals[0].key, "one alert");
    }
}

#[tokio::test]
async fn a_stranger_is_refused_whatever_the_kind() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    for (kind, fires, _) in SENT {
        let path = format!("/hooks/{}/wrong", kind.wire());
        let answer = ask(listener.address(), post(&path, &sample(fires))).await;
        assert_eq!((answer.status, answer.fault().as_str()), (401, "unauthorized"), "{kind:?}");
        let bare = ask(listener.address(), post(&format!("/hooks/{}", kind.wire()), "{}")).await;
        assert_eq!(bare.status, 401, "{kind:?}: no token at all");
    }
    assert!(ledger.batches.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_token_may_come_in_a_header() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let bearer = format!("Authorization: Bearer {}", token_of(Json));
    for path in ["/hooks/json", "/hooks/json/"] {
        let answer = ask(listener.address(), request("POST", path, &[&bearer], r#"{"title":"Disk full"}"#)).await;
        assert_eq!((answer.status, answer.json()), (200, json!({"accepted": 1})), "{path}");
    }
}

#[tokio::test]
async fn a_token_of_another_kind_is_told_so() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let answer = ask(listener.address(), post(&format!("/hooks/json/{}", token_of(Sentry)), r#"{"title":"x"}"#)).await;
    assert_eq!((answer.status, answer.fault().as_str()), (401, "unauthorized"));
    let message = answer.json()["error"]["message"].as_str().unwrap_or_default().to_owned();
    assert!(message.contains("Sentry") && message.contains("Plain JSON"), "{message}");
    let answer = ask(listener.address(), post(&format!("/am/{}/api/v2/alerts", token_of(Json)), "[]")).await;
    assert_eq!(answer.status, 401, "nor does it open Alertmanager's API");
    assert!(ledger.batches.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_does_not_read_is_kept_and_answered_with_a_sentence() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let kinds = [Grafana, VictorOps, Datadog, Sentry, Github, UptimeKuma, Healthchecks, CloudEvents, Azure, Gcp, NewRelic, Zabbix, Mapped];
    for (number, kind) in kinds.into_iter().enumerate() {
        let answer = ask(listener.address(), post(&address(kind), "\u{1}nonsense")).await;
        assert_eq!((answer.status, answer.fault().as_str()), (400, "unreadable"), "{kind:?}");
        let kept = ledger.unreadable.lock().unwrap();
        assert_eq!((kept.len(), kept[number].2.as_slice()), (number + 1, "\u{1}nonsense".as_bytes()), "{kind:?}");
    }
    let answer = ask(listener.address(), post(&address(Slack), "{")).await;
    assert_eq!((answer.status, answer.body.as_str()), (400, "invalid_payload"), "as Slack says it");
    let answer = ask(listener.address(), post(&address(Slack), "{}")).await;
    assert_eq!((answer.status, answer.body.as_str()), (400, "no_text"));
}

#[tokio::test]
async fn answers_that_tools_look_at() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let answer = ask(listener.address(), post(&address(Slack), r#"{"text":"Disk full"}"#)).await;
    assert_eq!((answer.status, answer.body.as_str(), answer.header("content-type")), (200, "ok", Some("text/plain; charset=utf-8")));

    let path = format!("/integrations/generic/20131114/alert/{}/team-a", token_of(VictorOps));
    let answer = ask(listener.address(), post(&path, &sample("victorops/alertmanager-0.25-firing.json"))).await;
    let saved = &ledger.of(VictorOps)[0].signals[0];
    assert_eq!((answer.status, answer.json()), (200, json!({"result": "success", "entity_id": saved.key})));
    assert_eq!(saved.labels["routing_key"], "team-a", "what follows the key is kept");
    assert_eq!(ask(listener.address(), post("/integrations/generic/20131114/alert/wrong/a", "{}")).await.status, 401);
    assert_eq!(ask(listener.address(), post(&path, "[]")).await.status, 400);

    let hook = request("POST", &address(Github), &["X-GitHub-Event: ping"], &sample("github/ping.json"));
    assert_eq!(ask(listener.address(), hook).await.status, 200);
    let hook = request("POST", &address(Github), &["X-GitHub-Event: deployment_status"], &sample("github/deployment_status_failure.json"));
    assert_eq!(ask(listener.address(), hook).await.status, 200);
    let batches = ledger.of(Github);
    assert!(batches.iter().all(|batch| batch.signals.is_empty()), "GitHub is context, never an alarm");
    assert_eq!(batches[1].changes.len(), 1);
}

#[tokio::test]
async fn methods_are_those_of_the_tool() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let grafana = sample("grafana/alert_v11_firing.json");
    assert_eq!(ask(listener.address(), request("PUT", &address(Grafana), &[], &grafana)).await.status, 200);
    let kuma = format!("{}?msg=Disk%20full&heartbeat=&monitor=", address(UptimeKuma));
    assert_eq!(ask(listener.address(), request("GET", &kuma, &[], "")).await.status, 200);
    assert_eq!(ledger.of(UptimeKuma)[0].signals[0].title, "Disk full");
    for (method, kind, allowed) in
        [("GET", Json, "POST"), ("PUT", Sentry, "POST"), ("DELETE", Grafana, "POST, PUT"), ("PUT", UptimeKuma, "POST, GET")]
    {
        let answer = ask(listener.address(), request(method, &address(kind), &[], "")).await;
        assert_eq!((answer.status, answer.header("allow")), (405, Some(allowed)), "{method} {kind:?}");
    }
}

#[tokio::test]
async fn kinds_that_nothing_sends_have_no_address() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    for kind in [AlertmanagerPull, JsonPull, HttpProbe, TcpProbe, Heartbeat, Report] {
        let answer = ask(listener.address(), post(&format!("/hooks/{}/{}", kind.wire(), token_of(kind)), "{}")).await;
        assert_eq!((answer.status, answer.fault().as_str()), (404, "not_found"), "{kind:?}");
    }
    let odd = format!("/hooks/JSON/{}", token_of(Json));
    assert_eq!(ask(listener.address(), post(&odd, r#"{"title":"x"}"#)).await.status, 404, "an address has one spelling");
}

#[tokio::test]
async fn cloudevents_ask_before_they_send() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let asks = request("OPTIONS", &address(CloudEvents), &["WebHook-Request-Origin: events.example"], "");
    let answer = ask(listener.address(), asks).await;
    assert_eq!(
        (answer.status, answer.header("webhook-allowed-origin"), answer.header("allow")),
        (200, Some("events.example"), Some("POST"))
    );
    let asks = request("OPTIONS", "/hooks/cloudevents/wrong", &["WebHook-Request-Origin: events.example"], "");
    assert_eq!(ask(listener.address(), asks).await.status, 401, "not without the token");
    let structured =
        request("POST", &address(CloudEvents), &["Content-Type: application/cloudevents+json"], &sample("cloudevents/structured.json"));
    assert_eq!(ask(listener.address(), structured).await.status, 200);
}

/// A storm of one token: 503 to senders that try again after 5xx only, 429 to the others, who may slow down.
#[tokio::test]
async fn a_flood_is_told_to_slow_down_in_its_own_terms() {
    let titled = r#"{"title":"x","text":"x"}"#;
    for (kind, status) in
        [(Grafana, 503), (VictorOps, 503), (Slack, 503), (Datadog, 503), (Json, 429), (Sentry, 429), (Github, 429), (Zabbix, 429)]
    {
        let ledger = Fake::new();
        let listener = ledger.open_with(Limits { room: 2, ..Limits::default() }).await;
        ledger.hold();
        let mut first = crate::client::Client::connect(listener.address()).await;
        first.write(post(&address(Json), titled)).await;
        ledger.until_waiting(1).await;
        let mut of_kind = crate::client::Client::connect(listener.address()).await;
        if kind != Json {
            of_kind.write(post(&address(Nagios), "NOTIFICATIONTYPE=PROBLEM\nHOSTNAME=a\nHOSTSTATE=DOWN")).await;
            ledger.until_waiting(2).await;
        }
        let answer = ask(listener.address(), post(&address(kind), titled)).await;
        assert_eq!((answer.status, answer.fault().as_str()), (status, "overloaded"), "{kind:?}");
        assert!(answer.header("retry-after").is_some(), "{kind:?}");
        ledger.release(2);
    }
}
