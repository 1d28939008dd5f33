//! How long reading a body takes, against reading the same bytes as JSON and no more: `cargo run --release -p formats
//! --example pace_a`. What is wanted is at most twice.

use domain::Timestamp;
use formats::{Parsed, Sent, Unreadable, api_alerts, grafana, nagios, opsgenie, pagerduty, slack, victorops};
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::Instant;

/// Rounds of which the fastest counts: what is slower was disturbed.
const ROUNDS: usize = 500;
/// Bytes read in a round: short enough to be left alone, long enough for the clock.
const SLICE: usize = 100_000;

type Reader = fn(&Sent<'_>, Timestamp) -> Result<Parsed, Unreadable>;

fn main() {
    let bodies: [(&str, Reader, Value); 14] = [
        ("grafana 11", grafana::read, sample("grafana/alert_v11_firing.json")),
        ("grafana 9, mixed", grafana::read, sample("grafana/v9_mixed.example.json")),
        ("grafana, 500 alerts", grafana::read, many(sample("grafana/alert_v11_firing.json"), "alerts")),
        ("grafana, legacy", grafana::read, sample("grafana/legacy_alerting.example.json")),
        ("pagerduty, alertmanager", pagerduty::read, sample("pagerduty-events-v2/alertmanager-0.25-trigger.json")),
        ("pagerduty, full", pagerduty::read, sample("pagerduty-events-v2/trigger-full.example.json")),
        ("pagerduty, resolve", pagerduty::read, sample("pagerduty-events-v2/pdpyras-5.4.1-resolve.json")),
        ("opsgenie", opsgenie::read, sample("opsgenie/alertmanager-0.25-create.json")),
        ("victorops", victorops::read, sample("victorops/alertmanager-0.25-firing.json")),
        ("slack", slack::read, sample("slack/alertmanager-0.25-firing.json")),
        ("nagios, json", nagios::read, json!({"host": "web1", "service": "HTTP", "state": "CRITICAL", "type": "PROBLEM", "output": "503"})),
        (
            "alertmanager, asked",
            |sent, now| api_alerts::alertmanager(sent.body, now),
            sample("alertmanager-api-v2/alertmanager-0.25-alerts.json"),
        ),
        ("prometheus, asked", |sent, now| api_alerts::prometheus(sent.body, now), sample("prometheus-http-api/alerts.json")),
        (
            "pagerduty, asked",
            |sent, now| api_alerts::incidents(sent.body, now),
            many(sample("pagerduty-rest/incidents.example.json"), "incidents"),
        ),
    ];
    println!("{:<26}{:>9}{:>12}{:>12}{:>8}", "format", "bytes", "JSON, µs", "read, µs", "ratio");
    for (name, read, body) in bodies {
        let bytes = body.to_string().into_bytes();
        let times = (SLICE / bytes.len()).max(1);
        let (mut json, mut whole) = (f64::INFINITY, f64::INFINITY);
        // By turns, so that both meet the same company on the machine.
        for _ in 0..ROUNDS {
            json = json.min(micros(times, || drop(black_box(serde_json::from_slice::<Value>(black_box(&bytes))))));
            whole = whole.min(micros(times, || drop(black_box(read(&Sent::body(black_box(&bytes)), Timestamp(1_795_422_910_000))))));
        }
        println!("{name:<26}{:>9}{json:>12.2}{whole:>12.2}{:>8.2}", bytes.len(), whole / json);
    }
}

/// Microseconds that one of so many runs takes.
fn micros(times: usize, run: impl Fn()) -> f64 {
    let began = Instant::now();
    (0..times).for_each(|_| run());
    began.elapsed().as_secs_f64() * 1e6 / times as f64
}

fn sample(path: &str) -> Value {
    let file = format!("{}/../../../tests/fixtures/payloads/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut read: Value = serde_json::from_str(&text).expect("a fixture is JSON");
    if read.get("method").is_some() { read["body"].take() } else { read }
}

/// The same body with 500 times the items of its list.
fn many(mut body: Value, list: &str) -> Value {
    let items = body[list].as_array().expect("a list").clone();
    body[list] = items.iter().cycle().take(500).cloned().collect();
    body
}
