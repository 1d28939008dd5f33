//! Sentry: issue alerts, what happens to issues, metric alerts, the old plugin.

use crate::{acknowledged, at, file, firing, headers, json, nothing, now, only, pairs, reason, resolved};
use domain::AlertSeverity::{Critical, Error, Info, Warning};
use domain::ServiceName;
use domain::alerts::Signal;
use formats::{Sent, sentry};
use serde_json::Value;

/// Sent by a webhook of this resource, at 08:36:00.
fn hooked(resource: &str, body: &Value) -> Result<formats::Parsed, formats::Unreadable> {
    let headers = headers(&[("sentry-hook-resource", resource), ("Sentry-Hook-Timestamp", "1795422960"), ("Request-ID", "1")]);
    sentry::read(&Sent { headers: &headers, body: body.to_string().as_bytes(), ..Sent::default() }, now())
}

fn sample(resource: &str, name: &str) -> Signal {
    only(hooked(resource, &json(&format!("sentry/{name}.json"))))
}

#[test]
fn an_issue_alert_fires() {
    let signal = sample("event_alert", "event_alert");
    assert_eq!(signal.key, "issue/4815162342");
    assert_eq!(signal.episode, "", "Sentry does not tell one time from the next");
    assert_eq!((signal.severity, signal.state.clone()), (Critical, firing()));
    assert_eq!(signal.title, "TimeoutError: payment provider did not answer in 5000 ms");
    assert_eq!(signal.group_key, signal.key, "an issue is a group of its own");
    assert_eq!(signal.started_at, at("2026-11-23T08:34:58.677Z"));
    assert_eq!(signal.service, Some(ServiceName("checkout".into())), "the tag `service`");
    assert!(signal.link.as_deref().is_some_and(|link| link.starts_with("https://errors.example/organizations/acme/issues/4815162342/")));
    let labels = [
        ("environment", "production"),
        ("level", "fatal"),
        ("platform", "node"),
        ("region", "eu-west-1"),
        ("release", "checkout-web@4.7.1"),
        ("rule", "Payments: anything fatal"),
        ("service", "checkout"),
    ];
    assert_eq!(pairs(&signal.labels), labels, "a tag that is no pair is passed over");
    let annotations = [("culprit", "pay(src/payment/provider)"), ("description", "payment provider did not answer in 5000 ms")];
    assert_eq!(pairs(&signal.annotations), annotations);
    assert_eq!(only(sentry::read(&Sent::body(&file("sentry/event_alert.json")), now())), signal, "known by its shape as well");
}

#[test]
fn a_clock_that_runs_ahead_does_not_outlive_the_end() {
    let mut body = json("sentry/event_alert.json");
    body["data"]["event"]["datetime"] = "2027-01-01T00:00:00Z".into();
    assert_eq!(only(hooked("event_alert", &body)).started_at, at("2026-11-23T08:36:00Z"), "no later than Sentry sent it");
}

#[test]
fn what_happens_to_an_issue() {
    for (name, state) in [
        ("issue_created", firing()),
        ("issue_unresolved", firing()),
        ("issue_resolved", resolved("2026-11-23T08:36:00Z")),
        ("issue_assigned", acknowledged(Some("Dana Reyes"))),
        ("issue_archived", acknowledged(Some("Dana Reyes"))),
    ] {
        let signal = sample("issue", name);
        assert_eq!((signal.key.as_str(), &signal.state), ("issue/4815162342", &state), "{name}: the issue that the rule named");
        assert_eq!(
            (signal.severity, signal.title.as_str()),
            (Critical, "TimeoutError: payment provider did not answer in 5000 ms"),
            "{name}"
        );
        assert_eq!(signal.service, Some(ServiceName("checkout-web".into())), "{name}: the project");
        assert_eq!(signal.link.as_deref(), Some("https://errors.example/organizations/acme/issues/4815162342/"));
        let labels = [("issue", "CHECKOUT-WEB-7K"), ("level", "fatal"), ("platform", "node"), ("project", "checkout-web")];
        assert_eq!(pairs(&signal.labels), labels, "{name}");
        assert_eq!(pairs(&signal.annotations), [("culprit", "pay(src/payment/provider)")]);
    }
    assert_eq!(sample("issue", "issue_created").started_at, at("2026-11-23T08:34:50.120Z"), "first seen");
    assert_eq!(sample("issue", "issue_unresolved").started_at, at("2026-11-23T08:36:00Z"), "again");
    let unsigned = only(sentry::read(&Sent::body(&file("sentry/issue_resolved.json")), now()));
    assert_eq!(unsigned.state, resolved("2026-11-23T08:35:10Z"), "without a header, when it arrives");
}

#[test]
fn a_metric_alert() {
    for (action, state, severity) in
        [("critical", firing(), Critical), ("warning", firing(), Warning), ("resolved", resolved("2026-11-23T08:52:00Z"), Warning)]
    {
        let signal = sample("metric_alert", &format!("metric_alert_{action}"));
        assert_eq!((&signal.state, signal.severity), (&state, severity), "{action}");
        assert_eq!((signal.key.as_str(), signal.episode.as_str()), ("metric_alert/90210", "2026-11-23T08:31:00.000000Z"), "{action}");
        assert_eq!((signal.group_key.as_str(), signal.group_title.as_str()), ("alert_rule/77", "Checkout error rate"));
        assert_eq!((signal.title.as_str(), signal.started_at), ("Checkout error rate", at("2026-11-23T08:31:00Z")));
        assert_eq!(signal.service, Some(ServiceName("checkout-web".into())));
        assert_eq!(signal.link.as_deref(), Some("https://errors.example/organizations/acme/alerts/rules/details/77/?alert=318"));
        let labels = [("aggregate", "count()"), ("environment", "production"), ("identifier", "318"), ("project", "checkout-web")];
        assert_eq!(pairs(&signal.labels), labels);
        assert!(signal.annotations["description"].ends_with("Filter: level:error") && signal.annotations["summary"].contains(": Checkout"));
    }
}

#[test]
fn the_old_plugin() {
    let signal = only(sentry::read(&Sent::body(&file("sentry/project_plugin.json")), now()));
    assert_eq!((signal.key.as_str(), &signal.state, signal.severity), ("issue/4815162342", &firing(), Error));
    assert_eq!((signal.title.as_str(), signal.started_at), ("CardError: payment provider refused the card", at("2026-11-23T08:34:58.25Z")));
    assert_eq!(signal.service, Some(ServiceName("checkout-web".into())));
    assert_eq!(signal.link.as_deref(), Some("https://errors.example/organizations/acme/issues/4815162342/?referrer=webhooks_plugin"));
    assert_eq!(signal.labels["rule"], "Payments: more than ten an hour");
    assert_eq!(signal.annotations["description"], "payment provider refused the card");
}

#[test]
fn every_level() {
    for (level, severity) in
        [("fatal", Critical), ("error", Error), ("warning", Warning), ("info", Info), ("debug", Info), ("sample", Warning)]
    {
        let mut body = json("sentry/event_alert.json");
        body["data"]["event"]["level"] = level.into();
        assert_eq!(only(hooked("event_alert", &body)).severity, severity, "{level}");
    }
}

#[test]
fn an_issue_may_be_named_by_its_address_alone() {
    let mut body = json("sentry/event_alert.json");
    body["data"]["event"].as_object_mut().expect("an event").remove("issue_id");
    assert_eq!(only(hooked("event_alert", &body)).key, "issue/4815162342");
    body["data"]["event"]["issue_url"] = "https://errors.example/api/0/issues/".into();
    assert!(reason(hooked("event_alert", &body)).contains("without `data.event.issue_id`"));
}

#[test]
fn other_resources_are_no_alerts() {
    let body = serde_json::json!({"action": "created", "data": {"comment": "looking", "issue_id": 1}, "installation": {"uuid": "x"}});
    nothing(hooked("comment", &body));
    nothing(hooked("installation", &serde_json::json!({"action": "created", "data": {"installation": {}}})));
    nothing(sentry::read(&Sent::body(body.to_string().as_bytes()), now()));
    let mut issue = json("sentry/issue_created.json");
    issue["action"] = "renamed".into();
    nothing(hooked("issue", &issue));
}

#[test]
fn what_is_no_webhook_is_refused() {
    for (body, part) in [("{}", "no Sentry webhook"), ("[]", "no Sentry webhook"), ("{", "not JSON"), ("", "not JSON")] {
        let reason = reason(sentry::read(&Sent::body(body.as_bytes()), now()));
        assert!(reason.contains(part), "{body:?}: {reason}");
    }
    for (resource, part) in [("metric_alert", "data.metric_alert"), ("issue", "data.issue"), ("event_alert", "data.event")] {
        assert!(reason(hooked(resource, &serde_json::json!({}))).contains(part), "{resource}");
    }
}
