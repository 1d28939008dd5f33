//! Text from elsewhere, entries moved in time, and looks.

use crate::{Place, assert_fields, said};
use serde_json::{Value, json};

const CHAT: &str = "[14:02:10] Ravi Patel: checkout is down for me\n[14:03:00] Mei Lin: same, 502\n[14:04:30] Ravi Patel: rolling back\n";

fn pasted(place: &Place, incident: &str, more: &[&str]) -> Value {
    let words = [&["--json", "paste", incident, "-", "--date", "2026-01-05", "--zone", "UTC"], more].concat();
    let output = place.with_input(&words, CHAT);
    assert!(output.status.success(), "{more:?}: {}", said(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn chat_becomes_entries_of_those_who_said_it() {
    let place = Place::empty();
    let incident = place.declared("checkout 502s");
    place.json(&["person", "add", "ravi", "--name", "Ravi Patel"]);
    let preview = pasted(&place, &incident, &["--dry-run", "--who", "Mei Lin=@mei"]);
    assert_fields(&preview, "format asks day zone speakers lines total fresh notes");
    assert_eq!((&preview["total"], &preview["fresh"], &preview["day"]), (&json!(3), &json!(3), &json!("2026-01-05")));
    assert_eq!(preview["lines"][0]["person"], "ravi", "known by the name in full");
    let entries = || place.lines(&["timeline", &incident]).len();
    let before = entries();
    let receipt = pasted(&place, &incident, &["--who", "Mei Lin=@mei", "--skip", "2"]);
    assert_fields(&receipt, "added known left_out seq events");
    assert_eq!((&receipt["added"], &receipt["left_out"]), (&json!(2), &json!(1)));
    assert_eq!(entries(), before + 2);
    let again = pasted(&place, &incident, &["--who", "Mei Lin=@mei"]);
    assert_eq!((&again["added"], &again["known"]), (&json!(1), &json!(2)), "an overlap adds nothing again");
    let line = place.lines(&["timeline", &incident]).into_iter().find(|line| line["text"] == "same, 502").expect("it is there");
    assert_eq!(
        (&line["on_behalf_of"], &line["actor"], &line["means"], &line["occurred_at"]),
        (&json!("mei"), &json!("dana"), &json!("paste"), &json!("2026-01-05T14:03:00.000Z"))
    );

    let file = place.path("chat.txt");
    std::fs::write(&file, CHAT).expect("written");
    let name = file.to_str().expect("UTF-8");
    let text = place.text(&["paste", &incident, name, "--dry-run", "--date", "2026-01-05", "--zone", "UTC"]);
    assert!(text.contains("on record") && text.contains("14:02:10"), "{text}");
    assert_eq!(place.refusal(3, &["paste", &incident, "/nowhere.txt"])["code"], "not_found");
    assert_eq!(place.refusal(2, &["paste", &incident, name, "--zone", "Mars/North"])["code"], "invalid_field");
    assert_eq!(place.refusal(2, &["paste", &incident, name, "--format", "fax"])["code"], "invalid_field");
    assert_eq!(place.refusal(2, &["paste", &incident, name, "--who", "Mei Lin"])["code"], "invalid_request");
}

#[test]
fn entries_move_in_time_together() {
    let place = Place::empty();
    let incident = place.declared("checkout 502s");
    let note = |text: &str| -> String {
        place.json(&["note", &incident, text, "--at", "2026-01-05T14:00:00Z"])["event"].as_str().expect("an event").to_owned()
    };
    let (one, two) = (note("one"), note("two"));
    let moved = place.json(&["shift", &incident, &one, &two, "--by", "-1h"]);
    assert_eq!(moved["changed"], 2, "{moved}");
    let lines = place.lines(&["timeline", &incident, "--kind", "note"]);
    assert!(lines.iter().all(|line| line["occurred_at"] == "2026-01-05T13:00:00.000Z"), "{lines:?}");
    assert_eq!(place.text(&["shift", &incident, &one, "--by", "30m"]), "1 entry moved.\n");
    assert_eq!(place.refusal(2, &["shift", &incident, &one])["code"], "invalid_request", "by how much?");
    assert_eq!(place.refusal(2, &["shift", &incident, &one, "--by", "voice"])["code"], "invalid_request", "here it is a span");
    assert_eq!(place.refusal(3, &["shift", &incident, "ffffffff", "--by", "-1h"])["code"], "not_found");
}

#[test]
fn a_look_is_a_clock() {
    let place = Place::empty();
    let incident = place.declared("sev1 checkout 502s");
    place.json(&["look", &incident, "20m", "at", "the", "queue", "--offer-resolve"]);
    let look = || {
        let clocks = place.json(&["look", &incident]);
        clocks.as_array().expect("a list").iter().find(|clock| clock["clock"] == "look").cloned()
    };
    let set = look().expect("it runs");
    assert_fields(&set, "clock about text from due rests stage offer_resolve");
    assert_eq!((&set["text"], &set["offer_resolve"]), (&json!("at the queue"), &json!(true)));
    let text = place.text(&["look", &incident]);
    assert!(text.contains("at the queue") && text.contains("then offer to resolve"), "{text}");
    place.json(&["look", &incident, "done", "L1"]);
    assert_eq!(look(), None);
    assert_eq!(place.refusal(2, &["look", &incident, "soon"])["code"], "invalid_field");
    assert_eq!(place.refusal(2, &["look", &incident, "done"])["code"], "invalid_request");
    assert_eq!(place.refusal(2, &["look", &incident, "2020-01-01T00:00:00Z"])["code"], "invalid_field", "that is past");
}
