//! A correction moves every clock that hangs on its entry and changes words only where they still stand.

use super::{IncidentCommand as C, IncidentEvent as E, *};
use crate::{Role, Severity, Timestamp};

fn retime(target: u128, to: i64) -> E {
    E::Corrected { target: id(target), occurred_at: Some(minute(to)), text: None }
}

fn reword(target: u128, text: &str) -> E {
    E::Corrected { target: id(target), occurred_at: None, text: Some(text.into()) }
}

fn affected(text: &str) -> E {
    E::ImpactStarted(ImpactDetail { share: Some(18.0), services: vec![], text: Some(text.into()) })
}

fn words(text: &str) -> ImpactDetail {
    ImpactDetail { text: Some(text.into()), ..ImpactDetail::default() }
}

#[test]
fn declared_earlier_moves_detection_command_and_the_first_state() {
    let state = given(&[declared(), E::CommandConfirmed {}, retime(1, -20)]).state();
    assert_eq!((state.declared_at, state.detected_at), (minute(-20), minute(-20)));
    assert_eq!(state.moves[0].at, minute(-20));
    assert_eq!((state.title.at, state.severity.at, state.status.at), (minute(-20), minute(-20), minute(-20)));
    assert_eq!(state.command.holder().map(|held| held.since), Some(minute(-20)), "dana has commanded since she declared");
}

#[test]
fn detection_follows_a_declaration_there_and_back() {
    let told = given(&[declared(), retime(1, -20), retime(1, -5)]);
    assert_eq!(told.state().detected_at, minute(-5), "nothing was heard before it");
    let from_alert = E::Declared(Declared { detected_at: minute(-7), ..declaration(Some("dana")) });
    let told = given(&[from_alert, retime(1, -20)]);
    assert_eq!(told.state().detected_at, minute(-20), "nobody declares what nobody noticed");
    assert_eq!(told.and(retime(1, -3)).state().detected_at, minute(-7), "the alert is the first sign again");
}

#[test]
fn unclaimed_since_moves_with_the_declaration() {
    let state = given(&[]).by(machine()).and(declared_by_machine()).by(by("dana")).and(retime(1, -4)).state();
    assert_eq!(state.command, Command::Unclaimed { since: minute(-4) });
}

#[test]
fn acknowledgement_roles_and_command_have_their_hours() {
    let told = given(&[declared(), E::Acknowledged {}, E::RoleAssigned { role: Role::Scribe, person: handle("jo") }])
        .by(by("mei"))
        .and(E::CommandSet { person: handle("mei"), confirmed: true });
    let state = told.and(retime(2, -1)).and(retime(3, -2)).and(retime(4, -3)).state();
    assert_eq!(state.acknowledged_at, Some(minute(-3)), "whoever takes command knows: that came first after all");
    assert_eq!(state.roles[0].since, minute(-2));
    assert_eq!(state.command.holder().map(|held| held.since), Some(minute(-3)));
}

#[test]
fn when_command_was_confirmed_is_not_since_when_it_is_held() {
    let state = given(&[declared(), E::CommandConfirmed {}, retime(2, 5)]).state();
    assert_eq!(state.command.holder().map(|held| held.since), Some(START));
    assert_eq!(state.acknowledged_at, Some(minute(5)), "but it was the first sign of knowing");
}

#[test]
fn a_title_is_corrected_where_it_stands() {
    let state = given(&[declared(), reword(1, "Checkout returns 503")]).state();
    assert_eq!(state.title.value, "Checkout returns 503");
    assert_eq!(state.title.set_by, id(1), "a correction is not an edit of its own");
}

#[test]
fn a_title_given_later_is_left_alone() {
    let retitled = given(&[declared(), E::Retitled { title: "Checkout down in Europe".into() }]);
    let old_corrected = retitled.clone().and(reword(1, "Checkout returns 503"));
    assert_eq!(old_corrected.state().title.value, "Checkout down in Europe", "only the first entry was wrong");
    let new_corrected = retitled.and(reword(2, "Checkout down in EU and UK"));
    assert_eq!(new_corrected.state().title.value, "Checkout down in EU and UK");
}

#[test]
fn a_title_that_lost_is_corrected_in_the_conflict() {
    let told = given(&[declared()]).and_unseen(&[], E::Retitled { title: "Shop down".into() });
    let state = told.and(reword(1, "Checkout returns 503")).and(retime(1, -9)).state();
    let lost = state.title.conflict.expect("the two titles stand side by side");
    assert_eq!((lost.other.as_str(), lost.at), ("Checkout returns 503", minute(-9)));
    assert_eq!(state.title.value, "Shop down");
}

#[test]
fn impact_words_are_corrected_where_they_stand() {
    let started = given(&[declared(), affected("502 in Europe")]);
    let text = |told: &Given| told.state().impact[0].detail.text.clone().expect("said in words");
    assert_eq!(text(&started.clone().and(reword(2, "503 in Europe"))), "503 in Europe");
    let updated = started.and(E::ImpactUpdated { impact: id(2), detail: words("only FRA") });
    assert_eq!(text(&updated.clone().and(reword(2, "503 in Europe"))), "only FRA", "what was said later stays");
    assert_eq!(text(&updated.clone().and(reword(3, "only FRA and AMS"))), "only FRA and AMS", "an update's own words are corrected");
    let share = E::ImpactUpdated { impact: id(2), detail: ImpactDetail { share: Some(4.0), ..ImpactDetail::default() } };
    assert_eq!(text(&updated.and(share).and(reword(3, "only AMS"))), "only AMS", "an update without words leaves them whose they are");
}

#[test]
fn impact_hours_are_corrected_and_stay_whole() {
    let told = given(&[declared(), affected("x"), note("y"), E::ImpactEnded { impact: id(2) }]);
    let moved = told.clone().and(retime(2, -6)).and(retime(4, 30)).state();
    assert_eq!((moved.impact[0].from, moved.impact[0].to), (minute(-6), Some(minute(30))));
    let late_start = C::Correct { target: told.target(2), occurred_at: Some(minute(4)), text: None };
    told.clone().when(late_start, minute(5)).then_refused(Rejection::ImpactEndsBeforeStart(minute(4)));
    let early_end = C::Correct { target: told.target(4), occurred_at: Some(minute(0)), text: None };
    told.clone().when(early_end, minute(5)).then_refused(Rejection::ImpactEndsBeforeStart(minute(1)));
    let from_elsewhere = told.and(retime(2, 60)).state();
    assert!(from_elsewhere.impact[0].to >= Some(from_elsewhere.impact[0].from), "nor does a merge turn it round");
}

#[test]
fn impact_in_order_after_a_correction() {
    let told =
        given(&[declared(), affected("first"), E::ImpactEnded { impact: id(2) }, affected("second"), E::ImpactEnded { impact: id(4) }]);
    let state = told.and(retime(4, -40)).state();
    let order: Vec<Timestamp> = state.impact.iter().map(|impact| impact.from).collect();
    assert_eq!(order, [minute(-40), minute(1)]);
}

#[test]
fn a_reason_corrected_changes_no_severity() {
    let told = given(&[declared(), E::SeveritySet { severity: Severity::Sev1, reason: Some("many".into()) }]);
    let state = told.and(reword(2, "a third of Europe")).and(retime(2, -1)).state();
    assert_eq!((state.severity.value, state.severity.at), (Severity::Sev1, minute(-1)));
}
