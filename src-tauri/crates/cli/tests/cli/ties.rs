//! Messy incidents: merged, taken apart, split, linked.

use crate::shapes::{NOTIFICATION, post};
use crate::{Place, assert_fields};
use serde_json::{Value, json};

#[test]
fn a_merged_incident_leads_to_the_other() {
    let place = Place::empty();
    let (one, other) = (place.declared("checkout 502s"), place.declared("payments fail"));
    let merged = place.text(&["merge", &one, &other]);
    assert!(merged.contains(&format!("Merged into {other}")), "{merged}");
    assert_eq!(place.json(&["show", &one])["ref"], other.as_str(), "the old reference keeps working");
    let links = place.json(&["show", &other])["links"].clone();
    assert_fields(&links[0], "tie id ref");
    assert_eq!((&links[0]["tie"], &links[0]["ref"]), (&json!("absorbed"), &json!(one)));
    assert!(place.text(&["show", &other]).contains("Absorbed"));
    place.json(&["note", &one, "said in the old room"]);
    let texts: Vec<Value> = place.lines(&["timeline", &other]).into_iter().map(|line| line["text"].clone()).collect();
    assert!(texts.contains(&json!("said in the old room")), "{texts:?}");
    place.json(&["unmerge", &one]);
    assert_eq!(place.json(&["show", &one])["ref"], one.as_str());
    assert_eq!(place.refusal(4, &["unmerge", &one])["message"], "The two are not merged.");
    assert_eq!(place.refusal(4, &["merge", &one, &one])["message"], "An incident cannot be tied to itself.");
    assert_eq!(place.refusal(3, &["merge", &one, "INC-0000"])["code"], "not_found");
}

#[test]
fn linked_incidents_name_each_other() {
    let place = Place::empty();
    let (one, other) = (place.declared("checkout 502s"), place.declared("payments fail"));
    place.json(&["link", &one, &other]);
    for (here, there) in [(&one, &other), (&other, &one)] {
        let links = place.json(&["show", here])["links"].clone();
        assert_eq!((&links[0]["tie"], &links[0]["ref"]), (&json!("linked"), &json!(there)));
    }
    place.json(&["unlink", &one, &other]);
    assert_eq!(place.json(&["show", &other])["links"], json!([]));
    assert_eq!(place.refusal(4, &["unlink", &one, &other])["code"], "refused");
}

#[test]
fn alerts_split_off_are_an_incident_of_their_own() {
    let place = Place::empty();
    let serving = place.serve();
    let source = place.json(&["source", "add", "alertmanager", "eu"]);
    let (address, token) = (serving.said["listening"].as_str().expect("an address"), source["token"].as_str().expect("a token"));
    let other = NOTIFICATION.replace("HighErrorRate", "DiskFull").replace("0123456789abcdef", "fedcba9876543210");
    for body in [NOTIFICATION, &other] {
        let status = post(address, &format!("/hooks/alertmanager/{token}"), body);
        assert!(status.starts_with("HTTP/1.1 200"), "{status}");
    }
    let groups: Vec<String> = place
        .json(&["alert", "list"])
        .as_array()
        .expect("groups")
        .iter()
        .map(|group| group["id"].as_str().expect("an id").to_owned())
        .collect();
    let [one, two] = &groups[..] else { panic!("two groups: {groups:?}") };
    let incident =
        place.json(&["declare", "everything is red", "--alert", one, "--alert", two])["ref"].as_str().expect("a reference").to_owned();
    let new = place.json(&["split", &incident, "--alert", two, "--title", "the other thing", "--severity", "sev3"]);
    assert_eq!((&new["title"], &new["severity"], &new["alerts"][0]["id"]), (&json!("the other thing"), &json!("sev3"), &json!(two)));
    assert_eq!((&new["links"][0]["tie"], &new["links"][0]["ref"]), (&json!("split_from"), &json!(incident)));
    let left = place.json(&["show", &incident])["alerts"].clone();
    assert_eq!((left.as_array().map(Vec::len), &left[0]["id"]), (Some(1), &json!(one)), "the other alerts stay");
    assert!(serving.stop());
    assert_eq!(place.refusal(3, &["split", &incident, "--alert", "ffffffff"])["code"], "not_found");
    assert_eq!(place.refusal(2, &["split", &incident])["code"], "invalid_request", "which alerts?");
}
