//! What is asked of people, whether they know, and what they said: roll call, roles, tasks, asks.

use crate::{Place, assert_fields, said};
use serde_json::{Value, json};

#[test]
fn nobody_is_called_asked_who_was_not_told() {
    let place = Place::empty();
    let incident = place.declared("checkout 502s");
    place.json(&["role", &incident, "assign", "scribe", "ravi"]);
    let asks = || place.json(&["ask", &incident, "list"]);
    let ask_of = |asks: &Value, who: &str| -> Value {
        asks.as_array().expect("a list").iter().find(|ask| ask["person"] == who).cloned().unwrap_or_else(|| panic!("{who} in {asks}"))
    };
    let ask = ask_of(&asks(), "ravi");
    assert_fields(&ask, "ask person state text told place answer words what");
    assert_eq!((&ask["state"], &ask["text"]), (&json!("untold"), &json!("not told yet")));
    let id = ask["ask"].as_str().expect("an id").to_owned();
    assert!(place.text(&["show", &incident]).contains("@ravi, not told yet"));

    place.json(&["ask", &incident, "told", &id, "--where", "#war-room"]);
    let told = ask_of(&asks(), "ravi");
    assert_eq!((&told["state"], &told["place"]), (&json!("told"), &json!("#war-room")));
    assert!(told["text"].as_str().is_some_and(|text| text.starts_with("told by hand ")), "{told}");

    let own = place.refusal(4, &["ask", &incident, "yes", &id]);
    assert_eq!(own["code"], "refused", "nobody answers for another in passing");
    assert!(own["hint"].as_str().is_some_and(|hint| hint.contains("--for ravi")), "{own}");
    place.json(&["--for", "ravi", "--by", "phone", "ask", &incident, "yes", &id, "I", "take", "notes"]);
    let yes = ask_of(&asks(), "ravi");
    assert_eq!((&yes["state"], &yes["words"]), (&json!("yes"), &json!("I take notes")));
    assert_eq!(
        (&yes["answer"]["signed"], &yes["answer"]["who"], &yes["answer"]["typed_by"], &yes["answer"]["means"]),
        (&json!(false), &json!("ravi"), &json!("dana"), &json!("phone"))
    );
    let list = place.text(&["ask", &incident, "list"]);
    assert!(list.contains("@ravi") && list.contains("said yes by phone") && list.contains("I take notes"), "{list}");
    assert_eq!(place.refusal(3, &["ask", &incident, "told", "ffffffff"])["code"], "not_found");
}

#[test]
fn a_task_has_one_owner_and_a_time_box() {
    let place = Place::empty();
    let incident = place.declared("checkout 502s");
    let add = ["task", &incident, "add", "look", "at", "the", "replicas", "--to", "@ravi", "--within", "1h30m"];
    let id = place.json(&add)["event"].as_str().expect("an event").to_owned();
    let task = || place.json(&["task", &incident, "list"])[0].clone();
    assert_fields(&task(), "id text owner added_at due minutes state ended note knows report");
    assert_eq!((&task()["text"], &task()["owner"], &task()["minutes"]), (&json!("look at the replicas"), &json!("ravi"), &json!(90)));
    assert_eq!(task()["knows"]["state"], "untold");

    place.json(&["--for", "ravi", "--by", "voice", "task", &incident, "accept", "T1", "--words", "replicas, on it"]);
    assert_eq!((&task()["knows"]["state"], &task()["knows"]["words"]), (&json!("yes"), &json!("replicas, on it")));
    place.json(&["--for", "ravi", "task", &incident, "report", &id, "--conditions", "lag is 40 s", "--needs", "a DBA"]);
    assert_eq!((&task()["report"]["conditions"], &task()["report"]["actions"]), (&json!("lag is 40 s"), &Value::Null));
    place.json(&["task", &incident, "extend", "T1", "10m"]);
    assert_eq!(task()["minutes"], 10);
    let list = place.text(&["task", &incident, "list"]);
    assert!(list.starts_with("T1  due in 9:5") || list.starts_with("T1  due in 10:00"), "{list}");
    assert!(list.contains("@ravi") && list.contains("said yes by voice") && list.contains("lag is 40 s"), "{list}");
    place.json(&["task", &incident, "give", "T1", "mei"]);
    assert_eq!((&task()["owner"], &task()["knows"]["state"]), (&json!("mei"), &json!("untold")), "another knows nothing yet");
    place.json(&["task", &incident, "done", "T1", "--note", "restarted"]);
    assert_eq!((&task()["state"], &task()["note"]), (&json!("done"), &json!("restarted")));
    assert_eq!(place.refusal(4, &["task", &incident, "done", "T1"])["code"], "refused");
    place.json(&["task", &incident, "reopen", "T1"]);
    place.json(&["task", &incident, "drop", "T1"]);
    assert_eq!(task()["state"], "dropped");

    let nobody = place.refusal(2, &["task", &incident, "add", "look", "--to", "someone"]);
    assert_eq!(nobody["code"], "invalid_field");
    assert!(nobody["message"].as_str().is_some_and(|text| text.contains("one named owner")), "{nobody}");
    assert_eq!(place.refusal(2, &["task", &incident, "add", "look"])["code"], "invalid_request", "whose it is must be said");
    assert_eq!(place.refusal(2, &["task", &incident, "extend", "T1", "90s"])["code"], "invalid_request", "time boxes are minutes");
    assert_eq!(place.refusal(3, &["task", &incident, "done", "T9"])["code"], "not_found");
}

#[test]
fn roll_call_in_one_line() {
    let place = Place::empty();
    let incident = place.declared("checkout 502s");
    assert_eq!(place.text(&["here", &incident]), "Nobody was heard to be there yet.\n");
    place.json(&["here", &incident, "ravi", "mei", "jo"]);
    place.json(&["here", &incident, "--left", "jo"]);
    let present = place.json(&["here", &incident]);
    let names: Vec<&Value> = present.as_array().expect("a list").iter().map(|one| &one["person"]).collect();
    assert!(names.contains(&&json!("ravi")) && names.contains(&&json!("mei")) && !names.contains(&&json!("jo")), "{present}");
    assert_fields(&present[0], "person since means");
    assert!(place.text(&["show", &incident]).contains("Present"));
}

#[test]
fn each_role_has_a_card() {
    let place = Place::empty();
    let incident = place.declared("checkout 502s");
    let cards = || place.json(&["role", &incident, "cards"]);
    assert_fields(&cards()[0], "role title sentence holders checklist");
    let done = |cards: &Value| {
        let scribe = cards.as_array().and_then(|all| all.iter().find(|card| card["role"] == "scribe").cloned()).expect("a scribe");
        scribe["checklist"][0]["done"] == true
    };
    place.json(&["role", &incident, "tick", "scribe", "1"]);
    assert!(done(&cards()), "counted from 1");
    assert!(place.text(&["role", &incident, "cards"]).contains("[x]"));
    place.json(&["role", &incident, "tick", "scribe", "1", "--undo"]);
    assert!(!done(&cards()));
    assert_eq!(place.refusal(2, &["role", &incident, "tick", "scribe", "0"])["code"], "invalid_request");
    assert_eq!(place.refusal(3, &["role", &incident, "tick", "scribe", "200"])["code"], "not_found");
}

#[test]
fn command_is_handed_over_by_offer_and_answer() {
    let place = Place::empty();
    let incident = place.declared("checkout 502s");
    place.json(&["command", "confirm", &incident]);
    assert_eq!(place.text(&["handoff", &incident, "show"]), "No handoff is offered.\n");
    let nothing = place.refusal(4, &["--for", "mei", "handoff", &incident, "accept"]);
    assert_eq!(nothing["message"], "Nobody was offered command.");
    let offered = place.text(&["handoff", &incident, "offer", "@mei", "--next", "fail over to the second region"]);
    assert!(offered.ends_with("Command is offered to @mei. Until they accept, nothing changes.\n"), "{offered}");
    let brief = place.text(&["handoff", &incident, "brief", "--for", "chat"]);
    assert!(brief.contains("fail over to the second region"), "what the outgoing one would do next: {brief}");
    place.json(&["handoff", &incident, "briefed"]);
    assert_eq!(place.json(&["show", &incident])["commander"]["name"], "dana", "nothing changes until somebody accepts");
    place.json(&["--for", "mei", "--by", "voice", "handoff", &incident, "accept"]);
    let commander = &place.json(&["show", &incident])["commander"];
    assert_eq!((&commander["name"], &commander["state"]), (&json!("mei"), &json!("confirmed")));

    place.json(&["handoff", &incident, "offer", "sam"]);
    place.json(&["--for", "sam", "handoff", &incident, "decline", "just", "came", "off", "shift"]);
    assert_eq!(place.json(&["handoff", &incident, "show"]), Value::Null);
    place.json(&["handoff", &incident, "offer", "sam"]);
    place.json(&["handoff", &incident, "withdraw"]);

    let (one, other) = (place.declared("search is slow"), place.declared("mail is late"));
    let all = place.json(&["handoff", "--all", "jo", "--next", "sleep"]);
    assert_eq!(all["changed"], 2, "{all}");
    for reference in [&one, &other] {
        assert_eq!(place.json(&["handoff", reference, "show"])["to"], "jo");
    }
    assert_eq!(place.refusal(2, &["handoff"])["code"], "invalid_request", "which incident, or all");
    let plain = place.run(&["handoff", &incident, "brief", "--for", "fax"]);
    assert_eq!(plain.status.code(), Some(2));
    assert!(said(&plain).contains("speech"), "names the forms: {}", said(&plain));
}
