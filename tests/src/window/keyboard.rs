//! The keyboard in the hands of somebody who has no mouse: real keys, the focus where a person would see it.

use super::{App, Which, find};
use crate::wait;
use anyhow::{Context, Result, bail};
use serde_json::json;

/// Most presses of Tab before something counts as out of reach.
const REACH: usize = 60;

impl App<'_> {
    /// Presses keys in the page in hand, which comes to the front first; several are pressed one after the other.
    pub async fn keys(&self, keys: &str) -> Result<()> {
        self.in_front().await?;
        self.rig.press(keys)
    }

    /// Types into whatever has the focus in the page in hand.
    pub async fn types(&self, text: &str) -> Result<()> {
        self.in_front().await?;
        self.rig.write(text)
    }

    async fn in_front(&self) -> Result<()> {
        let title = self.title().await?;
        self.rig.raise(title)?;
        self.rig.wait_in_front(title).await
    }

    /// Presses the global hotkey and takes the declare window in hand, ready to be typed into.
    pub async fn hotkey(&self) -> Result<()> {
        self.call_up("ctrl+alt+shift+m", Which::Declare).await
    }

    /// Presses the global hotkey of the note window and takes it in hand, ready to be typed into.
    pub async fn note_hotkey(&self) -> Result<()> {
        self.call_up("ctrl+alt+shift+n", Which::Note).await
    }

    /// Presses keys that bring up a small window over whatever is in front.
    pub async fn call_up(&self, keys: &str, which: Which) -> Result<()> {
        self.rig.press(keys)?;
        self.rig.wait_in_front(which.title()).await?;
        self.turn_to(which).await?;
        self.caret().await
    }

    /// Waits until the caret stands in the line of the window in hand.
    pub async fn caret(&self) -> Result<()> {
        let ready = "return document.hasFocus() && document.activeElement.localName === 'textarea'";
        wait::until("the caret in the line", wait::SOON, async || Ok((self.script(ready, vec![]).await? == json!(true)).then_some(())))
            .await
    }

    /// Whether the element with this role and name has the focus.
    pub async fn has_focus(&self, role: &str, name: &str) -> Result<bool> {
        Ok(self.script(find::FIND, vec![json!(role), json!(name), json!(true)]).await? != json!(null))
    }

    /// Waits until the element with this role and name has the focus.
    pub async fn focused(&self, role: &str, name: &str) -> Result<()> {
        let what = format!("the focus on the {role} \"{name}\"");
        let there = wait::until(&what, wait::SOON, async || Ok(self.has_focus(role, name).await?.then_some(()))).await;
        match there {
            Ok(()) => Ok(()),
            Err(fault) => Err(fault).context(format!("it is on {}", self.focus().await?)),
        }
    }

    /// Goes by Tab until the element with this role and name has the focus.
    pub async fn tab_to(&self, role: &str, name: &str) -> Result<()> {
        self.step_to("Tab", role, name).await
    }

    /// The same backwards.
    pub async fn back_to(&self, role: &str, name: &str) -> Result<()> {
        self.step_to("shift+Tab", role, name).await
    }

    /// Goes by Tab to a button and presses it with Enter.
    pub async fn push(&self, button: &str) -> Result<()> {
        self.tab_to("button", button).await?;
        self.keys("Return").await
    }

    /// Presses a key that moves the focus until the element with this role and name has it.
    pub async fn step_to(&self, keys: &str, role: &str, name: &str) -> Result<()> {
        self.find(role, name).await?;
        self.in_front().await?;
        let mut seen = vec![];
        for _ in 0..REACH {
            if self.has_focus(role, name).await? {
                return Ok(());
            }
            seen.push(self.focus().await?);
            self.script("window.stoodOn = document.activeElement", vec![]).await?;
            self.rig.press(keys)?;
            let moved = "return document.activeElement !== window.stoodOn";
            let on =
                wait::until("the focus goes on", wait::SOON, async || Ok((self.script(moved, vec![]).await? == json!(true)).then_some(())));
            on.await.with_context(|| format!("on the way to the {role} \"{name}\", past {seen:#?}"))?;
        }
        bail!("{keys} never comes to the {role} \"{name}\", only to {seen:#?}")
    }
}
