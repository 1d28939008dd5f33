//! A home on a small disk of its own, which can be filled and freed while the app runs. Nothing else of the machine is touched.

use super::App;
use crate::app::Home;
use crate::desktop::Rig;
use anyhow::{Context, Result, ensure};
use std::path::PathBuf;

/// Room on the small disk: the home, and a little more.
const SIZE: &str = "6m";

impl<'r> App<'r> {
    /// Starts the app with its home on a disk that only it and its helpers see, in a mount namespace of their own.
    pub async fn start_on_small_disk(rig: &'r Rig, name: &str) -> Result<Self> {
        let home = Home::create()?;
        std::fs::create_dir_all(home.path())?;
        let mut relay = rig.desktop().command("unshare");
        let script = format!("mount -t tmpfs -o size={SIZE},mode=0700 tmpfs \"$MUSTER_HOME\"; exec \"$@\"");
        relay.args(["--user", "--map-current-user", "--keep-caps", "--mount", "sh", "-euc", &script, "relay", "tauri-driver"]);
        let mut app = Self::start_by(relay, rig, name, home, &[]).await?;
        let process = app.process()?;
        app.home.within(process);
        Ok(app)
    }

    /// Leaves no room on the small disk.
    pub fn fill_disk(&self) -> Result<()> {
        let block = vec![0x5a; 64 * 1024];
        let mut filler = std::fs::File::create(self.filler()?).context("a file on the small disk")?;
        while std::io::Write::write_all(&mut filler, &block).is_ok() {}
        Ok(())
    }

    /// Makes room again.
    pub fn free_disk(&self) -> Result<()> {
        std::fs::remove_file(self.filler()?).context("make room on the small disk")
    }

    /// A file on the small disk, by the way of a process that sees it.
    fn filler(&self) -> Result<PathBuf> {
        let home = PathBuf::from(format!("/proc/{}/root{}", self.process()?, self.home.path().display()));
        ensure!(home.join("muster.db").is_file(), "{} is the home that the app sees", home.display());
        Ok(home.join("filler"))
    }

    fn process(&self) -> Result<u32> {
        let inside = self.home.processes().into_iter().find(|(_, name)| name.starts_with("muster-desktop"));
        Ok(inside.context("the app runs")?.0)
    }
}
