//! Quiet in every shape: what is ordered, what is refused, what the list says, and the way back.

use super::*;
use crate::Code;
use crate::dto::{ManyReceipt, QuietView, Receipt};
use domain::AlertSeverity::{Critical, Error, Warning};
use domain::quiet::Shape;
use serde_json::json;
use std::collections::BTreeSet;
use testkit::MINUTE;

fn one(quiets: &[QuietView]) -> &QuietView {
    assert_eq!(quiets.len(), 1, "{quiets:#?}");
    &quiets[0]
}

/// What somebody ordered.
async fn ordered(rig: &Rig) -> Vec<QuietView> {
    rig.quiets().await.into_iter().filter(|quiet| quiet.id.is_some()).collect()
}

#[tokio::test]
async fn a_snooze_covers_its_groups_and_is_taken_back_in_one_go() {
    let rig = rig();
    rig.house.ingest(vec![signal("disk", "db", Critical), signal("cpu", "db", Error)]).await;
    let done: ManyReceipt = rig.ask("quiet.add", json!({ "shape": "snoozed", "over": { "groups": ["disk", "cpu"] }, "minutes": 20 })).await;
    assert_eq!((done.changed, done.refused.len()), (2, 0));
    let quiets = rig.quiets().await;
    let covered: BTreeSet<(&str, u64, u64)> = quiets.iter().map(|quiet| (quiet.title.as_str(), quiet.groups, quiet.alerts)).collect();
    assert_eq!(covered, [("disk fires", 1, 1), ("cpu fires", 1, 1)].into());
    assert!(quiets.iter().all(|quiet| quiet.reason == "not now" && quiet.owner == "dana" && quiet.holds));
    assert_eq!(quiets[0].until_at, Some(rig.house.now().plus_millis(20 * MINUTE)));
    rig.undo(done.undo).await;
    assert_eq!(ordered(&rig).await, vec![], "both at once");
}

#[tokio::test]
async fn a_group_that_is_quiet_already_keeps_no_other_back() {
    let rig = rig();
    rig.house.ingest(vec![signal("disk", "db", Critical), signal("cpu", "db", Error)]).await;
    let mute = |groups: &[&str]| json!({ "shape": "muted", "over": { "groups": groups } });
    let _: ManyReceipt = rig.ask("quiet.add", mute(&["disk"])).await;
    let done: ManyReceipt = rig.ask("quiet.add", mute(&["disk", "cpu"])).await;
    assert_eq!((done.changed, done.refused), (1, vec!["disk fires is quiet already.".to_owned()]));
    assert_eq!(rig.refused("quiet.add", mute(&["disk"])).await.code, Code::Refused);
}

#[tokio::test]
async fn what_is_not_mine_goes_to_somebody_and_comes_back_within_a_day() {
    let rig = rig();
    rig.house.ingest(vec![signal("disk", "db", Critical)]).await;
    let refusal = rig.refused("quiet.add", json!({ "shape": "not_mine", "over": { "groups": ["disk"] } })).await;
    assert_eq!(refusal.field.as_deref(), Some("to"));
    let ask = json!({ "shape": "not_mine", "over": { "groups": ["disk"] }, "to": "@mei", "minutes": 9_999 });
    let _: ManyReceipt = rig.ask("quiet.add", ask).await;
    let quiets = rig.quiets().await;
    let quiet = one(&quiets);
    assert_eq!((quiet.reason.as_str(), quiet.until.as_str()), ("handed to @mei", "when it ends"));
    assert_eq!(quiet.until_at, Some(rig.house.now().plus_millis(24 * 60 * MINUTE)), "a day at most");
}

#[tokio::test]
async fn conditions_and_everything_need_an_end() {
    let rig = rig();
    let refusal = rig.refused("quiet.add", json!({ "shape": "muted", "over": { "when": "service=db" } })).await;
    assert_eq!((refusal.code, refusal.field.as_deref()), (Code::InvalidField, Some("minutes")));
    let bad = rig.refused("quiet.add", json!({ "shape": "muted", "over": { "when": "service" }, "minutes": 5 })).await;
    assert_eq!(bad.field.as_deref(), Some("when"));
    let both = json!({ "shape": "muted", "over": { "when": "a=b", "everything": true }, "minutes": 5 });
    assert_eq!(rig.refused("quiet.add", both).await.field.as_deref(), Some("over"));
    let all = rig.refused("quiet.add", json!({ "shape": "muted", "over": { "everything": true }, "minutes": 5 })).await;
    assert_eq!(all.message, "Only part of everything may be quiet: give a storm, quiet hours or a maintenance window.");
    let _: ManyReceipt = rig.ask("quiet.add", json!({ "shape": "muted", "over": { "when": "service=DB" }, "minutes": 5 })).await;
    assert_eq!(one(&rig.quiets().await).title, "service=db", "called by what it covers");
}

#[tokio::test]
async fn a_window_recurs_in_the_zone_of_this_machine() {
    let rig = rig();
    let window = |minutes: Option<u32>| {
        let ask = json!({ "shape": "maintenance", "over": { "everything": true }, "rule": "FREQ=WEEKLY;BYDAY=TU", "reason": "patches" });
        let mut ask = ask;
        ask["minutes"] = json!(minutes);
        ask
    };
    assert_eq!(rig.refused("quiet.add", window(None)).await.message, "Say how long each time lasts.");
    let _: ManyReceipt = rig.ask("quiet.add", window(Some(120))).await;
    let home = rig.house.engine.home();
    let recurs = home.quiet.values().next().and_then(|quiet| quiet.order.recurs.clone()).expect("it recurs");
    assert_eq!((recurs.zone.as_str(), recurs.minutes), ("Europe/Berlin", 120));
    let quiets = rig.quiets().await;
    assert!(!one(&quiets).holds, "today is a Monday");
    let unreasoned = json!({ "shape": "maintenance", "over": { "when": "a=b" }, "minutes": 5 });
    assert_eq!(rig.refused("quiet.add", unreasoned).await.field.as_deref(), Some("reason"));
    let mut strange = window(Some(120));
    strange["rule"] = json!("EVERY DAY");
    assert_eq!(rig.refused("quiet.add", strange).await.field.as_deref(), Some("rule"));
}

#[tokio::test]
async fn quiet_hours_cover_what_is_less_bad() {
    let rig = rig();
    let ask = json!({ "shape": "quiet_hours", "over": { "everything": true }, "rule": "FREQ=DAILY", "minutes": 540 });
    let _: ManyReceipt = rig.ask("quiet.add", ask).await;
    let home = rig.house.engine.home();
    let order = &home.quiet.values().next().expect("set").order;
    assert_eq!((order.below, order.shape), (Some(Error), Shape::QuietHours));
}

#[tokio::test]
async fn a_storm_knows_what_fires_and_goes_on_without_a_gap() {
    let rig = rig();
    assert_eq!(rig.refused("storm.set", json!({ "on": true })).await.code, Code::Refused, "nothing fires");
    assert_eq!(rig.refused("storm.set", json!({ "on": false })).await.message, "No storm is on.");
    rig.house.ingest(vec![signal("disk", "db", Critical), signal("cpu", "web", Warning)]).await;
    let on: Receipt = rig.ask("storm.set", json!({ "on": true })).await;
    let known = |rig: &Rig| {
        let home = rig.house.engine.home();
        let storms: Vec<_> = home.quiet.values().filter(|quiet| quiet.order.shape == Shape::Storm).cloned().collect();
        assert_eq!(storms.len(), 1, "one storm at a time");
        storms[0].order.clone()
    };
    let order = known(&rig);
    let services: Vec<String> = order.known.as_ref().expect("known").services.iter().map(ToString::to_string).collect();
    assert_eq!((services, order.known.expect("known").worst), (vec!["db".to_owned(), "web".to_owned()], Some(Critical)));
    assert_eq!(order.until, rig.house.now().plus_millis(30 * MINUTE));
    rig.house.fast_forward(MINUTE).await;
    let rings = rig.house.engine.home().alarm.as_ref().map(|alarm| alarm.id);
    let _: Receipt = rig.ask("storm.set", json!({ "on": true, "minutes": 60 })).await;
    assert_eq!(known(&rig).until, rig.house.now().plus_millis(60 * MINUTE), "it goes on from now");
    assert_eq!(rig.house.engine.home().alarm.as_ref().map(|alarm| alarm.id), rings, "and nothing rang between");
    let part = json!({ "shape": "storm", "over": { "when": "service=db" }, "minutes": 5 });
    assert_eq!(rig.refused("quiet.add", part).await.field.as_deref(), Some("over"), "a storm is not a part of it");
    rig.undo(on.undo).await;
    assert_eq!(ordered(&rig).await, vec![], "undone, no storm is on");
}

#[tokio::test]
async fn ending_a_storm_can_be_taken_back() {
    let rig = rig();
    rig.house.ingest(vec![signal("disk", "db", Critical)]).await;
    let _: Receipt = rig.ask("storm.set", json!({ "on": true, "minutes": 60 })).await;
    rig.house.fast_forward(20 * MINUTE).await;
    let off: Receipt = rig.ask("storm.set", json!({ "on": false })).await;
    rig.undo(off.undo).await;
    assert_eq!(one(&rig.quiets().await).until_at, Some(rig.house.now().plus_millis(40 * MINUTE)), "for the rest of its time");
}

#[tokio::test]
async fn the_list_says_what_is_quiet_by_itself() {
    let rig = rig();
    let card = json!({ "title": null, "owner": null, "team": null, "depends_on": ["db"], "link": null });
    let _: Receipt = rig.ask("service.describe", json!({ "name": "shop", "card": card })).await;
    let rules = json!({ "text": "[[rule]]\nname = \"batch\"\nwhen = \"service=batch\"\nquiet = \"retries\"\n" });
    let _: Receipt = rig.ask("rule.set", rules).await;
    rig.house.ingest(vec![signal("disk", "db", Critical)]).await;
    rig.house.ingest(vec![signal("slow", "shop", Error), signal("job", "batch", Error), signal("late", "db", Error)]).await;
    let quiets = rig.quiets().await;
    let said: Vec<(&str, &str, u64)> = quiets.iter().map(|quiet| (quiet.shape.as_str(), quiet.title.as_str(), quiet.groups)).collect();
    assert!(said.contains(&("rule", "Rule “batch”", 1)), "{said:?}");
    assert!(said.contains(&("parent", "What rests on db", 1)), "{said:?}");
    assert!(said.contains(&("group", "Rang together at 14:00 UTC", 1)), "{said:?}");
    assert!(quiets.iter().all(|quiet| quiet.id.is_none()), "none of it was ordered");
}
