//! The JSON that others script against, field by field as the contract writes it.

use crate::{Place, assert_fields, is_time};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

const INCIDENT: &str = "id ref title severity status declared_at impact_started_at detected_at acknowledged_at mitigated_at resolved_at closed_at \
    commander drill private";
const LISTS: [&str; 9] = ["roles", "services", "tasks", "alerts", "hypotheses", "decisions", "impact", "sla", "links"];

#[test]
fn an_incident_is_one_object() {
    let place = Place::empty();
    let declared = place.json(&["declare", "sev1 checkout 502s for EU @sam #payments"]);
    assert_fields(&declared, INCIDENT);
    assert_fields(&declared, "next_update_due head");
    assert!(LISTS.iter().all(|list| declared[list].is_array()), "lists are lists, also empty: {declared}");
    assert_eq!(declared["title"], "checkout 502s for EU");
    assert_eq!(declared["severity"], "sev1");
    assert_eq!(declared["status"], "investigating", "declared by a person: somebody is on it");
    assert_eq!(declared["services"], json!(["payments"]));
    assert_eq!(declared["resolved_at"], Value::Null, "absent times are null");
    assert!(is_time(&declared["declared_at"]), "{}", declared["declared_at"]);
    assert_fields(&declared["commander"], "name state since");
    assert_eq!((&declared["commander"]["name"], &declared["commander"]["state"]), (&json!("sam"), &json!("acting")));
    assert_fields(&declared["roles"][0], "role name state means since");
    assert_fields(&declared["head"], "seq hash");
    let reference = declared["ref"].as_str().expect("a reference");
    assert!(reference.starts_with("INC-") && (8..=9).contains(&reference.len()), "{reference}");
    let shown = place.json(&["show", &reference.to_lowercase()]);
    assert_eq!(crate::fields(&shown), crate::fields(&declared), "declare answers as show does");
    assert_eq!(shown, declared, "and nothing changed in between");
}

#[test]
fn a_list_is_an_array_without_lists() {
    let place = Place::empty();
    assert_eq!(place.json(&["list"]), json!([]), "nothing yet");
    let first = place.declared("sev3 search is slow #search");
    place.declared("sev1 checkout fails #payments");
    place.json(&["resolve", &first]);
    let open = place.json(&["list"]);
    assert_eq!(open.as_array().map(Vec::len), Some(1), "open ones by default: {open}");
    assert_fields(&open[0], INCIDENT);
    for absent in ["roles", "tasks", "alerts", "impact"] {
        assert_eq!(open[0].get(absent), None, "{absent} is a list");
    }
    assert_eq!(place.json(&["list", "--all", "--severity", "SEV-3"])[0]["ref"], first.as_str());
    assert_eq!(place.json(&["list", "--all", "--service", "#payments"]).as_array().map(Vec::len), Some(1));
    assert_eq!(place.json(&["list", "--all", "--since", "2100-01-01T00:00:00Z"]), json!([]));
}

#[test]
fn a_timeline_is_lines() {
    let place = Place::empty();
    let incident = place.declared("disk full");
    place.json(&["--for", "sam", "--by", "phone", "note", &incident, "bank called", "--at", "-12m", "--pin"]);
    let lines = place.lines(&["timeline", &incident]);
    assert_eq!(lines.len(), 2, "{lines:?}");
    for line in &lines {
        assert_fields(
            line,
            "seq id kind occurred_at recorded_at actor on_behalf_of means via text data corrects corrected_by redacted pinned hash",
        );
    }
    let note = &lines[0];
    assert_eq!(note["kind"], "note", "back-dated: it comes first");
    assert_eq!(
        (&note["actor"], &note["on_behalf_of"], &note["means"], &note["via"]),
        (&json!("dana"), &json!("sam"), &json!("phone"), &json!("cli"))
    );
    assert_eq!((&note["text"], &note["pinned"]), (&json!("bank called"), &json!(true)));
    assert!(is_time(&note["occurred_at"]) && note["occurred_at"].as_str() < note["recorded_at"].as_str());
    assert_eq!(place.lines(&["timeline", &incident, "--kind", "note"]).len(), 1);
    assert_eq!(place.lines(&["timeline", &incident, "--limit", "1"])[0]["kind"], "declared", "the last one");
    assert_eq!(place.lines(&["timeline", &incident, "--as-of", "-1h"]).len(), 0, "nothing was known an hour ago");
}

#[test]
fn a_long_timeline_comes_whole_and_in_order() {
    let place = Place::empty();
    let serving = place.serve();
    let incident = place.declared("long night");
    for number in 0..230 {
        place.text(&["--quiet", "note", &incident, &format!("note {number}")]);
    }
    let lines = place.lines(&["timeline", &incident]);
    let texts: Vec<&str> = lines.iter().filter(|line| line["kind"] == "note").filter_map(|line| line["text"].as_str()).collect();
    assert_eq!(texts.len(), 230, "more than two pages");
    assert!(texts.iter().enumerate().all(|(number, text)| *text == format!("note {number}")), "in order, none twice");
    assert_eq!(place.lines(&["timeline", &incident, "--limit", "150"]).len(), 150);
    assert!(serving.stop());
}

#[test]
fn a_source_and_its_alerts() {
    let place = Place::empty();
    let serving = place.serve();
    let source = place.json(&["source", "add", "alertmanager", "eu"]);
    assert_fields(&source, "name kind token url");
    assert_eq!((&source["name"], &source["kind"]), (&json!("eu"), &json!("alertmanager")));
    let token = source["token"].as_str().expect("a token");
    assert_eq!(token.len(), 32, "PagerDuty's length");
    let address = serving.said["listening"].as_str().expect("where it listens");
    assert_eq!(source["url"], format!("http://{address}/hooks/alertmanager/{token}"));
    let status = post(address, &format!("/hooks/alertmanager/{token}"), NOTIFICATION);
    assert!(status.starts_with("HTTP/1.1 200"), "{status}");

    let groups = place.json(&["alert", "list"]);
    let group = &groups[0];
    assert_fields(group, "id key title state severity count first_at last_at sources services incident alerts");
    assert_eq!((&group["count"], &group["incident"], &group["sources"]), (&json!(1), &Value::Null, &json!(["eu"])));
    assert_fields(&group["alerts"][0], "key episode status labels started_at ended_at source received_at");
    assert_eq!(group["alerts"][0]["labels"]["alertname"], "HighErrorRate");

    let id = group["id"].as_str().expect("an id");
    let incident = place.json(&["declare", "errors", "--alert", id]);
    assert_eq!(incident["alerts"][0]["id"], id, "declared from it");
    assert_eq!(place.json(&["alert", "list"]), json!([]), "and so it waits no more");
    assert!(place.text(&["source", "test", "eu"]).contains("Last heard at"));
    assert!(serving.stop());
}

#[test]
fn verification() {
    let place = Place::empty();
    place.declared("disk full");
    let verified = place.json(&["verify"]);
    assert_fields(&verified, "ok events first_bad heads");
    assert_eq!((&verified["ok"], &verified["first_bad"]), (&json!(true), &Value::Null));
    assert_fields(&verified["heads"][0], "device seq hash");
}

#[test]
fn errors_are_objects_with_three_fields() {
    let place = Place::empty();
    for (status, code, arguments) in [
        (2, "invalid_request", &["list", "--severity", "sev9"][..]),
        (2, "invalid_field", &["list", "--since", "yesterday"]),
        (2, "invalid_field", &["declare", "   "]),
        (3, "not_found", &["show", "INC-0000"]),
        (1, "no_desktop", &["open"]),
    ] {
        let error = place.refusal(status, arguments);
        assert_eq!(crate::fields(&error), ["code", "hint", "message"], "{arguments:?}");
        assert_eq!(error["code"], code, "{arguments:?}: {error}");
        assert!(error["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "and what to do: {error}");
        assert!(error["message"].as_str().is_some_and(|text| text.ends_with('.')), "a sentence: {error}");
    }
}

pub const NOTIFICATION: &str = r#"{"version":"4","groupKey":"{}:{alertname=\"HighErrorRate\"}","truncatedAlerts":0,"status":"firing","receiver":"m",
"groupLabels":{"alertname":"HighErrorRate"},"commonLabels":{},"commonAnnotations":{},"externalURL":"http://am","alerts":[{"status":"firing",
"labels":{"alertname":"HighErrorRate","severity":"critical","service":"payments"},"annotations":{"summary":"errors \u001b[2Jeverywhere"},
"startsAt":"2026-01-01T00:00:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"","fingerprint":"0123456789abcdef"}]}"#;

pub fn post(address: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    answer
}
