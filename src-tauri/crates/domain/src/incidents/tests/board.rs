//! The board: what was written by hand and what the record says, the newer of the two.

use super::{BoardEvent as B, IncidentCommand as C, IncidentEvent as E, *};
use crate::Role;

fn line(line: BoardLine, text: Option<&str>) -> B {
    B::LineSet { line, text: text.map(Into::into) }
}

fn set(what: B) -> C {
    C::Board(what)
}

fn believe(text: &str) -> E {
    E::Board(line(BoardLine::Believe, Some(text)))
}

fn supposed(text: &str) -> E {
    E::Thought(ThoughtEvent::Supposed { text: text.into() })
}

fn report(task: u128, needs: Option<&str>) -> E {
    let can = Can { conditions: "half".into(), actions: None, needs: needs.map(Into::into) };
    E::Task(TaskEvent::Reported { task: id(task), can })
}

fn added(owner: &str) -> E {
    E::Task(TaskEvent::Added { text: "Roll back".into(), owner: handle(owner), minutes: 15, from: None })
}

fn text(shown: Option<Shown>) -> Option<String> {
    shown.map(|shown| shown.text)
}

#[test]
fn nothing_is_believed_before_somebody_says_so() {
    let state = given(&[declared()]).state();
    assert_eq!((state.believe(), state.doing(), state.need(), state.objective()), (None, None, None, None));
}

#[test]
fn we_believe_what_was_said_last() {
    let guessed = given(&[declared(), supposed("A bad deploy")]);
    assert_eq!(guessed.state().believe(), Some(Shown { text: "A bad deploy".into(), at: minute(1), by: id(2) }));
    let written = guessed.and(believe("The database is full"));
    assert_eq!(text(written.state().believe()).as_deref(), Some("The database is full"), "a hand wrote later");
    let newer = written.clone().and(E::Thought(ThoughtEvent::Supported { hypothesis: id(2), evidence: "14:02".into() }));
    assert_eq!(text(newer.state().believe()).as_deref(), Some("A bad deploy"), "the record has newer words");
    let out = newer.and(E::Thought(ThoughtEvent::RuledOut { hypothesis: id(2), evidence: "no".into() }));
    assert_eq!(text(out.state().believe()).as_deref(), Some("The database is full"), "what was ruled out is not believed");
    let taken = out.when(set(line(BoardLine::Believe, Some(" "))), minute(9)).then(&[E::Board(line(BoardLine::Believe, None))]);
    assert_eq!(taken.state().believe(), None);
}

#[test]
fn a_corrected_hour_decides_which_is_newer() {
    let told = given(&[declared(), supposed("A bad deploy"), believe("The database is full")]);
    let earlier = told.and(E::Corrected { target: id(3), occurred_at: Some(minute(-9)), text: None });
    assert_eq!(text(earlier.state().believe()).as_deref(), Some("A bad deploy"));
    let worded = earlier.and(E::Corrected { target: id(3), occurred_at: Some(minute(4)), text: Some("The disk is full".into()) });
    assert_eq!(text(worded.state().believe()).as_deref(), Some("The disk is full"));
}

#[test]
fn we_need_what_an_owner_last_reported_to_need() {
    let told = given(&[declared(), added("ravi"), added("mei"), report(2, Some("a database hand")), report(3, Some("a second reviewer"))]);
    assert_eq!(text(told.state().need()).as_deref(), Some("a second reviewer"));
    let met = told.clone().and(report(3, None));
    assert_eq!(text(met.state().need()).as_deref(), Some("a database hand"), "mei needs nothing any more");
    let done = met.and(E::Task(TaskEvent::Done { task: id(2), note: None }));
    assert_eq!(done.state().need(), None, "nor does a task that is over");
    let by_hand = told.and(E::Board(line(BoardLine::Need, Some("the vendor on the call"))));
    assert_eq!(text(by_hand.state().need()).as_deref(), Some("the vendor on the call"));
    assert_eq!(text(by_hand.and(report(2, Some("root on db-3"))).state().need()).as_deref(), Some("root on db-3"));
}

#[test]
fn open_tasks_stand_in_order_of_their_time_boxes() {
    let told = given(&[declared(), added("ravi"), added("mei"), E::Task(TaskEvent::Extended { task: id(2), minutes: 40 })]);
    assert_eq!(told.state().open_tasks().iter().map(|task| task.owner.as_str()).collect::<Vec<_>>(), ["mei", "ravi"]);
}

#[test]
fn a_line_is_written_once() {
    for which in [BoardLine::Believe, BoardLine::Doing, BoardLine::Need, BoardLine::Objective] {
        let told = given(&[declared()]).when(set(line(which, Some(" x "))), minute(1)).then(&[E::Board(line(which, Some("x")))]);
        told.when(set(line(which, Some("x"))), minute(2)).then_refused(Rejection::NothingToChange);
        given(&[declared()]).when(set(line(which, None)), minute(1)).then_refused(Rejection::NothingToChange);
    }
    given(&[declared()]).by(machine()).when(set(line(BoardLine::Need, Some("x"))), minute(1)).then_refused(Rejection::NeedsPerson);
}

#[test]
fn people_meet_at_an_address() {
    let meet = |url: Option<&str>| B::BridgeSet { url: url.map(Into::into) };
    for wrong in ["meet.example.org", "ftp://x", "https://", "https://a b", "javascript:alert(1)"] {
        given(&[declared()]).when(set(meet(Some(wrong))), minute(1)).then_refused(Rejection::NotAnAddress);
    }
    let url = "https://meet.example.org/7k3f";
    let told = given(&[declared()]).when(set(meet(Some(url))), minute(1)).then(&[E::Board(meet(Some(url)))]);
    assert_eq!(told.state().board.bridge.as_deref(), Some(url));
    told.clone().when(set(meet(Some(url))), minute(2)).then_refused(Rejection::NothingToChange);
    let fixed = told.clone().and(E::Corrected { target: id(2), occurred_at: None, text: Some("https://meet.example.org/7k3g".into()) });
    assert_eq!(fixed.state().board.bridge.as_deref(), Some("https://meet.example.org/7k3g"));
    assert_eq!(told.clone().redacted(2, "[redacted]").state().board.bridge, None, "nobody is sent to a mask");
    let back = told.when(set(meet(None)), minute(3)).then(&[E::Board(meet(None))]);
    assert_eq!(back.state().board.bridge, None, "as the home's rule says");
}

#[test]
fn a_checklist_has_so_many_items() {
    let tick = |role: Role, item: usize, done| B::Ticked { role, item: item as u8, done };
    for role in Role::ALL {
        let items = role.checklist().len();
        assert!(items > 0 && role.sentence().ends_with('.'), "{role:?} is for something");
        given(&[declared()]).when(set(tick(role, items, true)), minute(1)).then_refused(Rejection::NoSuchItem);
        let ticked = given(&[declared()]).when(set(tick(role, items - 1, true)), minute(1)).then(&[E::Board(tick(role, items - 1, true))]);
        ticked.clone().when(set(tick(role, items - 1, true)), minute(2)).then_refused(Rejection::NothingToChange);
        let open = ticked.when(set(tick(role, items - 1, false)), minute(2)).then(&[E::Board(tick(role, items - 1, false))]);
        assert!(open.state().board.ticked.is_empty());
    }
}
