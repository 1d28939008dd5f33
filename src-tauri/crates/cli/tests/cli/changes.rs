//! What commands change, what they refuse, and the statuses they end with.

use crate::{Place, said};
use serde_json::{Value, json};

#[test]
fn a_small_incident_from_first_to_last() {
    let place = Place::empty();
    let incident = place.declared("checkout 502s @sam");
    place.json(&["command", "confirm", &incident]);
    place.json(&["role", &incident, "assign", "comms", "@kim"]);
    place.json(&["impact", &incident, "start", "--at", "-20m", "--share", "12%", "--text", "cards in Europe", "--service", "payments"]);
    place.json(&["severity", &incident, "sev1", "--reason", "more regions"]);
    place.json(&["impact", &incident, "update", "--share", "30"]);
    place.json(&["status", &incident, "mitigated", "--at", "-2m"]);
    place.json(&["impact", &incident, "end", "--at", "-2m"]);
    place.json(&["resolve", &incident]);
    place.json(&["reopen", &incident]);
    place.json(&["close", &incident]);
    let shown = place.json(&["show", &incident]);
    assert_eq!((&shown["status"], &shown["severity"]), (&json!("closed"), &json!("sev1")));
    assert_eq!(shown["commander"]["state"], "confirmed");
    assert_eq!((&shown["impact"][0]["share"], &shown["impact"].as_array().map(Vec::len)), (&json!(30.0), &Some(1)));
    assert!(shown["roles"].as_array().expect("a list").iter().any(|role| role["role"] == "communications" && role["name"] == "kim"));
    let kinds: Vec<Value> = place.lines(&["timeline", &incident]).into_iter().map(|line| line["kind"].clone()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "status").count(), 4, "every move is logged: {kinds:?}");
}

#[test]
fn what_was_said_can_be_corrected_and_taken_out_but_never_silently() {
    let place = Place::empty();
    let incident = place.declared("disk full");
    let note = place.json(&["note", &incident, "password is hunter2"])["event"].as_str().expect("an event").to_owned();
    place.json(&["correct", &note, "--text", "the password is hunter2", "--at", "-5m"]);
    place.json(&["redact", &note, "--reason", "a secret", "--mask", "[secret]"]);
    let raw = place.text(&["--json", "timeline", &incident]);
    assert!(!raw.contains("hunter2"), "gone from all that is shown: {raw}");
    let lines = place.lines(&["timeline", &incident]);
    let entry = lines.iter().find(|line| line["id"] == note.as_str()).expect("the entry stays");
    assert_eq!(
        (&entry["text"], &entry["redacted"]["by"], &entry["redacted"]["reason"]),
        (&json!("[secret]"), &json!("dana"), &json!("a secret"))
    );
    assert_eq!(place.json(&["search", "hunter2"]), json!([]), "nor is it found");
    assert_eq!(place.json(&["verify"])["ok"], true, "and the chain still verifies");
    let home = std::fs::read(place.home().join("muster.db")).expect("the record");
    assert!(!home.windows(7).any(|window| window == b"hunter2"), "nor does it lie in the file");
}

#[test]
fn refusals_have_the_status_of_their_kind() {
    let place = Place::empty();
    let incident = place.declared("disk full");
    let other = place.json(&["declare", "other thing"])["id"].as_str().expect("an id").to_owned();
    let same = place.refusal(4, &["status", &incident, "investigating"]);
    assert_eq!(same["code"], "refused");
    let command = place.refusal(4, &["role", &incident, "release", "commander"]);
    assert!(command["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "says what to do instead: {command}");
    assert_eq!(place.refusal(4, &["show", &other[..6]])["code"], "ambiguous", "both were declared within the hour");
    assert_eq!(place.refusal(2, &["note", &incident, "x", "--at", "2100-01-01T00:00:00Z"])["code"], "invalid_field");
    assert_eq!(place.refusal(2, &["--as", "!!", "note", &incident, "x"])["code"], "invalid_field");
    assert_eq!(place.refusal(2, &["--by", "phone", "note", &incident, "x"])["code"], "invalid_field", "by what means, but whose words?");
    assert_eq!(place.refusal(3, &["source", "remove", "nobody"])["code"], "not_found");
    for usage in [&["fly"][..], &["status", &incident, "merged"], &["correct", "0198"], &["machine", "set"], &["list", "--open", "--all"]] {
        assert_eq!(place.refusal(2, usage)["code"], "invalid_request", "{usage:?}");
    }
    let plain = place.run(&["status", &incident, "investigating"]);
    assert_eq!(plain.status.code(), Some(4));
    assert_eq!(said(&plain), "It is already Investigating.\n", "one sentence for people");
}

#[test]
fn the_same_key_writes_once() {
    let place = Place::empty();
    let first = place.json(&["declare", "disk full", "--once", "k1"]);
    assert_eq!(place.json(&["declare", "disk full", "--once", "k1"])["ref"], first["ref"]);
    let incident = first["ref"].as_str().expect("a reference");
    place.json(&["note", incident, "hello", "--once", "k2"]);
    place.json(&["note", incident, "hello", "--once", "k2"]);
    assert_eq!(place.lines(&["timeline", incident, "--kind", "note"]).len(), 1);
}

#[test]
fn a_dash_reads_standard_input() {
    let place = Place::empty();
    let incident = place.declared("disk full");
    let noted = place.with_input(&["note", &incident, "-"], "line one\nline two\n");
    assert!(noted.status.success(), "{}", said(&noted));
    assert_eq!(place.lines(&["timeline", &incident, "--kind", "note"])[0]["text"], "line one\nline two");
    let much = place.with_input(&["--json", "note", &incident, "-"], &"x".repeat(1024 * 1024 + 1));
    assert_eq!(much.status.code(), Some(2), "{}", said(&much));
}

#[test]
fn a_preview_declares_nothing() {
    let place = Place::empty();
    let incident = place.declared("sev2 checkout 502s #payments");
    let preview = place.json(&["declare", "--preview", "sev1 checkout errors @new #payments"]);
    assert_eq!(
        (&preview["title"], &preview["severity"], &preview["commander"]),
        (&json!("checkout errors"), &json!("sev1"), &json!("new"))
    );
    assert_eq!(preview["duplicates"][0]["incident"]["ref"], incident.as_str(), "it may be the same thing");
    assert_eq!(place.json(&["list"]).as_array().map(Vec::len), Some(1));
}

#[test]
fn settings_of_the_machine_and_rules_of_the_home() {
    let place = Place::empty();
    assert_eq!(place.json(&["home"])["me"], "dana", "the user of the system, until told otherwise");
    place.json(&["machine", "set", "--me", "@kim", "--listener", "on", "--address", "127.0.0.1:7000"]);
    let settings = place.json(&["settings"]);
    let machine = &settings["machine"];
    assert_eq!(
        (&machine["me"], &machine["listener_enabled"], &machine["listener_address"]),
        (&json!("kim"), &json!(true), &json!("127.0.0.1:7000"))
    );
    assert_eq!(place.refusal(2, &["machine", "set", "--theme", "pink"])["code"], "invalid_field");
    place.json(&["rule", "set", "sev1", "--repeat", "15"]);
    let rule = &place.json(&["settings"])["notices"][0]["rule"];
    assert_eq!(rule, &json!({ "loudness": "critical", "sound": "bell", "repeat_minutes": 15 }), "what is not named stays");
    assert_eq!(place.refusal(2, &["rule", "set", "sev3", "--repeat", "5"])["code"], "invalid_field", "only SEV1 and SEV2 call again");
    place.json(&["person", "add", "sam", "--name", "Sam Okoro"]);
    let people = place.json(&["person", "list"]);
    assert!(people.as_array().expect("a list").iter().any(|person| person["name"] == "Sam Okoro"), "{people}");
}
