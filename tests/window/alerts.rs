//! A real Alertmanager fires into the app with the window open; one key declares from the inbox.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::desktop::Rig;
use tests::peers::{self, Alertmanager};
use tests::wait;
use tests::window::App;

/// Listener on, alert in, group in the inbox, declared, resolved alerts suggest and never resolve.
pub async fn a_real_alert_is_declared_from_the_inbox(rig: &Rig) -> Result<()> {
    let home = tests::app::Home::create()?;
    let address = format!("127.0.0.1:{}", peers::free_port()?);
    std::fs::create_dir_all(home.path())?;
    std::fs::write(home.path().join("config.toml"), format!("[listener]\nenabled = true\naddress = \"{address}\"\n"))?;
    let app = App::start_on(rig, "alerts", home, &[]).await?;
    app.shows("Nothing here yet").await?;
    let made = app.home().muster(&["source", "add", "alertmanager", "prod"])?;
    let token = made["token"].as_str().context("a new source shows its token")?;
    let sender = Alertmanager::start(&format!("http://{address}/hooks/alertmanager/{token}")).await?;
    let labels = json!({"alertname": "CheckoutErrors", "service": "checkout", "severity": "critical"});
    sender.fire(&labels, "<img src=x onerror=alert(1)> Checkout fails").await?;
    app.shows("Triage inbox").await?;
    app.shows("CheckoutErrors").await?;
    app.picture("inbox")?;
    app.judge("inbox").await?;
    app.press("button", "CheckoutErrors").await?;
    app.keys("ctrl+d").await?;
    app.find("button", "Declare SEV").await?;
    app.picture("declare-from-alerts")?;
    app.keys("Return").await?;
    let listed = async || {
        let listed = app.home().muster(&["list"])?;
        Ok(listed.as_array().and_then(|all| all.first()).cloned())
    };
    let incident = wait::until("an incident from the alert", wait::SOON, listed).await?;
    let reference = incident["ref"].as_str().context("a reference")?;
    sender.resolve(&labels).await?;
    let entries = async || {
        let timeline = app.home().timeline(reference)?;
        Ok(timeline.iter().any(|entry| entry["kind"] == "alerts").then_some(()))
    };
    wait::until("the end of the alert on the timeline", wait::SOON, entries).await?;
    let shown = app.home().muster(&["show", reference])?;
    ensure!(shown["resolved_at"].is_null(), "resolved alerts suggest, they never resolve: {shown}");
    app.close().await?;
    Ok(())
}
