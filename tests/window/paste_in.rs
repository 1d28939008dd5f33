//! Paste in: what was said elsewhere becomes the record, once; and times of the wrong zone are moved together, and back.

use crate::room::{COMPOSER, Room};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::desktop::Rig;

/// Out of Slack in a browser: times without a day.
const CHAT: &str = "\
Ravi Menon  08:36
checkout is answering 502s for EU customers
about 30 % of orders fail since a few minutes

[08:37] US looks fine from here
Mei Tan  08:38
taking a look, the 08:20 deploy of payments went to EU first (edited)
1 reply
Jo Alvarez  [08:41]
decision: roll payments back to 2026.11.2
Mei Tan  08:49
done, error rate is falling
";

/// Pasted, one line unticked, recorded; pasted again nothing is new; three entries an hour earlier, and back.
pub async fn a_chat_becomes_the_record_once(rig: &Rig) -> Result<()> {
    // Of the day before yesterday's evening or later: whatever the time is now, its lines lie before it.
    let room = Room::open(rig, "paste", "Checkout returns 502 in Europe", &["--at", "-26h"]).await?;
    let app = &room.app;
    rig.put_on_clipboard(CHAT)?;
    pasted(&room).await?;
    app.shows("5 lines, 5 new. 5 ticked").await?;
    app.find("group", "Asked once").await?;
    app.judge_both("paste").await?;
    app.tab_to("listbox", "Lines to record").await?;
    app.keys("Down space").await?;
    app.shows("4 ticked").await?;
    app.keys("ctrl+Return").await?;
    app.shows("Recorded 4, 1 left out").await?;
    app.judge_both("recorded").await?;
    app.keys("Escape").await?;
    app.gone("dialog").await?;
    let said = said(&room)?;
    ensure!(said.len() == 4 && said.iter().all(|entry| entry["means"] == "paste" && entry["actor"] == "dana"), "{said:#?}");
    ensure!(!said.iter().any(|entry| words(entry).contains("US looks fine")), "the unticked line is not on record: {said:#?}");
    app.shows("pasted by @dana").await?;

    pasted(&room).await?;
    app.shows("5 lines, 1 new, 4 on the record already. 1 ticked").await?;
    app.tab_to("listbox", "Lines to record").await?;
    app.keys("Down space").await?;
    app.shows("0 ticked").await?;
    app.keys("ctrl+Return").await?;
    app.keys("Escape").await?;
    app.gone("dialog").await?;
    ensure!(self::said(&room)?.len() == 4, "an overlap adds nothing");
    an_hour_earlier_and_back(&room).await?;
    room.close().await
}

async fn an_hour_earlier_and_back(room: &Room<'_>) -> Result<()> {
    let app = &room.app;
    let before = times(room)?;
    app.keys("n").await?;
    app.focused("textbox", COMPOSER).await?;
    room.leave_line().await?;
    // What a machine wrote just now lies below what was said the day before.
    app.step_to("Up", "listitem", "done, error rate is falling").await?;
    app.keys("shift+Up shift+Up").await?;
    app.shows("3 selected").await?;
    app.judge_both("selected").await?;
    app.back_to("button", "Shift times").await?;
    app.keys("Return").await?;
    app.find("dialog", "Shift times").await?;
    app.focused("radio", "−1 h").await?;
    app.find("list", "First and last").await?;
    app.judge_both("shift").await?;
    app.keys("Return").await?;
    app.gone("dialog").await?;
    app.shows("3 entries moved 1 h earlier").await?;
    let after = times(room)?;
    let moved = |(text, was): &(String, String)| after.iter().any(|(same, at)| same == text && at != was);
    ensure!(before.iter().filter(|one| moved(one)).count() == 3, "three of them moved: {before:#?} {after:#?}");
    app.shows("time edited, was").await?;
    app.keys("z").await?;
    tests::wait::until("the old times", tests::wait::SOON, async || Ok((times(room)? == before).then_some(()))).await?;
    Ok(())
}

/// Opens the dialog by its key and pastes what lies on the clipboard.
async fn pasted(room: &Room<'_>) -> Result<()> {
    let app = &room.app;
    app.keys("ctrl+shift+v").await?;
    app.find("dialog", "Paste what was said").await?;
    app.focused("textbox", "What was said").await?;
    app.keys("ctrl+a ctrl+v").await?;
    app.find("listbox", "Lines to record").await?;
    Ok(())
}

fn said(room: &Room<'_>) -> Result<Vec<Value>> {
    Ok(room.timeline()?.into_iter().filter(|entry| entry["kind"] == "chat").collect())
}

/// Each pasted line with its time.
fn times(room: &Room<'_>) -> Result<Vec<(String, String)>> {
    let mut times: Vec<(String, String)> = said(room)?
        .iter()
        .map(|entry| Ok((words(entry).to_owned(), entry["occurred_at"].as_str().context("a time")?.to_owned())))
        .collect::<Result<_>>()?;
    times.sort();
    Ok(times)
}

fn words(entry: &Value) -> &str {
    entry["text"].as_str().unwrap_or_default()
}
