//! What must hold for any bytes, and for any order and company of the fields.

use domain::Timestamp;
use formats::alertmanager::{push, webhook};
use formats::{REFUSED_LIMIT, fingerprint};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Map, Value};

const NOW: Timestamp = Timestamp(1_795_423_000_000);

/// Any JSON, with the names that mean something here among its keys.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 96, 6, |inner| {
        let object = vec((name(), inner.clone()), 0..6).prop_map(|fields| Value::Object(fields.into_iter().collect()));
        prop_oneof![vec(inner, 0..6).prop_map(Value::from), object]
    })
}

fn name() -> impl Strategy<Value = String> {
    let known =
        ["alerts", "labels", "annotations", "startsAt", "endsAt", "status", "fingerprint", "groupKey", "groupLabels", "generatorURL"];
    prop_oneof![proptest::sample::select(known.to_vec()).prop_map(str::to_owned), text()]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        Just("2026-11-23T08:34:58.5Z".to_owned()),
        Just("0001-01-01T00:00:00Z".to_owned()),
        Just("resolved".to_owned()),
        Just("-262143-01-01T00:00:00Z".to_owned()),
    ]
}

/// A body that real senders could send, and the same with fields shuffled and strangers added at every level.
type Twins = (String, String);

/// The same alerts as a notification and as a push.
fn twins() -> impl Strategy<Value = (Twins, Twins)> {
    let labels = btree_map("[a-z]{1,6}", "[a-zü \"\\\\]{1,8}", 1..6);
    let times = prop_oneof![Just("2026-11-23T08:34:58.5Z"), Just("2036-01-01T00:00:00Z"), Just("0001-01-01T00:00:00Z")];
    let alert = (labels.clone(), labels, times.clone(), times, prop_oneof![Just("firing"), Just("resolved")]).prop_map(
        |(labels, annotations, starts, ends, status)| {
            serde_json::json!({"status": status, "labels": labels, "annotations": annotations, "startsAt": starts, "endsAt": ends})
        },
    );
    (vec(alert, 0..4), any::<u64>()).prop_map(|(alerts, seed)| {
        let sent = serde_json::json!({
            "version": "4", "groupKey": "{}:{a=\"b\"}", "groupLabels": {"a": "b"}, "alerts": alerts, "truncatedAlerts": 0,
        });
        let twin = |body: &Value| (body.to_string(), disturbed(body, &mut { seed }, true));
        (twin(&sent), twin(&sent["alerts"]))
    })
}

/// Renders `value` with each object's fields in another order; unknown ones are added where the format allows them.
fn disturbed(value: &Value, seed: &mut u64, strangers: bool) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(|item| disturbed(item, seed, strangers)).collect::<Vec<_>>().join(" ,")),
        Value::Object(fields) => object(fields, seed, strangers),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

fn object(fields: &Map<String, Value>, seed: &mut u64, strangers: bool) -> String {
    let mut parts: Vec<String> = fields
        .iter()
        .map(|(name, value)| {
            // Names in a map of labels are all known: a stranger there would be another label.
            let inside = strangers && !matches!(name.as_str(), "labels" | "annotations" | "groupLabels");
            format!("{}:\n{}", Value::from(name.as_str()), disturbed(value, seed, inside))
        })
        .collect();
    if strangers {
        parts.push(r#""notification_reason":{"why":["x",{"y":null}]}"#.to_owned());
        parts.push(r#""routeLabels": 1e3"#.to_owned());
    }
    for last in (1..parts.len()).rev() {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        parts.swap(last, (*seed >> 33) as usize % (last + 1));
    }
    format!("{{{}}}", parts.join(","))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn bytes_never_panic(bytes in vec(any::<u8>(), 0..512), now in any::<i64>()) {
        drop(webhook(&bytes, Timestamp(now)));
        drop(push(&bytes, Timestamp(now)));
        drop(push(&[b"[", bytes.as_slice(), b"]"].concat(), Timestamp(now)));
    }

    #[test]
    fn json_never_panics_and_every_alert_is_accounted_for(alerts in vec(anything(), 0..8), now in any::<i64>()) {
        let count = alerts.len();
        let list = Value::from(alerts).to_string();
        let object = format!(r#"{{"alerts":{list}}}"#);
        for parsed in [push(list.as_bytes(), Timestamp(now)), webhook(object.as_bytes(), Timestamp(now))] {
            let parsed = parsed.expect("a list of anything is a list");
            prop_assert!(count <= REFUSED_LIMIT);
            prop_assert_eq!(parsed.signals.len() + parsed.refused.len(), count, "taken or refused, none lost");
        }
        drop(webhook(list.as_bytes(), Timestamp(now)));
    }

    #[test]
    fn order_and_strangers_change_nothing(((plain, disturbed), (list, disturbed_list)) in twins()) {
        let plain = webhook(plain.as_bytes(), NOW).expect("it reads");
        prop_assert_eq!(&plain.refused, &vec![]);
        prop_assert_eq!(webhook(disturbed.as_bytes(), NOW).expect("so does this"), plain);
        let told = |list: &str| {
            let parsed = push(list.as_bytes(), NOW).expect("a list reads");
            (parsed.signals, parsed.refused.into_iter().map(|refused| (refused.index, refused.reason)).collect::<Vec<_>>())
        };
        prop_assert_eq!(told(&disturbed_list), told(&list), "what is refused differs only in its raw text");
    }

    #[test]
    fn a_bad_neighbour_changes_nothing(((plain, _), _) in twins()) {
        let alone = webhook(plain.as_bytes(), NOW).expect("it reads");
        let mut sent: Value = serde_json::from_str(&plain).expect("it is JSON");
        sent["alerts"].as_array_mut().expect("a list").push(Value::from(1));
        let beside = webhook(sent.to_string().as_bytes(), NOW).expect("it reads");
        prop_assert_eq!(beside.signals, alone.signals, "the slow way reads what the fast one does");
        prop_assert_eq!(beside.refused.len(), 1);
    }

    #[test]
    fn fingerprints_do_not_depend_on_the_order_sent(labels in btree_map("[a-z]{1,8}", "[^\u{0}]{1,8}", 1..8)) {
        let pairs: Vec<String> = labels.iter().rev().map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), Value::from(value.as_str()))).collect();
        let parsed = push(format!("[{{\"labels\":{{{}}}}}]", pairs.join(",")).as_bytes(), NOW).expect("it reads");
        prop_assert_eq!(&parsed.signals[0].key, &fingerprint(labels.iter().map(|(name, value)| (name.as_str(), value.as_str()))));
    }
}
