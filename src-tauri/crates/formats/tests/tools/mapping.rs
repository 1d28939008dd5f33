//! The mappings that are shipped, by samples written after the tools' documentation.

use crate::{acknowledged, at, file, firing, json, now, only, pairs, reason, resolved};
use domain::AlertSeverity::{self, Critical, Error, Info, Warning};
use domain::ServiceName;
use domain::alerts::Signal;
use domain::home::SourceKind;
use formats::Sent;
use formats::mapping::{Mapping, shipped, shipped_text};
use serde_json::Value;

fn by(kind: SourceKind, body: &Value) -> Signal {
    only(shipped(kind).expect("a mapping is shipped").read(&Sent::body(body.to_string().as_bytes()), now()))
}

fn sample(kind: SourceKind, path: &str) -> Signal {
    by(kind, &json(path))
}

#[test]
fn four_tools_have_one_and_each_reads() {
    for kind in SourceKind::ALL {
        let expected = matches!(kind, SourceKind::Azure | SourceKind::Gcp | SourceKind::NewRelic | SourceKind::Zabbix);
        assert_eq!(shipped(*kind).is_some(), expected, "{kind:?}");
        if let Some(text) = shipped_text(*kind) {
            assert!(Mapping::parse(text).is_ok(), "{kind:?} is also what a person may copy");
        }
    }
}

#[test]
fn azure_fires_and_resolves() {
    let signal = sample(SourceKind::Azure, "azure/metric_fired.json");
    assert!(signal.key.ends_with("/alerts/aaaaaaaa-0000-0000-0000-000000000007"), "the instance");
    assert_eq!((signal.title.as_str(), signal.severity, &signal.state), ("Checkout CPU above 90 %", Error, &firing()));
    assert_eq!((signal.episode.as_str(), signal.started_at), ("2026-11-23T08:34:58.1234567Z", at("2026-11-23T08:34:58.123Z")));
    assert!(signal.group_key.ends_with("/metricAlerts/checkout-cpu"), "the rule: {}", signal.group_key);
    assert_eq!(signal.group_title, "Checkout CPU above 90 %");
    assert_eq!(signal.service, Some(ServiceName("checkout-1".into())));
    assert_eq!(signal.link.as_deref(), Some("https://portal.azure.example/#alerts/aaaaaaaa-0000-0000-0000-000000000007"));
    let labels = [
        ("monitoring_service", "Platform"),
        ("resource", "checkout-1"),
        ("resource_group", "shop"),
        ("resource_type", "microsoft.compute/virtualmachines"),
        ("rule", "Checkout CPU above 90 %"),
        ("runbook", "https://runbooks.example/cpu"),
        ("severity", "Sev1"),
        ("signal_type", "Metric"),
        ("team", "payments"),
    ];
    assert_eq!(pairs(&signal.labels), labels, "custom properties are labels under their own names");
    assert_eq!(signal.annotations["condition"], "Percentage CPU GreaterThan 90, measured 97.25");
    assert_eq!(signal.annotations["description"], "The machine is near its limit.");

    let over = sample(SourceKind::Azure, "azure/metric_resolved.json");
    assert_eq!((over.key, over.state), (signal.key, resolved("2026-11-23T08:49:58.765Z")));
}

#[test]
fn every_severity_of_azure() {
    for (word, severity) in [("Sev0", Critical), ("Sev1", Error), ("Sev2", Warning), ("Sev3", Info), ("Sev4", Info), ("Sev9", Warning)] {
        let mut body = json("azure/metric_fired.json");
        body["data"]["essentials"]["severity"] = word.into();
        assert_eq!(by(SourceKind::Azure, &body).severity, severity, "{word}");
    }
}

#[test]
fn another_schema_of_azure_is_kept_unread() {
    let body = br#"{"schemaId":"AzureMonitorMetricAlert","data":{"status":"Activated","context":{"id":"x"}}}"#;
    assert!(reason(shipped(SourceKind::Azure).expect("shipped").read(&Sent::body(body), now())).contains("`key` found nothing"));
}

#[test]
fn google_opens_and_closes() {
    let signal = sample(SourceKind::Gcp, "gcp/incident_open.json");
    assert_eq!((signal.key.as_str(), signal.episode.as_str()), ("0.mabc123xyz", "1795422898"));
    assert_eq!((signal.title.as_str(), signal.severity, &signal.state), ("p95 latency above 800 ms", Critical, &firing()));
    assert_eq!(signal.started_at, at("2026-11-23T08:34:58Z"), "seconds since 1970");
    assert_eq!((signal.group_key.as_str(), signal.group_title.as_str()), ("acme-shop/Checkout is slow", "Checkout is slow"));
    assert_eq!(signal.service, Some(ServiceName("checkout".into())));
    assert!(signal.link.as_deref().is_some_and(|link| link.ends_with("0.mabc123xyz?project=acme-shop")));
    for (name, value) in
        [("team", "payments"), ("location", "europe-west1"), ("resource_type", "cloud_run_revision"), ("policy", "Checkout is slow")]
    {
        assert_eq!(signal.labels[name], value, "{name}");
    }
    assert_eq!(signal.annotations["observed"], "1432.100 (threshold 800)");
    assert_eq!(signal.annotations["description"], "See the runbook for checkout latency.");
    let over = sample(SourceKind::Gcp, "gcp/incident_closed.json");
    assert_eq!((over.key, over.state), (signal.key, resolved("2026-11-23T08:49:58Z")));
    let mut body = json("gcp/incident_open.json");
    body["incident"]["state"] = "OPEN".into();
    body["incident"]["severity"] = "No severity".into();
    assert_eq!((by(SourceKind::Gcp, &body).state, by(SourceKind::Gcp, &body).severity), (firing(), Warning), "in any case");
}

#[test]
fn new_relic_activates_acknowledges_and_closes() {
    let signal = sample(SourceKind::NewRelic, "new-relic/incident_activated_default.json");
    assert_eq!(signal.key, "c5faa7e6-7b54-402d-af79-f99601e0278c");
    assert_eq!(signal.title, "zulip_app query result is > 1.0 for 1 minutes on 'Zulip Server Low Storage'");
    assert_eq!((signal.severity, &signal.state, signal.started_at), (Critical, &firing(), at("2024-04-22T03:05:31.352Z")));
    assert_eq!((signal.group_key.as_str(), signal.group_title.as_str()), ("Golden Signals", "Golden Signals"));
    assert_eq!(signal.service, Some(ServiceName("zulip_app".into())));
    let labels = [
        ("condition", "Zulip Server Low Storage"),
        ("entity", "zulip_app"),
        ("policy", "Golden Signals"),
        ("priority", "CRITICAL"),
        ("source", "newrelic"),
        ("workflow", "testWorkflow"),
    ];
    assert_eq!(pairs(&signal.labels), labels);
    assert_eq!(pairs(&signal.annotations), [("incidents", "1"), ("trigger", "STATE_CHANGE")]);
    assert!(signal.link.is_some_and(|link| link.starts_with("https://radar-api.service.newrelic.com/")));

    let seen = sample(SourceKind::NewRelic, "new-relic/issue_acknowledged.json");
    let over = sample(SourceKind::NewRelic, "new-relic/issue_closed.json");
    assert_eq!((seen.state, over.state), (acknowledged(Some("Dana Reyes")), resolved("2026-11-23T08:54:58Z")));
    assert_eq!((seen.key, over.labels["entity"].as_str(), over.severity), (over.key, "checkout, payments", Error));
}

#[test]
fn every_priority_of_new_relic() {
    for (word, severity) in [("CRITICAL", Critical), ("HIGH", Error), ("MEDIUM", Warning), ("LOW", Info)] {
        let mut body = json("new-relic/issue_closed.json");
        body["priority"] = word.into();
        assert_eq!(by(SourceKind::NewRelic, &body).severity, severity, "{word}");
    }
}

#[test]
fn zabbix_fires_is_acknowledged_and_recovers() {
    let signal = sample(SourceKind::Zabbix, "zabbix/problem.json");
    assert_eq!((signal.key.as_str(), &signal.state, signal.severity), ("10528", &firing(), Critical));
    assert_eq!(signal.title, "Zabbix agent on db9 has been unreachable for 5 minutes");
    assert_eq!((signal.group_key.as_str(), signal.group_title.as_str()), ("14032", signal.title.as_str()));
    assert_eq!(signal.link.as_deref(), Some("https://zabbix.example/tr_events.php?triggerid=14032&eventid=10528"));
    assert_eq!(signal.started_at, now(), "its date names no zone");
    assert_eq!(
        pairs(&signal.labels),
        [("host", "db9"), ("ip", "192.0.2.9"), ("tags", "scope:availability, service:db"), ("trigger", "14032")]
    );
    assert_eq!(pairs(&signal.annotations), [("description", "Look at the agent's log first."), ("operational_data", "Up (1)")]);
    assert_eq!(sample(SourceKind::Zabbix, "zabbix/acknowledged.json").state, acknowledged(Some("Dana Reyes")));
    assert_eq!(sample(SourceKind::Zabbix, "zabbix/recovery.json").state, resolved("2026-11-23T08:35:10Z"));
    assert_eq!(sample(SourceKind::Zabbix, "zabbix/recovery.json").key, signal.key);
}

#[test]
fn every_update_and_severity_of_zabbix() {
    for (value, update, ack, state) in [
        ("1", "0", "No", firing()),
        ("1", "1", "No", firing()),
        ("1", "0", "Yes", firing()),
        ("1", "1", "Yes", acknowledged(Some("Dana Reyes"))),
        ("0", "0", "Yes", resolved("2026-11-23T08:35:10Z")),
    ] {
        let mut body = json("zabbix/problem.json");
        (body["event_value"], body["event_update_status"], body["event_ack_status"]) = (value.into(), update.into(), ack.into());
        assert_eq!(by(SourceKind::Zabbix, &body).state, state, "value {value}, update {update}, acknowledged {ack}");
    }
    let severities: [AlertSeverity; 6] = [Info, Info, Warning, Warning, Error, Critical];
    for (number, severity) in severities.into_iter().enumerate() {
        let mut body = json("zabbix/problem.json");
        body["event_nseverity"] = number.into();
        assert_eq!(by(SourceKind::Zabbix, &body).severity, severity, "{number}, as Zabbix maps it for PagerDuty");
    }
}

#[test]
fn another_script_for_zabbix_reads_too() {
    let signal = only(shipped(SourceKind::Zabbix).expect("shipped").read(&Sent::body(&file("zabbix/zulip_fixture_disaster.json")), now()));
    assert_eq!(signal.title, "Zabbix agent on www.example.com is unreachable for 5 minutes");
    assert_eq!((signal.key.as_str(), &signal.state, signal.severity), (signal.title.as_str(), &firing(), Critical));
    assert_eq!(pairs(&signal.labels), [("host", "www.example.com"), ("severity", "Disaster")]);
    assert_eq!(signal.annotations["operational_data"], "Agent ping is Up (1)");
    assert_eq!(signal.link.as_deref(), Some("https://zabbix.example.com/tr_events.php?triggerid=14032&eventid=10528"));
    let mut over = json("zabbix/zulip_fixture_disaster.json");
    over["status"] = "OK".into();
    assert_eq!(by(SourceKind::Zabbix, &over).state, resolved("2026-11-23T08:35:10Z"));
}
