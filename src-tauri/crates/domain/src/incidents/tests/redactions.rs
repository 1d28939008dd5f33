//! Words that were taken out are gone from the state as well: folding what is left equals folding the masked words.

use super::{IncidentEvent as E, *};
use crate::{Event, GroupId, Severity};
use uuid::Uuid;

const SECRET: &str = "4111 1111 1111 1111";

/// The state after event `n` of `told` was redacted equals the state had it always said the masked words.
#[track_caller]
fn as_if_never_said(told: Given, n: usize) -> Incident {
    let before = told.state();
    let redacted = told.clone().redacted(n, "[redacted]");
    let mut never_said = told;
    let Some(Event::Incident(words)) = &never_said.records[n - 1].event else { panic!("event {n} has words") };
    never_said.records[n - 1].event = Some(words.masked("[redacted]").into());
    let (mut expected, state) = (never_said.state(), redacted.state());
    (expected.folded_to, expected.last_entry_at) = (state.folded_to, state.last_entry_at);
    assert_eq!(state, expected);
    assert!(!format!("{state:?}").contains(SECRET), "no copy is left in the state");
    assert!(before.folded_to < state.folded_to, "the redaction itself is on the record");
    state
}

#[test]
fn a_title() {
    let named = E::Declared(Declared { title: format!("Card {SECRET} declined"), ..declaration(Some("dana")) });
    assert_eq!(as_if_never_said(given(std::slice::from_ref(&named)), 1).title.value, "[redacted]");
    let retitled = given(&[named.clone(), E::Retitled { title: "Cards declined".into() }]);
    assert_eq!(as_if_never_said(retitled, 1).title.value, "Cards declined");
    let in_conflict = given(&[named]).and_unseen(&[], E::Retitled { title: "Cards declined".into() });
    let lost = as_if_never_said(in_conflict, 1).title.conflict.expect("two titles");
    assert_eq!(lost.other, "[redacted]", "nor does it survive as the one that lost");
}

#[test]
fn impact_and_what_repeats_none_of_it() {
    let words = ImpactDetail { share: Some(12.0), services: vec![], text: Some(SECRET.into()) };
    let told = given(&[declared(), E::ImpactStarted(words)])
        .when(IncidentCommand::UpdateImpact(ImpactDetail { share: Some(9.0), services: vec![], text: Some(SECRET.into()) }), minute(3))
        .then(&[E::ImpactUpdated { impact: id(2), detail: ImpactDetail { share: Some(9.0), ..ImpactDetail::default() } }]);
    let state = as_if_never_said(told, 2);
    assert_eq!((state.impact[0].detail.share, state.impact[0].detail.text.as_deref()), (Some(9.0), Some("[redacted]")));
}

#[test]
fn notes_reasons_and_titles_of_alerts() {
    let group = GroupId(Uuid::from_u128(7));
    let pinned = E::Noted { text: SECRET.into(), pinned: true };
    assert!(as_if_never_said(given(&[declared(), pinned]), 2).pinned.contains(&id(2)), "still a key moment");
    let reason = E::SeveritySet { severity: Severity::Sev1, reason: Some(SECRET.into()) };
    assert_eq!(as_if_never_said(given(&[declared(), reason]), 2).severity.value, Severity::Sev1);
    let attached = E::GroupAttached { group, title: SECRET.into() };
    assert!(as_if_never_said(given(&[declared(), attached]), 2).groups.contains_key(&group), "still attached");
}

#[test]
fn tasks_thoughts_and_words_that_leave() {
    let secret = || Some(String::from(SECRET));
    let can = Can { conditions: SECRET.into(), actions: secret(), needs: secret() };
    let options = vec![SECRET.into(), SECRET.into()];
    let added = E::Task(TaskEvent::Added { text: "Roll back".into(), owner: handle("ravi"), minutes: 15, from: None });
    for said in [
        E::Task(TaskEvent::Added { text: SECRET.into(), owner: handle("ravi"), minutes: 15, from: None }),
        E::Task(TaskEvent::Reported { task: id(2), can }),
        E::Task(TaskEvent::Done { task: id(2), note: secret() }),
        E::Ask(AskEvent::Told { ask: id(2), place: secret() }),
        E::Thought(ThoughtEvent::Decided { text: SECRET.into(), options, risk: secret() }),
        E::Thought(ThoughtEvent::Supposed { text: SECRET.into() }),
        E::Thought(ThoughtEvent::Asked { text: SECRET.into(), of: None }),
        E::Board(BoardEvent::LineSet { line: BoardLine::Need, text: secret() }),
        E::Board(BoardEvent::BridgeSet { url: Some("https://meet.example.org/4111 1111 1111 1111".into()) }),
        E::Comms(CommsEvent::Written { text: SECRET.into() }),
        E::Comms(CommsEvent::Posted { piece: Piece::Update, update: None, place: SECRET.into() }),
        E::Handoff(HandoffEvent::Offered { to: handle("mei"), next: secret() }),
        E::Clock(ClockEvent::LookSet { at: minute(50), text: secret(), offer_resolve: false }),
    ] {
        as_if_never_said(given(&[declared(), added.clone(), said]), 3);
    }
    let answer = E::Ask(AskEvent::Answered { ask: id(2), answer: Answer::Yes, words: secret() });
    as_if_never_said(given(&[declared(), added]).by(by("ravi")).and(answer), 3);
}

#[test]
fn a_corrections_words_and_not_its_time() {
    let correction = E::Corrected { target: id(1), occurred_at: Some(minute(-5)), text: Some(format!("Card {SECRET} declined")) };
    let state = as_if_never_said(given(&[declared(), correction]), 2);
    assert_eq!((state.title.value.as_str(), state.declared_at), ("[redacted]", minute(-5)));
}

#[test]
fn words_that_came_back_are_masked_as_well() {
    let told = given(&[E::Declared(Declared { title: SECRET.into(), ..declaration(Some("dana")) })]);
    let with_words = told.records[0].clone();
    let mut redacted = told.redacted(1, "[redacted]");
    redacted.records[0] = with_words;
    assert_eq!(redacted.state().title.value, "[redacted]", "another machine sent the event before it knew of the redaction");
}

#[test]
fn of_two_redactions_the_later_holds_in_any_order() {
    let told = given(&[declared()]).redacted(1, "one");
    let masked = Box::new(declared().with_words("two"));
    let mut told = told.and(E::Redacted { target: id(1), reason: "again".into(), masked });
    assert_eq!(told.state().title.value, "two");
    told.records.reverse();
    assert_eq!(told.state().title.value, "two", "order of arrival does not matter");
}

#[test]
fn words_gone_without_a_redaction_are_skipped() {
    let mut told = given(&[declared(), E::Retitled { title: "Shop down".into() }, note("x")]);
    told.records[1].event = None;
    assert_eq!(told.state().title.value, "Checkout returns 502", "the redaction has not arrived yet");
}
