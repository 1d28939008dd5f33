//! One notice on the screen, and the task that waits for what a person does with it. The task keeps the connection that
//! showed the notice: some desktops take a notice away with it.

use notify_rust::{Notification, NotificationHandle, NotificationResponse};
use std::time::Duration;
use tauri::async_runtime::spawn;
use tokio::sync::{mpsc, oneshot};

/// Time the notification service gets to take a notice.
const PATIENCE: Duration = Duration::from_secs(5);
/// Orders that may wait for the task.
const ORDERS: usize = 4;

/// What a person did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pressed {
    /// Pressed the button with this key; `default` is the notice itself.
    Button(String),
    /// Closed it, or it went by itself.
    Closed,
}

enum Order {
    Replace(Box<Notification>, oneshot::Sender<Result<u32, String>>),
    Close(oneshot::Sender<()>),
}

/// A notice on the screen.
pub struct Shown {
    id: u32,
    orders: mpsc::Sender<Order>,
}

impl Shown {
    /// Shows a notice, in place of the one with the id `before`. `pressed` is called once, when a person is done with it;
    /// never after `close`.
    pub async fn show(
        mut message: Notification,
        before: Option<u32>,
        pressed: impl FnOnce(Pressed) + Send + 'static,
    ) -> Result<Self, String> {
        if let Some(before) = before {
            message.id(before);
        }
        let shown = tokio::time::timeout(PATIENCE, message.show_async()).await;
        let handle = shown.map_err(|_| "the notification service does not answer".to_owned())?.map_err(|fault| fault.to_string())?;
        let id = handle.id();
        let (orders, to_do) = mpsc::channel(ORDERS);
        spawn(attend(handle, to_do, pressed));
        Ok(Self { id, orders })
    }

    /// Its id, for as long as the notification service runs.
    #[expect(clippy::unnecessary_wraps, reason = "other systems give none")]
    pub const fn id(&self) -> Option<u32> {
        Some(self.id)
    }

    /// Changes what it shows. `Err` where it is gone.
    pub async fn replace(&mut self, message: Notification) -> Result<(), String> {
        let gone = || "the notice is gone".to_owned();
        let (tell, told) = oneshot::channel();
        self.orders.send(Order::Replace(Box::new(message), tell)).await.map_err(|_| gone())?;
        self.id = told.await.map_err(|_| gone())??;
        Ok(())
    }

    /// Takes it away.
    pub async fn close(self) {
        let (tell, told) = oneshot::channel();
        if self.orders.send(Order::Close(tell)).await.is_ok() {
            drop(tokio::time::timeout(PATIENCE, told).await);
        }
    }
}

async fn attend(mut handle: NotificationHandle, mut orders: mpsc::Receiver<Order>, pressed: impl FnOnce(Pressed) + Send) {
    loop {
        let order = tokio::select! {
            done = wait(&handle) => {
                // Some services leave a notice there after a press; its buttons would do nothing.
                if done != Pressed::Closed {
                    handle.close_async().await;
                }
                return pressed(done);
            }
            order = orders.recv() => order,
        };
        match order {
            Some(Order::Replace(message, tell)) => {
                let Some((changed, result)) = update(handle, *message).await else { return };
                handle = changed;
                drop(tell.send(result));
            }
            Some(Order::Close(tell)) => {
                handle.close_async().await;
                let _ = tell.send(());
                return;
            }
            None => return handle.close_async().await,
        }
    }
}

async fn wait(handle: &NotificationHandle) -> Pressed {
    let mut seen = Pressed::Closed;
    let note = |response: &NotificationResponse| {
        seen = match response {
            NotificationResponse::Default => Pressed::Button("default".into()),
            NotificationResponse::Action(key) => Pressed::Button(key.clone()),
            NotificationResponse::Reply(_) | NotificationResponse::Closed(_) => Pressed::Closed,
        };
    };
    handle.wait_for_action_async(note).await;
    seen
}

/// notify-rust replaces through the same connection only in a blocking way.
async fn update(mut handle: NotificationHandle, message: Notification) -> Option<(NotificationHandle, Result<u32, String>)> {
    let changed = tokio::task::spawn_blocking(move || {
        *handle = message;
        let result = handle.update().map_err(|fault| fault.to_string());
        let id = handle.id();
        (handle, result.map(|()| id))
    });
    changed.await.ok()
}
