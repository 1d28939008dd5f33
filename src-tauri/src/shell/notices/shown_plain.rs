//! One notice where the system shows it and tells nothing more: no buttons, no replacing. Linux has `shown.rs`.

use notify_rust::Notification;

/// What a person did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pressed {
    /// Pressed the button with this key.
    Button(String),
    /// Closed it, or it went by itself.
    Closed,
}

/// A notice that was handed to the system.
pub struct Shown;

impl Shown {
    /// Shows a notice.
    pub async fn show(message: Notification, _: Option<u32>, _: impl FnOnce(Pressed) + Send + 'static) -> Result<Self, String> {
        let shown = tokio::task::spawn_blocking(move || message.show().map(drop).map_err(|fault| fault.to_string()));
        shown.await.map_err(|fault| fault.to_string())?.map(|()| Self)
    }

    /// The system keeps its ids to itself.
    pub const fn id(&self) -> Option<u32> {
        None
    }

    /// Cannot be done: a new one is shown.
    pub async fn replace(&mut self, _: Notification) -> Result<(), String> {
        Err("this system replaces no notices".into())
    }

    /// Cannot be done: it goes by itself.
    pub async fn close(self) {}
}
