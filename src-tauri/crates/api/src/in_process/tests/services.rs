//! The service catalogue by its operations.

use super::*;
use crate::Code;
use crate::dto::{Receipt, ServiceView, ServicesImport};
use domain::AlertSeverity::Error;
use serde_json::{Value, json};

async fn services(rig: &Rig) -> Vec<ServiceView> {
    rig.ask("service.list", json!({})).await
}

fn card(title: &str, below: &[&str]) -> Value {
    json!({ "title": title, "owner": "@Mei", "team": " ", "depends_on": below, "link": null })
}

#[tokio::test]
async fn a_service_is_described_and_says_who_watches_it() {
    let rig = rig();
    let first: Receipt = rig.ask("service.describe", json!({ "name": "Shop", "card": card("Shop", &["DB"]) })).await;
    let _: Receipt = rig.ask("service.describe", json!({ "name": "db", "card": card("", &[]) })).await;
    rig.house.ingest(vec![signal("slow", "shop", Error), signal("lost", "mail", Error)]).await;
    let listed = services(&rig).await;
    let names: Vec<(&str, bool, usize, u64)> =
        listed.iter().map(|view| (view.name.as_str(), view.in_catalog, view.watched_by.len(), view.firing)).collect();
    assert_eq!(names, [("db", true, 0, 0), ("mail", false, 1, 1), ("shop", true, 1, 1)], "nobody watches db, nobody describes mail");
    assert_eq!(listed[0].dependents.iter().map(ToString::to_string).collect::<Vec<_>>(), ["shop"]);
    let shop = &listed[2].card;
    assert_eq!((shop.owner.as_ref().map(ToString::to_string), &shop.team), (Some("mei".to_owned()), &None), "blanks say nothing");
    rig.undo(first.undo).await;
    assert!(services(&rig).await.iter().all(|view| view.name.as_str() != "shop" || !view.in_catalog));
}

#[tokio::test]
async fn what_is_changed_or_removed_comes_back_as_it_was() {
    let rig = rig();
    let _: Receipt = rig.ask("service.describe", json!({ "name": "db", "card": card("One", &[]) })).await;
    let changed: Receipt = rig.ask("service.describe", json!({ "name": "db", "card": card("Two", &[]) })).await;
    rig.undo(changed.undo).await;
    assert_eq!(services(&rig).await[0].card.title.as_deref(), Some("One"));
    let removed: Receipt = rig.ask("service.remove", json!({ "name": "db" })).await;
    assert_eq!(services(&rig).await, vec![]);
    rig.undo(removed.undo).await;
    assert_eq!(services(&rig).await[0].card.title.as_deref(), Some("One"));
    assert_eq!(rig.refused("service.remove", json!({ "name": "nothing" })).await.code, Code::NotFound);
    let itself = rig.refused("service.describe", json!({ "name": "db", "card": card("x", &["db"]) })).await;
    assert_eq!(itself.message, "A service cannot rest on itself.");
}

#[tokio::test]
async fn an_import_says_what_it_does_before_it_does_it() {
    let rig = rig();
    let _: Receipt = rig.ask("service.describe", json!({ "name": "db", "card": card("Old", &[]) })).await;
    let text = "services:\n  - {name: db, title: Database}\n  - {name: shop, depends_on: [db]}\n  - {title: nameless}\n";
    let dry: ServicesImport = rig.ask("service.import", json!({ "text": text, "dry_run": true })).await;
    assert_eq!((dry.added.len(), dry.changed.len(), dry.skipped.len()), (1, 1, 1));
    assert_eq!(services(&rig).await.len(), 1, "nothing was changed");
    let wet: ServicesImport = rig.ask("service.import", json!({ "text": text })).await;
    assert_eq!(wet, dry);
    let again: ServicesImport = rig.ask("service.import", json!({ "text": text })).await;
    assert_eq!((again.added.len(), again.changed.len(), again.same), (0, 0, 2));
    let refusal = rig.refused("service.import", json!({ "text": "a: [" })).await;
    assert_eq!((refusal.code, refusal.field.as_deref()), (Code::InvalidField, Some("text")));
}
