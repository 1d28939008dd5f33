//! Every screen in both themes, judged by axe, from the smallest window to the largest; and what must be in sight on the smallest.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::app::Home;
use tests::desktop::Rig;
use tests::window::App;
use thirtyfour::prelude::*;

/// Pages of the settings, by the names in their list.
const SETTINGS: [&str; 15] = [
    "Overview",
    "Can I be reached?",
    "Appearance",
    "Keys",
    "You",
    "Data and backups",
    "Notifications",
    "Severity matrix",
    "Rhythm and targets",
    "Alert sources",
    "Rules",
    "Service catalogue",
    "Noise",
    "Update channels",
    "Meeting place",
];

/// What a commander has written after twenty minutes, as commands on one incident.
const FILLED: [&[&str]; 14] = [
    &["board", "believe", "The 14:20 deploy of payments drained the pool in Europe"],
    &["board", "need", "Somebody who knows the routing of the second region"],
    &["task", "add", "Roll AMS and MAD back", "--to", "ravi", "--within", "10m"],
    &["task", "add", "Watch refunds, say when they fail", "--to", "mei", "--within", "30m"],
    &["task", "add", "Tell the three big shops", "--to", "jo", "--within", "20m"],
    &["decision", "Roll payments back instead of failing over", "--option", "Fail over", "--risk", "90 s of reduced capacity"],
    &["hypothesis", "add", "The pool is drained by the new retry"],
    &["hypothesis", "add", "The vendor throttles us"],
    &["question", "add", "Do refunds fail as well?"],
    &["here", "ravi", "mei", "jo"],
    &["impact", "update", "--share", "30", "--text", "Three in ten checkouts in Europe fail"],
    &["bridge", "https://meet.example/war-room"],
    &["update", "draft", "Three in ten checkouts in Europe fail. We are rolling back."],
    &["update", "promise", "20m"],
];

/// A home with nothing in it, and the declare window over it: the demo leaves the hotkey to it.
pub async fn of_the_first_run(rig: &Rig) -> Result<()> {
    let app = App::start(rig, "first-run").await?;
    app.shows("Nothing here yet").await?;
    for theme in ["dark", "light"] {
        app.wear(theme).await?;
    }
    app.judge_both("first-run").await?;
    app.hotkey().await?;
    app.wears("light").await.context("a theme is chosen for all windows")?;
    rig.write("sev2 checkout slow @kofi #payments")?;
    app.find("button", "Declare SEV2").await?;
    app.judge_both("declare-window").await?;
    app.close().await?;
    Ok(())
}

/// The demo: Watch, incidents, people, settings, and what lies over them.
pub async fn of_the_demo(rig: &Rig) -> Result<()> {
    let app = App::start_on(rig, "screens", Home::create()?, &["--demo"]).await?;
    app.shows("This is the demo").await?;
    for (width, height) in [(960, 640), (1920, 1080), (1280, 800)] {
        app.resize(width, height).await?;
        app.judge_both(&format!("watch-{width}")).await?;
    }
    for (keys, heading) in [("g n", "Incidents"), ("g e", "People")] {
        app.keys(keys).await?;
        app.find("heading", heading).await?;
        app.judge_both(&heading.to_lowercase()).await?;
    }
    app.keys("g s").await?;
    for section in SETTINGS {
        app.press("button", section).await?;
        app.find("main", &format!("Settings, {section}")).await?;
        app.judge_both(&format!("settings-{}", section.to_lowercase().replace([' ', '?'], "-"))).await?;
    }
    app.keys("g w").await?;
    for (keys, screen) in [("ctrl+k", "palette"), ("question", "keys"), ("ctrl+d", "declare-dialog")] {
        app.keys(keys).await?;
        app.find_any("dialog").await?;
        app.judge_both(screen).await?;
        app.keys("Escape").await?;
        app.gone("dialog").await?;
    }
    app.close().await?;
    Ok(())
}

/// A room with everything in it: on the smallest window the board, the newest entries and the line need no scrolling.
pub async fn of_a_full_room(rig: &Rig) -> Result<()> {
    let app = App::start_on(rig, "room", Home::create()?, &["--demo"]).await?;
    app.shows("This is the demo").await?;
    let incident = fill(&app)?;
    app.find("heading", incident["title"].as_str().context("a title")?).await?;
    app.shows("Do refunds fail as well?").await?;
    for (width, height) in [(960, 640), (1920, 1080), (1280, 800)] {
        app.resize(width, height).await?;
        app.judge_both(&format!("room-{width}")).await?;
        all_in_sight(&app).await.with_context(|| format!("at {width} × {height}"))?;
    }
    for (keys, title) in [("y y", "Copy the board"), ("ctrl+shift+v", "Paste what was said"), ("u Return", "Update")] {
        app.keys(keys).await?;
        app.find("dialog", title).await?;
        app.judge_both(&title.to_lowercase().replace(' ', "-")).await?;
        app.keys("Escape").await?;
        app.gone("dialog").await?;
    }
    app.close().await?;
    Ok(())
}

/// Writes all of it into the first incident of the demo that dana commands, and shows its room.
fn fill(app: &App<'_>) -> Result<Value> {
    let demo = format!("{}-demo", app.home().path().display());
    let muster = |arguments: &[&str]| app.home().muster(&[&["--home", &demo], arguments].concat());
    let listed = muster(&["list"])?;
    let open = listed.as_array().into_iter().flatten().find(|one| one["commander"]["name"] == "dana");
    let incident = open.or(listed.get(0)).cloned().with_context(|| format!("the demo has an open incident: {listed:#}"))?;
    let reference = incident["ref"].as_str().context("a reference")?;
    for line in FILLED {
        muster(&[&[line[0], reference], &line[1..]].concat())?;
    }
    muster(&["open", reference])?;
    Ok(incident)
}

/// State board, the four newest entries and the line can be read without scrolling, and nothing lies over them.
async fn all_in_sight(app: &App<'_>) -> Result<()> {
    let page = app.script("return [document.scrollingElement.scrollHeight, innerHeight]", vec![]).await?;
    ensure!(page[0].as_u64() <= page[1].as_u64(), "the window itself does not scroll: {page}");
    let board = app.find("region", "State board").await?;
    ensure!(in_sight(app, &board).await?, "the whole state board: {}", board.text().await?);
    for said in ["We believe", "We are doing", "We need"] {
        ensure!(board.text().await?.contains(said), "the board says \"{said}\"");
    }
    let entries = app.find("list", "Timeline").await?.find_all(By::Css("li[aria-posinset]")).await?;
    ensure!(entries.len() >= 4, "a full timeline has four entries");
    for entry in entries.iter().rev().take(4) {
        ensure!(in_sight(app, entry).await?, "an entry of the newest four: {}", entry.text().await?);
    }
    let line = app.find("textbox", crate::room::COMPOSER).await?;
    ensure!(in_sight(app, &line).await?, "the line that writes");
    Ok(())
}

/// Whether all of it lies within the window, with nothing over it.
async fn in_sight(app: &App<'_>, element: &WebElement) -> Result<bool> {
    let look = "\
const [element] = arguments;
const box = element.getBoundingClientRect();
if (box.width === 0 || box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth) return false;
const points = [[box.left + 2, box.top + 2], [box.left + box.width / 2, box.top + box.height / 2], [box.right - 2, box.bottom - 2]];
return points.every(([x, y]) => {
  const at = document.elementFromPoint(x, y);
  return at !== null && (element.contains(at) || at.contains(element));
});";
    Ok(app.script(look, vec![element.to_json()?]).await? == json!(true))
}
