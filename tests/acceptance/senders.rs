//! Real senders: Debian's Alertmanager, Prometheus and amtool fire and resolve real alerts into the running program.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::process::Command;
use std::time::Duration;
use tests::app::{Headless, Home};
use tests::peers::{Alertmanager, Prometheus};
use tests::wait;

/// Alertmanager batches its notices, and Prometheus its sends.
const PATIENCE: Duration = Duration::from_secs(30);

/// Waits until a group whose title or key contains `name` fits, and answers it.
pub(crate) async fn group(app: &Headless, name: &str, what: &str, fits: impl Fn(&Value) -> bool) -> Result<Value> {
    let what = format!("the group {name}: {what}");
    let looked = wait::until(&what, PATIENCE, async || {
        let groups = app.groups()?;
        Ok(groups.into_iter().find(|group| group.to_string().contains(name) && fits(group)))
    });
    looked.await.with_context(|| format!("groups: {:#?}; muster serve said: {}", app.groups().unwrap_or_default(), app.said()))
}

pub(crate) fn statuses(group: &Value) -> Vec<&str> {
    group["alerts"].as_array().into_iter().flatten().filter_map(|alert| alert["status"].as_str()).collect()
}

#[tokio::test]
async fn alertmanager_fires_is_declared_and_resolves() -> Result<()> {
    let app = Home::create()?.serve().await?;
    let token = app.add_source("alertmanager", "prod")?;
    let sender = Alertmanager::start(&format!("http://{}/hooks/alertmanager/{token}", app.address())).await?;
    let labels = json!({"alertname": "CheckoutErrors", "service": "checkout", "severity": "critical", "region": "eu"});
    let sibling = json!({"alertname": "CheckoutErrors", "service": "checkout", "severity": "critical", "region": "us"});

    sender.fire(&labels, "Checkout fails for customers").await?;
    sender.fire(&sibling, "Checkout fails for customers").await?;
    let both = group(&app, "CheckoutErrors", "two alerts fire in one group", |group| group["count"] == 2).await?;
    ensure!(both["state"] == "waiting", "nobody looked yet: {both}");
    ensure!(both["severity"] == "critical" && both["sources"] == json!(["prod"]) && both["services"] == json!(["checkout"]), "{both}");
    ensure!(statuses(&both) == ["firing", "firing"], "{both}");
    ensure!(
        both["key"].as_str().is_some_and(|key| key.contains("alertname=\"CheckoutErrors\"")),
        "grouped by the sender's own key: {both}"
    );

    let id = both["id"].as_str().context("a group has an id")?;
    let incident = app.home().muster(&["declare", "Checkout fails", "--alert", id, "--severity", "sev1"])?;
    let reference = incident["ref"].as_str().context("an incident has a reference")?;
    ensure!(incident["commander"]["state"] == "acting" && incident["commander"]["name"] == "dana", "who declares commands: {incident}");
    let attached = group(&app, "CheckoutErrors", "it belongs to the incident", |group| group["incident"] == reference).await?;
    ensure!(attached["state"] == "attached", "{attached}");

    sender.resolve(&labels).await?;
    sender.resolve(&sibling).await?;
    group(&app, "CheckoutErrors", "both resolved", |group| statuses(group) == ["resolved", "resolved"]).await?;
    let shown = app.home().muster(&["show", reference])?;
    ensure!(shown["status"] != "resolved" && shown["resolved_at"].is_null(), "resolved alerts suggest, they never resolve: {shown}");
    let timeline = app.home().timeline(reference)?;
    let lines: Vec<&Value> = timeline.iter().filter(|entry| entry["kind"] == "alerts").collect();
    ensure!(!lines.is_empty(), "alerts of a declared incident keep landing on its timeline: {timeline:#?}");
    let verified = app.home().muster(&["verify"])?;
    ensure!(verified["ok"] == true, "{verified}");
    Ok(())
}

#[tokio::test]
async fn a_repeat_is_counted_and_never_a_second_alert() -> Result<()> {
    let app = Home::create()?.serve().await?;
    let token = app.add_source("alertmanager", "prod")?;
    let sender = Alertmanager::start(&format!("http://{}/hooks/alertmanager/{token}", app.address())).await?;
    sender.fire(&json!({"alertname": "DiskFull", "instance": "db1"}), "The disk is nearly full").await?;
    let again = group(&app, "DiskFull", "heard more than once", |group| group["sightings"].as_u64() > Some(1)).await?;
    ensure!(again["count"] == 1 && statuses(&again) == ["firing"], "{again}");
    Ok(())
}

#[tokio::test]
async fn prometheus_pushes_straight_and_recovers() -> Result<()> {
    let app = Home::create()?.serve().await?;
    let token = app.add_source("alertmanager", "prometheus")?;
    let sender = Prometheus::start(&app.address(), &format!("/am/{token}")).await?;
    let firing = group(&app, "CheckoutErrors", "it fires", |group| statuses(group) == ["firing"]).await?;
    ensure!(firing["alerts"][0]["labels"]["site"] == "test", "external labels come along: {firing}");
    ensure!(firing["severity"] == "critical" && firing["services"] == json!(["checkout"]), "{firing}");
    sender.recover().await?;
    let over = group(&app, "CheckoutErrors", "it is resolved", |group| statuses(group) == ["resolved"]).await?;
    ensure!(over["alerts"][0]["ended_at"].is_string(), "{over}");
    Ok(())
}

/// A source that is asked every five seconds, for a laptop that nobody can send to.
fn ask(app: &Headless, kind: &str, url: &str) -> Result<()> {
    app.home().muster(&["source", "add", kind, "asked", "--url", url, "--every", "5s"]).map(drop)
}

#[tokio::test]
async fn prometheus_is_asked_and_what_it_lists_no_more_has_ended() -> Result<()> {
    let app = Home::create()?.serve().await?;
    let nobody = "127.0.0.1:9";
    let tool = Prometheus::start(nobody, "/nowhere").await?;
    ask(&app, "prometheus-pull", &tool.url())?;
    let firing = group(&app, "CheckoutErrors", "it fires", |group| statuses(group) == ["firing"]).await?;
    ensure!(firing["severity"] == "critical" && firing["services"] == json!(["checkout"]), "{firing}");
    tool.recover().await?;
    group(&app, "CheckoutErrors", "it is resolved", |group| statuses(group) == ["resolved"]).await?;
    Ok(())
}

#[tokio::test]
async fn alertmanager_is_asked_and_what_it_lists_no_more_has_ended() -> Result<()> {
    let app = Home::create()?.serve().await?;
    let tool = Alertmanager::start("http://127.0.0.1:9/nowhere").await?;
    let labels = json!({"alertname": "DiskFull", "instance": "db1", "severity": "warning"});
    tool.fire(&labels, "The disk is nearly full").await?;
    ask(&app, "alertmanager-pull", &tool.url())?;
    group(&app, "DiskFull", "it fires", |group| statuses(group) == ["firing"]).await?;
    tool.resolve(&labels).await?;
    group(&app, "DiskFull", "it is resolved", |group| statuses(group) == ["resolved"]).await?;
    let tested = app.home().muster(&["source", "test", "asked"])?;
    ensure!(tested.to_string().contains("It answered just now: 0 alerts fire."), "{tested}");
    Ok(())
}

#[tokio::test]
async fn amtool_adds_an_alert() -> Result<()> {
    let app = Home::create()?.serve().await?;
    let token = app.add_source("alertmanager", "hand")?;
    let url = format!("http://{}/am/{token}", app.address());
    let labels = ["alertname=QueueStuck", "service=mail", "severity=warning"];
    let added = Command::new("amtool")
        .args(["--alertmanager.url", &url, "alert", "add", "--annotation=summary=Mail is not leaving"])
        .args(labels)
        .envs(app.home().folders().environment())
        .output()
        .context("start amtool; `cargo xtask setup` installs it")?;
    ensure!(added.status.success(), "amtool: {}", String::from_utf8_lossy(&added.stderr));
    let added = group(&app, "QueueStuck", "it fires", |group| statuses(group) == ["firing"]).await?;
    ensure!(added["severity"] == "warning" && added["services"] == json!(["mail"]), "{added}");
    Ok(())
}

#[tokio::test]
async fn a_wrong_token_is_refused_and_leaves_nothing() -> Result<()> {
    let app = Home::create()?.serve().await?;
    app.add_source("alertmanager", "prod")?;
    let url = format!("http://{}/hooks/alertmanager/{}", app.address(), "x".repeat(32));
    let answer = tests::peers::http().post(url).json(&json!({"version": "4", "alerts": []})).send().await?;
    ensure!(answer.status() == 401, "{}", answer.status());
    ensure!(app.groups()?.is_empty(), "nothing came in");
    Ok(())
}
