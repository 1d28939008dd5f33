//! Text that is too long or was made to hurt, pasted into a home of this process and through the socket: each is answered
//! with a preview, or with one sentence that names the limit.

use crate::{Place, ask, declare};
use api::dto::PasteText;
use api::{Code, Request};
use home::{Opened, OwnerKind};
use serde_json::{Value, json};

fn text(incident: &Value, text: String) -> PasteText {
    let incident = incident["ref"].as_str().expect("a reference").to_owned();
    PasteText { incident, text, zone: Some("UTC".into()), day: Some("2026-01-05".into()), ..Default::default() }
}

async fn preview(opened: &Opened, incident: &Value, words: String) -> Value {
    ask(opened, Request::PastePreview(text(incident, words))).await.expect("read")
}

fn notes(preview: &Value) -> String {
    preview["notes"].to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_megabytes_with_tricks_and_without_a_time_are_answered() {
    let place = Place::empty();
    let owner = place.open(OwnerKind::Serve).await;
    let guest = place.open(OwnerKind::Desktop).await;
    let incident = declare(&owner, "disk full").await;
    let tricks = "\u{202E}words that turn \u{2066}round, and say no time at all\u{2069}\n".repeat(200_000);
    assert!(tricks.len() > 10 * 1024 * 1024);
    for opened in [&owner, &guest] {
        let read = preview(opened, &incident, tricks.clone()).await;
        assert_eq!((&read["total"], &read["lines"][0]["text"]), (&json!(20_000), &json!("words that turn round, and say no time at all")));
        let notes = notes(&read);
        for said in ["Only the first 4 MB of 10", "were taken out", "Only the first 20000 messages were read"] {
            assert!(notes.contains(said), "{said}: {notes}");
        }
    }
    let quotes = "\"".repeat(10 * 1024 * 1024);
    assert_eq!(preview(&owner, &incident, quotes.clone()).await["total"], 1, "one line, cut");
    let refusal = ask(&guest, Request::PastePreview(text(&incident, quotes))).await.expect_err("too long for one message");
    assert_eq!(refusal.code, Code::InvalidRequest);
    assert!(refusal.message.contains("16 MiB"), "it names the limit: {refusal}");
    guest.close().await;
    owner.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_too_long_is_cut_recorded_and_known_again() {
    let place = Place::empty();
    let opened = place.open(OwnerKind::Command).await;
    let incident = declare(&opened, "disk full").await;
    let words = format!("14:36 ravi: {}\n14:37 mei: ok\n", "long ".repeat(40_000));
    let read = preview(&opened, &incident, words.clone()).await;
    let cut = |at: usize| read["lines"][at]["cut"].as_bool().expect("it says");
    assert_eq!((cut(0), cut(1)), (true, false));
    assert!(notes(&read).contains("One message was cut at 64 KB"), "{}", notes(&read));
    assert!(read["lines"][0]["text"].as_str().expect("words").ends_with("[cut here: an entry holds 64 KB]"));
    let receipt = ask(&opened, Request::PasteOp(text(&incident, words.clone()))).await.expect("recorded");
    assert_eq!(receipt["added"], 2, "neither is refused for the other");
    let again = preview(&opened, &incident, words).await;
    assert_eq!((&again["fresh"], &again["lines"][0]["known"]), (&json!(0), &json!(true)));
    opened.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_whom_it_fits_alone() {
    let place = Place::empty();
    let opened = place.open(OwnerKind::Command).await;
    let incident = declare(&opened, "disk full").await;
    for (handle, name) in [("mei", "Mei Tan"), ("mei.lin", "Mei Lin"), ("jo", "Jo Park"), ("ravi", "Ravi Patel")] {
        let add = json!({ "op": "person.add", "params": { "handle": handle, "name": name } });
        ask(&opened, serde_json::from_value(add).expect("an operation")).await.expect("added");
    }
    let ask = PasteText {
        people: vec![("Chip".into(), "jo".into()), ("ravi".into(), String::new())],
        ..text(
            &incident,
            "14:36 mei: a\n14:36 Mei Lin: b\n14:36 Mei: c\n14:36 Ravi: d\n14:36 Chip: e\n14:36 ravi: f\n14:36 Tomas: g\n".into(),
        )
    };
    let read = crate::ask(&opened, Request::PastePreview(ask)).await.expect("read");
    let people: Vec<&Value> = read["lines"].as_array().expect("lines").iter().map(|line| &line["person"]).collect();
    let expected = [json!("mei"), json!("mei.lin"), json!("mei"), json!("ravi"), json!("jo"), Value::Null, Value::Null];
    assert_eq!(people, expected.iter().collect::<Vec<_>>());
    opened.close().await;
}
