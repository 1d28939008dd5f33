//! A process that does not own the home: it asks the owner. What only a desktop can do is asked of the desktop, wherever
//! that runs: in this process, in the owner, or in a third one that listens at the front.

use crate::VERSION;
use crate::folder::prepare_socket_folder;
use crate::front::{Front, is_for_desktop};
use api::dto::{Caller, Pushed};
use api::socket::{Address, ConnectError, OwnerKind, Remote, Server};
use api::{ApiError, Backend, Code, Desktop, Request};
use async_trait::async_trait;
use domain::Via;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tokio::sync::mpsc;

pub(crate) struct Guest {
    owner: Arc<Remote>,
    front: Address,
    own: OnceLock<Arc<Front>>,
    server: Mutex<Option<Server>>,
}

impl Guest {
    pub fn new(owner: Remote, front: Address) -> Self {
        Self { owner: Arc::new(owner), front, own: OnceLock::new(), server: Mutex::default() }
    }

    pub fn owner(&self) -> OwnerKind {
        self.owner.owner()
    }

    /// From now on this process is the home's desktop. Must be called inside a tokio runtime.
    pub fn set_desktop(&self, desktop: Arc<dyn Desktop>) {
        let front = Arc::new(Front::new(desktop, self.owner.clone()));
        if self.own.set(front.clone()).is_err() {
            return;
        }
        let started = prepare_socket_folder().and_then(|()| Server::start(&self.front, front, OwnerKind::Desktop, VERSION));
        match started {
            Ok(server) => *self.server.lock().unwrap_or_else(PoisonError::into_inner) = Some(server),
            Err(fault) => tracing::error!(%fault, "front socket"),
        }
    }

    pub async fn leave(&self) {
        let server = self.server.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(server) = server {
            server.stop().await;
        }
    }
}

#[async_trait]
impl Backend for Guest {
    async fn call(&self, caller: Caller, request: Request) -> Result<serde_json::Value, ApiError> {
        if !is_for_desktop(&request) {
            return self.owner.call(caller, request).await;
        }
        if let Some(front) = self.own.get() {
            return front.call(caller, request).await;
        }
        match Remote::connect(&self.front, VERSION).await {
            Ok(front) => front.call(caller, request).await,
            Err(ConnectError::Absent(_)) => self.owner.call(caller, request).await,
            Err(ConnectError::Refused(refusal)) => Err(refusal),
        }
    }

    async fn subscribe(&self, since: u64) -> Result<mpsc::Receiver<Pushed>, ApiError> {
        self.owner.subscribe(since).await
    }
}

/// Asks the desktop that listens at `address`; `false` where nobody listens or nobody there is one.
pub(crate) async fn ask_desktop(address: &Address, request: Request) -> Result<bool, ApiError> {
    let remote = match Remote::connect(address, VERSION).await {
        Ok(remote) => remote,
        Err(ConnectError::Absent(_)) => return Ok(false),
        Err(ConnectError::Refused(refusal)) => return Err(refusal),
    };
    let caller = Caller { as_name: None, for_name: None, by: None, via: Via::System };
    match remote.call(caller, request).await {
        Ok(_) => Ok(true),
        Err(absent) if absent.code == Code::NoDesktop => Ok(false),
        Err(fault) => Err(fault),
    }
}
