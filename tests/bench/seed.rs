//! Homes of a known size, filled through the engine like any other.

use anyhow::{Context, Result};
use domain::incidents::IncidentCommand;
use domain::{Entry, Handle, IncidentId, Severity, Via};
use engine::{Act, Command, Declaration, Engine};

/// Commands under way at once: enough that one sync carries many.
const AT_ONCE: usize = 256;

/// The person who enters everything.
pub fn entry() -> Entry {
    Entry::by(Handle("dana".into()), Via::Cli)
}

/// A command at the present.
pub fn command(act: Act) -> Command {
    Command { entry: entry(), occurred_at: None, once: None, act }
}

/// Declares one incident.
pub async fn declare(engine: &Engine, number: usize) -> Result<IncidentId> {
    declare_as(engine, number, None).await
}

/// Declares one incident of this severity; SEV5 has neither notices nor clocks of its own.
pub async fn declare_as(engine: &Engine, number: usize, severity: Option<Severity>) -> Result<IncidentId> {
    let title = format!("Checkout returns 502 for customers in region {number}");
    let declaration = Declaration { title, severity, ..Declaration::default() };
    let done = engine.submit(command(Act::Declare(declaration))).await?;
    done.incident.context("a declaration names its incident")
}

/// Declares `incidents` and writes `notes` to each.
pub async fn fill(engine: &Engine, incidents: usize, notes: usize) -> Result<Vec<IncidentId>> {
    let mut ids = vec![];
    for number in 0..incidents {
        ids.push(declare(engine, number).await?);
    }
    write(engine, &ids, notes).await?;
    Ok(ids)
}

/// Writes `notes` to each of these incidents.
pub async fn write(engine: &Engine, ids: &[IncidentId], notes: usize) -> Result<()> {
    let mut under_way = tokio::task::JoinSet::new();
    for (id, number) in ids.iter().flat_map(|id| (0..notes).map(move |number| (*id, number))) {
        let engine = engine.clone();
        under_way.spawn(async move {
            let text = format!("Observation {number}: queue depth falls, error rate 0.{number} percent, next look in five minutes.");
            engine.submit(command(Act::Incident(id, IncidentCommand::Note { text, pin: false }))).await
        });
        if under_way.len() >= AT_ONCE
            && let Some(done) = under_way.join_next().await
        {
            done??;
        }
    }
    while let Some(done) = under_way.join_next().await {
        done??;
    }
    Ok(())
}

/// Lets search catch up, as it has in a home that was not filled a moment ago.
pub async fn settle(engine: &Engine) -> Result<()> {
    const STEP: usize = 4_096;
    while engine.with_writer(|writer| writer.drain_search(STEP)).await? > 0 {}
    Ok(())
}
