//! The door for alerts: open or closed as this machine's settings say, and why not, where it should be open.

use crate::config::listener_address;
use crate::ledger::EngineLedger;
use api::dto::ListenerView;
use api::socket::OwnerKind;
use engine::Engine;
use intake::{Ledger, Listener, ListenerConfig};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What the settings ask of the door.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct DoorSettings {
    pub enabled: bool,
    pub address: String,
    /// Names by which senders may call this machine.
    pub hosts: Vec<String>,
}

#[derive(Clone, Default)]
struct Seen {
    listening: Option<String>,
    error: Option<String>,
}

pub(crate) struct Door {
    ledger: Arc<dyn Ledger>,
    role: OwnerKind,
    /// Listen here whatever the settings say.
    listen: Option<String>,
    open: tokio::sync::Mutex<Option<Listener>>,
    seen: Mutex<Seen>,
}

impl Door {
    pub fn new(engine: Engine, role: OwnerKind, listen: Option<String>) -> Self {
        let ledger = Arc::new(EngineLedger::new(engine));
        Self { ledger, role, listen, open: tokio::sync::Mutex::default(), seen: Mutex::default() }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn view(&self, enabled: bool) -> ListenerView {
        let seen = self.seen().clone();
        ListenerView { enabled: enabled || self.listen.is_some(), listening: seen.listening, error: seen.error }
    }

    /// Opens or closes it. A command never opens it: it is over before anybody could knock.
    pub async fn set(&self, settings: DoorSettings) {
        if self.role == OwnerKind::Command {
            return;
        }
        let mut open = self.open.lock().await;
        if let Some(listener) = open.take() {
            listener.stop().await;
        }
        let address = self.listen.clone().or(settings.enabled.then_some(settings.address));
        let seen = match address {
            None => Seen::default(),
            Some(address) => match self.bind(&address, settings.hosts).await {
                Ok(listener) => {
                    let listening = listener.address().to_string();
                    *open = Some(listener);
                    Seen { listening: Some(listening), error: None }
                }
                Err(error) => Seen { listening: None, error: Some(error) },
            },
        };
        *self.seen() = seen;
    }

    async fn bind(&self, address: &str, allowed_hosts: Vec<String>) -> Result<Listener, String> {
        let address = listener_address(address).map_err(|refusal| refusal.message)?;
        let bound = Listener::bind(ListenerConfig { address, allowed_hosts }, self.ledger.clone()).await;
        bound.map_err(|fault| {
            tracing::error!(%fault, "listener");
            fault.to_string()
        })
    }

    pub async fn close(&self) {
        if let Some(listener) = self.open.lock().await.take() {
            listener.stop().await;
        }
        *self.seen() = Seen::default();
    }
}

/// Whether only this machine can reach `address`.
pub(crate) fn is_loopback(address: &str) -> bool {
    address.parse::<SocketAddr>().is_ok_and(|address| address.ip().is_loopback())
}
