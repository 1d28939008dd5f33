//! Clocks on the wall: each stage rings once, however often somebody looks, however long nobody did.

use super::{ClockEvent as K, IncidentCommand as C, IncidentEvent as E, *};
use crate::home::{Home, MINUTES_LIMIT};
use crate::{Severity, Timestamp};

/// Dana commands a SEV2, so that it is acknowledged: 30 min from update to update, eight hours to resolve.
fn known() -> Given {
    given(&[declared(), E::CommandConfirmed {}])
}

fn promised(due: i64) -> E {
    E::Comms(CommsEvent::Promised { due: minute(due), every_minutes: Some(20) })
}

fn task(minutes: u32) -> E {
    E::Task(TaskEvent::Added { text: "Roll back".into(), owner: handle("ravi"), minutes, from: None })
}

fn status(status: Status) -> E {
    E::StatusSet { status }
}

fn ringing(told: &Given, now: i64) -> Vec<(ClockId, Stage)> {
    told.state().ringing(&Home::default(), minute(now)).into_iter().map(|rung| (rung.clock, rung.stage)).collect()
}

/// Tells everything that rings at that minute, as the wheel does.
fn ring(told: Given, now: i64) -> Given {
    let clocks = told.state().ringing(&Home::default(), minute(now));
    assert!(!clocks.is_empty(), "nothing rings at {now}");
    told.by(machine()).when(C::Clock(K::Rang { clocks: clocks.clone() }), minute(now)).then(&[E::Clock(K::Rang { clocks })]).by(by("dana"))
}

fn wake(told: &Given, now: i64) -> Option<Timestamp> {
    told.state().next_wake(&Home::default(), minute(now))
}

fn clock(told: &Given, id: ClockId, now: i64) -> Option<Clock> {
    told.state().clocks(&Home::default(), minute(now)).into_iter().find(|clock| clock.id == id)
}

#[test]
fn a_promise_rings_at_four_fifths_and_when_it_is_due_once_each() {
    let told = known().and_at(minute(0), promised(20));
    assert_eq!((ringing(&told, 15), wake(&told, 2)), (vec![], Some(minute(16))));
    let told = ring(told, 16);
    assert_eq!((ringing(&told, 16), ringing(&told, 19)), (vec![], vec![]), "told once");
    assert_eq!(wake(&told, 16), Some(minute(20)));
    let told = ring(told, 20);
    assert_eq!(ringing(&told, 120), [], "and once more when it was due");
    assert_eq!(wake(&told, 20), Some(minute(240)), "next is half of the time to resolve");
}

#[test]
fn targets_warn_at_half_three_quarters_and_nine_tenths() {
    let mut told = known();
    for (at, stage) in [(240, Stage::Half), (360, Stage::ThreeQuarters), (432, Stage::Nearly), (480, Stage::Due)] {
        assert_eq!(wake(&told, at - 1), Some(minute(at)));
        assert_eq!(ringing(&told, at - 1), []);
        assert_eq!(ringing(&told, at), [(ClockId::Resolve, stage)]);
        told = ring(told, at);
    }
    assert_eq!((wake(&told, 9_999), ringing(&told, 9_999)), (None, vec![]));
}

#[test]
fn nobody_acknowledged_rings_until_somebody_does() {
    let told = given(&[declared()]);
    assert_eq!(wake(&told, 1), Some(Timestamp(minute(7).0 + 30_000)), "half of a quarter of an hour");
    assert_eq!(ringing(&told, 15), [(ClockId::Acknowledge, Stage::Due)]);
    assert_eq!(clock(&told.and(E::Acknowledged {}), ClockId::Acknowledge, 15), None);
}

#[test]
fn nine_hours_asleep_are_one_answer() {
    let told = known().and_at(minute(2), promised(20)).and_at(minute(3), task(15)).and_at(minute(4), promised(25));
    let at_wake = ringing(&told, 540);
    assert_eq!(at_wake, [(ClockId::Task(id(4)), Stage::Due), (ClockId::Promise, Stage::Due), (ClockId::Resolve, Stage::Due)]);
    let told = ring(told, 540);
    assert_eq!((ringing(&told, 541), wake(&told, 541)), (vec![], None), "one notice, not nine");
    let rang = told.records.iter().filter(|one| matches!(&one.event, Some(crate::Event::Incident(E::Clock(K::Rang { .. })))));
    assert_eq!(rang.count(), 1);
}

#[test]
fn a_clock_set_anew_rings_anew() {
    let told = ring(known().and_at(minute(0), promised(20)), 20).and_at(minute(21), promised(41));
    assert_eq!(ringing(&told, 36), []);
    assert_eq!(ringing(&told, 37), [(ClockId::Promise, Stage::Nearly)]);
    let told = ring(known().and_at(minute(0), task(15)), 15).and_at(minute(16), E::Task(TaskEvent::Extended { task: id(3), minutes: 10 }));
    assert_eq!((ringing(&told, 25), ringing(&told, 26)), (vec![], vec![(ClockId::Task(id(3)), Stage::Due)]));
    let over = told.and_at(minute(26), E::Task(TaskEvent::Done { task: id(3), note: None }));
    assert_eq!(ringing(&over, 60), [], "what is done needs no report");
}

#[test]
fn a_clock_set_back_to_what_it_was_does_not_ring_again() {
    let to = |severity| E::SeveritySet { severity, reason: None };
    let told = ring(known(), 240);
    let worse = told.and_at(minute(241), to(Severity::Sev1));
    assert_eq!(ringing(&worse, 241), [(ClockId::Resolve, Stage::Due)], "four hours were given to a SEV1");
    let back = ring(worse, 241).and_at(minute(242), to(Severity::Sev2));
    assert_eq!(ringing(&back, 243), [], "half of eight hours was told already");
    assert_eq!(ringing(&back, 360), [(ClockId::Resolve, Stage::ThreeQuarters)]);
}

#[test]
fn rests_move_what_is_still_to_come() {
    let told = known().and_at(minute(100), status(Status::Monitoring));
    let resting = clock(&told, ClockId::Resolve, 150).expect("it rests");
    assert_eq!((resting.rests, resting.due, resting.base), (true, minute(530), minute(480)));
    assert_eq!((ringing(&told, 2_000), wake(&told, 2_000)), (vec![], None), "what rests rings nobody");
    let told = told.and_at(minute(200), status(Status::Identified));
    let runs = clock(&told, ClockId::Resolve, 210).expect("it runs");
    assert_eq!((runs.rests, runs.due), (false, minute(580)));
    assert_eq!((ringing(&told, 339), ringing(&told, 340)), (vec![], vec![(ClockId::Resolve, Stage::Half)]));
    let corrected = told.and(E::Corrected { target: id(3), occurred_at: Some(minute(190)), text: None });
    assert_eq!(clock(&corrected, ClockId::Resolve, 210).map(|clock| clock.due), Some(minute(490)), "it rested ten minutes only");
}

#[test]
fn a_step_entered_late_holds_from_its_hour_on() {
    let told = known().and_at(minute(30), status(Status::Monitoring)).and_at(minute(20), status(Status::Identified));
    let runs = clock(&told, ClockId::Resolve, 900).expect("it runs");
    assert_eq!((runs.rests, runs.due), (false, minute(480)), "it never rested: that was taken back");
    let told = known().and_at(minute(40), status(Status::Identified)).and_at(minute(20), status(Status::Monitoring));
    let rests = clock(&told, ClockId::Resolve, 100).expect("it rests");
    assert_eq!((rests.rests, rests.due), (true, minute(560)), "since the twentieth minute");
}

#[test]
fn what_was_over_and_is_open_again_was_at_rest() {
    let told = ring(known(), 240).and_at(minute(300), status(Status::Resolved));
    assert_eq!(clock(&told, ClockId::Resolve, 400), None, "over, it has no clocks");
    assert_eq!((ringing(&told, 9_000), wake(&told, 9_000)), (vec![], None));
    let told = told.and_at(minute(10_000), status(Status::Investigating));
    assert_eq!(clock(&told, ClockId::Resolve, 10_001).map(|clock| clock.due), Some(minute(480 + 9_700)));
    assert_eq!(ringing(&told, 10_001), [], "half was told a week ago");
    assert_eq!(ringing(&told, 10_060), [(ClockId::Resolve, Stage::ThreeQuarters)]);
}

#[test]
fn time_set_back_rings_nothing_twice() {
    let told = ring(known().and_at(minute(0), promised(20)), 16);
    for now in [10, 15, 16, 17, -600] {
        assert_eq!(ringing(&told, now), [], "at {now}");
    }
    assert_eq!(ringing(&told, 20), [(ClockId::Promise, Stage::Due)]);
}

#[test]
fn two_machines_rang_it_and_the_further_holds() {
    let rang = |stage| K::Rang { clocks: vec![Rung { clock: ClockId::Promise, stage, base: minute(20) }] };
    let told = known().and_at(minute(0), promised(20)).by(machine());
    let told = told.and_at(minute(20), E::Clock(rang(Stage::Due))).and_unseen(&[], E::Clock(rang(Stage::Nearly)));
    assert_eq!(ringing(&told, 21), [], "the slower machine told of less");
    let moved = told.by(by("dana")).and_at(minute(22), promised(42)).by(machine());
    let moved = ring(moved, 42).by(machine()).and_unseen(&[], E::Clock(rang(Stage::Due)));
    assert_eq!(ringing(&moved, 43), [], "one that rang by the old hour does not undo the ring by the new one");
}

#[test]
fn a_look_is_taken_when_it_is_due() {
    let look = |at: Timestamp| K::LookSet { at, text: Some(" Error rate ".into()), offer_resolve: true };
    let set = E::Clock(K::LookSet { at: minute(50), text: Some("Error rate".into()), offer_resolve: true });
    let told = known().when(C::Clock(look(minute(50))), minute(3)).then(&[set]);
    assert_eq!((ringing(&told, 49), ringing(&told, 50)), (vec![], vec![(ClockId::Look(id(3)), Stage::Due)]));
    let done = C::Clock(K::LookDone { look: id(3) });
    let seen = told.when(done.clone(), minute(51)).then(&[E::Clock(K::LookDone { look: id(3) })]);
    assert_eq!((ringing(&seen, 60), seen.state().looks.len()), (vec![], 0));
    seen.when(done, minute(52)).then_refused(Rejection::NoSuchLook);
    known().when(C::Clock(look(minute(1))), minute(9)).then_refused(Rejection::InThePast);
    known().when(C::Clock(look(minute(4 + i64::from(MINUTES_LIMIT)))), minute(3)).then_refused(Rejection::TimeBoxOutOfRange);
    known().by(machine()).when(C::Clock(look(minute(50))), minute(3)).then_refused(Rejection::NeedsPerson);
    let fixed =
        known().and(E::Clock(look(minute(50)))).and(E::Corrected { target: id(3), occurred_at: None, text: Some("Latency".into()) });
    assert_eq!(fixed.state().looks[0].text.as_deref(), Some("Latency"));
}

#[test]
fn a_ring_is_about_something() {
    known().by(machine()).when(C::Clock(K::Rang { clocks: vec![] }), minute(9)).then_refused(Rejection::NothingToChange);
    let rule = crate::NoticeRule::default_for(Severity::Sev1);
    let rang = |clock, stage| E::Clock(K::Rang { clocks: vec![Rung { clock, stage, base: minute(20) }] });
    let silent = crate::NoticeRule { loudness: crate::Loudness::None, ..rule };
    let state = known().state();
    for (clock, stage, calls) in [
        (ClockId::Promise, Stage::Nearly, true),
        (ClockId::Task(id(3)), Stage::Due, true),
        (ClockId::Look(id(3)), Stage::Due, true),
        (ClockId::Acknowledge, Stage::Nearly, false),
        (ClockId::Acknowledge, Stage::Due, true),
        (ClockId::Resolve, Stage::ThreeQuarters, false),
        (ClockId::Resolve, Stage::Nearly, true),
    ] {
        let expected = calls.then_some(Reaction::Ring);
        assert_eq!(react(&state, &rang(clock, stage), id(9), rule, minute(1)), expected, "{clock:?} {stage:?}");
        assert_eq!(react(&state, &rang(clock, stage), id(9), silent, minute(1)), None);
    }
}

#[test]
fn clocks_stand_in_order_of_what_is_due_first() {
    let told = known().and_at(minute(1), task(60)).and_at(minute(2), promised(30));
    let order: Vec<ClockId> = told.state().clocks(&Home::default(), minute(3)).into_iter().map(|clock| clock.id).collect();
    assert_eq!(order, [ClockId::Promise, ClockId::Task(id(3)), ClockId::Resolve]);
    assert!(told.state().clocks(&Home::default(), minute(3)).iter().all(|clock| clock.stage(minute(3)).is_none()));
}

#[test]
fn hours_at_the_end_of_time_are_only_numbers() {
    let told = known().and_at(Timestamp(i64::MIN), E::Comms(CommsEvent::Promised { due: Timestamp(i64::MAX), every_minutes: None }));
    for now in [Timestamp(i64::MIN), minute(0), Timestamp(i64::MAX)] {
        let _ = (told.state().ringing(&Home::default(), now), told.state().next_wake(&Home::default(), now));
    }
}

#[test]
fn the_long_rhythm_comes_after_two_hours() {
    let rhythm = |now| known().state().rhythm(&Home::default(), minute(now));
    assert_eq!((rhythm(119), rhythm(120)), ((30, false), (60, true)));
}

#[test]
fn major_incidents_keep_a_machine_awake() {
    assert_eq!(Severity::ALL.map(keeps_awake), [true, true, false, false, false]);
}

#[test]
fn what_is_resolved_is_judged_with_its_rests() {
    let told = given(&[declared()]);
    let resting = told.and_at(minute(10), E::StatusSet { status: Status::Monitoring });
    let back = resting.and_at(minute(40), E::StatusSet { status: Status::Identified });
    let over = back.and_at(minute(60), E::StatusSet { status: Status::Resolved }).state();
    let home = Home::default();
    let target = i64::from(home.targets(over.severity.value).resolve_minutes.expect("SEV2 has one"));
    assert_eq!(over.resolve_due(&home, minute(60)), Some(minute(target + 30)), "half an hour in a state that rests");
}
