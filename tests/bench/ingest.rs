//! Durable ingest against the real Alertmanager, which keeps alerts in memory: the same requests on the same API.

use crate::load;
use crate::measure::{Aim, Row};
use anyhow::{Context, Result};
use domain::SourceName;
use engine::ports::Clock as _;
use engine::{Engine, Ingest};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tests::system::SystemClock;

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

/// Measures both doors, and how far the way behind ours would go without it.
pub async fn rows(ours: &Door, theirs: &Door, inside: &Engine) -> Result<Vec<Row>> {
    let mut rows = vec![];
    for (batch, requests, aim) in [(1, 6_000, 1.0), (50, 600, 1.0)] {
        let work = format!("durable ingest of new alerts, {CONNECTIONS} connections, batches of {batch}");
        let row = compare(&work, ours, theirs, aim, |round| bodies(&format!("new{batch}r{round}"), batch, requests)).await?;
        rows.extend(row.with_inside(inside, |round| bodies(&format!("new{batch}r{round}"), batch, requests)).await?);
    }
    let repeated = bodies("again", 50, 20);
    for door in [ours, theirs] {
        send(door, &repeated).await?;
    }
    hand_over(inside, &repeated).await?;
    let work = format!("durable ingest of repeats, {CONNECTIONS} connections, batches of 50");
    let many = |_| (0..40).flat_map(|_| repeated.clone()).collect();
    rows.extend(compare(&work, ours, theirs, 2.0, many).await?.with_inside(inside, many).await?);
    Ok(rows)
}

/// A row, and our figure in it.
struct Compared {
    row: Row,
    rate: f64,
}

impl Compared {
    /// Adds what the same requests need where nothing is sent: read one after the other, and handed over to the engine.
    async fn with_inside(self, engine: &Engine, make: impl Fn(usize) -> Vec<String>) -> Result<[Row; 3]> {
        let (mut read, mut handed) = (vec![], vec![]);
        for round in 0..ROUNDS {
            let bodies = make(round);
            let alerts = count(&bodies) as f64;
            let begun = Instant::now();
            for body in &bodies {
                std::hint::black_box(parsed(body)?);
            }
            read.push(alerts / begun.elapsed().as_secs_f64());
            handed.push(alerts / hand_over(engine, &bodies).await?.as_secs_f64());
        }
        let noted = |what: &str, rates| Row::new(what, "the same by HTTP", (middle(rates), self.rate), "alerts/s", Aim::Noted);
        let (read, handed) = (noted("  of it reading the JSON, on one core", read), noted("  of it the engine, in this process", handed));
        Ok([self.row, read, handed])
    }
}

fn parsed(body: &str) -> Result<formats::Parsed> {
    formats::alertmanager::push(body.as_bytes(), SystemClock.now()).map_err(|fault| anyhow::anyhow!(fault.reason))
}

/// Hands requests to the engine as the listener does, as many at once as there are connections.
async fn hand_over(engine: &Engine, bodies: &[String]) -> Result<Duration> {
    let mut lanes: Vec<Vec<Ingest>> = (0..CONNECTIONS).map(|_| vec![]).collect();
    for (number, body) in bodies.iter().enumerate() {
        let (signals, received_at) = (parsed(body)?.signals, SystemClock.now());
        lanes[number % CONNECTIONS].push(Ingest {
            source: SourceName("bench".into()),
            signals,
            changes: vec![],
            refused: vec![],
            received_at,
        });
    }
    let begun = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for lane in lanes {
        let engine = engine.clone();
        tasks.spawn(async move {
            for ingest in lane {
                engine.ingest(ingest).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(begun.elapsed())
}

fn count(bodies: &[String]) -> usize {
    bodies.iter().map(|body| body.matches("alertname").count()).sum()
}

async fn compare(work: &str, ours: &Door, theirs: &Door, aim: f64, make: impl Fn(usize) -> Vec<String>) -> Result<Compared> {
    let (mut our_rates, mut their_rates) = (vec![], vec![]);
    for round in 0..ROUNDS {
        let bodies = make(round);
        let rate = |took: Duration| count(&bodies) as f64 / took.as_secs_f64();
        our_rates.push(rate(send(ours, &bodies).await.context("ours")?));
        their_rates.push(rate(send(theirs, &bodies).await.context("theirs")?));
    }
    let (rate, theirs) = (middle(our_rates), middle(their_rates));
    Ok(Compared { row: Row::new(work, "Alertmanager, in memory", (rate, theirs), "alerts/s", Aim::AtLeast(aim)), rate })
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
