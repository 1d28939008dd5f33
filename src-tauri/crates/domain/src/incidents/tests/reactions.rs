//! What follows an event: loud until somebody knows, again only where it is major, quiet as soon as anybody acts.

use super::{IncidentEvent as E, *};
use crate::{Loudness, NoticeRule, Severity};

fn rule(severity: Severity) -> NoticeRule {
    NoticeRule::default_for(severity)
}

fn after(told: &Given, event: &E) -> Option<Reaction> {
    let state = told.clone().and(event.clone()).state();
    react(&state, event, id(77), rule(state.severity.value), minute(50))
}

fn declared_as(severity: Severity) -> E {
    E::Declared(Declared { severity, ..declaration(Some("dana")) })
}

fn at(minutes: i64) -> Option<Reaction> {
    Some(Reaction::Notify { due: minute(minutes) })
}

const SHOWN: fn() -> E = || E::NoticeShown { effect: id(9) };

#[test]
fn a_declaration_calls_at_once_but_for_sev5() {
    for severity in Severity::ALL {
        let expected = if severity == Severity::Sev5 { None } else { at(50) };
        assert_eq!(after(&given(&[]), &declared_as(severity)), expected, "{severity:?}");
    }
}

#[test]
fn only_major_incidents_call_again() {
    for (severity, again) in [(Severity::Sev1, at(55)), (Severity::Sev2, at(60)), (Severity::Sev3, None), (Severity::Sev4, None)] {
        let told = given(&[declared_as(severity)]);
        assert_eq!(after(&told, &SHOWN()), again, "{severity:?}");
        assert_eq!(
            after(&told, &E::NoticeFailed { effect: id(9), reason: "no desktop".into() }),
            again,
            "{severity:?}: a failure is not a sign of knowing"
        );
    }
    let state = given(&[declared_as(Severity::Sev3), SHOWN()]).state();
    let wrong = NoticeRule { repeat_minutes: Some(5), ..rule(Severity::Sev3) };
    assert_eq!(react(&state, &SHOWN(), id(77), wrong, minute(50)), None, "whatever a rule says");
}

#[test]
fn a_sign_of_knowing_hushes() {
    let told = given(&[declared_as(Severity::Sev1)]);
    for sign in [E::Acknowledged {}, E::CommandConfirmed {}, E::CommandSet { person: handle("mei"), confirmed: true }] {
        assert_eq!(after(&told, &sign), Some(Reaction::Hush), "{sign:?}");
        assert_eq!(after(&told.clone().and(sign), &SHOWN()), None, "and nothing comes again");
    }
    assert_eq!(after(&told, &E::CommandSet { person: handle("mei"), confirmed: false }), None, "to be named is not to know");
}

#[test]
fn an_end_hushes() {
    for over in Status::CHOICES.into_iter().filter(|status| !status.is_open()) {
        assert_eq!(after(&given(&[declared_as(Severity::Sev1)]), &E::StatusSet { status: over }), Some(Reaction::Hush), "{over:?}");
    }
    for open in Status::CHOICES.into_iter().filter(|status| status.is_open()) {
        assert_eq!(after(&given(&[declared_as(Severity::Sev1)]), &E::StatusSet { status: open }), None, "{open:?} is no end");
    }
}

#[test]
fn opened_again_it_calls_again_unless_acknowledged() {
    let reopened = E::StatusSet { status: Status::Investigating };
    let over = given(&[declared_as(Severity::Sev1), E::StatusSet { status: Status::Resolved }]);
    assert_eq!(after(&over, &reopened), at(50));
    let known = given(&[declared_as(Severity::Sev1), E::Acknowledged {}, E::StatusSet { status: Status::Resolved }]);
    assert_eq!(after(&known, &reopened), None, "who acknowledged it knows");
}

#[test]
fn a_severity_calls_by_its_own_rule() {
    let to = |severity| E::SeveritySet { severity, reason: None };
    let told = given(&[declared_as(Severity::Sev3)]);
    assert_eq!(after(&told, &to(Severity::Sev1)), at(50), "worse: call now");
    assert_eq!(after(&told, &to(Severity::Sev5)), Some(Reaction::Hush), "no call for SEV5");
    assert_eq!(after(&told.and(E::Acknowledged {}), &to(Severity::Sev1)), Some(Reaction::Hush), "acknowledged stays acknowledged");
}

#[test]
fn a_secret_on_the_desktop_is_replaced() {
    let claimed = E::NoticeClaimed { effect: id(9), round: 1 };
    let told = given(&[declared_as(Severity::Sev1), note("4111 1111"), claimed]);
    let redaction = |target: u128, masked: E| E::Redacted { target: id(target), reason: "secret".into(), masked: Box::new(masked) };
    assert_eq!(after(&told, &redaction(1, declared_as(Severity::Sev1))), at(50));
    assert_eq!(after(&told, &redaction(2, note("[redacted]"))), None, "a note is not on the desktop");
    let known = told.and(E::Acknowledged {});
    assert_eq!(after(&known, &redaction(1, declared_as(Severity::Sev1))), None, "the notice is gone already");
}

#[test]
fn the_rest_is_quiet() {
    let told = given(&[declared_as(Severity::Sev1)]);
    let quiet = [
        note("x"),
        E::Retitled { title: "Shop down".into() },
        E::Pinned { target: id(1), pinned: true },
        E::Corrected { target: id(1), occurred_at: None, text: Some("y".into()) },
        E::RoleAssigned { role: crate::Role::Scribe, person: handle("jo") },
        E::RoleReleased { role: crate::Role::Scribe, person: handle("jo") },
        E::ImpactStarted(ImpactDetail::default()),
        E::ImpactEnded { impact: id(2) },
        E::NoticeClaimed { effect: id(9), round: 1 },
    ];
    for event in quiet {
        assert_eq!(after(&told, &event), None, "{event:?}");
    }
}

#[test]
fn loudness_none_never_calls() {
    let state = given(&[declared_as(Severity::Sev1)]).state();
    let silent = NoticeRule { loudness: Loudness::None, ..rule(Severity::Sev1) };
    assert!(!wants_notice(&state, silent));
    assert_eq!(react(&state, &declared_as(Severity::Sev1), id(77), silent, minute(1)), None);
}
