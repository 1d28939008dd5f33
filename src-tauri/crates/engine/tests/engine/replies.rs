//! What a tool is told of its own alerts: acknowledged and resolved here, in somebody's name, and only while it is true.

use domain::home::{HomeEvent, SourceKind, SourceSettings};
use domain::incidents::IncidentCommand;
use domain::{GroupId, SourceName, Status};
use engine::ports::{Posted, ReplyKind};
use engine::{Act, Declaration, Ingest};
use std::time::Duration;
use store::{EffectKind, GroupFilter};
use testkit::{House, MINUTE, firing};

/// A home that asks PagerDuty, and tells it in dana's name; one incident of it fires.
async fn asked() -> (House, GroupId) {
    let house = House::open();
    let name = SourceName("pd".into());
    house
        .act(Act::Home(HomeEvent::SourceAdded { name: name.clone(), kind: SourceKind::PagerDutyPull, token_hash: [7; 32] }))
        .await
        .expect("added");
    let settings = SourceSettings { reply_as: Some("dana@example.org".into()), ..SourceSettings::default() };
    house.act(Act::Home(HomeEvent::SourceSet { name: name.clone(), settings })).await.expect("set");
    let ingest = Ingest { source: name, signals: vec![firing("PT4KHLK")], changes: vec![], refused: vec![], received_at: house.now() };
    house.engine.ingest(ingest).await.expect("taken in");
    let all = GroupFilter { waiting_only: false, incident: None, limit: 9 };
    let group = house.engine.read(move |reader| reader.groups(&all)).await.expect("read").remove(0);
    (house, group.id)
}

/// Waits until it is on disk that it is to be told again.
async fn planned_again(house: &House) {
    let (begun, later) = (std::time::Instant::now(), house.now().plus_millis(60 * MINUTE));
    while house.engine.read(move |reader| reader.due_effects(later, &[EffectKind::Reply], 1)).await.expect("read").is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(20), "it is planned again within 20 s");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledgement_is_told_once_and_again_where_it_did_not_arrive() {
    let (house, group) = asked().await;
    house.postman.answer([Posted::Later { why: "away".into(), after: None }]);
    house.act(Act::AcknowledgeGroup(group)).await.expect("acknowledged");
    house.fast_forward(6_000).await;
    let told = house.postman.told(1).await;
    assert_eq!(
        (told[0].what, told[0].keys.clone(), told[0].reply_as.as_str()),
        (ReplyKind::Acknowledged, vec!["PT4KHLK".to_owned()], "dana@example.org")
    );
    planned_again(&house).await;
    house.fast_forward(MINUTE).await;
    assert_eq!(house.postman.told(2).await[1], told[0], "the same again");
    house.fast_forward(60 * MINUTE).await;
    house.act(Act::ReleaseGroup(group)).await.expect("released");
    house.act(Act::AcknowledgeGroup(group)).await.expect("again");
    house.fast_forward(MINUTE).await;
    assert_eq!(house.postman.told(3).await.len(), 3, "and no more than that");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_in_time_is_not_told() {
    let (house, group) = asked().await;
    house.act(Act::AcknowledgeGroup(group)).await.expect("acknowledged");
    house.act(Act::ReleaseGroup(group)).await.expect("taken back");
    house.fast_forward(MINUTE).await;
    let declared = Declaration { title: "Checkout".into(), groups: vec![group], ..Declaration::default() };
    let incident = house.act(Act::Declare(declared)).await.expect("declared").incident.expect("an incident");
    house.tell(incident, IncidentCommand::SetStatus(Status::Resolved)).await.expect("resolved");
    house.fast_forward(30_000).await;
    house.tell(incident, IncidentCommand::SetStatus(Status::Investigating)).await.expect("reopened");
    house.fast_forward(2 * MINUTE).await;
    house.tell(incident, IncidentCommand::SetStatus(Status::Resolved)).await.expect("resolved");
    house.fast_forward(2 * MINUTE).await;
    let told = house.postman.told(1).await;
    assert_eq!(told.iter().map(|reply| reply.what).collect::<Vec<_>>(), [ReplyKind::Resolved], "only what is true");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_tool_refuses_stands_with_the_source() {
    let (house, group) = asked().await;
    house.postman.answer([Posted::Refused("This token may only read.".into())]);
    house.act(Act::AcknowledgeGroup(group)).await.expect("acknowledged");
    let mut feed = house.engine.feed().follow();
    house.fast_forward(6_000).await;
    house.postman.told(1).await;
    loop {
        let stats = house.engine.read(store::Reader::source_stats).await.expect("read");
        if stats[&SourceName("pd".into())].last_refusal.as_deref() == Some("This token may only read.") {
            break;
        }
        let heard = tokio::time::timeout(Duration::from_secs(20), feed.recv()).await;
        assert!(heard.is_ok(), "it is said within 20 s: {stats:?}");
    }
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_told_of_in_parts_and_an_exercise_ends_nothing() {
    let (house, group) = asked().await;
    let many = (0..300).map(|n| domain::alerts::Signal { key: format!("P{n}"), ..firing("PT4KHLK") }).collect();
    let name = SourceName("pd".into());
    let ingest = Ingest { source: name, signals: many, changes: vec![], refused: vec![], received_at: house.now() };
    house.engine.ingest(ingest).await.expect("taken in");
    let drill = Declaration { title: "Exercise".into(), groups: vec![group], drill: true, ..Declaration::default() };
    let drill = house.act(Act::Declare(drill)).await.expect("declared").incident.expect("an incident");
    house.tell(drill, IncidentCommand::SetStatus(Status::Resolved)).await.expect("resolved");
    house.fast_forward(2 * MINUTE).await;
    house.act(Act::Detach(drill, vec![group])).await.expect("apart");
    house.act(Act::AcknowledgeGroup(group)).await.expect("acknowledged");
    house.fast_forward(MINUTE).await;
    let told = house.postman.told(2).await;
    let parts: Vec<(ReplyKind, usize)> = told.iter().map(|reply| (reply.what, reply.keys.len())).collect();
    assert_eq!(parts, [(ReplyKind::Acknowledged, 250), (ReplyKind::Acknowledged, 51)], "no more at once than PagerDuty takes");
    house.engine.stop().await;
}
