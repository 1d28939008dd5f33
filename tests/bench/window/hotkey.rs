//! From the hotkey, pressed over whatever is in front, to a declare field that has the keyboard.

use super::page::{Page, home_with, now, program};
use crate::measure::{Aim, Row, Samples};
use anyhow::{Context, Result};
use std::path::Path;
use std::time::Duration;
use tests::desktop::Rig;
use tests::wait;

/// Times it is pressed in each program.
const TIMES: usize = 15;
/// Between two presses: a person does other things in between, and nothing of the last one is under way any more.
const REST: Duration = Duration::from_millis(400);

/// Measures Muster's window, and the bare one that is shown and raised in the same way.
pub async fn rows(rig: &Rig, kept: &Path) -> Result<Vec<Row>> {
    let ours = of(rig, kept, "muster-desktop", &[]).await.context("Muster's own")?;
    let theirs = of(rig, kept, "bare", &[("BARE_HOTKEY", "1")]).await.context("the bare window")?;
    let work = "hotkey pressed to declare field focused, p50";
    Ok(vec![Row::new(work, "the same window, no app around it", (ours, theirs), "ms", Aim::AtMost(1.3))])
}

async fn of(rig: &Rig, kept: &Path, name: &str, environment: &[(&str, &str)]) -> Result<f64> {
    let page = Page::open(rig, &program(name)?, home_with(kept)?, environment).await?;
    page.turn_to("declare").await?;
    let mut samples = Samples::default();
    for _ in 0..TIMES {
        tokio::time::sleep(REST).await;
        let pressed = now();
        rig.press("ctrl+alt+shift+m")?;
        samples.push_millis(page.mark_with_keyboard("declare-focused", pressed).await? - pressed);
        rig.press("Escape")?;
        let hidden = async || Ok(page.script("return document.hasFocus()", vec![]).await?.as_bool().filter(|has| !has));
        wait::until("the declare window hidden", wait::SOON, hidden).await?;
    }
    page.close().await?;
    Ok(samples.quantile(0.5))
}
