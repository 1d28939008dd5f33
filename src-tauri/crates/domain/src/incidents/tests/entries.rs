//! Notes, key moments, corrections and redactions: what may be said of an entry, and what is refused.

use super::{IncidentCommand as C, IncidentEvent as E, *};
use crate::{Severity, Subject};

fn noted() -> Given {
    given(&[declared(), note("Roll back?")])
}

fn correct(target: Target, text: &str) -> C {
    C::Correct { target, occurred_at: None, text: Some(text.into()) }
}

fn redact(target: Target) -> C {
    C::Redact { target, reason: "A card number".into(), masked: "[redacted]".into() }
}

#[test]
fn a_note_has_words() {
    let write = |text: &str, pin| C::Note { text: text.into(), pin };
    let told = given(&[declared()])
        .when(write(" Bridge open.\n", true), minute(1))
        .then(&[E::Noted { text: "Bridge open.".into(), pinned: true }]);
    assert!(told.state().pinned.contains(&id(2)), "a key moment from the start");
    given(&[declared()]).when(write(" \n ", false), minute(1)).then_refused(Rejection::TextMissing);
    given(&[declared()]).when(write(&"x".repeat(TEXT_LIMIT + 1), false), minute(1)).then_refused(Rejection::TextTooLong(TEXT_LIMIT + 1));
    given(&[declared()]).when(write(&"x".repeat(TEXT_LIMIT), false), minute(1)).then(&[note(&"x".repeat(TEXT_LIMIT))]);
}

#[test]
fn a_key_moment_is_marked_and_unmarked() {
    let target = noted().target(2);
    let pin = |pinned| C::Pin { target: target.clone(), pinned };
    noted().when(pin(false), minute(2)).then_refused(Rejection::NothingToChange);
    let pinned = noted().when(pin(true), minute(2)).then(&[E::Pinned { target: id(2), pinned: true }]);
    assert!(pinned.state().pinned.contains(&id(2)));
    pinned.clone().when(pin(true), minute(3)).then_refused(Rejection::NothingToChange);
    assert!(pinned.when(pin(false), minute(3)).then(&[E::Pinned { target: id(2), pinned: false }]).state().pinned.is_empty());
}

#[test]
fn what_only_changes_an_entry_is_no_entry() {
    let masked = Box::new(note("[redacted]"));
    let changes = [
        E::Pinned { target: id(2), pinned: true },
        E::Corrected { target: id(2), occurred_at: None, text: Some("Roll back.".into()) },
        E::Redacted { target: id(2), reason: "secret".into(), masked },
    ];
    for change in changes {
        let told = noted().and(change);
        let target = told.target(3);
        told.clone().when(C::Pin { target: target.clone(), pinned: true }, minute(3)).then_refused(Rejection::NotAnEntry);
        told.when(correct(target, "x"), minute(3)).then_refused(Rejection::NotAnEntry);
    }
}

#[test]
fn another_incidents_entry_is_out_of_reach() {
    let mut target = noted().target(2);
    target.envelope.subject = Subject::Incident(crate::IncidentId(uuid::Uuid::nil()));
    noted().when(C::Pin { target: target.clone(), pinned: true }, minute(2)).then_refused(Rejection::OtherIncident);
    noted().when(correct(target.clone(), "x"), minute(2)).then_refused(Rejection::OtherIncident);
    noted().when(redact(target), minute(2)).then_refused(Rejection::OtherIncident);
}

#[test]
fn a_correction_says_when_or_what() {
    let target = noted().target(2);
    let words = correct(target.clone(), " Roll back. ");
    noted().when(words, minute(2)).then(&[E::Corrected { target: id(2), occurred_at: None, text: Some("Roll back.".into()) }]);
    let time = C::Correct { target: target.clone(), occurred_at: Some(minute(-5)), text: None };
    noted().when(time, minute(2)).then(&[E::Corrected { target: id(2), occurred_at: Some(minute(-5)), text: None }]);
    let nothing = C::Correct { target: target.clone(), occurred_at: None, text: None };
    noted().when(nothing, minute(2)).then_refused(Rejection::NothingToChange);
    noted().when(correct(target.clone(), " "), minute(2)).then_refused(Rejection::TextMissing);
    let ahead = C::Correct { target, occurred_at: Some(minute(60)), text: None };
    noted().when(ahead, minute(2)).then_refused(Rejection::InTheFuture(58));
}

#[test]
fn a_corrected_title_is_still_a_title() {
    let told = given(&[declared()]);
    let target = told.target(1);
    let long = correct(target.clone(), &"x".repeat(201));
    told.clone().when(long, minute(1)).then_refused(Rejection::TitleTooLong(201));
    let in_lines = correct(target, "Checkout\nreturns 503");
    told.when(in_lines, minute(1)).then(&[E::Corrected { target: id(1), occurred_at: None, text: Some("Checkout returns 503".into()) }]);
}

#[test]
fn what_has_no_words_has_only_a_time_to_correct() {
    for wordless in [E::StatusSet { status: Status::Identified }, E::SeveritySet { severity: Severity::Sev1, reason: None }] {
        let told = given(&[declared(), wordless]);
        let target = told.target(2);
        told.clone().when(correct(target.clone(), "x"), minute(2)).then_refused(Rejection::NoWords);
        told.clone().when(redact(target.clone()), minute(2)).then_refused(Rejection::NoWords);
        let time = C::Correct { target, occurred_at: Some(minute(-1)), text: None };
        told.when(time, minute(2)).then(&[E::Corrected { target: id(2), occurred_at: Some(minute(-1)), text: None }]);
    }
}

#[test]
fn a_redaction_says_why_and_what_stands_instead() {
    let target = noted().target(2);
    let masked = Box::new(note("[redacted]"));
    noted().when(redact(target.clone()), minute(2)).then(&[E::Redacted { target: id(2), reason: "A card number".into(), masked }]);
    let no_reason = C::Redact { target: target.clone(), reason: " ".into(), masked: "[redacted]".into() };
    noted().when(no_reason, minute(2)).then_refused(Rejection::ReasonMissing);
    let nothing_left = C::Redact { target, reason: "A card number".into(), masked: " ".into() };
    noted().when(nothing_left, minute(2)).then_refused(Rejection::TextMissing);
}

#[test]
fn what_is_redacted_stays_so() {
    let told = noted().redacted(2, "[redacted]");
    let target = told.target(2);
    told.clone().when(redact(target.clone()), minute(3)).then_refused(Rejection::AlreadyRedacted);
    told.clone().when(correct(target.clone(), "x"), minute(3)).then_refused(Rejection::AlreadyRedacted);
    told.when(C::Pin { target, pinned: true }, minute(3)).then(&[E::Pinned { target: id(2), pinned: true }]);
}

#[test]
fn a_corrections_own_words_may_be_taken_out() {
    let told = noted().and(E::Corrected { target: id(2), occurred_at: Some(minute(-1)), text: Some("4111 1111".into()) });
    let target = told.target(3);
    let masked = Box::new(E::Corrected { target: id(2), occurred_at: Some(minute(-1)), text: Some("[redacted]".into()) });
    told.when(redact(target), minute(3)).then(&[E::Redacted { target: id(3), reason: "A card number".into(), masked }]);
    let only_time = noted().and(E::Corrected { target: id(2), occurred_at: Some(minute(-1)), text: None });
    let target = only_time.target(3);
    only_time.when(redact(target), minute(3)).then_refused(Rejection::NoWords);
}
