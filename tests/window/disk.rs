//! A full disk, as a commander meets it: what cannot be saved says so where it was typed, stays there, and is saved later.

use crate::room::Room;
use anyhow::{Context, Result, ensure};
use tests::desktop::Rig;
use tests::wait;
use tests::window::App;

const WORDS: &str = "Failing over to the second region";

/// The disk fills while the room is open; nothing that was typed is lost, and nothing is written twice.
pub async fn a_full_disk_is_said_where_it_was_typed(rig: &Rig) -> Result<()> {
    let app = App::start_on_small_disk(rig, "full-disk").await?;
    app.shows("Nothing here yet").await?;
    let room = Room::declare(app, "The disk fills up", &[]).await?;
    let app = &room.app;
    app.fill_disk()?;
    let words = "x".repeat(30_000);
    let refused = (0..400).find_map(|_| room.muster("note", &[&words]).err()).context("a full disk takes no more")?;
    ensure!(format!("{refused:#}").contains("not_saved"), "a script is told: {refused:#}");
    room.line("n", WORDS).await?;
    app.keys("Return").await?;
    app.shows("Not saved.").await?;
    app.find("alert", "Not saved").await?;
    room.typed(WORDS).await.context("what was not saved stays where it was typed")?;
    app.judge_both("not-saved").await?;
    app.free_disk()?;
    app.back_to("button", "Try now").await?;
    app.keys("Return").await?;
    room.emptied().await?;
    let written = async || Ok((noted(&room)? == 1).then_some(()));
    wait::until("the words on record, once", wait::SOON, written).await?;
    room.close().await
}

fn noted(room: &Room<'_>) -> Result<usize> {
    Ok(room.timeline()?.iter().filter(|entry| entry["text"] == WORDS).count())
}
