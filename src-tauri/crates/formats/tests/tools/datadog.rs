//! Datadog: our template, the default one, every transition.

use crate::{at, firing, json, now, only, pairs, reason, resolved};
use domain::AlertSeverity::{Critical, Error, Info, Warning};
use domain::ServiceName;
use domain::alerts::SignalState;
use formats::{Sent, datadog};
use serde_json::Value;

/// What Datadog puts for the variables of our template.
const FILLED: [(&str, &str); 19] = [
    ("$ALERT_TRANSITION", "Triggered"),
    ("$ALERT_CYCLE_KEY", "3c5f0b1e9d7a44f2"),
    ("$AGGREG_KEY", "9bd4ac313a4d1e8fae2482df7b77628"),
    ("$ALERT_ID", "4242"),
    ("$EVENT_TITLE", "[P2] [Triggered on {host:db9}] Disk of db9 is full"),
    ("$TEXT_ONLY_MSG", "97 % of /var is used."),
    ("$ALERT_PRIORITY", "P2"),
    ("$ALERT_TYPE", "error"),
    ("$ALERT_SCOPE", "host:db9"),
    ("$TAGS", "env:production,host:db9,service:Order DB,storage"),
    ("$HOSTNAME", "db9"),
    ("$LINK", "https://app.datadoghq.example/monitors/4242"),
    ("$SNAPSHOT", ""),
    ("$DATE", "1795422898000"),
    ("$LAST_UPDATED", "1795422899000"),
    ("$ORG_ID", "11023"),
    ("$ORG_NAME", "Acme"),
    ("$ID", "1234567"),
    ("$EVENT_MSG", "97 % of /var is used. @webhook-muster"),
];

/// A template filled in, these variables otherwise.
fn filled(template: &str, but: &[(&str, &str)]) -> Value {
    fn fill(value: &mut Value, with: &[(&str, &str)]) {
        match value {
            Value::String(text) => {
                if let Some((_, filled)) = with.iter().find(|(name, _)| *name == text.as_str()) {
                    *text = (*filled).to_owned();
                }
            }
            Value::Object(fields) => fields.values_mut().for_each(|value| fill(value, with)),
            Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut body = json(&format!("datadog/{template}.json"));
    fill(&mut body, &[but, &FILLED].concat());
    body
}

fn read(body: &Value) -> domain::alerts::Signal {
    only(datadog::read(&Sent::body(body.to_string().as_bytes()), now()))
}

#[test]
fn our_template_says_all() {
    let signal = read(&filled("recommended_template", &[]));
    assert_eq!(signal.key, "9bd4ac313a4d1e8fae2482df7b77628", "the monitor and its group");
    assert_eq!(signal.episode, "3c5f0b1e9d7a44f2", "from trigger to recovery");
    assert_eq!(signal.title, "Disk of db9 is full", "the state and the priority are said elsewhere");
    assert_eq!((signal.group_key.as_str(), signal.group_title.as_str()), ("monitor/4242", "Disk of db9 is full"));
    assert_eq!((signal.severity, signal.state), (Error, firing()));
    assert_eq!(signal.started_at, at("2026-11-23T08:34:58Z"));
    assert_eq!(signal.link.as_deref(), Some("https://app.datadoghq.example/monitors/4242"));
    assert_eq!(signal.service, Some(ServiceName("order-db".into())), "the tag `service`");
    let labels = [
        ("env", "production"),
        ("host", "db9"),
        ("monitor", "4242"),
        ("org", "Acme"),
        ("priority", "P2"),
        ("scope", "host:db9"),
        ("service", "Order DB"),
        ("tags", "storage"),
    ];
    assert_eq!(pairs(&signal.labels), labels);
    assert_eq!(pairs(&signal.annotations), [("description", "97 % of /var is used."), ("transition", "Triggered")]);
}

#[test]
fn the_default_template_says_it_in_its_title() {
    let signal = read(&filled("default_template", &[]));
    assert_eq!((signal.key.as_str(), signal.title.as_str()), ("Disk of db9 is full/host:db9", "Disk of db9 is full"));
    assert_eq!((signal.severity, signal.state.clone()), (Error, firing()), "P2, as its title says");
    assert_eq!(signal.annotations["description"], "97 % of /var is used. @webhook-muster");
    let over = filled("default_template", &[("$EVENT_TITLE", "[P2] [Recovered on {host:db9}] Disk of db9 is full")]);
    let over = read(&over);
    assert_eq!((over.key, over.state), (signal.key, resolved("2026-11-23T08:34:58Z")), "the same alert");
}

#[test]
fn every_transition() {
    let firing = firing();
    let over = resolved("2026-11-23T08:34:58Z");
    for (transition, priority, state, severity) in [
        ("Triggered", "P1", &firing, Critical),
        ("Re-Triggered", "P2", &firing, Error),
        ("Warn", "P1", &firing, Warning),
        ("Re-Warn", "P4", &firing, Info),
        ("No Data", "P3", &firing, Warning),
        ("Re-No Data", "P5", &firing, Info),
        ("Renotify", "P1", &firing, Critical),
        ("Something new", "P1", &firing, Critical),
        ("Recovered", "P1", &over, Critical),
    ] {
        let signal = read(&filled("recommended_template", &[("$ALERT_TRANSITION", transition), ("$ALERT_PRIORITY", priority)]));
        assert_eq!((&signal.state, signal.severity), (state, severity), "{transition} {priority}");
        assert_eq!((signal.key.as_str(), signal.episode.as_str()), ("9bd4ac313a4d1e8fae2482df7b77628", "3c5f0b1e9d7a44f2"), "{transition}");
    }
}

#[test]
fn without_a_priority_the_type_counts() {
    for (kind, severity) in [("error", Error), ("warning", Warning), ("info", Info), ("success", Warning), ("", Warning)] {
        let title = "[Triggered] Disk";
        let but = [("$ALERT_PRIORITY", ""), ("$ALERT_TYPE", kind), ("$EVENT_TITLE", title)];
        assert_eq!(read(&filled("recommended_template", &but)).severity, severity, "{kind:?}");
    }
}

#[test]
fn what_was_not_filled_in_is_absent() {
    let signal =
        read(&filled("recommended_template", &[("$ALERT_CYCLE_KEY", ""), ("$TAGS", ""), ("$DATE", "$DATE"), ("$HOSTNAME", "$HOSTNAME")]));
    assert_eq!(signal.episode, "", "an empty text says nothing");
    assert_eq!(signal.started_at, at("2026-11-23T08:34:59Z"), "then the last update");
    assert_eq!(signal.labels.get("host"), None, "a variable is no host");
    let bare = read(&filled("recommended_template", &[("$AGGREG_KEY", "")]));
    assert_eq!(bare.key, "monitor/4242/host:db9", "a monitor and its scope tell it too");
}

#[test]
fn a_template_of_ones_own_may_use_the_variables_names() {
    let body = serde_json::json!({"alert_id": 7, "alert_transition": "Recovered", "event_title": "CPU", "alert_priority": "P1", "date": 1_795_422_898_000_i64});
    let signal = read(&body);
    assert_eq!((signal.key.as_str(), signal.severity, signal.state), ("monitor/7/", Critical, resolved("2026-11-23T08:34:58Z")));
}

#[test]
fn it_may_come_as_a_form() {
    let headers = crate::headers(&[("Content-Type", "application/x-www-form-urlencoded")]);
    let body = b"title=CPU&event_action=Recovered&aggreg_key=k1&date=1795422898000";
    let signal = only(datadog::read(&Sent { headers: &headers, body, ..Sent::default() }, now()));
    assert_eq!((signal.key.as_str(), signal.state), ("k1", resolved("2026-11-23T08:34:58Z")));
}

#[test]
fn a_template_that_was_never_filled_in_is_refused() {
    for body in [json("datadog/recommended_template.json"), json("datadog/default_template.json"), serde_json::json!([1])] {
        let reason = reason(datadog::read(&Sent::body(body.to_string().as_bytes()), now()));
        assert!(reason.contains("take the payload that Muster shows"), "{reason}");
    }
}

#[test]
fn an_odd_date_is_none() {
    let far = read(&filled("recommended_template", &[("$DATE", "99999999999999999999"), ("$LAST_UPDATED", "soon")]));
    assert_eq!(far.started_at, now());
    assert_eq!(far.state, SignalState::Firing { lapses_at: None });
}
