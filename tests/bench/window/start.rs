//! From the start of the process to a Watch that can be used, and what memory that takes.

use super::middle;
use super::page::{Page, home_with, program};
use crate::measure::{Aim, Row};
use anyhow::Result;
use std::path::Path;
use std::time::Duration;
use tests::app::Home;
use tests::desktop::Rig;

/// Starts measured of each program; the middle one counts.
const STARTS: usize = 7;
/// What a start takes for a moment is given back after this.
const CALM: Duration = Duration::from_secs(2);

/// Measures both, in turns.
pub async fn rows(rig: &Rig, kept: &Path) -> Result<Vec<Row>> {
    let (muster, bare) = (program("muster-desktop")?, program("bare")?);
    let (mut times, mut bare_times, mut memory, mut bare_memory) = (vec![], vec![], vec![], vec![]);
    for _ in 0..STARTS {
        let page = Page::open(rig, &bare, Home::create()?, &[]).await?;
        page.turn_to("main").await?;
        bare_times.push(page.mark("usable", 0.0).await? - page.began("bare")?);
        tokio::time::sleep(CALM).await;
        bare_memory.push(page.memory());
        page.close().await?;
        let page = Page::open(rig, &muster, home_with(kept)?, &[]).await?;
        page.turn_to("main").await?;
        times.push(page.mark("watch-shown", 0.0).await? - page.began("muster-desktop")?);
        // It is made behind the main window, once that one is usable.
        page.turn_to("declare").await?;
        tokio::time::sleep(CALM).await;
        memory.push(page.memory());
        page.close().await?;
    }
    let row = |work: &str, (ours, theirs): (Vec<f64>, Vec<f64>), unit: &str, aim: f64| {
        Row::new(work, "a bare Tauri window", (middle(ours), middle(theirs)), unit, Aim::AtMost(aim))
    };
    Ok(vec![
        row("start to usable Watch, 1,000 incidents, 300,000 events", (times, bare_times), "ms", 1.4),
        row("memory (PSS of all processes, warm declare window)", (memory, bare_memory), "MB", 1.45),
    ])
}
