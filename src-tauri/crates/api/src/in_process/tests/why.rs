//! Why, for every verdict there is, by an alert's key and by its group.

use super::*;
use crate::Code;
use crate::dto::{ManyReceipt, Receipt};
use domain::AlertSeverity::{Critical, Error, Info};
use domain::alerts::{Signal, SignalState};
use serde_json::{Value, json};
use testkit::MINUTE;

#[tokio::test]
async fn what_rang_says_since_when_and_the_rest_of_its_group_that_it_was_told_as_one() {
    let rig = rig();
    rig.house.ingest(vec![signal("disk", "db", Critical)]).await;
    let why = rig.why("disk").await;
    assert!(why.rang);
    assert_eq!(why.sentence, "It rang at 14:00 UTC: nothing else had rung in the ten minutes before.");
    assert_eq!(why.change, "Acknowledge, snooze or attach it, and it rings no more.");
    let by_group = rig.why(&group(&rig, "disk").await).await;
    assert_eq!((by_group.title.as_str(), by_group.sentence), ("disk fires", why.sentence));
    rig.house.fast_forward(MINUTE).await;
    let second = Signal { group_key: "disk".into(), group_title: "disk fires".into(), ..signal("disk2", "db", Critical) };
    rig.house.ingest(vec![second]).await;
    let why = rig.why("disk2").await;
    assert_eq!((why.rang, why.sentence.as_str()), (false, "It made no noise: its group rang at 14:00 UTC and tells of it as one."));
    assert_eq!(rig.refused("alert.why", json!({ "alert": "nothing" })).await.code, Code::NotFound);
}

#[tokio::test]
async fn what_an_order_keeps_quiet_names_the_order() {
    let rig = rig();
    let done: ManyReceipt = rig
        .ask("quiet.add", json!({ "shape": "muted", "over": { "when": "service=db" }, "minutes": 60, "reason": "move of the db" }))
        .await;
    rig.house.ingest(vec![signal("disk", "db", Critical)]).await;
    let why = rig.why("disk").await;
    assert_eq!(why.sentence, "It made no noise: muted (service=db) by dana until 15:00 UTC: move of the db.");
    assert_eq!((why.rang, why.quiet), (false, done.events.first().copied()), "so that it can be ended from here");
}

#[tokio::test]
async fn what_a_rule_keeps_quiet_names_the_rule() {
    let rig = rig();
    let rules = json!({ "text": "[[rule]]\nname = \"batch\"\nwhen = \"service=batch\"\nquiet = \"it retries\"\n" });
    let _: Receipt = rig.ask("rule.set", rules).await;
    rig.house.ingest(vec![signal("job", "batch", Critical)]).await;
    let why = rig.why("job").await;
    assert_eq!((why.rules, why.quiet), (vec!["batch".to_owned()], None));
    assert_eq!(why.sentence, "It made no noise: rule “batch” keeps it quiet until 2026-06-07: it retries.");
}

#[tokio::test]
async fn what_rests_on_something_that_is_down_names_it() {
    let rig = rig();
    let card = json!({ "title": null, "owner": null, "team": null, "depends_on": ["db"], "link": null });
    let _: Receipt = rig.ask("service.describe", json!({ "name": "shop", "card": card })).await;
    rig.house.ingest(vec![signal("disk", "db", Critical)]).await;
    rig.house.ingest(vec![signal("slow", "shop", Critical)]).await;
    assert_eq!(rig.why("slow").await.sentence, "It made no noise: db, which it rests on, is down and has its own alarm.");
}

#[tokio::test]
async fn what_came_with_another_alarm_says_when_that_rang() {
    let rig = rig();
    rig.house.ingest(vec![signal("disk", "db", Critical)]).await;
    rig.house.fast_forward(2 * MINUTE).await;
    rig.house.ingest(vec![signal("cpu", "db", Error)]).await;
    let why = rig.why("cpu").await;
    assert_eq!(why.sentence, "It made no noise: it came within ten minutes of an alarm at 14:00 UTC about the same services.");
}

#[tokio::test]
async fn what_is_too_low_says_what_would_raise_it() {
    let rig = rig();
    rig.house.ingest(vec![signal("hint", "db", Info)]).await;
    let why = rig.why("hint").await;
    assert_eq!(why.sentence, "It made no noise: info alerts make no noise here.");
    assert!(why.change.contains("SEV5"), "{}", why.change);
}

#[tokio::test]
async fn what_is_looked_at_or_attached_names_by_whom_and_to_what() {
    let rig = rig();
    rig.house.ingest(vec![signal("disk", "db", Critical), signal("cpu", "web", Critical)]).await;
    rig.house.fast_forward(MINUTE).await;
    let _: Receipt = rig.ask("alert.ack", json!({ "group": "disk" })).await;
    let why = rig.why("disk").await;
    assert!(why.rang && why.sentence.ends_with("dana looks at it."), "{}", why.sentence);
    let incident: Value = rig.ask("incident.declare", json!({ "title": "Web is down", "alerts": ["cpu"] })).await;
    let why = rig.why("cpu").await;
    let reference = incident["ref"].as_str().expect("a reference");
    assert!(why.sentence.contains(&format!("belongs to {reference}")), "{}", why.sentence);
}

#[tokio::test]
async fn what_comes_and_goes_says_so() {
    let rig = rig();
    for episode in ["1", "2", "3", "4"] {
        rig.house.ingest(vec![Signal { episode: episode.into(), ..signal("disk", "db", Critical) }]).await;
        rig.house.fast_forward(MINUTE).await;
        if episode != "4" {
            let state = SignalState::Resolved { ended_at: rig.house.now() };
            rig.house.ingest(vec![Signal { state, episode: episode.into(), ..signal("disk", "db", Critical) }]).await;
            rig.house.fast_forward(MINUTE).await;
        }
    }
    let why = rig.why("disk").await;
    assert!(why.sentence.ends_with("it comes and goes, and is held as one."), "{}", why.sentence);
}

#[tokio::test]
async fn what_is_over_is_explained_by_what_held_while_it_fired() {
    let rig = rig();
    rig.house.ingest(vec![signal("disk", "db", Critical)]).await;
    rig.house.fast_forward(5 * MINUTE).await;
    let state = SignalState::Resolved { ended_at: rig.house.now() };
    rig.house.ingest(vec![Signal { state, ..signal("disk", "db", Critical) }]).await;
    let why = rig.why("disk").await;
    assert_eq!((why.rang, why.sentence.as_str()), (true, "It rang at 14:00 UTC: nothing else had rung in the ten minutes before."));
    assert_eq!(why.change, "It is over. It is judged anew when it begins again.");
}
