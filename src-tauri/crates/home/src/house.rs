//! What belongs to this machine and not to the record, for the operations that ask for it.

use crate::door::Door;
use crate::folder::Rooms;
use crate::roads::Roads;
use crate::{Machine, VERSION, doctor, rescue, sources, surroundings};
use api::dto::{BackupView, Finding, ListenerView, MachineSettings, SetMachine, SourceView};
use api::socket::OwnerKind;
use api::{ApiError, Local, LocalInfo};
use async_trait::async_trait;
use domain::EventId;
use domain::home::{ChannelKind, SourceKind};
use engine::Engine;
use intake::Setup;
use std::sync::{Arc, OnceLock};

pub(crate) struct House {
    pub(crate) rooms: Rooms,
    pub(crate) machine: Arc<Machine>,
    pub(crate) engine: Engine,
    pub(crate) role: OwnerKind,
    pub(crate) door: Door,
    roads: Roads,
    socket_problem: OnceLock<String>,
}

impl House {
    pub fn new(rooms: Rooms, machine: Arc<Machine>, engine: Engine, role: OwnerKind, door: Door, roads: Roads) -> Self {
        Self { rooms, machine, engine, role, door, roads, socket_problem: OnceLock::new() }
    }

    /// Opens the door for alerts, where it is to be open.
    pub async fn open_door(&self) {
        self.door.set(self.machine.door()).await;
    }

    pub async fn close_door(&self) {
        self.door.close().await;
    }

    /// The listener as senders reach it.
    fn base(&self) -> String {
        let address = self.listener().listening.unwrap_or_else(|| self.machine.settings().listener_address);
        sources::base(&address, self.door.certificate().is_some())
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
        if change.listener_enabled.is_some() || change.listener_address.is_some() || change.listener_tls.is_some() {
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
        SourceKind::parse(kind).and_then(|kind| sources::url(&self.base(), kind, token)).unwrap_or_default()
    }

    fn source_setup(&self, kind: &str, name: &str, token: &str) -> String {
        let certificate = self.door.certificate().map(|path| path.display().to_string());
        let setup = Setup { name, base: &self.base(), token, certificate: certificate.as_deref() };
        SourceKind::parse(kind).map_or_else(String::new, |kind| intake::setup_text(kind, setup))
    }

    async fn ask_sources(&self) {
        self.door.ask_all().await;
    }

    async fn test_source(&self, source: &SourceView) -> Vec<Finding> {
        sources::test(self, source).await
    }

    async fn set_source_secret(&self, name: &str, secret: &str) -> Result<(), ApiError> {
        self.roads.set_source_secret(name, secret).await
    }

    async fn has_source_secret(&self, name: &str) -> bool {
        self.roads.has_source_secret(name).await
    }

    async fn forget_source_secret(&self, name: &str) {
        self.roads.forget_source_secret(name).await;
    }

    fn zone(&self) -> chrono_tz::Tz {
        surroundings::zone()
    }

    fn mailto(&self, to: &[String], subject: &str, body: &str) -> String {
        outreach::mailto(to, subject, body)
    }

    async fn set_channel_url(&self, kind: ChannelKind, name: &str, url: &str) -> Result<String, ApiError> {
        self.roads.set_url(kind, name, url).await
    }

    async fn has_channel_url(&self, name: &str) -> bool {
        self.roads.has_url(name).await
    }

    async fn forget_channel_url(&self, name: &str) {
        self.roads.forget(name).await;
    }

    async fn test_channel(&self, kind: ChannelKind, name: &str) -> Finding {
        let effect = EventId(uuid::Uuid::from_bytes(self.engine.bytes16()));
        self.roads.test(kind, name, effect).await
    }

    async fn fetch_pagerduty(&self, token: &str, base_url: Option<&str>) -> Result<Vec<(String, Option<String>)>, ApiError> {
        self.roads.pagerduty(token, base_url).await
    }

    async fn doctor(&self) -> Vec<Finding> {
        doctor::look(self).await
    }
}
