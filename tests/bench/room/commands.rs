//! A command typed into the line, from Enter until its entry is on screen: parsed, sent, on disk, pushed, read again, drawn.

use super::{Desk, Pair, SAID};
use crate::measure::{Aim, Row};
use anyhow::{Context, Result};
use std::time::Duration;

const WATCH: &str = include_str!("painted.js");
/// Rounds in each room, and commands in a round.
const ROUNDS: usize = 4;
const COMMANDS: usize = 5;
/// Milliseconds between two letters: as fast as they are surely taken in.
const PAUSE: u32 = 12;

/// What is written.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// What is typed before the words.
    before: &'static str,
    /// And behind them.
    behind: &'static str,
}

/// What is measured.
pub const KINDS: [Kind; 3] = [
    Kind { name: "note", before: "", behind: "" },
    Kind { name: "task", before: "/task ", behind: " @dana 10m" },
    Kind { name: "decision", before: "/decision ", behind: "" },
];

/// Measures one kind in both rooms.
pub async fn rows(desk: &Desk<'_>, kind: Kind) -> Result<Vec<Row>> {
    let mut pair = Pair::default();
    for round in 0..ROUNDS {
        for (is_long, incident) in desk.in_turns(round) {
            desk.sit_down(incident).await?;
            for number in 0..COMMANDS {
                let took = one(desk, kind, &format!("{} {round}{number}z", kind.name)).await?;
                if is_long { &mut pair.long } else { &mut pair.empty }.push_millis(took);
            }
        }
    }
    let work = format!("{} from Enter to the painted entry, 10,000-entry room, p50", kind.name);
    Ok(vec![Row::new(&work, "an empty room", pair.medians(), "ms", Aim::AtMost(1.3))])
}

async fn one(desk: &Desk<'_>, kind: Kind, words: &str) -> Result<f64> {
    desk.write(&format!("{}Look at {words}{}", kind.before, kind.behind), PAUSE)?;
    // What the last letter led to is over.
    tokio::time::sleep(Duration::from_millis(300)).await;
    desk.page.script(WATCH, vec![words.into()]).await?;
    desk.rig.press("Return")?;
    let painted = desk.page.script_later("globalThis.benchPainted.then(arguments[0])", vec![]).await;
    let took = match painted {
        Ok(took) => took.as_f64().context("a time")?,
        Err(fault) => {
            let said = desk.page.script(SAID, vec![]).await?;
            return Err(fault).with_context(|| format!("\"{words}\" was not painted; the window says {said}"));
        }
    };
    desk.await_line("the line emptied by Enter").await?;
    // The burst of reads that the command led to is over.
    tokio::time::sleep(Duration::from_millis(300)).await;
    Ok(took)
}
