//! What comes next for one person: the most pressing thing first, and always something while it is open.

use super::{IncidentEvent as E, *};
use crate::Role;
use crate::home::Home;

fn next(told: &Given, person: &str, now: i64) -> Option<Next> {
    told.state().next_for(&handle(person), &Home::default(), minute(now))
}

fn action(told: &Given, person: &str, now: i64) -> Option<&'static str> {
    next(told, person, now).and_then(|next| next.action)
}

fn text(told: &Given, person: &str, now: i64) -> String {
    next(told, person, now).map(|next| next.text).unwrap_or_default()
}

fn task(owner: &str) -> E {
    E::Task(TaskEvent::Added { text: "Roll back".into(), owner: handle(owner), minutes: 15, from: None })
}

fn yes(ask: u128) -> E {
    E::Ask(AskEvent::Answered { ask: id(ask), answer: Answer::Yes, words: None })
}

fn promised(due: i64) -> E {
    E::Comms(CommsEvent::Promised { due: minute(due), every_minutes: Some(20) })
}

#[test]
fn an_acting_commander_confirms_first() {
    let told = given(&[declared()]);
    assert_eq!(action(&told, "dana", 1), Some("confirm_command"));
    assert_eq!(next(&told, "ravi", 1), None, "who has no part in it has nothing to do");
    let over = told.and(E::StatusSet { status: Status::Resolved });
    assert_eq!(next(&over, "dana", 2), None);
}

#[test]
fn a_commander_tells_then_promises_then_goes_down_the_list() {
    let told = given(&[declared(), E::CommandConfirmed {}]);
    assert_eq!(text(&told, "dana", 2), "Promise the next update, in 30 min.");
    let asked = told.clone().and(task("ravi"));
    assert_eq!(text(&asked, "dana", 3), "@ravi does not know yet: tell them, then note what they said.");
    assert_eq!(next(&asked, "dana", 3).and_then(|next| next.about), Some(id(3)));
    let told_him = asked.and(E::Ask(AskEvent::Told { ask: id(3), place: None }));
    assert_eq!(action(&told_him, "dana", 4), Some("promise"));
    let promised = told_him.and(promised(30));
    assert_eq!((action(&promised, "dana", 5), text(&promised, "dana", 5)), (Some("tick"), Role::Commander.checklist()[0].into()));
    let first = E::Board(BoardEvent::Ticked { role: Role::Commander, item: 0, done: true });
    assert_eq!(text(&promised.and(first), "dana", 6), Role::Commander.checklist()[1]);
}

#[test]
fn what_is_due_comes_before_what_is_untold() {
    let told = given(&[declared(), E::CommandConfirmed {}, promised(22), task("ravi")]);
    assert_eq!(action(&told, "dana", 17), Some("tell"));
    assert_eq!(text(&told, "dana", 18), "Ask @ravi for a report on “Roll back”.", "his time box is up");
    let reported = told.and(E::Task(TaskEvent::Extended { task: id(4), minutes: 60 }));
    assert_eq!(action(&reported, "dana", 19), Some("update"), "a fifth of the time is left");
    let looked = given(&[declared(), E::CommandConfirmed {}, promised(100)]).and(E::Clock(ClockEvent::LookSet {
        at: minute(9),
        text: Some("Error rate".into()),
        offer_resolve: true,
    }));
    assert_eq!((text(&looked, "dana", 9), action(&looked, "dana", 9)), ("Error rate".into(), Some("resolve")));
    assert_eq!(action(&looked, "dana", 8), Some("tick"));
}

#[test]
fn who_is_asked_answers_first() {
    let told = given(&[declared(), E::CommandConfirmed {}, task("ravi")]);
    assert_eq!(text(&told, "ravi", 3), "You are asked for “Roll back”: say yes or no.");
    assert_eq!(next(&told, "ravi", 3).and_then(|next| next.about), Some(id(3)));
    let taken = told.clone().by(by("ravi")).and(yes(3));
    assert_eq!(next(&taken, "ravi", 4), None, "he does it");
    assert_eq!(text(&taken, "ravi", 17), "Time is up for “Roll back”: report conditions, actions, needs.");
    let passed = told.and(E::Task(TaskEvent::Reassigned { task: id(3), owner: handle("mei") }));
    assert_eq!(next(&passed, "mei", 4).and_then(|next| next.about), Some(id(4)), "asked anew, by its own name");
    let role = given(&[declared(), E::RoleAssigned { role: Role::Scribe, person: handle("jo") }]);
    assert_eq!(text(&role, "jo", 2), "You are asked for a role: say yes or no.");
    let scribe = role.by(by("jo")).and(yes(2));
    assert_eq!(text(&scribe, "jo", 3), Role::Scribe.checklist()[0]);
}

#[test]
fn a_commander_is_asked_for_other_things_as_well() {
    let named = given(&[declared()]).by(by("ravi")).and(E::CommandSet { person: handle("mei"), confirmed: false });
    assert_eq!(action(&named, "mei", 2), Some("confirm_command"), "to command she confirms");
    let asked = named.clone().and(task("mei"));
    assert_eq!(text(&asked, "mei", 3), "You are asked for “Roll back”: say yes or no.");
    let scribe = named.clone().and(E::RoleAssigned { role: Role::Scribe, person: handle("mei") });
    assert_eq!(text(&scribe, "mei", 3), "You are asked for a role: say yes or no.");
    let confirmed = named.by(by("jo")).and(E::CommandConfirmed {});
    assert_eq!(action(&confirmed, "mei", 3), Some("promise"), "nobody tells her to tell herself");
}

#[test]
fn who_is_offered_command_decides_on_that() {
    let told =
        given(&[declared(), E::CommandConfirmed {}, task("mei"), E::Handoff(HandoffEvent::Offered { to: handle("mei"), next: None })]);
    assert_eq!((action(&told, "mei", 4), next(&told, "mei", 4).and_then(|next| next.about)), (Some("handoff"), Some(id(4))));
    assert_eq!(action(&told, "dana", 4), Some("tell"), "and dana tells her");
}
