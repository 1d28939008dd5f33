//! Alerts: news is recorded, repeats are counted, silence is not an end, and a machine never undoes a person.

use domain::Status;
use domain::alerts::SignalState;
use domain::incidents::IncidentCommand as C;
use engine::{Act, Declaration, Ingested};
use store::{GroupFilter, GroupRow, GroupState};
use testkit::{FIRING, House, MINUTE, signal};

async fn groups(house: &House) -> Vec<GroupRow> {
    let all = GroupFilter { waiting_only: false, incident: None, limit: 50 };
    house.engine.read(move |reader| reader.groups(&all)).await.expect("groups")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_is_counted_and_not_recorded() {
    let house = House::open();
    assert_eq!(house.ingest(vec![signal("db9", "1", FIRING)]).await, Ingested { news: 1, repeats: 0, stale: 0 });
    let seq = house.engine.feed().seq();
    for _ in 0..5 {
        assert_eq!(house.ingest(vec![signal("db9", "1", FIRING)]).await.repeats, 1);
    }
    let group = &groups(&house).await[0];
    assert_eq!((group.count, group.sightings), (1, 6), "one alert, heard six times");
    assert_eq!(house.engine.read(|reader| reader.seq()).await.expect("seq"), seq, "and one event");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_heard_is_lapsed_and_not_resolved() {
    let house = House::open();
    let lapses_at = Some(house.engine.now().plus_millis(4 * MINUTE));
    house.ingest(vec![signal("db9", "1", SignalState::Firing { lapses_at })]).await;
    let group = groups(&house).await[0].id;
    house.fast_forward(6 * MINUTE).await;
    // The jump looks like sleep: sources get their grace before anything lapses.
    let status = |alerts: Vec<store::AlertRow>| alerts[0].status.wire();
    assert_eq!(
        status(house.engine.read(move |reader| reader.alerts_of(group, 5)).await.expect("alerts")),
        "firing",
        "after sleep, first listen"
    );
    // Small steps, as a waking machine's clock takes them: a jump would be one more sleep.
    let mut steps = 0;
    while status(house.engine.read(move |reader| reader.alerts_of(group, 5)).await.expect("alerts")) == "firing" {
        steps += 1;
        assert!(steps < 600, "it lapses within fifty minutes of being awake");
        house.fast_forward(5_000).await;
        // The wheel looks once for a burst; faster than this its looks would lie more than a minute of our time apart.
        tokio::time::sleep(std::time::Duration::from_millis(8)).await;
    }
    assert!(steps >= 60, "not before the five minutes of grace are over: {steps} steps of 5 s");
    let alerts = house.engine.read(move |reader| reader.alerts_of(group, 5)).await.expect("alerts");
    assert_eq!(status(alerts), "lapsed", "nothing heard is not an end");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_of_a_declared_incident_keep_landing_and_never_resolve_it() {
    let house = House::open();
    house.ingest(vec![signal("db9", "1", FIRING)]).await;
    let group = groups(&house).await[0].id;
    let declaration = Declaration { title: "Disks fill up".into(), groups: vec![group], ..Declaration::default() };
    let id = house.act(Act::Declare(declaration)).await.expect("declared").incident.expect("an incident");
    house.ingest(vec![signal("db10", "1", FIRING)]).await;
    let ended_at = house.engine.now();
    house
        .ingest(vec![signal("db9", "1", SignalState::Resolved { ended_at }), signal("db10", "1", SignalState::Resolved { ended_at })])
        .await;
    let all = groups(&house).await;
    assert_eq!((all.len(), all[0].count, all[0].firing), (1, 2, 0), "one group, two alerts, both over");
    let incident = house.engine.read(move |reader| reader.incident(id)).await.expect("read").expect("known");
    assert_eq!(incident.status.value, Status::Investigating, "resolved alerts suggest, they never resolve");
    house.ingest(vec![signal("db9", "2", FIRING)]).await;
    assert_eq!(groups(&house).await.len(), 1, "a new firing lands on the open incident's group");
    house.tell(id, C::SetStatus(Status::Resolved)).await.expect("resolved");
    house.ingest(vec![signal("db9", "2", FIRING), signal("db11", "1", FIRING)]).await;
    let incident = house.engine.read(move |reader| reader.incident(id)).await.expect("read").expect("known");
    assert_eq!(incident.status.value, Status::Resolved, "a later alert does not undo a person's resolve");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dismissed_group_stays_quiet_until_it_is_over() {
    let house = House::open();
    house.ingest(vec![signal("db9", "1", FIRING)]).await;
    let group = groups(&house).await[0].id;
    house.act(Act::Dismiss { group, reason: "noise".into() }).await.expect("dismissed");
    house.ingest(vec![signal("db9", "1", FIRING)]).await;
    assert_eq!(groups(&house).await[0].state(), GroupState::Dismissed, "the next event does not undo it");
    house.ingest(vec![signal("db9", "1", SignalState::Resolved { ended_at: house.engine.now() })]).await;
    house.fast_forward(40 * MINUTE).await;
    house.ingest(vec![signal("db9", "2", FIRING)]).await;
    let waiting: Vec<GroupRow> = groups(&house).await.into_iter().filter(|group| group.state() == GroupState::Waiting).collect();
    assert_eq!(waiting.len(), 1, "a new firing, after it was over, waits for a decision again");
    house.engine.stop().await;
}
