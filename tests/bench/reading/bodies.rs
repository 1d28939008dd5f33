//! What is read: one body of each kind that senders really send, and lists of many where they send those.

use anyhow::{Context, Result};
use domain::Timestamp;
use domain::home::SourceKind::{self, *};
use formats::{Parsed, Sent, Unreadable};
use serde_json::{Value, json};
use std::path::Path;

/// Items in a long list: what a large place has firing in one group.
const MANY: usize = 500;

/// One body.
pub struct Body {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    /// The kind of source that sends it; none where Prometheus pushes it.
    kind: Option<SourceKind>,
}

impl Body {
    /// Reads it as the listener does.
    pub fn read(&self, now: Timestamp) -> Result<Parsed, Unreadable> {
        match self.kind {
            Some(kind) => formats::read(kind, &Sent::body(&self.bytes), None, now),
            None => formats::alertmanager::push(&self.bytes, now),
        }
    }
}

/// All of them.
pub fn all() -> Result<Vec<Body>> {
    let mut bodies = vec![];
    for (name, kind, path) in FILES {
        bodies.push(Body { name, kind: Some(kind), bytes: file(path)? });
    }
    let webhook = sample("alertmanager/firing-two-alerts.am0.25.json")?;
    let pushed = sample("alertmanager-api-v2/prometheus-2.42-firing.json")?;
    let grafana = sample("grafana/alert_v11_firing.json")?;
    let incidents = sample("pagerduty-rest/incidents.example.json")?;
    let events = sample("cloudevents/batch.json")?;
    let plain = plain();
    for (name, kind, value) in [
        ("alertmanager, webhook, 500 alerts", Some(Alertmanager), many(webhook, "/alerts")),
        ("alertmanager, pushed, 500 alerts", None, many(pushed, "")),
        ("grafana, 500 alerts", Some(Grafana), many(grafana, "/alerts")),
        ("pagerduty, asked, 500 incidents", Some(PagerDutyPull), many(incidents, "/incidents")),
        ("cloudevents, 500", Some(CloudEvents), many(events, "")),
        ("plain JSON, 500", Some(Json), Value::Array(vec![plain.clone(); MANY])),
        ("plain JSON", Some(Json), plain),
        ("nagios, JSON", Some(Nagios), nagios()),
        ("datadog", Some(Datadog), datadog()?),
    ] {
        bodies.push(Body { name, kind, bytes: value.to_string().into_bytes() });
    }
    bodies.push(Body { name: "mail with 50 MB attached", kind: Some(Email), bytes: long_mail() });
    bodies.push(Body { name: "heartbeat", kind: Some(Heartbeat), bytes: b"exit 1: disk full".to_vec() });
    Ok(bodies)
}

const FILES: [(&str, SourceKind, &str); 27] = [
    ("alertmanager, webhook", Alertmanager, "alertmanager/firing.am0.25.json"),
    ("alertmanager, asked", AlertmanagerPull, "alertmanager-api-v2/alertmanager-0.25-alerts.json"),
    ("prometheus, asked", PrometheusPull, "prometheus-http-api/alerts.json"),
    ("grafana 11", Grafana, "grafana/alert_v11_firing.json"),
    ("grafana 9, mixed", Grafana, "grafana/v9_mixed.example.json"),
    ("grafana, legacy", Grafana, "grafana/legacy_alerting.example.json"),
    ("pagerduty, by alertmanager", PagerDuty, "pagerduty-events-v2/alertmanager-0.25-trigger.json"),
    ("pagerduty, every field", PagerDuty, "pagerduty-events-v2/trigger-full.example.json"),
    ("pagerduty, resolve", PagerDuty, "pagerduty-events-v2/pdpyras-5.4.1-resolve.json"),
    ("opsgenie", Opsgenie, "opsgenie/alertmanager-0.25-create.json"),
    ("victorops", VictorOps, "victorops/alertmanager-0.25-firing.json"),
    ("slack", Slack, "slack/alertmanager-0.25-firing.json"),
    ("sentry, event alert", Sentry, "sentry/event_alert.json"),
    ("sentry, issue", Sentry, "sentry/issue_resolved.json"),
    ("sentry, metric alert", Sentry, "sentry/metric_alert_critical.json"),
    ("github, deployment", Github, "github/deployment_payload.json"),
    ("github, workflow run", Github, "github/workflow_run_completed.payload.json"),
    ("github, push", Github, "github/push.json"),
    ("uptime kuma", UptimeKuma, "uptime-kuma/webhook-down.json"),
    ("healthchecks", Healthchecks, "healthchecks/check_json_down.derived.json"),
    ("cloudevents", CloudEvents, "cloudevents/structured.json"),
    ("azure, mapped", Azure, "azure/metric_fired.json"),
    ("google cloud, mapped", Gcp, "gcp/incident_open.json"),
    ("new relic, mapped", NewRelic, "new-relic/incident_activated_default.json"),
    ("zabbix, mapped", Zabbix, "zabbix/problem.json"),
    ("mail of alertmanager", Email, "email/alertmanager-0.25-firing.eml"),
    ("mail of nagios", Email, "nagios/service-problem.eml"),
];

fn plain() -> Value {
    json!({
        "title": "Disk of db9 is full", "description": "97 % of /var, 3 % left", "severity": "critical", "status": "firing",
        "dedup_key": "disk/db9", "service": "db", "url": "https://grafana.example/d/disk", "labels": {"host": "db9", "mount": "/var"},
        "started_at": "2026-11-23T08:34:58Z",
    })
}

fn nagios() -> Value {
    json!({"host": "web1", "service": "HTTP", "state": "CRITICAL", "type": "PROBLEM", "output": "503"})
}

/// Our template, filled in as Datadog does.
fn datadog() -> Result<Value> {
    let mut body = sample("datadog/recommended_template.json")?;
    for (field, value) in [
        ("event_action", "Triggered"),
        ("dedup_key", "3c5f0b1e9d7a44f2"),
        ("aggreg_key", "9bd4ac313a4d1e8fae2482df7b77628"),
        ("monitor_id", "4242"),
        ("title", "[P2] [Triggered on {host:db9}] Disk of db9 is full"),
        ("body", "97 % of /var is used, 3 % are left."),
        ("priority", "P2"),
        ("alert_type", "error"),
        ("scope", "host:db9"),
        ("tags", "env:production,host:db9,service:db,team:storage"),
        ("host", "db9"),
        ("url", "https://app.datadoghq.example/monitors/4242"),
        ("date", "1795422898000"),
        ("last_updated", "1795422898000"),
    ] {
        body[field] = value.into();
    }
    Ok(body)
}

fn long_mail() -> Vec<u8> {
    let head = "Subject: Checkout is down\nFrom: Ann <ann@client.example>\nMIME-Version: 1.0\n\
                Content-Type: multipart/mixed; boundary=b\n\n--b\n\nIt says 502.\n--b\nContent-Type: video/mp4\n\
                Content-Transfer-Encoding: base64\nContent-Disposition: attachment\n\n";
    [head.as_bytes(), &b"AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKKKLLLL\n".repeat(1_000_000)].concat()
}

/// The same body with many times the items of the list that `pointer` points to.
fn many(mut body: Value, pointer: &str) -> Value {
    if let Some(Value::Array(items)) = body.pointer_mut(pointer) {
        *items = items.iter().cycle().take(MANY).cloned().collect();
    }
    body
}

fn sample(path: &str) -> Result<Value> {
    serde_json::from_slice(&file(path)?).with_context(|| format!("{path} is JSON"))
}

/// A body as it is sent: where a fixture holds the whole request, what its body says.
fn file(path: &str) -> Result<Vec<u8>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/payloads").join(path);
    let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
    match serde_json::from_slice::<Value>(&bytes) {
        Ok(request) if request.get("method").is_some() && request.get("body").is_some() => Ok(request["body"].to_string().into_bytes()),
        Ok(value) => Ok(value.to_string().into_bytes()),
        Err(_) => Ok(bytes),
    }
}
