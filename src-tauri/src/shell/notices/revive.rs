//! Notices of a Muster that was killed: their buttons lead nowhere, and a press on one would look like an answer. They are
//! replaced by living ones, without a sound, or taken away where nobody needs them any more.

use super::Notices;
use crate::caller;
use crate::shell::{HomeDoor, bus};
use api::dto::{CommandState, IncidentView, Nothing, NoticeRuleView, OneIncident, SettingsView};
use api::{ApiError, Code, Request};
use domain::notices::{Notice, NoticeButton};
use domain::{IncidentId, Loudness, Sound, Via};
use engine::ports::Notifier as _;
use serde::de::DeserializeOwned;
use std::sync::Weak;

impl Notices {
    /// Replaces what an earlier life of this process left on the screen.
    pub async fn revive(&self) {
        let Ok(server) = bus::server().await else { return };
        let left = self.memory.incidents(&server.run);
        let Some(door) = self.door.get().and_then(Weak::upgrade).filter(|_| !left.is_empty()) else { return };
        let rules = match ask::<SettingsView>(&door, Request::Settings(Nothing {})).await {
            Ok(settings) => settings.notices,
            Err(fault) => return tracing::warn!(%fault, "old notices stay as they are"),
        };
        for incident in left {
            match ask::<IncidentView>(&door, Request::IncidentShow(OneIncident { incident: incident.to_string() })).await {
                Ok(view) => match again(incident, &view, &rules) {
                    Some(notice) => self.bring_back(notice).await,
                    None => self.close(incident).await,
                },
                Err(fault) if fault.code == Code::NotFound => self.close(incident).await,
                Err(fault) => tracing::warn!(%fault, "old notice stays as it is"),
            }
        }
    }

    async fn bring_back(&self, notice: Notice) {
        // The engine may have shown a newer one meanwhile.
        let shown = self.shown.lock().await.contains_key(&notice.incident);
        if !shown && let Err(fault) = self.show_or_replace(notice).await {
            tracing::warn!(fault, "old notice stays as it is");
        }
    }
}

async fn ask<T: DeserializeOwned>(door: &HomeDoor, request: Request) -> Result<T, ApiError> {
    let answer = door.call(caller::me(Via::System), request).await?;
    serde_json::from_value(answer).map_err(|fault| ApiError::new(Code::Internal, fault.to_string()))
}

/// The incident's notice as it would be now; none where nobody needs it.
fn again(incident: IncidentId, view: &IncidentView, rules: &[NoticeRuleView]) -> Option<Notice> {
    let loudness = rules.iter().find(|rule| rule.severity == view.severity)?.rule.loudness;
    if !view.status.is_open() || view.acknowledged_at.is_some() || loudness == Loudness::None {
        return None;
    }
    let who = view.commander.name.as_ref().map_or_else(String::new, |name| format!("@{name}"));
    let (command, button) = match view.commander.state {
        CommandState::Unclaimed => ("nobody commands".to_owned(), NoticeButton::TakeCommand),
        CommandState::Acting => (format!("{who} is acting, nobody confirmed"), NoticeButton::Acknowledge),
        CommandState::Confirmed => (format!("{who} commands"), NoticeButton::Acknowledge),
    };
    Some(Notice {
        incident,
        reference: view.reference.clone(),
        severity: view.severity,
        summary: format!("{} {}", view.severity.label(), view.title),
        body: format!("{}, not acknowledged yet, {command}.", view.reference),
        loudness,
        sound: Sound::None,
        buttons: vec![button, NoticeButton::Open],
    })
}
