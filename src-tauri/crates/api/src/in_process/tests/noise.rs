//! The noise ledger over a ledger of events, and changes around an incident.

use super::*;
use crate::dto::{ChangeView, NoiseView, Receipt};
use domain::AlertSeverity::Critical;
use domain::SourceName;
use domain::alerts::{Change, Signal, SignalState};
use engine::Ingest;
use serde_json::{Value, json};
use testkit::MINUTE;

#[tokio::test]
async fn what_was_noisy_is_counted_and_answered_with_a_proposal() {
    let rig = rig();
    for n in 0..6 {
        let episode = |state| Signal { episode: n.to_string(), started_at: rig.house.now(), state, ..signal("disk", "db", Critical) };
        rig.house.ingest(vec![episode(testkit::FIRING)]).await;
        rig.house.fast_forward(2 * MINUTE).await;
        rig.house.ingest(vec![episode(SignalState::Resolved { ended_at: rig.house.now() })]).await;
        rig.house.fast_forward(60 * MINUTE).await;
    }
    let noise: NoiseView = rig.ask("noise", json!({})).await;
    assert_eq!(noise.rows.len(), 1, "{:?}", noise.rows);
    let row = &noise.rows[0];
    assert_eq!((row.name.as_str(), row.fired, row.notified, row.acted_on), ("DiskFull", 6, 6, 0), "by its alertname");
    let proposal = row.proposal.as_ref().expect("six short noises");
    assert_eq!((proposal.kind.as_str(), proposal.saves), ("for", 6));
    let since = json!({ "from": rig.house.now().plus_millis(-MINUTE) });
    let noise: NoiseView = rig.ask("noise", since).await;
    assert_eq!(noise.rows, vec![], "nothing since a minute ago");
}

#[tokio::test]
async fn what_somebody_acted_on_is_counted_and_steps_that_recur_are_named() {
    let rig = rig();
    rig.house.ingest(vec![signal("disk", "db", Critical)]).await;
    for title in ["One", "Two", "Three"] {
        let declare = if title == "One" { json!({ "title": title, "alerts": ["disk"] }) } else { json!({ "title": title }) };
        let incident: Value = rig.ask("incident.declare", declare).await;
        let note = json!({ "incident": incident["ref"], "text": format!("Restarted worker {title}-7"), });
        let _: Receipt = rig.ask("incident.note", note).await;
        let task = json!({ "incident": incident["ref"], "text": "Clear the cache", "owner": "mei" });
        let _: Receipt = rig.ask("task.add", task).await;
    }
    let noise: NoiseView = rig.ask("noise", json!({})).await;
    assert_eq!((noise.rows[0].acted_on, noise.rows[0].notified), (1, 1), "{:?}", noise.rows);
    let steps: Vec<(&str, u64, usize)> = noise.repeated.iter().map(|step| (step.text.as_str(), step.times, step.incidents.len())).collect();
    assert_eq!(steps, [("Clear the cache", 3, 3)], "the notes name three things");
}

#[tokio::test]
async fn changes_around_an_incidents_beginning_are_found() {
    let rig = rig();
    let seen = |key: &str, minutes: i64| Change {
        key: key.into(),
        title: format!("Deployed {key}"),
        at: rig.house.now().plus_millis(minutes * MINUTE),
        outcome: Some("success".into()),
        service: None,
        link: None,
        labels: [].into(),
    };
    let changes = vec![seen("old", -180), seen("before", -60), seen("after", 20), seen("late", 60)];
    let source = SourceName("ci".into());
    let ingest = Ingest { source, signals: vec![], changes, refused: vec![], received_at: rig.house.now() };
    rig.house.engine.ingest(ingest).await.expect("taken in");
    let incident: Value = rig.ask("incident.declare", json!({ "title": "Shop is down" })).await;
    let names = |changes: Vec<ChangeView>| changes.into_iter().map(|change| change.title).collect::<Vec<_>>();
    let around: Vec<ChangeView> = rig.ask("change.list", json!({ "incident": incident["ref"] })).await;
    assert_eq!(names(around), ["Deployed after", "Deployed before"], "the last first");
    let since: Vec<ChangeView> = rig.ask("change.list", json!({ "since": rig.house.now().plus_millis(-200 * MINUTE), "limit": 10 })).await;
    assert_eq!(names(since), ["Deployed after", "Deployed before", "Deployed old"], "what lies an hour ahead has not been done");
}
