//! From the press on an incident in the list to its first screen, against a page that asks for the same answer and shows it
//! as text; and a very long incident against a long one.

use super::page::{Page, home_with, program};
use crate::measure::{Aim, Row, Samples};
use anyhow::{Context, Result};
use domain::IncidentId;
use serde_json::json;
use std::path::Path;
use tests::app::Home;
use tests::desktop::Rig;
use tests::wait;

/// Times each is opened.
const TIMES: usize = 15;
const ASK: &str = "const done = arguments[1]; globalThis.__TAURI_INTERNALS__.invoke('rpc', arguments[0]).then(done, done)";
const IS_LISTED: &str = "return document.getElementById(arguments[0]) !== null";
const CLICK: &str = "const begun = performance.timeOrigin + performance.now(); \
                     document.getElementById(arguments[0]).click(); return begun";
const TO_WATCH: &str = "[...document.querySelectorAll('nav button, nav a')].find((way) => way.textContent.includes('Watch'))?.click()";
const SHOW: &str = "const begun = performance.timeOrigin + performance.now(); \
                    globalThis.showAnswer('incident.timeline', {incident: 'INC-0000'}); return begun";

/// Opens a room from Watch; answers how long it took to its first screen, in milliseconds.
pub async fn enter(page: &Page, incident: IncidentId) -> Result<f64> {
    let row = format!("row-{incident}");
    wait::until("the incident in the list", wait::SOON, async || {
        if page.script(IS_LISTED, vec![row.clone().into()]).await? == true {
            return Ok(Some(()));
        }
        page.script(TO_WATCH, vec![]).await?;
        Ok(None)
    })
    .await?;
    let begun = page.script(CLICK, vec![row.into()]).await?.as_f64().context("a time")?;
    Ok(page.mark("room-shown", begun).await? - begun)
}

/// Measures ours in turns, then the bare page with an answer that ours got.
pub async fn rows(rig: &Rig, kept: &Path, [long, longer]: [IncidentId; 2]) -> Result<Vec<Row>> {
    let page = Page::open(rig, &program("muster-desktop")?, home_with(kept)?, &[]).await?;
    page.turn_to("main").await?;
    page.mark("watch-shown", 0.0).await?;
    let ask = json!({"op": "incident.timeline", "params": {"incident": long.to_string(), "limit": 100}});
    let answer = page.script_later(ASK, vec![ask]).await?;
    anyhow::ensure!(answer["entries"].as_array().is_some_and(|entries| entries.len() == 100), "a page of the timeline: {answer}");
    let file = kept.join("answer.json");
    std::fs::write(&file, serde_json::to_vec(&answer)?)?;
    let (mut in_long, mut in_longer) = (Samples::default(), Samples::default());
    for _ in 0..TIMES {
        for (id, samples) in [(long, &mut in_long), (longer, &mut in_longer)] {
            samples.push_millis(enter(&page, id).await?);
        }
    }
    page.close().await?;
    let (ten, hundred, floor) = (in_long.quantile(0.5), in_longer.quantile(0.5), of_bare(rig, &file).await?);
    let row = |work: &str, against: &str, pair, aim| Row::new(work, against, pair, "ms", Aim::AtMost(aim));
    Ok(vec![
        row("open an incident with 10,000 entries, first screen, p50", "a page and its JSON by rpc", (ten, floor), 3.0),
        row("open an incident with 100,000 entries, first screen, p50", "itself with 10,000", (hundred, ten), 1.3),
    ])
}

async fn of_bare(rig: &Rig, answer: &Path) -> Result<f64> {
    let answer = answer.to_string_lossy().into_owned();
    let page = Page::open(rig, &program("bare")?, Home::create()?, &[("BARE_ANSWER", &answer)]).await?;
    page.turn_to("main").await?;
    page.mark("usable", 0.0).await?;
    let mut samples = Samples::default();
    for _ in 0..TIMES {
        let begun = page.script(SHOW, vec![]).await?.as_f64().context("a time")?;
        samples.push_millis(page.mark("answer-shown", begun).await? - begun);
    }
    page.close().await?;
    Ok(samples.quantile(0.5))
}
