//! Triage by keyboard alone: every decision by its key, each seen by a script, and none undone by the next event of the tool.

use crate::inbox::Inbox;
use anyhow::{Context, Result, ensure};
use tests::desktop::Rig;
use tests::peers::Fires;

/// Acknowledge, snooze, mute, noise, not mine; what a person decided survives what is sent next.
pub async fn an_inbox_is_emptied_by_keys(rig: &Rig) -> Result<()> {
    let inbox = Inbox::open(rig, "triage").await?;
    let app = &inbox.app;
    let all = [
        Fires::one("DiskFull", "logs", "critical"),
        Fires::one("CertExpiry", "edge", "warning"),
        Fires::one("QueueLag", "mail", "warning"),
        Fires::one("BackupLate", "vault", "warning"),
        Fires::one("PrinterDown", "office", "warning"),
    ];
    inbox.waits(&all).await?;
    app.find("region", "Triage inbox").await?;
    app.judge_both("inbox").await?;

    inbox.stand_on("DiskFull").await?;
    app.keys("e").await?;
    app.shows("@dana looks").await?;
    app.keys("z").await?;
    inbox.until("DiskFull", "waits again", |group| group["state"] == "waiting").await?;
    app.hides("@dana looks").await?;
    app.keys("e").await?;
    app.shows("@dana looks").await?;
    inbox.until("DiskFull", "somebody looks", |group| group["state"] == "acknowledged").await?;

    inbox.stand_on("CertExpiry").await?;
    app.keys("s").await?;
    app.find("menu", "Snooze for how long").await?;
    app.step_to("Down", "menuitem", "30 min").await?;
    app.keys("Return").await?;
    inbox.leaves("CertExpiry").await?;
    inbox.quiet("snoozed", "CertExpiry").await?;

    inbox.stand_on("QueueLag").await?;
    app.keys("m").await?;
    app.find("dialog", "Mute").await?;
    app.focused("textbox", "Why").await?;
    app.types("known, waits for the vendor").await?;
    app.tab_to("radio", "Until it ends").await?;
    app.keys("Right").await?;
    app.tab_to("textbox", "For").await?;
    app.keys("ctrl+a").await?;
    app.types("2 d").await?;
    app.judge_both("mute").await?;
    app.keys("Return").await?;
    inbox.leaves("QueueLag").await?;
    let muted = inbox.quiet("muted", "QueueLag").await?;
    ensure!(muted["reason"] == "known, waits for the vendor" && muted["owner"].to_string().contains("dana"), "{muted:#}");
    ensure!(!muted["until_at"].is_null(), "nothing is quiet without an end: {muted:#}");

    inbox.stand_on("BackupLate").await?;
    app.keys("x").await?;
    inbox.leaves("BackupLate").await?;
    inbox.quiet("dismissed", "BackupLate").await?;

    inbox.stand_on("PrinterDown").await?;
    app.keys("o").await?;
    app.find("dialog", "Whose is it?").await?;
    app.focused("combobox", "Who").await?;
    app.types("@mei").await?;
    app.keys("Return").await?;
    inbox.leaves("PrinterDown").await?;
    inbox.quiet("not_mine", "PrinterDown").await?;
    app.find("region", "Muted").await?;
    app.judge_both("decided").await?;

    for fires in all {
        let name = fires.name.clone();
        let before = inbox.until(&name, "is kept", |_| true).await?["state"].clone();
        inbox.hook.fire(&fires.times(2)).await?;
        let after = inbox.until(&name, "both alerts are counted", |group| group["count"] == 2).await?;
        ensure!(after["state"] == before, "a machine never overwrites a person: {after:#}");
    }
    ensure!(inbox.shows("DiskFull").await?, "what somebody looks at stays in sight");
    for name in ["CertExpiry", "QueueLag", "BackupLate", "PrinterDown"] {
        ensure!(!inbox.shows(name).await?, "{name} stays out of the inbox");
    }
    inbox.close().await
}

/// Several marked are one decision with one way back; what is alike goes to the likely incident; the rest is declared.
pub async fn several_are_decided_on_at_once(rig: &Rig) -> Result<()> {
    let inbox = Inbox::open(rig, "triage-several").await?;
    let app = &inbox.app;
    let declared = app.home().muster(&["declare", "Checkout fails in Europe", "--service", "checkout", "--severity", "sev2"])?;
    let incident = declared["ref"].as_str().context("a reference")?;
    let all = [
        Fires::one("CheckoutErrors", "checkout", "critical"),
        Fires::one("CheckoutLatency", "checkout", "warning"),
        Fires::one("DiskFull", "logs", "warning"),
        Fires::one("QueueLag", "mail", "warning"),
    ];
    inbox.waits(&all).await?;
    app.find("region", "Active incidents").await?;
    app.picture("several")?;

    for name in ["DiskFull", "QueueLag"] {
        inbox.stand_on(name).await?;
        app.keys("space").await?;
    }
    app.shows("2 groups marked").await?;
    app.find("button", "Acknowledge 2").await?;
    app.judge_both("marked").await?;
    app.keys("x").await?;
    inbox.leaves("DiskFull").await?;
    inbox.leaves("QueueLag").await?;
    app.shows("2 groups dismissed as noise").await?;
    app.keys("z").await?;
    app.shows("4 waiting").await.context("one way back for both")?;

    inbox.stand_on("CheckoutErrors").await?;
    app.find("button", "Attach 2 groups alike").await?;
    app.keys("shift+a").await?;
    inbox.leaves("CheckoutErrors").await?;
    inbox.leaves("CheckoutLatency").await?;
    for name in ["CheckoutErrors", "CheckoutLatency"] {
        inbox.until(name, "belongs to the incident", |group| group["incident"] == incident).await?;
    }

    inbox.stand_on("DiskFull").await?;
    app.keys("ctrl+d").await?;
    app.find("button", "Declare SEV").await?;
    app.keys("Return").await?;
    let disk = inbox.until("DiskFull", "is declared", |group| group["state"] == "attached").await?;
    ensure!(disk["incident"] != incident && !disk["incident"].is_null(), "an incident of its own: {disk:#}");
    inbox.close().await
}

/// `W` says what `muster why` prints; `G Q` lists all that is quiet, and what it keeps out, each with its why.
pub async fn why_says_the_same_in_window_and_terminal(rig: &Rig) -> Result<()> {
    let inbox = Inbox::open(rig, "why").await?;
    let app = &inbox.app;
    inbox.waits(&[Fires::one("DiskFull", "logs", "critical"), Fires::one("QueueLag", "mail", "warning")]).await?;
    for name in ["DiskFull", "QueueLag"] {
        let group = inbox.until(name, "is there", |_| true).await?;
        let id = group["id"].as_str().context("an id")?;
        inbox.stand_on(name).await?;
        app.keys("w").await?;
        let why = app.home().muster(&["why", id])?;
        let sentence = why["sentence"].as_str().context("one sentence")?;
        app.shows(sentence).await?;
        app.shows(why["change"].as_str().context("what would change that")?).await?;
        app.keys("w").await?;
        app.hides(sentence).await?;
    }
    inbox.stand_on("QueueLag").await?;
    app.keys("x").await?;
    inbox.leaves("QueueLag").await?;
    app.keys("g q").await?;
    app.find("main", "What is quiet").await?;
    let kept = app.text_of("region", "Kept out of the inbox").await?;
    ensure!(kept.contains("QueueLag") && !kept.contains("DiskFull"), "{kept}");
    app.judge_both("quiet").await?;
    app.step_to("Down", "button", "1 alert firing").await?;
    app.keys("w").await?;
    let group = inbox.until("QueueLag", "is kept", |_| true).await?;
    let why = app.home().muster(&["why", group["id"].as_str().context("an id")?])?;
    app.shows(why["sentence"].as_str().context("one sentence")?).await?;
    ensure!(why["rang"] == false && why["quiet"].is_string(), "the order that keeps it quiet is named: {why:#}");
    app.picture("quiet-why")?;
    inbox.close().await
}
