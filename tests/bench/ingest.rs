//! Durable ingest against the real Alertmanager, which keeps alerts in memory: the same requests on the same API.

use crate::load;
use crate::measure::{Aim, Row};
use anyhow::{Context, Result};
use std::net::SocketAddr;
use std::time::Duration;

/// Connections at once.
const CONNECTIONS: usize = 64;
/// Rounds; the sides take turns within each, and the middle round counts.
const ROUNDS: usize = 3;

/// Where requests go, and the token where one is asked for.
pub struct Door {
    pub address: SocketAddr,
    pub path: String,
    pub token: Option<String>,
}

/// Measures both doors.
pub async fn rows(ours: &Door, theirs: &Door) -> Result<Vec<Row>> {
    let mut rows = vec![];
    for (batch, requests, aim) in [(1, 6_000, 1.0), (50, 600, 1.0)] {
        let work = format!("durable ingest of new alerts, {CONNECTIONS} connections, batches of {batch}");
        rows.push(compare(&work, ours, theirs, aim, |round| bodies(&format!("new{batch}r{round}"), batch, requests)).await?);
    }
    let repeated = bodies("again", 50, 20);
    for door in [ours, theirs] {
        send(door, &repeated).await?;
    }
    let work = format!("durable ingest of repeats, {CONNECTIONS} connections, batches of 50");
    rows.push(compare(&work, ours, theirs, 2.0, |_| (0..40).flat_map(|_| repeated.clone()).collect()).await?);
    Ok(rows)
}

async fn compare(work: &str, ours: &Door, theirs: &Door, aim: f64, make: impl Fn(usize) -> Vec<String>) -> Result<Row> {
    let (mut our_rates, mut their_rates) = (vec![], vec![]);
    for round in 0..ROUNDS {
        let bodies = make(round);
        let alerts: usize = bodies.iter().map(|body| body.matches("alertname").count()).sum();
        let rate = |took: Duration| alerts as f64 / took.as_secs_f64();
        our_rates.push(rate(send(ours, &bodies).await.context("ours")?));
        their_rates.push(rate(send(theirs, &bodies).await.context("theirs")?));
    }
    Ok(Row::new(work, "Alertmanager, in memory", (middle(our_rates), middle(their_rates)), "alerts/s", Aim::AtLeast(aim)))
}

fn middle(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

async fn send(door: &Door, bodies: &[String]) -> Result<Duration> {
    let requests = bodies.iter().map(|body| load::post(&door.path, door.token.as_deref(), body)).collect();
    load::run(door.address, CONNECTIONS, requests).await
}

/// Bodies of API v2: each alert is its own, in a handful of groups, as a cluster would send them.
fn bodies(run: &str, batch: usize, requests: usize) -> Vec<String> {
    let alert = |request: usize, number: usize| {
        let instance = request * batch + number;
        format!(
            r#"{{"labels":{{"alertname":"HighLatency{group}","instance":"{run}-{instance}:9100","job":"node","severity":"warning","service":"svc{group}","cluster":"eu1"}},"annotations":{{"summary":"Latency above 1 s on {run}-{instance}","runbook_url":"https://runbooks.example/latency"}},"startsAt":"2026-01-01T00:00:00Z","endsAt":"2036-01-01T00:00:00Z","generatorURL":"http://prometheus.example:9090/graph?g0.expr=up"}}"#,
            group = instance % 8,
        )
    };
    (0..requests).map(|request| format!("[{}]", (0..batch).map(|number| alert(request, number)).collect::<Vec<_>>().join(","))).collect()
}
