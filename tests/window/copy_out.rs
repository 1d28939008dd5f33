//! Copy out: the words go to the real clipboard, where they were put is asked by a key, and the promise clock counts it.

use crate::room::{COMPOSER, Room};
use anyhow::{Context, Result, ensure};
use tests::desktop::Rig;

/// Letters of two text messages that belong together.
const TWO_MESSAGES: usize = 306;

/// `Y` copies the board; the forms are switched by keys; a posting by hand stands on the record.
pub async fn the_board_leaves_in_every_form(rig: &Rig) -> Result<()> {
    let room = Room::open(rig, "copy-board", "Checkout returns 502 in Europe", &["--severity", "sev2"]).await?;
    let app = &room.app;
    room.muster("task", &["add", "Roll back AMS", "--to", "ravi", "--within", "10m"])?;
    room.rail_says("Roll back AMS").await?;
    app.keys("y").await?;
    let chat = rig.copied("the board on the clipboard", |text| text.contains(&room.incident)).await?;
    ensure!(chat.contains("Checkout returns 502 in Europe") && chat.contains("Roll back AMS"), "{chat}");
    app.shows("Copied the board for chat").await?;

    app.keys("y").await?;
    app.find("dialog", "Copy the board").await?;
    app.focused("radio", "Chat").await?;
    app.judge_both("copy").await?;
    app.keys("Right").await?;
    app.focused("radio", "Slack").await?;
    app.find("region", "The board for Slack").await?;
    app.keys("y").await?;
    let slack = rig.copied("the board for Slack", |text| text != chat).await?;
    ensure!(slack.contains("Checkout returns 502 in Europe"), "{slack}");
    app.keys("Right Right").await?;
    app.focused("radio", "SMS").await?;
    app.find("region", "The board as a text message").await?;
    app.keys("y").await?;
    let short = rig.copied("the board as a text message", |text| text != slack).await?;
    ensure!(short.chars().count() <= TWO_MESSAGES, "two text messages at most: {short}");
    app.keys("Right").await?;
    app.find("region", "The board to read aloud").await?;
    app.keys("Right").await?;
    app.focused("radio", "Mail").await?;
    app.find("region", "The board for mail").await?;
    app.keys("y").await?;
    let rich = rig.copied("the board as mail", |text| text != short).await.map(|_| rig.clipboard_as("text/html"))??;
    ensure!(rich.context("it goes with its formatting")?.contains('<'), "as rich text");

    app.keys("Return").await?;
    app.find("dialog", "Posted where?").await?;
    app.focused("combobox", "Place").await?;
    app.types("#inc-checkout").await?;
    app.judge_both("posted-where").await?;
    app.keys("Return").await?;
    app.gone("dialog").await?;
    let posted = room.entry("posted").await?;
    ensure!(posted["actor"] == "dana" && posted["data"]["place"] == "#inc-checkout", "{posted:#}");
    room.rail_says("#inc-checkout by hand").await?;
    room.close().await
}

/// An update that was put somewhere by hand keeps the promise, and the next one runs.
pub async fn an_update_by_hand_keeps_the_promise(rig: &Rig) -> Result<()> {
    let room = Room::open(rig, "copy-update", "Checkout returns 502 in Europe", &["--severity", "sev2"]).await?;
    let app = &room.app;
    room.muster("update", &["promise", "20m"])?;
    let before = room.until("a promise", |incident| incident["next_update_due"].is_string()).await?;
    app.find("button", "Post update").await?;
    app.shows("due in 19:").await?;
    room.line("u", "Three in ten checkouts in Europe fail. We are rolling back.").await?;
    app.keys("Return").await?;
    app.focused("button", "Promise it").await?;
    app.judge_both("written").await?;
    app.keys("Escape").await?;
    app.focused("textbox", COMPOSER).await?;
    room.rail_says("posted nowhere yet").await?;
    app.tab_to("listitem", "Three in ten checkouts").await?;
    app.keys("y").await?;
    let update = rig.copied("the update", |text| text.contains("Three in ten checkouts")).await?;
    ensure!(update.contains(&room.incident), "{update}");
    app.shows("Posted where?").await?;
    app.keys("p").await?;
    app.focused("combobox", "Place").await?;
    app.shows("It keeps the promise").await?;
    app.types("status page").await?;
    app.keys("Return").await?;
    app.gone("dialog").await?;
    room.rail_says("status page by hand").await?;
    room.rail_says("1 in time").await?;
    let after = room.until("the next promise", |incident| incident["next_update_due"] != before["next_update_due"]).await?;
    ensure!(after["next_update_due"].is_string(), "{after:#}");
    room.close().await
}
