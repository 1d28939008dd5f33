//! The real window: the real app started on a private desktop, pressed and read through WebDriver.

mod axe;
mod disk;
mod find;
mod keyboard;
mod which;

pub use which::Which;

use crate::app::Home;
use crate::desktop::Rig;
use crate::{peers, programs, wait};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use thirtyfour::prelude::*;

/// How long the app may take to start: it is not built for speed here, and the machine is busy.
const START: Duration = Duration::from_secs(40);

/// The running app with its home. `close` ends it as a person would; dropping it ends it at once.
pub struct App<'r> {
    rig: &'r Rig,
    driver: Option<WebDriver>,
    relay: Child,
    home: Home,
    pictures: PathBuf,
    is_demo: bool,
}

impl<'r> App<'r> {
    /// Starts the app on a new, empty home; pictures of the journey go to `target/window/NAME`.
    pub async fn start(rig: &'r Rig, name: &str) -> Result<Self> {
        Self::start_on(rig, name, Home::create()?, &[]).await
    }

    /// Starts the app on this home with these arguments.
    pub async fn start_on(rig: &'r Rig, name: &str, home: Home, arguments: &[&str]) -> Result<Self> {
        let relay = rig.desktop().command("tauri-driver");
        Self::start_by(relay, rig, name, home, arguments).await
    }

    /// Starts the app through this relay.
    async fn start_by(mut command: Command, rig: &'r Rig, name: &str, home: Home, arguments: &[&str]) -> Result<Self> {
        let (port, native) = (peers::free_port()?, peers::free_port()?);
        home.adopt(&mut command);
        command.args(["--port", &port.to_string(), "--native-port", &native.to_string()]);
        let log = std::fs::File::create(home.folders().path("app.log"))?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let relay = command.spawn().context("start tauri-driver; `cargo xtask setup` installs it")?;
        let pictures = programs::leavings("window")?.join(name);
        std::fs::create_dir_all(&pictures)?;
        let is_demo = arguments.contains(&"--demo");
        let mut app = Self { rig, driver: None, relay, home, pictures, is_demo };
        let begun = app.connect(port, native, arguments).await;
        begun.with_context(|| format!("the app said: {}", app.said()))?;
        Ok(app)
    }

    /// The desktop it lives on.
    pub fn rig(&self) -> &'r Rig {
        self.rig
    }

    /// Its home.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// What the app printed so far.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.home.folders().path("app.log")).unwrap_or_default()
    }

    /// The page now in hand.
    pub fn page(&self) -> Result<&WebDriver> {
        self.driver.as_ref().context("the app runs")
    }

    /// Runs a script in the page and answers what it returned.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.page()?.execute(script, arguments).await?.json().clone())
    }

    /// Keeps a picture of the whole screen under this name.
    pub fn picture(&self, name: &str) -> Result<()> {
        self.rig.picture(&self.pictures.join(format!("{name}.png")))
    }

    /// Waits until nothing moves: colours on their way from one theme to the other are nobody's choice.
    pub async fn settled(&self) -> Result<()> {
        let moving = "return document.getAnimations().length";
        wait::until("nothing moves", wait::SOON, async || Ok((self.script(moving, vec![]).await? == json!(0)).then_some(()))).await
    }

    /// Keeps a picture of the page alone.
    pub async fn portrait(&self, name: &str) -> Result<()> {
        self.settled().await?;
        Ok(self.page()?.screenshot(&self.pictures.join(format!("{name}.png"))).await?)
    }

    /// Gives the window in hand this size, in pixels of the page.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let page = self.page()?;
        let inner = async || self.script("return [innerWidth, innerHeight]", vec![]).await;
        wait::until(&format!("a window of {width} × {height}"), wait::SOON, async || {
            if inner().await? == json!([width, height]) {
                return Ok(Some(()));
            }
            // The driver counts the frame in, the page does not.
            let (rect, now) = (page.get_window_rect().await?, inner().await?);
            let frame = |at: usize, whole: i64| whole - now[at].as_i64().unwrap_or(whole);
            let size = |at: usize, whole: i64, wanted: u32| u32::try_from(i64::from(wanted) + frame(at, whole)).unwrap_or(wanted);
            page.set_window_rect(0, 30, size(0, rect.width, width), size(1, rect.height, height)).await?;
            Ok(None)
        })
        .await
    }

    /// Ends the session, and the app with it.
    pub async fn close(mut self) -> Result<Home> {
        if let Some(driver) = self.driver.take() {
            driver.quit().await?;
        }
        self.home.end_all();
        let _ = self.relay.wait();
        // The home outlives the app: take it out without running our own end twice.
        Ok(std::mem::replace(&mut self.home, Home::create()?))
    }

    async fn connect(&mut self, port: u16, native: u16, arguments: &[&str]) -> Result<()> {
        let relay = &mut self.relay;
        wait::until("tauri-driver and the driver behind it listen", wait::SOON, async || {
            if let Some(end) = relay.try_wait()? {
                bail!("tauri-driver ended ({end})");
            }
            for port in [port, native] {
                if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                    return Ok(None);
                }
            }
            Ok(Some(()))
        })
        .await?;
        let mut capabilities = Capabilities::new();
        capabilities.set("tauri:options", json!({"application": programs::muster_desktop()?, "args": arguments}))?;
        outreach::provide_tls();
        let session = WebDriver::builder(format!("http://127.0.0.1:{port}"), capabilities).request_timeout(START);
        self.driver = Some(session.await.context("open a session with the app")?);
        Ok(())
    }
}

impl Drop for App<'_> {
    fn drop(&mut self) {
        // A session that was not closed must not be waited for: the app may be what hangs.
        if let Some(driver) = self.driver.take() {
            let _ = driver.leak();
            let seen = self.picture("failed").is_ok();
            println!("the app said: {}{}", self.said(), if seen { "the screen is kept as failed.png" } else { "" });
        }
        self.home.end_all();
        let _ = self.relay.wait();
    }
}
