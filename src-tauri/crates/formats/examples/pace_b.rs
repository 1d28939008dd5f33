//! How long each format takes, against reading the same bytes as plain JSON: `cargo run --release -p formats --example pace_b`.
//!
//! Prints, never judges: a loaded machine is no failure.

use domain::Timestamp;
use domain::home::SourceKind;
use formats::{Parsed, Sent, Unreadable};
use serde_json::Value;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Rounds of which the fastest counts: the others were disturbed.
const ROUNDS: usize = 40;
/// How long one round is at least.
const ROUND: Duration = Duration::from_millis(4);
const NOW: Timestamp = Timestamp(1_795_423_000_000);

type Read = Box<dyn Fn(&Sent<'_>) -> Result<Parsed, Unreadable>>;

fn main() {
    println!("{:34} {:>8} {:>10} {:>10} {:>6}", "body", "bytes", "read ns", "JSON ns", "ratio");
    for (name, body, read) in bodies() {
        let sent = Sent::body(&body);
        assert!(read(&sent).is_ok(), "{name} reads");
        let took = fastest(|| drop(black_box(read(black_box(&sent)))));
        let json = fastest(|| drop(black_box(serde_json::from_slice::<Value>(black_box(&body)))));
        let is_json = serde_json::from_slice::<Value>(&body).is_ok();
        let ratio = if is_json { format!("{:.2}", took / json) } else { "-".to_owned() };
        let json = if is_json { format!("{json:.0}") } else { "-".to_owned() };
        println!("{name:34} {:>8} {took:>10.0} {json:>10} {ratio:>6}", body.len());
    }
}

/// Nanoseconds that one call takes.
fn fastest(mut call: impl FnMut()) -> f64 {
    let mut calls = 1_u32;
    let time = |calls: u32, call: &mut dyn FnMut()| {
        let start = Instant::now();
        (0..calls).for_each(|_| call());
        start.elapsed()
    };
    while time(calls, &mut call) < ROUND {
        calls *= 2;
    }
    (0..ROUNDS).map(|_| time(calls, &mut call).as_nanos() as f64 / f64::from(calls)).fold(f64::INFINITY, f64::min)
}

fn bodies() -> Vec<(&'static str, Vec<u8>, Read)> {
    let plain = serde_json::json!({
        "title": "Disk of db9 is full", "description": "97 % of /var, 3 % left", "severity": "critical", "status": "firing",
        "dedup_key": "disk/db9", "service": "db", "url": "https://grafana.example/d/disk", "labels": {"host": "db9", "mount": "/var"},
        "started_at": "2026-11-23T08:34:58Z",
    });
    let many = Value::Array(vec![plain.clone(); 200]);
    let events = sample("cloudevents/batch.json").as_array().cloned().expect("a batch");
    let batch = Value::Array(vec![events; 30].concat());
    vec![
        ("datadog", text(&datadog()), Box::new(|sent| formats::datadog::read(sent, NOW))),
        ("sentry event_alert", file("sentry/event_alert.json"), Box::new(|sent| formats::sentry::read(sent, NOW))),
        ("sentry issue", file("sentry/issue_resolved.json"), Box::new(|sent| formats::sentry::read(sent, NOW))),
        ("sentry metric_alert", file("sentry/metric_alert_critical.json"), Box::new(|sent| formats::sentry::read(sent, NOW))),
        ("github deployment", file("github/deployment_payload.json"), Box::new(|sent| formats::github::read(sent, NOW))),
        ("github workflow_run", file("github/workflow_run_completed.payload.json"), Box::new(|sent| formats::github::read(sent, NOW))),
        ("github push", file("github/push.json"), Box::new(|sent| formats::github::read(sent, NOW))),
        ("uptime_kuma", text(&sample("uptime-kuma/webhook-down.json")["body"]), Box::new(|sent| formats::uptime_kuma::read(sent, NOW))),
        ("healthchecks", file("healthchecks/check_json_down.derived.json"), Box::new(|sent| formats::healthchecks::read(sent, NOW))),
        ("cloudevents one", file("cloudevents/structured.json"), Box::new(|sent| formats::cloudevents::read(sent, NOW))),
        ("cloudevents 180", text(&batch), Box::new(|sent| formats::cloudevents::read(sent, NOW))),
        ("plain one", text(&plain), Box::new(|sent| formats::plain::read(sent, NOW))),
        ("plain 200", text(&many), Box::new(|sent| formats::plain::read(sent, NOW))),
        ("mapping azure", file("azure/metric_fired.json"), mapped(SourceKind::Azure)),
        ("mapping gcp", file("gcp/incident_open.json"), mapped(SourceKind::Gcp)),
        ("mapping newrelic", file("new-relic/incident_activated_default.json"), mapped(SourceKind::NewRelic)),
        ("mapping zabbix", file("zabbix/problem.json"), mapped(SourceKind::Zabbix)),
        ("email alertmanager", file("email/alertmanager-0.25-firing.eml"), Box::new(|sent| formats::email::read(sent, NOW))),
        ("email nagios", file("nagios/service-problem.eml"), Box::new(|sent| formats::email::read(sent, NOW))),
        ("email 50 MB", long_mail(), Box::new(|sent| formats::email::read(sent, NOW))),
        ("heartbeat", b"exit 1: disk full".to_vec(), Box::new(|sent| formats::heartbeat::read(sent, NOW))),
    ]
}

fn mapped(kind: SourceKind) -> Read {
    let mapping = formats::mapping::shipped(kind).expect("a mapping is shipped for it");
    Box::new(|sent| mapping.read(sent, NOW))
}

/// Our template, filled in as Datadog does.
fn datadog() -> Value {
    let mut body = sample("datadog/recommended_template.json");
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
    body
}

fn long_mail() -> Vec<u8> {
    let head = "Subject: Checkout is down\nFrom: Ann <ann@client.example>\nMIME-Version: 1.0\n\
                Content-Type: multipart/mixed; boundary=b\n\n--b\n\nIt says 502.\n--b\nContent-Type: video/mp4\n\
                Content-Transfer-Encoding: base64\nContent-Disposition: attachment\n\n";
    [head.as_bytes(), &b"AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKKKLLLL\n".repeat(1_000_000)].concat()
}

fn text(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

fn sample(path: &str) -> Value {
    serde_json::from_slice(&file(path)).expect("a fixture is JSON")
}

fn file(path: &str) -> Vec<u8> {
    let file = format!("{}/../../../tests/fixtures/payloads/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
}
