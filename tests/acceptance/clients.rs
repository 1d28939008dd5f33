//! Unmodified clients of other tools, told where Muster is by the lines of its own settings: both of PagerDuty's for Python,
//! and the notification command of a real Nagios.

use crate::senders::{group, statuses};
use anyhow::{Context, Result, ensure};
use domain::home::SourceKind;
use intake::{Setup, setup_text};
use serde_json::{Value, json};
use tests::app::{Headless, Home};
use tests::peers::{Nagios, python};

/// The line of a source's settings that begins so.
fn line(app: &Headless, base: &str, token: &str, begins: &str) -> Result<String> {
    let certificate = app.certificate().display().to_string();
    let certificate = base.starts_with("https").then_some(certificate.as_str());
    let text = setup_text(SourceKind::PagerDuty, Setup { name: "pager", base, token, certificate });
    ensure!(certificate.is_none_or(|file| text.contains(file)), "who must trust it is told which file: {text}");
    text.lines().find(|line| line.starts_with(begins)).map(str::to_owned).with_context(|| format!("a line for {begins}: {text}"))
}

/// What a change event became: context, and no alarm.
fn is_context(app: &Headless, title: &str) -> Result<()> {
    let changes = match app.home().muster(&["change", "list"])? {
        Value::Array(changes) => changes,
        one => vec![one],
    };
    ensure!(changes.iter().any(|change| change["title"] == title && change["source"] == "pager"), "{changes:#?}");
    let groups = app.groups()?;
    ensure!(groups.len() == 1 && !groups[0].to_string().contains(title), "a change is no alarm: {groups:#?}");
    Ok(())
}

/// The alert as the client named it, waiting for somebody.
async fn waits(app: &Headless) -> Result<()> {
    let fired = group(app, "Checkout fails", "it fires", |group| statuses(group) == ["firing"]).await?;
    ensure!(fired["state"] == "waiting" && fired["severity"] == "error", "{fired}");
    ensure!(fired["sources"] == json!(["pager"]) && fired["services"] == json!(["checkout"]), "{fired}");
    ensure!(fired["alerts"][0]["key"] == "checkout-502", "by the client's own key: {fired}");
    Ok(())
}

#[tokio::test]
async fn pdpyras_triggers_acknowledges_and_resolves() -> Result<()> {
    let app = Home::create()?.serve().await?;
    let token = app.add_source("pagerduty", "pager")?;
    let base = format!("http://{}", app.address());
    let session = line(&app, &base, &token, "session = ")?;
    let say = |what: &str| python(app.home(), &format!("import pdpyras\n{session}\n{what}"), &[]);

    let key = say(
        "print(session.trigger('Checkout fails', 'web1', dedup_key='checkout-502', severity='error', custom_details={'service': 'checkout'}))",
    )?;
    ensure!(key == "checkout-502", "it is told its key: {key}");
    waits(&app).await?;
    say("session.acknowledge('checkout-502')")?;
    group(&app, "Checkout fails", "it is acknowledged", |group| group["state"] == "acknowledged").await?;
    say("session.resolve('checkout-502')")?;
    group(&app, "Checkout fails", "it is over", |group| group["state"] == "over" && statuses(group) == ["resolved"]).await?;

    let changes = session.replace("EventsAPISession", "ChangeEventsAPISession");
    python(app.home(), &format!("import pdpyras\n{changes}\nsession.submit('Deployed 4.2', source='ci')"), &[])?;
    is_context(&app, "Deployed 4.2")?;
    let refused =
        say(&format!("session = pdpyras.EventsAPISession('{}'); session.url = '{base}'; session.trigger('x', 'y')", "0".repeat(32)));
    ensure!(refused.is_err_and(|fault| fault.to_string().contains("Invalid routing key")), "a wrong key is an error there too");
    Ok(())
}

#[tokio::test]
async fn pagerdutys_own_client_does_the_same_over_tls() -> Result<()> {
    let app = Home::create()?.serve_tls().await?;
    let token = app.add_source("pagerduty", "pager")?;
    let client = line(&app, &format!("https://{}", app.address()), &token, "client = ")?;
    let certificate = app.certificate().display().to_string();
    let trusted = [("SSL_CERT_FILE", certificate.as_str())];
    let lines = |what: &str| format!("import pagerduty\n{client}\n{what}");
    let say = |what: &str| python(app.home(), &lines(what), &trusted);

    let trigger = "print(client.trigger('Checkout fails', 'web1', dedup_key='checkout-502', severity='error', custom_details={'service': 'checkout'}))";
    let unknown = python(
        app.home(),
        &format!("import pagerduty\n{client}\nclient.retry_max_attempts = 0\nclient.max_network_attempts = 1\n{trigger}"),
        &[],
    );
    ensure!(
        unknown.is_err_and(|fault| fault.to_string().contains("CERTIFICATE_VERIFY_FAILED")),
        "a certificate that it does not trust ends it"
    );
    ensure!(app.groups()?.is_empty(), "and nothing came in");

    let key = say(trigger)?;
    ensure!(key == "checkout-502", "it is told its key: {key}");
    waits(&app).await?;
    say("client.acknowledge('checkout-502')")?;
    group(&app, "Checkout fails", "it is acknowledged", |group| group["state"] == "acknowledged").await?;
    say("client.submit('Deployed 4.2', source='ci', links=[{'href': 'https://ci.example/42', 'text': 'run'}])")?;
    is_context(&app, "Deployed 4.2")?;
    say("client.resolve('checkout-502')")?;
    group(&app, "Checkout fails", "it is over", |group| group["state"] == "over" && statuses(group) == ["resolved"]).await?;
    Ok(())
}

#[tokio::test]
async fn a_real_nagios_notifies_through_muster_ingest() -> Result<()> {
    let app = Home::create()?.serve().await?;
    let token = app.add_source("nagios", "nagios")?;
    let base = format!("http://{}", app.address());
    let text = setup_text(SourceKind::Nagios, Setup { name: "nagios", base: &base, token: &token, certificate: None });
    let (commands, _) = text.split_once("# It needs").context("the commands come first")?;
    let nagios = Nagios::start(app.home(), commands).await?;
    let stands = async |what: &str, fits: &dyn Fn(&Value) -> bool| group(&app, "Disk", what, fits).await.with_context(|| nagios.said());

    nagios.disk(2, "DISK CRITICAL - 97 % of / & rising")?;
    let fired = stands("it fires", &|group| statuses(group) == ["firing"]).await?;
    ensure!(fired["state"] == "waiting" && fired["severity"] == "critical" && fired["sources"] == json!(["nagios"]), "{fired}");
    ensure!(fired["alerts"][0]["key"] == "web1!Disk", "host and service: {fired}");
    ensure!(fired["alerts"][0].to_string().contains("97 % of / & rising"), "what the plugin said: {fired}");
    nagios.acknowledge_disk("ravi", "looking")?;
    let seen = stands("it is acknowledged", &|group| group["state"] == "acknowledged").await?;
    ensure!(seen["acknowledged_by"].as_str().is_some_and(|by| by.contains("ravi")), "{seen}");
    nagios.disk(0, "DISK OK")?;
    stands("it is over", &|group| group["state"] == "over" && statuses(group) == ["resolved"]).await?;
    Ok(())
}
