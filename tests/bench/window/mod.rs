//! The real window beside a bare one: a Tauri window with one static page and the same `rpc`, on the same desktop, in turns.

mod hotkey;
mod opening;
pub mod page;
mod start;

pub use opening::enter;

use crate::measure::{Row, Table};
use crate::{declare, seed};
use anyhow::Result;
use domain::IncidentId;
use domain::incidents::IncidentCommand;
use engine::Act;
use std::path::Path;
use tests::desktop::Rig;

/// Incidents and events of a home after some years.
const INCIDENTS: usize = 1_000;
const NOTES: usize = 200;
/// Incidents of it that are open.
const OPEN: usize = 6;

/// Measures start, memory, hotkey and opening; each is told as soon as it is known.
pub async fn rows(folder: &Path, table: &mut Table) -> Result<Vec<Row>> {
    let rig = Rig::start().await?;
    let kept = folder.join("window");
    std::fs::create_dir_all(&kept)?;
    let long = fill(&kept).await?;
    table.take("start to usable Watch, and memory", start::rows(&rig, &kept).await)?;
    table.take("hotkey pressed to declare field focused", hotkey::rows(&rig, &kept).await)?;
    table.take("open an incident with 10,000 and 100,000 entries", opening::rows(&rig, &kept, long).await)?;
    Ok(vec![])
}

/// A home after some years, with two incidents of 10,000 and 100,000 entries.
async fn fill(folder: &Path) -> Result<[IncidentId; 2]> {
    let engine = declare::open(&folder.join("muster.db"))?;
    let ids = seed::fill(&engine, INCIDENTS, NOTES - 2).await?;
    for id in ids.iter().skip(OPEN) {
        engine.submit(seed::command(Act::Incident(*id, IncidentCommand::SetStatus(domain::Status::Closed)))).await?;
    }
    let mut long = vec![];
    for notes in [10_000, 100_000] {
        long.extend(seed::fill(&engine, 1, notes).await?);
    }
    seed::settle(&engine).await?;
    engine.stop().await;
    Ok([long[0], long[1]])
}

fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
