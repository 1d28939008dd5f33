//! What a press on a notice's button asks of the table of operations.

use api::Request;
use api::dto::{AddQuiet, OneGroup, OneIncident, OpenWindow, QuietOver};
use domain::notices::{About, NoticeButton};
use domain::quiet::Shape;

/// Minutes that a snooze from a notice lasts: as its button says.
const SNOOZED_MINUTES: u32 = 30;

/// What to ask, in this order.
pub fn requests(button: NoticeButton, about: &About) -> Vec<Request> {
    match (about, button) {
        (About::Incident { id, .. }, NoticeButton::TakeCommand) => vec![Request::TakeCommand(OneIncident { incident: id.to_string() })],
        (About::Incident { id, .. }, NoticeButton::Acknowledge) => vec![Request::Acknowledge(OneIncident { incident: id.to_string() })],
        (About::Incident { id, .. }, NoticeButton::Open | NoticeButton::Snooze) => open(Some(id.to_string())),
        (About::Alarm { groups }, NoticeButton::Acknowledge) => {
            groups.iter().map(|group| Request::GroupAck(OneGroup { group: group.to_string() })).collect()
        }
        (About::Alarm { groups }, NoticeButton::Snooze) => {
            vec![Request::QuietAdd(snooze(groups.iter().map(ToString::to_string).collect()))]
        }
        (About::Alarm { .. }, NoticeButton::Open | NoticeButton::TakeCommand) | (About::Ears, _) => open(None),
    }
}

fn open(incident: Option<String>) -> Vec<Request> {
    vec![Request::WindowOpen(OpenWindow { incident })]
}

fn snooze(groups: Vec<String>) -> AddQuiet {
    AddQuiet {
        shape: Shape::Snoozed,
        over: QuietOver { groups: Some(groups), ..QuietOver::default() },
        reason: None,
        title: None,
        from: None,
        until: None,
        minutes: Some(SNOOZED_MINUTES),
        below: None,
        rule: None,
        zone: None,
        to: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::GroupId;
    use uuid::Uuid;

    fn names(button: NoticeButton, about: &About) -> Vec<&'static str> {
        requests(button, about).iter().map(|request| request.operation().name).collect()
    }

    #[test]
    fn a_press_on_the_alarm_is_for_all_that_rang() {
        let alarm = About::Alarm { groups: vec![GroupId(Uuid::from_u128(1)), GroupId(Uuid::from_u128(2))] };
        assert_eq!(names(NoticeButton::Acknowledge, &alarm), ["alert.ack", "alert.ack"]);
        assert_eq!(names(NoticeButton::Snooze, &alarm), ["quiet.add"]);
        assert_eq!(names(NoticeButton::Open, &alarm), ["window.open"]);
        assert_eq!(names(NoticeButton::Acknowledge, &About::Ears), ["window.open"], "there is nothing to acknowledge");
    }
}
