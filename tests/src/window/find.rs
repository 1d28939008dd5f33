//! Finding, pressing and reading by role and name, with patience; never by class or id.

use super::App;
use crate::wait;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use thirtyfour::WebElement;

/// Finds one element by role and name.
pub(super) const FIND: &str = include_str!("find.js");

impl App<'_> {
    /// The visible element with this role whose name is `name`, or contains it; waits for it.
    pub async fn find(&self, role: &str, name: &str) -> Result<WebElement> {
        let what = format!("a {role} called \"{name}\"");
        let found = wait::until(&what, wait::SOON, async || self.seen(role, Some(name)).await).await;
        match found {
            Ok(element) => Ok(element),
            Err(fault) => Err(fault).with_context(|| self.last_look()).context(self.text().await.unwrap_or_default()),
        }
    }

    /// The first visible element with this role, whatever its name; waits for it.
    pub async fn find_any(&self, role: &str) -> Result<WebElement> {
        wait::until(&format!("a {role}"), wait::SOON, async || self.seen(role, None).await).await
    }

    /// Waits until no element with this role is visible.
    pub async fn gone(&self, role: &str) -> Result<()> {
        wait::until(&format!("no {role}"), wait::SOON, async || Ok(self.seen(role, None).await?.is_none().then_some(()))).await
    }

    /// Whether there is one now.
    pub async fn sees(&self, role: &str, name: &str) -> Result<bool> {
        Ok(self.seen(role, Some(name)).await?.is_some())
    }

    /// Presses it with the mouse.
    pub async fn press(&self, role: &str, name: &str) -> Result<()> {
        let what = format!("{role} \"{name}\" can be pressed");
        wait::until(&what, wait::SOON, async || {
            let element = self.find(role, name).await?;
            element.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Puts text into the field with this name, in place of what it held.
    pub async fn fill(&self, name: &str, text: &str) -> Result<()> {
        let field = self.find("textbox", name).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// All text that a person can read now.
    pub async fn text(&self) -> Result<String> {
        let text = self.script("return document.body.innerText", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// All text that a person can read of one part of the page, once it no longer says that it is being read.
    pub async fn text_of(&self, role: &str, name: &str) -> Result<String> {
        let what = format!("the {role} called \"{name}\" is there and not busy");
        wait::until(&what, wait::SOON, async || {
            let part = self.find(role, name).await?;
            if part.attr("aria-busy").await?.as_deref() == Some("true") {
                return Ok(None);
            }
            Ok(Some(part.prop("innerText").await?.unwrap_or_default()))
        })
        .await
    }

    /// Waits until the page shows these words.
    pub async fn shows(&self, words: &str) -> Result<()> {
        let what = format!("the window shows \"{words}\"");
        let shown = wait::until(&what, wait::SOON, async || Ok(self.text().await?.contains(words).then_some(()))).await;
        match shown {
            Ok(()) => Ok(()),
            Err(fault) => Err(fault).with_context(|| self.last_look()).context(self.text().await.unwrap_or_default()),
        }
    }

    /// Waits until the page shows these words no longer.
    pub async fn hides(&self, words: &str) -> Result<()> {
        let what = format!("the window shows \"{words}\" no longer");
        wait::until(&what, wait::SOON, async || Ok((!self.text().await?.contains(words)).then_some(()))).await
    }

    /// Role and name of what has the focus, for keyboard journeys.
    pub async fn focus(&self) -> Result<String> {
        let script = "const at = document.activeElement; return `${at.getAttribute('role') ?? at.localName} ${at.getAttribute('aria-label') ?? at.innerText?.slice(0, 60) ?? ''}`";
        Ok(self.script(script, vec![]).await?.as_str().unwrap_or_default().trim().to_owned())
    }

    async fn seen(&self, role: &str, name: Option<&str>) -> Result<Option<WebElement>> {
        let found = self.page()?.execute(FIND, vec![json!(role), json!(name)]).await?;
        if found.json() == &Value::Null { Ok(None) } else { Ok(Some(found.element()?)) }
    }

    /// Keeps a picture of how it looked when something was missing, and says where.
    fn last_look(&self) -> String {
        match self.picture("failed") {
            Ok(()) => format!("the screen is kept in {}", self.pictures.join("failed.png").display()),
            Err(fault) => format!("no picture could be taken: {fault}"),
        }
    }
}
