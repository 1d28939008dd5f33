//! The real notification daemon, `dunst`, in our place for a while: proof that a stranger understands our notices too.

use super::Notices;
use crate::wait;
use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use xtask::desktop::{Desktop, Family};

/// A running daemon. `end` hands the notices back; dropping it only ends it.
pub struct Dunst<'r> {
    desktop: &'r Desktop,
    notices: &'r Notices,
    said: Arc<Mutex<String>>,
    chooser: Chooser,
    family: Family,
    child: Child,
}

impl<'r> Dunst<'r> {
    pub(super) async fn start(desktop: &'r Desktop, notices: &'r Notices) -> Result<Self> {
        notices.step_aside().await?;
        let family = Family::new();
        let chooser = Chooser::install(desktop)?;
        let mut command = desktop.command("dunst");
        family.adopt(&mut command);
        let mut child = command
            .arg("-config")
            .arg(&chooser.settings)
            .arg("-print")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("start dunst")?;
        let said = Arc::new(Mutex::new(String::new()));
        let output = child.stdout.take().context("its output is piped")?;
        let kept = said.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.push_str(&line);
                kept.push('\n');
            }
        });
        let daemon = Self { desktop, notices, said, chooser, family, child };
        wait::until("dunst's start", wait::SOON, async || Ok(desktop.bus_has("org.freedesktop.Notifications")?.then_some(()))).await?;
        Ok(daemon)
    }

    /// Waits until it has shown a notice whose printed form contains all of `parts`, such as `urgency: CRITICAL`.
    pub async fn wait(&self, parts: &[&str]) -> Result<String> {
        let shown = async || {
            let said = self.said();
            let notice = said.split("\n}\n").find(|notice| parts.iter().all(|part| notice.contains(part)));
            Ok(notice.map(str::to_owned))
        };
        wait::until(&format!("dunst shows {parts:?}"), wait::SOON, shown).await.with_context(|| format!("dunst printed: {}", self.said()))
    }

    /// All it printed.
    pub fn said(&self) -> String {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Presses the button with this label on the newest notice, through the daemon's own menu.
    pub fn press(&self, label: &str) -> Result<()> {
        std::fs::write(&self.chooser.choice, format!("#{label} "))?;
        let (done, _) = self.desktop.ask("dunstctl", &["context"])?;
        ensure!(done, "dunst opens the menu of a notice");
        Ok(())
    }

    /// Ends it and hears notices ourselves again.
    pub async fn end(mut self) -> Result<()> {
        self.family.end();
        self.child.wait()?;
        let notices = self.notices;
        wait::until("the notices' return", wait::SOON, async || Ok(notices.listen().await.ok())).await
    }
}

/// Stands in for the menu program that dunst asks: it chooses the line that we named, as a person would with the mouse.
struct Chooser {
    settings: PathBuf,
    choice: PathBuf,
}

impl Chooser {
    fn install(desktop: &Desktop) -> Result<Self> {
        let folder = desktop.folders().path("config");
        let (settings, choice) = (folder.join("dunstrc"), folder.join("choice"));
        let chooser = folder.join("choose");
        std::fs::write(&chooser, format!("#!/bin/sh\nexec grep -m 1 -F -f '{}'\n", choice.display()))?;
        std::fs::set_permissions(&chooser, std::fs::Permissions::from_mode(0o700))?;
        std::fs::write(&settings, format!("[global]\n    dmenu = {}\n", chooser.display()))?;
        Ok(Self { settings, choice })
    }
}
