//! Answers of APIs that are asked.

use super::{FIRING, at, file, now};
use domain::alerts::SignalState;
use domain::{AlertSeverity, ServiceName};
use formats::api_alerts::{INHIBITED_BY, MUTED_BY, SILENCED_BY, alertmanager, ended, grafana, incidents, more, prometheus};
use formats::{alertmanager as hooks, fingerprint};
use serde_json::json;
use std::collections::BTreeSet;

#[test]
fn an_alertmanager_lists_what_fires() {
    let body = file("alertmanager-api-v2/alertmanager-0.25-alerts.json");
    let parsed = alertmanager(&body, now()).expect("it reads");
    assert_eq!(parsed.refused, vec![]);
    let [disk, latency, cluster, pod] = parsed.signals.as_slice() else { panic!("four alerts") };
    assert_eq!((disk.key.as_str(), disk.severity, &disk.state), ("1312616c868ca8b3", AlertSeverity::Critical, &FIRING));
    assert_eq!(disk.started_at, at("2026-11-23T08:34:58.911Z"));
    assert_eq!((disk.title.as_str(), disk.group_title.as_str()), ("Disk 97% on db9", "DiskFull · checkout"));
    assert_eq!((disk.service.clone(), disk.link.as_deref()), (ServiceName::parse("checkout"), Some("http://prom.example:9090/graph")));
    assert_eq!(disk.annotations.keys().collect::<Vec<_>>(), ["summary"], "nobody keeps it quiet");

    assert_eq!(latency.state, FIRING, "silenced there, it fires all the same");
    assert_eq!(latency.annotations[SILENCED_BY], "388b79d4-f388-464a-96d4-e565a1a7e8bc");
    assert_eq!(pod.annotations[INHIBITED_BY], cluster.key, "the alert that stands for it");
    assert_eq!(grafana(&body, now()), Ok(parsed.clone()), "Grafana's own answers in the same shape");
    let muted = json!([{"labels": {"a": "1"}, "status": {"state": "suppressed", "mutedBy": ["night", "weekend"], "silencedBy": []}}]);
    let muted = alertmanager(muted.to_string().as_bytes(), now()).expect("it reads");
    assert_eq!(muted.signals[0].annotations[MUTED_BY], "night, weekend");
}

#[test]
fn what_is_listed_fires_whatever_end_it_names() {
    let listed = json!([{"labels": {"alertname": "X"}, "startsAt": "2026-11-23T08:00:00Z", "endsAt": "2026-11-23T08:01:00Z"}]);
    let signal = &alertmanager(listed.to_string().as_bytes(), now()).expect("it reads").signals[0];
    assert_eq!(signal.state, FIRING, "clocks differ; what ended is not listed");
    let pushed = hooks::push(listed.to_string().as_bytes(), now()).expect("it reads");
    assert_eq!((&signal.key, &signal.episode), (&pushed.signals[0].key, &pushed.signals[0].episode), "asked or sent, it is one alert");
}

#[test]
fn a_prometheus_lists_what_its_rules_find() {
    let parsed = prometheus(&file("prometheus-http-api/alerts.json"), now()).expect("it reads");
    let [signal] = parsed.signals.as_slice() else { panic!("one alert") };
    assert_eq!(signal.key, fingerprint([("alertname", "Flapping"), ("severity", "warning")]));
    assert_eq!((signal.episode.as_str(), &signal.state), ("2026-11-23T08:42:00.13948968Z", &FIRING));
    assert_eq!((signal.severity, signal.title.as_str()), (AlertSeverity::Warning, "Flap 19.138999938964844"));
    assert_eq!(signal.annotations["value"], "1.9138999938964844e+01");
    assert_eq!(signal.annotations["runbook_url"], "https://runbooks.example/flap");
    let states = ["pending", "firing", "inactive"].map(|state| json!({"labels": {"alertname": state}, "state": state}));
    let parsed = prometheus(json!({"data": {"alerts": states}}).to_string().as_bytes(), now()).expect("it reads");
    assert_eq!(
        parsed.signals.iter().map(|signal| signal.labels["alertname"].as_str()).collect::<Vec<_>>(),
        ["firing"],
        "pending is not yet"
    );
}

#[test]
fn pagerduty_lists_incidents() {
    let body = file("pagerduty-rest/incidents.example.json");
    let parsed = incidents(&body, now()).expect("it reads");
    assert_eq!(parsed.refused, vec![]);
    let [checkout, search, looked_at, mail] = parsed.signals.as_slice() else { panic!("three incidents, one told twice") };
    assert_eq!((checkout.key.as_str(), checkout.episode.as_str()), ("PT4KHLK", "2026-11-23T08:20:10Z"));
    assert_eq!((&checkout.state, checkout.severity, checkout.started_at), (&FIRING, AlertSeverity::Critical, at("2026-11-23T08:20:10Z")));
    assert_eq!((checkout.title.as_str(), checkout.service.clone()), ("Checkout answers 502", Some(ServiceName("checkout-api".into()))));
    for (label, value) in [
        ("incident_number", "1234"),
        ("urgency", "high"),
        ("priority", "P1"),
        ("service", "Checkout API"),
        ("escalation_policy", "Payments, around the clock"),
    ] {
        assert_eq!(checkout.labels[label], value, "{label}");
    }
    assert_eq!((checkout.annotations["assigned_to"].as_str(), checkout.annotations["incident_key"].as_str()), ("Mei Chen", "checkout/502"));
    assert_eq!(checkout.link.as_deref(), Some("https://acme.pagerduty.example/incidents/PT4KHLK"));

    assert_eq!((search.key.as_str(), &search.state, search.severity), ("PQ2ABCD", &FIRING, AlertSeverity::Info), "low urgency");
    assert_eq!(looked_at.state, SignalState::Acknowledged { by: Some("Ravi Menon".into()) }, "after it fired: it may be news");
    assert_eq!(looked_at.key, search.key);
    assert_eq!((mail.key.as_str(), &mail.state), ("PZ9OVER", &SignalState::Resolved { ended_at: at("2026-11-23T08:10:00Z") }));
    assert!(!more(&body) && more(br#"{"incidents": [], "more": true}"#) && !more(b"xx"));
}

#[test]
fn one_bad_item_costs_no_other() {
    let list = r#"[{"labels":{"alertname":"A"}},7,{"labels":{}},{"labels":{"alertname":"B"},"status":"odd"}]"#;
    let parsed = alertmanager(list.as_bytes(), now()).expect("it reads");
    assert_eq!((parsed.signals.len(), parsed.refused.iter().map(|refused| refused.index).collect::<Vec<_>>()), (2, vec![1, 2]));
    let parsed = prometheus(format!(r#"{{"data":{{"alerts":{list}}}}}"#).as_bytes(), now()).expect("it reads");
    assert_eq!((parsed.signals.len(), parsed.refused.len()), (2, 2));
    let half = r#"{"incidents":[{"id":"A","status":"triggered"},{"id":"B","status":"triggered","title":"\ud800"}]}"#;
    let parsed = incidents(half.as_bytes(), now()).expect("it reads");
    assert_eq!((parsed.signals.len(), parsed.refused[0].index), (1, 1), "half a character is no text");
    let list = r#"{"incidents":[{"id":"A","status":"triggered"},7,{"status":"triggered"},{"id":"B","status":"odd"}]}"#;
    let parsed = incidents(list.as_bytes(), now()).expect("it reads");
    let reasons: Vec<&str> = parsed.refused.iter().map(|refused| refused.reason.as_str()).collect();
    assert_eq!(parsed.signals.len(), 1);
    assert!(reasons[0].contains("does not read") && reasons[1].contains("`id`") && reasons[2].contains("\"odd\""), "{reasons:?}");
}

#[test]
fn an_answer_that_is_none() {
    let why = |answer: Result<formats::Parsed, formats::Unreadable>| answer.expect_err("it is no list").reason;
    assert_eq!(why(alertmanager(br#"{"message": "Unauthorized"}"#, now())), "The answer is no list of alerts but says: Unauthorized.");
    assert!(why(grafana(b"<html>", now())).contains("ask for /api/v2/alerts"));
    assert!(why(alertmanager(b"[{]", now())).contains("is not JSON"));
    assert!(
        why(prometheus(&file("prometheus-http-api/error-bad_data.json"), now()))
            .starts_with("Prometheus answers with an error: invalid parameter")
    );
    assert!(why(prometheus(b"{}", now())).contains("ask for /api/v1/alerts"));
    assert_eq!(
        why(incidents(br#"{"error": {"message": "Invalid token", "code": 2006}}"#, now())),
        "PagerDuty answers with an error: Invalid token."
    );
    assert!(why(incidents(b"{}", now())).contains("ask for /incidents"));
    assert!(why(incidents(b"", now())).contains("is not JSON"));
}

#[test]
fn what_is_listed_no_more_has_ended_if_all_was_read() {
    let before: BTreeSet<String> = ["PT4KHLK", "PGONE"].map(str::to_owned).into();
    let mut answer = incidents(&file("pagerduty-rest/incidents.example.json"), now()).expect("it reads");
    assert_eq!(ended(&before, &answer), ["PGONE"]);
    answer.refused.push(formats::Refused { index: 9, reason: "odd".into(), raw: vec![] });
    assert_eq!(ended(&before, &answer), Vec::<&str>::new(), "it may be the one that did not read");
}
