//! Notices of a Muster that was killed: their buttons lead nowhere, and a press on one would look like an answer. They are
//! replaced by living ones, without a sound, or taken away where nobody needs them any more.

use super::Notices;
use crate::caller;
use crate::shell::{HomeDoor, bus};
use api::dto::{CommandState, GroupView, IncidentView, ListGroups, Nothing, NoticeRuleView, OneIncident, SettingsView};
use api::{ApiError, Code, Request};
use domain::notices::{About, Notice, NoticeButton, NoticeKey};
use domain::{IncidentId, Loudness, Sound, Via};
use engine::ports::Notifier as _;
use serde::de::DeserializeOwned;
use std::sync::Weak;

impl Notices {
    /// Replaces what an earlier life of this process left on the screen.
    pub async fn revive(&self) {
        let Ok(server) = bus::server().await else { return };
        let left = self.memory.left(&server.run);
        let Some(door) = self.door.get().and_then(Weak::upgrade).filter(|_| !left.is_empty()) else { return };
        let rules = match ask::<SettingsView>(&door, Request::Settings(Nothing {})).await {
            Ok(settings) => settings.notices,
            Err(fault) => return tracing::warn!(%fault, "old notices stay as they are"),
        };
        for about in left {
            let again = match about {
                NoticeKey::Incident(incident) => self.incident_again(&door, incident, &rules).await,
                NoticeKey::Alarm => alarm_again(&door, &rules).await,
                // The engine says anew what it cannot hear.
                NoticeKey::Ears => Ok(None),
            };
            match again {
                Ok(Some(notice)) => self.bring_back(notice).await,
                Ok(None) => self.close(about).await,
                Err(fault) => tracing::warn!(%fault, "old notice stays as it is"),
            }
        }
    }

    async fn incident_again(&self, door: &HomeDoor, incident: IncidentId, rules: &[NoticeRuleView]) -> Result<Option<Notice>, ApiError> {
        match ask::<IncidentView>(door, Request::IncidentShow(OneIncident { incident: incident.to_string() })).await {
            Ok(view) => Ok(again(incident, &view, rules)),
            Err(fault) if fault.code == Code::NotFound => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    async fn bring_back(&self, notice: Notice) {
        // The engine may have shown a newer one meanwhile.
        let shown = self.shown.lock().await.contains_key(&notice.about.key());
        if !shown && let Err(fault) = self.show_or_replace(notice).await {
            tracing::warn!(fault, "old notice stays as it is");
        }
    }
}

async fn ask<T: DeserializeOwned>(door: &HomeDoor, request: Request) -> Result<T, ApiError> {
    let answer = door.call(caller::me(Via::System), request).await?;
    serde_json::from_value(answer).map_err(|fault| ApiError::new(Code::Internal, fault.to_string()))
}

/// The alarm's notice as it would be now: for what still waits, and is loud enough.
async fn alarm_again(door: &HomeDoor, rules: &[NoticeRuleView]) -> Result<Option<Notice>, ApiError> {
    let waiting: Vec<GroupView> = ask(door, Request::GroupList(ListGroups::default())).await?;
    let loud = |group: &&GroupView| {
        let rule = rules.iter().find(|rule| rule.severity == group.suggested).map(|rule| rule.rule);
        rule.is_some_and(|rule| !matches!(rule.loudness, Loudness::None | Loudness::Low))
    };
    let ringing: Vec<&GroupView> = waiting.iter().filter(loud).collect();
    let Some(first) = ringing.first() else { return Ok(None) };
    Ok(Some(Notice {
        about: About::Alarm { groups: ringing.iter().map(|group| group.id).collect() },
        severity: first.suggested,
        summary: first.title.clone(),
        body: match ringing.len() - 1 {
            0 => String::from("It still waits."),
            1 => String::from("It still waits, and 1 more group."),
            more => format!("It still waits, and {more} more groups."),
        },
        loudness: Loudness::Critical,
        sound: Sound::None,
        buttons: vec![NoticeButton::Acknowledge, NoticeButton::Snooze, NoticeButton::Open],
    }))
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
        about: About::Incident { id: incident, reference: view.reference.clone() },
        severity: view.severity,
        summary: format!("{} {}", view.severity.label(), view.title),
        body: format!("{}, not acknowledged yet, {command}.", view.reference),
        loudness,
        sound: Sound::None,
        buttons: vec![button, NoticeButton::Open],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{NoticeRule, Severity};
    use serde_json::{Value, json};

    fn view(changed: Value) -> IncidentView {
        let at = "2026-11-23T13:47:00.000Z";
        let mut view = json!({
            "id": "01a2088d-962d-74b1-b05e-eadb4ad3d22d", "ref": "INC-7K3F", "title": "Checkout 502s", "severity": "sev1", "status": "triage",
            "declared_at": at, "declared_by": "kofi", "commander": {"name": null, "state": "unclaimed", "since": at}, "roles": [],
            "services": [], "tasks": [], "alerts": [], "hypotheses": [], "decisions": [], "impact": [], "sla": [], "drill": false,
            "private": false, "links": [], "head": {"seq": 1, "hash": ""}, "conflicts": [], "available_actions": [], "suggestions": [],
            "entries": 1, "questions": [], "clocks": [], "hints": [], "present": [],
            "board": {"believe": null, "doing": null, "first_task": null, "open_tasks": 0, "need": null, "objective": null},
            "comms": {"updates": [], "postings": [], "queue": [], "in_time": 0, "late": 0, "missed": 0, "rhythm_minutes": 20, "long": false}
        });
        let fields = view.as_object_mut().expect("an object");
        fields.extend(changed.as_object().expect("an object").clone());
        serde_json::from_value(view).expect("an incident")
    }

    fn revived(changed: Value) -> Option<Notice> {
        let rules: Vec<_> = Severity::ALL.map(|severity| NoticeRuleView { severity, rule: NoticeRule::default_for(severity) }).into();
        let view = view(changed);
        again(view.id, &view, &rules)
    }

    #[test]
    fn what_nobody_acknowledged_comes_back_without_a_sound() {
        let notice = revived(json!({})).expect("wanted");
        assert_eq!(
            (notice.summary.as_str(), notice.body.as_str()),
            ("SEV1 Checkout 502s", "INC-7K3F, not acknowledged yet, nobody commands.")
        );
        assert_eq!((notice.loudness, notice.sound), (Loudness::Critical, Sound::None));
        assert_eq!(notice.buttons, [NoticeButton::TakeCommand, NoticeButton::Open]);
        let acting =
            revived(json!({"commander": {"name": "kofi", "state": "acting", "since": "2026-11-23T13:47:00.000Z"}})).expect("wanted");
        assert_eq!(acting.buttons, [NoticeButton::Acknowledge, NoticeButton::Open]);
    }

    #[test]
    fn what_nobody_needs_any_more_is_taken_away() {
        let at = "2026-11-23T13:48:00.000Z";
        for over in [json!({"acknowledged_at": at}), json!({"status": "resolved", "resolved_at": at}), json!({"severity": "sev5"})] {
            assert_eq!(revived(over.clone()), None, "{over}");
        }
    }
}
