//! Grafana's webhook, old and new.

use super::{FIRING, at, now, only, read, refused, sample};
use domain::alerts::SignalState;
use domain::{AlertSeverity, ServiceName};
use formats::{Sent, alertmanager, grafana};
use serde_json::{Value, json};

#[test]
fn a_firing_alert_of_version_11() {
    let signal = only(read(grafana::read, &sample("grafana/alert_v11_firing.json")));
    assert_eq!(signal.key, "e6349a25f5ef0e9e", "the fingerprint");
    assert_eq!((signal.episode.as_str(), signal.started_at), ("2024-03-01T02:09:00Z", at("2024-03-01T02:09:00Z")));
    assert_eq!(signal.state, FIRING);
    assert_eq!(signal.severity, AlertSeverity::Warning, "nothing said");
    assert_eq!((signal.title.as_str(), signal.group_title.as_str()), ("High memory usage", "Memory (copy) · device"));
    assert_eq!(signal.group_key, "{}/{debug=\"true\"}:{alertname=\"Memory (copy)\", grafana_folder=\"device\"}");
    let panel = "https://play.grafana.org/d/ece9fb32-7f71-4be9-bd94-2f23608ae5b9?orgId=1&viewPanel=2";
    assert_eq!(signal.link.as_deref(), Some(panel), "the panel, before its dashboard and the rule");
    assert_eq!(signal.labels.len(), 3);
    assert_eq!(signal.annotations["values"], "A=2473545728, B=0, C=1, minute=9");
    assert!(signal.annotations["valueString"].starts_with("[ var='A' labels={instance=node_exporter:9100, job=node}"));
    assert_eq!(signal.annotations["panelURL"], panel);
    assert!(signal.annotations["dashboardURL"].ends_with("2f23608ae5b9?orgId=1"));
    assert!(signal.annotations["silenceURL"].starts_with("https://play.grafana.org/alerting/silence/new?"));
    assert_eq!(signal.annotations["imageURL"], "https://grafana.com/assets/img/blog/mixed_styles.png");
    assert_eq!(signal.annotations["summary"], "High memory usage");
    assert!(!signal.annotations.contains_key("message"), "a summary says more than what Grafana makes of the whole");
    assert_eq!(signal.service, None);
}

#[test]
fn version_9_sends_mixed_states_and_no_values() {
    let parsed = read(grafana::read, &sample("grafana/v9_mixed.example.json"));
    assert_eq!(parsed.refused, vec![]);
    let [zone_a, zone_b] = parsed.signals.as_slice() else { panic!("two alerts") };
    assert_eq!((zone_a.key.as_str(), &zone_a.state, zone_a.severity), ("57c6d9296de2ad39", &FIRING, AlertSeverity::Critical));
    assert_eq!(zone_a.service, ServiceName::parse("checkout"));
    assert_eq!(zone_a.group_title, "Latency · checkout");
    assert!(!zone_a.annotations.contains_key("values"), "there are none");
    assert_eq!(zone_a.annotations["valueString"], "[ var='B0' metric='p99' labels={zone=a} value=4.2 ]");
    assert_eq!(zone_a.link.as_deref(), Some("https://grafana.example/d/lat?viewPanel=4"));

    assert_eq!(zone_b.state, SignalState::Resolved { ended_at: at("2026-11-23T08:31:10Z") }, "its own status, not the group's");
    assert_eq!(zone_b.link.as_deref(), Some("https://grafana.example/d/lat"), "an empty panel is none: the dashboard");
    assert!(!zone_b.annotations.contains_key("valueString"), "empty text says nothing");
    assert_eq!(zone_a.group_key, zone_b.group_key);
}

#[test]
fn a_rule_that_could_not_be_judged_does_not_claim_what_it_watches() {
    let parsed = read(grafana::read, &sample("grafana/not_judged.example.json"));
    let [no_data, failed, over] = parsed.signals.as_slice() else { panic!("three alerts") };
    assert_eq!((no_data.title.as_str(), no_data.severity), ("No data for CPU above 90 %", AlertSeverity::Critical));
    assert_eq!(no_data.annotations["summary"], "CPU is above 90 %", "the rule's words are kept, beneath");
    assert_eq!(no_data.group_title, "DatasourceNoData", "a group without labels goes by its alerts");
    assert_eq!((failed.title.as_str(), &failed.state), ("Data source failed for Queue length", &FIRING));
    assert_eq!(failed.annotations["Error"], "failed to execute query A: timeout");
    assert!(!failed.annotations.contains_key("values"), "an empty object measures nothing");
    assert_eq!(over.state, SignalState::Resolved { ended_at: at("2026-11-23T08:32:00Z") });
}

#[test]
fn one_alert_without_words_gets_those_of_the_notification() {
    let alert = json!({"status": "firing", "labels": {"alertname": "X"}, "annotations": {}, "fingerprint": "1"});
    let told = |alerts: &[Value]| {
        let parsed = read(grafana::read, &json!({"version": "1", "message": "Checkout is slow", "alerts": alerts}));
        parsed.signals.iter().map(|signal| signal.annotations.get("message").cloned()).collect::<Vec<_>>()
    };
    assert_eq!(told(std::slice::from_ref(&alert)), [Some("Checkout is slow".to_owned())]);
    assert_eq!(told(&[alert.clone(), alert]), [None, None], "words about several are about none of them");
}

#[test]
fn fields_of_another_type_cost_no_alert() {
    let body = json!({"alerts": [{
        "status": "firing", "labels": {"alertname": "X"}, "fingerprint": "1", "values": [1], "valueString": 7, "panelURL": {"a": 1},
        "dashboardURL": "javascript:alert(1)", "imageURL": null, "orgId": "one",
    }]});
    let signal = only(read(grafana::read, &body));
    assert_eq!((signal.link, signal.annotations.get("values")), (None, None));
    assert_eq!(signal.annotations["valueString"], "7");
}

#[test]
fn both_hooks_read_both_dialects() {
    for path in ["grafana/alert_v11_firing.json", "grafana/v9_mixed.example.json", "alertmanager/firing-two-alerts.am0.25.json"] {
        let body = sample(path).to_string();
        let (one, other) = (grafana::read(&Sent::body(body.as_bytes()), now()), alertmanager::webhook(body.as_bytes(), now()));
        assert_eq!(one, other, "{path}: whichever address was pasted");
    }
}

#[test]
fn alerting_before_version_9() {
    let signal = only(read(grafana::read, &sample("grafana/legacy_alerting.example.json")));
    assert_eq!((signal.key.as_str(), signal.title.as_str(), &signal.state), ("rule 41", "Disk usage", &FIRING));
    assert_eq!((signal.severity, signal.service), (AlertSeverity::Critical, ServiceName::parse("storage")));
    assert_eq!(signal.annotations["values"], "db1=97.5, db2=98", "what was not measured is left out");
    assert_eq!(signal.annotations["message"], "Disks are filling up");
    assert_eq!(signal.annotations["imageURL"], "https://grafana.example/shot.png");
    assert_eq!(signal.link.as_deref(), Some("https://grafana.example/d/disk?viewPanel=3"));
    assert_eq!((signal.episode.as_str(), signal.started_at), ("", now()), "it names no time");
}

#[test]
fn every_state_of_the_old_alerting() {
    let with = |state: &str| json!({"ruleId": 41, "ruleName": "Disk", "state": state});
    for (state, meant, title) in
        [("alerting", FIRING, "Disk"), ("no_data", FIRING, "No data for Disk"), ("ok", SignalState::Resolved { ended_at: now() }, "Disk")]
    {
        let signal = only(read(grafana::read, &with(state)));
        assert_eq!((signal.key.as_str(), signal.state, signal.title.as_str()), ("rule 41", meant, title), "{state}");
    }
    for state in ["paused", "pending"] {
        assert_eq!(read(grafana::read, &with(state)), formats::Parsed::default(), "{state} says neither that it fires nor that it ended");
    }
    assert!(refused(grafana::read, &with("melting").to_string()).contains("\"melting\""));
    let test = json!({"ruleId": 0, "ruleName": "Test notification", "state": "alerting"});
    assert_eq!(only(read(grafana::read, &test)).key, "Test notification", "what has no number goes by its name");
}

#[test]
fn a_body_that_is_no_notification() {
    for (body, part) in [
        ("", "not a Grafana notification"),
        ("[]", "not a Grafana notification"),
        ("{", "is not JSON"),
        ("{}", "neither `alerts` nor `ruleName`"),
        (r#"{"text": "my own template"}"#, "neither `alerts` nor `ruleName`"),
        (r#"{"alerts": 5}"#, "another shape"),
    ] {
        assert!(refused(grafana::read, body).contains(part), "{body:?}: {:?} says {part:?}", refused(grafana::read, body));
    }
    assert_eq!(read(grafana::read, &json!({"alerts": []})), formats::Parsed::default());
}
