//! What a notice says, and when there is none.

use super::*;
use crate::incidents::{IncidentEvent as E, Status};
use crate::test_support::{by, declared, declared_by_machine, given, handle, machine, minute};
use crate::{Severity, Timestamp};

fn notice(told: &crate::test_support::Given, now: Timestamp) -> Option<Notice> {
    let state = told.state();
    compose(&state, NoticeRule::default_for(state.severity.value), now)
}

fn body(told: &crate::test_support::Given, now: Timestamp) -> String {
    notice(told, now).expect("wanted").body
}

#[test]
fn it_says_what_how_bad_since_when_and_who() {
    let told = given(&[declared()]);
    let notice = notice(&told, minute(4)).expect("open and not acknowledged");
    assert_eq!(notice.summary, "SEV2 Checkout returns 502");
    assert_eq!(notice.body, "INC-7K3F, declared 4 min ago, @dana is acting, nobody confirmed.");
    assert_eq!((notice.loudness, notice.sound), (Loudness::Critical, Sound::Chime), "by the rule of SEV2");
    assert_eq!(notice.buttons, [NoticeButton::Acknowledge, NoticeButton::Open]);
}

#[test]
fn unclaimed_it_offers_command_first() {
    let told = given(&[]).by(machine()).and(declared_by_machine());
    let notice = notice(&told, minute(0)).expect("nobody knows yet");
    assert_eq!(notice.body, "INC-7K3F, declared just now, nobody commands.");
    assert_eq!(notice.buttons, [NoticeButton::TakeCommand, NoticeButton::Open]);
}

#[test]
fn a_commander_named_by_another_is_still_unconfirmed() {
    let told = given(&[declared()]).by(by("mei")).and(E::CommandSet { person: handle("ravi"), confirmed: false });
    assert!(body(&told, minute(2)).ends_with("@ravi is acting, nobody confirmed."));
}

#[test]
fn ages_are_read_at_a_glance() {
    let told = given(&[declared()]);
    let age = |minutes| body(&told, minute(minutes)).split(", ").nth(1).map(str::to_owned).unwrap_or_default();
    assert_eq!(age(-3), "declared just now", "a clock that was set back");
    assert_eq!(age(59), "declared 59 min ago");
    assert_eq!(age(120), "declared 2 h ago");
    assert_eq!(age(125), "declared 2 h 5 min ago");
}

#[test]
fn there_is_none_once_somebody_knows_or_it_is_over() {
    let told = given(&[declared()]);
    for end in
        [E::Acknowledged {}, E::CommandConfirmed {}, E::StatusSet { status: Status::Resolved }, E::StatusSet { status: Status::Cancelled }]
    {
        assert_eq!(notice(&told.clone().and(end.clone()), minute(3)), None, "{end:?}");
    }
}

#[test]
fn there_is_none_where_the_rule_says_so() {
    let quiet = E::SeveritySet { severity: Severity::Sev5, reason: None };
    assert_eq!(notice(&given(&[declared()]).and(quiet), minute(3)), None);
}

#[test]
fn only_major_incidents_are_called_again_by_default() {
    for severity in Severity::ALL {
        let rule = NoticeRule::default_for(severity);
        assert_eq!(rule.repeat_minutes.is_some(), severity.is_major(), "{severity:?}");
        assert!(rule.repeat_minutes.is_none_or(|minutes| (1..=REPEAT_LIMIT_MINUTES).contains(&minutes)));
        assert!(severity.is_major() || rule.sound == Sound::None, "loud only where it matters");
    }
}

#[test]
fn each_button_has_a_key_and_a_verb() {
    let all = [NoticeButton::TakeCommand, NoticeButton::Acknowledge, NoticeButton::Open];
    assert_eq!(all.map(NoticeButton::key), ["take_command", "acknowledge", "open"]);
    assert_eq!(all.map(NoticeButton::label), ["Take command", "Acknowledge", "Open"]);
}
