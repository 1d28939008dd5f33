//! Notices about no incident and no alarm: the drill, and the answer to a key that has no window. Each replaces the one before.

use super::drill::{Drill, Drills, WITHIN};
use super::shown::{Pressed, Shown};
use super::{Notices, bus};
use api::{ApiError, Code};
use engine::ports::Clock as _;
use home::SystemClock;
use notify_rust::Notification;
use tokio::sync::{Mutex, watch};

/// What is shown beside the engine's notices.
pub struct Asides {
    pub drills: Drills,
    drill: Mutex<Option<Shown>>,
    answer: Mutex<Option<Shown>>,
}

impl Asides {
    /// Nothing shown yet.
    pub fn new() -> Self {
        Self { drills: Drills::new(), drill: Mutex::default(), answer: Mutex::default() }
    }

    /// Takes them away.
    pub async fn close(&self) {
        for place in [&self.drill, &self.answer] {
            if let Some(living) = place.lock().await.take() {
                living.close().await;
            }
        }
    }
}

impl Notices {
    /// Shows a drill, as loud as the loudest, and answers how it goes from then on.
    ///
    /// # Errors
    /// Where nothing shows notices.
    pub async fn ring(&self) -> Result<watch::Receiver<Drill>, ApiError> {
        let unheard = |why: String| {
            ApiError::new(Code::Refused, format!("Nothing was shown: {why}.")).hint("Start a notification service, such as dunst.")
        };
        let server = bus::server().await.map_err(unheard)?;
        let message = self.face.drill(&server, WITHIN);
        let own = self.own.clone();
        let mut place = self.asides.drill.lock().await;
        // A living one is taken away: whoever looks for the drill must see it come.
        if let Some(before) = place.take() {
            before.close().await;
        }
        let shown = SystemClock.now();
        let pressed = move |pressed| {
            let Some(notices) = own.upgrade() else { return };
            match pressed {
                Pressed::Button(_) => notices.asides.drills.press(shown, SystemClock.now()),
                Pressed::Closed => notices.asides.drills.close(),
            }
        };
        self.asides.drills.begin(shown, &server);
        *place = Some(Shown::show(message, None, pressed).await.map_err(unheard)?);
        let own = self.own.clone();
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(WITHIN).await;
            if let Some(notices) = own.upgrade() {
                notices.asides.drills.expire(shown);
            }
        });
        Ok(self.drills())
    }

    /// How the last drill went.
    pub fn drills(&self) -> watch::Receiver<Drill> {
        self.asides.drills.follow()
    }

    /// Says something without a sound; it goes by itself.
    ///
    /// # Errors
    /// Why it was not shown.
    pub async fn say(&self, summary: &str, body: &str) -> Result<(), String> {
        let server = bus::server().await?;
        let message: Notification = self.face.word(summary, body, &server);
        let mut place = self.asides.answer.lock().await;
        if let Some(living) = place.as_mut()
            && living.replace(message.clone()).await.is_ok()
        {
            return Ok(());
        }
        *place = Some(Shown::show(message, None, |_| {}).await?);
        Ok(())
    }
}
