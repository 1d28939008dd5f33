//! The inbox: its order, and the advice that stands beside each group.

use super::*;
use crate::dto::{GroupState, HomeView, InboxView, ManyReceipt, Receipt, WatchView};
use domain::AlertSeverity::{Critical, Error, Warning};
use domain::alerts::Signal;
use serde_json::{Value, json};
use testkit::MINUTE;

async fn inbox(rig: &Rig) -> InboxView {
    rig.ask("alert.inbox", json!({})).await
}

async fn describe(rig: &Rig, name: &str, owner: Option<&str>, team: Option<&str>, below: &[&str]) {
    let card = json!({ "title": null, "owner": owner, "team": team, "depends_on": below, "link": null });
    let _: Receipt = rig.ask("service.describe", json!({ "name": name, "card": card })).await;
}

#[tokio::test]
async fn what_rang_comes_first_then_the_worst_then_the_oldest() {
    let rig = rig();
    rig.house.ingest(vec![signal("rang", "db", Error)]).await;
    rig.house.fast_forward(MINUTE).await;
    rig.house.ingest(vec![signal("old", "db", Warning)]).await;
    rig.house.fast_forward(MINUTE).await;
    rig.house.ingest(vec![signal("young", "db", Warning), signal("same", "db", Error)]).await;
    let view = inbox(&rig).await;
    let titles: Vec<&str> = view.waiting.iter().map(|one| one.group.title.as_str()).collect();
    assert_eq!(titles, ["rang fires", "same fires", "old fires", "young fires"]);
    assert_eq!(view.waiting_total, 4);
    let spark = &view.waiting[0].spark;
    assert_eq!((spark.len(), spark[27], spark.iter().sum::<u32>()), (30, 1, 1), "it began two minutes ago");
    assert!(view.waiting[0].why.starts_with("It rang at 14:00 UTC"), "{}", view.waiting[0].why);
    assert_eq!(view.waiting[0].suggested_because, "alertmanager calls it error");
}

#[tokio::test]
async fn what_somebody_looks_at_stays_in_sight_and_waits_for_nobody() {
    let rig = rig();
    rig.house.ingest(vec![signal("disk", "db", Error), signal("slow", "db", Warning)]).await;
    let disk = inbox(&rig).await.waiting[0].group.id;
    let _: Receipt = rig.ask("alert.ack", json!({ "group": disk })).await;
    let view = inbox(&rig).await;
    let states: Vec<(&str, GroupState)> = view.waiting.iter().map(|one| (one.group.title.as_str(), one.group.state)).collect();
    assert_eq!(states, [("slow fires", GroupState::Waiting), ("disk fires", GroupState::Acknowledged)], "it fires, so it is not gone");
    let watch: WatchView = rig.ask("watch", json!({})).await;
    assert_eq!((watch.inbox_total, watch.inbox.len(), view.waiting_total), (2, 2, 2));
    assert_eq!(watch.inbox[1].state, GroupState::Acknowledged);
    let _: ManyReceipt = rig.ask("quiet.add", json!({ "shape": "dismissed", "over": { "groups": [disk] } })).await;
    assert_eq!(inbox(&rig).await.waiting.len(), 1, "a later decision takes it out");
}

#[tokio::test]
async fn advice_names_the_owner_the_playbook_and_the_rule() {
    let rig = rig();
    describe(&rig, "shop", Some("mei"), None, &[]).await;
    describe(&rig, "mail", None, Some("Platform"), &[]).await;
    let rules = "[[rule]]\nname = \"disks\"\nwhen = \"title~*disk\"\nseverity = \"critical\"\nplaybook = \"full-disk\"\nperson = \"jo\"\n";
    let _: Receipt = rig.ask("rule.set", json!({ "text": rules })).await;
    rig.house.ingest(vec![signal("disk", "shop", Warning), signal("slow", "shop", Error), signal("lost", "mail", Error)]).await;
    let view = inbox(&rig).await;
    let one = |key: &str| view.waiting.iter().find(|one| one.group.title == format!("{key} fires")).expect("it waits");
    let disk = one("disk");
    assert_eq!((disk.owner.as_deref(), disk.playbook.as_deref()), (Some("@jo"), Some("full-disk")), "a rule goes before the catalogue");
    assert_eq!(disk.suggested_because, "rule “disks” calls it critical");
    assert_eq!((one("slow").owner.as_deref(), one("lost").owner.as_deref()), (Some("@mei"), Some("Platform")));
}

#[tokio::test]
async fn a_likely_incident_and_what_is_alike_say_why() {
    let rig = rig();
    describe(&rig, "shop", None, None, &["db"]).await;
    describe(&rig, "cart", None, None, &["db"]).await;
    let incident: Value = rig.ask("incident.declare", json!({ "title": "Shop is down", "services": ["shop"] })).await;
    rig.house.ingest(vec![signal("slow", "cart", Error), signal("late", "cart", Error), signal("lost", "mail", Error)]).await;
    let view = inbox(&rig).await;
    let one = |key: &str| view.waiting.iter().find(|one| one.group.title == format!("{key} fires")).expect("it waits");
    let likely = one("slow").likely.clone().expect("they share the database");
    assert_eq!(
        (likely.reference.0.as_str(), likely.because.as_str()),
        (incident["ref"].as_str().expect("a reference"), "same upstream: db; within a minute")
    );
    assert_eq!(one("lost").likely, None);
    assert_eq!(one("slow").alike, [one("late").group.id]);
    assert_eq!(one("slow").alike_because.as_deref(), Some("same service and upstream: cart, db; within a minute"));
    assert_eq!(one("lost").alike, []);
}

#[tokio::test]
async fn a_similar_incident_of_the_past_says_what_helped() {
    let rig = rig();
    let incident: Value = rig.ask("incident.declare", json!({ "title": "Disk fires on db", "services": ["db"] })).await;
    let reference = &incident["ref"];
    let decided: Receipt = rig.ask("decision.add", json!({ "incident": reference, "text": "Delete old logs" })).await;
    rig.house.fast_forward(MINUTE).await;
    let task: Receipt = rig.ask("task.add", json!({ "incident": reference, "text": "Rotate logs", "owner": "mei" })).await;
    let done = json!({ "incident": reference, "task": task.event, "note": "daily now" });
    let _: Receipt = rig.ask("task.done", done).await;
    rig.house.fast_forward(MINUTE).await;
    let result = json!({ "incident": reference, "about": decided.event, "text": "20 GB free" });
    let _: Receipt = rig.ask("decision.result", result).await;
    let _: Receipt = rig.ask("incident.status", json!({ "incident": reference, "status": "resolved" })).await;
    rig.house.ingest(vec![signal("disk", "db", Error), Signal { group_title: "Other".into(), ..signal("x", "", Error) }]).await;
    let view = inbox(&rig).await;
    let similar = view.waiting.iter().map(|one| one.similar.as_slice()).find(|similar| !similar.is_empty()).expect("one is");
    assert_eq!(similar[0].reference.0, reference.as_str().expect("a reference"));
    assert_eq!(similar[0].helped, ["Delete old logs: 20 GB free", "Rotate logs: daily now"], "the last first");
    assert_eq!(view.waiting.iter().filter(|one| one.similar.is_empty()).count(), 1);
}

#[tokio::test]
async fn what_is_absorbed_and_what_a_storm_holds_is_counted() {
    let rig = rig();
    rig.house.ingest(vec![signal("disk", "db", Critical), signal("cpu", "db", Error)]).await;
    let _: ManyReceipt = rig.ask("quiet.add", json!({ "shape": "muted", "over": { "groups": ["cpu"] } })).await;
    let view = inbox(&rig).await;
    assert_eq!((view.waiting.len(), view.absorbed, view.storm_held, view.storm_until), (1, 1, 0, None));
    rig.house.fast_forward(MINUTE).await;
    let _: Receipt = rig.ask("storm.set", json!({ "on": true })).await;
    let view = inbox(&rig).await;
    assert_eq!((view.waiting.len(), view.absorbed, view.storm_held), (0, 2, 1), "what was muted before stays muted by that");
    assert_eq!(view.storm_until, Some(rig.house.now().plus_millis(30 * MINUTE)));
    assert_eq!(view.quiet.len(), 2, "in one list");
}

#[tokio::test]
async fn it_never_says_more_than_it_heard() {
    let rig = rig();
    let home: HomeView = rig.ask("home", json!({})).await;
    assert_eq!(home.ears.state, "deaf");
    let settings = json!({
        "url": "http://prom:9090", "every_secs": null, "silent_minutes": null, "mapping": null, "header": null, "expect": null, "service": null
    });
    let add = json!({ "kind": "prometheus-pull", "name": testkit::SOURCE, "settings": settings });
    let _: Value = rig.ask("source.add", add).await;
    let home: HomeView = rig.ask("home", json!({})).await;
    assert_eq!((home.ears.state.as_str(), home.ears.sentence.as_str()), ("catching_up", "Catching up, nothing heard yet"));
    rig.house.ingest(vec![signal("disk", "db", Error)]).await;
    assert_eq!(inbox(&rig).await.ears.state, "heard");
}
