//! A problem that somebody reports on a call.

use super::*;
use crate::Code;
use crate::dto::{GroupView, InboxView, Receipt, SourceView};
use domain::AlertSeverity;
use serde_json::json;

#[tokio::test]
async fn a_report_is_an_alert_that_says_who_said_it_and_who_typed_it() {
    let rig = rig();
    let report = json!({ "text": "  Cards are\n declined ", "service": "Shop", "for_name": "mei", "by": "phone" });
    let done: Receipt = rig.ask("alert.report", report).await;
    assert!(done.event.is_some() && done.seq > 0, "{done:?}");
    let inbox: InboxView = rig.ask("alert.inbox", json!({})).await;
    assert_eq!(inbox.waiting.len(), 1);
    let waiting = &inbox.waiting[0];
    assert_eq!((waiting.group.title.as_str(), waiting.group.services[0].as_str()), ("Cards are declined", "shop"));
    assert_eq!(waiting.suggested_because, "reported by mei, as warning");
    let group: GroupView = rig.ask("alert.show", json!({ "group": waiting.group.id.to_string() })).await;
    let labels = &group.alerts[0].labels;
    assert_eq!((labels["reported_by"].as_str(), labels["typed_by"].as_str(), labels["means"].as_str()), ("mei", "dana", "phone"));
}

#[tokio::test]
async fn reports_share_one_source_that_only_this_home_knows() {
    let rig = rig();
    let report = |severity: AlertSeverity| json!({ "text": "The site is slow", "severity": severity });
    let _: Receipt = rig.ask("alert.report", report(AlertSeverity::Critical)).await;
    let _: Receipt = rig.ask("alert.report", report(AlertSeverity::Critical)).await;
    let sources: Vec<SourceView> = rig.ask("source.list", json!({})).await;
    assert_eq!(sources.iter().map(|source| (source.name.as_str(), source.kind.as_str())).collect::<Vec<_>>(), [("report", "report")]);
    let groups: Vec<GroupView> = rig.ask("alert.list", json!({})).await;
    assert_eq!(groups.len(), 2, "two people may mean two things: each report is one");
    assert!(groups.iter().all(|group| group.severity == AlertSeverity::Critical));
}

#[tokio::test]
async fn a_report_says_something() {
    let rig = rig();
    for text in [" ".to_owned(), "x".repeat(501)] {
        let refusal = rig.refused("alert.report", json!({ "text": text })).await;
        assert_eq!((refusal.code, refusal.field.as_deref()), (Code::InvalidField, Some("text")));
    }
    let sources: Vec<SourceView> = rig.ask("source.list", json!({})).await;
    assert_eq!(sources, vec![], "and what is refused makes no source");
}
