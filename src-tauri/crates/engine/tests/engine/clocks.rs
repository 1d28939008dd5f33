//! Clocks on the wheel: rung once a stage, however long nobody looked, and never after their reason has gone.

use domain::incidents::{ClockCommand, CommsCommand, IncidentCommand as C, Piece, TaskCommand};
use domain::notices::NoticeKey;
use domain::{Handle, Severity};
use engine::Act;
use testkit::{Asked, House, MINUTE};

/// A SEV2 whose commander has confirmed, so that nothing but its clocks can call.
async fn commanded(house: &House) -> domain::IncidentId {
    let id = house.declare(Severity::Sev2).await;
    house.ends_with(id, "incident.notice_shown").await;
    house.tell(id, C::ConfirmCommand).await.expect("confirmed");
    house.hands.asked(2).await;
    id
}

fn promise(house: &House, minutes: i64) -> C {
    C::Comms(CommsCommand::Promised { due: house.now().plus_millis(minutes * MINUTE), every_minutes: Some(30) })
}

fn rung(kinds: &[String]) -> usize {
    kinds.iter().filter(|kind| *kind == "incident.clocks_rang").count()
}

fn last(asked: &[Asked]) -> &str {
    match asked.last() {
        Some(Asked::Show(notice, _)) => &notice.summary,
        other => panic!("a notice is shown: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_rings_before_it_is_due_and_when_it_is() {
    let house = House::open();
    let id = commanded(&house).await;
    house.tell(id, promise(&house, 30)).await.expect("promised");
    house.fast_forward(23 * MINUTE).await;
    assert_eq!(rung(&house.kinds(id).await), 0, "a fifth of the time is left at 24 min");
    house.fast_forward(MINUTE).await;
    assert_eq!(last(&house.hands.asked(3).await), "SEV2 Update due in 6 min");
    house.fast_forward(6 * MINUTE).await;
    assert_eq!(last(&house.hands.asked(4).await), "SEV2 Promised update due now");
    house.ends_with(id, "incident.notice_shown").await;
    house.fast_forward(120 * MINUTE).await;
    house.fast_forward(MINUTE).await;
    assert_eq!(house.hands.so_far().len(), 4, "said once; from then on the window counts");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nine_hours_asleep_across_a_promise_are_one_notice() {
    let house = House::open();
    let id = commanded(&house).await;
    house.tell(id, promise(&house, 30)).await.expect("promised");
    let ravi = || Handle("ravi".into());
    let task = TaskCommand::Add { text: "Roll back".into(), owner: ravi(), minutes: Some(15), from: None };
    house.tell(id, C::Task(task)).await.expect("given");
    house.fast_forward(9 * 60 * MINUTE).await;
    let asked = house.hands.asked(3).await;
    let Some(Asked::Show(notice, _)) = asked.last() else { panic!("a notice: {asked:?}") };
    assert_eq!(notice.summary, "SEV2 Promised update 8 h 30 min overdue", "the most pressing first");
    assert!(notice.body.ends_with("2 more clocks rang."), "time box and time to resolve: {}", notice.body);
    house.ends_with(id, "incident.notice_shown").await;
    assert_eq!(rung(&house.kinds(id).await), 1, "all of it in one breath");
    assert_eq!(house.hands.so_far().len(), 3, "one notice, not one a stage");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clocks_survive_a_restart_and_a_clock_that_is_set_back() {
    let house = House::open();
    let id = commanded(&house).await;
    house.tell(id, promise(&house, 30)).await.expect("promised");
    house.fast_forward(24 * MINUTE).await;
    house.hands.asked(3).await;
    house.ends_with(id, "incident.notice_shown").await;
    let house = house.restart().await;
    house.fast_forward(-10 * MINUTE).await;
    house.fast_forward(10 * MINUTE + 1).await;
    assert_eq!(rung(&house.kinds(id).await), 1, "what rang is not told again");
    house.fast_forward(6 * MINUTE).await;
    assert_eq!(last(&house.hands.asked(1).await), "SEV2 Promised update due now", "what is due after it is");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn news_by_hand_in_time_keeps_the_promise_quiet() {
    let house = House::open();
    let id = commanded(&house).await;
    house.tell(id, promise(&house, 30)).await.expect("promised");
    house.fast_forward(10 * MINUTE).await;
    house.tell(id, C::Comms(CommsCommand::Posted { piece: Piece::Update, update: None, place: "#status".into() })).await.expect("posted");
    house.fast_forward(60 * MINUTE).await;
    house.fast_forward(MINUTE).await;
    assert_eq!(rung(&house.kinds(id).await), 0, "kept: nothing is due");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_rings_and_a_resolved_incident_does_not() {
    let house = House::open();
    let id = commanded(&house).await;
    let look = ClockCommand::LookSet { at: house.now().plus_millis(20 * MINUTE), text: Some("replica lag".into()), offer_resolve: true };
    house.tell(id, C::Clock(look)).await.expect("set");
    house.fast_forward(20 * MINUTE).await;
    assert_eq!(last(&house.hands.asked(3).await), "SEV2 Look again: replica lag");
    house.ends_with(id, "incident.notice_shown").await;
    house.tell(id, promise(&house, 5)).await.expect("promised");
    house.tell(id, C::SetStatus(domain::Status::Resolved)).await.expect("resolved");
    let before = rung(&house.kinds(id).await);
    house.fast_forward(60 * MINUTE).await;
    house.fast_forward(MINUTE).await;
    assert_eq!(rung(&house.kinds(id).await), before, "the clocks of what is over rest");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn targets_that_change_move_the_clocks_of_open_incidents() {
    let house = House::open();
    let _ = commanded(&house).await;
    let targets = domain::home::Targets { acknowledge_minutes: None, resolve_minutes: Some(10), pauses: vec![domain::Status::Monitoring] };
    house.act(Act::Home(domain::home::HomeEvent::TargetsSet { severity: Severity::Sev2, targets })).await.expect("set");
    house.fast_forward(10 * MINUTE).await;
    assert_eq!(last(&house.hands.asked(3).await), "SEV2 Time to resolve due now");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_goes_once_what_it_tells_of_has_been_seen_to() {
    let house = House::open();
    let id = commanded(&house).await;
    house.tell(id, promise(&house, 30)).await.expect("promised");
    house.fast_forward(31 * MINUTE).await;
    assert_eq!(last(&house.hands.asked(3).await), "SEV2 Promised update 1 min overdue");
    house.ends_with(id, "incident.notice_shown").await;
    let posted = CommsCommand::Posted { piece: Piece::Update, update: None, place: "#status".into() };
    house.tell(id, C::Comms(posted)).await.expect("posted by hand");
    assert_eq!(
        house.hands.asked(4).await.last(),
        Some(&Asked::Close(NoticeKey::Incident(id))),
        "nobody is told that it is overdue any more"
    );
    house.engine.stop().await;
}
