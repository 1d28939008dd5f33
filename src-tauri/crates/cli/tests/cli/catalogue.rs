//! Rules, services and sources from a terminal: what is a file, and what is set word by word.

use crate::{Place, assert_fields, said};
use serde_json::{Value, json};

const RULES: &str = "[[rule]]\nname = \"batch\"\nwhen = \"service=batch\"\nquiet = \"it retries\"\n";
const SERVICES: &str = "services:\n  - {name: shop, title: Shop, owner: '@mei', depends_on: [db]}\n  - {name: db}\n";

fn piped(place: &Place, arguments: &[&str], input: &str) -> Value {
    let output = place.with_input(&[&["--json"], arguments].concat(), input);
    assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn rules_are_a_file() {
    let place = Place::empty();
    assert!(place.text(&["rule", "list"]).starts_with("No rules yet."));
    assert!(place.text(&["rule", "list", "--file"]).contains("# [[rule]]"), "a file to begin with");
    place.text(&["alert", "report", "Job failed", "--service", "batch"]);
    let run = piped(&place, &["rule", "dry-run", "-"], RULES);
    assert_fields(&run, "sentence from alerts declared quieted severity_changed rules");
    assert_eq!(run["sentence"], "Of 1 alert: would have declared 0, kept quiet 1, changed the severity of 0.");
    piped(&place, &["rule", "set", "-"], RULES);
    let listed = place.json(&["rule", "list"]);
    assert_eq!((&listed["rules"][0]["rule"]["name"], &listed["rules"][0]["hits"]), (&json!("batch"), &json!(0)));
    assert!(place.text(&["rule", "list"]).contains("quiet: it retries"));
    let file = place.text(&["rule", "list", "--file"]);
    let again = place.with_input(&["--json", "rule", "set", "-"], &file);
    assert!(again.status.success(), "set again, they keep quiet for longer: {}", said(&again));
    assert_eq!(place.text(&["rule", "list", "--file"]), file, "the file says the same as the list");
    assert!(place.text(&["rule", "list"]).contains("Kept quiet until 20"), "none for ever");
    let slip = place.with_input(&["rule", "set", "-"], &RULES.replace("quiet", "hush"));
    assert_eq!(slip.status.code(), Some(2));
    assert!(said(&slip).starts_with("Rule “batch”, line 4: unknown field"), "{}", said(&slip));
}

#[test]
fn how_loud_a_severity_calls_keeps_its_old_words() {
    let place = Place::empty();
    place.json(&["notice", "set", "sev1", "--repeat", "15"]);
    place.json(&["rule", "set", "sev2", "--sound", "none"]);
    let notices = place.json(&["notice", "list"]);
    assert_eq!((&notices[0]["rule"]["repeat_minutes"], &notices[1]["rule"]["sound"]), (&json!(15), &json!("none")));
    assert_eq!(place.refusal(2, &["rule", "set", "loud.toml", "--sound", "none"])["code"], "invalid_request");
}

#[test]
fn services_come_from_a_file_and_are_told_word_by_word() {
    let place = Place::empty();
    let dry = piped(&place, &["service", "import", "-", "--dry-run"], SERVICES);
    assert_fields(&dry, "added changed same skipped");
    assert_eq!((&dry["added"], place.json(&["service", "list"])), (&json!(["db", "shop"]), json!([])), "a dry run changes nothing");
    piped(&place, &["service", "import", "-"], SERVICES);
    let shop = place.json(&["service", "show", "shop"]);
    assert_fields(&shop, "name card dependents watched_by firing in_catalog");
    assert_eq!((&shop["card"]["owner"], &shop["card"]["depends_on"]), (&json!("mei"), &json!(["db"])));
    place.json(&["service", "set", "shop", "--team", "Web", "--owner", ""]);
    let shop = place.json(&["service", "show", "shop"]);
    assert_eq!((&shop["card"]["owner"], &shop["card"]["team"], &shop["card"]["title"]), (&Value::Null, &json!("Web"), &json!("Shop")));
    assert!(place.text(&["service", "list"]).contains("nobody watches it"));
    place.json(&["service", "remove", "shop"]);
    assert_eq!(place.refusal(3, &["service", "show", "shop"])["code"], "not_found");
    assert_eq!(place.refusal(2, &["service", "set", "db", "--rests-on", "db"])["message"], "A service cannot rest on itself.");
    assert_eq!(place.refusal(2, &["service", "set", "db"])["code"], "invalid_request", "what of it?");
}

#[test]
fn a_source_that_is_asked_has_settings_and_a_secret_nobody_sees_again() {
    let place = Place::empty();
    assert_eq!(place.refusal(2, &["source", "add", "prometheus-pull", "prom"])["message"], "Say where to ask: an http or https address.");
    let add = ["source", "add", "prometheus-pull", "prom", "--url", "http://127.0.0.1:9", "--every", "1m", "--secret", "-"];
    let output = place.with_input(&add, "s3cret\n");
    assert!(output.status.success(), "{}", said(&output));
    place.json(&["source", "set", "prom", "--silent", "15m"]);
    let source = &place.json(&["source", "list"])[0];
    assert_eq!((&source["has_secret"], &source["way"]), (&json!(true), &json!("pull")));
    assert_eq!((&source["settings"]["every_secs"], &source["settings"]["silent_minutes"]), (&json!(60), &json!(15)));
    assert!(!source.to_string().contains("s3cret"));
    place.json(&["source", "set", "prom", "--secret", ""]);
    assert_eq!(place.json(&["source", "list"])[0]["has_secret"], false);
    assert_eq!(place.refusal(3, &["source", "set", "nobody", "--silent", "5m"])["code"], "not_found");
}
