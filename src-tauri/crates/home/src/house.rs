//! What belongs to this machine and not to the record, for the operations that ask for it.

use crate::door::Door;
use crate::folder::Rooms;
use crate::{Machine, VERSION, doctor, rescue, sources};
use api::dto::{BackupView, Finding, ListenerView, MachineSettings, SetMachine, SourceView};
use api::socket::OwnerKind;
use api::{ApiError, Local, LocalInfo};
use async_trait::async_trait;
use domain::home::SourceKind;
use engine::Engine;
use std::sync::{Arc, OnceLock};

pub(crate) struct House {
    pub(crate) rooms: Rooms,
    pub(crate) machine: Arc<Machine>,
    pub(crate) engine: Engine,
    pub(crate) role: OwnerKind,
    pub(crate) door: Door,
    socket_problem: OnceLock<String>,
}

impl House {
    pub fn new(rooms: Rooms, machine: Arc<Machine>, engine: Engine, role: OwnerKind, door: Door) -> Self {
        Self { rooms, machine, engine, role, door, socket_problem: OnceLock::new() }
    }

    /// Opens the door for alerts, where it is to be open.
    pub async fn open_door(&self) {
        self.door.set(self.machine.door()).await;
    }

    pub async fn close_door(&self) {
        self.door.close().await;
    }

    pub fn socket_failed(&self, why: &str) {
        drop(self.socket_problem.set(why.to_owned()));
    }

    pub fn socket_problem(&self) -> Option<&str> {
        self.socket_problem.get().map(String::as_str)
    }
}

#[async_trait]
impl Local for House {
    fn info(&self) -> LocalInfo {
        let demo = self.machine.is_demo();
        LocalInfo {
            name: if demo { "Demo".into() } else { self.rooms.name() },
            path: self.rooms.folder.display().to_string(),
            demo,
            version: VERSION.into(),
            log_path: self.rooms.logs().display().to_string(),
        }
    }

    fn machine(&self) -> MachineSettings {
        self.machine.settings()
    }

    async fn set_machine(&self, change: SetMachine) -> Result<MachineSettings, ApiError> {
        let settings = self.machine.change(&change)?;
        if change.listener_enabled.is_some() || change.listener_address.is_some() {
            self.open_door().await;
        }
        Ok(settings)
    }

    fn listener(&self) -> ListenerView {
        self.door.view(self.machine.settings().listener_enabled)
    }

    fn backups(&self) -> Vec<BackupView> {
        rescue::backups(&self.rooms.folder)
    }

    fn new_token(&self) -> (String, [u8; 32]) {
        sources::new_token()
    }

    fn source_url(&self, kind: &str, token: &str) -> String {
        let address = self.listener().listening.unwrap_or_else(|| self.machine.settings().listener_address);
        sources::url(&address, kind, token)
    }

    fn source_setup(&self, kind: &str, name: &str, token: &str) -> String {
        SourceKind::parse(kind).map_or_else(String::new, |kind| intake::setup_text(kind, name, &self.source_url(kind.wire(), token), token))
    }

    async fn test_source(&self, source: &SourceView) -> Vec<Finding> {
        sources::test(self, source).await
    }

    async fn doctor(&self) -> Vec<Finding> {
        doctor::look(self).await
    }
}
