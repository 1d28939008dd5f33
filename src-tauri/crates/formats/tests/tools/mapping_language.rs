//! The language of mappings: what it can say, and how a slip is answered.

use crate::{acknowledged, at, firing, headers, now, only, pairs, reason, resolved};
use domain::AlertSeverity::{Critical, Error, Warning};
use domain::alerts::{BATCH_LIMIT, VALUE_LIMIT};
use domain::home::MAPPING_LIMIT;
use formats::mapping::Mapping;
use formats::{Parsed, Sent, Unreadable};
use serde_json::{Value, json};

fn mapping(toml: &str) -> Mapping {
    Mapping::parse(toml).unwrap_or_else(|fault| panic!("{fault}"))
}

fn read(toml: &str, body: &Value) -> Result<Parsed, Unreadable> {
    mapping(toml).read(&Sent::body(body.to_string().as_bytes()), now())
}

#[test]
fn the_example_of_the_documentation_reads() {
    let toml = r#"
        each = "/alerts"
        only_when = { from = "/type", is = ["alert"] }
        key = "{/monitor/id}/{/host|any}"
        episode = "/started"
        title = "{/monitor/name} on {/host}"
        started_at = "/started"
        ended_at = "/ended"
        group = { key = "/monitor/id", title = "/monitor/name" }
        service = "/tags/service"
        link = "/url"
        severity = { from = "/level", critical = ["P1", "fatal"], error = ["P2"], warning = ["P3"], info = ["P4*"] }
        state = { from = "/status", firing = ["open"], acknowledged = ["seen"], resolved = ["closed"], by = "/user" }
        labels = { env = "/tags/env", all = "/tags", region = "^/region" }
        annotations = { description = "/text" }
    "#;
    let body = json!({"region": "eu", "alerts": [
        {"type": "alert", "monitor": {"id": 7, "name": "CPU"}, "host": "db1", "started": 1_795_422_898, "level": "Fatal", "status": "open",
         "tags": {"env": "prod", "service": "db"}, "url": "https://m.example/7", "text": "97 %"},
        {"type": "test"},
        {"type": "alert", "monitor": {"id": 7}, "started": 1_795_422_898, "ended": 1_795_422_900, "level": "p2", "status": "CLOSED"},
        {"type": "alert", "monitor": {"id": 8, "name": "RAM"}, "status": "seen", "user": "Dana", "level": "minor"},
        {"type": "alert"},
    ]});
    let parsed = read(toml, &body).expect("it reads");
    let [one, two, three, four] = parsed.signals.as_slice() else { panic!("four are alerts, the test is not: {parsed:#?}") };
    assert_eq!((one.key.as_str(), one.episode.as_str(), one.title.as_str()), ("7/db1", "1795422898", "CPU on db1"));
    assert_eq!((one.group_key.as_str(), one.group_title.as_str(), one.severity), ("7", "CPU", Critical));
    assert_eq!((one.started_at, &one.state, one.link.as_deref()), (at("2026-11-23T08:34:58Z"), &firing(), Some("https://m.example/7")));
    assert_eq!(pairs(&one.labels), [("env", "prod"), ("region", "eu"), ("service", "db")], "an object gives each of its fields");
    assert_eq!(one.service.as_ref().map(|service| service.0.as_str()), Some("db"));
    assert_eq!((two.key.as_str(), &two.state, two.severity), ("7/any", &resolved("2026-11-23T08:35:00Z"), Error));
    assert_eq!((three.key.as_str(), &three.state, three.severity), ("8/any", &acknowledged(Some("Dana")), Warning));
    assert_eq!((four.key.as_str(), parsed.refused.len()), ("/any", 0), "a fallback is a find, so that even this has a key");
}

#[test]
fn little_is_enough() {
    let signal = only(read("title = \"/text\"", &json!({"text": "Disk full"})));
    assert_eq!((signal.key.as_str(), signal.title.as_str(), signal.severity, signal.state), ("Disk full", "Disk full", Warning, firing()));
    let signal =
        only(read("key = \"{/id}\"\nseverity = \"/level\"\nstate = \"/state\"", &json!({"id": 3, "level": "page", "state": "ok"})));
    assert_eq!((signal.key.as_str(), signal.severity), ("3", Critical), "words without a table have their usual meaning");
    assert_eq!(signal.state, resolved("2026-11-23T08:35:10Z"));
    let ended = only(read("key = \"/id\"\nended_at = \"/end\"", &json!({"id": 3, "end": "2026-11-23T08:00:00Z"})));
    assert_eq!(ended.state, resolved("2026-11-23T08:00:00Z"), "without a state, an end that is past is one");
}

#[test]
fn a_list_of_pairs_gives_labels() {
    let toml = "key = \"/id\"\nlabels = \"/tags\"\n[annotations]\nmore = \"/more\"";
    let body = json!({"id": 1, "tags": [{"tag": "env", "value": "prod"}, {"name": "n", "value": 3}, {"key": "k", "value": null}, 5], "more": {"a": [1]}});
    let signal = only(read(toml, &body));
    assert_eq!(pairs(&signal.labels), [("env", "prod"), ("n", "3")]);
    assert_eq!(pairs(&signal.annotations), [("a", "1")]);
}

#[test]
fn a_body_may_be_a_list_or_a_form() {
    let body = json!([{"id": 1}, {"id": 2}, {}, {"id": {"deep": true}}]);
    let parsed = read("each = \"\"\nkey = \"/id\"", &body).expect("it reads");
    assert_eq!(parsed.signals.iter().map(|signal| signal.key.as_str()).collect::<Vec<_>>(), ["1", "2", "{\"deep\":true}"]);
    assert_eq!((parsed.refused[0].index, parsed.refused[0].raw.as_slice()), (2, b"{}".as_slice()));
    assert!(reason(read("key = \"/id\"", &body)).contains("each = \"\""), "a list is not taken for one alert");
    assert!(reason(read("each = \"/alerts\"\nkey = \"/id\"", &json!({"alerts": null}))).contains("no list at `/alerts`"));
    let form = headers(&[("Content-Type", "application/x-www-form-urlencoded")]);
    let sent = Sent { headers: &form, body: b"id=7&text=x", ..Sent::default() };
    assert_eq!(only(mapping("key = \"/id\"").read(&sent, now())).key, "7");
}

#[test]
fn slips_are_answered_with_their_line() {
    for (toml, line, part) in [
        ("key = \"/id\"\n\nsevrity = \"/x\"", 3, "Line 3: `sevrity` is no key of a mapping; did you mean `severity`?"),
        ("colour = 1\nkey = \"/id\"", 1, "`colour` is no key of a mapping; known are each, only_when, key"),
        ("key = \"/id\"\n[state]\nfrom = \"/s\"\nresloved = [\"x\"]", 4, "no key of `state`; did you mean `resolved`?"),
        ("key = \"/id\"\n[severity]\ncritical = [\"x\"]", 2, "`from` is missing here"),
        ("key = 5", 1, "`key` must be a text in quotes, not a number"),
        ("key = \"{id}\"", 1, "must begin with a JSON Pointer"),
        ("title = \"a\"\nkey = \"{/id\"", 2, "in `key`, a `{` is never closed"),
        ("key = \"/id\"\neach = \"alerts\"", 2, "no JSON Pointer: write it like \"/alerts\""),
        ("key = \"/id\"\nlabels = [1]", 2, "`labels` must be a table of names"),
        ("key = \"/id\"\n[labels]\na = \"{x}\"", 3, "in `labels.a`"),
        ("key = \"/id\"\n[state]\nfrom = \"/s\"\nfiring = [[\"x\"]]", 4, "`firing` must be a list of words"),
        ("key = \"/id\"\nkey = \"/id\"", 2, "this is no TOML: "),
        ("key = ", 1, "this is no TOML: "),
        ("episode = \"/id\"", 1, "needs a `key`, or at least a `title`"),
        ("", 1, "needs a `key`"),
    ] {
        let fault = Mapping::parse(toml).expect_err(toml);
        assert_eq!(fault.line, line, "{toml:?}: {fault}");
        assert!(fault.message.contains(part), "{toml:?}: {fault} says {part:?}");
        assert!(fault.message.starts_with(&format!("Line {line}: ")) && fault.message.ends_with(['.', '?']), "{fault}");
        assert!(!fault.message.ends_with("?."), "{fault}");
    }
}

#[test]
fn a_mapping_has_an_end() {
    let long = format!("key = \"/id\"\n# {}", "x".repeat(MAPPING_LIMIT));
    assert!(Mapping::parse(&long).expect_err("too long").message.contains("at most 64 KiB"));
    let deep = format!("key = \"/id\"\nlabels = {}1{}", "{a=".repeat(5_000), "}".repeat(5_000));
    assert!(Mapping::parse(&deep).is_err(), "and so has its depth");
    let odd = format!("key = \"/id\"\n\"{}\" = 1", "k".repeat(50_000));
    assert!(Mapping::parse(&odd).expect_err("no such key").message.len() < 400, "a slip is quoted in part");
}

#[test]
fn copies_of_a_long_text_have_an_end() {
    let toml = "each = \"/alerts\"\nkey = \"/id\"\n[labels]\na = \"^/long\"\nb = \"{^/long}{^/long}\"\nc = \"^\"";
    let alerts: Vec<Value> = (0..BATCH_LIMIT).map(|id| json!({"id": id})).collect();
    let parsed = read(toml, &json!({"long": "x".repeat(200_000), "alerts": alerts})).expect("it reads");
    let text: usize = parsed.signals.iter().flat_map(|signal| signal.labels.values()).map(String::len).sum();
    assert!(text <= 16 * 1024 * 1024, "{text} bytes");
    assert!(parsed.signals.iter().all(|signal| signal.labels.values().all(|value| value.len() <= VALUE_LIMIT)));
    let [refused] = parsed.refused.as_slice() else { panic!("the rest is refused in one line") };
    assert!(refused.reason.contains("MiB of their text"), "{}", refused.reason);
}
