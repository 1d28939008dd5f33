//! Mail through `muster ingest email` that is too long, too deep or broken: taken in as far as it goes, with a note, or
//! refused with a sentence; and what is no mail is refused where it is too long, with the limit.

use crate::Place;
use serde_json::{Value, json};

const HEAD: &str = "Subject: Checkout is down\nFrom: ann@client.example\nMessage-ID: <1@client.example>\nMIME-Version: 1.0\n";

/// A home with a mailbox.
fn mailbox() -> Place {
    let place = Place::empty();
    place.json(&["source", "add", "email", "inbox"]);
    place
}

/// Takes a mail in; answers the one alert of it.
fn taken(place: &Place, mail: &str) -> Value {
    let output = place.with_input(&["--json", "ingest", "email", "-", "--source", "inbox"], mail);
    assert!(output.status.success(), "{}", crate::said(&output));
    let receipt: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(receipt, json!({ "accepted": 1, "changes": 0, "refused": [] }));
    let groups = place.json(&["alert", "list"]);
    let group = &groups[0];
    assert_eq!((&group["title"], &group["count"]), (&json!("Checkout is down"), &json!(1)));
    group["alerts"][0].clone()
}

#[test]
fn a_film_of_fifty_megabytes_is_dropped_and_the_alarm_is_not() {
    let parts = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nIt says 502.\n--b\nContent-Type: video/mp4\n\
                 Content-Transfer-Encoding: base64\n\n";
    let film = format!("{HEAD}{parts}{}\n--b--\n", "AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKKKLLLL\n".repeat(1_070_000));
    assert!(film.len() > 50 * 1024 * 1024);
    let alert = taken(&mailbox(), &film);
    assert_eq!(alert["annotations"]["description"], "It says 502.");
    assert_eq!(alert["annotations"]["note"], "Only the first 256 KiB of this mail were read.");
}

#[test]
fn a_thousand_parts_within_parts_are_not_followed_down() {
    let level = |level: usize| format!("Content-Type: multipart/mixed; boundary=\"b{level}\"\n\n--b{level}\n");
    let nested: String = (0..1_000).map(level).collect();
    let alert = taken(&mailbox(), &format!("{HEAD}{nested}Content-Type: text/plain\n\ninnermost\n"));
    assert_eq!(alert["annotations"]["note"], "This mail has more parts, or deeper ones, than are looked at.");
    assert!(alert["annotations"].get("description").is_none(), "{alert}");
}

#[test]
fn a_charset_that_nobody_knows_costs_only_its_letters() {
    let place = mailbox();
    let file = place.path("broken.eml");
    let mail = [HEAD.as_bytes(), b"Content-Type: text/plain; charset=no-such-thing\n\ncaf\xe9 \xff\xfe is down\n"].concat();
    std::fs::write(&file, mail).expect("written");
    let file = file.display().to_string();
    assert_eq!(place.json(&["ingest", "email", &file, "--source", "inbox"])["accepted"], 1);
    let alert = place.json(&["alert", "list"])[0]["alerts"][0].clone();
    let text = alert["annotations"]["description"].as_str().expect("a text");
    assert!(text.starts_with("caf") && text.ends_with(" is down"), "{text:?}");
}

#[test]
fn what_is_no_mail_is_refused_with_a_sentence() {
    let place = mailbox();
    let output = place.with_input(&["--json", "ingest", "email", "-", "--source", "inbox"], "");
    assert!(!output.status.success(), "nothing came in: {}", crate::said(&output));
    assert!(crate::said(&output).contains("no mail") || crate::said(&output).contains("empty"), "{}", crate::said(&output));
    assert_eq!(place.json(&["alert", "list"]), json!([]));
}

#[test]
fn what_is_too_long_is_refused_with_the_limit() {
    let place = Place::empty();
    place.json(&["source", "add", "json", "cron"]);
    for (mebibytes, said) in [(50, "is longer than 12 MiB."), (9, "The body has 10 MiB; 8 fit.")] {
        let file = place.path("long.json");
        std::fs::write(&file, format!("{{\"title\":\"{}\"}}", "x".repeat(mebibytes * 1024 * 1024))).expect("written");
        let refusal = place.refusal(2, &["ingest", "json", &file.display().to_string(), "--source", "cron"]);
        assert!(refusal["message"].as_str().is_some_and(|message| message.contains(said)), "{refusal}");
    }
    assert_eq!(place.json(&["alert", "list"]), json!([]), "and nothing of it is in");
}
