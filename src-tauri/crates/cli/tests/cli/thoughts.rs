//! What the room thinks: decisions, hypotheses, questions, the board; and the room as `show` writes it.

use crate::{Place, assert_fields};
use serde_json::{Value, json};

#[test]
fn a_decision_keeps_its_options_and_objections() {
    let place = Place::empty();
    let incident = place.declared("checkout 502s");
    assert_eq!(place.text(&["decision", &incident]), "No decisions yet.\n");
    let words = ["decision", &incident, "roll", "back", "--option", "wait", "--option", "fail over", "--risk", "cold cache"];
    place.json(&[&["--for", "mei", "--by", "chat"], &words[..]].concat());
    let decision = || place.json(&["decision", &incident])[0].clone();
    assert_fields(&decision(), "id text options risk heard polled objections result");
    assert_eq!((&decision()["text"], &decision()["options"]), (&json!("roll back"), &json!(["wait", "fail over"])));
    assert_eq!((&decision()["heard"]["who"], &decision()["heard"]["signed"]), (&json!("mei"), &json!(false)));
    assert_eq!(decision()["polled"], Value::Null, "nobody was asked for objections");
    place.json(&["--for", "jo", "decision", &incident, "--poll", "D1", "--objection", "the schema changed"]);
    place.json(&["decision", &incident, "--result", "D1", "errors", "gone"]);
    assert_eq!(
        (&decision()["objections"][0]["text"], &decision()["result"]["text"]),
        (&json!("the schema changed"), &json!("errors gone"))
    );
    place.json(&["decision", &incident, "page the DBA", "--polled"]);
    assert_ne!(place.json(&["decision", &incident])[1]["polled"], Value::Null);
    let text = place.text(&["decision", &incident]);
    assert!(
        text.contains("D1") && text.contains("@mei in the chat") && text.contains("entered by dana") && text.contains("cold cache"),
        "{text}"
    );
    assert_eq!(place.refusal(3, &["decision", &incident, "--poll", "D7"])["code"], "not_found");
    assert_eq!(place.refusal(2, &["decision", &incident, "--risk", "what"])["code"], "invalid_request", "a risk of what?");
    assert_eq!(place.refusal(2, &["decision", &incident, "--result", "D1"])["code"], "invalid_request", "a result in words");
}

#[test]
fn a_hypothesis_is_supported_or_ruled_out() {
    let place = Place::empty();
    let incident = place.declared("checkout 502s");
    place.json(&["hypothesis", &incident, "add", "the", "pool", "is", "exhausted"]);
    place.json(&["hypothesis", &incident, "support", "H1", "400 waiting"]);
    place.json(&["hypothesis", &incident, "add", "a bad deploy"]);
    place.json(&["hypothesis", &incident, "rule-out", "H2"]);
    let all = place.json(&["hypothesis", &incident, "list"]);
    assert_fields(&all[0], "id text standing at heard evidence");
    assert_eq!((&all[0]["standing"], &all[0]["evidence"][0]["text"]), (&json!("supported"), &json!("400 waiting")));
    assert_eq!((&all[1]["standing"], &all[1]["evidence"][0]["text"]), (&json!("ruled_out"), &json!("no evidence named")));
    let text = place.text(&["hypothesis", &incident, "list"]);
    assert!(text.contains("ruled out") && text.contains("400 waiting"), "{text}");
    assert_eq!(place.refusal(3, &["hypothesis", &incident, "support", "H9", "x"])["code"], "not_found");
}

#[test]
fn a_question_is_open_until_answered() {
    let place = Place::empty();
    let incident = place.declared("checkout 502s");
    place.json(&["question", &incident, "add", "since", "when?", "--of", "ravi"]);
    let question = || place.json(&["question", &incident, "list"])[0].clone();
    assert_fields(&question(), "id text of heard answer");
    assert_eq!((&question()["of"], &question()["answer"]), (&json!("ravi"), &Value::Null));
    assert!(place.text(&["show", &incident]).contains("since when?"));
    place.json(&["--for", "ravi", "--by", "voice", "question", &incident, "answer", "Q1", "since", "noon"]);
    assert_eq!((&question()["answer"]["text"], &question()["answer"]["heard"]["who"]), (&json!("since noon"), &json!("ravi")));
    assert!(!place.text(&["show", &incident]).contains("since when?"), "answered: no longer open");
    assert_eq!(place.refusal(2, &["question", &incident, "answer", "Q1"])["code"], "invalid_request");
}

#[test]
fn the_board_says_what_is_known_and_what_is_not() {
    let place = Place::empty();
    let incident = place.declared("sev1 checkout 502s");
    let text = place.text(&["board", &incident]);
    assert_eq!(text.matches("not said yet").count(), 3, "{text}");
    let written = place.with_input(&["board", &incident, "need", "-"], "a DBA\n");
    assert!(written.status.success());
    place.json(&["board", &incident, "believe", "the pool is exhausted"]);
    place.json(&["task", &incident, "add", "drain the pool", "--to", "ravi"]);
    let board = place.json(&["board", &incident]);
    assert_fields(&board, "believe doing first_task open_tasks need objective");
    assert_eq!((&board["need"]["text"], &board["believe"]["written"]), (&json!("a DBA"), &json!(true)));
    let text = place.text(&["board", &incident]);
    assert!(text.contains("drain the pool (@ravi)"), "what is being done is the task whose box ends first: {text}");
    place.json(&["board", &incident, "need", "--clear"]);
    assert_eq!(place.json(&["board", &incident])["need"], Value::Null);
    assert_eq!(place.refusal(2, &["board", &incident, "need"])["code"], "invalid_request");
    assert_eq!(place.refusal(2, &["board", &incident, "hope", "x"])["code"], "invalid_request");
}

#[test]
fn the_room_as_text() {
    let place = Place::empty();
    let incident = place.declared("sev1 checkout 502s @sam #payments");
    place.json(&["task", &incident, "add", "drain the pool", "--to", "ravi"]);
    place.json(&["update", &incident, "promise", "20m"]);
    place.json(&["bridge", &incident, "https://meet.example/war-room"]);
    let shown = place.text(&["show", &incident]);
    for words in
        ["We believe", "drain the pool", "not told yet", "Next update", "due in 19:5", "https://meet.example/war-room", "To acknowledge"]
    {
        assert!(shown.contains(words) || (words == "due in 19:5" && shown.contains("due in 20:00")), "{words}: {shown}");
    }
    let mine = place.text(&["--as", "ravi", "show", &incident]);
    assert!(mine.contains("Next for you\nYou are asked for “drain the pool”: say yes or no."), "{mine}");
    assert!(place.text(&["timeline", &incident]).contains("drain the pool"));
    assert_eq!(place.json(&["bridge", &incident]), json!({ "bridge": "https://meet.example/war-room" }));
    place.json(&["bridge", &incident, "--clear"]);
    assert_eq!(place.text(&["bridge", &incident]), "No place to meet is set.\n");
    assert_eq!(place.refusal(2, &["bridge", &incident, "the kitchen"])["code"], "invalid_field");
}
