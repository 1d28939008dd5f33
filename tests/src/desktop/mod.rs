//! A private desktop on which notices are heard: display, bus, window manager, panel with a tray, notification daemon.

mod clipboard;
mod dunst;
mod keys;
mod notices;
mod tray;

pub use dunst::Dunst;
pub use notices::{Heard, Notices, Urgency};
pub use tray::{Item, TrayMenu};

use crate::wait;
use anyhow::{Context, Result, bail};
use std::path::Path;
use xtask::desktop::Desktop;
use zbus::Connection;

/// Size of the screen: the largest window, 1920 × 1080, fits with the panel and its frame.
const SCREEN: (u32, u32) = (1960, 1160);

/// The desktop, and our own end of its bus.
#[derive(Debug)]
pub struct Rig {
    connection: Connection,
    notices: Notices,
    desktop: Desktop,
}

impl Rig {
    /// Starts the desktop and plays its notification daemon.
    pub async fn start() -> Result<Self> {
        let desktop = tokio::task::block_in_place(|| Desktop::start(SCREEN.0, SCREEN.1))?;
        let connection = zbus::connection::Builder::address(desktop.bus()).build().await.context("reach the private bus")?;
        let notices = Notices::start(desktop.bus()).await?;
        Ok(Self { connection, notices, desktop })
    }

    /// The desktop itself.
    pub fn desktop(&self) -> &Desktop {
        &self.desktop
    }

    /// What was shown to the person.
    pub fn notices(&self) -> &Notices {
        &self.notices
    }

    /// Hands the notices to a real daemon until the value returned is dropped.
    pub async fn real_daemon(&self) -> Result<Dunst<'_>> {
        Dunst::start(&self.desktop, &self.notices).await
    }

    /// Items in the tray.
    pub async fn tray(&self) -> Result<Vec<Item>> {
        tokio::task::block_in_place(|| self.desktop.see_to_tray())?;
        tray::items(&self.connection).await
    }

    /// Presses a key combination as a person would, whatever is in front: `ctrl+alt+shift+m`.
    pub fn press(&self, keys: &str) -> Result<()> {
        keys::press(&self.desktop, keys)
    }

    /// Types text into whatever is in front.
    pub fn write(&self, text: &str) -> Result<()> {
        keys::write(&self.desktop, text)
    }

    /// What lies on the clipboard as plain text.
    pub fn clipboard(&self) -> Result<Option<String>> {
        clipboard::text(&self.desktop)
    }

    /// What lies on the clipboard in this form, such as `text/html`.
    pub fn clipboard_as(&self, form: &str) -> Result<Option<String>> {
        clipboard::part(&self.desktop, form)
    }

    /// Puts text on the clipboard, as another program would.
    pub fn put_on_clipboard(&self, text: &str) -> Result<()> {
        clipboard::put(&self.desktop, text)
    }

    /// Waits until the clipboard holds text that fits, and answers it.
    pub async fn copied(&self, what: &str, fits: impl Fn(&str) -> bool) -> Result<String> {
        let taken = wait::until(what, wait::SOON, async || Ok(self.clipboard()?.filter(|text| fits(text)))).await;
        taken.with_context(|| format!("the clipboard holds: {:?}", self.clipboard().unwrap_or_default()))
    }

    /// What the window manager says of the visible window with this title, such as `_NET_WM_STATE_ABOVE`.
    pub fn window_state(&self, title: &str) -> Result<String> {
        let Some(window) = self.desktop.window(title)? else { bail!("no window \"{title}\" is on the screen") };
        Ok(self.desktop.ask("xprop", &["-id", &window, "_NET_WM_STATE"])?.1)
    }

    /// Whether a window with this title is on the screen.
    pub fn is_visible(&self, title: &str) -> Result<bool> {
        Ok(self.desktop.window(title)?.is_some())
    }

    /// Brings the window with this title to the front.
    pub fn raise(&self, title: &str) -> Result<()> {
        keys::raise(&self.desktop, title)
    }

    /// Title of the window in front; none where nothing is.
    pub fn in_front(&self) -> Result<Option<String>> {
        keys::in_front(&self.desktop)
    }

    /// Waits until the window with this title is in front.
    pub async fn wait_in_front(&self, title: &str) -> Result<()> {
        let what = format!("the window \"{title}\" in front");
        wait::until(&what, wait::SOON, async || Ok((self.in_front()?.as_deref() == Some(title)).then_some(()))).await
    }

    /// Waits for the tray item of the app, and answers its menu once it has a line with these words.
    pub async fn tray_menu(&self, words: &str) -> Result<TrayMenu> {
        let last = std::cell::RefCell::new(String::from("no item in the tray"));
        let what = format!("\"{words}\" in the tray menu");
        let found = wait::until(&what, wait::SOON, async || {
            for item in self.tray().await? {
                let menu = item.menu().await?;
                if menu.find(words).is_ok() {
                    return Ok(Some(menu));
                }
                last.replace(format!("{:?}", menu.labels()));
            }
            Ok(None)
        });
        found.await.with_context(|| format!("the tray said last: {}", last.borrow()))
    }

    /// Keeps a picture of the whole screen.
    pub fn picture(&self, file: &Path) -> Result<()> {
        self.desktop.picture(file)
    }
}
