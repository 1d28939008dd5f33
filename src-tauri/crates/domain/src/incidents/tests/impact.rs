//! Intervals in which customers were affected: one runs at a time, none ends before it began.

use super::{IncidentCommand as C, IncidentEvent as E, *};
use crate::ServiceName;

fn detail(share: Option<f64>, services: &[&str], text: Option<&str>) -> ImpactDetail {
    let services = services.iter().map(|name| ServiceName((*name).into())).collect();
    ImpactDetail { share, services, text: text.map(Into::into) }
}

fn running() -> Given {
    given(&[declared(), E::ImpactStarted(detail(Some(18.0), &["checkout-web"], Some("502 in Europe")))])
}

#[test]
fn impact_begins_once_and_may_be_back_dated() {
    let told = given(&[declared()])
        .when(C::StartImpact(detail(Some(18.0), &["checkout-web"], None)), minute(-6))
        .then(&[E::ImpactStarted(detail(Some(18.0), &["checkout-web"], None))]);
    let state = told.state();
    assert_eq!(state.impact_started_at(), Some(minute(-6)));
    assert!(state.services.contains(&ServiceName("checkout-web".into())), "what is affected belongs to the incident");
    told.when(C::StartImpact(detail(None, &[], None)), minute(2)).then_refused(Rejection::ImpactRunning(minute(-6)));
}

#[test]
fn a_share_is_a_percentage() {
    for wrong in [-0.1, 100.1, f64::NAN, f64::INFINITY] {
        let start = C::StartImpact(detail(Some(wrong), &[], None));
        given(&[declared()]).when(start, minute(1)).then_refused(Rejection::ShareOutOfRange);
        running().when(C::UpdateImpact(detail(Some(wrong), &[], None)), minute(2)).then_refused(Rejection::ShareOutOfRange);
    }
    for right in [0.0, 100.0] {
        given(&[declared()]).when(C::StartImpact(detail(Some(right), &[], None)), minute(1)).then(&[E::ImpactStarted(detail(
            Some(right),
            &[],
            None,
        ))]);
    }
}

#[test]
fn an_update_records_only_what_is_new() {
    let told = running()
        .when(C::UpdateImpact(detail(Some(9.0), &["checkout-web"], Some("502 in Europe"))), minute(2))
        .then(&[E::ImpactUpdated { impact: id(2), detail: detail(Some(9.0), &[], None) }]);
    let state = told.state();
    assert_eq!(state.impact[0].detail, detail(Some(9.0), &["checkout-web"], Some("502 in Europe")), "the rest stays known");
    assert_eq!(state.impact[0].text_by, Some(id(2)), "the words are still those of the start");
    told.when(C::UpdateImpact(detail(Some(9.0), &[], Some(" "))), minute(3)).then_refused(Rejection::NothingToChange);
}

#[test]
fn two_who_know_different_things_both_count() {
    let told = running()
        .and_unseen(&[id(2)], E::ImpactUpdated { impact: id(2), detail: detail(Some(9.0), &[], None) })
        .and_unseen(&[id(2)], E::ImpactUpdated { impact: id(2), detail: detail(None, &["edge-eu"], Some("FRA only")) });
    assert_eq!(told.state().impact[0].detail, detail(Some(9.0), &["edge-eu"], Some("FRA only")));
}

#[test]
fn impact_ends_after_it_began() {
    given(&[declared()]).when(C::EndImpact, minute(1)).then_refused(Rejection::NoImpact);
    running().when(C::EndImpact, minute(0)).then_refused(Rejection::ImpactEndsBeforeStart(minute(1)));
    let ended = running().when(C::EndImpact, minute(20)).then(&[E::ImpactEnded { impact: id(2) }]);
    let state = ended.state();
    assert_eq!((state.impact[0].to, state.impact[0].ended_by), (Some(minute(20)), Some(id(3))));
    assert_eq!(state.running_impact(), None);
    ended.when(C::EndImpact, minute(21)).then_refused(Rejection::NoImpact);
}

#[test]
fn what_was_learnt_later_belongs_to_the_last_interval() {
    given(&[declared()]).when(C::UpdateImpact(detail(Some(1.0), &[], None)), minute(1)).then_refused(Rejection::NoImpact);
    let ended = running().and(E::ImpactEnded { impact: id(2) });
    ended
        .when(C::UpdateImpact(detail(Some(12.5), &[], None)), minute(4))
        .then(&[E::ImpactUpdated { impact: id(2), detail: detail(Some(12.5), &[], None) }]);
}

#[test]
fn a_second_interval_lies_in_order_of_its_start() {
    let told = running()
        .and(E::ImpactEnded { impact: id(2) })
        .and_at(minute(-30), E::ImpactStarted(detail(None, &[], Some("a first wave"))))
        .and_at(minute(-20), E::ImpactEnded { impact: id(4) });
    let state = told.state();
    let seen: Vec<_> = state.impact.iter().map(|impact| (impact.from, impact.to)).collect();
    assert_eq!(seen, [(minute(-30), Some(minute(-20))), (minute(1), Some(minute(2)))]);
    assert_eq!(state.impact_started_at(), Some(minute(-30)));
}

#[test]
fn an_interval_from_two_machines_never_turns_round() {
    let told = running().and_at(minute(-9), E::ImpactEnded { impact: id(2) });
    assert_eq!(told.state().impact[0].to, Some(minute(1)), "it ends where it began at the earliest");
}
