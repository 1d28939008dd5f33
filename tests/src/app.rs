//! The program without a window: `muster serve` on a home of its own, and `muster` commands beside it.

use crate::{peers, programs, wait};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use xtask::desktop::{Family, Folders};

/// A home of its own, and commands on it. Nothing of the person's own folders is seen.
#[derive(Debug)]
pub struct Home {
    family: Family,
    folders: Folders,
    /// The process in whose namespaces commands run, where the home's disk is seen only there.
    within: Option<u32>,
}

impl Home {
    /// An empty home.
    pub fn create() -> Result<Self> {
        Ok(Self { family: Family::new(), folders: Folders::create()?, within: None })
    }

    /// The home's own folder.
    pub fn path(&self) -> PathBuf {
        self.folders.path("muster")
    }

    /// Folders around it.
    pub fn folders(&self) -> &Folders {
        &self.folders
    }

    /// Runs commands from now on where this process sees the disk.
    pub fn within(&mut self, process: u32) {
        self.within = Some(process);
    }

    /// Marks a program that someone else starts as ending with this home.
    pub fn adopt(&self, command: &mut Command) {
        self.family.adopt(command);
        command.envs(self.environment());
    }

    /// Id and name of each process that runs on this home.
    pub fn processes(&self) -> Vec<(u32, String)> {
        let name = |id: &u32| std::fs::read_to_string(format!("/proc/{id}/comm")).ok().map(|name| (*id, name.trim().to_owned()));
        self.family.members().iter().filter_map(name).collect()
    }

    /// Kills one of them without warning.
    pub fn kill(&self, process: u32) -> Result<()> {
        let killed = Command::new("sh").args(["-c", &format!("kill -KILL {process}")]).status().context("start sh")?;
        if !killed.success() {
            bail!("process {process} could not be killed");
        }
        Ok(())
    }

    /// Ends all that runs on this home.
    pub fn end_all(&self) {
        self.family.end();
    }

    /// Carries out one command, entered by dana, and answers what `--json` printed.
    pub fn muster(&self, arguments: &[&str]) -> Result<Value> {
        let output =
            self.command()?.args(["--json", "--as", "dana"]).args(arguments).stdin(Stdio::null()).output().context("start muster")?;
        let line = arguments.join(" ");
        if !output.status.success() {
            bail!("`muster {line}` failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr));
        }
        let text = String::from_utf8(output.stdout).context("muster prints text")?;
        let values: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(&text).into_iter().collect();
        let mut values = values.with_context(|| format!("`muster {line} --json` printed: {text}"))?;
        Ok(if values.len() == 1 { values.remove(0) } else { Value::Array(values) })
    }

    /// Entries of an incident's timeline, oldest first.
    pub fn timeline(&self, incident: &str) -> Result<Vec<Value>> {
        let printed = self.muster(&["timeline", incident])?;
        Ok(match printed {
            Value::Array(entries) => entries,
            entry => vec![entry],
        })
    }

    /// Starts `muster serve` on it and waits until it listens.
    pub async fn serve(self) -> Result<Headless> {
        self.serve_with(&[]).await
    }

    /// The same with TLS, by a certificate that the home makes.
    pub async fn serve_tls(self) -> Result<Headless> {
        self.serve_with(&["--tls"]).await
    }

    async fn serve_with(self, flags: &[&str]) -> Result<Headless> {
        let port = peers::free_port()?;
        let log = File::create(self.folders.path("serve.log"))?;
        let address = format!("127.0.0.1:{port}");
        let mut command = self.command()?;
        command.args(["serve", "--listen", &address]).args(flags);
        let child = command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()?;
        let mut served = Headless { child, port, home: self };
        let begun = served.ready().await;
        begun.with_context(|| format!("muster serve said: {}", served.said()))?;
        Ok(served)
    }

    fn command(&self) -> Result<Command> {
        let mut command = match self.within {
            None => self.family.command(programs::muster()?),
            Some(process) => {
                let mut command = self.family.command("nsenter");
                command.args(["--user", "--mount", "--preserve-credentials", "--target", &process.to_string(), "--"]);
                command.arg(programs::muster()?);
                command
            }
        };
        command.envs(self.environment()).env_remove("DISPLAY").env_remove("DBUS_SESSION_BUS_ADDRESS");
        Ok(command)
    }

    fn environment(&self) -> Vec<(String, String)> {
        let mut environment = self.folders.environment();
        environment.push(("MUSTER_HOME".to_owned(), self.path().display().to_string()));
        environment.extend([("TZ", "UTC"), ("USER", "dana"), ("LOGNAME", "dana")].map(|(name, value)| (name.to_owned(), value.to_owned())));
        environment
    }
}

/// A running `muster serve`; it ends with the value.
#[derive(Debug)]
pub struct Headless {
    child: Child,
    port: u16,
    home: Home,
}

impl Headless {
    /// The home it owns.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Adds a source and answers its token.
    pub fn add_source(&self, kind: &str, name: &str) -> Result<String> {
        let made = self.home.muster(&["source", "add", kind, name])?;
        Ok(made["token"].as_str().with_context(|| format!("a new source shows its token: {made}"))?.to_owned())
    }

    /// Groups of alerts, those that are over included.
    pub fn groups(&self) -> Result<Vec<Value>> {
        match self.home.muster(&["alert", "list", "--all"])? {
            Value::Array(groups) => Ok(groups),
            other => bail!("`muster alert list --json` is an array, not {other}"),
        }
    }

    /// What it said so far.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.home.folders.path("serve.log")).unwrap_or_default()
    }

    /// The certificate that it made for itself.
    pub fn certificate(&self) -> PathBuf {
        self.home.path().join("listener.pem")
    }

    async fn ready(&mut self) -> Result<()> {
        let url = format!("http://{}/healthz", self.address());
        let secured = format!("Listening on https://{}", self.address());
        wait::until("muster serve listens", wait::SOON, async || {
            if let Some(end) = self.child.try_wait()? {
                bail!("it ended ({end})");
            }
            let plain = peers::http().get(&url).send().await.is_ok_and(|answer| answer.status().is_success());
            Ok((plain || self.said().contains(&secured)).then_some(()))
        })
        .await
    }
}

impl Drop for Headless {
    fn drop(&mut self) {
        self.home.end_all();
        let _ = self.child.wait();
    }
}
