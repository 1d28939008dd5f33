//! What a tool would have sent, from a file.

use super::*;
use crate::Code;
use crate::dto::{GroupView, IngestReceipt, RefusalView, SourceCreated};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

const NOTIFICATION: &str = r#"{"version":"4","groupKey":"{}:{alertname=\"Disk\"}","status":"firing","receiver":"m","groupLabels":{"alertname":"Disk"},
"commonLabels":{},"commonAnnotations":{},"externalURL":"http://am","alerts":[{"status":"firing","labels":{"alertname":"Disk","service":"db"},
"annotations":{},"startsAt":"2026-03-09T13:00:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"","fingerprint":"0123456789abcdef"}]}"#;

fn sent(source: &str, body: &str, format: Option<&str>) -> Value {
    json!({ "source": source, "body": BASE64_STANDARD.encode(body), "format": format })
}

#[tokio::test]
async fn a_body_is_read_as_its_source_or_as_is_said() {
    let rig = rig();
    let _: SourceCreated = rig.ask("source.add", json!({ "kind": "alertmanager", "name": "eu" })).await;
    let receipt: IngestReceipt = rig.ask("alert.ingest", sent("eu", NOTIFICATION, None)).await;
    assert_eq!(receipt, IngestReceipt { accepted: 1, changes: 0, refused: vec![] });
    let said: IngestReceipt = rig.ask("alert.ingest", sent("eu", r#"{"title":"Backup failed"}"#, Some("json"))).await;
    assert_eq!(said.accepted, 1, "read as said, and counted for eu");
    let groups: Vec<GroupView> = rig.ask("alert.list", json!({})).await;
    assert_eq!(groups.len(), 2);
    assert!(groups.iter().all(|group| group.sources[0].as_str() == "eu"), "{groups:?}");
}

#[tokio::test]
async fn what_does_not_read_is_refused_and_kept_to_be_looked_at() {
    let rig = rig();
    let _: SourceCreated = rig.ask("source.add", json!({ "kind": "alertmanager", "name": "eu" })).await;
    let refusal = rig.refused("alert.ingest", sent("eu", "hello", None)).await;
    assert_eq!((refusal.code, refusal.field.as_deref()), (Code::InvalidField, Some("body")));
    let kept: Vec<RefusalView> = rig.ask("source.refusals", json!({ "name": "eu" })).await;
    assert_eq!((kept.len(), kept[0].raw.as_str(), kept[0].reason.as_str()), (1, "hello", refusal.message.as_str()));
}

#[tokio::test]
async fn whose_it_is_and_how_it_is_read_must_be_known() {
    let rig = rig();
    assert_eq!(rig.refused("alert.ingest", sent("nobody", "{}", None)).await.code, Code::NotFound);
    let _: SourceCreated = rig.ask("source.add", json!({ "kind": "json", "name": "own" })).await;
    assert_eq!(rig.refused("alert.ingest", sent("own", "{}", Some("telex"))).await.field.as_deref(), Some("kind"));
    let bare = json!({ "source": "own", "body": "not base64!" });
    assert_eq!(rig.refused("alert.ingest", bare).await.field.as_deref(), Some("body"));
}
