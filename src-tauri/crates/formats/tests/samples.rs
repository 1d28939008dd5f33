//! Bodies captured from real senders, and bad ones.

use domain::alerts::{BATCH_LIMIT, Signal, SignalState, VALUE_LIMIT};
use domain::{AlertSeverity, ServiceName, Timestamp};
use formats::alertmanager::{ENDS_BEFORE_IT_STARTS, NO_LABELS, push, webhook};
use formats::{Parsed, RAW_LIMIT, REFUSED_LIMIT, fingerprint};
use serde_json::{Value, json};

/// The body of a captured request.
fn sample(path: &str) -> Value {
    let file = format!("{}/../../../tests/fixtures/payloads/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
    let captured: Value = serde_json::from_str(&text).expect("a fixture is JSON");
    captured["body"].clone()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).expect("a time in a test is RFC 3339")
}

fn now() -> Timestamp {
    at("2026-11-23T08:35:10Z")
}

fn hooked(body: &Value) -> Parsed {
    webhook(body.to_string().as_bytes(), now()).expect("the body reads")
}

fn pushed(body: &Value) -> Parsed {
    push(body.to_string().as_bytes(), now()).expect("the body reads")
}

fn only(parsed: Parsed) -> Signal {
    assert_eq!(parsed.refused, vec![], "nothing is refused");
    let [signal] = <[Signal; 1]>::try_from(parsed.signals).expect("one alert");
    signal
}

#[test]
fn a_firing_webhook() {
    let signal = only(hooked(&sample("alertmanager/firing.am0.25.json")));
    assert_eq!(signal.key, "a01104089d974217", "the fingerprint that was sent");
    assert_eq!(signal.episode, "2026-11-23T08:34:58.911076984Z");
    assert_eq!(signal.started_at, at("2026-11-23T08:34:58.911Z"));
    assert_eq!(signal.state, SignalState::Firing { lapses_at: None }, "Alertmanager repeats only every repeat_interval");
    assert_eq!(signal.severity, AlertSeverity::Critical);
    assert_eq!(signal.title, "Disk 97% on db9", "the annotation `summary`");
    assert_eq!((signal.group_key.as_str(), signal.group_title.as_str()), ("{}:{alertname=\"DiskFull\"}", "DiskFull"));
    assert_eq!(signal.link.as_deref(), Some("http://prom.example:9090/graph"));
    assert_eq!(signal.labels["instance"], "db9:9100");
    assert_eq!(signal.annotations["runbook_url"], "https://runbooks.example/disk");
    assert_eq!(signal.service, None);
}

#[test]
fn a_resolved_webhook() {
    let signal = only(hooked(&sample("alertmanager/resolved.am0.25.json")));
    assert_eq!(signal.key, "a01104089d974217", "the same alert as when it fired");
    assert_eq!(signal.state, SignalState::Resolved { ended_at: at("2026-11-23T08:35:02Z") });
    assert_eq!(signal.episode, "2026-11-23T08:34:33Z");
}

#[test]
fn two_alerts_of_one_group() {
    let parsed = hooked(&sample("alertmanager/firing-two-alerts.am0.25.json"));
    assert_eq!(parsed.refused, vec![]);
    let keys: Vec<&str> = parsed.signals.iter().map(|signal| signal.key.as_str()).collect();
    assert_eq!(keys, ["0fd97fad0e2e39bf", "cca0708376df787e"]);
    for signal in &parsed.signals {
        assert_eq!(signal.group_title, "DiskFull · eu1", "the rule, then what else the group is split by");
        assert_eq!(signal.link.as_deref(), Some("http://vm:19093"), "without a better link, the sender's own address");
    }
}

#[test]
fn computed_fingerprints_are_those_that_were_sent() {
    for file in ["firing.am0.25", "resolved.am0.25", "firing-two-alerts.am0.25"] {
        let sent = sample(&format!("alertmanager/{file}.json"));
        let mut bare = sent.clone();
        for alert in bare["alerts"].as_array_mut().expect("alerts") {
            alert.as_object_mut().expect("an alert").remove("fingerprint");
        }
        assert_eq!(hooked(&bare), hooked(&sent), "{file}: computed where absent, and the same");
    }
}

#[test]
fn prometheus_pushes_a_firing_alert() {
    let body = sample("alertmanager-api-v2/prometheus-2.42-firing.json");
    let read = |now| push(body.to_string().as_bytes(), now).expect("it reads");
    let signal = only(read(at("2026-11-23T08:30:40.500Z")));
    assert_eq!(signal.key, fingerprint([("alertname", "Flapping"), ("cluster", "test"), ("severity", "warning")]));
    assert_eq!(signal.episode, "2026-11-23T08:30:40.139Z");
    assert_eq!(signal.state, SignalState::Firing { lapses_at: Some(at("2026-11-23T08:34:40.139Z")) });
    assert_eq!((signal.group_key.as_str(), signal.group_title.as_str()), ("{alertname=\"Flapping\", service=\"\"}", "Flapping"));
    assert_eq!(signal.title, "Flap 0.13899993896484375");
    assert!(signal.link.is_some_and(|link| link.starts_with("http://vm:19090/graph?")));

    let late = only(read(at("2026-11-23T08:34:40.139Z")));
    assert_eq!(late.state, SignalState::Resolved { ended_at: at("2026-11-23T08:34:40.139Z") }, "an end that is reached is an end");
}

#[test]
fn prometheus_pushes_a_resolved_alert() {
    let signal = only(pushed(&sample("alertmanager-api-v2/prometheus-2.42-resolved.json")));
    assert_eq!(signal.state, SignalState::Resolved { ended_at: at("2026-11-23T08:30:20.139Z") });
    assert_eq!(signal.started_at, at("2026-11-23T08:30:00.139Z"));
}

#[test]
fn amtool_sends_zero_times() {
    let signal = only(pushed(&sample("alertmanager-api-v2/amtool-0.25-alert-add.json")));
    assert_eq!(signal.started_at, now(), "no start means now");
    assert_eq!(signal.episode, "", "which tells no firing from another");
    assert_eq!(signal.state, SignalState::Firing { lapses_at: Some(now().plus_secs(300)) }, "no end means five minutes");
    assert_eq!((signal.title.as_str(), signal.severity), ("via amtool", AlertSeverity::Warning));
}

#[test]
fn a_push_and_the_webhook_meet_on_one_alert() {
    let labels = json!({"alertname": "Down", "service": "checkout", "job": ""});
    let push = only(pushed(&json!([{"labels": labels, "startsAt": "2026-11-23T08:30:00.140Z", "endsAt": "2026-11-23T09:00:00.000Z"}])));
    let sent = json!({"alertname": "Down", "service": "checkout"});
    let hook = only(hooked(&json!({"alerts": [{"status": "firing", "labels": sent, "startsAt": "2026-11-23T08:30:00.14Z"}]})));
    assert_eq!(
        (push.key, push.episode),
        (hook.key, hook.episode),
        "an empty label is none, and a zero at the end of a fraction is nothing"
    );
    assert_eq!(push.group_title, "Down · checkout");
    assert_eq!(push.service, ServiceName::parse("checkout"));
}

#[test]
fn a_push_is_grouped_by_alertname_and_service() {
    let alert =
        |name: &str, service: &str, instance: &str| json!({"labels": {"alertname": name, "service": service, "instance": instance}});
    let parsed = pushed(
        &json!([alert("Slow", "a", "1"), alert("Slow", "a", "2"), alert("Slow", "b", "1"), alert("Down", "a", "1"), {"labels": {"x": "1"}}]),
    );
    let groups: Vec<&str> = parsed.signals.iter().map(|signal| signal.group_key.as_str()).collect();
    assert_eq!(groups[0], groups[1], "same rule, same service");
    assert_ne!(groups[0], groups[2], "another service");
    assert_ne!(groups[0], groups[3], "another rule");
    assert_eq!(parsed.signals[4].title, "Alerts without a name", "an alert without any name still has a title");
}

#[test]
fn one_bad_alert_loses_none_of_the_others() {
    let good = r#"{"labels":{"alertname":"Good"},"zzz":{"deep":[1,2]}}"#;
    for (bad, part) in [
        ("7", "is a JSON object"),
        ("null", "is a JSON object"),
        ("[]", "is a JSON object"),
        ("{}", NO_LABELS),
        (r#"{"labels":{}}"#, NO_LABELS),
        (r#"{"labels":{"a":""}}"#, NO_LABELS),
        (r#"{"labels":{"a":null}}"#, NO_LABELS),
        (r#"{"labels":["a"]}"#, "names and text values"),
        (r#"{"labels":{"port":9100}}"#, r#"the value of "port" is not text"#),
        (r#"{"labels":{"a":"1"},"startsAt":"yesterday"}"#, r#"`startsAt` is "yesterday""#),
        (r#"{"labels":{"a":"1"},"endsAt":17}"#, "expected text"),
        (r#"{"labels":{"a":"1"},"labels":{"a":"1"}}"#, "duplicate field"),
        (r#"{"labels":{"a":"\ud800"}}"#, "is not text"),
    ] {
        let list = format!("[{good}, {bad} ,{good}]");
        for parsed in [push(list.as_bytes(), now()), webhook(format!(r#"{{"alerts":{list}}}"#).as_bytes(), now())] {
            let parsed = parsed.expect("the others read");
            assert_eq!(parsed.signals.len(), 2, "{bad}: both good ones are taken");
            let [refused] = parsed.refused.as_slice() else { panic!("{bad}: one is refused, not {}", parsed.refused.len()) };
            assert_eq!((refused.index, std::str::from_utf8(&refused.raw)), (1, Ok(bad)), "kept as it was sent");
            assert!(refused.reason.contains(part), "{bad}: {:?} says {part:?}", refused.reason);
        }
    }
    let backwards = json!([{"labels": {"a": "1"}, "startsAt": "2026-01-02T00:00:00Z", "endsAt": "2026-01-01T00:00:00Z"}]);
    assert_eq!(pushed(&backwards).refused[0].reason, ENDS_BEFORE_IT_STARTS);
}

#[test]
fn a_body_that_is_no_body() {
    for (body, part) in [
        ("", "send a JSON array"),
        ("xx", "send a JSON array"),
        ("{\"labels\":{}}", "send an array of alerts"),
        ("[{\"labels\":", "is not JSON"),
        ("[] []", "is not JSON"),
    ] {
        let reason = push(body.as_bytes(), now()).expect_err(body).to_string();
        assert!(reason.contains(part), "{body:?}: {reason:?} says {part:?}");
    }
    for (body, part) in [
        ("", "send a JSON object"),
        ("\"text\"", "send a JSON object"),
        ("[]", "/api/v2/alerts"),
        ("{\"alerts\":5}", "another shape"),
        ("{\"alerts\":[}", "is not JSON"),
    ] {
        let reason = webhook(body.as_bytes(), now()).expect_err(body).to_string();
        assert!(reason.contains(part), "{body:?}: {reason:?} says {part:?}");
    }
    assert_eq!(push(b"null", now()), Ok(Parsed::default()), "as the real one answers");
    assert_eq!(webhook(b"\xef\xbb\xbf {\"alerts\":null}", now()), Ok(Parsed::default()), "a mark before the text is passed over");
}

#[test]
fn a_reason_quotes_no_more_than_a_line() {
    let long = "x".repeat(100_000);
    let parsed = pushed(&json!([{"labels": long}, {"labels": {&long: 1}}, {"labels": {"a": "1"}, "startsAt": long}]));
    for refused in parsed.refused {
        assert!(refused.reason.len() < 500, "{} bytes", refused.reason.len());
        assert!(refused.raw.len() <= RAW_LIMIT, "and what is kept has its limit too");
    }
}

#[test]
fn another_encoding_costs_no_alert() {
    let parsed = push(b"[{\"labels\":{\"a\":\"caf\xe9\"}},{\"labels\":{\"b\":\"1\"}}]", now()).expect("it reads");
    assert_eq!(parsed.signals[0].labels["a"], "caf\u{fffd}", "as Go reads it");
    assert_eq!(parsed.signals.len(), 2);
}

#[test]
fn long_text_is_cut_and_untrusted_links_are_dropped() {
    let long = "ü".repeat(VALUE_LIMIT);
    for (link, kept) in [
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("http://a b", None),
        ("HTTPS://ok.example/x", Some("HTTPS://ok.example/x")),
    ] {
        let alert = json!({"labels": {"alertname": &long}, "annotations": {"summary": &long}, "generatorURL": link});
        let signal = only(pushed(&json!([alert])));
        assert_eq!(signal.labels["alertname"].len(), VALUE_LIMIT, "cut on a character's border");
        assert_eq!(signal.key, fingerprint([("alertname", long.as_str())]), "the identity is that of the whole");
        assert!(signal.title.chars().count() <= 201 && signal.group_title.chars().count() <= 201 && signal.group_key.len() < 2048);
        assert_eq!(signal.link.as_deref(), kept, "{link}");
    }
}

#[test]
fn too_many_alerts_are_taken_as_far_as_the_limit() {
    let mut list: Vec<Value> = (0..BATCH_LIMIT + 3).map(|n| json!({"labels": {"n": n.to_string()}})).collect();
    let parsed = pushed(&json!(list));
    assert_eq!(parsed.signals.len(), BATCH_LIMIT);
    assert_eq!(parsed.refused.len(), 1);
    assert!(parsed.refused[0].reason.contains("3 more were not"), "{}", parsed.refused[0].reason);

    list.truncate(200);
    list.iter_mut().for_each(|alert| *alert = json!(1));
    let parsed = pushed(&json!(list));
    assert_eq!(parsed.refused.len(), REFUSED_LIMIT + 1, "each up to the limit, the rest in one line");
    assert!(parsed.refused[REFUSED_LIMIT].reason.starts_with("100 more"));
}
