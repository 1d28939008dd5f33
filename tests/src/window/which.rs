//! Which of the app's windows is in hand: told by its page, found on the desktop by its title.

use super::App;
use crate::wait;
use anyhow::{Result, bail};
use serde_json::{Value, json};

/// The app's windows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// The window with everything.
    Main,
    /// The small one that declares.
    Declare,
    /// The small one that takes a note over any program.
    Note,
    /// The narrow one that stays on top.
    Strip,
}

/// Title of the main window on the demo home.
const DEMO_TITLE: &str = "Demo · Muster";

impl Which {
    /// Its title on the desktop.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Main => "Muster",
            Self::Declare => "Declare · Muster",
            Self::Note => "Note · Muster",
            Self::Strip => "Scribe · Muster",
        }
    }

    /// The window that shows this page.
    fn of_page(path: &str) -> Self {
        match path.rsplit('/').next() {
            Some("declare.html") => Self::Declare,
            Some("note.html") => Self::Note,
            Some("strip.html") => Self::Strip,
            _ => Self::Main,
        }
    }
}

impl App<'_> {
    /// Takes that window in hand.
    pub async fn turn_to(&self, which: Which) -> Result<()> {
        let page = self.page()?;
        wait::until(&format!("the {which:?} window"), wait::SOON, async || {
            for window in page.windows().await? {
                page.switch_to_window(window).await?;
                if self.which().await? == which {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Which window is in hand.
    pub(super) async fn which(&self) -> Result<Which> {
        Ok(Which::of_page(self.page()?.current_url().await?.path()))
    }

    /// Title of the window in hand, as the desktop shows it.
    pub(super) async fn title(&self) -> Result<&'static str> {
        Ok(match self.which().await? {
            Which::Main if self.is_demo => DEMO_TITLE,
            which => which.title(),
        })
    }

    /// Waits until the window is no longer on the screen.
    pub async fn put_away(&self, which: Which) -> Result<()> {
        let gone = async || Ok((!self.rig.is_visible(which.title())?).then_some(()));
        wait::until(&format!("the {which:?} window is put away"), wait::SOON, gone).await
    }

    /// Shows the light or the dark theme: in the main window by its own key, in the others as that window tells them.
    pub async fn wear(&self, theme: &str) -> Result<()> {
        let worn = async || self.script("return document.documentElement.dataset.theme", vec![]).await;
        if worn().await? != theme {
            if self.which().await? != Which::Main {
                bail!("the theme is changed in the main window");
            }
            self.keys("ctrl+shift+l").await?;
        }
        self.wears(theme).await
    }

    /// Waits until the window in hand wears this theme.
    pub async fn wears(&self, theme: &str) -> Result<()> {
        let worn = async || self.script("return document.documentElement.dataset.theme", vec![]).await;
        wait::until(&format!("the {theme} theme"), wait::SOON, async || Ok((worn().await? == theme).then_some(()))).await
    }

    /// Judges what is on the screen in both themes, and keeps a picture of the dark one. What lies over the window covers the
    /// key that changes the theme, so the page is told; words and order are the same in both, so the other is judged by its
    /// colours.
    pub async fn judge_both(&self, screen: &str) -> Result<()> {
        let put = async |theme: &Value| self.script("document.documentElement.dataset.theme = arguments[0]", vec![theme.clone()]).await;
        let worn = self.script("return document.documentElement.dataset.theme", vec![]).await?;
        put(&json!("light")).await?;
        self.judge_colours(&format!("{screen}-light")).await?;
        put(&json!("dark")).await?;
        self.judge(&format!("{screen}-dark")).await?;
        self.portrait(screen).await?;
        put(&worn).await?;
        Ok(())
    }
}
