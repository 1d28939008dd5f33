//! Being called: claimed before shown, again until somebody knows, and then not any more.

use domain::incidents::IncidentCommand as C;
use domain::notices::NoticeKey;
use domain::{Loudness, Severity, Status};
use testkit::{Asked, House, MINUTE};

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_claimed_in_the_ledger_before_it_is_shown() {
    let house = House::open();
    let id = house.declare(Severity::Sev1).await;
    let asked = house.hands.asked(1).await;
    let [Asked::Show(notice, record)] = asked.as_slice() else { panic!("one notice: {asked:?}") };
    assert_eq!(notice.loudness, Loudness::Critical, "SEV1 stays until acted on");
    assert!(record.contains(&"incident.notice_claimed".to_owned()), "claimed at the moment it is shown: {record:?}");
    assert!(!record.contains(&"incident.notice_shown".to_owned()), "and not said to be shown yet: {record:?}");
    house.ends_with(id, "incident.notice_shown").await;
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_comes_again_until_somebody_acknowledges() {
    let house = House::open();
    let id = house.declare(Severity::Sev1).await;
    house.ends_with(id, "incident.notice_shown").await;
    house.fast_forward(4 * MINUTE).await;
    assert_eq!(house.hands.asked(1).await.len(), 1, "five minutes are not over");
    house.fast_forward(MINUTE + 1_000).await;
    house.hands.asked(2).await;
    house.ends_with(id, "incident.notice_shown").await;
    house.tell(id, C::Acknowledge).await.expect("acknowledged");
    let asked = house.hands.asked(3).await;
    assert_eq!(asked[2], Asked::Close(NoticeKey::Incident(id)), "an acknowledged notice is taken away");
    house.fast_forward(60 * MINUTE).await;
    house.fast_forward(60 * MINUTE).await;
    assert_eq!(house.hands.asked(3).await.len(), 3, "and never comes again");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quiet_severity_never_repeats() {
    let house = House::open();
    let id = house.declare(Severity::Sev4).await;
    house.ends_with(id, "incident.notice_shown").await;
    house.fast_forward(24 * 60 * MINUTE).await;
    house.fast_forward(MINUTE).await;
    assert_eq!(house.hands.asked(1).await.len(), 1, "only SEV1 and SEV2 call again");
    house.declare(Severity::Sev5).await;
    house.fast_forward(MINUTE).await;
    assert_eq!(house.hands.asked(1).await.len(), 1, "SEV5 makes no notice at all");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desktop_that_refuses_is_on_the_record_and_asked_again() {
    let house = House::open();
    house.hands.fail(Some("no notification daemon answers"));
    let id = house.declare(Severity::Sev1).await;
    house.ends_with(id, "incident.notice_failed").await;
    house.hands.fail(None);
    house.fast_forward(5 * MINUTE + 1_000).await;
    house.hands.asked(2).await;
    house.ends_with(id, "incident.notice_shown").await;
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn resolving_takes_the_notice_away() {
    let house = House::open();
    let id = house.declare(Severity::Sev2).await;
    house.ends_with(id, "incident.notice_shown").await;
    house.tell(id, C::SetStatus(Status::Resolved)).await.expect("resolved");
    assert_eq!(house.hands.asked(2).await[1], Asked::Close(NoticeKey::Incident(id)));
    house.engine.stop().await;
}
