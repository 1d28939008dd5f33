//! Title, severity, acknowledgement, groups of alerts, notices: plain fields and their refusals.

use super::{IncidentCommand as C, IncidentEvent as E, *};
use crate::{GroupId, Severity};
use uuid::Uuid;

fn group() -> GroupId {
    GroupId(Uuid::from_u128(7))
}

#[test]
fn a_title_is_changed_not_repeated() {
    let told =
        given(&[declared()]).when(C::Retitle("Checkout down".into()), minute(1)).then(&[E::Retitled { title: "Checkout down".into() }]);
    assert_eq!(told.state().title.value, "Checkout down");
    told.clone().when(C::Retitle(" Checkout  down ".into()), minute(2)).then_refused(Rejection::NothingToChange);
    told.clone().when(C::Retitle(String::new()), minute(2)).then_refused(Rejection::TitleMissing);
    told.when(C::Retitle("x".repeat(201)), minute(2)).then_refused(Rejection::TitleTooLong(201));
}

#[test]
fn a_severity_is_changed_with_or_without_a_reason() {
    let to = |severity, reason: &str| C::SetSeverity { severity, reason: Some(reason.into()) };
    let told = given(&[declared()])
        .when(to(Severity::Sev1, "a third of Europe"), minute(1))
        .then(&[E::SeveritySet { severity: Severity::Sev1, reason: Some("a third of Europe".into()) }]);
    assert_eq!(told.state().severity.value, Severity::Sev1);
    told.clone().when(to(Severity::Sev1, "again"), minute(2)).then_refused(Rejection::SeveritySame(Severity::Sev1));
    told.when(to(Severity::Sev3, "  "), minute(2)).then(&[E::SeveritySet { severity: Severity::Sev3, reason: None }]);
}

#[test]
fn acknowledging_is_a_persons_and_once() {
    let told = given(&[declared()]).by(by("mei")).when(C::Acknowledge, minute(3)).then(&[E::Acknowledged {}]);
    assert_eq!(told.state().acknowledged_at, Some(minute(3)));
    told.when(C::Acknowledge, minute(4)).then_refused(Rejection::NothingToChange);
    given(&[declared()]).by(machine()).when(C::Acknowledge, minute(1)).then_refused(Rejection::NeedsPerson);
}

#[test]
fn whoever_confirms_command_knows() {
    let state = given(&[declared(), E::CommandConfirmed {}]).state();
    assert_eq!(state.acknowledged_at, Some(minute(1)));
    assert_eq!(
        given(&[declared()]).by(by("mei")).and(E::CommandSet { person: handle("mei"), confirmed: true }).state().acknowledged_by,
        Some(id(2))
    );
}

#[test]
fn the_earliest_sign_of_knowing_counts() {
    let told = given(&[declared(), E::Acknowledged {}]).and_at(minute(-2), E::Acknowledged {});
    assert_eq!(told.state().acknowledged_at, Some(minute(-2)), "another machine's record says that mei knew before");
}

#[test]
fn alerts_are_attached_once_and_detached_once() {
    let attach = C::Attach { group: group(), title: "CheckoutErrors".into() };
    let detach = C::Detach { group: group(), title: "CheckoutErrors".into() };
    given(&[declared()]).when(detach.clone(), minute(1)).then_refused(Rejection::NotAttached);
    let attached =
        given(&[declared()]).when(attach.clone(), minute(1)).then(&[E::GroupAttached { group: group(), title: "CheckoutErrors".into() }]);
    assert_eq!(attached.state().groups.get(&group()), Some(&id(2)), "named by the event that attached it");
    attached.clone().when(attach, minute(2)).then_refused(Rejection::AlreadyAttached);
    let detached = attached.when(detach, minute(2)).then(&[E::GroupDetached { group: group(), title: "CheckoutErrors".into() }]);
    assert!(detached.state().groups.is_empty());
}

#[test]
fn groups_declared_from_belong_to_it() {
    let from = Declared { groups: vec![group()], ..declaration(Some("dana")) };
    let told = given(&[E::Declared(from)]);
    assert_eq!(told.state().groups.get(&group()), Some(&id(1)));
    told.when(C::Attach { group: group(), title: "x".into() }, minute(1)).then_refused(Rejection::AlreadyAttached);
}

#[test]
fn notices_are_claimed_in_rounds_and_settled() {
    let effect = id(99);
    let told = given(&[declared()])
        .by(machine())
        .when(C::ClaimNotice { effect }, minute(1))
        .then(&[E::NoticeClaimed { effect, round: 1 }])
        .when(C::SettleNotice { effect, failure: None }, minute(1))
        .then(&[E::NoticeShown { effect }])
        .when(C::ClaimNotice { effect }, minute(6))
        .then(&[E::NoticeClaimed { effect, round: 2 }])
        .when(C::SettleNotice { effect, failure: Some("no desktop".into()) }, minute(6))
        .then(&[E::NoticeFailed { effect, reason: "no desktop".into() }]);
    assert_eq!(told.state().notice_round, 2);
}

#[test]
fn nothing_happens_in_the_future() {
    let state = given(&[declared()]).state();
    let ahead = decide(&state, C::Acknowledge, &by("dana"), minute(10), minute(5));
    assert_eq!(ahead, Err(Rejection::InTheFuture(5)), "a typed date is a slip");
    assert!(decide(&state, C::Acknowledge, &by("dana"), minute(2), minute(0)).is_ok(), "clocks of two tools differ");
}
