//! Quiet words about the command itself: at the threshold, not before it, and never in the way of anything.

use super::{IncidentEvent as E, *};
use crate::home::{Card, Home, Person, Shift};
use crate::{Role, Severity};

fn kinds(told: &Given, now: i64) -> Vec<HintKind> {
    told.state().hints(&Home::default(), minute(now)).into_iter().map(|hint| hint.kind).collect()
}

fn hinted(told: &Given, kind: HintKind, now: i64) -> Option<String> {
    told.state().hints(&Home::default(), minute(now)).into_iter().find(|hint| hint.kind == kind).map(|hint| hint.text)
}

fn role(role: Role, person: &str) -> E {
    E::RoleAssigned { role, person: handle(person) }
}

fn task(owner: &str) -> E {
    E::Task(TaskEvent::Added { text: "Roll back".into(), owner: handle(owner), minutes: 15, from: None })
}

fn promised(due: i64, every: u32) -> E {
    E::Comms(CommsEvent::Promised { due: minute(due), every_minutes: Some(every) })
}

/// A SEV2 with all that its commander should see to.
fn well_led() -> Given {
    let all = [declared(), E::CommandConfirmed {}, role(Role::Scribe, "jo"), role(Role::Communications, "mei"), promised(30, 30)];
    given(&all)
}

#[test]
fn a_well_led_incident_needs_no_hint() {
    assert_eq!(kinds(&well_led(), 5), []);
    let bare = given(&[declared()]);
    assert_eq!(kinds(&bare, 1), [HintKind::NoScribe, HintKind::NoCommunications, HintKind::NoPromise]);
    let minor = E::Declared(Declared { severity: Severity::Sev3, ..declaration(Some("dana")) });
    assert_eq!(kinds(&given(&[minor]), 1), [], "a small one needs no staff");
    assert_eq!(kinds(&bare.and(E::StatusSet { status: Status::Resolved }), 999), [], "nor does one that is over");
}

#[test]
fn seven_report_to_one_and_eight_are_too_many() {
    let people = |count: usize| (0..count).map(|n| handle(&format!("p{n}"))).collect::<Vec<_>>();
    let with = |count: usize| well_led().and(E::RollCalled { here: people(count), left: vec![] });
    assert_eq!(hinted(&with(5), HintKind::Span, 5), None, "five, a scribe and communications are seven");
    let text = hinted(&with(6), HintKind::Span, 5).expect("eight");
    assert_eq!(text, "8 people report to the commander; more than 7 is hard. Name leads for groups.");
    let watched = with(6).and(role(Role::Observer, "p0"));
    assert_eq!(hinted(&watched, HintKind::Span, 6), None, "who only listens does not count");
    let herself = with(5).and(E::RollCalled { here: vec![handle("dana")], left: vec![] });
    assert_eq!(hinted(&herself, HintKind::Span, 6), None, "nor does the commander");
}

#[test]
fn a_commander_who_does_the_work_is_told() {
    for doing in [task("dana"), role(Role::Operations, "dana"), role(Role::Expert, "dana")] {
        assert!(kinds(&well_led().and(doing), 6).contains(&HintKind::CommanderDoes));
    }
    assert_eq!(kinds(&well_led().and(task("ravi")), 6), [], "another's task is no harm");
    let done = well_led().and(task("dana")).and(E::Task(TaskEvent::Done { task: id(6), note: None }));
    assert_eq!(kinds(&done, 7), []);
}

#[test]
fn silence_and_long_command_have_their_thresholds() {
    let told = well_led();
    assert_eq!((hinted(&told, HintKind::Silence, 23), hinted(&told, HintKind::LongCommand, 239)), (None, None));
    assert_eq!(hinted(&told, HintKind::Silence, 24).as_deref(), Some("Nothing recorded for 20 min. Ask for a status on the call."));
    assert_eq!(hinted(&told, HintKind::LongCommand, 240).as_deref(), Some("@dana has commanded for 4 h. Think of handing over."));
    let by_machine = told.by(machine()).and(note("Queue at 400"));
    assert!(hinted(&by_machine, HintKind::Silence, 24).is_some(), "a machine's word breaks no silence");
}

#[test]
fn the_long_rhythm_is_only_hinted_at() {
    let told = well_led();
    assert_eq!(hinted(&told, HintKind::LongRhythm, 119), None);
    let text = hinted(&told, HintKind::LongRhythm, 120).expect("two hours");
    assert_eq!(text, "It is long now: one update every 60 min would do, if you say so.");
    assert_eq!(told.state().comms.running().map(|promise| promise.due), Some(minute(30)), "nothing is promised by itself");
    let said = told.and_at(minute(121), promised(181, 60));
    assert_eq!(hinted(&said, HintKind::LongRhythm, 122), None, "a person said yes");
}

#[test]
fn who_said_no_needs_another() {
    let no = E::Ask(AskEvent::Answered { ask: id(6), answer: Answer::No, words: None });
    let told = well_led().and(task("ravi")).by(voice("ravi", "dana")).and(no);
    assert_eq!(hinted(&told, HintKind::SaidNo, 8).as_deref(), Some("@ravi said no. Ask another."));
    let passed = told.and(E::Task(TaskEvent::Reassigned { task: id(6), owner: handle("mei") }));
    assert_eq!(hinted(&passed, HintKind::SaidNo, 9), None, "mei has said nothing yet");
}

#[test]
fn a_decision_without_a_poll_is_noticed_while_it_can_help() {
    let decided = E::Thought(ThoughtEvent::Decided { text: "Fail over".into(), options: vec![], risk: None });
    let told = well_led().and(decided);
    assert_eq!(hinted(&told, HintKind::NotPolled, 6).as_deref(), Some("Nobody was asked for strong objections to: Fail over"));
    let polled = told.clone().and(E::Thought(ThoughtEvent::Polled { decision: id(6), objection: None }));
    let resulted = told.and(E::Thought(ThoughtEvent::Resulted { decision: id(6), result: "Back".into() }));
    assert_eq!((kinds(&polled, 7), kinds(&resulted, 7)), (vec![], vec![]));
}

#[test]
fn who_is_off_shift_is_named() {
    let mut home = Home::default();
    // 14:00 UTC on a Monday: an evening in Tokyo.
    for (name, zone, hours) in [("jo", "Asia/Tokyo", "mon-fri 09:00-17:00"), ("mei", "Europe/Berlin", "mon-fri 09:00-17:00")] {
        let card = Card { zone: Some(zone.into()), shift: Shift::parse(hours), ..Card::default() };
        home.people.insert(handle(name), Person { card, ..Person::new(None, START) });
    }
    let off = |told: &Given, now| {
        let hints = told.state().hints(&home, minute(now));
        hints.into_iter().filter(|hint| hint.kind == HintKind::OffShift).map(|hint| hint.text).collect::<Vec<_>>()
    };
    assert_eq!(off(&well_led(), 5), ["@jo is off shift."], "of dana nothing is known");
    assert_eq!(off(&well_led(), 119), ["@jo is off shift."]);
    assert_eq!(off(&well_led(), 120), ["@jo is off shift.", "@mei is off shift."], "mei goes at five, her time");
    let watching = given(&[declared(), role(Role::Observer, "jo")]);
    assert_eq!(off(&watching, 5), Vec::<String>::new(), "who only listens may stay up");
}

#[test]
fn no_hint_blocks_anything() {
    let told = given(&[declared(), task("dana"), role(Role::Operations, "dana")]);
    assert!(!kinds(&told, 600).is_empty());
    told.when(IncidentCommand::SetStatus(Status::Resolved), minute(600)).then(&[E::StatusSet { status: Status::Resolved }]);
}
