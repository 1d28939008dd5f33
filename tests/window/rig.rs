//! The rig itself, on programs that are not ours: were it broken, every other journey's failure would mislead.

use anyhow::{Result, ensure};
use std::process::Stdio;
use tests::desktop::{Rig, Urgency};
use tests::wait;
use xtask::desktop::Family;

/// A window can be opened, comes to the front, and hears keys.
pub async fn keys_reach_programs(rig: &Rig) -> Result<()> {
    let family = Family::new();
    let mut terminal = rig.desktop().command("xev");
    family.adopt(&mut terminal);
    let mut child = terminal.args(["-name", "listener", "-event", "keyboard"]).stdout(Stdio::piped()).spawn()?;
    wait::until("the window in front", wait::SOON, async || Ok((rig.in_front()?.as_deref() == Some("listener")).then_some(()))).await?;
    rig.press("ctrl+shift+m")?;
    family.end();
    let mut said = String::new();
    if let Some(mut output) = child.stdout.take() {
        std::io::Read::read_to_string(&mut output, &mut said)?;
    }
    child.wait()?;
    ensure!(said.contains("keysym 0x4d, M"), "xev heard: {said}");
    ensure!(family.members().is_empty(), "whoever is asked to end has ended");
    Ok(())
}

/// A notice is heard exactly, and its button comes back to the sender; a real daemon hears it as well.
pub async fn notices_are_heard_and_answered(rig: &Rig) -> Result<()> {
    let known = rig.notices().heard().len();
    let send = |title: &str| {
        let mut sender = rig.desktop().command("notify-send");
        sender
            .args(["--urgency=critical", "--action=ack=Acknowledge", "--action=open=Open", "--wait", title, "body"])
            .stdout(Stdio::piped());
        sender.spawn()
    };
    let sender = send("SEV1 to us")?;
    let heard = rig.notices().wait("our notice", known, wait::SOON, |heard| heard.title == "SEV1 to us").await?;
    ensure!(heard.urgency == Urgency::Critical && heard.body == "body", "{heard:?}");
    ensure!(heard.button("Acknowledge")? == "ack" && heard.button("Open")? == "open", "{heard:?}");
    rig.notices().press(&heard, "Acknowledge").await?;
    ensure!(String::from_utf8(sender.wait_with_output()?.stdout)?.trim() == "ack", "the sender hears which button");
    ensure!(rig.notices().shown().is_empty(), "a pressed notice goes");

    let dunst = rig.real_daemon().await?;
    let sender = send("SEV1 to dunst")?;
    dunst.wait(&["summary: 'SEV1 to dunst'", "urgency: CRITICAL"]).await?;
    dunst.press("Open")?;
    ensure!(String::from_utf8(sender.wait_with_output()?.stdout)?.trim() == "open", "dunst's button comes back");
    dunst.end().await
}

/// The panel shows tray items: an empty tray is an answer, not a fault.
pub async fn the_tray_has_a_host(rig: &Rig) -> Result<()> {
    ensure!(rig.tray().await?.is_empty(), "nobody put anything there yet");
    rig.picture(&tests::programs::leavings("window")?.join("rig/desktop.png"))?;
    rig.desktop().ask("xfce4-panel", &["--quit"])?;
    let gone = async || Ok((!rig.desktop().bus_has("org.kde.StatusNotifierWatcher")?).then_some(()));
    wait::until("the panel's end", wait::SOON, gone).await?;
    ensure!(rig.tray().await?.is_empty(), "a panel that fell over has a successor");
    Ok(())
}
