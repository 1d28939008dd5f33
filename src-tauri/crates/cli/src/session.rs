//! A command's hold on the home: open, ask, let go.

use crate::commands::Stop;
use crate::flags::{By, For, Global};
use api::dto::{Caller, Pushed};
use api::{ApiError, Request};
use domain::Via;
use home::{Opened, Options};
use serde_json::Value;
use std::path::PathBuf;
use tokio::sync::mpsc::Receiver;

/// An open home, and who asks.
pub struct Session {
    opened: Opened,
    caller: Caller,
}

/// The folder that the flags name.
pub fn folder(global: &Global) -> Result<PathBuf, ApiError> {
    home::folder(global.home.clone())
}

/// Who asks, as the flags say.
pub fn caller(global: &Global) -> Caller {
    let for_name = global.for_name.as_ref().and_then(For::person).map(str::to_owned);
    Caller { as_name: global.as_name.clone(), for_name, by: global.by.and_then(By::means), via: Via::Cli }
}

impl Session {
    /// Opens the home: through its owner, or as its owner for the length of this command.
    pub async fn open(global: &Global) -> Result<Self, ApiError> {
        let opened = home::open(Options::command(folder(global)?)).await?;
        Ok(Self { opened, caller: caller(global) })
    }

    /// Carries out an operation.
    pub async fn ask(&self, request: Request) -> Result<Value, ApiError> {
        self.opened.backend().call(self.caller.clone(), request).await
    }

    /// Whether nobody but this command owns the home.
    pub fn is_owner(&self) -> bool {
        self.opened.is_owner()
    }

    /// Follows changes from now on.
    pub async fn subscribe(&self) -> Result<Receiver<Pushed>, Stop> {
        let backend = self.opened.backend();
        Ok(backend.subscribe(0).await?)
    }

    /// Lets go of the home.
    pub async fn close(self) {
        self.opened.close().await;
    }
}
