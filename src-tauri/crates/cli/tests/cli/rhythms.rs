//! What a home is set to: cadence, targets, matrix, meeting places, and this machine's wakefulness.

use crate::Place;
use serde_json::{Value, json};

fn of(list: &Value, severity: &str) -> Value {
    list.as_array()
        .and_then(|all| all.iter().find(|one| one["severity"] == severity).cloned())
        .unwrap_or_else(|| panic!("{severity}: {list}"))
}

#[test]
fn each_severity_has_its_cadence_and_targets() {
    let place = Place::empty();
    let cadence = || of(&place.json(&["cadence", "list"]), "sev1")["cadence"].clone();
    let was = cadence();
    place.json(&["cadence", "set", "sev1", "--every", "15m", "--after", "3h"]);
    let set = json!({ "every_minutes": 15, "long_minutes": was["long_minutes"], "long_after_minutes": 180 });
    assert_eq!(cadence(), set, "what is not named stays");
    assert!(place.text(&["cadence", "list"]).contains("an update every 15 min"));

    let targets = || of(&place.json(&["targets", "list"]), "sev2")["targets"].clone();
    place.json(&["targets", "set", "sev2", "--acknowledge", "10m", "--resolve", "none", "--pause", "monitoring,mitigated"]);
    assert_eq!(targets(), json!({ "acknowledge_minutes": 10, "resolve_minutes": null, "pauses": ["monitoring", "mitigated"] }));
    place.json(&["targets", "set", "sev2", "--pause", "none"]);
    assert_eq!((&targets()["pauses"], &targets()["acknowledge_minutes"]), (&json!([]), &json!(10)));
    let text = place.text(&["targets", "list"]);
    assert!(text.contains("acknowledge within 10 min") && text.contains("no target to resolve"), "{text}");
    let incident = place.json(&["declare", "sev2 checkout"]);
    assert_eq!((&incident["sla"][0]["clock"], &incident["sla"][0]["target"]), (&json!("acknowledge"), &json!(10)));

    assert_eq!(place.refusal(2, &["cadence", "set", "sev1"])["code"], "invalid_request");
    assert_eq!(place.refusal(2, &["cadence", "set", "sev1", "--every", "0"])["code"], "invalid_field");
    assert_eq!(place.refusal(2, &["cadence", "set", "sev1", "--every", "often"])["code"], "invalid_request");
    assert_eq!(place.refusal(2, &["targets", "set", "sev2", "--pause", "asleep"])["code"], "invalid_request");
}

#[test]
fn a_home_may_have_a_matrix_of_its_own() {
    let place = Place::empty();
    let built_in = place.json(&["matrix", "show"]);
    assert_eq!(built_in.as_array().map(Vec::len), Some(16));
    assert!(place.text(&["matrix", "show"]).ends_with("The built-in matrix.\n"));
    place.json(&["matrix", "set", "core-degraded", "a-few", "sev2"]);
    let cell = |matrix: &Value| {
        let cells = matrix.as_array().expect("cells").iter();
        cells.filter(|cell| cell["condition"] == "core_degraded" && cell["reach"] == "a_few").map(|cell| cell["severity"].clone()).next()
    };
    assert_eq!(cell(&place.json(&["matrix", "show"])), Some(json!("sev2")));
    let wrong = place.refusal(2, &["matrix", "set", "cosmetic", "only-us", "sev1"]);
    assert_eq!(wrong["code"], "invalid_field", "fewer people are never worse: {wrong}");
    place.json(&["matrix", "reset"]);
    assert_eq!(place.json(&["matrix", "show"]), built_in);
}

#[test]
fn a_rule_says_where_people_meet() {
    let place = Place::empty();
    place.json(&["bridge-rule", "jitsi", "https://meet.example"]);
    assert_eq!(place.json(&["bridge-rule", "show"]), json!({ "bridge": { "jitsi": { "server": "https://meet.example" } } }));
    let incident = place.json(&["declare", "checkout 502s"]);
    let room = incident["bridge"].as_str().expect("a room").to_owned();
    assert!(room.starts_with("https://meet.example/"), "{room}");
    let other = place.json(&["declare", "search is slow"]);
    assert_ne!(other["bridge"], room.as_str(), "a room of its own");
    place.json(&["bridge-rule", "fixed", "https://call.example/war-room"]);
    assert!(place.text(&["settings"]).contains("always in https://call.example/war-room"));
    place.json(&["bridge-rule", "none"]);
    assert_eq!(place.refusal(2, &["bridge-rule", "fixed", "the kitchen"])["code"], "invalid_field");
}

#[test]
fn staying_awake_is_a_switch() {
    let place = Place::empty();
    assert_eq!(place.json(&["machine", "set", "--keep-awake", "off"])["keep_awake"], false);
    assert_eq!(place.json(&["settings"])["machine"]["keep_awake"], false);
    assert_eq!(place.json(&["machine", "set", "--keep-awake", "on"])["keep_awake"], true);
    assert_eq!(place.refusal(2, &["machine", "set", "--keep-awake", "maybe"])["code"], "invalid_request");
    for words in
        [&["hotkey", "--which", "note"][..], &["hotkey", "set", "Ctrl+Alt+Shift+N", "--which", "note"], &["note-window"], &["strip"]]
    {
        assert_eq!(place.refusal(1, words)["code"], "no_desktop", "{words:?}");
    }
    assert_eq!(place.refusal(2, &["hotkey", "set"])["code"], "invalid_request");
}
