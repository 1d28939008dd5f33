//! CloudEvents: structured, batched, binary; what becomes an alert and what is context.

use crate::{acknowledged, at, file, firing, headers, json, now, only, only_change, pairs, reason, resolved};
use domain::AlertSeverity::{Critical, Error, Warning};
use domain::ServiceName;
use formats::{Sent, cloudevents};
use serde_json::{Value, json};

fn read(body: &Value) -> Result<formats::Parsed, formats::Unreadable> {
    cloudevents::read(&Sent::body(body.to_string().as_bytes()), now())
}

/// An event of which everything needed is there, with these fields more.
fn event(more: &Value) -> Value {
    let mut event =
        json!({"specversion": "1.0", "id": "e1", "source": "/mon", "type": "com.example.thing", "time": "2026-11-23T08:34:58Z"});
    event.as_object_mut().expect("an event").extend(more.as_object().expect("fields").clone());
    event
}

#[test]
fn an_event_that_says_no_alarm_is_context() {
    let change = only_change(cloudevents::read(&Sent::body(&file("cloudevents/structured.json")), now()));
    assert_eq!(change.key, "/mycontext A234-1234-1234", "source and id name the delivery");
    assert_eq!((change.title.as_str(), change.at, change.outcome), ("com.example.someevent", at("2018-04-05T17:31:00Z"), None));
    assert_eq!(pairs(&change.labels), [("source", "/mycontext"), ("type", "com.example.someevent")]);
    assert_eq!((change.service, change.link), (None, None));
}

#[test]
fn a_batch_holds_alerts_and_changes_and_one_bad_event() {
    let parsed = cloudevents::read(&Sent::body(&file("cloudevents/batch.json")), now()).expect("it reads");
    let keys: Vec<&str> = parsed.signals.iter().map(|signal| signal.key.as_str()).collect();
    assert_eq!(keys, ["/monitors/disk db9:/var", "/monitors/disk db9:/var", "queue/orders", "/watch/shop incident-123"]);
    let states: Vec<_> = parsed.signals.iter().map(|signal| signal.state.clone()).collect();
    assert_eq!(states, [firing(), resolved("2026-11-23T08:44:58Z"), firing(), firing()]);
    let [refused] = parsed.refused.as_slice() else { panic!("one is refused, not {}", parsed.refused.len()) };
    assert_eq!((refused.index, refused.reason.as_str()), (3, "A CloudEvent needs `type`; this one has none."));
    assert!(String::from_utf8_lossy(&refused.raw).contains("/monitors/broken"), "kept as it was sent");

    let [disk, _, queue, incident] = parsed.signals.as_slice() else { panic!("four alerts") };
    assert_eq!(
        (disk.severity, disk.title.as_str(), disk.started_at),
        (Critical, "db9:/var com.acme.disk.firing", at("2026-11-23T08:34:58Z"))
    );
    assert_eq!(disk.service, Some(ServiceName("db".into())));
    let labels = [
        ("service", "db"),
        ("severity", "critical"),
        ("source", "/monitors/disk"),
        ("subject", "db9:/var"),
        ("type", "com.acme.disk.firing"),
    ];
    assert_eq!(pairs(&disk.labels), labels);
    assert_eq!(pairs(&disk.annotations), [("cloudevent", "/monitors/disk evt-1")]);
    assert_eq!((queue.title.as_str(), queue.severity, queue.link.as_deref()), ("Queue is long", Error, Some("https://queue.example")));
    assert_eq!((incident.title.as_str(), incident.started_at), ("Response time above 1 s", at("2026-11-23T08:36:00Z")));
    assert_eq!(incident.service, Some(ServiceName("checkout-api".into())));
    assert_eq!(incident.labels["environment"], "production");

    let [deployed] = parsed.changes.as_slice() else { panic!("one change") };
    assert_eq!((deployed.key.as_str(), deployed.title.as_str()), ("/pipelines/7 evt-5", "service checkout-api (production) deployed"));
    assert_eq!((deployed.outcome.as_deref(), deployed.service.clone()), (Some("deployed"), Some(ServiceName("checkout-api".into()))));
    assert_eq!(deployed.labels["artifact"], "pkg:oci/checkout-api@sha256%3A0b1e?tag=4.7.1");
}

#[test]
fn bytes_may_hold_the_data() {
    let signal = only(cloudevents::read(&Sent::body(&file("cloudevents/base64.json")), now()));
    assert_eq!((signal.key.as_str(), signal.title.as_str(), signal.severity), ("disk/db9", "Disk of db9 is full", Critical));
    assert_eq!(signal.state, firing(), "its type ends in `alert`, its version apart");
    for encoded in ["AAECA/8=", "no base64!", ""] {
        let change = only_change(read(&event(&json!({"data_base64": encoded}))));
        assert_eq!(change.title, "com.example.thing", "{encoded:?}: data that does not read says nothing");
    }
}

#[test]
fn attributes_may_be_in_headers() {
    let pairs = [
        ("ce-specversion", "1.0"),
        ("CE-Type", "com.example.disk.firing"),
        ("ce-source", "/mon/%C3%BC%20a+b"),
        ("ce-id", "7"),
        ("ce-subject", "db9"),
        ("ce-severity", "page"),
        ("ce-time", "2026-11-23T08:34:58Z"),
        ("content-type", "application/json"),
    ];
    let headers = headers(&pairs);
    let signal = only(cloudevents::read(&Sent { headers: &headers, body: b"{\"message\":\"full\"}", ..Sent::default() }, now()));
    assert_eq!((signal.key.as_str(), signal.title.as_str()), ("/mon/ü a+b db9", "full"));
    assert_eq!((signal.severity, signal.started_at), (Critical, at("2026-11-23T08:34:58Z")));
    let text = [("ce-specversion", "1.0"), ("ce-type", "a.alert"), ("ce-source", "/m"), ("ce-id", "7"), ("content-type", "text/plain")];
    let headers = crate::headers(&text);
    let signal = only(cloudevents::read(&Sent { headers: &headers, body: b"disk full", ..Sent::default() }, now()));
    assert_eq!((signal.title.as_str(), signal.annotations["description"].as_str()), ("a.alert", "disk full"));
    let headers = crate::headers(&text[..3]);
    assert!(reason(cloudevents::read(&Sent { headers: &headers, ..Sent::default() }, now())).contains("needs `id`"));
}

#[test]
fn each_rule_of_an_alert() {
    for (more, state) in [
        (json!({"type": "a.b.triggered"}), firing()),
        (json!({"type": "a.b.recovered.v2"}), resolved("2026-11-23T08:34:58Z")),
        (json!({"type": "a.b.acknowledged"}), acknowledged(None)),
        (json!({"severity": "high"}), firing()),
        (json!({"data": {"title": "x", "severity": "low"}}), firing()),
        (json!({"data": {"title": "x", "status": "ok"}}), resolved("2026-11-23T08:35:10Z")),
        (json!({"type": "dev.cdevents.incident.resolved.0.2.0"}), resolved("2026-11-23T08:34:58Z")),
    ] {
        assert_eq!(only(read(&event(&more))).state, state, "{more}");
    }
    for more in [
        json!({"data": {"title": "x"}}),
        json!({"data": {"status": "ok"}}),
        json!({"data": "text"}),
        json!({"type": "com.shop.order.created"}),
        json!({"type": "dev.cdevents.pipelinerun.finished.0.1.1", "data": {"subject": {"id": "p", "content": {"outcome": "failure", "pipelineName": "ship"}}}}),
    ] {
        only_change(read(&event(&more)));
    }
}

#[test]
fn a_pipeline_that_failed_is_context() {
    let more = json!({"type": "dev.cdevents.pipelinerun.finished.0.1.1", "data": {"subject": {"id": "p1", "content": {"outcome": "failure", "pipelineName": "ship", "url": "https://ci.example/p1"}}}});
    let change = only_change(read(&event(&more)));
    assert_eq!((change.title.as_str(), change.outcome.as_deref()), ("pipelinerun ship finished", Some("failure")));
    assert_eq!(change.link.as_deref(), Some("https://ci.example/p1"));
}

#[test]
fn without_a_subject_firing_and_resolved_still_meet() {
    let one = only(read(&event(&json!({"type": "com.x.disk.firing"}))));
    let other = only(read(&event(&json!({"type": "com.x.disk.resolved", "id": "e2"}))));
    assert_eq!(one.key, other.key);
    assert_eq!(one.key, "/mon com.x.disk");
    assert_eq!(one.severity, Warning, "nothing said");
}

#[test]
fn what_is_no_event_is_refused() {
    for (body, part) in [("7", "no CloudEvent"), ("{}", "needs `id`"), ("", "not JSON"), (r#"{"id":"1","source":"s"}"#, "needs `type`")] {
        let reason = reason(cloudevents::read(&Sent::body(body.as_bytes()), now()));
        assert!(reason.contains(part), "{body:?}: {reason}");
    }
    let headers = headers(&[("content-type", "application/cloudevents-batch+json; charset=utf-8")]);
    assert!(reason(cloudevents::read(&Sent { headers: &headers, body: b"{}", ..Sent::default() }, now())).contains("a batch as an array"));
    assert_eq!(json("cloudevents/batch.json").as_array().map(Vec::len), Some(6), "the sample is a batch");
}
