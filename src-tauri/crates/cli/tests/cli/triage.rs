//! Sorting alerts from a terminal: reports, why, quiet, storms, the inbox.

use crate::{Place, assert_fields};
use serde_json::{Value, json};

/// Somebody on a call reports a problem; the id of the group that came of it.
fn reported(place: &Place, text: &str, service: &str) -> String {
    let report = ["--for", "mei", "--by", "phone", "alert", "report", text, "--service", service, "--severity", "critical"];
    assert!(place.json(&report)["event"].is_string(), "it is on the record");
    let groups = place.json(&["alert", "list"]);
    let found = groups.as_array().expect("a list").iter().find(|group| group["title"] == text);
    found.expect("it waits")["id"].as_str().expect("an id").to_owned()
}

#[test]
fn a_report_says_who_said_it_and_why_it_rang() {
    let place = Place::empty();
    let id = reported(&place, "Cards are declined", "shop");
    let shown = place.json(&["alert", "show", &id]);
    let labels = &shown["alerts"][0]["labels"];
    assert_eq!((&labels["reported_by"], &labels["means"], &labels["typed_by"]), (&json!("mei"), &json!("phone"), &json!("dana")));
    let why = place.json(&["why", &id]);
    assert_fields(&why, "group title rang sentence change rules quiet");
    assert_eq!((&why["rang"], &why["title"]), (&json!(true), &json!("Cards are declined")));
    let text = place.text(&["why", &id]);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("It rang at ") && lines[1] == "Acknowledge, snooze or attach it, and it rings no more.", "{text}");
    assert_eq!(place.text(&["alert", "why", &id]), text, "the same under alert");
    assert_eq!(place.refusal(3, &["why", "nothing"])["code"], "not_found");
    assert_eq!(place.refusal(2, &["alert", "report", " "])["code"], "invalid_field");
}

#[test]
fn alerts_are_snoozed_muted_and_handed_on_each_with_an_end() {
    let place = Place::empty();
    let (one, two, three) = (reported(&place, "One", "a"), reported(&place, "Two", "b"), reported(&place, "Three", "c"));
    let snoozed = place.json(&["alert", "snooze", &one, "--for", "2h"]);
    assert_fields(&snoozed, "changed seq events refused undo");
    place.json(&["alert", "mute", &two, "--reason", "known since May"]);
    assert_eq!(place.text(&["alert", "not-mine", &three, "--to", "@ravi"]), "1 group is handed to @ravi. Tell them.\n");
    assert_eq!(place.json(&["alert", "list"]), json!([]), "nothing waits");
    let quiet = place.json(&["quiet", "list"]);
    assert_fields(&quiet[0], "id shape title reason owner since until until_at holds groups alerts");
    let said: Vec<(&Value, &Value, &Value)> =
        quiet.as_array().expect("a list").iter().map(|one| (&one["shape"], &one["reason"], &one["groups"])).collect();
    let expected = [("snoozed", "not now"), ("muted", "known since May"), ("not_mine", "handed to @ravi")]
        .map(|(shape, why)| (json!(shape), json!(why), json!(1)));
    assert_eq!(said, expected.iter().map(|(shape, why, groups)| (shape, why, groups)).collect::<Vec<_>>(), "the oldest first");
    let why = place.json(&["why", &two]);
    assert_eq!(why["quiet"], quiet[1]["id"], "and why names what to end");
    place.json(&["quiet", "end", quiet[1]["id"].as_str().expect("an id")]);
    assert_eq!(place.json(&["alert", "list"]).as_array().map(Vec::len), Some(1), "it waits again");
    assert_eq!(place.refusal(4, &["alert", "mute", &one])["code"], "refused", "quiet already");
}

#[test]
fn quiet_by_conditions_and_by_the_week() {
    let place = Place::empty();
    let add = ["quiet", "add", "mute", "--when", "service=db severity<=warning"];
    assert_eq!(place.refusal(2, &add)["message"], "Say for how long: none is endless.");
    place.json(&[&add[..], &["--for", "2h"]].concat());
    let week = ["quiet", "add", "maintenance", "--everything", "--repeat", "FREQ=WEEKLY;BYDAY=TU", "--lasts", "2h", "--reason", "patches"];
    place.json(&[&week[..], &["--zone", "Europe/Berlin", "--title", "Patch night"]].concat());
    let text = place.text(&["quiet", "list"]);
    assert!(text.contains("service=db severity<=warning (known)") && text.contains("Patch night (patches)"), "{text}");
    assert_eq!(place.refusal(2, &["quiet", "add", "mute"])["code"], "invalid_request", "what?");
    assert_eq!(place.refusal(2, &["quiet", "add", "mute", "--everything", "--for", "1h"])["code"], "invalid_field");
    assert_eq!(place.refusal(2, &["quiet", "add", "mute", "--when", "service", "--for", "1h"])["code"], "invalid_field");
}

#[test]
fn a_storm_is_one_word() {
    let place = Place::empty();
    assert_eq!(place.refusal(4, &["storm", "on"])["code"], "refused", "nothing fires");
    reported(&place, "One", "a");
    assert_eq!(place.text(&["storm", "on", "--for", "1h"]), "The storm is quiet, and counted. What is new breaks through.\n");
    assert_eq!(place.json(&["quiet", "list"])[0]["shape"], "storm");
    let inbox = place.text(&["inbox"]);
    assert!(inbox.starts_with("Nothing waits. 1 kept out. storm until "), "{inbox}");
    place.text(&["storm", "INC-1", "off"]);
    let quiet = place.json(&["quiet", "list"]);
    assert!(quiet.as_array().expect("a list").iter().all(|one| one["shape"] != "storm"), "{quiet}");
    assert_eq!(place.refusal(4, &["storm", "off"])["message"], "No storm is on.");
    assert_eq!(place.refusal(2, &["storm", "up"])["code"], "invalid_request");
    assert_eq!(place.refusal(2, &["--for", "dana", "storm", "on"])["code"], "invalid_field", "a name is no length");
}

#[test]
fn the_inbox_says_what_helps_to_decide() {
    let place = Place::empty();
    place.json(&["service", "set", "shop", "--owner", "@mei"]);
    reported(&place, "Cards are declined", "shop");
    let inbox = place.json(&["inbox"]);
    assert_fields(&inbox, "waiting waiting_total absorbed absorbed_since storm_until storm_held quiet ears sources changes");
    let waiting = &inbox["waiting"][0];
    assert_fields(waiting, "group suggested suggested_because likely alike alike_because similar owner playbook why spark");
    assert_eq!((&waiting["owner"], &waiting["suggested"]), (&json!("@mei"), &json!("sev2")));
    assert_eq!(waiting["spark"].as_array().map(Vec::len), Some(30));
    let text = place.text(&["inbox"]);
    assert!(text.contains("Severity  SEV2: reported by mei, as critical") && text.contains("Owner     @mei"), "{text}");
}

#[test]
fn changes_and_noise_have_their_lists() {
    let place = Place::empty();
    reported(&place, "Cards are declined", "shop");
    assert_eq!(place.json(&["change", "list"]), json!([]));
    assert_eq!(place.text(&["change", "list", "--since", "-2h"]), "No change is known of that time.\n");
    let noise = place.json(&["noise", "--from", "-2h"]);
    assert_fields(&noise, "from to rows repeated");
    assert_fields(&noise["rows"][0], "name source fired notified acted_on quieted flapped at_night proposal");
    assert_eq!((&noise["rows"][0]["fired"], &noise["rows"][0]["notified"]), (&json!(1), &json!(1)));
    assert!(place.text(&["noise"]).contains("Cards are declined"));
}

#[test]
fn a_command_of_a_monitoring_tool_is_taken_in() {
    let place = Place::empty();
    place.json(&["source", "add", "json", "cron"]);
    let taken = place.with_input(&["--json", "ingest", "json", "-", "--source", "cron"], r#"{"title":"Backup failed","service":"db"}"#);
    assert!(taken.status.success(), "{}", crate::said(&taken));
    let receipt: Value = serde_json::from_slice(&taken.stdout).expect("JSON");
    assert_eq!(receipt, json!({ "accepted": 1, "changes": 0, "refused": [] }));
    assert_eq!(place.json(&["alert", "list"])[0]["title"], "Backup failed");
    assert_eq!(place.refusal(3, &["ingest", "json", "/dev/null", "--source", "nobody"])["code"], "not_found");
    assert_eq!(place.refusal(2, &["ingest", "telex", "/dev/null", "--source", "cron"])["code"], "invalid_field");
}
