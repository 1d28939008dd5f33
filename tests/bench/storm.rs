//! A storm against calm: two `muster serve` side by side, one of which gets 50,000 alerts of 2,000 groups within a minute. What a
//! person's note takes through the socket of either, in turns, so that what else the machine does falls on both; how often
//! the storm makes a noise; and what memory it needs.

use crate::load;
use crate::measure::{Aim, Row, Samples};
use anyhow::{Context, Result, ensure};
use api::Request;
use api::dto::Caller;
use home::{Opened, Options};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tests::app::{Headless, Home};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

/// Alerts of the storm, all new.
const ALERTS: usize = 50_000;
/// Groups they belong to.
const GROUPS: usize = 2_000;
/// Services they speak of.
const SERVICES: usize = 40;
/// Alerts of one request, near what Prometheus sends at once.
const BATCH: usize = 50;
/// Bursts of the storm, one a second: each is sent as fast as it is taken.
const BURSTS: usize = 55;
/// Connections that a burst comes by.
const CONNECTIONS: usize = 16;
/// Notes to either before that, to warm up.
const WARM: usize = 50;
/// Time between two notes to either.
const PACE: Duration = Duration::from_millis(50);
/// Most noises of one storm.
const NOISES: f64 = 5.0;

/// Measures both.
pub async fn rows() -> Result<Vec<Row>> {
    let (stormy, calm) = (Desk::open().await?, Desk::open().await?);
    for _ in 0..WARM {
        stormy.note().await?;
        calm.note().await?;
    }
    let token = stormy.served.add_source("alertmanager", "storm")?;
    let mut storm = JoinSet::new();
    storm.spawn(blow(stormy.served.address().parse()?, token));
    let (mut in_storm, mut in_calm) = (Samples::default(), Samples::default());
    let mut beat = interval(PACE);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let took = loop {
        if let Some(blown) = storm.try_join_next() {
            break blown??;
        }
        beat.tick().await;
        in_storm.push(stormy.note().await?);
        in_calm.push(calm.note().await?);
    };
    let (opened, noises) = on_record(&stormy.served)?;
    ensure!(opened == ALERTS, "{opened} of {ALERTS} alerts are on record");
    let note = |quantile: f64, name: &str| {
        let work = format!("a note while {ALERTS} alerts of {GROUPS} groups come in {:.0} s, {name}", took.as_secs_f64());
        let pair = (in_storm.quantile(quantile), in_calm.quantile(quantile));
        Row::new(&work, "a home in calm beside it", pair, "ms", Aim::AtMost(2.0))
    };
    let memory = (memory(&stormy.served)?, memory(&calm.served)?);
    Ok(vec![
        note(0.5, "p50"),
        note(0.95, "p95"),
        Row::new("noises of that storm", "the most there may be", (noises as f64, NOISES), "", Aim::AtMost(1.0)),
        Row::new("most memory in that storm", "a home in calm beside it", memory, "MiB", Aim::AtMost(1.5)),
    ])
}

/// A person at the socket of a home with an open incident.
struct Desk {
    served: Headless,
    guest: Opened,
    incident: Value,
}

impl Desk {
    async fn open() -> Result<Self> {
        let served = Home::create()?.serve().await?;
        let incident = served.home().muster(&["declare", "Checkout is slow", "--severity", "sev4"])?["ref"].clone();
        let guest = home::open(Options::command(served.home().path())).await?;
        Ok(Self { served, guest, incident })
    }

    /// Writes a note; answers how long it took.
    async fn note(&self) -> Result<Duration> {
        let caller = Caller { as_name: Some("dana".into()), for_name: None, by: None, via: domain::Via::Window };
        let note = json!({"incident": self.incident, "text": "Queue depth falls, next look in five minutes"});
        let request: Request = serde_json::from_value(json!({"op": "incident.note", "params": note}))?;
        let begun = Instant::now();
        self.guest.backend().call(caller, request).await?;
        Ok(begun.elapsed())
    }
}

/// Sends the storm; answers how long it lasted.
async fn blow(address: std::net::SocketAddr, token: String) -> Result<Duration> {
    let requests: Vec<Vec<u8>> =
        (0..ALERTS / BATCH).map(|number| load::post("/api/v2/alerts", Some(&token), &body(number * BATCH))).collect();
    let begun = Instant::now();
    let mut beat = interval(Duration::from_secs(1));
    for burst in requests.chunks(requests.len().div_ceil(BURSTS)) {
        beat.tick().await;
        load::run(address, CONNECTIONS, burst.to_vec()).await?;
    }
    Ok(begun.elapsed())
}

fn body(first: usize) -> String {
    let alert = |number: usize| {
        let (group, severity) = (number % GROUPS, if number.is_multiple_of(7) { "critical" } else { "warning" });
        json!({
            "labels": {"alertname": format!("Unreachable{group}"), "instance": format!("node-{number}:9100"), "job": "node",
                       "service": format!("svc{}", group % SERVICES), "severity": severity},
            "annotations": {"summary": format!("node-{number} does not answer")},
            "startsAt": "2026-01-01T00:00:00Z",
            "endsAt": "2036-01-01T00:00:00Z",
        })
    };
    Value::Array((first..first + BATCH).map(alert).collect()).to_string()
}

/// Alerts that began, and noises made, as the ledger has them.
fn on_record(served: &Headless) -> Result<(usize, usize)> {
    let database = served.home().path().join("muster.db");
    let connection = rusqlite::Connection::open_with_flags(database, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let count = |kind: &str| connection.query_row("SELECT count(*) FROM events WHERE kind = ?1", [kind], |row| row.get::<_, i64>(0));
    Ok((count("alert.opened")?.try_into()?, count("home.alarm_rang")?.try_into()?))
}

/// The most memory that the server had so far, in MiB.
fn memory(served: &Headless) -> Result<f64> {
    let processes = served.home().processes();
    let (process, _) = processes.iter().find(|(_, name)| name == "muster").context("muster serve runs")?;
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("this kernel tells a process's memory")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}
