//! One named owner and a time box; "someone" owns nothing; a report says conditions, actions, needs.

use super::{IncidentCommand as C, IncidentEvent as E, *};
use crate::home::MINUTES_LIMIT;
use crate::{Role, Timestamp};

fn add(owner: &str, minutes: Option<u32>) -> C {
    C::Task(TaskCommand::Add { text: " Roll back ".into(), owner: handle(owner), minutes, from: None })
}

fn added(owner: &str, minutes: u32) -> E {
    E::Task(TaskEvent::Added { text: "Roll back".into(), owner: handle(owner), minutes, from: None })
}

fn given_task() -> Given {
    given(&[declared(), added("ravi", 15)])
}

fn task(told: &Given) -> Task {
    told.state().tasks[0].clone()
}

fn event(event: TaskEvent) -> E {
    E::Task(event)
}

fn due(told: &Given) -> Timestamp {
    task(told).due()
}

#[test]
fn a_task_has_words_an_owner_and_a_time_box() {
    let told = given(&[declared()]).when(add("ravi", None), minute(3)).then(&[added("ravi", TIME_BOX)]);
    let given_to = task(&told);
    assert_eq!((given_to.id, given_to.owner.as_str(), given_to.added_at, given_to.is_open()), (id(2), "ravi", minute(3), true));
    assert_eq!(given_to.due(), minute(18), "a quarter of an hour where none was named");
    let empty = C::Task(TaskCommand::Add { text: " ".into(), owner: handle("ravi"), minutes: None, from: None });
    given(&[declared()]).when(empty, minute(1)).then_refused(Rejection::TextMissing);
    for minutes in [0, MINUTES_LIMIT + 1] {
        given(&[declared()]).when(add("ravi", Some(minutes)), minute(1)).then_refused(Rejection::TimeBoxOutOfRange);
    }
    for minutes in [1, MINUTES_LIMIT] {
        given(&[declared()]).when(add("ravi", Some(minutes)), minute(1)).then(&[added("ravi", minutes)]);
    }
}

#[test]
fn someone_owns_nothing() {
    for nobody in ["someone", "somebody", "anyone", "everybody", "nobody", "team", "us", "tbd", "whoever"] {
        let refusal = || Rejection::NobodyOwns(handle(nobody));
        given(&[declared()]).when(add(nobody, None), minute(1)).then_refused(refusal());
        let passed = C::Task(TaskCommand::Reassign { task: id(2), owner: handle(nobody) });
        given_task().when(passed, minute(3)).then_refused(refusal());
        for role in [Role::Commander, Role::Scribe, Role::Expert] {
            let role = C::AssignRole { role, person: handle(nobody) };
            given(&[declared()]).when(role, minute(1)).then_refused(refusal());
        }
        let offer = C::Handoff(HandoffCommand::Offer { to: handle(nobody), next: None });
        given(&[declared()]).when(offer, minute(1)).then_refused(refusal());
        assert_eq!(declare(declaration(Some(nobody)), &by("dana"), START, START), Err(refusal()), "{nobody} commands nothing");
    }
    let own = given(&[declared()]).by(by("team")).when(C::TakeCommand, minute(1));
    own.then(&[E::CommandSet { person: handle("team"), confirmed: true }]);
}

#[test]
fn a_fresh_time_box_runs_from_that_moment() {
    let extend = |minutes| C::Task(TaskCommand::Extend { task: id(2), minutes });
    let told = given_task().when(extend(10), minute(14)).then(&[event(TaskEvent::Extended { task: id(2), minutes: 10 })]);
    assert_eq!(due(&told), minute(24));
    given_task().when(extend(0), minute(3)).then_refused(Rejection::TimeBoxOutOfRange);
}

#[test]
fn a_report_says_conditions_actions_needs() {
    let report = |conditions: &str, needs: &str| {
        let can = Can { conditions: conditions.into(), actions: Some("watching".into()), needs: Some(needs.into()) };
        C::Task(TaskCommand::Report { task: id(2), can })
    };
    let can = Can { conditions: "Half is back".into(), actions: Some("watching".into()), needs: None };
    let told = given_task()
        .by(voice("ravi", "dana"))
        .when(report(" Half is back ", " "), minute(16))
        .then(&[event(TaskEvent::Reported { task: id(2), can })]);
    let (can, heard) = task(&told).report.expect("reported");
    assert_eq!((can.needs, heard.who.name(), heard.is_signed()), (None, "ravi", false));
    assert!(task(&told).is_open(), "a report ends nothing");
    given_task().when(report(" ", "x"), minute(3)).then_refused(Rejection::TextMissing);
}

#[test]
fn done_and_dropped_are_over_until_reopened() {
    let done = C::Task(TaskCommand::Done { task: id(2), note: Some("v41 is back".into()) });
    let over = given_task().when(done.clone(), minute(9)).then(&[event(TaskEvent::Done { task: id(2), note: Some("v41 is back".into()) })]);
    assert_eq!((task(&over).state, task(&over).note.as_deref()), (TaskState::Done, Some("v41 is back")));
    assert_eq!(task(&over).ended.map(|heard| heard.at), Some(minute(9)));
    over.clone().when(done.clone(), minute(10)).then_refused(Rejection::TaskOver);
    for command in [
        TaskCommand::Extend { task: id(2), minutes: 5 },
        TaskCommand::Reassign { task: id(2), owner: handle("mei") },
        TaskCommand::Drop { task: id(2), reason: None },
        TaskCommand::Report { task: id(2), can: Can { conditions: "x".into(), ..Can::default() } },
    ] {
        over.clone().when(C::Task(command), minute(10)).then_refused(Rejection::TaskOver);
    }
    let reopen = C::Task(TaskCommand::Reopen { task: id(2) });
    given_task().when(reopen.clone(), minute(3)).then_refused(Rejection::NothingToChange);
    let again = over.when(reopen.clone(), minute(60)).then(&[event(TaskEvent::Reopened { task: id(2) })]);
    let state = task(&again);
    assert!(state.is_open() && state.ended.is_none() && state.note.is_none());
    assert_eq!(state.due(), minute(75), "a fresh time box, not one that ended an hour ago");
    let dropped = again.when(C::Task(TaskCommand::Drop { task: id(2), reason: Some(" ".into()) }), minute(61));
    let dropped = dropped.then(&[event(TaskEvent::Dropped { task: id(2), reason: None })]);
    assert_eq!(task(&dropped).state, TaskState::Dropped);
}

#[test]
fn what_is_no_task_is_said() {
    let commands = [
        TaskCommand::Extend { task: id(9), minutes: 5 },
        TaskCommand::Reassign { task: id(9), owner: handle("mei") },
        TaskCommand::Report { task: id(9), can: Can { conditions: "x".into(), ..Can::default() } },
        TaskCommand::Done { task: id(9), note: None },
        TaskCommand::Drop { task: id(9), reason: None },
        TaskCommand::Reopen { task: id(9) },
    ];
    for command in commands {
        given_task().when(C::Task(command), minute(3)).then_refused(Rejection::NoSuchTask);
    }
    given_task()
        .when(C::Task(TaskCommand::Reassign { task: id(2), owner: handle("ravi") }), minute(3))
        .then_refused(Rejection::NothingToChange);
    let before = given_task().state().tasks;
    for unknown in [
        TaskEvent::Extended { task: id(9), minutes: 1 },
        TaskEvent::Reassigned { task: id(9), owner: handle("mei") },
        TaskEvent::Done { task: id(9), note: None },
        TaskEvent::Reopened { task: id(9) },
    ] {
        assert_eq!(given_task().and(event(unknown)).state().tasks, before, "an event of another history changes none of these");
    }
}

#[test]
fn a_corrected_hour_moves_the_box_that_hangs_on_it() {
    let retime = |target: u128, at: i64| E::Corrected { target: id(target), occurred_at: Some(minute(at)), text: None };
    let told = given_task().and(retime(2, -10));
    assert_eq!((task(&told).added_at, due(&told)), (minute(-10), minute(5)));
    let extended = given_task().and(event(TaskEvent::Extended { task: id(2), minutes: 10 }));
    let told = extended.clone().and(retime(2, -10));
    assert_eq!((task(&told).added_at, due(&told)), (minute(-10), minute(12)), "the fresh box runs from its own event");
    assert_eq!(due(&extended.and(retime(3, 30))), minute(40));
    let done = given_task().and(event(TaskEvent::Done { task: id(2), note: Some("dnoe".into()) }));
    let told = done.and(retime(3, 1)).and(E::Corrected { target: id(3), occurred_at: None, text: Some("done".into()) });
    assert_eq!((task(&told).ended.map(|heard| heard.at), task(&told).note.as_deref()), (Some(minute(1)), Some("done")));
}
