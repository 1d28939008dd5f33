//! The commander's craft asked by name, as a window or a script asks: nothing twice, nothing lost, nothing claimed.

use crate::{NoNotices, Place, caller};
use api::{ApiError, Code, Request};
use domain::Timestamp;
use engine::ports::Clock;
use home::{Opened, Options, Ports, secrets};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock that goes where it is put.
struct Moved(AtomicI64);

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

struct Desk {
    opened: Opened,
    clock: Arc<Moved>,
    _place: Place,
}

impl Desk {
    async fn open() -> Self {
        let place = Place::empty();
        let begun = Timestamp::parse_rfc3339("2026-08-05T13:14:00Z").expect("a time");
        let clock = Arc::new(Moved(AtomicI64::new(begun.0)));
        let options = Options {
            ports: Ports { clock: clock.clone(), ..Ports::default() },
            secrets: secrets::Place::Folder(place.home().join("keys")),
            ..Options::desktop(place.home(), Arc::new(NoNotices))
        };
        Self { opened: home::open(options).await.expect("it opens"), clock, _place: place }
    }

    fn later(&self, minutes: i64) {
        self.clock.0.fetch_add(minutes * 60_000, Ordering::SeqCst);
    }

    async fn ask(&self, op: &str, params: Value) -> Result<Value, ApiError> {
        let request: Request = serde_json::from_value(json!({ "op": op, "params": params })).expect("an operation");
        self.opened.backend().call(caller(), request).await
    }

    async fn say(&self, op: &str, params: Value) -> Value {
        self.ask(op, params.clone()).await.unwrap_or_else(|fault| panic!("{op} {params}: {fault}"))
    }

    async fn refused(&self, op: &str, params: Value) -> ApiError {
        self.ask(op, params).await.expect_err("refused")
    }

    async fn declare(&self, line: &str) -> String {
        self.say("incident.declare", json!({ "line": line })).await["ref"].as_str().expect("a reference").to_owned()
    }

    async fn show(&self, incident: &str) -> Value {
        self.say("incident.show", json!({ "incident": incident })).await
    }

    /// How many entries people wrote; the machine's, of its notices, come when they come.
    async fn said(&self, incident: &str) -> Value {
        self.say("incident.timeline", json!({ "incident": incident })).await["counts"]["people"].clone()
    }

    async fn sla(&self, incident: &str) -> Vec<(String, String)> {
        let shown = self.show(incident).await;
        let word = |value: &Value| value.as_str().expect("a word").to_owned();
        shown["sla"].as_array().expect("a list").iter().map(|one| (word(&one["clock"]), word(&one["state"]))).collect()
    }
}

fn states(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(clock, state)| ((*clock).to_owned(), (*state).to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_twice_with_one_key_is_on_record_once() {
    let desk = Desk::open().await;
    let inc = desk.declare("sev2 checkout 502s").await;
    desk.say("task.add", json!({ "incident": inc, "text": "Read the graphs", "owner": "dana" })).await;
    desk.say("hypothesis.add", json!({ "incident": inc, "text": "The deploy" })).await;
    desk.say("question.add", json!({ "incident": inc, "text": "Since when?" })).await;
    desk.say("decision.add", json!({ "incident": inc, "text": "Roll back" })).await;
    for (op, params) in [
        ("incident.here", json!({ "here": ["ravi"] })),
        ("task.report", json!({ "task": "T1", "conditions": "Nothing yet" })),
        ("decision.result", json!({ "about": "D1", "text": "It helped" })),
        ("hypothesis.support", json!({ "about": "H1", "text": "Same minute" })),
        ("question.answer", json!({ "about": "Q1", "text": "Since noon" })),
    ] {
        let mut params = params;
        (params["incident"], params["once"]) = (json!(inc), json!(format!("key of {op}")));
        let first = desk.say(op, params.clone()).await;
        let before = desk.said(&inc).await;
        let again = desk.say(op, params).await;
        assert_eq!((&again["event"], desk.said(&inc).await), (&first["event"], before), "{op}");
    }
    desk.opened.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_target_is_judged_with_its_rests_and_not_after_the_end() {
    let desk = Desk::open().await;
    let inc = desk.declare("sev1 checkout 502s").await;
    let targets = json!({ "acknowledge_minutes": 5, "resolve_minutes": 60, "pauses": ["monitoring"] });
    desk.say("targets.set", json!({ "severity": "sev1", "targets": targets })).await;
    desk.say("incident.acknowledge", json!({ "incident": inc })).await;
    desk.later(70);
    desk.say("incident.status", json!({ "incident": inc, "status": "resolved" })).await;
    desk.later(120);
    desk.say("incident.status", json!({ "incident": inc, "status": "closed" })).await;
    assert_eq!(desk.sla(&inc).await, states(&[("acknowledge", "met"), ("resolve", "missed")]), "lying resolved is no rest of before");
    let other = desk.declare("sev1 login is slow").await;
    desk.later(2);
    desk.say("incident.status", json!({ "incident": other, "status": "cancelled" })).await;
    desk.later(600);
    assert_eq!(desk.sla(&other).await, [], "what was cancelled in time has missed nothing");
    desk.opened.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_that_is_taken_back_leaves_no_copies() {
    let desk = Desk::open().await;
    let (one, into) = (desk.declare("sev2 checkout 502s").await, desk.declare("sev2 payments are down").await);
    desk.say("task.add", json!({ "incident": one, "text": "Read the graphs", "owner": "ravi" })).await;
    desk.later(1);
    let open = |shown: &Value| shown["tasks"].as_array().expect("a list").iter().filter(|task| task["state"] == "open").count();
    for _ in 0..2 {
        let merged = desk.say("incident.merge", json!({ "incident": one, "other": into })).await;
        assert_eq!(open(&desk.show(&into).await), 1, "its task goes along");
        desk.later(1);
        desk.say("incident.unmerge", merged["undo"]["params"].clone()).await;
        let here = desk.say("incident.show", merged["undo"]["params"].clone()).await;
        assert_eq!((open(&here), open(&desk.show(&into).await)), (1, 0), "and comes back");
        desk.later(1);
    }
    let drill = desk.say("incident.declare", json!({ "line": "sev2 what if", "drill": true })).await;
    let refusal = desk.refused("incident.merge", json!({ "incident": one, "other": drill["ref"] })).await;
    assert!(refusal.message.contains("drill") && refusal.message.contains("Link"), "{refusal}");
    let private = desk.say("incident.declare", json!({ "line": "sev2 leaked key", "private": true })).await;
    let refusal = desk.refused("incident.merge", json!({ "incident": private["ref"], "other": one })).await;
    assert!(refusal.message.contains("private") && refusal.message.contains("Link"), "{refusal}");
    desk.opened.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_without_its_start_is_asked_for_it() {
    let desk = Desk::open().await;
    let inc = desk.declare("sev2 checkout 502s").await;
    let text = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Mei Lin>We roll back</v>\n";
    let refusal = desk.refused("paste", json!({ "incident": inc, "text": text })).await;
    assert_eq!((refusal.code, refusal.field.as_deref(), refusal.hint.is_some()), (Code::InvalidField, Some("start"), true));
    let params = json!({ "incident": inc, "text": text, "start": "2026-08-05T13:00:00Z" });
    desk.later(1);
    let done = desk.say("paste", params.clone()).await;
    assert_eq!(done["added"], 1);
    let again = desk.say("paste", params).await;
    assert_eq!((&again["added"], &again["known"]), (&json!(0), &json!(1)));
    assert!(again["seq"].as_u64() >= done["seq"].as_u64(), "the ledger does not go back where nothing was added: {again}");
    let tomorrow = "2026-08-06T13:00:00Z";
    let refusal = desk.refused("paste", json!({ "incident": inc, "text": text.replace("back", "on"), "start": tomorrow })).await;
    assert!(refusal.hint.as_deref().is_some_and(|hint| hint.contains("day or zone")), "{refusal:?}");
    desk.opened.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_move_once_and_only_those_of_the_incident() {
    let desk = Desk::open().await;
    let (inc, other) = (desk.declare("sev2 checkout 502s").await, desk.declare("sev2 login is slow").await);
    let note = desk.say("incident.note", json!({ "incident": inc, "text": "Said on the call" })).await["event"].clone();
    let foreign = desk.say("incident.note", json!({ "incident": other, "text": "Another" })).await["event"].clone();
    let moved = desk.say("entry.shift", json!({ "incident": inc, "events": [note, note], "by_seconds": -3600 })).await;
    assert_eq!(moved["changed"], 1);
    let page = desk.say("incident.timeline", json!({ "incident": inc })).await;
    let entry = page["entries"].as_array().expect("entries").iter().find(|entry| entry["id"] == note).expect("the note").clone();
    assert_eq!(entry["occurred_at"], "2026-08-05T12:14:00.000Z", "an hour, not two");
    desk.refused("entry.shift", json!({ "incident": inc, "events": [foreign], "by_seconds": -3600 })).await;
    let refusal = desk.refused("entry.shift", json!({ "incident": inc, "events": [note], "by_seconds": i64::MIN })).await;
    assert_eq!(refusal.field.as_deref(), Some("by_seconds"));
    desk.opened.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_goes_to_a_channel_once() {
    let desk = Desk::open().await;
    let inc = desk.declare("sev2 checkout 502s").await;
    // A port on this machine where nobody listens.
    desk.say("channel.add", json!({ "kind": "slack", "name": "status", "url": "http://127.0.0.1:9/" })).await;
    let sent = json!({ "incident": inc, "text": "We look into it", "channels": ["status", "STATUS", "status"] });
    assert_eq!(desk.say("update.send", sent).await["changed"], 1);
    assert_eq!(desk.show(&inc).await["comms"]["queue"].as_array().map(Vec::len), Some(1));
    desk.opened.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn why_not_is_said_in_a_persons_time() {
    let desk = Desk::open().await;
    let inc = desk.declare("sev2 checkout 502s").await;
    desk.say("impact.start", json!({ "incident": inc })).await;
    let shown = desk.show(&inc).await;
    let actions = shown["available_actions"].as_array().expect("actions");
    let start = actions.iter().find(|action| action["action"] == "start_impact").expect("listed");
    assert_eq!(start["reason"], "Customer impact is already running since 13:14 UTC.");
    desk.opened.close().await;
}
