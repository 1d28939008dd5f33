//! Uptime Kuma: JSON, form and query, every status, and messages alone.

use crate::{acknowledged, at, firing, headers, json, nothing, now, only, pairs, reason, resolved};
use domain::AlertSeverity::{Critical, Error, Info, Warning};
use domain::ServiceName;
use domain::alerts::SignalState;
use formats::uptime_kuma::{NOTICE_LAPSES_SECS, TEST_LAPSES_SECS};
use formats::{Sent, uptime_kuma};
use serde_json::{Value, json};

fn kuma() -> Value {
    json("uptime-kuma/webhook-down.json")["body"].clone()
}

fn kuma_says(body: &Value) -> Result<formats::Parsed, formats::Unreadable> {
    uptime_kuma::read(&Sent::body(body.to_string().as_bytes()), now())
}

#[test]
fn a_monitor_is_down() {
    let signal = only(kuma_says(&kuma()));
    assert_eq!((signal.key.as_str(), &signal.state, signal.severity), ("monitor/7", &firing(), Error));
    assert_eq!((signal.title.as_str(), signal.started_at), ("Checkout API is down", at("2026-11-23T08:50:00.123Z")), "its time is UTC");
    assert_eq!((signal.group_key.as_str(), signal.episode.as_str()), ("monitor/7", ""));
    assert_eq!(signal.service, Some(ServiceName("checkout-api".into())));
    assert_eq!(signal.link.as_deref(), Some("https://checkout.example/health"));
    assert_eq!(pairs(&signal.labels), [("monitor", "Checkout API"), ("type", "http"), ("url", "https://checkout.example/health")]);
    let annotations = [("description", "timeout of 48000ms exceeded"), ("summary", "[Checkout API] [🔴 Down] timeout of 48000ms exceeded")];
    assert_eq!(pairs(&signal.annotations), annotations);
}

#[test]
fn every_status_of_a_monitor() {
    for (status, state) in [
        (json!(0), Some(firing())),
        (json!(1), Some(resolved("2026-11-23T08:50:00.123Z"))),
        (json!("1"), Some(resolved("2026-11-23T08:50:00.123Z"))),
        (json!(2), None),
        (json!(3), Some(acknowledged(None))),
    ] {
        let mut body = kuma();
        body["heartbeat"]["status"] = status.clone();
        match state {
            Some(state) => assert_eq!(only(kuma_says(&body)).state, state, "{status}"),
            None => nothing(kuma_says(&body)),
        }
    }
    let mut body = kuma();
    body["heartbeat"]["status"] = json!(9);
    assert!(reason(kuma_says(&body)).contains("none of 0 (down)"));
}

#[test]
fn tags_of_a_monitor_say_more() {
    let mut body = kuma();
    body["monitor"]["tags"] =
        json!([{"name": "severity", "value": "critical"}, {"name": "service", "value": "pay"}, {"name": "eu", "value": ""}, 7]);
    let signal = only(kuma_says(&body));
    assert_eq!((signal.severity, signal.service), (Critical, Some(ServiceName("pay".into()))));
    assert_eq!(signal.labels["tags"], "eu, 7");
}

#[test]
fn a_monitor_may_speak_by_form_and_by_query() {
    let alone = only(kuma_says(&kuma()));
    let form = format!("--b1\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\n{}\r\n--b1--\r\n", kuma());
    let kind = headers(&[("content-type", "multipart/form-data; boundary=b1")]);
    assert_eq!(only(uptime_kuma::read(&Sent { headers: &kind, body: form.as_bytes(), ..Sent::default() }, now())), alone);
    let text = |name: &str| {
        (
            name.to_owned(),
            match &kuma()[name] {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            },
        )
    };
    let query = [text("msg"), text("heartbeat"), text("monitor")];
    assert_eq!(only(uptime_kuma::read(&Sent { query: &query, ..Sent::default() }, now())), alone);
}

#[test]
fn the_test_button_shows_and_goes() {
    let signal = only(kuma_says(&json!({"heartbeat": null, "monitor": null, "msg": "Muster Testing"})));
    let lapses = SignalState::Firing { lapses_at: Some(now().plus_secs(TEST_LAPSES_SECS)) };
    assert_eq!(
        (signal.key.as_str(), signal.title.as_str(), signal.severity, signal.state),
        ("test", "Muster Testing", Info, lapses.clone())
    );
    let query = [("msg".to_owned(), "Muster Testing".to_owned())];
    assert_eq!(only(uptime_kuma::read(&Sent { query: &query, ..Sent::default() }, now())).state, lapses, "by query too");
}

#[test]
fn a_certificate_runs_out() {
    let notice = |days: u32| format!("[Shop][https://shop.example] server certificate shop.example will expire in {days} days");
    let said = |days| only(kuma_says(&json!({"heartbeat": null, "monitor": null, "msg": notice(days)})));
    let (earlier, later) = (said(14), said(7));
    assert_eq!(earlier.key, later.key, "the same certificate, whatever is left of it");
    assert_eq!((later.title, later.severity), (notice(7), Warning));
    assert_eq!(
        later.state,
        SignalState::Firing { lapses_at: Some(now().plus_secs(NOTICE_LAPSES_SECS)) },
        "nobody says that it was renewed"
    );
}

#[test]
fn a_body_of_ones_own_is_plain_json() {
    let signal = only(kuma_says(&json!({"title": "Shop", "status": "down", "id": 3})));
    assert_eq!((signal.key.as_str(), signal.state), ("3", firing()));
    assert!(reason(kuma_says(&json!({"heartbeat": {"status": 0}}))).contains("names no monitor"));
}
