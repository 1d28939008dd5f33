//! What armed clocks cost a home that does nothing: processor time of `muster serve` with 1,000 promises hours ahead, beside
//! the same home without them and beside an empty one. All three idle at the same time, so that what else the machine does
//! falls on all alike; idle, they do not get into each other's way.

use crate::measure::{Aim, Row};
use crate::{declare, seed};
use anyhow::{Context, Result, ensure};
use domain::incidents::{CommsEvent, IncidentCommand};
use domain::{IncidentId, Severity};
use engine::{Act, Engine};
use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};
use tests::app::{Headless, Home};

/// Open incidents of a home, each with one clock on one side.
const INCIDENTS: usize = 1_000;
/// How far ahead the promises lie (6 h): nothing rings while it is measured.
const AHEAD_MS: i64 = 6 * 60 * 60 * 1000;
/// What a start does is over after this.
const CALM: Duration = Duration::from_secs(30);
/// Windows measured, one after the other.
const WINDOWS: usize = 3;
const WINDOW: Duration = Duration::from_secs(60);
/// How often a thread's time is read: one that ends takes its count with it.
const LOOK: Duration = Duration::from_millis(500);

/// Measures the three homes.
pub async fn rows(folder: &Path) -> Result<Vec<Row>> {
    let armed = served(folder, "armed.db", Some(AHEAD_MS)).await?;
    let unarmed = served(folder, "unarmed.db", None).await?;
    let empty = Home::create()?.serve().await?;
    tokio::time::sleep(CALM).await;
    let mut meters = [Meter::of(&armed)?, Meter::of(&unarmed)?, Meter::of(&empty)?];
    for window in 0..WINDOWS {
        let before = meters.each_mut().map(Meter::read);
        let begun = Instant::now();
        while begun.elapsed() < WINDOW {
            tokio::time::sleep(LOOK).await;
            meters.iter_mut().for_each(Meter::note);
        }
        let spent: Vec<String> = meters.iter_mut().zip(before).map(|(meter, before)| format!("{:.2}", meter.read() - before)).collect();
        eprintln!("window {}: {} ms of processor time (armed, unarmed, empty)", window + 1, spent.join(", "));
    }
    let [armed_ms, unarmed_ms, empty_ms] = meters.map(|meter| meter.since_first() / (WINDOWS as f64 * WINDOW.as_secs_f64() / 60.0));
    let row = |against: &str, theirs: f64, aim| {
        Row::new("1,000 armed clocks, idle `muster serve`, processor time a minute", against, (armed_ms, theirs), "ms", aim)
    };
    Ok(vec![row("the same incidents, no clock", unarmed_ms, Aim::AtMost(1.1)), row("an empty home", empty_ms, Aim::Noted)])
}

/// A server on a home with open incidents of the lowest severity, which has no clocks of its own.
async fn served(folder: &Path, name: &str, ahead: Option<i64>) -> Result<Headless> {
    let database = folder.join(name);
    let engine = declare::open(&database)?;
    for number in 0..INCIDENTS {
        let incident = seed::declare_as(&engine, number, Some(Severity::Sev5)).await?;
        if let Some(ahead) = ahead {
            promise(&engine, incident, ahead).await?;
        }
    }
    seed::settle(&engine).await?;
    engine.stop().await;
    let expected = if ahead.is_some() { INCIDENTS } else { 0 };
    ensure!(wakes(&database)? == expected, "{name} has {} clocks, not {expected}", wakes(&database)?);
    let home = Home::create()?;
    std::fs::create_dir_all(home.path())?;
    std::fs::copy(&database, home.path().join("muster.db"))?;
    home.serve().await
}

async fn promise(engine: &Engine, incident: IncidentId, ahead: i64) -> Result<()> {
    let promised = CommsEvent::Promised { due: engine.now().plus_millis(ahead), every_minutes: None };
    engine.submit(seed::command(Act::Incident(incident, IncidentCommand::Comms(promised)))).await?;
    Ok(())
}

fn wakes(database: &Path) -> Result<usize> {
    let connection = rusqlite::Connection::open_with_flags(database, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    Ok(connection.query_row("SELECT count(*) FROM wakes", [], |row| row.get::<_, i64>(0))?.try_into()?)
}

/// Processor time of one process, by the scheduler's own count of each thread, in nanoseconds: the kernel's ticks of 10 ms
/// are too coarse for what idles.
struct Meter {
    process: u32,
    threads: HashMap<String, u64>,
    first: f64,
}

impl Meter {
    fn of(served: &Headless) -> Result<Self> {
        let processes = served.home().processes();
        let (process, _) = processes.iter().find(|(_, name)| name == "muster").context("muster serve runs")?;
        let mut meter = Self { process: *process, threads: HashMap::new(), first: 0.0 };
        meter.first = meter.read();
        ensure!(meter.first > 0.0, "this kernel counts no thread's time in /proc/PID/task/TID/schedstat");
        Ok(meter)
    }

    /// Milliseconds so far.
    fn read(&mut self) -> f64 {
        self.note();
        self.threads.values().sum::<u64>() as f64 / 1e6
    }

    fn note(&mut self) {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.process)).into_iter().flatten().flatten();
        for task in tasks {
            let counted = std::fs::read_to_string(task.path().join("schedstat")).ok();
            let spent = counted.and_then(|text| text.split(' ').next()?.parse().ok());
            if let Some(spent) = spent {
                self.threads.insert(task.file_name().to_string_lossy().into_owned(), spent);
            }
        }
    }

    fn since_first(mut self) -> f64 {
        self.read() - self.first
    }
}
