//! Whole homes in one process: owners, guests, desktops, the door.

mod craft;
mod desktops;
mod door;
mod first_night;
mod owners;
mod pasted;
mod report;
mod rounds;

use api::dto::{Caller, HotkeyView, ReachCheck, ReachView};
use api::{ApiError, Desktop, Hotkey, Request};
use async_trait::async_trait;
use domain::{Timestamp, Via};
use engine::ports::{Clock, Notifier};
use home::{Opened, Options, OwnerKind, Ports};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// A folder with one home in it.
pub struct Place(tempfile::TempDir);

impl Place {
    pub fn empty() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn home(&self) -> PathBuf {
        self.0.path().join("home")
    }

    pub async fn open(&self, role: OwnerKind) -> Opened {
        let options = match role {
            OwnerKind::Command => Options::command(self.home()),
            OwnerKind::Serve => Options::serve(self.home(), Some("127.0.0.1:0".into())),
            OwnerKind::Desktop => Options::desktop(self.home(), Arc::new(NoNotices)),
        };
        home::open(options).await.expect("it opens")
    }
}

/// Hands that show nothing.
pub struct NoNotices;

#[async_trait]
impl Notifier for NoNotices {
    async fn show(&self, _: domain::notices::Notice) -> Result<(), String> {
        Ok(())
    }
    async fn close(&self, _: domain::notices::NoticeKey) {}
}

/// A clock that stands.
pub struct Standing(pub Timestamp);

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        self.0
    }
}

pub fn ports_at(at: &str) -> Ports {
    Ports { clock: Arc::new(Standing(Timestamp::parse_rfc3339(at).expect("a time"))), ..Ports::default() }
}

pub fn caller() -> Caller {
    Caller { as_name: Some("dana".into()), for_name: None, by: None, via: Via::Cli }
}

pub async fn ask(opened: &Opened, request: Request) -> Result<Value, ApiError> {
    opened.backend().call(caller(), request).await
}

pub async fn declare(opened: &Opened, line: &str) -> Value {
    let request = Request::DeclareOp(api::dto::Declare { line: Some(line.into()), ..Default::default() });
    ask(opened, request).await.expect("declared")
}

/// A desktop that remembers what it was asked.
#[derive(Default)]
pub struct Remembering(Mutex<Vec<String>>);

impl Remembering {
    fn remember(&self, what: impl Into<String>) -> Result<(), ApiError> {
        self.0.lock().expect("no panic while held").push(what.into());
        Ok(())
    }

    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("no panic while held"))
    }
}

#[async_trait]
impl Desktop for Remembering {
    async fn reach(&self) -> ReachView {
        let check = |id: &str| ReachCheck { id: id.into(), title: id.into(), state: "ok".into(), text: "fine".into(), hint: None };
        ReachView { verdict: "Yes.".into(), checks: vec![check("notices"), check("tray")], checked_at: Timestamp(0) }
    }

    async fn ring(&self, _: bool) -> Result<ReachCheck, ApiError> {
        self.remember("ring")?;
        let (state, text) = ("unknown".into(), "a drill is on the screen".into());
        Ok(ReachCheck { id: "drill".into(), title: "Your own click".into(), state, text, hint: None })
    }

    async fn hotkey(&self, _: Hotkey) -> HotkeyView {
        HotkeyView { shortcut: "F9".into(), active: true, problem: None, command: None }
    }

    async fn set_hotkey(&self, which: Hotkey, shortcut: String) -> Result<HotkeyView, ApiError> {
        self.remember(format!("hotkey {shortcut}"))?;
        Ok(self.hotkey(which).await)
    }

    async fn awake(&self) -> Option<String> {
        None
    }

    async fn note(&self, incident: Option<String>) -> Result<(), ApiError> {
        self.remember(format!("note {}", incident.unwrap_or_default()))
    }

    async fn hide_note(&self) -> Result<(), ApiError> {
        self.remember("hide note")
    }

    async fn strip(&self, incident: Option<String>) -> Result<(), ApiError> {
        self.remember(format!("strip {}", incident.unwrap_or_default()))
    }

    async fn link(&self, url: &str) -> Result<(), ApiError> {
        self.remember(format!("link {url}"))
    }

    async fn open(&self, incident: Option<String>) -> Result<(), ApiError> {
        self.remember(format!("open {}", incident.unwrap_or_default()))
    }

    async fn declare(&self) -> Result<(), ApiError> {
        self.remember("declare")
    }

    async fn hide_declare(&self) -> Result<(), ApiError> {
        self.remember("hide")
    }

    async fn open_demo(&self) -> Result<(), ApiError> {
        self.remember("demo")
    }

    async fn leave_demo(&self) -> Result<(), ApiError> {
        self.remember("leave")
    }
}
