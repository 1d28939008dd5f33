//! A storm of some hundred alerts over the real listener: one key says "I know", everything is counted, what is new breaks through.

use crate::inbox::Inbox;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::desktop::Rig;
use tests::peers::Fires;
use tests::wait;

/// Groups of the storm, and alerts in each: 320 in all.
const GROUPS: usize = 16;
const ALERTS: usize = 20;
/// The key, from anywhere.
const I_KNOW: &str = "ctrl+alt+shift+s";

/// Pressed with nothing firing it says so; in the storm it holds and counts; a new service still rings; the button ends it.
pub async fn a_storm_is_held_by_one_key_and_broken_by_what_is_new(rig: &Rig) -> Result<()> {
    let inbox = Inbox::open(rig, "storm").await?;
    let app = &inbox.app;
    let mut known = rig.notices().heard().len();
    rig.press(I_KNOW)?;
    let calm = rig.notices().wait("that there is none", known, wait::SOON, |heard| heard.title == "No storm to hold").await?;
    ensure!(calm.sound.is_none() && calm.body.contains("Nothing fires"), "said calmly: {calm:?}");

    let storm: Vec<Fires> =
        (1..=GROUPS).map(|number| Fires::one(&format!("NodeDown{number:02}"), "shop", "critical").times(ALERTS)).collect();
    inbox.waits(&storm).await?;
    app.picture("before")?;
    known = rig.notices().heard().len();
    rig.press(I_KNOW)?;
    let held = rig.notices().wait("the answer", known, wait::SOON, |heard| heard.title.starts_with("The storm is held for 30")).await?;
    ensure!(held.body.contains(&format!("{} alerts are counted", GROUPS * ALERTS)), "{held:?}");
    app.find("status", "Storm").await?;
    app.shows("Storm held until").await?;
    app.shows(&format!("{} alerts counted, none lost", GROUPS * ALERTS)).await?;
    app.judge_both("held").await?;

    known = rig.notices().heard().len();
    let more = Fires::one("NodeDown17", "shop", "critical").times(ALERTS);
    inbox.hook.fire(&more).await?;
    app.shows(&format!("{} alerts counted", (GROUPS + 1) * ALERTS)).await.context("it counts on")?;
    let payments = Fires::one("PaymentsDown", "payments", "critical");
    inbox.hook.fire(&payments).await?;
    let rang = rig.notices().wait("what is new", known, wait::SOON, |heard| heard.title.contains("PaymentsDown")).await?;
    ensure!(rang.sound.is_some(), "a new service breaks through: {rang:?}");
    ensure!(!rig.notices().heard().iter().skip(known).any(|heard| heard.title.contains("NodeDown17")), "what belongs to it makes no noise");
    let why = why(&inbox, "PaymentsDown").await?;
    ensure!(why["rang"] == true, "{why:#}");
    app.picture("broken-through")?;

    app.press("button", "End the storm").await?;
    app.hides("Storm held until").await?;
    let quiet = app.home().muster(&["quiet", "list"])?;
    ensure!(!quiet.to_string().contains("\"storm\""), "{quiet:#}");
    inbox.close().await
}

async fn why(inbox: &Inbox<'_>, name: &str) -> Result<Value> {
    let group = inbox.until(name, "is there", |_| true).await?;
    inbox.app.home().muster(&["why", group["id"].as_str().context("an id")?])
}
