//! The app as a neighbour on the desktop: it stays when its window closes, comes when called, and gets up when it falls.

use anyhow::{Context, Result, ensure};
use std::process::Stdio;
use std::time::Duration;
use tests::app::Home;
use tests::desktop::Rig;
use tests::window::{App, Which};
use tests::{programs, wait};

/// Closing the window keeps the tray; a second start of the same home raises it; Quit ends it.
pub async fn closing_keeps_the_tray_and_a_second_start_raises(rig: &Rig) -> Result<()> {
    let home = Home::create()?;
    let mut first = start(rig, &home)?;
    rig.wait_in_front(Which::Main.title()).await?;
    rig.tray_menu("Quit").await?;
    rig.press("alt+F4")?;
    let away = async || Ok((!rig.is_visible(Which::Main.title())?).then_some(()));
    wait::until("the window is put away", wait::SOON, away).await?;
    ensure!(first.try_wait()?.is_none(), "closing the window keeps the app");
    let mut second = start(rig, &home)?;
    rig.wait_in_front(Which::Main.title()).await?;
    let ended = wait::until("the second start hands over and ends", wait::SOON, async || Ok(second.try_wait()?)).await?;
    ensure!(ended.success(), "{ended}");
    rig.picture(&programs::leavings("window")?.join("desk/raised.png"))?;
    rig.tray_menu("Quit").await?.choose("Quit").await?;
    wait::until("Quit ends the app", wait::SOON, async || Ok(first.try_wait()?)).await?;
    Ok(())
}

/// A page whose process dies is loaded anew and says so; nothing on record is lost.
pub async fn a_crashed_page_comes_back(rig: &Rig) -> Result<()> {
    let home = Home::create()?;
    let mut app = start(rig, &home)?;
    rig.wait_in_front(Which::Main.title()).await?;
    rig.desktop().painted(Which::Main.title(), wait::SOON)?;
    let process = async || Ok(home.processes().into_iter().find(|(_, name)| name.starts_with("WebKitWebProces")).map(|(id, _)| id));
    let page = wait::until("the page's process", wait::SOON, process).await?;
    home.muster(&["declare", "Checkout fails"])?;
    home.kill(page)?;
    let again = async || Ok(home.processes().into_iter().find(|(id, name)| *id != page && name.starts_with("WebKitWebProces")));
    wait::until("a new process for the page", wait::SOON, again).await.with_context(|| log(&home))?;
    ensure!(app.try_wait()?.is_none(), "the app itself goes on");
    let listed = home.muster(&["list"])?;
    ensure!(listed.as_array().map(Vec::len) == Some(1), "nothing on record is lost: {listed}");
    wait::throughout("the app stands", Duration::from_secs(1), async || Ok(app.try_wait()?.is_none())).await?;
    rig.picture(&programs::leavings("window")?.join("desk/came-back.png"))?;
    home.end_all();
    app.wait()?;
    Ok(())
}

/// A database that cannot be read opens the screen with the ways out, not an empty home.
pub async fn a_broken_database_opens_the_way_out(rig: &Rig) -> Result<()> {
    let home = Home::create()?;
    home.muster(&["declare", "Checkout fails"])?;
    std::fs::write(home.path().join("muster.db"), "this is no database ".repeat(400)).context("break the database")?;
    let app = App::start_on(rig, "broken", home, &[]).await?;
    app.shows("database").await?;
    app.picture("rescue")?;
    app.judge("rescue").await?;
    app.wear("light").await?;
    app.judge("rescue in the light").await?;
    app.close().await?;
    Ok(())
}

/// What the app wrote to its log.
fn log(home: &Home) -> String {
    let folder = home.path().join("logs");
    let files = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
}

/// Starts the app as a person would, without anything that presses or reads it.
fn start(rig: &Rig, home: &Home) -> Result<std::process::Child> {
    let mut command = rig.desktop().command(programs::muster_desktop()?);
    home.adopt(&mut command);
    let log = std::fs::File::create(home.folders().path("app.log"))?;
    Ok(command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()?)
}
