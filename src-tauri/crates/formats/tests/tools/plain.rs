//! Plain JSON, forms and bare text, loosely read.

use crate::{acknowledged, at, firing, headers, now, only, pairs, reason, resolved};
use domain::AlertSeverity::{self, Critical, Error, Info, Warning};
use domain::ServiceName;
use domain::alerts::{Signal, SignalState, VALUE_LIMIT};
use formats::{Parsed, Sent, Unreadable, plain};
use serde_json::{Value, json};

fn read(body: &Value) -> Result<Parsed, Unreadable> {
    plain::read(&Sent::body(body.to_string().as_bytes()), now())
}

fn one(body: &Value) -> Signal {
    only(read(body))
}

#[test]
fn every_field() {
    let signal = one(&json!({
        "title": "Disk of db9 is full", "description": "97 % used", "severity": "critical", "status": "firing", "dedup_key": "disk/db9",
        "source": "cron", "service": "Order DB", "url": "https://grafana.example/d/disk", "group": "disks",
        "labels": {"host": "db9", "free": 3, "where": {"mount": "/var"}, "gone": null}, "tags": ["env:prod", "disk"],
        "started_at": "2026-11-23T08:34:58Z", "nobody_knows_this": [1, {"x": 2}],
    }));
    assert_eq!((signal.key.as_str(), signal.title.as_str(), signal.episode.as_str()), ("disk/db9", "Disk of db9 is full", ""));
    assert_eq!((signal.severity, signal.state, signal.started_at), (Critical, firing(), at("2026-11-23T08:34:58Z")));
    assert_eq!((signal.group_key.as_str(), signal.group_title.as_str()), ("disks", "disks"));
    assert_eq!(signal.service, Some(ServiceName("order-db".into())));
    assert_eq!(signal.link.as_deref(), Some("https://grafana.example/d/disk"));
    let labels = [("env", "prod"), ("free", "3"), ("host", "db9"), ("source", "cron"), ("tags", "disk"), ("where", r#"{"mount":"/var"}"#)];
    assert_eq!(pairs(&signal.labels), labels);
    assert_eq!(pairs(&signal.annotations), [("description", "97 % used")]);
}

#[test]
fn every_other_name() {
    for (body, key) in [
        (json!({"summary": "t", "dedup": "k"}), "k"),
        (json!({"message": "t", "alias": "k"}), "k"),
        (json!({"title": "t", "id": 12}), "12"),
        (json!({"title": "t", "key": "k"}), "k"),
        (json!({"title": "t"}), "t"),
        (json!({"title": "t", "source": "s", "service": "v"}), "s/v/t"),
        (json!({"body": "t\nmore"}), "t"),
        (json!({"title": "", "summary": "t"}), "t"),
    ] {
        let signal = one(&body);
        assert_eq!((signal.key.as_str(), signal.title.as_str()), (key, "t"), "{body}");
    }
    assert_eq!(one(&json!({"dedup_key": "k"})).title, "k", "a key is enough");
    for name in ["description", "details", "body"] {
        assert_eq!(one(&json!({"title": "t", name: {"a": 1}})).annotations["description"], r#"{"a":1}"#, "{name}");
    }
    for name in ["url", "link"] {
        assert_eq!(one(&json!({"title": "t", name: "https://a.example"})).link.as_deref(), Some("https://a.example"), "{name}");
        assert_eq!(one(&json!({"title": "t", name: "javascript:alert(1)"})).link, None, "{name}");
    }
}

#[test]
fn every_word_for_a_state() {
    let over = SignalState::Resolved { ended_at: now() };
    for (words, state) in [
        (&["firing", "open", "trigger", "triggered", "problem", "down", "critical", "alerting", "FIRING", "purple", ""][..], &firing()),
        (&["ok", "resolve", "resolved", "close", "closed", "up", "recovery", "recovered", " OK "], &over),
        (&["ack", "acknowledge", "acknowledged"], &acknowledged(None)),
    ] {
        for word in words {
            for name in ["status", "state", "action"] {
                assert_eq!(&one(&json!({"title": "t", name: word})).state, state, "{name}: {word:?}");
            }
        }
    }
    assert_eq!(one(&json!({"title": "t", "status": "prod", "action": "close"})).state, over, "a word that says nothing hides no other");
    assert_eq!(one(&json!({"title": "t", "action": "ack", "user": "Dana"})).state, acknowledged(Some("Dana")));
}

#[test]
fn an_end_that_is_past_is_an_end() {
    let ended = |more: Value| {
        let mut body = json!({"title": "t", "ended_at": "2026-11-23T08:30:00Z"});
        body.as_object_mut().expect("fields").extend(more.as_object().expect("fields").clone());
        one(&body).state
    };
    assert_eq!(ended(json!({})), resolved("2026-11-23T08:30:00Z"));
    assert_eq!(ended(json!({"status": "ok"})), resolved("2026-11-23T08:30:00Z"));
    assert_eq!(ended(json!({"status": "open"})), firing(), "what is said counts before what is implied");
    assert_eq!(ended(json!({"ended_at": "2036-01-01T00:00:00Z"})), firing(), "an end that is planned is none yet");
    assert_eq!(ended(json!({"ended_at": 1_795_422_600})), resolved("2026-11-23T08:30:00Z"), "in seconds");
}

#[test]
fn every_word_for_a_severity() {
    for (word, severity) in [
        ("critical", Critical),
        ("page", Critical),
        ("P1", Critical),
        ("high", Error),
        ("error", Error),
        ("minor", Warning),
        ("p5", Info),
        ("none", Info),
        ("purple", Warning),
    ] {
        for name in ["severity", "priority", "level"] {
            assert_eq!(one(&json!({"title": "t", name: word})).severity, severity, "{name}: {word}");
        }
    }
    let unsaid: AlertSeverity = one(&json!({"title": "t"})).severity;
    assert_eq!(unsaid, Warning);
}

#[test]
fn a_list_and_a_bad_one_in_it() {
    let parsed =
        read(&json!([{"title": "a"}, 7, {"severity": "critical"}, {"title": "b", "labels": 5, "tags": "x:1,y"}])).expect("it reads");
    assert_eq!(parsed.signals.iter().map(|signal| signal.title.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(pairs(&parsed.signals[1].labels), [("tags", "y"), ("x", "1")]);
    let refused: Vec<(usize, &str)> = parsed.refused.iter().map(|refused| (refused.index, refused.reason.as_str())).collect();
    assert_eq!(
        refused,
        [(1, "An alert is a JSON object with a `title`; this is not one."), (2, "An alert needs a `title`, or at least a `dedup_key`.")]
    );
    assert_eq!(parsed.refused[0].raw, b"7");
    assert_eq!(read(&json!([])), Ok(Parsed::default()));
}

#[test]
fn a_form_says_the_same() {
    let form = headers(&[("Content-Type", "application/x-www-form-urlencoded")]);
    let body = b"title=Disk+full&status=ok&dedup_key=d&tags=env%3Aprod%2Cx&severity=page";
    let signal = only(plain::read(&Sent { headers: &form, body, ..Sent::default() }, now()));
    assert_eq!((signal.key.as_str(), signal.title.as_str(), signal.severity), ("d", "Disk full", Critical));
    assert_eq!(pairs(&signal.labels), [("env", "prod"), ("tags", "x")]);
}

#[test]
fn bare_text_is_a_title() {
    let form = headers(&[("Content-Type", "application/x-www-form-urlencoded")]);
    for (headers, body, title) in [
        (&[][..], "Disk full on db1", "Disk full on db1"),
        (&form[..], "Disk full on db1, x = 3", "Disk full on db1, x = 3"),
        (&form[..], "a=b&c=d", "a=b&c=d"),
        (&[][..], "[db1] disk full", "[db1] disk full"),
        (&[][..], "\"quoted\"", "quoted"),
        (&[][..], "42", "42"),
    ] {
        assert_eq!(only(plain::read(&Sent { headers, body: body.as_bytes(), ..Sent::default() }, now())).title, title);
    }
    let signal = only(plain::read(&Sent::body(b"Disk full\n\n97 %\nof /var\n"), now()));
    assert_eq!((signal.title.as_str(), signal.annotations["description"].as_str()), ("Disk full", "97 %\nof /var"));
}

#[test]
fn the_query_fills_what_is_open() {
    let query = [("severity", "critical"), ("key", "disk"), ("title", "no")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let signal = only(plain::read(&Sent { query: &query, body: b"Disk full", ..Sent::default() }, now()));
    assert_eq!((signal.key.as_str(), signal.title.as_str(), signal.severity), ("disk", "Disk full", Critical));
    assert_eq!(only(plain::read(&Sent { query: &query, ..Sent::default() }, now())).title, "no", "alone it is the whole alert");
}

#[test]
fn what_is_none_is_refused() {
    for (body, part) in
        [("", "needs a `title`"), ("{", "not JSON"), ("{}", "needs a `title`"), ("{\"labels\":{\"a\":\"b\"}}", "needs a `title`")]
    {
        let reason = reason(plain::read(&Sent::body(body.as_bytes()), now()));
        assert!(reason.contains(part), "{body:?}: {reason}");
    }
    let json = headers(&[("Content-Type", "application/json")]);
    assert!(reason(plain::read(&Sent { headers: &json, body: b"[1,", ..Sent::default() }, now())).contains("not JSON"));
}

#[test]
fn long_text_is_cut() {
    let long = "ü".repeat(VALUE_LIMIT);
    let signal = one(&json!({"title": long, "description": long, "labels": {"x": long}, "key": long, "by": long, "status": "ack"}));
    assert!(signal.labels["x"].len() <= VALUE_LIMIT && signal.annotations["description"].len() <= VALUE_LIMIT);
    assert!(signal.title.chars().count() <= 201 && signal.key.len() < 2048);
    let SignalState::Acknowledged { by: Some(by) } = signal.state else { panic!("somebody looks") };
    assert!(by.chars().count() <= 201);
}
