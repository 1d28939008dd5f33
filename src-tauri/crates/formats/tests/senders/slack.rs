//! Posts meant for Slack.

use super::{FIRING, at, now, only, read, refused, sample};
use domain::alerts::SignalState;
use domain::{AlertSeverity, ServiceName};
use formats::slack::{self, NO_TEXT};
use formats::{Parsed, Sent};
use serde_json::json;

const ENDED: SignalState = SignalState::Resolved { ended_at: domain::Timestamp(1_795_422_910_000) };

#[test]
fn both_posts_of_alertmanager_are_one_alert() {
    let fires = only(read(slack::read, &sample("slack/alertmanager-0.25-firing.json")));
    assert_eq!((fires.key.as_str(), &fires.state), ("diskfull (eu1 db9:9100 critical)", &FIRING));
    assert_eq!((fires.title.as_str(), fires.severity), ("DiskFull (eu1 db9:9100 critical)", AlertSeverity::Critical));
    assert_eq!((fires.labels["channel"].as_str(), fires.labels["username"].as_str()), ("#incidents", "Alertmanager"));
    assert_eq!(fires.link.as_deref(), Some("http://vm:19093/#/alerts?receiver=all"));
    assert_eq!((fires.episode.as_str(), fires.started_at, fires.service), ("", now(), None));
    let ended = only(read(slack::read, &sample("slack/alertmanager-0.25-resolved.json")));
    assert_eq!((ended.key, ended.state), (fires.key, ENDED));
}

#[test]
fn a_post_with_fields_and_shades() {
    let signal = only(read(slack::read, &sample("slack/grafana_style.example.json")));
    assert_eq!((signal.key.as_str(), &signal.state, signal.severity), ("latency checkout", &FIRING, AlertSeverity::Critical));
    assert_eq!((signal.labels["Severity"].as_str(), signal.service), ("critical", Some(ServiceName("checkout-api".into()))));
    assert_eq!(signal.annotations["text"], "**Firing**\nValue: B=4.2");
    assert_eq!(signal.started_at, at("2026-11-23T08:35:00Z"), "the attachment's own time");
}

#[test]
fn words_count_before_colours() {
    for (title, colour, state, severity) in [
        ("[FIRING:1] Disk", "danger", FIRING, AlertSeverity::Error),
        ("[FIRING:1] Disk", "good", FIRING, AlertSeverity::Warning),
        ("[RESOLVED] Disk", "danger", ENDED, AlertSeverity::Error),
        ("[FIRING:1, RESOLVED:3] Disk", "good", FIRING, AlertSeverity::Warning),
        ("[CRITICAL] Disk", "warning", FIRING, AlertSeverity::Critical),
        ("Acknowledged: Disk", "warning", SignalState::Acknowledged { by: None }, AlertSeverity::Warning),
        ("Disk", "danger", FIRING, AlertSeverity::Error),
        ("Disk", "warning", FIRING, AlertSeverity::Warning),
        ("Disk", "good", ENDED, AlertSeverity::Warning),
        ("Disk", "#2eb886", ENDED, AlertSeverity::Warning),
        ("Disk", "#439FE0", FIRING, AlertSeverity::Warning),
        ("Disk", "", FIRING, AlertSeverity::Warning),
        ("Disk is no longer RESOLVED", "", FIRING, AlertSeverity::Warning),
    ] {
        let signal = only(read(slack::read, &json!({"attachments": [{"title": title, "color": colour}]})));
        assert_eq!((signal.state, signal.severity), (state, severity), "{title} {colour}");
    }
}

#[test]
fn numbers_tell_alerts_apart() {
    let key = |title: &str| only(read(slack::read, &json!({"text": title}))).key;
    assert_ne!(key("[FIRING:1] Disk on db1"), key("[FIRING:1] Disk on db2"));
    assert_eq!(key("[FIRING:1] Disk on db1"), key(":white_check_mark: *[RESOLVED] Disk  on DB1*"), "how many fire does not");
}

#[test]
fn a_post_of_plain_text() {
    let signal = only(read(slack::read, &json!({"text": ":fire: Deploy of <https://ci.example/7|shop #7> failed\nsee &lt;log&gt;"})));
    assert_eq!((signal.title.as_str(), &signal.state, signal.severity), ("Deploy of shop #7 failed", &FIRING, AlertSeverity::Warning));
    assert_eq!(signal.link.as_deref(), Some("https://ci.example/7"), "the first in the title");
    assert!(signal.annotations["text"].ends_with("see <log>"), "each sign once: {:?}", signal.annotations["text"]);
}

#[test]
fn a_post_of_blocks() {
    let body = json!({
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "RESOLVED: Queue"}},
            {"type": "section", "text": {"type": "mrkdwn", "text": "back at 12"}, "fields": [{"type": "mrkdwn", "text": "*Host* mq-1"}]},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "by cron"}]}, {"type": "divider"}, 7,
        ],
    });
    let signal = only(read(slack::read, &body));
    assert_eq!((signal.key.as_str(), &signal.state), ("queue", &ENDED));
    assert_eq!(signal.annotations["text"], "RESOLVED: Queue\nback at 12\n*Host* mq-1\nby cron");
    let within = json!({"attachments": [{"color": "#e01e5a", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "[API] [🔴 Down] timeout"}}]}]});
    assert_eq!(only(read(slack::read, &within)).title, "[API] timeout", "blocks of an attachment too");
}

#[test]
fn a_form_holds_the_same() {
    let form = b"token=x&payload=%7B%22text%22%3A%22Disk+97%25%22%7D";
    assert_eq!(only(slack::read(&Sent::body(form), now()).expect("it reads")).title, "Disk 97%");
    let json = only(read(slack::read, &json!({"text": "Disk 97%"})));
    assert_eq!(only(slack::read(&Sent::body(form), now()).expect("it reads")), json);
}

#[test]
fn attachments_with_titles_are_alerts_of_their_own() {
    let body = json!({"text": "two things", "attachments": [
        {"title": "[FIRING:1] Disk", "color": "danger", "text": "a", "fields": [{"title": "Service", "value": "db"}]},
        7,
        {"title": "[RESOLVED] Queue", "color": "good", "title_link": "javascript:alert(1)"},
        {"text": "no title"},
    ]});
    let parsed = read(slack::read, &body);
    let told: Vec<_> = parsed.signals.iter().map(|signal| (signal.key.as_str(), &signal.state, signal.service.is_some())).collect();
    assert_eq!(told, [("disk", &FIRING, true), ("queue", &ENDED, false)]);
    assert_eq!(parsed.signals[1].link, None, "only web addresses are links");
    let [refused] = parsed.refused.as_slice() else { panic!("one is refused") };
    assert_eq!((refused.index, refused.raw.as_slice()), (1, &b"7"[..]), "and costs no other");
}

#[test]
fn too_many_attachments_are_taken_as_far_as_the_limit() {
    let attachments: Vec<_> = (0..103).map(|n| json!({"title": format!("Disk {n}")})).collect();
    let parsed = read(slack::read, &json!({"attachments": attachments}));
    assert_eq!((parsed.signals.len(), parsed.refused.len()), (100, 3));
}

#[test]
fn a_post_that_says_nothing() {
    for body in ["{}", r#"{"text": " "}"#, r#"{"attachments": [{}]}"#, r#"{"attachments": 7, "blocks": "x"}"#] {
        let reason = refused(slack::read, body);
        assert!(reason.starts_with(NO_TEXT), "{body}: {reason}");
    }
    for (body, part) in [
        ("", "is no post"),
        ("text=hello", "is no post"),
        ("payload=%7B", "is not JSON"),
        ("payload=7", "no object"),
        ("[1]", "is no post"),
    ] {
        assert!(refused(slack::read, body).contains(part), "{body:?}: {}", refused(slack::read, body));
    }
    let bad: Parsed = read(slack::read, &json!({"attachments": ["x"]}));
    assert_eq!((bad.signals.len(), bad.refused.len()), (0, 1), "what was there is kept, with the reason");
}
