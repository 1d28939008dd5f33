//! Handoff: offered, briefed, answered as heard. Until a yes the outgoing one commands; no and never mind leave it so.

use crate::room::Room;
use anyhow::{Context, Result, ensure};
use tests::desktop::Rig;

/// Most words of a brief that somebody takes in at the start of a shift.
const BRIEF: usize = 350;

/// Declined, withdrawn, and at last accepted by voice; the announcement is copied.
pub async fn command_changes_hands_by_a_yes(rig: &Rig) -> Result<()> {
    let room = Room::open(rig, "handoff", "Checkout returns 502 in Europe", &["--severity", "sev1"]).await?;
    let app = &room.app;
    room.muster("update", &["promise", "20m"])?;
    room.muster("decision", &["Roll payments back"])?;
    app.keys("c").await?;
    room.rail_says("you, confirmed").await?;

    offered(&room, "MAD is rolled back at 15:10").await?;
    brief_is_short_and_whole(&room).await?;
    app.judge_both("offered").await?;
    app.tab_to("textbox", "Why not").await?;
    app.types("asleep until six").await?;
    app.push("Declined").await?;
    app.gone("dialog").await?;
    let declined = room.until("no offer stands", |incident| incident["handoff"].is_null()).await?;
    ensure!(declined["commander"]["name"] == "dana", "declined, nothing changes: {declined:#}");
    app.hides("offered command").await?;

    offered(&room, "").await?;
    app.push("Withdraw the offer").await?;
    app.gone("dialog").await?;
    let withdrawn = room.until("no offer stands", |incident| incident["handoff"].is_null()).await?;
    ensure!(withdrawn["commander"]["name"] == "dana", "withdrawn, nothing changes: {withdrawn:#}");
    app.hides("offered command").await?;

    offered(&room, "MAD is rolled back at 15:10").await?;
    let standing = room.show()?;
    ensure!(standing["commander"]["name"] == "dana", "until a yes the outgoing one commands: {standing:#}");
    app.push("Copy the brief").await?;
    let brief = rig.copied("the brief", |text| text.contains("MAD is rolled back")).await?;
    ensure!(brief.contains(&room.incident), "{brief}");
    app.push("Said yes").await?;
    let passed = room.until("sam commands", |incident| incident["commander"]["name"] == "sam").await?;
    ensure!(passed["commander"]["state"] == "confirmed", "who said yes has confirmed: {passed:#}");
    let states: Vec<String> = room
        .timeline()?
        .iter()
        .filter(|entry| entry["kind"] == "handoff")
        .map(|entry| entry["data"]["state"].as_str().unwrap_or_default().to_owned())
        .collect();
    ensure!(states.iter().filter(|state| *state == "offered").count() == 3, "{states:?}");
    let yes = room.timeline()?.into_iter().find(|entry| entry["data"]["state"] == "accepted").context("the yes is on record")?;
    ensure!(yes["on_behalf_of"] == "sam" && yes["actor"] == "dana" && yes["means"] == "voice", "said, not signed: {yes:#}");

    // What everybody else has to know is at hand at once.
    app.find("dialog", "Copy the announcement").await?;
    app.judge_both("announcement").await?;
    app.keys("y").await?;
    rig.copied("the announcement", |text| text.contains("Command has passed") && text.contains("sam")).await?;
    app.keys("Escape").await?;
    app.gone("dialog").await?;
    room.rail_says("@sam").await?;
    room.close().await
}

/// Offers command to @sam from the keyboard.
async fn offered(room: &Room<'_>, next: &str) -> Result<()> {
    let app = &room.app;
    app.keys("c").await?;
    app.find("dialog", "Hand over command").await?;
    app.focused("combobox", "To").await?;
    app.types("@sam").await?;
    app.tab_to("textbox", "What I would do next").await?;
    app.keys("ctrl+a BackSpace").await?;
    app.types(next).await?;
    app.keys("Return").await?;
    app.find("dialog", "Command is offered to @sam").await?;
    app.find("region", "The brief").await?;
    Ok(())
}

/// At most a page, with what a successor needs.
async fn brief_is_short_and_whole(room: &Room<'_>) -> Result<()> {
    let brief = room.app.text_of("region", "The brief").await?;
    let words = brief.split_whitespace().count();
    ensure!(words <= BRIEF, "{words} words: {brief}");
    for fact in ["SEV1", "Roll payments back", "MAD is rolled back at 15:10", "dana"] {
        ensure!(brief.contains(fact), "the brief says \"{fact}\": {brief}");
    }
    Ok(())
}
