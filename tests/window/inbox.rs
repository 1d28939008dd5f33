//! What the journeys through the inbox share: an app that listens, a sender, and what a script sees of the groups.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::app::Home;
use tests::desktop::Rig;
use tests::peers::{self, Fires, Hook};
use tests::wait;
use tests::window::App;

/// An app that listens, and a tool that sends to it.
pub struct Inbox<'r> {
    pub app: App<'r>,
    pub hook: Hook,
}

impl<'r> Inbox<'r> {
    /// Starts both; nothing fires yet.
    pub async fn open(rig: &'r Rig, name: &str) -> Result<Self> {
        let home = Home::create()?;
        let address = format!("127.0.0.1:{}", peers::free_port()?);
        std::fs::create_dir_all(home.path())?;
        std::fs::write(home.path().join("config.toml"), format!("[listener]\nenabled = true\naddress = \"{address}\"\n"))?;
        let app = App::start_on(rig, name, home, &[]).await?;
        app.shows("Nothing here yet").await?;
        let made = app.home().muster(&["source", "add", "alertmanager", "prod"])?;
        let token = made["token"].as_str().context("a new source shows its token")?;
        let hook = Hook::to(&address, token);
        Ok(Self { app, hook })
    }

    /// Sends these, and waits until each has its row.
    pub async fn waits(&self, all: &[Fires]) -> Result<()> {
        for fires in all {
            self.hook.fire(fires).await?;
        }
        for fires in all {
            self.app.find("button", &fires.name).await?;
        }
        Ok(())
    }

    /// Goes by the arrow to the row of this group, up or down as it lies.
    pub async fn stand_on(&self, name: &str) -> Result<()> {
        self.app.find("button", name).await?;
        let above = "\
const rows = [...document.querySelectorAll('[aria-label=\"Triage inbox\"] [aria-expanded][id]')];
const wanted = rows.findIndex((row) => row.textContent.includes(arguments[0]));
return wanted < rows.indexOf(document.activeElement);";
        let above = self.app.script(above, vec![name.into()]).await? == true;
        self.app.step_to(if above { "Up" } else { "Down" }, "button", name).await
    }

    /// Waits until the inbox no longer shows this group.
    pub async fn leaves(&self, name: &str) -> Result<()> {
        let gone = async || Ok((!self.shows(name).await?).then_some(()));
        wait::until(&format!("{name} leaves the inbox"), wait::SOON, gone).await
    }

    /// Whether the inbox shows this group; where nothing at all waits there is no inbox.
    pub async fn shows(&self, name: &str) -> Result<bool> {
        let text = "return document.querySelector('[aria-label=\"Triage inbox\"]')?.innerText ?? ''";
        Ok(self.app.script(text, vec![]).await?.as_str().is_some_and(|text| text.contains(name)))
    }

    /// Waits until the group looks like this to a script.
    pub async fn until(&self, name: &str, what: &str, fits: impl Fn(&Value) -> bool) -> Result<Value> {
        let is_it = |group: &Value| group["title"].as_str().is_some_and(|title| title.starts_with(name));
        let look = async || Ok(self.groups()?.into_iter().find(|group| is_it(group) && fits(group)));
        let found = wait::until(&format!("{name}: {what}"), wait::SOON, look).await;
        let brief = |group: &Value| format!("{} {} {}", group["title"], group["state"], group["count"]);
        found.with_context(|| format!("the groups: {:#?}", self.groups().unwrap_or_default().iter().map(brief).collect::<Vec<_>>()))
    }

    /// Waits until an order of this shape is about something with these words, and answers it.
    pub async fn quiet(&self, shape: &str, words: &str) -> Result<Value> {
        let list = || self.app.home().muster(&["quiet", "list"]);
        let fits = |one: &&Value| one["shape"] == shape && one["title"].as_str().is_some_and(|title| title.contains(words));
        let look = async || Ok(list()?.as_array().into_iter().flatten().find(fits).cloned());
        let found = wait::until(&format!("{words} is {shape}"), wait::SOON, look).await;
        found.with_context(|| format!("quiet is: {:#}", list().unwrap_or_default()))
    }

    /// All groups, those that are decided included.
    pub fn groups(&self) -> Result<Vec<Value>> {
        let groups = self.app.home().muster(&["alert", "list", "--all"])?;
        Ok(groups.as_array().cloned().unwrap_or_default())
    }

    /// Ends the app, once the record was verified.
    pub async fn close(self) -> Result<()> {
        let verified = self.app.home().muster(&["verify"])?;
        ensure!(verified["ok"] == true, "{verified}");
        self.app.close().await?;
        Ok(())
    }
}
