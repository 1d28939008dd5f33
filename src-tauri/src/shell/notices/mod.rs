//! Notices on the desktop: one about each incident, one about the alarm, one about hearing; replaced rather than stacked, with buttons that do what they say. A press goes
//! through the table of operations like everything else; where it fails, the notice comes back and says so.

mod aside;
mod drill;
mod memory;
mod message;
mod press;
mod revive;
#[cfg(target_os = "linux")]
mod shown;
#[cfg(not(target_os = "linux"))]
#[path = "shown_plain.rs"]
mod shown;
mod text;

use super::{HomeDoor, bus};
use crate::caller;
use api::{ApiError, Code};
use aside::Asides;
use async_trait::async_trait;
use domain::notices::{About, Notice, NoticeButton, NoticeKey};
use domain::{Loudness, Via};
pub use drill::{Drill, soon};
use engine::ports::Notifier;
use memory::Memory;
use message::Face;
use shown::{Pressed, Shown};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, Weak};
use tokio::sync::Mutex;

/// The desktop's notices.
pub struct Notices {
    own: Weak<Self>,
    door: OnceLock<Weak<HomeDoor>>,
    face: Face,
    memory: Memory,
    // Held while a notice is shown or closed: one at a time, in the order of the engine.
    shown: Mutex<HashMap<NoticeKey, (Shown, Notice)>>,
    asides: Asides,
}

impl Notices {
    /// Notices of the home in `folder`.
    pub fn new(folder: &Path, demo: bool) -> Arc<Self> {
        let face = Face { icon: OnceLock::new(), demo };
        let memory = Memory::of(folder);
        Arc::new_cyclic(|own| Self {
            own: own.clone(),
            door: OnceLock::new(),
            face,
            memory,
            shown: Mutex::default(),
            asides: Asides::new(),
        })
    }

    /// Where presses go.
    pub fn answer_through(&self, door: &Arc<HomeDoor>) {
        drop(self.door.set(Arc::downgrade(door)));
    }

    /// From now on this file is the icon beside every notice.
    pub fn set_icon(&self, icon: PathBuf) {
        drop(self.face.icon.set(icon));
    }

    /// Takes every notice away: their buttons would do nothing once Muster has ended.
    pub async fn close_all(&self) {
        for (key, (shown, _)) in self.shown.lock().await.drain() {
            shown.close().await;
            self.memory.forget(key);
        }
        self.asides.close().await;
    }

    async fn show_or_replace(&self, notice: Notice) -> Result<(), String> {
        let server = bus::server().await?;
        let message = self.face.message(&notice, &server);
        let about = notice.about.key();
        let mut shown = self.shown.lock().await;
        let replaced = match shown.remove(&about) {
            Some((mut living, _)) => living.replace(message.clone()).await.is_ok().then_some(living),
            None => None,
        };
        let now = match replaced {
            Some(living) => living,
            None => Shown::show(message, self.memory.id(about, &server.run), self.on_press(about)).await?,
        };
        if let Some(id) = now.id() {
            self.memory.keep(about, &server.run, id);
        }
        shown.insert(about, (now, notice));
        Ok(())
    }

    fn on_press(&self, about: NoticeKey) -> impl FnOnce(Pressed) + Send + 'static {
        let own = self.own.clone();
        move |pressed| {
            if let Some(notices) = own.upgrade() {
                tauri::async_runtime::spawn(async move { notices.pressed(about, pressed).await });
            }
        }
    }

    /// A person pressed a button, or closed the notice: either way it is gone.
    async fn pressed(&self, about: NoticeKey, pressed: Pressed) {
        let ended = self.shown.lock().await.remove(&about);
        self.memory.forget(about);
        let (Pressed::Button(key), Some((_, notice))) = (pressed, ended) else { return };
        let buttons = [NoticeButton::TakeCommand, NoticeButton::Acknowledge, NoticeButton::Snooze, NoticeButton::Open];
        let button = buttons.into_iter().find(|button| button.key() == key).unwrap_or(NoticeButton::Open);
        if let Err(fault) = self.carry_out(button, &notice.about).await {
            tracing::warn!(code = ?fault.code, "press on a notice not carried out");
            let body = format!("{} was not done. {} {}", button.label(), fault.message, fault.hint.unwrap_or_default());
            if let Err(why) = self.show_or_replace(Notice { body, ..notice }).await {
                tracing::error!(fault = why, "fault of a press not shown");
            }
        }
    }

    async fn carry_out(&self, button: NoticeButton, about: &About) -> Result<(), ApiError> {
        let door = self.door.get().and_then(Weak::upgrade);
        let door = door.ok_or_else(|| ApiError::new(Code::HomeBusy, "Muster is closing.").hint("Start it again."))?;
        for request in press::requests(button, about) {
            match door.call(caller::me(Via::Notice), request).await {
                // Of several groups some may be seen to already; that is what was wanted.
                Err(fault) if fault.code == Code::Refused && matches!(about, About::Alarm { .. }) => {}
                done => drop(done?),
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Notifier for Notices {
    async fn show(&self, notice: Notice) -> Result<(), String> {
        if notice.loudness == Loudness::None {
            return Ok(());
        }
        self.show_or_replace(notice).await
    }

    async fn close(&self, about: NoticeKey) {
        let living = self.shown.lock().await.remove(&about);
        match (living, bus::server().await) {
            (Some((living, _)), _) => living.close().await,
            (None, Ok(server)) => {
                // Shown by a Muster that was killed.
                if let Some(id) = self.memory.id(about, &server.run) {
                    bus::close_notice(id).await;
                }
            }
            (None, Err(_)) => {}
        }
        self.memory.forget(about);
    }
}
