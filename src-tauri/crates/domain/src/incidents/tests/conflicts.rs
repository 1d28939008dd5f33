//! Two edits by people who did not know of each other are both shown; whoever edits next, having seen them, settles it.

use super::{IncidentCommand as C, IncidentEvent as E, *};
use crate::Severity;

fn severity(severity: Severity) -> E {
    E::SeveritySet { severity, reason: None }
}

/// Mei and ravi, apart, each rate what dana declared.
fn apart(first: Severity, second: Severity) -> Given {
    let told = given(&[declared()]).by(by("mei")).and_unseen(&[id(1)], severity(first));
    told.by(by("ravi")).and_unseen(&[id(1)], severity(second))
}

#[test]
fn two_edits_of_the_same_parent_are_a_conflict() {
    let state = apart(Severity::Sev1, Severity::Sev3).state();
    assert_eq!(state.severity.value, Severity::Sev3, "the later holds");
    let lost = state.severity.conflict.expect("the earlier is shown");
    assert_eq!((lost.other, lost.by.name(), lost.at, lost.event), (Severity::Sev1, "mei", minute(1), id(2)));
}

#[test]
fn whose_act_it_was_is_named_not_who_typed_it() {
    let told = given(&[declared()]).by(voice("mei", "jo")).and_unseen(&[id(1)], severity(Severity::Sev1));
    let state = told.by(by("ravi")).and_unseen(&[id(1)], severity(Severity::Sev3)).state();
    assert_eq!(state.severity.conflict.map(|lost| lost.by.name().to_owned()), Some("mei".into()));
}

#[test]
fn agreeing_is_no_conflict() {
    assert_eq!(apart(Severity::Sev1, Severity::Sev1).state().severity.conflict, None);
}

#[test]
fn a_third_who_agrees_unseen_settles_nothing() {
    let told = apart(Severity::Sev1, Severity::Sev3).by(by("jo")).and_unseen(&[id(1)], severity(Severity::Sev3));
    assert_eq!(told.state().severity.conflict.map(|lost| lost.other), Some(Severity::Sev1), "mei's rating is still unanswered");
}

#[test]
fn whoever_edits_next_settles_it() {
    let told = apart(Severity::Sev1, Severity::Sev3);
    let other = told.clone().when(C::SetSeverity { severity: Severity::Sev1, reason: None }, minute(4)).then(&[severity(Severity::Sev1)]);
    assert_eq!((other.state().severity.value, other.state().severity.conflict), (Severity::Sev1, None));
    let same = told.when(C::SetSeverity { severity: Severity::Sev3, reason: None }, minute(4)).then(&[severity(Severity::Sev3)]);
    assert_eq!(
        (same.state().severity.value, same.state().severity.conflict),
        (Severity::Sev3, None),
        "choosing what holds settles it, too"
    );
    same.when(C::SetSeverity { severity: Severity::Sev3, reason: None }, minute(5)).then_refused(Rejection::SeveritySame(Severity::Sev3));
}

#[test]
fn titles_and_states_alike() {
    let title = |title: &str| E::Retitled { title: title.into() };
    let told = given(&[declared()]).and_unseen(&[id(1)], title("Shop down")).and_unseen(&[id(1)], title("Cart down"));
    assert_eq!(told.state().title.conflict.clone().map(|lost| lost.other), Some("Shop down".into()));
    let settled = told.when(C::Retitle("Cart down".into()), minute(4)).then(&[title("Cart down")]);
    assert_eq!(settled.state().title.conflict, None);

    let status = |status| E::StatusSet { status };
    let told = given(&[declared()]).and_unseen(&[id(1)], status(Status::Resolved)).and_unseen(&[id(1)], status(Status::Identified));
    assert_eq!(told.state().status.conflict.clone().map(|lost| lost.other), Some(Status::Resolved));
    let settled = told.when(C::SetStatus(Status::Identified), minute(4)).then(&[status(Status::Identified)]);
    assert_eq!(settled.state().status.conflict, None);
}

#[test]
fn one_after_the_other_is_no_conflict() {
    let told = given(&[declared(), severity(Severity::Sev1), severity(Severity::Sev3)]);
    assert_eq!(told.state().severity.conflict, None, "each saw what it replaced");
}
