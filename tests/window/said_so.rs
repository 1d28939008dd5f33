//! Said so: five people on a call, none with the app. What they do is recorded as heard, and nobody is called asked who was not.

use crate::room::Room;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::desktop::Rig;
use tests::wait;
use tests::window::App;

/// Declared by keys, a role and a task by the alphabet: not told yet, told by hand, said yes by voice, done.
pub async fn what_others_do_is_recorded_as_heard(rig: &Rig) -> Result<()> {
    let room = declared_by_keys(rig).await?;
    let app = &room.app;
    room.rail_says("you, confirmed").await?;
    room.write("n", "/role operations @ravi").await?;
    room.write("t", "Roll back AMS @ravi 10m").await?;
    room.rail_says("not told yet").await?;
    let asked = room.show()?;
    ensure!(knows(&asked, "roles") == "untold" && knows(&asked, "tasks") == "untold", "{asked:#}");
    nobody_is_called_asked(app).await?;
    app.judge_both("not-told").await?;

    // Told by hand: the ask is copied from the row of the rail, and where it was said is asked by one key.
    app.tab_to("listitem", "Operations Lead").await?;
    app.keys("y").await?;
    let ask = rig.copied("the ask", |text| text.contains("Operations Lead")).await?;
    ensure!(ask.contains(&room.incident) && ask.contains("ravi"), "{ask}");
    app.shows("Told where?").await?;
    app.keys("p").await?;
    app.find("dialog", "Told by hand").await?;
    app.focused("combobox", "Where").await?;
    app.types("on the call").await?;
    app.judge_both("told-by-hand").await?;
    app.keys("Return").await?;
    app.gone("dialog").await?;
    let told = room.until("ravi was told", |incident| knows(incident, "roles") == "told").await?;
    ensure!(knows(&told, "tasks") == "untold", "of the role, not of the task: {told:#}");
    room.rail_says("told by hand").await?;
    nobody_is_called_asked(app).await?;

    // Said yes by voice, from the same row.
    app.focused("listitem", "Operations Lead").await?;
    app.keys("Return").await?;
    app.find("dialog", "What @ravi said").await?;
    app.judge_both("what-was-said").await?;
    app.tab_to("textbox", "In which words").await?;
    app.types("I have operations").await?;
    app.keys("Return").await?;
    app.gone("dialog").await?;
    room.until("ravi said yes", |incident| knows(incident, "roles") == "yes").await?;
    room.rail_says("by voice").await?;
    let yes = entry_with(&room, "I have operations")?;
    ensure!(yes["on_behalf_of"] == "ravi" && yes["actor"] == "dana" && yes["means"] == "voice", "said, not signed: {yes:#}");
    let line = app.text_of("listitem", "I have operations").await?;
    ensure!(line.contains("by voice") && line.contains("typed by @dana"), "the timeline says who said and who typed it: {line}");
    nobody_is_called_asked(app).await?;

    nobody_in_particular_owns_nothing(&room).await?;

    // Read back and done, by the same line.
    room.write("n", "/accept T1 rolling AMS back, ten minutes").await?;
    let heard = room.until("the read-back", |incident| knows(incident, "tasks") == "yes").await?;
    ensure!(heard["tasks"].as_array().map(Vec::len) == Some(1), "nothing was added by the way: {heard:#}");
    room.leave_line().await?;
    app.tab_to("checkbox", "Roll back AMS, done").await?;
    app.keys("space").await?;
    room.until("the task is done", |incident| incident["tasks"][0]["state"] == "done").await?;
    nobody_is_called_asked(app).await?;
    app.picture("done")?;
    room.close().await
}

/// A task that is nobody's is refused where it is typed, and its words stay.
async fn nobody_in_particular_owns_nothing(room: &Room<'_>) -> Result<()> {
    let line = "Find the runbook @someone 10m";
    room.line("t", line).await?;
    room.app.keys("Return").await?;
    let said = room.app.find_any("alert").await?.text().await?;
    ensure!(said.to_lowercase().contains("someone"), "the refusal says why: {said}");
    room.typed(line).await.context("what was refused stays where it was typed")?;
    ensure!(room.show()?["tasks"].as_array().map(Vec::len) == Some(1), "nothing of it is on record");
    room.app.judge_both("refused").await?;
    room.app.keys("ctrl+a BackSpace").await?;
    room.emptied().await
}

/// Declares as a person would who has the window in front, tells the others by the words at hand, and goes to the room.
async fn declared_by_keys(rig: &Rig) -> Result<Room<'_>> {
    let app = App::start(rig, "said-so").await?;
    app.shows("Nothing here yet").await?;
    app.keys("ctrl+d").await?;
    app.caret().await?;
    app.types("sev2 checkout 502s for EU #payments").await?;
    app.find("button", "Declare SEV2").await?;
    app.keys("Return").await?;
    app.shows("declared, SEV2").await?;
    let listed = app.home().muster(&["list"])?;
    let incident = listed[0]["ref"].as_str().context("it is on record")?.to_owned();
    app.keys("y").await?;
    let words = rig.copied("the announcement", |text| text.contains(&incident)).await?;
    ensure!(words.contains("SEV2") && words.contains("@dana commands, acting"), "{words}");
    app.keys("c").await?;
    app.shows("Command is confirmed").await?;
    app.judge_both("declared").await?;
    let room = async || {
        // For a moment an Enter that was meant for the line opens nothing.
        app.keys("Return").await?;
        app.sees("heading", "checkout 502s for EU").await.map(|there| there.then_some(()))
    };
    wait::until("the room of it", wait::SOON, room).await?;
    app.gone("dialog").await?;
    Ok(Room { app, incident })
}

/// How the one who has the first role beside command, or the first task, knows of it.
fn knows<'v>(incident: &'v Value, of: &str) -> &'v str {
    let found = incident[of].as_array().and_then(|all| all.iter().find(|one| one["role"] != "commander"));
    found.and_then(|one| one["knows"]["state"].as_str()).unwrap_or_default()
}

fn entry_with(room: &Room<'_>, words: &str) -> Result<Value> {
    let timeline = room.timeline()?;
    let found = timeline.iter().find(|entry| entry["text"].as_str().is_some_and(|text| text.contains(words)));
    found.cloned().with_context(|| format!("an entry with \"{words}\": {timeline:#?}"))
}

/// Nothing on the screen calls a person asked, or waits for one.
async fn nobody_is_called_asked(app: &App<'_>) -> Result<()> {
    // What is asked of the one who reads is another matter: they are told by reading it.
    let text = app.text().await?.to_lowercase().replace("nothing is asked of you", "");
    let words = text.split(|letter: char| !letter.is_alphabetic());
    let found: Vec<&str> = words.filter(|word| ["asked", "waiting", "waits", "awaiting", "pending"].contains(word)).collect();
    ensure!(found.is_empty(), "the screen says {found:?}: {text}");
    Ok(())
}
