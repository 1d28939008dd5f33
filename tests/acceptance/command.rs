//! *One laptop, five phones*: a SEV1 of forty minutes played with one home. The team is on a call, in a chat, on phones;
//! nobody but the commander has the app.

use crate::slack::Slack;
use serde_json::{Value, json};
use tests::story::Story;

/// Holds of everything that is asked of somebody: nothing is claimed that was not told or heard.
#[track_caller]
fn honest(shown: &Value) {
    let roles = shown["roles"].as_array().expect("roles").iter().map(|role| &role["knows"]);
    let tasks = shown["tasks"].as_array().expect("tasks").iter().map(|task| &task["knows"]);
    for knows in roles.chain(tasks) {
        let (state, text) = (knows["state"].as_str().expect("a state"), knows["text"].as_str().expect("words"));
        match state {
            "untold" => {
                assert!(knows["told"].is_null() && knows["answer"].is_null(), "{knows}");
                assert_eq!(text, "not told yet");
            }
            "told" => assert!(!knows["told"].is_null() && text.starts_with("told by hand"), "{knows}"),
            "yes" | "no" => {
                assert!(!knows["answer"].is_null(), "{knows}");
                let signed = knows["answer"]["signed"].as_bool().expect("a word");
                assert_eq!(text.contains("in the app"), signed, "said and signed look different: {knows}");
                assert_eq!(text.starts_with("said "), !signed, "said and signed look different: {knows}");
            }
            other => panic!("{other} is no state of knowing"),
        }
    }
    let words = shown.to_string().to_lowercase();
    for claim in ["waiting for", "was asked", "is asked", "pending", "awaiting"] {
        assert!(!words.contains(claim), "{claim:?} claims more than is known");
    }
}

fn knows<'v>(shown: &'v Value, list: &str, person: &str) -> &'v Value {
    let of = |one: &&Value| one["knows"]["person"] == person;
    &shown[list].as_array().expect("a list").iter().find(of).unwrap_or_else(|| panic!("@{person} is in {list}"))["knows"]
}

#[tokio::test(flavor = "multi_thread")]
async fn one_laptop_five_phones() {
    let slack = Slack::open().await;
    let story = Story::begin().await;
    story.say("channel.add", json!({ "kind": "slack", "name": "status", "url": slack.url() })).await;
    let declared = story.say("incident.declare", json!({ "line": "sev1 checkout 502s for EU #payments" })).await;
    let inc = declared["ref"].as_str().expect("a reference").to_owned();
    let inc = inc.as_str();
    let with = |mut params: Value| {
        params["incident"] = json!(inc);
        params
    };
    honest(&declared);
    assert_eq!(declared["commander"]["state"], "acting", "until somebody confirms");
    let first = story.say("brief", with(json!({ "piece": "announcement", "form": "slack" }))).await;
    assert!(first["text"].as_str().expect("words").contains("SEV1"), "{first}");

    // 14:02: the call is up. Who is there, who takes what.
    story.come_to(2).await;
    story.say("command.confirm", with(json!({}))).await;
    story.say("incident.here", with(json!({ "here": ["ravi", "mei", "jo", "tomas", "nils"] }))).await;
    story.say("role.assign", with(json!({ "role": "operations", "name": "ravi" }))).await;
    story.say("role.assign", with(json!({ "role": "communications", "name": "mei" }))).await;
    story.say("role.assign", with(json!({ "role": "scribe", "name": "jo" }))).await;
    let shown = story.say("incident.show", with(json!({}))).await;
    honest(&shown);
    for person in ["ravi", "mei", "jo"] {
        assert_eq!(knows(&shown, "roles", person)["state"], "untold", "@{person} has not heard of it");
    }
    assert!(shown["next"]["text"].as_str().expect("a sentence").contains("does not know yet"), "{}", shown["next"]);

    // Said on the call; the scribe is on the train and gets a text message.
    let ask = |shown: &Value, person: &str| knows(shown, "roles", person)["ask"].clone();
    story.heard("ravi", "ask.answer", with(json!({ "ask": ask(&shown, "ravi"), "yes": true, "words": "I have operations" }))).await;
    story.heard("mei", "ask.answer", with(json!({ "ask": ask(&shown, "mei"), "yes": true }))).await;
    story.say("ask.tell", with(json!({ "ask": ask(&shown, "jo"), "place": "SMS" }))).await;
    let refusal = story.refused("ask.answer", with(json!({ "ask": ask(&shown, "jo"), "yes": true }))).await;
    assert!(refusal.message.contains("@jo"), "nobody signs for another: {refusal}");
    let shown = story.say("incident.show", with(json!({}))).await;
    honest(&shown);
    assert_eq!(knows(&shown, "roles", "jo")["text"], "told by hand 14:02 UTC");
    assert_eq!(knows(&shown, "roles", "ravi")["text"], "said yes by voice 14:02 UTC");

    // 14:04: the first update by hand, and the next one promised.
    story.come_to(4).await;
    let posted =
        json!({ "piece": "update", "text": "Checkout fails for some customers in Europe.", "place": "status page", "next_minutes": 20 });
    story.say("update.posted", with(posted)).await;

    // Tasks: a name or none.
    let nobody = story.refused("task.add", with(json!({ "text": "Roll back", "owner": "someone" }))).await;
    assert!(nobody.message.contains("nobody"), "{nobody}");
    story.say("task.add", with(json!({ "text": "Roll back edge-eu", "owner": "ravi", "minutes": 10 }))).await;
    story.heard("tomas", "task.add", with(json!({ "text": "Check payments", "owner": "tomas", "minutes": 15 }))).await;
    let shown = story.say("incident.show", with(json!({}))).await;
    honest(&shown);
    assert_eq!(knows(&shown, "tasks", "ravi")["state"], "untold", "on the list, and not told");
    assert_eq!(knows(&shown, "tasks", "tomas")["text"], "said yes by voice 14:04 UTC", "who takes a task by voice has said yes");
    story.heard("ravi", "ask.answer", with(json!({ "ask": "T1", "yes": true, "words": "Rolling back edge-eu, ten minutes" }))).await;
    story.say("hypothesis.add", with(json!({ "text": "Change 419 made the edge pool too small" }))).await;
    story.heard("tomas", "hypothesis.support", with(json!({ "about": "H1", "text": "LHR, still on 418, is clean" }))).await;
    story.say("decision.add", with(json!({ "text": "Roll back to 418", "risk": "90 s of reduced capacity", "polled": true }))).await;

    // 14:15: ravi's box is over. One notice.
    story.come_to(15).await;
    let rang = story.until(inc, "the box should ring", |shown| shown["clocks"].to_string().contains("\"due\",")).await;
    honest(&rang);
    story.heard("ravi", "task.report", with(json!({ "task": "T1", "conditions": "4 of 6 PoPs back", "needs": "five minutes more" }))).await;
    story.say("task.extend", with(json!({ "task": "T1", "minutes": 10 }))).await;
    let shown = story.say("incident.show", with(json!({}))).await;
    assert_eq!(shown["board"]["need"]["text"], "five minutes more", "the board shows what is needed");
    assert_eq!(shown["board"]["believe"]["text"], "Change 419 made the edge pool too small");

    // 14:23, in time: by the webhook. 14:50, late: by hand.
    story.come_to(23).await;
    let send = json!({ "text": "A rollback is under way.", "channels": ["status"], "next_minutes": 10 });
    story.say("update.send", with(send)).await;
    let sent = |shown: &Value| shown["comms"]["in_time"] == 2 || shown["comms"]["queue"] == json!([]);
    let shown = story.until(inc, "the update should be sent", sent).await;
    honest(&shown);
    let letters = slack.letters();
    assert_eq!(letters.len(), 1, "posted once");
    assert!(letters[0].contains("A rollback is under way."), "{}", letters[0]);
    story.come_to(38).await;
    story.say("update.posted", with(json!({ "piece": "update", "text": "Checkout works again.", "place": "status page" }))).await;
    let shown = story.say("incident.show", with(json!({}))).await;
    let comms = &shown["comms"];
    assert_eq!((&comms["in_time"], &comms["late"], &comms["missed"]), (&json!(1), &json!(1), &json!(0)), "{comms}");
    assert!(comms["promise"].is_null(), "nothing is promised any more");
    let updates = comms["updates"].as_array().expect("updates");
    assert_eq!(updates[0]["postings"][0]["by_hand"], true);
    assert_eq!(updates[1]["postings"][0]["by_hand"], false, "by the channel, with its answer");

    // 14:40: done.
    story.come_to(40).await;
    story.heard("ravi", "task.done", with(json!({ "task": "T1", "note": "all six back on 418" }))).await;
    story.heard("tomas", "task.done", with(json!({ "task": "T2" }))).await;
    story.say("incident.status", with(json!({ "status": "resolved" }))).await;
    let shown = story.say("incident.show", with(json!({}))).await;
    honest(&shown);
    assert_eq!((shown["clocks"].clone(), shown["hints"].clone(), shown["next"].clone()), (json!([]), json!([]), Value::Null), "it is over");
    let page = story.say("incident.timeline", with(json!({ "limit": 500 }))).await;
    for entry in page["entries"].as_array().expect("entries").iter().filter(|entry| entry["on_behalf_of"].is_string()) {
        assert_eq!((&entry["actor"], &entry["means"]), (&json!("dana"), &json!("voice")), "typed by the commander, as heard: {entry}");
    }
    story.end().await;
}

/// *Handover at hour six*: what a successor at the end of a long night needs, in words that fit two minutes.
#[tokio::test(flavor = "multi_thread")]
async fn handover_at_hour_six() {
    let story = Story::begin().await;
    let declared = story.say("incident.declare", json!({ "line": "sev1 Checkout returns 502 for EU customers #payments" })).await;
    let inc = declared["ref"].as_str().expect("a reference").to_owned();
    let with = |mut params: Value| {
        params["incident"] = json!(inc);
        params
    };
    story.say("command.confirm", with(json!({}))).await;
    story.say("impact.start", with(json!({ "share": 18.0, "text": "EU checkouts fail" }))).await;
    story.say("board.set", with(json!({ "line": "objective", "text": "Stop lost orders first, then find out why" }))).await;
    for (role, person) in [("operations", "ravi"), ("communications", "mei"), ("scribe", "jo"), ("expert", "tomas"), ("expert", "nils")] {
        story.heard(person, "role.assign", with(json!({ "role": role, "name": person }))).await;
    }
    let people = ["ravi", "mei", "jo", "tomas", "nils"];
    for number in 0..60_i64 {
        story.come_to(1 + number * 5).await;
        let who = people[number as usize % people.len()];
        story.heard(who, "incident.note", with(json!({ "text": format!("Look {number}: the queue is at {}", 4_000 - number * 31) }))).await;
        story.say("incident.note", with(json!({ "text": format!("Asked for numbers, round {number}") }))).await;
        if number % 3 == 0 {
            story.heard(who, "hypothesis.add", with(json!({ "text": format!("It may be the pool of edge {number}") }))).await;
            story.heard(who, "task.add", with(json!({ "text": format!("Look at edge {number}"), "owner": who, "minutes": 20 }))).await;
        }
        if number % 10 == 0 {
            let text = format!("Drain PoP {number}");
            story.say("decision.add", with(json!({ "text": text, "risk": "less capacity", "polled": number % 20 == 0 }))).await;
            story
                .say(
                    "update.posted",
                    with(json!({ "piece": "update", "text": "We are working on it.", "place": "status page", "next_minutes": 60 })),
                )
                .await;
        }
    }
    story.heard("tomas", "hypothesis.support", with(json!({ "about": "H5", "text": "LHR is clean" }))).await;
    story.say("board.set", with(json!({ "line": "need", "text": "A database expert for the replay" }))).await;
    story.come_to(360).await;
    let page = story.say("incident.timeline", with(json!({ "limit": 1 }))).await;
    assert!(page["total"].as_u64().expect("a number") >= 200, "a long night: {}", page["total"]);
    let next = "Replay the queued orders in batches of 500, EU first";
    story.say("handoff.offer", with(json!({ "to": "sam", "next": next }))).await;

    for form in ["chat", "slack", "mail", "wiki", "speech"] {
        let brief = story.say("brief", with(json!({ "piece": "handoff", "form": form }))).await;
        let text = brief["text"].as_str().expect("words").to_owned();
        let words = text.split_whitespace().count();
        assert!(words <= 350, "{words} words for {form}:\n{text}");
        if form == "speech" {
            continue;
        }
        for (fact, part) in [
            ("severity", "SEV1"),
            ("impact now", "18%"),
            ("what is believed", "pool of edge 12"),
            ("what is being done, and by whom", "@"),
            ("what is needed", "A database expert for the replay"),
            ("the last decision", "Drain PoP 50"),
            ("the next promise", "overdue"),
            ("what the outgoing one would do next", next),
        ] {
            assert!(text.contains(part), "{fact} ({part:?}) is missing for {form}:\n{text}");
        }
        assert!(text.contains("Nothing recorded since") || text.contains(" min") || text.contains(" h "), "ages are said:\n{text}");
    }
    // Until somebody accepts, the outgoing one commands; accepted as heard, it is on the record as heard.
    let shown = story.say("incident.show", with(json!({}))).await;
    assert_eq!((&shown["commander"]["name"], &shown["commander"]["state"]), (&json!("dana"), &json!("confirmed")));
    assert_eq!(shown["handoff"]["knows"]["text"], "not told yet");
    story.say("handoff.briefed", with(json!({}))).await;
    let refusal = story.refused("handoff.accept", with(json!({}))).await;
    assert!(refusal.message.contains("@sam"), "nobody accepts for another: {refusal}");
    story.heard("sam", "handoff.accept", with(json!({}))).await;
    let shown = story.say("incident.show", with(json!({}))).await;
    assert_eq!((&shown["commander"]["name"], &shown["commander"]["state"]), (&json!("sam"), &json!("confirmed")));
    assert_eq!(shown["roles"][0]["knows"]["text"], "said yes by voice 20:00 UTC");
    assert!(shown["handoff"].is_null());
    story.end().await;
}
