//! "Can I be reached now?": each step from an alarm to a person, and a drill that is green only once it was clicked.

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::Value;
use tests::desktop::{Rig, Urgency};
use tests::wait;
use tests::window::App;

/// By keys to the button; a real notice marked as a drill; a click on it is seen in the window and in the terminal.
pub async fn a_drill_is_green_once_it_is_clicked(rig: &Rig) -> Result<()> {
    let app = App::start(rig, "reach").await?;
    app.shows("Nothing here yet").await?;
    app.keys("g s").await?;
    app.push("Can I be reached?").await?;
    app.find("region", "Can I be reached now?").await?;
    app.shows("not tried since Muster started").await?;
    ensure!(drill(&app)?["state"] == "unknown", "nothing is green without evidence");
    let known = rig.notices().heard().len();
    app.push("Ring me now").await?;
    let notice = rig.notices().wait("the drill", known, wait::SOON, |heard| heard.title.starts_with("Drill: ")).await?;
    ensure!(notice.urgency == Urgency::Critical && notice.sound.is_some() && notice.timeout == 0, "as a SEV1 would be: {notice:?}");
    app.shows("click it within 60 s").await?;
    ensure!(drill(&app)?["state"] == "unknown", "shown is not seen");
    rig.notices().press(&notice, "I am here").await?;
    app.shows("you clicked a drill").await?;
    ensure!(drill(&app)?["state"] == "ok", "{}", drill(&app)?);
    app.judge_both("reached").await?;

    let known = rig.notices().heard().len();
    let clicked = async {
        let notice = rig.notices().wait("the drill of a terminal", known, wait::SOON, |heard| heard.title.starts_with("Drill: ")).await?;
        rig.notices().press(&notice, "I am here").await
    };
    let rung = tokio::task::block_in_place(|| {
        std::thread::scope(|scope| {
            let terminal = scope.spawn(|| app.home().muster(&["reach", "--ring"]));
            tokio::runtime::Handle::current().block_on(clicked)?;
            terminal.join().map_err(|_| anyhow!("the terminal panicked"))?
        })
    })?;
    ensure!(rung["state"] == "ok" && rung["text"].as_str().is_some_and(|text| text.contains("clicked")), "it waits for the click: {rung}");
    app.close().await?;
    Ok(())
}

/// What a script is told of the drill.
fn drill(app: &App<'_>) -> Result<Value> {
    let reach = app.home().muster(&["reach"])?;
    let checks = reach["checks"].as_array().with_context(|| format!("checks: {reach:#}"))?;
    checks.iter().find(|check| check["id"] == "drill").cloned().with_context(|| format!("the drill: {reach:#}"))
}
