//! What the tests of operations share: a rig with a home, a machine and a caller, and alerts to send.

use crate::backend::{Backend, Local, LocalInfo};
use crate::dto::*;
use crate::in_process::InProcess;
use crate::{ApiError, Code, Request};
use async_trait::async_trait;
use domain::alerts::Signal;
use domain::home::ChannelKind;
use domain::{AlertSeverity, Handle, ServiceName, Via};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use testkit::House;

/// A home and the operations on it.
pub struct Rig {
    pub house: House,
    pub machine: Arc<Machine>,
    backend: InProcess,
}

/// A home that nothing has happened in.
pub fn rig() -> Rig {
    let house = House::open();
    let machine = Arc::new(Machine::default());
    let backend = InProcess::new(house.engine.clone(), machine.clone());
    Rig { house, machine, backend }
}

impl Rig {
    /// Carries out an operation, by its name on the wire.
    pub async fn call(&self, op: &str, params: Value) -> Result<Value, ApiError> {
        let request: Request = serde_json::from_value(json!({ "op": op, "params": params })).expect("an operation of the table");
        let caller = Caller { as_name: Some("dana".into()), for_name: None, by: None, via: Via::Window };
        self.backend.call(caller, request).await
    }

    /// One that must succeed.
    pub async fn ask<T: DeserializeOwned>(&self, op: &str, params: Value) -> T {
        let answer = self.call(op, params.clone()).await.unwrap_or_else(|fault| panic!("{op} {params}: {fault:?}"));
        serde_json::from_value(answer).expect("the shape of the table")
    }

    /// One that must be refused.
    pub async fn refused(&self, op: &str, params: Value) -> ApiError {
        match self.call(op, params.clone()).await {
            Err(refusal) => refusal,
            Ok(answer) => panic!("{op} {params} is refused, and answered {answer}"),
        }
    }

    /// Takes a change back.
    pub async fn undo(&self, undo: Option<UndoView>) {
        let undo = undo.expect("there is a way back");
        let _: Value = self.ask(&undo.op, undo.params).await;
    }

    pub async fn quiets(&self) -> Vec<QuietView> {
        self.ask("quiet.list", json!({})).await
    }

    pub async fn why(&self, alert: &str) -> WhyView {
        self.ask("alert.why", json!({ "alert": alert })).await
    }
}

/// An alert of a group of its own.
pub fn signal(key: &str, service: &str, severity: AlertSeverity) -> Signal {
    let service = Some(service).filter(|service| !service.is_empty()).map(|service| ServiceName(service.into()));
    Signal { group_key: key.into(), group_title: format!("{key} fires"), severity, service, ..testkit::firing(key) }
}

/// The id of the group that an alert is part of.
pub async fn group(rig: &Rig, key: &str) -> String {
    let view: GroupView = rig.ask("alert.show", json!({ "group": key })).await;
    view.id.to_string()
}

/// A machine without a listener, a keychain or a desktop; secrets are remembered.
#[derive(Default)]
pub struct Machine {
    pub secrets: Mutex<BTreeMap<String, String>>,
}

#[async_trait]
impl Local for Machine {
    fn info(&self) -> LocalInfo {
        LocalInfo { name: "test".into(), path: "/test".into(), demo: false, version: "0".into(), log_path: String::new() }
    }

    fn machine(&self) -> MachineSettings {
        MachineSettings {
            me: Handle("dana".into()),
            hotkey: String::new(),
            theme: "system".into(),
            single_keys: true,
            listener_enabled: false,
            listener_address: String::new(),
            note_hotkey: String::new(),
            storm_hotkey: String::new(),
            listener_tls: false,
            keep_awake: false,
        }
    }

    async fn set_machine(&self, _: SetMachine) -> Result<MachineSettings, ApiError> {
        Ok(self.machine())
    }

    fn listener(&self) -> ListenerView {
        ListenerView { enabled: false, listening: None, error: None, certificate: None }
    }

    fn backups(&self) -> Vec<BackupView> {
        vec![]
    }

    fn new_token(&self) -> (String, [u8; 32]) {
        ("token".into(), [7; 32])
    }

    fn source_url(&self, kind: &str, token: &str) -> String {
        format!("http://here/hooks/{kind}/{token}")
    }

    fn source_setup(&self, _: &str, _: &str, _: &str) -> String {
        String::new()
    }

    async fn ask_sources(&self) {}

    async fn test_source(&self, _: &SourceView) -> Vec<Finding> {
        vec![]
    }

    async fn set_source_secret(&self, name: &str, secret: &str) -> Result<(), ApiError> {
        self.secrets.lock().expect("no panic while held").insert(name.into(), secret.into());
        Ok(())
    }

    async fn has_source_secret(&self, name: &str) -> bool {
        self.secrets.lock().expect("no panic while held").contains_key(name)
    }

    async fn forget_source_secret(&self, name: &str) {
        self.secrets.lock().expect("no panic while held").remove(name);
    }

    fn zone(&self) -> chrono_tz::Tz {
        chrono_tz::Europe::Berlin
    }

    fn mailto(&self, _: &[String], _: &str, _: &str) -> String {
        String::new()
    }

    async fn set_channel_url(&self, _: ChannelKind, _: &str, _: &str) -> Result<String, ApiError> {
        Err(ApiError::new(Code::Refused, "No channels here."))
    }

    async fn has_channel_url(&self, _: &str) -> bool {
        false
    }

    async fn forget_channel_url(&self, _: &str) {}

    async fn test_channel(&self, _: ChannelKind, name: &str) -> Finding {
        Finding { name: name.into(), ok: false, text: String::new(), hint: None }
    }

    async fn fetch_pagerduty(&self, _: &str, _: Option<&str>) -> Result<Vec<(String, Option<String>)>, ApiError> {
        Ok(vec![])
    }

    async fn doctor(&self) -> Vec<Finding> {
        vec![]
    }
}
