//! What the journeys share: a room that is open, the line that writes, and what a script sees of it.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::app::Home;
use tests::desktop::Rig;
use tests::wait;
use tests::window::App;

/// Name of the composer's field.
pub const COMPOSER: &str = "Write to the timeline";

/// An incident whose room is open in the window.
pub struct Room<'r> {
    pub app: App<'r>,
    /// Its reference.
    pub incident: String,
}

impl<'r> Room<'r> {
    /// Declares an incident from a script and opens its room; nothing has the focus yet.
    pub async fn open(rig: &'r Rig, name: &str, title: &str, more: &[&str]) -> Result<Self> {
        let app = App::start(rig, name).await?;
        app.shows("Nothing here yet").await?;
        Self::declare(app, title, more).await
    }

    /// The same in an app that runs.
    pub async fn declare(app: App<'r>, title: &str, more: &[&str]) -> Result<Self> {
        let declared = app.home().muster(&[&["declare", title], more].concat())?;
        let incident = declared["ref"].as_str().context("a reference")?.to_owned();
        app.home().muster(&["open", &incident])?;
        app.find("heading", title).await?;
        app.find("textbox", COMPOSER).await?;
        Ok(Self { app, incident })
    }

    /// Carries out `muster COMMAND INC …`.
    pub fn muster(&self, command: &str, more: &[&str]) -> Result<Value> {
        self.app.home().muster(&[&[command, self.incident.as_str()], more].concat())
    }

    /// The incident as a script sees it.
    pub fn show(&self) -> Result<Value> {
        self.muster("show", &[])
    }

    /// Waits until it looks like this to a script.
    pub async fn until(&self, what: &str, fits: impl Fn(&Value) -> bool) -> Result<Value> {
        shown(self.app.home(), &self.incident, what, fits).await
    }

    /// Its timeline, oldest first.
    pub fn timeline(&self) -> Result<Vec<Value>> {
        self.app.home().timeline(&self.incident)
    }

    /// Waits for an entry of this kind.
    pub async fn entry(&self, kind: &str) -> Result<Value> {
        entry(self.app.home(), &self.incident, kind).await
    }

    /// Writes a line by the letter that begins it (`n` a note, `t` a task), from wherever the focus is, and waits until it is
    /// on record.
    pub async fn write(&self, letter: &str, line: &str) -> Result<()> {
        self.line(letter, line).await?;
        self.app.keys("Return").await?;
        self.emptied().await
    }

    /// Puts the caret into the line and the words into it.
    pub async fn line(&self, letter: &str, line: &str) -> Result<()> {
        let typing = self.app.has_focus("textbox", COMPOSER).await?;
        self.app.keys(&if typing { format!("alt+{letter}") } else { letter.to_owned() }).await?;
        self.app.focused("textbox", COMPOSER).await?;
        self.app.types(line).await?;
        self.typed(line).await
    }

    /// Waits until the line holds exactly this.
    pub async fn typed(&self, line: &str) -> Result<()> {
        let held = async || Ok((self.held().await? == line).then_some(()));
        match wait::until(&format!("the line holds \"{line}\""), wait::SOON, held).await {
            Ok(()) => Ok(()),
            Err(fault) => Err(fault).context(format!("it holds \"{}\" in {}", self.held().await?, self.app.text().await?)),
        }
    }

    /// Waits until the line is free for the next words.
    pub async fn emptied(&self) -> Result<()> {
        self.typed("").await
    }

    /// What the line holds.
    pub async fn held(&self) -> Result<String> {
        let field = self.app.find("textbox", COMPOSER).await?;
        Ok(field.prop("value").await?.unwrap_or_default())
    }

    /// Leaves the line for the newest entry.
    pub async fn leave_line(&self) -> Result<()> {
        self.app.keys("Escape").await?;
        let left = async || Ok((!self.app.has_focus("textbox", COMPOSER).await?).then_some(()));
        wait::until("the focus leaves the line", wait::SOON, left).await
    }

    /// What the rail says.
    pub async fn rail(&self) -> Result<String> {
        self.app.text_of("complementary", "Incident details").await
    }

    /// Waits until the rail says these words.
    pub async fn rail_says(&self, words: &str) -> Result<()> {
        let says = async || Ok(self.rail().await?.contains(words).then_some(()));
        match wait::until(&format!("the rail says \"{words}\""), wait::SOON, says).await {
            Ok(()) => Ok(()),
            Err(fault) => Err(fault).context(self.rail().await?),
        }
    }

    /// Ends the app, once the record was verified.
    pub async fn close(self) -> Result<()> {
        let verified = self.app.home().muster(&["verify"])?;
        ensure!(verified["ok"] == true, "{verified}");
        self.app.close().await?;
        Ok(())
    }
}

/// Waits until the incident looks like this to a script.
pub async fn shown(home: &Home, reference: &str, what: &str, fits: impl Fn(&Value) -> bool) -> Result<Value> {
    let look = async || home.muster(&["show", reference]).map(|incident| fits(&incident).then_some(incident));
    let found = wait::until(&format!("{reference}: {what}"), wait::SOON, look).await;
    found.with_context(|| format!("it is {:#}", home.muster(&["show", reference]).unwrap_or_default()))
}

/// Waits for an entry of this kind on the timeline.
pub async fn entry(home: &Home, reference: &str, kind: &str) -> Result<Value> {
    let look = async || Ok(home.timeline(reference)?.into_iter().find(|entry| entry["kind"] == kind));
    let found = wait::until(&format!("an entry \"{kind}\" on {reference}"), wait::SOON, look).await;
    found.with_context(|| format!("the timeline: {:#?}", home.timeline(reference).unwrap_or_default()))
}

/// Writes one line into the room's composer, as a person at the keyboard.
pub async fn compose(app: &App<'_>, line: &str) -> Result<()> {
    let field = app.find("textbox", COMPOSER).await?;
    field.click().await?;
    field.send_keys(line).await?;
    app.keys("Return").await
}
