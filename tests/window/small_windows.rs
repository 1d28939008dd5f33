//! Capture while talking: the note window over a full-screen call, and the scribe's strip that stays on top.

use crate::room::Room;
use anyhow::{Context, Result, ensure};
use std::process::Stdio;
use tests::desktop::Rig;
use tests::wait;
use tests::window::{App, Which};
use xtask::desktop::Family;

/// Letters with Alt, a line for each, and what the record calls it.
const ALPHABET: [(&str, &str, &str, &str); 6] = [
    ("d", "Decision", "Roll payments back | risk: 90 s reduced capacity", "decision"),
    ("t", "Task", "Read the page of the vendor @mei 15m", "task"),
    ("q", "Question", "Do refunds fail as well?", "question"),
    ("h", "Hypothesis", "The pool is drained", "hypothesis"),
    ("u", "Update", "Three in ten checkouts fail.", "update"),
    ("k", "Key moment", "The error rate falls", "note"),
];

/// Called up by its hotkey over another program that fills the screen; recorded by Enter, and gone.
pub async fn a_note_is_taken_over_a_full_screen_call(rig: &Rig) -> Result<()> {
    let room = Room::open(rig, "note", "Checkout returns 502 in Europe", &["--severity", "sev2"]).await?;
    let app = &room.app;
    let call = Call::begin(rig).await?;
    app.note_hotkey().await?;
    app.find("textbox", &format!("Note to {}", room.incident)).await?;
    app.picture("over-the-call")?;
    app.judge_both("note").await?;
    rig.write("The vendor says the pool drained")?;
    rig.press("Return")?;
    app.put_away(Which::Note).await?;
    rig.wait_in_front(call.title()).await.context("what was in front is in front again")?;
    let note = room.entry("note").await?;
    ensure!(note["text"] == "The vendor says the pool drained" && note["actor"] == "dana", "{note:#}");

    app.note_hotkey().await?;
    rig.write("half a thou")?;
    holds(app, "half a thou").await?;
    rig.press("Escape")?;
    app.put_away(Which::Note).await?;
    app.note_hotkey().await?;
    holds(app, "half a thou").await.context("Esc keeps what was typed")?;
    rig.press("ctrl+a BackSpace")?;
    holds(app, "").await?;

    for (letter, title, line, kind) in ALPHABET {
        app.caret().await?;
        rig.press(&format!("alt+{letter}"))?;
        chosen(app, title).await?;
        rig.write(line)?;
        rig.press("Return")?;
        app.put_away(Which::Note).await.with_context(|| format!("{title} is recorded"))?;
        let entries = room.timeline()?;
        let words = line.split(" |").next().and_then(|line| line.split(" @").next()).unwrap_or(line);
        let fits = |entry: &&serde_json::Value| entry["kind"] == kind && entry["text"].as_str().is_some_and(|text| text.contains(words));
        let entry = entries.iter().find(fits).with_context(|| format!("{title} \"{words}\" on the timeline: {entries:#?}"))?;
        ensure!((entry["pinned"] == true) == (letter == "k"), "only a key moment is pinned: {entry:#}");
        app.note_hotkey().await?;
    }
    rig.press("Escape")?;
    app.put_away(Which::Note).await?;
    call.end();
    room.close().await
}

/// Opened by a command, above the others; twenty lines from the keyboard, all on the timeline in their order.
pub async fn a_scribe_writes_twenty_lines(rig: &Rig) -> Result<()> {
    let room = Room::open(rig, "strip", "Checkout returns 502 in Europe", &["--severity", "sev2"]).await?;
    let app = &room.app;
    room.muster("update", &["promise", "20m"])?;
    room.muster("strip", &[])?;
    rig.wait_in_front(Which::Strip.title()).await?;
    app.turn_to(Which::Strip).await?;
    app.caret().await?;
    app.shows("Checkout returns 502 in Europe").await?;
    app.shows("due in").await?;
    let state = rig.window_state(Which::Strip.title())?;
    ensure!(state.contains("_NET_WM_STATE_ABOVE"), "always on top: {state}");
    app.judge_both("strip").await?;
    let lines: Vec<String> = (1..=20).map(|number| format!("step {number} of twenty")).collect();
    for line in &lines {
        rig.write(line)?;
        rig.press("Return")?;
    }
    let written = async || Ok((notes(&room)?.len() >= lines.len()).then_some(()));
    wait::until("twenty notes", wait::SOON, written).await?;
    ensure!(notes(&room)? == lines, "all of them, in their order: {:#?}", notes(&room)?);
    app.find("list", "Last entries").await?;
    app.shows("step 20 of twenty").await?;
    app.picture("twenty")?;
    rig.press("ctrl+w")?;
    app.put_away(Which::Strip).await?;
    app.turn_to(Which::Main).await?;
    app.shows("step 20 of twenty").await?;
    let text = app.text().await?;
    let places: Option<Vec<usize>> = lines.iter().map(|line| text.find(line.as_str())).collect();
    ensure!(places.is_some_and(|places| places.is_sorted()), "the window shows them in their order: {text}");
    room.close().await
}

fn notes(room: &Room<'_>) -> Result<Vec<String>> {
    let notes = room.timeline()?.into_iter().filter(|entry| entry["kind"] == "note");
    Ok(notes.filter_map(|entry| entry["text"].as_str().map(str::to_owned)).collect())
}

/// Waits until this letter of the alphabet holds.
async fn chosen(app: &App<'_>, title: &str) -> Result<()> {
    let letter = app.find("radio", title).await?;
    let on = async || Ok((letter.attr("aria-checked").await?.as_deref() == Some("true")).then_some(()));
    wait::until(&format!("the letter of {title}"), wait::SOON, on).await
}

/// Waits until the line of the small window holds exactly this.
async fn holds(app: &App<'_>, words: &str) -> Result<()> {
    let held = async || Ok((app.script("return document.querySelector('textarea').value", vec![]).await? == words).then_some(()));
    wait::until(&format!("the line holds \"{words}\""), wait::SOON, held).await
}

/// Some program that fills the whole screen, as a video call does.
struct Call {
    family: Family,
}

impl Call {
    async fn begin(rig: &Rig) -> Result<Self> {
        let call = Self { family: Family::new() };
        let mut program = rig.desktop().command("xev");
        call.family.adopt(&mut program);
        program.args(["-name", call.title(), "-event", "keyboard"]).stdout(Stdio::null()).spawn()?;
        rig.wait_in_front(call.title()).await?;
        rig.desktop().ask("wmctrl", &["-r", call.title(), "-b", "add,fullscreen"])?;
        let full = async || Ok(rig.window_state(call.title())?.contains("_NET_WM_STATE_FULLSCREEN").then_some(()));
        wait::until("a program that fills the screen", wait::SOON, full).await?;
        Ok(call)
    }

    fn title(&self) -> &'static str {
        "the call"
    }

    fn end(self) {
        self.family.end();
    }
}
