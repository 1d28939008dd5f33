//! The fakes do what the world does, only the same way each time.

use domain::incidents::{IncidentCommand, fold};
use domain::{Hlc, IncidentId, Severity, Status};
use engine::ports::{Clock, Entropy};
use std::collections::BTreeSet;
use testkit::{Asked, Chain, FakeClock, House, MINUTE, SOURCE, START, SeededEntropy, declared, ended, firing, noted};
use uuid::Uuid;

#[test]
fn the_clock_stands_where_it_is_put() {
    let clock = FakeClock::default();
    assert_eq!((clock.now(), clock.now()), (START, START), "it does not run");
    assert_eq!(clock.advance(MINUTE), START.plus_millis(MINUTE));
    clock.advance(-2 * MINUTE);
    assert_eq!(clock.now(), START.plus_millis(-MINUTE), "it may be set back");
    clock.set(START);
    assert_eq!(clock.now(), START);
}

#[test]
fn dice_of_one_seed_fall_alike_and_never_twice_the_same() {
    let throws = |seed| {
        let dice = SeededEntropy::new(seed);
        (0..1_000).map(|_| dice.bytes16()).collect::<Vec<_>>()
    };
    assert_eq!(throws(7), throws(7));
    assert_ne!(throws(7), throws(8));
    assert_eq!(throws(7).into_iter().collect::<BTreeSet<_>>().len(), 1_000);
}

#[test]
fn chains_of_two_devices_fold_in_order_of_what_was_seen() {
    let incident = IncidentId(Uuid::from_u128(1));
    let (mut here, mut there) = (Chain::of(1), Chain::of(2));
    let first = here.of_incident(incident, declared("Checkout returns 502", Severity::Sev1));
    there.receive(&first);
    let second = there.of_incident(incident, noted("Roll back?"));
    assert!(first.order() < second.order(), "what was seen lies before");
    assert_eq!(second.envelope.hlc, Hlc::new(START.0.unsigned_abs(), 1), "although their clocks show the same");
    let state = fold(&[second, first]).expect("declared");
    assert_eq!(state.title.value, "Checkout returns 502");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_house_remembers_what_it_was_told_and_what_it_would_have_shown() {
    let house = House::open();
    let incident = house.declare(Severity::Sev1).await;
    let Asked::Show(_, on_record) = house.hands.asked(1).await.remove(0) else { panic!("a declaration calls") };
    assert_eq!(on_record, ["incident.declared", "incident.notice_claimed"], "claimed in the record before it is shown");
    house.ends_with(incident, "incident.notice_shown").await;
    house.hands.fail(Some("no desktop"));
    house.fast_forward(5 * MINUTE).await;
    house.ends_with(incident, "incident.notice_failed").await;
    house.tell(incident, IncidentCommand::Acknowledge).await.expect("acknowledged");
    assert_eq!(house.hands.asked(3).await[2], Asked::Close(domain::notices::NoticeKey::Incident(incident)));
    assert_eq!(house.hands.shown().len(), 2);
    house.tell(incident, IncidentCommand::SetStatus(Status::Resolved)).await.expect("resolved");
    let house = house.restart().await;
    assert_eq!(house.incident(incident).await.resolved_at(), Some(house.now()), "another engine reads the same record");
    assert!(house.hands.so_far().iter().all(|asked| matches!(asked, Asked::Close(_))), "and rings nobody");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_house_hears_its_source() {
    let house = House::open();
    let came = house.ingest(vec![firing("db-1"), firing("db-2"), firing("db-1")]).await;
    assert_eq!((came.news, came.repeats, came.stale), (2, 1, 0));
    let over = house.ingest(vec![ended("db-1", house.now())]).await;
    assert_eq!(over.news, 1);
    let stats = house.engine.read(store::Reader::source_stats).await.expect("read");
    assert_eq!(stats.into_keys().map(|name| name.0).collect::<Vec<_>>(), [SOURCE]);
    house.engine.stop().await;
}
