//! Sources with settings and secrets.

use super::*;
use crate::Code;
use crate::dto::{Receipt, SourceCreated, SourceView};
use serde_json::{Value, json};

fn settings(url: &str, every: Option<u32>) -> Value {
    json!({
        "url": url, "every_secs": every, "silent_minutes": null, "mapping": null, "header": " ", "expect": null, "service": null
    })
}

async fn source(rig: &Rig) -> SourceView {
    let all: Vec<SourceView> = rig.ask("source.list", json!({})).await;
    all.into_iter().next().expect("added")
}

#[tokio::test]
async fn one_that_is_asked_needs_an_address_and_keeps_its_secret_apart() {
    let rig = rig();
    let pull = |settings: Option<Value>| json!({ "kind": "prometheus-pull", "name": "prom", "settings": settings, "secret": "s3cret" });
    let refusal = rig.refused("source.add", pull(None)).await;
    assert_eq!((refusal.code, refusal.field.as_deref()), (Code::InvalidField, Some("url")));
    assert_eq!(rig.machine.secrets.lock().expect("held").len(), 0, "what was refused leaves no secret behind");
    let _: SourceCreated = rig.ask("source.add", pull(Some(settings("http://prom:9090", Some(30))))).await;
    let seen = source(&rig).await;
    assert_eq!((seen.way.as_str(), seen.has_secret, seen.settings.every_secs), ("pull", true, Some(30)));
    assert_eq!(seen.settings.header, None, "a blank says nothing");
    let all: Value = rig.ask("source.list", json!({})).await;
    assert!(!all.to_string().contains("s3cret"), "a secret is never shown again");
    let _: Receipt = rig.ask("source.remove", json!({ "name": "prom" })).await;
    assert_eq!(rig.machine.secrets.lock().expect("held").len(), 0, "and ends with its source");
}

#[tokio::test]
async fn settings_change_and_come_back() {
    let rig = rig();
    let add = json!({ "kind": "json-pull", "name": "api", "settings": settings("https://api.example/alerts", None) });
    let _: SourceCreated = rig.ask("source.add", add).await;
    let change = json!({ "name": "api", "settings": settings("https://api.example/v2", Some(60)) });
    let set: Receipt = rig.ask("source.set", change.clone()).await;
    assert_eq!(source(&rig).await.settings.url.as_deref(), Some("https://api.example/v2"));
    assert_eq!(rig.refused("source.set", change.clone()).await.message, "Nothing would change.");
    let mut secret = change;
    secret["secret"] = json!("t");
    let _: Receipt = rig.ask("source.set", secret.clone()).await;
    assert!(source(&rig).await.has_secret, "a secret alone is a change");
    secret["secret"] = json!("");
    let _: Receipt = rig.ask("source.set", secret).await;
    assert!(!source(&rig).await.has_secret, "an empty one forgets it");
    rig.undo(set.undo).await;
    assert_eq!(source(&rig).await.settings.url.as_deref(), Some("https://api.example/alerts"));
    assert_eq!(rig.refused("source.set", json!({ "name": "no", "settings": settings("http://x", None) })).await.code, Code::NotFound);
    let often = rig.refused("source.set", json!({ "name": "api", "settings": settings("http://x", Some(1)) })).await;
    assert_eq!(often.field.as_deref(), Some("every_secs"));
}

#[tokio::test]
async fn a_mapping_that_does_not_read_names_its_line() {
    let rig = rig();
    let _: SourceCreated = rig.ask("source.add", json!({ "kind": "mapped", "name": "own" })).await;
    let set = |mapping: &str| {
        let mut settings = settings("", None);
        settings["mapping"] = json!(mapping);
        json!({ "name": "own", "settings": settings })
    };
    let refusal = rig.refused("source.set", set("key = \"/id\"\ncolour = \"/c\"\n")).await;
    assert_eq!((refusal.code, refusal.field.as_deref()), (Code::InvalidField, Some("mapping")));
    assert!(refusal.message.contains("2"), "the line: {}", refusal.message);
    let _: Receipt = rig.ask("source.set", set("key = \"/id\"\ntitle = \"/name\"\n")).await;
    assert!(source(&rig).await.settings.mapping.is_some());
}

#[tokio::test]
async fn a_kind_that_is_not_known_names_those_that_are() {
    let rig = rig();
    let refusal = rig.refused("source.add", json!({ "kind": "telex", "name": "t" })).await;
    assert!(refusal.hint.is_some_and(|hint| hint.contains("prometheus-pull")));
    let _: SourceCreated = rig.ask("source.add", json!({ "kind": "alertmanager", "name": "eu" })).await;
    assert_eq!(rig.refused("source.add", json!({ "kind": "grafana", "name": "eu" })).await.code, Code::Refused);
}
