//! A letter typed into the line, until it is on screen.

use super::{Desk, Pair};
use crate::measure::{Aim, Row};
use anyhow::{Context, Result, ensure};
use std::time::Duration;

const WATCH: &str = include_str!("keys.js");
/// Rounds in each room.
const ROUNDS: usize = 4;
/// What is typed in a round.
const WORDS: &str = "queue depth falls again, errors too";
/// Milliseconds between two letters: a fast typist, and no part of the frame's own rhythm.
const PAUSE: u32 = 97;
/// Least letters of each room that make a row.
const LEAST: usize = 50;

/// Measures to the frame, and what of it is the page's own work: a frame hides whatever is shorter than itself.
pub async fn rows(desk: &Desk<'_>) -> Result<Vec<Row>> {
    let against = "an empty room";
    let echo = of(desk, "echo").await?.medians();
    let work = of(desk, "work").await?;
    Ok(vec![
        Row::new("keystroke to echo, composer of a 10,000-entry room, p50", against, echo, "ms", Aim::AtMost(1.2)),
        Row::new("  of it script and layout, mean", against, (work.long.mean(), work.empty.mean()), "ms", Aim::Noted),
    ])
}

async fn of(desk: &Desk<'_>, wanted: &str) -> Result<Pair> {
    let mut pair = Pair::default();
    for round in 0..ROUNDS {
        for (is_long, incident) in desk.in_turns(round) {
            desk.sit_down(incident).await?;
            tokio::time::sleep(Duration::from_millis(500)).await;
            desk.page.script(WATCH, vec![wanted.into()]).await?;
            desk.write(WORDS, PAUSE)?;
            tokio::time::sleep(Duration::from_millis(200)).await;
            let times = desk.page.script("return globalThis.benchKeys()", vec![]).await?;
            let samples = if is_long { &mut pair.long } else { &mut pair.empty };
            times
                .as_array()
                .context("a list of times")?
                .iter()
                .filter_map(serde_json::Value::as_f64)
                .for_each(|took| samples.push_millis(took));
            desk.rig.press("ctrl+a")?;
            desk.rig.press("BackSpace")?;
            desk.await_line("the line emptied").await?;
        }
    }
    let counts = (pair.long.count(), pair.empty.count());
    ensure!(counts.0 >= LEAST && counts.1 >= LEAST, "only {counts:?} letters of {} reached the line", ROUNDS * WORDS.len());
    Ok(pair)
}
