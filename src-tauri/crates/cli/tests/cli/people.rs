//! The people book.

use crate::{Place, assert_fields, said};
use serde_json::{Value, json};

const CSV: &str =
    "handle,name,phone,mail,zone\nravi,Ravi Patel,+49 30 1234567,ravi@example.org,Europe/Berlin\nmei,Mei Lin,,mei@example.org,\n";

#[test]
fn a_person_is_described_and_found() {
    let place = Place::empty();
    place.json(&["person", "add", "ravi", "--name", "Ravi Patel"]);
    let describe = ["person", "describe", "ravi", "--roles", "scribe,deputy", "--zone", "Europe/Berlin", "--shift", "daily 00:00-23:59"];
    place.json(&[&describe[..], &["--phone", "+49 30 1234567", "--mail", "ravi@example.org"]].concat());
    let ravi = || place.json(&["person", "show", "@ravi"]);
    assert_fields(&ravi(), "handle name added_at me roles zone local_time shift on_shift shift_changes_at phone mail chat roads now_in");
    assert_eq!((&ravi()["roles"], &ravi()["roads"]["tel"]), (&json!(["scribe", "deputy"]), &json!("tel:+49301234567")));
    place.json(&["person", "describe", "ravi", "--phone", "", "--roles", ""]);
    assert_eq!((&ravi()["phone"], &ravi()["roles"], &ravi()["mail"]), (&Value::Null, &json!([]), &json!("ravi@example.org")));

    let incident = place.declared("checkout 502s");
    place.json(&["role", &incident, "assign", "scribe", "ravi"]);
    let now = &ravi()["now_in"][0];
    assert_eq!((&now["ref"], &now["what"], &now["knows"]), (&json!(incident), &json!("Scribe"), &json!("not told yet")));
    let text = place.text(&["person", "show", "ravi"]);
    assert!(text.starts_with("Ravi Patel, @ravi\n") && text.contains("Europe/Berlin") && text.contains(&incident), "{text}");
    assert!(place.text(&["person", "list"]).contains("@ravi"));

    let nobody = place.refusal(3, &["person", "show", "nobody"]);
    assert_eq!(nobody["message"], "@nobody is not in the people book.");
    assert_eq!(place.refusal(2, &["person", "describe", "ravi"])["code"], "invalid_request", "what of them?");
    assert_eq!(place.refusal(2, &["person", "describe", "ravi", "--zone", "Mars/North"])["code"], "invalid_field");
    place.json(&["person", "remove", "ravi"]);
    assert_eq!(place.refusal(3, &["person", "remove", "ravi"])["code"], "not_found");
}

#[test]
fn people_come_from_a_file() {
    let place = Place::empty();
    let import = |more: &[&str]| -> Value {
        let output = place.with_input(&[&["--json", "person", "import", "-"], more].concat(), CSV);
        assert!(output.status.success(), "{}", said(&output));
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    let dry = import(&["--dry-run"]);
    assert_fields(&dry, "added changed same people notes dry_run");
    assert_eq!((&dry["added"], &dry["people"][0]["change"]), (&json!(2), &json!("new")));
    assert_eq!(place.refusal(3, &["person", "show", "mei"])["code"], "not_found", "a dry run changes nothing");
    assert_eq!(import(&[])["added"], 2);
    let again = import(&[]);
    assert_eq!((&again["added"], &again["changed"], &again["same"]), (&json!(0), &json!(0), &json!(2)));
    assert_eq!(place.json(&["person", "show", "mei"])["mail"], "mei@example.org");
    let file = place.path("people.csv");
    std::fs::write(&file, CSV.replace("Ravi Patel", "Ravi P.")).expect("written");
    let text = place.text(&["person", "import", file.to_str().expect("UTF-8")]);
    assert!(text.starts_with("0 new, 1 changed, 1 as they were.\n"), "{text}");
    assert_eq!(place.refusal(3, &["person", "import", "/nowhere.csv"])["code"], "not_found");
}

#[test]
fn a_code_for_the_phone_in_the_hand() {
    let place = Place::empty();
    place.json(&["person", "add", "ravi", "--name", "Ravi Patel"]);
    let none = place.refusal(4, &["person", "code", "ravi"]);
    assert!(none["message"].as_str().is_some_and(|text| text.contains("phone number")), "{none}");
    place.json(&["person", "describe", "ravi", "--phone", "+49 30 1234567"]);
    let code = place.json(&["person", "code", "ravi"]);
    assert_eq!(code["text"], "tel:+49301234567");
    let rows = code["rows"].as_array().expect("rows");
    assert!(rows.len() >= 21 && rows.iter().all(|row| row.as_str().map(str::len) == Some(rows.len())), "a square: {code}");
    let text = place.text(&["person", "code", "ravi"]);
    assert!(text.contains('█') && text.ends_with("tel:+49301234567\n"), "with the same text beside it: {text}");
    assert!(place.text(&["person", "code", "ravi", "card"]).contains("BEGIN:VCARD"));
    assert_eq!(place.refusal(2, &["person", "code", "ravi", "fax"])["code"], "invalid_request");
}

#[test]
fn an_account_is_not_reached_in_vain() {
    let place = Place::empty();
    // Nobody listens on the discard port.
    let words = ["--json", "person", "import-pagerduty", "--token", "-", "--base-url", "http://127.0.0.1:9"];
    let output = place.with_input(&words, "u+secret\n");
    assert_ne!(output.status.code(), Some(0));
    let error: Value = serde_json::from_slice(&output.stderr).unwrap_or_else(|fault| panic!("JSON ({fault}): {}", said(&output)));
    assert!(!said(&output).contains("u+secret"), "a token is never said again: {error}");
    assert!(error["error"]["message"].as_str().is_some_and(|text| text.ends_with('.')), "{error}");
}
