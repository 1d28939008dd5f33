//! What must hold of these formats for any bytes and any JSON: none panics, no output is without an end, what is not known
//! changes nothing, and one bad item costs no other.

mod any_body;

use any_body::{anything, mail, name, shape, way, word};
use domain::Timestamp;
use domain::alerts::{Change, Signal, SignalState};
use domain::home::SourceKind;
use formats::mapping::{Mapping, shipped};
use formats::{Parsed, Sent, Unreadable};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value};
use std::sync::OnceLock;

const NOW: Timestamp = Timestamp(1_795_423_000_000);
/// Most text that any body may become, in bytes: what `gather` allows, and room for what is refused.
const TEXT_LIMIT: usize = 16 * 1024 * 1024 + 101 * (formats::RAW_LIMIT + 1024);

/// A reader that may hold something, such as a mapping.
type Reader<'r> = &'r dyn Fn(&Sent<'_>, Timestamp) -> Result<Parsed, Unreadable>;
type Read = fn(&Sent<'_>, Timestamp) -> Result<Parsed, Unreadable>;

/// Every reader with its name.
const READERS: [(&str, Read); 14] = [
    ("datadog", formats::datadog::read),
    ("sentry", formats::sentry::read),
    ("github", formats::github::read),
    ("uptime_kuma", formats::uptime_kuma::read),
    ("healthchecks", formats::healthchecks::read),
    ("cloudevents", formats::cloudevents::read),
    ("plain", formats::plain::read),
    ("heartbeat", formats::heartbeat::read),
    ("email", formats::email::read),
    ("azure", |sent, now| shipped(SourceKind::Azure).expect("shipped").read(sent, now)),
    ("gcp", |sent, now| shipped(SourceKind::Gcp).expect("shipped").read(sent, now)),
    ("newrelic", |sent, now| shipped(SourceKind::NewRelic).expect("shipped").read(sent, now)),
    ("zabbix", |sent, now| shipped(SourceKind::Zabbix).expect("shipped").read(sent, now)),
    ("greedy", |sent, now| greedy().read(sent, now)),
];

/// A mapping that copies whatever there is into everything.
fn greedy() -> &'static Mapping {
    static READ: OnceLock<Mapping> = OnceLock::new();
    let toml = "each = \"/alerts\"\nkey = \"{/id}{^}\"\nepisode = \"^\"\ntitle = \"^\"\nlink = \"^/url\"\nlabels = \"^\"\n\
                started_at = \"/time\"\nended_at = \"/time\"\nstate = { from = \"/status\", by = \"^\" }\ngroup = \"{^}\"\n[annotations]\na = \"^\"\nb = \"{^}{^}\"";
    READ.get_or_init(|| Mapping::parse(toml).expect("it reads"))
}

fn length(parsed: &Parsed) -> usize {
    let signal = |signal: &Signal| {
        let by = match &signal.state {
            SignalState::Acknowledged { by } => by.as_deref().map_or(0, str::len),
            SignalState::Firing { .. } | SignalState::Resolved { .. } => 0,
        };
        let pairs: usize = signal.labels.iter().chain(&signal.annotations).map(|(name, value)| name.len() + value.len()).sum();
        let texts = signal.key.len() + signal.episode.len() + signal.title.len() + signal.group_key.len() + signal.group_title.len();
        pairs + texts + by + signal.link.as_deref().map_or(0, str::len) + signal.service.as_ref().map_or(0, |service| service.0.len())
    };
    let change = |change: &Change| {
        let pairs: usize = change.labels.iter().map(|(name, value)| name.len() + value.len()).sum();
        pairs
            + change.key.len()
            + change.title.len()
            + change.outcome.as_deref().map_or(0, str::len)
            + change.link.as_deref().map_or(0, str::len)
    };
    let refused: usize = parsed.refused.iter().map(|refused| refused.reason.len() + refused.raw.len()).sum();
    parsed.signals.iter().map(signal).sum::<usize>() + parsed.changes.iter().map(change).sum::<usize>() + refused
}

/// Reads in every way, and judges what came of it.
fn read_all(sent: &Sent<'_>, now: Timestamp) {
    for (name, read) in READERS {
        match read(sent, now) {
            Ok(parsed) => assert!(length(&parsed) <= TEXT_LIMIT, "{name}: {} bytes", length(&parsed)),
            Err(Unreadable { reason }) => assert!(!reason.is_empty() && reason.len() < 500, "{name}: {reason}"),
        }
    }
}

/// Renders `value` with strangers in every object, but for those whose names are all the sender's own.
fn with_strangers(value: &Value, open: &[&str]) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| with_strangers(item, open)).collect(),
        Value::Object(fields) => {
            let inside = |(name, value): (&String, &Value)| {
                let value = if open.contains(&name.as_str()) { value.clone() } else { with_strangers(value, open) };
                (name.clone(), value)
            };
            let mut fields: Map<String, Value> = fields.iter().map(inside).collect();
            fields.insert("a_stranger".to_owned(), serde_json::json!({"why": ["x", {"y": null}], "id": 1, "status": "resolved"}));
            fields.insert("zzz".to_owned(), 1e3.into());
            fields.into()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

fn sample(path: &str) -> Value {
    let file = format!("{}/../../../tests/fixtures/payloads/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
    serde_json::from_str(&text).expect("a fixture is JSON")
}

#[test]
fn what_is_not_known_changes_nothing() {
    for (name, path, open) in [
        ("sentry", "sentry/event_alert.json", &[][..]),
        ("sentry", "sentry/issue_assigned.json", &[]),
        ("sentry", "sentry/metric_alert_resolved.json", &[]),
        ("sentry", "sentry/project_plugin.json", &[]),
        ("github", "github/deployment_payload.json", &[]),
        ("github", "github/deployment_status_failure.json", &[]),
        ("github", "github/workflow_run_completed.payload.json", &[]),
        ("github", "github/push.json", &[]),
        ("github", "github/release_published.json", &[]),
        ("healthchecks", "healthchecks/check_json_down.derived.json", &[]),
        ("azure", "azure/metric_fired.json", &["customProperties"]),
        ("gcp", "gcp/incident_open.json", &["labels", "policy_user_labels"]),
        ("newrelic", "new-relic/issue_acknowledged.json", &[]),
        ("zabbix", "zabbix/problem.json", &[]),
    ] {
        let (_, read) = READERS.iter().find(|(known, _)| *known == name).expect("a reader");
        let plain = sample(path);
        let said = |body: &Value| read(&Sent::body(body.to_string().as_bytes()), NOW).expect(path);
        assert_eq!(said(&with_strangers(&plain, open)), said(&plain), "{path}");
    }
    let kuma = sample("uptime-kuma/webhook-down.json")["body"].clone();
    let said = |body: &Value| formats::uptime_kuma::read(&Sent::body(body.to_string().as_bytes()), NOW).expect("it reads");
    assert_eq!(said(&with_strangers(&kuma, &[])), said(&kuma), "Uptime Kuma");
}

#[test]
fn a_body_without_measure_stays_within_bounds() {
    let long = "ü".repeat(40_000);
    let many: Map<String, Value> = (0..500).map(|n| (format!("label{n}"), "v".repeat(100).into())).collect();
    let tags: Vec<String> = (0..500).map(|n| format!("tag{n}:{n}")).collect();
    for fields in [
        serde_json::json!({"title": long, "key": long, "labels": many, "description": long, "status": "ack", "user": long, "url": long}),
        serde_json::json!({"title": long, "aggreg_key": long, "dedup_key": long, "tags": tags.join(","), "body": long, "scope": long}),
        serde_json::json!({"specversion": "1.0", "id": long, "source": long, "type": "a.alert", "subject": long, "data": {"title": long}}),
        serde_json::json!({"specversion": "1.0", "id": long, "source": long, "type": long, "data": {"url": long}}),
        serde_json::json!({"monitor": {"id": long, "name": long, "tags": tags}, "heartbeat": {"status": 0, "msg": long}, "msg": long}),
        serde_json::json!({"uuid": long, "status": "down", "tags": tags.join(" "), "name": long, "last_ping": long}),
        serde_json::json!({"data": {"issue": {"id": long, "title": long, "level": long}}, "action": "assigned", "actor": {"name": long}}),
        serde_json::json!({"ref": long, "after": long, "head_commit": {"message": long}, "repository": {"name": long}}),
        serde_json::json!({"incident": {"incident_id": long, "policy_user_labels": many, "resource": {"labels": many}}}),
        serde_json::json!({"alerts": vec![serde_json::json!({"id": 1}); 700], "long": long}),
    ] {
        read_all(&Sent::body(fields.to_string().as_bytes()), NOW);
        let mut fields = fields;
        fields.as_object_mut().expect("fields").extend(many.clone());
        read_all(&Sent::body(fields.to_string().as_bytes()), NOW);
    }
    read_all(&Sent { path: &long, ..Sent::body(long.as_bytes()) }, NOW);
    read_all(&Sent::body(format!("Subject: {long}\nFrom: {long}\n\n{long}").as_bytes()), NOW);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn bytes_never_panic(bytes in vec(any::<u8>(), 0..512), (headers, path, query) in way(), now in any::<i64>()) {
        read_all(&Sent { path: &path, query: &query, headers: &headers, body: &bytes }, Timestamp(now));
        read_all(&Sent::body(&bytes), Timestamp(now));
    }

    #[test]
    fn json_never_panics(body in anything(), (headers, path, query) in way(), now in any::<i64>()) {
        let text = body.to_string();
        read_all(&Sent { path: &path, query: &query, headers: &headers, body: text.as_bytes() }, Timestamp(now));
        let alerts = format!("{{\"alerts\":[{text},{text}],\"url\":{text}}}");
        read_all(&Sent::body(alerts.as_bytes()), Timestamp(now));
    }

    #[test]
    fn shaped_json_never_panics(data in anything(), more in anything(), name in shape(), now in any::<i64>()) {
        let body = serde_json::json!({name: data, "action": "created", "msg": more, "deployment_status": more, "id": 1, "source": "s", "type": more, "project": 1});
        read_all(&Sent::body(body.to_string().as_bytes()), Timestamp(now));
        for resource in ["event_alert", "issue", "metric_alert"] {
            let headers = [("Sentry-Hook-Resource".to_owned(), resource.to_owned())];
            let body = serde_json::json!({"action": "resolved", "data": {"event": data, "issue": data, "metric_alert": data, "triggered_rule": more}});
            drop(formats::sentry::read(&Sent { headers: &headers, body: body.to_string().as_bytes(), ..Sent::default() }, Timestamp(now)));
        }
    }

    #[test]
    fn mail_never_panics(mail in mail(), now in any::<i64>()) {
        read_all(&Sent::body(&mail), Timestamp(now));
        read_all(&Sent::body(&[b"Subject: x\n".as_slice(), &mail].concat()), Timestamp(now));
    }

    #[test]
    fn one_bad_item_costs_no_other(titles in vec("[a-z]{1,8}", 1..6), bad in prop_oneof![Just(Value::Null), Just(Value::from(1)), Just(Value::from("x")), Just(serde_json::json!({}))], at in any::<usize>()) {
        let plain = |title: &String| serde_json::json!({"title": title, "status": "firing", "id": title});
        let event = |title: &String| serde_json::json!({"specversion": "1.0", "id": title, "source": "s", "type": "a.alert", "subject": title});
        let mapping = Mapping::parse("each = \"\"\nkey = \"/title\"").expect("it reads");
        let mapped = |sent: &Sent<'_>, now| mapping.read(sent, now);
        let readers: [(Reader<'_>, Vec<Value>); 3] = [
            (&formats::plain::read, titles.iter().map(plain).collect()),
            (&formats::cloudevents::read, titles.iter().map(event).collect()),
            (&mapped, titles.iter().map(plain).collect()),
        ];
        for (read, mut items) in readers {
            let read = |items: &[Value]| read(&Sent::body(Value::from(items.to_vec()).to_string().as_bytes()), NOW).expect("a list reads");
            let alone = read(&items);
            let place = at % (items.len() + 1);
            items.insert(place, bad.clone());
            let beside = read(&items);
            prop_assert_eq!(&beside.signals, &alone.signals, "beside {}", bad);
            prop_assert_eq!(beside.refused.iter().map(|refused| refused.index).collect::<Vec<_>>(), vec![place]);
        }
    }

    #[test]
    fn mappings_never_panic(text in any::<String>(), (key, value) in (name(), word()), body in anything()) {
        for toml in [
            text.clone(),
            format!("{key} = {value:?}\nkey = {text:?}"),
            format!("key = \"/id\"\n[state]\nfrom = {text:?}\n{key} = [{value:?}]"),
            format!("key = \"{{/{key}|{value}}}\"\nlabels = \"/{key}\"\n[annotations]\n{text:?} = \"^\""),
        ] {
            match Mapping::parse(&toml) {
                Ok(mapping) => {
                    if let Ok(parsed) = mapping.read(&Sent::body(body.to_string().as_bytes()), NOW) {
                        prop_assert!(length(&parsed) <= TEXT_LIMIT);
                    }
                }
                Err(fault) => {
                    prop_assert!((1..=toml.split('\n').count()).contains(&fault.line), "{} lines: {}", toml.split('\n').count(), fault);
                    prop_assert!(fault.message.len() < 500, "{}", fault);
                }
            }
        }
    }
}
