//! A program with pages, started on the private desktop and seen through WebDriver. Pages say when something was on screen
//! by a user-timing mark; the moment a process began is the system's own word.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tests::app::Home;
use tests::desktop::Rig;
use tests::{peers, wait};
use thirtyfour::prelude::*;

/// Longest wait for a mark.
const MARK: Duration = Duration::from_secs(60);
/// The label that a program gave its window: a hidden window has no size to know it by.
const LABEL: &str = "return globalThis.__TAURI_INTERNALS__?.metadata?.currentWindow?.label ?? null";
/// When the last mark of a name was, in milliseconds since 1970.
const LAST_MARK: &str = "const found = performance.getEntriesByName(arguments[0]).at(-1); \
                         return found && (!arguments[1] || document.hasFocus()) ? performance.timeOrigin + found.startTime : null";

/// The running program. Dropping it ends it.
pub struct Page {
    driver: Option<WebDriver>,
    relay: Child,
    home: Home,
}

impl Page {
    /// Starts `program` on `home` and opens a session with it.
    pub async fn open(rig: &Rig, program: &Path, home: Home, environment: &[(&str, &str)]) -> Result<Self> {
        let (port, native) = (peers::free_port()?, peers::free_port()?);
        let mut command = rig.desktop().command("tauri-driver");
        home.adopt(&mut command);
        command.args(["--port", &port.to_string(), "--native-port", &native.to_string()]);
        let log = File::create(home.folders().path("app.log"))?;
        command.envs(environment.iter().copied()).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let relay = command.spawn().context("start tauri-driver; `cargo xtask setup` installs it")?;
        let mut page = Self { driver: None, relay, home };
        let opened = page.connect(port, native, program).await;
        opened.with_context(|| format!("{} said: {}", program.display(), page.said()))?;
        Ok(page)
    }

    async fn connect(&mut self, port: u16, native: u16, program: &Path) -> Result<()> {
        wait::until("tauri-driver and the driver behind it listen", wait::SOON, async || {
            for port in [port, native] {
                if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                    return Ok(None);
                }
            }
            Ok(Some(()))
        })
        .await?;
        let mut capabilities = Capabilities::new();
        capabilities.set("tauri:options", json!({"application": program}))?;
        outreach::provide_tls();
        let session = WebDriver::builder(format!("http://127.0.0.1:{port}"), capabilities).request_timeout(MARK);
        self.driver = Some(session.await.context("open a session")?);
        Ok(())
    }

    fn driver(&self) -> Result<&WebDriver> {
        self.driver.as_ref().context("the program runs")
    }

    fn said(&self) -> String {
        std::fs::read_to_string(self.home.folders().path("app.log")).unwrap_or_default()
    }

    /// Waits for the last mark of this name that is later than `after`; milliseconds since 1970.
    pub async fn mark(&self, name: &str, after: f64) -> Result<f64> {
        self.marked(name, after, false).await
    }

    /// The same, once the window in hand has the keyboard.
    pub async fn mark_with_keyboard(&self, name: &str, after: f64) -> Result<f64> {
        self.marked(name, after, true).await
    }

    async fn marked(&self, name: &str, after: f64, with_keyboard: bool) -> Result<f64> {
        wait::until(&format!("the mark {name}"), MARK, async || {
            let at = self.script(LAST_MARK, vec![name.into(), with_keyboard.into()]).await?.as_f64();
            Ok(at.filter(|at| *at > after))
        })
        .await
    }

    /// Runs a script in the window in hand and answers what it returned.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver()?.execute(script, arguments).await?.json().clone())
    }

    /// The same for a script that answers later, by calling its last argument.
    pub async fn script_later(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver()?.execute_async(script, arguments).await?.json().clone())
    }

    /// Takes the window with this label in hand, shown or hidden.
    pub async fn turn_to(&self, label: &str) -> Result<()> {
        wait::until(&format!("the {label} window"), wait::SOON, async || {
            for window in self.driver()?.windows().await? {
                self.driver()?.switch_to_window(window).await?;
                if self.script(LABEL, vec![]).await? == label {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }

    /// The processes of the program itself: not those of the measuring.
    fn own(&self) -> Vec<u32> {
        let own =
            |name: &str| name.starts_with("WebKit") && !name.starts_with("WebKitWebDriver") || name == "muster-desktop" || name == "bare";
        self.home.processes().into_iter().filter(|(_, name)| own(name)).map(|(id, _)| id).collect()
    }

    /// When the program's own process began, in milliseconds since 1970.
    pub fn began(&self, name: &str) -> Result<f64> {
        let processes = self.home.processes();
        let (id, _) = processes.iter().find(|(_, known)| known == name).with_context(|| format!("{name} runs"))?;
        began(*id)
    }

    /// Proportional memory of all its processes, in megabytes.
    pub fn memory(&self) -> f64 {
        let pss = |id: u32| {
            let text = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
            let line = text.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap_or("0 kB");
            line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0)
        };
        self.own().into_iter().map(pss).sum::<f64>() / 1024.0
    }

    /// Ends the session, and the program with it.
    pub async fn close(mut self) -> Result<()> {
        if let Some(driver) = self.driver.take() {
            driver.quit().await?;
        }
        Ok(())
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // A session that was not closed must not be waited for: the program may be what hangs.
        if let Some(driver) = self.driver.take() {
            let _ = driver.leak();
        }
        self.home.end_all();
        let _ = self.relay.wait();
    }
}

/// When a process began, in milliseconds since 1970, to the kernel's 10 ms.
fn began(process: u32) -> Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let after_name = stat.rsplit_once(") ").context("stat has a name")?.1;
    let ticks: f64 = after_name.split(' ').nth(19).context("stat has a start")?.parse()?;
    let uptime = std::fs::read_to_string("/proc/uptime")?;
    let up: f64 = uptime.split(' ').next().context("uptime")?.parse()?;
    Ok(now() - (up - ticks / 100.0) * 1e3)
}

/// The present instant, in milliseconds since 1970.
pub fn now() -> f64 {
    #[expect(clippy::disallowed_methods, reason = "the bench measures real time")]
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64() * 1e3)
}

/// Where a program lies: beside this one.
pub fn program(name: &str) -> Result<PathBuf> {
    let folder = std::env::current_exe()?.parent().context("a program lies in a folder")?.to_owned();
    let program = if name == "bare" { folder.join("examples/bare") } else { folder.join(name) };
    if program.is_file() { Ok(program) } else { bail!("{} is not built", program.display()) }
}

/// A new home with the ledger that lies in `kept`.
pub fn home_with(kept: &Path) -> Result<Home> {
    let home = Home::create()?;
    std::fs::create_dir_all(home.path())?;
    std::fs::copy(kept.join("muster.db"), home.path().join("muster.db"))?;
    Ok(home)
}
