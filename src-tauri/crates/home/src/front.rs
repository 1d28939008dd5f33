//! The desktop of a home that another process owns: answers what only a desktop can, and leaves the rest to the owner.

use api::dto::{Caller, Nothing, OneIncident, Pushed, ReachCheck, ReachView};
use api::socket::Remote;
use api::{ApiError, Backend, Code, Desktop, Hotkey, Request};
use async_trait::async_trait;
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Whether only a desktop can answer.
pub(crate) const fn is_for_desktop(request: &Request) -> bool {
    matches!(
        request,
        Request::ReachOp(_)
            | Request::RingMe(_)
            | Request::HotkeyShow(_)
            | Request::HotkeySet(_)
            | Request::WindowOpen(_)
            | Request::WindowDeclare(_)
            | Request::WindowHideDeclare(_)
            | Request::WindowNote(_)
            | Request::WindowHideNote(_)
            | Request::WindowStrip(_)
            | Request::WindowLink(_)
            | Request::WindowDemo(_)
            | Request::WindowLeaveDemo(_)
    )
}

pub(crate) struct Front {
    desktop: Arc<dyn Desktop>,
    owner: Arc<Remote>,
}

impl Front {
    pub fn new(desktop: Arc<dyn Desktop>, owner: Arc<Remote>) -> Self {
        Self { desktop, owner }
    }

    async fn open(&self, caller: Caller, incident: Option<String>) -> Result<Nothing, ApiError> {
        if let Some(typed) = &incident {
            self.owner.call(caller, Request::IncidentShow(OneIncident { incident: typed.clone() })).await?;
        }
        self.desktop.open(incident).await.map(|()| Nothing {})
    }

    /// What this desktop sees, with the owner's ears. The owner rings, not this window: where it cannot, the answer is no.
    async fn reach(&self, caller: Caller) -> Result<ReachView, ApiError> {
        let own = self.desktop.reach().await;
        let owners = self.owner.call(caller, Request::ReachOp(Nothing {})).await?;
        let owners: ReachView = serde_json::from_value(owners).map_err(|fault| unreadable(&fault))?;
        let hint = "Quit it and start Muster: then this window owns the home and rings.";
        let rings = ReachCheck {
            id: "notices".into(),
            title: "Notices".into(),
            state: "fault".into(),
            text: format!("{} runs this home and shows no notices here", self.owner.owner().label()),
            hint: Some(hint.into()),
        };
        let others = own.checks.into_iter().filter(|check| check.id != "notices");
        let ears = owners.checks.into_iter().filter(|check| check.id != "notices");
        Ok(ReachView {
            verdict: "No. Another process runs this home and cannot call you.".into(),
            checks: std::iter::once(rings).chain(others).chain(ears).collect(),
            checked_at: own.checked_at,
        })
    }
}

fn unreadable(fault: &serde_json::Error) -> ApiError {
    ApiError::new(Code::Internal, format!("The owner's answer is not understood: {fault}."))
}

fn json<T: Serialize>(answer: Result<T, ApiError>) -> Result<Value, ApiError> {
    answer.and_then(|value| serde_json::to_value(value).map_err(|fault| unreadable(&fault)))
}

#[async_trait]
impl Backend for Front {
    async fn call(&self, caller: Caller, request: Request) -> Result<Value, ApiError> {
        let nothing = |(): ()| Nothing {};
        match request {
            Request::ReachOp(_) => json(self.reach(caller).await),
            Request::RingMe(ask) => json(self.desktop.ring(ask.wait).await),
            Request::HotkeyShow(ask) => json(match Hotkey::parse(ask.which.as_deref()) {
                Ok(which) => Ok(self.desktop.hotkey(which).await),
                Err(fault) => Err(fault),
            }),
            Request::HotkeySet(ask) => json(match Hotkey::parse(ask.which.as_deref()) {
                Ok(which) => self.desktop.set_hotkey(which, ask.shortcut).await,
                Err(fault) => Err(fault),
            }),
            Request::WindowNote(ask) => json(self.desktop.note(ask.incident).await.map(nothing)),
            Request::WindowHideNote(_) => json(self.desktop.hide_note().await.map(nothing)),
            Request::WindowStrip(ask) => json(self.desktop.strip(ask.incident).await.map(nothing)),
            Request::WindowLink(ask) => json(match api::checked_link(&ask.url) {
                Ok(url) => self.desktop.link(url).await.map(nothing),
                Err(fault) => Err(fault),
            }),
            Request::WindowOpen(ask) => json(self.open(caller, ask.incident).await),
            Request::WindowDeclare(_) => json(self.desktop.declare().await.map(nothing)),
            Request::WindowHideDeclare(_) => json(self.desktop.hide_declare().await.map(nothing)),
            Request::WindowDemo(_) => json(self.desktop.open_demo().await.map(nothing)),
            Request::WindowLeaveDemo(_) => json(self.desktop.leave_demo().await.map(nothing)),
            other => self.owner.call(caller, other).await,
        }
    }

    async fn subscribe(&self, since: u64) -> Result<mpsc::Receiver<Pushed>, ApiError> {
        self.owner.subscribe(since).await
    }
}
