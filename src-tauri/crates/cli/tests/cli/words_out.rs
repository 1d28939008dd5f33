//! Words that leave: updates, promises, briefs, what was posted by hand, and channels.

use crate::{Place, assert_fields, said};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

#[test]
fn an_update_counts_where_it_was_posted() {
    let place = Place::empty();
    let incident = place.declared("sev1 checkout 502s");
    place.json(&["update", &incident, "promise"]);
    let promised = place.json(&["show", &incident])["next_update_due"].clone();
    assert!(crate::is_time(&promised), "by the severity's cadence: {promised}");
    let drafted = place.text(&["update", &incident, "draft", "We", "see", "errors."]);
    assert!(drafted.ends_with("Written; it has gone nowhere yet.\n"), "{drafted}");
    let comms = || place.json(&["update", &incident, "list"]);
    assert_fields(&comms(), "updates postings promise in_time late missed queue last_news_at rhythm_minutes long");
    assert_eq!(comms()["updates"][0]["postings"], json!([]));

    place.json(&["posted", &incident, "update", "--where", "#status", "--next", "20m"]);
    let posted = comms();
    assert_eq!(
        (&posted["updates"][0]["postings"][0]["place"], &posted["updates"][0]["postings"][0]["by_hand"]),
        (&json!("#status"), &json!(true))
    );
    assert_eq!((&posted["in_time"], &posted["missed"]), (&json!(1), &json!(0)), "by hand keeps the promise as well");
    place.json(&["posted", &incident, "board", "--where", "the call"]);
    assert_eq!(comms()["postings"][0]["piece"], "board");
    place.json(&["posted", &incident, "update", "--where", "the web page", "--text", "Still looking."]);
    let list = place.text(&["update", &incident, "list"]);
    assert!(list.contains("U2") && list.contains("Still looking.") && list.contains("the web page") && list.contains("by hand"), "{list}");
    place.json(&["posted", &incident, "U1", "--where", "mail"]);
    assert_eq!(comms()["promise"], Value::Null, "the last posting kept it, and promised no other");
    place.json(&["update", &incident, "promise", "1h"]);
    assert_eq!(comms()["promise"]["every_minutes"], 60);
    place.json(&["update", &incident, "end-promise", "--reason", "it is over"]);
    assert_eq!(comms()["promise"], Value::Null);
    assert_eq!(place.refusal(4, &["update", &incident, "end-promise"])["message"], "No update is promised.");
    assert_eq!(place.refusal(2, &["posted", &incident, "lunch", "--where", "here"])["code"], "invalid_field");
    assert_eq!(place.refusal(3, &["posted", &incident, "U9", "--where", "here"])["code"], "not_found");
    assert_eq!(place.refusal(2, &["update", &incident, "promise", "yesterday"])["code"], "invalid_field");
}

#[test]
fn a_brief_has_a_form() {
    let place = Place::empty();
    let incident = place.declared("sev1 checkout 502s #payments");
    place.json(&["board", &incident, "need", "a DBA"]);
    for form in ["chat", "slack", "teams", "sms", "speech", "mail", "wiki"] {
        let text = place.text(&["brief", &incident, "--for", form]);
        assert!(text.contains("DBA"), "the board is the default: {form}: {text}");
    }
    let whole = place.json(&["brief", &incident, "--for", "mail", "--piece", "announcement"]);
    assert_fields(&whole, "text html subject messages words mailto piece update");
    assert_eq!(whole["piece"], "announcement");
    assert!(place.text(&["brief", &incident, "--piece", "role", "--role", "scribe"]).contains("Scribe"));
    place.json(&["task", &incident, "add", "drain the pool", "--to", "ravi"]);
    assert!(place.text(&["brief", &incident, "--piece", "task", "--about", "T1"]).contains("ravi"));
    let before = place.json(&["--for", "sms", "brief", &incident]);
    assert!(before["messages"].as_u64().is_some_and(|messages| messages > 0), "also where --for stands before the command: {before}");
    assert_eq!(place.refusal(2, &["--for", "sam", "brief", &incident])["code"], "invalid_field");
    assert_eq!(place.refusal(2, &["brief", &incident, "--for", "fax"])["code"], "invalid_request");
    assert_eq!(place.refusal(2, &["brief", &incident, "--piece", "update"])["code"], "invalid_field", "none is written yet");
}

/// Whether an HTTP request has come whole.
fn is_whole(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    length.is_none_or(|length| body.len() >= length)
}

/// A webhook that takes everything; each request that came.
fn webhook() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/services/T01/B02/secret", listener.local_addr().expect("its address"));
    let (tell, told) = channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (mut request, mut chunk) = (String::new(), [0; 4096]);
            while !is_whole(&request) {
                match stream.read(&mut chunk) {
                    Ok(0) | Err(_) => break,
                    Ok(count) => request.push_str(&String::from_utf8_lossy(&chunk[..count])),
                }
            }
            let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
            drop(stream.write_all(answer.as_bytes()));
            if tell.send(request).is_err() {
                return;
            }
        }
    });
    (url, told)
}

#[test]
fn an_update_leaves_by_a_channel() {
    let place = Place::empty();
    let (url, told) = webhook();
    let added = place.with_input(&["--json", "channel", "add", "slack", "ops", "--url", "-"], &format!("{url}\n"));
    assert!(added.status.success(), "{}", said(&added));
    let channel: Value = serde_json::from_slice(&added.stdout).expect("JSON");
    assert_fields(&channel, "name kind to added_at ready");
    assert_eq!((&channel["kind"], &channel["ready"]), (&json!("slack"), &json!(true)));
    let list = place.text(&["--json", "channel", "list"]) + &place.text(&["channel", "list"]) + &place.text(&["settings"]);
    assert!(list.contains("ops") && !list.contains("secret"), "the address is never shown again: {list}");
    assert!(place.text(&["channel", "test", "ops"]).starts_with("ok"), "and it works");
    told.recv_timeout(Duration::from_secs(10)).expect("the test message");

    let incident = place.declared("sev1 checkout 502s");
    assert_eq!(place.refusal(2, &["update", &incident, "send", "--channel", "ops"])["code"], "invalid_field", "nothing is written yet");
    assert_eq!(place.refusal(3, &["update", &incident, "send", "--text", "x", "--channel", "nowhere"])["code"], "not_found");
    let serving = place.serve();
    let sent = place.json(&["update", &incident, "send", "--text", "We see errors.", "--channel", "ops", "--next", "20m"]);
    assert_eq!(sent["changed"], 1);
    let body = told.recv_timeout(Duration::from_secs(20)).expect("it leaves");
    assert!(body.contains("We see errors."), "{body}");
    let begun = Instant::now();
    let posting = loop {
        let comms = place.json(&["update", &incident, "list"]);
        let posting = comms["updates"][0]["postings"][0].clone();
        if !posting.is_null() {
            break posting;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "the channel took it: {comms}");
        std::thread::sleep(Duration::from_millis(50));
    };
    assert_eq!((&posting["place"], &posting["by_hand"]), (&json!("ops"), &json!(false)));
    assert!(serving.stop());
    place.json(&["channel", "remove", "ops"]);
    assert_eq!(place.json(&["channel", "list"]), json!([]));
    assert_eq!(place.refusal(3, &["channel", "remove", "ops"])["code"], "not_found");
    assert_eq!(place.refusal(2, &["channel", "add", "slack", "ops"])["code"], "invalid_field", "a webhook needs its address");
    assert_eq!(place.refusal(2, &["channel", "add", "pigeon", "ops"])["code"], "invalid_request");
    assert_eq!(place.refusal(3, &["update", &incident, "withdraw", "ffffffff"])["code"], "not_found");
}
