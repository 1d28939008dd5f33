//! One incident, from the hotkey over another program to resolved, with what the desktop shows on the way.

use crate::room::{compose, entry, shown};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::time::Duration;
use tests::app::Home;
use tests::desktop::{Rig, Urgency};
use tests::wait;
use tests::window::{App, Which};

const LINE: &str = "sev1 checkout 502s for EU @dana #payments";

/// The one incident of the home.
fn only(home: &Home) -> Result<Value> {
    let listed = home.muster(&["list", "--all"])?;
    listed.as_array().and_then(|all| all.first()).cloned().with_context(|| format!("one incident is listed: {listed}"))
}

/// Presses the hotkey, types the line and declares it, as over any other program.
async fn declare(app: &App<'_>, line: &str) -> Result<Value> {
    let rig = app.rig();
    app.hotkey().await?;
    rig.write(line)?;
    app.find("button", "Declare SEV1").await?;
    app.picture("declare")?;
    rig.press("Return")?;
    app.shows("declared, SEV1").await?;
    only(app.home())
}

/// Hotkey, declare, window, notice, acknowledge, tray, roles, note, resolved: the whole way.
pub async fn from_the_hotkey_to_resolved(rig: &Rig) -> Result<()> {
    let app = App::start(rig, "incident").await?;
    app.shows("Nothing here yet").await?;
    let known = rig.notices().heard().len();
    let incident = declare(&app, LINE).await?;
    let reference = incident["ref"].as_str().context("a reference")?.to_owned();
    ensure!(incident["title"] == "checkout 502s for EU" && incident["severity"] == "sev1", "{incident}");
    ensure!(incident["commander"]["name"] == "dana" && incident["commander"]["state"] == "acting", "{incident}");
    ensure!(incident["services"] == serde_json::json!(["payments"]), "{incident}");
    let declared = entry(app.home(), &reference, "declared").await?;
    ensure!(declared["via"] == "hotkey", "the record says which door: {declared}");
    app.picture("declared")?;
    // It stays for three seconds, and for the first of them an Enter that was meant for the line opens nothing.
    wait::throughout("the word that it is declared", Duration::from_millis(800), async || Ok(app.text().await?.contains("declared, SEV1")))
        .await?;
    rig.press("Return")?;
    app.turn_to(Which::Main).await?;
    app.find("heading", "checkout 502s for EU").await?;

    let notice = rig.notices().wait("a notice of it", known, wait::SOON, |heard| heard.title.contains("checkout 502s")).await?;
    ensure!(notice.urgency == Urgency::Critical && notice.timeout <= 0, "SEV1 stays until acted on: {notice:?}");
    ensure!(notice.title.starts_with("SEV1") && notice.body.contains(&reference), "{notice:?}");
    notice.button("Open")?;

    let menu = rig.tray_menu(&reference).await?;
    ensure!(menu.find("Declare")?.enabled && menu.find("Quit")?.enabled, "{:?}", menu.labels());
    ensure!(menu.labels().iter().any(|line| line.starts_with("SEV1") && line.contains("checkout 502s")), "{:?}", menu.labels());
    ensure!(menu.find("Acknowledge")?.enabled, "{:?}", menu.labels());

    rig.notices().press(&notice, "Acknowledge").await?;
    let acknowledged = entry(app.home(), &reference, "acknowledged").await?;
    ensure!(acknowledged["via"] == "notice", "the record says which door: {acknowledged}");
    wait::until("the notice goes", wait::SOON, async || Ok(rig.notices().shown().is_empty().then_some(()))).await?;

    compose(&app, "/role operations @kofi").await?;
    shown(app.home(), &reference, "kofi has operations", |incident| {
        let roles = incident["roles"].as_array().into_iter().flatten();
        roles.filter(|role| role["role"] == "operations" && role["name"] == "kofi").count() == 1
    })
    .await?;
    app.shows("@kofi").await?;
    compose(&app, "/note 5xx began with the 14:02 deploy <b>not bold</b>").await?;
    app.shows("5xx began with the 14:02 deploy <b>not bold</b>").await?;
    app.picture("room")?;
    app.judge("room").await?;
    app.press("button", "Confirm command").await?;
    shown(app.home(), &reference, "dana commands", |incident| incident["commander"]["state"] == "confirmed").await?;
    compose(&app, "/resolve").await?;
    let resolved = shown(app.home(), &reference, "resolved", |incident| incident["status"] == "resolved").await?;
    ensure!(resolved["resolved_at"].is_string(), "{resolved}");
    app.picture("resolved")?;
    let verified = app.home().muster(&["verify"])?;
    ensure!(verified["ok"] == true, "{verified}");
    app.close().await?;
    Ok(())
}

/// The real daemon draws the notice and its button comes back.
pub async fn a_notice_that_a_stranger_draws_is_acknowledged(rig: &Rig) -> Result<()> {
    let dunst = rig.real_daemon().await?;
    let app = App::start(rig, "stranger").await?;
    app.shows("Nothing here yet").await?;
    let incident = declare(&app, "sev1 logins <b>fail</b> & time out").await?;
    let reference = incident["ref"].as_str().context("a reference")?.to_owned();
    let drawn = dunst.wait(&["SEV1 logins", "urgency: CRITICAL"]).await?;
    ensure!(drawn.contains("logins &lt;b&gt;fail&lt;/b&gt; &amp; time out"), "untrusted text has no way into the markup: {drawn}");
    app.picture("notice")?;
    dunst.press("Acknowledge")?;
    entry(app.home(), &reference, "acknowledged").await?;
    app.close().await?;
    dunst.end().await
}

/// What is already declared is said before Enter, and joined by one key.
pub async fn a_duplicate_is_joined_instead(rig: &Rig) -> Result<()> {
    let app = App::start(rig, "duplicate").await?;
    app.shows("Nothing here yet").await?;
    let first = app.home().muster(&["declare", "Checkout returns 502 in Europe", "--service", "payments"])?;
    let reference = first["ref"].as_str().context("a reference")?.to_owned();
    app.hotkey().await?;
    rig.write("checkout returns 502 #payments")?;
    app.shows("May already be declared").await?;
    app.picture("duplicate")?;
    rig.press("alt+j")?;
    app.turn_to(Which::Main).await?;
    app.find("heading", "Checkout returns 502 in Europe").await?;
    let listed = app.home().muster(&["list", "--all"])?;
    ensure!(listed.as_array().map(Vec::len) == Some(1), "joining declares nothing: {listed}");
    app.hotkey().await?;
    wait::throughout("nobody is declared twice", Duration::from_millis(500), async || {
        Ok(app.home().muster(&["list", "--all"])?.as_array().map(Vec::len) == Some(1))
    })
    .await?;
    ensure!(reference.starts_with("INC-"), "{reference}");
    app.close().await?;
    Ok(())
}
