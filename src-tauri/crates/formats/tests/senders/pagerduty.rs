//! PagerDuty's Events API v2: what its clients send, and what they are told.

use super::{FIRING, at, file, now, only, only_change, read, refused, sample};
use domain::alerts::SignalState;
use domain::{AlertSeverity, ServiceName};
use formats::pagerduty::{self, INVALID_MESSAGE, INVALID_STATUS, Invalid, PROCESSED, SUCCESS, change, enqueue, routing_key};
use formats::{Sent, Unreadable};
use serde_json::{Value, json};

const ENDED: SignalState = SignalState::Resolved { ended_at: domain::Timestamp(1_795_422_910_000) };
const SEEN: SignalState = SignalState::Acknowledged { by: None };

/// Path, action, key, title and severity of what each client was seen to send.
#[test]
fn every_client_is_read() {
    let alertmanager = "17c4e445d234645c9e547ff6d32a864af0ebdadcd1902771c24c8d366637ff41";
    let python = "5c9a136a4462474e9be385b1316063c0";
    for (path, key, state, title, severity) in [
        ("alertmanager-0.25-trigger", alertmanager, FIRING, "[FIRING:1] DiskFull (eu1 db9:9100 critical)", AlertSeverity::Error),
        ("alertmanager-0.25-resolve", alertmanager, ENDED, "[RESOLVED] DiskFull (eu1 db9:9100 critical)", AlertSeverity::Warning),
        ("pdpyras-5.4.1-trigger", "pdpyras-1", FIRING, "pdpyras alert", AlertSeverity::Warning),
        ("pdpyras-5.4.1-acknowledge", "pdpyras-1", SEEN, "pdpyras-1", AlertSeverity::Warning),
        ("pdpyras-5.4.1-resolve", "pdpyras-1", ENDED, "pdpyras-1", AlertSeverity::Warning),
        ("python-pagerduty-7.2.0-acknowledge", python, SEEN, python, AlertSeverity::Warning),
        ("python-pagerduty-7.2.0-resolve", python, ENDED, python, AlertSeverity::Warning),
    ] {
        let body = sample(&format!("pagerduty-events-v2/{path}.json"));
        let taken = enqueue(body.to_string().as_bytes(), now()).unwrap_or_else(|invalid| panic!("{path}: {invalid}"));
        let signal = only(taken.parsed);
        assert_eq!((signal.key.as_str(), taken.dedup_key.as_str()), (key, key), "{path}: the sender's own key");
        assert_eq!((&signal.state, signal.title.as_str(), signal.severity), (&state, title, severity), "{path}");
        assert_eq!((signal.episode.as_str(), signal.started_at), ("", now()), "{path}: no time is named");
    }
}

#[test]
fn uptime_kuma_as_a_client() {
    let down = only(read(pagerduty::read, &sample("uptime-kuma/pagerduty-trigger.json")));
    assert_eq!((down.key.as_str(), &down.state, down.severity), ("Uptime Kuma/7", &FIRING, AlertSeverity::Critical));
    assert_eq!(down.labels["source"], "https://checkout.example/health");
    let up = only(read(pagerduty::read, &sample("uptime-kuma/pagerduty-resolve.json")));
    assert_eq!((up.key.as_str(), &up.state), ("Uptime Kuma/7", &ENDED));
}

#[test]
fn alertmanager_tells_of_its_group() {
    let signal = only(read(pagerduty::read, &sample("pagerduty-events-v2/alertmanager-0.25-trigger-grouped.json")));
    assert_eq!((signal.title.as_str(), signal.severity), ("[FIRING:2] DiskFull eu1 (critical)", AlertSeverity::Critical));
    assert_eq!((signal.labels["source"].as_str(), signal.labels["client"].as_str()), ("Alertmanager", "Alertmanager"));
    assert_eq!(signal.link.as_deref(), Some("http://vm:19093/#/alerts?receiver=both"));
    assert_eq!((signal.annotations["num_firing"].as_str(), signal.annotations.get("resolved")), ("2", None), "empty text says nothing");
    assert!(signal.annotations["firing"].contains("instance = db2:9100"));
}

#[test]
fn a_trigger_that_says_everything() {
    let signal = only(read(pagerduty::read, &sample("pagerduty-events-v2/trigger-full.example.json")));
    assert_eq!((signal.key.as_str(), signal.severity), ("checkout/replica-lag", AlertSeverity::Error));
    assert_eq!(signal.started_at, at("2026-11-23T08:33:05.250Z"), "a zone without its colon");
    assert_eq!((signal.group_key.as_str(), signal.group_title.as_str()), ("checkout/replica-lag", signal.title.as_str()), "alone");
    for (label, value) in [
        ("source", "pg-checkout-2.eu1.example"),
        ("component", "postgres"),
        ("group", "checkout-storage"),
        ("class", "replication lag"),
        ("client", "lagwatch"),
    ] {
        assert_eq!(signal.labels[label], value, "{label}");
    }
    for (name, value) in [
        ("lag seconds", "95.5"),
        ("replicas", r#"["pg-2","pg-3"]"#),
        ("primary", r#"{"host":"pg-1"}"#),
        ("paused", "false"),
        ("custom_details.links", "see wiki"),
        ("links", "runbook 7: not a web address\nRunbook: https://wiki.example/replica-lag\nhttps://grafana.example/d/pg"),
        ("images", "Lag, last hour: https://lagwatch.example/41.png"),
        ("client_url", "https://lagwatch.example/checks/41"),
    ] {
        assert_eq!(signal.annotations.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert_eq!(signal.annotations.len(), 9, "and the service's name; what is null is not there");
    assert_eq!(signal.link.as_deref(), Some("https://wiki.example/replica-lag"), "the first that is a web address");
    assert_eq!(signal.service, Some(ServiceName("checkout-api".into())));
}

#[test]
fn every_severity() {
    for (word, severity) in [
        ("critical", AlertSeverity::Critical),
        ("error", AlertSeverity::Error),
        ("warning", AlertSeverity::Warning),
        ("info", AlertSeverity::Info),
        ("CRITICAL", AlertSeverity::Critical),
    ] {
        assert_eq!(only(read(pagerduty::read, &trigger(json!({"severity": word})))).severity, severity, "{word}");
    }
}

/// A valid trigger, its payload changed.
fn trigger(change: Value) -> Value {
    let mut payload = json!({"summary": "s", "source": "here", "severity": "error"});
    for (name, value) in change.as_object().into_iter().flatten() {
        payload[name] = value.clone();
    }
    json!({"event_action": "trigger", "dedup_key": "k", "payload": payload})
}

#[test]
fn details_may_be_anything() {
    for (details, name, value) in [
        (json!("just words"), "custom_details", "just words"),
        (json!([1, "two"]), "custom_details", r#"[1,"two"]"#),
        (json!({"a": {"b": [true]}}), "a", r#"{"b":[true]}"#),
    ] {
        let signal = only(read(pagerduty::read, &trigger(json!({"custom_details": details}))));
        assert_eq!(signal.annotations.get(name).map(String::as_str), Some(value));
    }
    assert_eq!(only(read(pagerduty::read, &trigger(json!({"custom_details": null, "source": 1})))).annotations.len(), 0);
}

#[test]
fn a_start_is_never_after_it_was_heard_of() {
    let ahead = only(read(pagerduty::read, &trigger(json!({"timestamp": "2026-11-23T09:00:00Z"}))));
    assert_eq!(ahead.started_at, now(), "or the resolve that follows would be about an earlier firing");
    let odd = only(read(pagerduty::read, &trigger(json!({"timestamp": "yesterday"}))));
    assert_eq!(odd.started_at, now(), "a time that does not read costs no alert");
}

#[test]
fn errors_are_those_that_clients_know() {
    let cases: [(Value, &[&str]); 9] = [
        (json!({}), &["'event_action' is missing or blank"]),
        (
            json!({"event_action": "trigger"}),
            &["'payload.summary' is missing or blank", "'payload.source' is missing or blank", "'payload.severity' is missing or blank"],
        ),
        (trigger(json!({"summary": "  "})), &["'payload.summary' is missing or blank"]),
        (trigger(json!({"source": ""})), &["'payload.source' is missing or blank"]),
        (
            trigger(json!({"severity": "none"})),
            &["'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')"],
        ),
        (
            json!({"event_action": "explode"}),
            &["'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')"],
        ),
        (json!({"event_action": "acknowledge"}), &["'dedup_key' is missing or blank"]),
        (json!({"event_action": "resolve", "dedup_key": " "}), &["'dedup_key' is missing or blank"]),
        (
            json!({"event_action": "resolve", "dedup_key": "ü".repeat(256)}),
            &["Length of 'dedup_key' is incorrect (should be at most 255 characters)"],
        ),
    ];
    for (body, errors) in cases {
        let Err(Invalid { errors: told }) = enqueue(body.to_string().as_bytes(), now()) else { panic!("{body} must not be taken") };
        assert_eq!(told, errors, "{body}");
    }
    let longest = json!({"event_action": "resolve", "dedup_key": "ü".repeat(255)});
    assert_eq!(only(read(pagerduty::read, &longest)).key, "ü".repeat(255), "characters, not bytes");
}

#[test]
fn answers_have_the_vendors_shape() {
    let answers = sample("pagerduty-events-v2/responses.example.json");
    let taken = enqueue(sample("pagerduty-events-v2/trigger-full.example.json").to_string().as_bytes(), now()).expect("it is valid");
    assert_eq!(answers["202 enqueue"], json!({"status": SUCCESS, "message": PROCESSED, "dedup_key": taken.dedup_key}));
    assert_eq!(answers["202 change"], json!({"status": SUCCESS, "message": pagerduty::CHANGE_PROCESSED}));
    let invalid = enqueue(trigger(json!({"severity": null})).to_string().as_bytes(), now()).expect_err("no severity");
    assert_eq!(answers["400"], json!({"status": INVALID_STATUS, "message": INVALID_MESSAGE, "errors": invalid.errors}));
}

#[test]
fn a_key_is_made_where_there_is_none() {
    let body = sample("pagerduty-events-v2/python-pagerduty-7.2.0-trigger.json");
    let (one, again) = (enqueue(body.to_string().as_bytes(), now()), enqueue(body.to_string().as_bytes(), now().plus_secs(9)));
    let one = one.expect("it is valid");
    assert_eq!(one.dedup_key, again.expect("it is valid").dedup_key, "a second try is the same alert");
    assert_eq!((one.dedup_key.len(), only(one.parsed).key), (32, one.dedup_key.clone()));
    let other = trigger(json!({"summary": "another"})).to_string().replace(r#""dedup_key":"k","#, "");
    assert_ne!(enqueue(other.as_bytes(), now()).expect("it is valid").dedup_key, one.dedup_key);
}

#[test]
fn a_long_summary_is_an_alarm_all_the_same() {
    let signal = only(read(pagerduty::read, &trigger(json!({"summary": "x".repeat(5000)}))));
    assert_eq!(signal.title.chars().count(), 201, "cut to a line, and the cut shows");
    assert_eq!(signal.annotations["summary"].len(), 5000, "and the whole is beside it");
}

#[test]
fn changes_are_context() {
    let body = sample("pagerduty-events-v2/pdpyras-5.4.1-change.json").to_string();
    let told =
        |bytes: &str, path| pagerduty::read(&Sent { path, ..Sent::body(bytes.as_bytes()) }, now()).map(only_change).expect("it reads");
    let deploy = told(&body, "change/enqueue");
    assert_eq!((deploy.title.as_str(), deploy.at), ("Deploy 1.42.0", at("2026-11-23T08:29:13.111Z")));
    assert_eq!((deploy.labels["source"].as_str(), deploy.labels["sha"].as_str()), ("ci", "abc"));
    assert_eq!((deploy.outcome.as_ref(), deploy.link.as_ref()), (None, None));
    assert_eq!(
        change(body.as_bytes(), now().plus_secs(999)).map(only_change).expect("it reads").key,
        deploy.key,
        "sent again, it is the same"
    );
    assert_eq!(told(&body, "change").key, deploy.key);

    let plain = sample("pagerduty-events-v2/pagerduty-cli-0.1.18-change.json").to_string();
    let key = |secs| change(plain.as_bytes(), now().plus_secs(secs)).map(only_change).expect("it reads").key;
    assert_eq!(key(0), key(20), "a second try");
    assert_ne!(key(0), key(3600), "without a time, the same words an hour later are another deployment");
    assert_eq!(change(b"{\"payload\":{}}", now()).expect_err("no words").errors, ["'payload.summary' is missing or blank"]);

    let linked = json!({"payload": {"summary": "s", "custom_details": {"service": "Shop"}}, "links": [{"href": "https://ci.example/7", "text": "Run"}]});
    let linked = change(linked.to_string().as_bytes(), now()).map(only_change).expect("it reads");
    assert_eq!((linked.link.as_deref(), linked.service), (Some("https://ci.example/7"), ServiceName::parse("shop")));
    assert_eq!(linked.labels["links"], "Run: https://ci.example/7");
}

#[test]
fn the_routing_key_is_read_before_anything_else() {
    let body = file("pagerduty-events-v2/trigger-full.example.json");
    assert_eq!(routing_key(&body).as_deref(), Ok("0123456789abcdef0123456789abcdef"));
    assert_eq!(routing_key(b"\xef\xbb\xbf{\"routing_key\":\"0123456789abcdef0123456789abcdef\",\"x\":[{}]}").map(|key| key.len()), Ok(32));
    for (body, error) in [
        ("{}", "'routing_key' is missing or blank"),
        (r#"{"routing_key": null}"#, "'routing_key' is missing or blank"),
        (r#"{"routing_key": " "}"#, "'routing_key' is missing or blank"),
        (r#"{"routing_key": "short"}"#, "Length of 'routing_key' is incorrect (should be 32 characters)"),
    ] {
        assert_eq!(routing_key(body.as_bytes()).expect_err(body).errors, [error], "{body}");
    }
    assert!(routing_key(b"no json").expect_err("no JSON").errors[0].starts_with("The body is not an event"));
}

#[test]
fn a_body_that_is_no_event() {
    assert!(refused(pagerduty::read, "{\"a\"").starts_with("The body is not an event: "));
    assert!(refused(pagerduty::read, r#"{"payload": "words"}"#).contains("expected struct Payload"), "no object, no payload");
    for body in ["", "xx", "[]"] {
        assert_eq!(refused(pagerduty::read, body), "The body is not a JSON object.", "{body:?}");
    }
    let both = pagerduty::read(&Sent::body(br#"{"event_action": "trigger", "payload": {"summary": "s"}}"#), now());
    let said = "'payload.source' is missing or blank; 'payload.severity' is missing or blank";
    assert_eq!(both, Err(Unreadable { reason: said.to_owned() }), "all faults at once");
}
