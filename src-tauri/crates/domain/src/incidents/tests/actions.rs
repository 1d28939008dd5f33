//! What may be done now and why not is asked of the same rules that judge the command.

use super::{IncidentEvent as E, *};

fn refusal(told: &Given, action: &str) -> Option<Rejection> {
    let actions = told.state().available_actions(&by("mei"), minute(9));
    actions.into_iter().find(|known| known.name == action).unwrap_or_else(|| panic!("{action} is offered")).refusal
}

#[test]
fn what_is_offered_would_be_accepted() {
    let open = given(&[declared()]);
    for action in
        ["acknowledge", "take_command", "confirm_command", "resolve", "close", "cancel", "start_impact", "set_status", "set_severity"]
    {
        assert_eq!(refusal(&open, action), None, "{action}");
    }
    assert_eq!(refusal(&open, "end_impact"), Some(Rejection::NoImpact));
    assert_eq!(refusal(&open, "release_commander"), Some(Rejection::CommandNeedsSuccessor));
    assert_eq!(refusal(&open, "reopen"), Some(Rejection::StatusSame(Status::Investigating)));
}

#[test]
fn an_incident_that_is_over_can_be_reopened() {
    let over = given(&[declared(), E::StatusSet { status: Status::Resolved }]);
    assert_eq!(refusal(&over, "reopen"), None);
    assert_eq!(refusal(&over, "resolve"), Some(Rejection::StatusSame(Status::Resolved)));
    let merged = given(&[declared(), E::StatusSet { status: Status::Merged }]);
    for action in ["reopen", "resolve", "close", "cancel", "set_status"] {
        assert_eq!(refusal(&merged, action), Some(Rejection::Merged), "{action}");
    }
}

#[test]
fn suggestions_ask_and_do_nothing() {
    let suggested = |told: &Given, alerts, firing| told.state().suggestions(alerts, firing);
    let acting = given(&[declared()]);
    assert_eq!(suggested(&acting, 0, 0), [Suggestion::ConfirmCommand]);
    assert_eq!(suggested(&acting, 4, 1), [Suggestion::ConfirmCommand], "something still fires");
    let confirmed = acting.and(E::CommandConfirmed {});
    assert_eq!(suggested(&confirmed, 4, 0), [Suggestion::Resolve]);
    let resolved = confirmed.and(E::ImpactStarted(ImpactDetail::default())).and(E::StatusSet { status: Status::Resolved });
    assert_eq!(suggested(&resolved, 4, 0), [Suggestion::EndImpact]);
}
