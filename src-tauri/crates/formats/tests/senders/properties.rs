//! What must hold for any bytes, and whatever company a field is in.

use super::sample;
use domain::Timestamp;
use domain::alerts::{Change, Signal, SignalState, VALUE_LIMIT};
use domain::home::SourceKind;
use formats::signature::{Unsigned, check};
use formats::{Parsed, Sent, Unreadable, api_alerts, grafana, nagios, opsgenie, pagerduty, slack, victorops};
use hmac::{Hmac, KeyInit, Mac};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::fmt::Write;

const NOW: Timestamp = Timestamp(1_795_422_910_000);
/// Labels, and annotations, that are kept of one alert.
const PAIRS: usize = 128;

type Reader = fn(&Sent<'_>, Timestamp) -> Result<Parsed, Unreadable>;

/// All readers, those of answers among them.
const READERS: [(&str, Reader); 11] = [
    ("grafana", grafana::read),
    ("pagerduty", pagerduty::read),
    ("opsgenie", opsgenie::read),
    ("victorops", victorops::read),
    ("slack", slack::read),
    ("nagios", nagios::read),
    ("alertmanager, asked", |sent, now| api_alerts::alertmanager(sent.body, now)),
    ("grafana, asked", |sent, now| api_alerts::grafana(sent.body, now)),
    ("prometheus, asked", |sent, now| api_alerts::prometheus(sent.body, now)),
    ("pagerduty, asked", |sent, now| api_alerts::incidents(sent.body, now)),
    ("pagerduty, changes", |sent, now| pagerduty::read(&Sent { path: "change/enqueue", ..*sent }, now)),
];

/// Names that mean something to one of the readers.
const NAMES: [&str; 48] = [
    "alerts",
    "labels",
    "annotations",
    "startsAt",
    "values",
    "valueString",
    "panelURL",
    "message",
    "status",
    "state",
    "ruleName",
    "ruleId",
    "evalMatches",
    "tags",
    "event_action",
    "dedup_key",
    "payload",
    "summary",
    "source",
    "severity",
    "timestamp",
    "custom_details",
    "links",
    "images",
    "href",
    "alias",
    "priority",
    "details",
    "responders",
    "message_type",
    "entity_id",
    "entity_display_name",
    "state_start_time",
    "text",
    "attachments",
    "title",
    "color",
    "fields",
    "blocks",
    "ts",
    "host",
    "service",
    "type",
    "data",
    "incidents",
    "id",
    "created_at",
    "silencedBy",
];

fn text() -> impl Strategy<Value = String> {
    let words = [
        "firing",
        "resolved",
        "trigger",
        "resolve",
        "critical",
        "CRITICAL",
        "RECOVERY",
        "PROBLEM",
        "[RESOLVED] x",
        "good",
        "#36a64f",
        "alerting",
        "triggered",
        "acknowledged",
        "2026-11-23T08:34:58.5Z",
        "https://a.example/",
        "P1",
        ":a::b:",
        "<http://a|b>",
        "(OK)",
        "0",
    ];
    prop_oneof![any::<String>(), proptest::sample::select(words.to_vec()).prop_map(str::to_owned)]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![3 => proptest::sample::select(NAMES.to_vec()).prop_map(str::to_owned), 1 => text()]
}

/// Any JSON, with the names that mean something among its keys.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        4 => text().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 96, 6, |inner| {
        let object = vec((name(), inner.clone()), 0..8).prop_map(|fields| Value::Object(fields.into_iter().collect()));
        prop_oneof![1 => vec(inner, 0..6).prop_map(Value::from), 2 => object]
    })
}

/// Bodies that read, each with a key of its own, and where in them strangers may stand.
fn bodies() -> Vec<(Reader, Value, Vec<&'static str>)> {
    let incidents: Reader = |sent, now| api_alerts::incidents(sent.body, now);
    let listed: Reader = |sent, now| api_alerts::alertmanager(sent.body, now);
    vec![
        (grafana::read, sample("grafana/alert_v11_firing.json"), vec!["", "/alerts/0"]),
        (grafana::read, sample("grafana/v9_mixed.example.json"), vec!["", "/alerts/0", "/alerts/1"]),
        (grafana::read, sample("grafana/legacy_alerting.example.json"), vec!["", "/evalMatches/0"]),
        (pagerduty::read, sample("pagerduty-events-v2/trigger-full.example.json"), vec!["", "/payload", "/links/0", "/images/0"]),
        (pagerduty::read, sample("pagerduty-events-v2/pdpyras-5.4.1-resolve.json"), vec![""]),
        (opsgenie::read, sample("opsgenie/alertmanager-0.25-create.json"), vec![""]),
        (slack::read, sample("slack/alertmanager-0.25-firing.json"), vec!["", "/attachments/0"]),
        (slack::read, sample("slack/grafana_style.example.json"), vec!["", "/attachments/0", "/attachments/0/fields/1"]),
        (nagios::read, json!({"host": "web1", "service": "HTTP", "state": "CRITICAL", "type": "PROBLEM"}), vec![""]),
        (incidents, sample("pagerduty-rest/incidents.example.json"), vec!["", "/incidents/0", "/incidents/1/service"]),
        (listed, sample("alertmanager-api-v2/alertmanager-0.25-alerts.json"), vec!["/0", "/1/status", "/2"]),
    ]
}

fn parsed(reader: Reader, body: &[u8]) -> Parsed {
    reader(&Sent::body(body), NOW).unwrap_or_else(|error| panic!("{}: {error}", String::from_utf8_lossy(body)))
}

/// Bytes of text in a signal or a change.
fn weight(signal: &Signal) -> usize {
    let pairs = signal.labels.iter().chain(&signal.annotations).map(|(name, value)| name.len() + value.len()).sum::<usize>();
    let by = match &signal.state {
        SignalState::Acknowledged { by } => by.as_ref().map_or(0, String::len),
        SignalState::Firing { .. } | SignalState::Resolved { .. } => 0,
    };
    let keys = signal.key.len() + signal.episode.len() + signal.group_key.len() + signal.group_title.len() + signal.title.len();
    pairs + by + keys + signal.link.as_ref().map_or(0, String::len)
}

fn in_bounds(parsed: &Parsed) -> Result<(), TestCaseError> {
    // 3 keys of 1 KiB, 2 titles of 201 characters, a link of 2 KiB, a name of 8 KiB, and the pairs.
    let most = 3 * 1024 + 2 * 804 + 2048 + VALUE_LIMIT + 4 * PAIRS * VALUE_LIMIT;
    for signal in &parsed.signals {
        prop_assert!(signal.labels.len() <= PAIRS && signal.annotations.len() <= PAIRS + 8, "{} labels", signal.labels.len());
        prop_assert!(weight(signal) <= most);
    }
    for Change { key, title, labels, .. } in &parsed.changes {
        prop_assert!(key.len() <= 1024 && title.chars().count() <= 201 && labels.len() <= PAIRS);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_never_panic(bytes in vec(any::<u8>(), 0..512), path in text(), pair in (text(), text()), now in any::<i64>()) {
        let pairs = [pair];
        let sent = Sent { path: &path, query: &pairs, headers: &pairs, body: &bytes };
        for (_, read) in READERS {
            drop(read(&sent, Timestamp(now)));
        }
        for kind in SourceKind::ALL {
            prop_assert!(check(*kind, &bytes, &sent, Timestamp(now)).is_err(), "nobody signed this");
        }
        drop((pagerduty::routing_key(&bytes), api_alerts::more(&bytes)));
    }

    #[test]
    fn json_never_panics_and_stays_in_bounds(value in anything(), path in text(), now in any::<i64>()) {
        let body = value.to_string();
        let sent = Sent { path: &path, ..Sent::body(body.as_bytes()) };
        for (_, read) in READERS {
            if let Ok(parsed) = read(&sent, Timestamp(now)) {
                in_bounds(&parsed)?;
            }
        }
        let wrapped = [json!({"alerts": [&value]}), json!([&value]), json!({"data": {"alerts": [&value]}}), json!({"incidents": [&value]}), json!({"attachments": [&value]})];
        for body in wrapped {
            for (name, read) in READERS {
                if let Ok(parsed) = read(&Sent::body(body.to_string().as_bytes()), Timestamp(now)) {
                    in_bounds(&parsed)?;
                    prop_assert!(parsed.signals.len() <= 2, "{} makes {} alerts of one", name, parsed.signals.len());
                }
            }
        }
    }

    #[test]
    fn text_never_panics(lines in vec(text(), 0..12)) {
        for body in [lines.join("\n"), lines.join("="), lines.join("&"), format!("payload={}", lines.concat()), json!({"text": lines.join("\n")}).to_string()] {
            for (_, read) in READERS {
                if let Ok(parsed) = read(&Sent::body(body.as_bytes()), NOW) {
                    in_bounds(&parsed)?;
                }
            }
        }
    }

    #[test]
    fn strangers_change_nothing(which in 0..bodies().len(), stranger in anything(), name in "x-[a-z]{3,9}") {
        let (reader, body, places) = bodies().swap_remove(which);
        let mut company = body.clone();
        for place in places {
            let holder = company.pointer_mut(place).and_then(Value::as_object_mut).expect("an object is there");
            holder.insert(name.clone(), stranger.clone());
        }
        prop_assert_eq!(parsed(reader, company.to_string().as_bytes()), parsed(reader, body.to_string().as_bytes()));
    }

    #[test]
    fn at_victorops_strangers_are_told_of_and_change_nothing_else(stranger in anything(), name in "x-[a-z]{3,9}") {
        let mut body = sample("victorops/alertmanager-0.25-firing.json");
        let alone = parsed(victorops::read, body.to_string().as_bytes());
        body[&name] = stranger;
        let mut beside = parsed(victorops::read, body.to_string().as_bytes());
        beside.signals[0].annotations.remove(&name);
        prop_assert_eq!(beside, alone);
    }

    #[test]
    fn a_bad_neighbour_costs_nothing(bad in anything(), first in any::<bool>()) {
        let lists: [(Reader, &str, Value); 4] = [
            (grafana::read, "/alerts", sample("grafana/v9_mixed.example.json")),
            (|sent, now| api_alerts::alertmanager(sent.body, now), "", sample("alertmanager-api-v2/alertmanager-0.25-alerts.json")),
            (|sent, now| api_alerts::prometheus(sent.body, now), "/data/alerts", sample("prometheus-http-api/alerts.json")),
            (|sent, now| api_alerts::incidents(sent.body, now), "/incidents", sample("pagerduty-rest/incidents.example.json")),
        ];
        for (reader, list, mut body) in lists {
            let alone = parsed(reader, body.to_string().as_bytes()).signals;
            let items = body.pointer_mut(list).and_then(Value::as_array_mut).expect("a list is there");
            items.insert(if first { 0 } else { items.len() }, bad.clone());
            let beside = parsed(reader, body.to_string().as_bytes());
            for signal in &alone {
                prop_assert!(beside.signals.contains(signal), "{} is read as without it", signal.title);
            }
        }
    }

    #[test]
    fn whatever_is_taken_has_the_key_that_is_answered(value in anything()) {
        let mut body = json!({"event_action": "trigger", "payload": {"summary": "s", "source": "h", "severity": "info"}});
        body["dedup_key"] = value;
        if let Ok(taken) = pagerduty::enqueue(body.to_string().as_bytes(), NOW) {
            prop_assert_eq!(&taken.parsed.signals[0].key, &taken.dedup_key);
        }
    }

    #[test]
    fn a_post_ends_an_alert_only_by_a_word_at_its_beginning(words in vec("[a-z0-9%:()!* -]{0,12}|up:|OK|\\[RESOLVED\\]|[A-Z]{2,9}", 0..6)) {
        let said = format!("disk {}", words.join(" "));
        let signals = parsed(slack::read, json!({"text": said}).to_string().as_bytes()).signals;
        prop_assert_eq!(&signals[0].state, &SignalState::Firing { lapses_at: None }, "{}", said);
    }

    #[test]
    fn nagios_reads_the_same_in_every_shape(output in "[a-z&=%+ü;]{1,20}", host in "[a-z0-9.-]{1,12}", state in "OK|WARNING|CRITICAL|UNKNOWN") {
        let pairs = [("HOSTNAME", host), ("SERVICEDESC", "HTTP".to_owned()), ("SERVICESTATE", state), ("SERVICEOUTPUT", output)];
        let object: Map<String, Value> = pairs.iter().map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str()))).collect();
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
        let lines: Vec<String> = pairs.iter().map(|(name, value)| format!("NAGIOS_{name}={value}")).collect();
        let plain = parsed(nagios::read, Value::from(object).to_string().as_bytes());
        prop_assert_eq!(&parsed(nagios::read, form.as_bytes()), &plain);
        prop_assert_eq!(&parsed(nagios::read, lines.join("\n").as_bytes()), &plain);
    }

    #[test]
    fn only_the_signed_bytes_pass(body in vec(any::<u8>(), 1..64), secret in vec(any::<u8>(), 1..40), at in any::<prop::sample::Index>()) {
        let mac: Hmac<sha2::Sha256> = Hmac::new_from_slice(&secret).expect("any length");
        let digits = mac.chain_update(&body).finalize().into_bytes().iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a String takes it");
            hex
        });
        let headers = [("X-Hub-Signature-256".to_owned(), format!("sha256={digits}"))];
        prop_assert_eq!(check(SourceKind::Github, &secret, &Sent { headers: &headers, ..Sent::body(&body) }, NOW).map(drop), Ok(()));
        let mut changed = body.clone();
        changed[at.index(body.len())] ^= 1;
        prop_assert_eq!(check(SourceKind::Github, &secret, &Sent { headers: &headers, ..Sent::body(&changed) }, NOW), Err(Unsigned::Mismatch));
    }
}

#[test]
fn the_largest_body_makes_no_large_alert() {
    let many: Map<String, Value> = (0..20_000).map(|n| (format!("name {n:05}"), Value::from("x".repeat(40)))).collect();
    let long = "ü".repeat(500_000);
    let details = json!({"event_action": "trigger", "dedup_key": "k", "payload": {"summary": long, "source": long, "severity": "info", "custom_details": many}});
    let fields: Vec<Value> = many.keys().map(|name| json!({"title": name, "value": "v"})).collect();
    let labels = json!({"alerts": [{"status": "firing", "labels": many, "annotations": many, "valueString": long}]});
    let bodies: [(Reader, Value); 7] = [
        (grafana::read, labels),
        (pagerduty::read, details),
        (opsgenie::read, json!({"message": long, "alias": long, "details": many, "tags": vec!["t"; 50_000]})),
        (victorops::read, json!({"message_type": "CRITICAL", "entity_id": long, "many": many, "a": long})),
        (victorops::read, json!({"message_type": "INFO", "state_message": long, "x": many})),
        (slack::read, json!({"text": format!("{}{long}", ":a:".repeat(100_000)), "attachments": [{"title": long, "fields": fields}]})),
        (
            grafana::read,
            json!({"ruleName": long, "state": "alerting", "message": long, "evalMatches": vec![json!({"metric": "m", "value": 1}); 9_000]}),
        ),
    ];
    for (reader, body) in bodies {
        let parsed = parsed(reader, body.to_string().as_bytes());
        in_bounds(&parsed).unwrap_or_else(|error| panic!("{error}"));
        for signal in &parsed.signals {
            assert!(weight(signal) < 128 * 1024, "{} bytes of {}", weight(signal), signal.title);
        }
    }
    let lines = format!("host=web1\nstate=DOWN\noutput={}", "line of output\n".repeat(60_000));
    assert!(weight(&parsed(nagios::read, lines.as_bytes()).signals[0]) < 64 * 1024);
}
