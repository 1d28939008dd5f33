//! Bodies that a machine makes up: any JSON, any way of sending it, any mail, with the names and words that mean something.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

/// Any JSON, with names and words that mean something here among its own.
pub fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => Just(Value::Null),
        4 => any::<bool>().prop_map(Value::from),
        4 => any::<i64>().prop_map(Value::from),
        4 => any::<f64>().prop_map(Value::from),
        20 => word().prop_map(Value::from),
        1 => select(vec![1_000_usize, 5_000]).prop_map(|length| "ü".repeat(length).into()),
    ];
    leaf.prop_recursive(6, 48, 8, |inner| {
        let object = vec((name(), inner.clone()), 0..10).prop_map(|fields| Value::Object(fields.into_iter().collect()));
        prop_oneof![vec(inner, 0..6).prop_map(Value::from), object]
    })
}

pub fn name() -> impl Strategy<Value = String> {
    let known = "action actor aggreg_key alert alert_rule alertConditionNames alertId alerts annotations at body by check code commits \
                 condition created_at data data_base64 date dedup_key deployment deployment_status description details ended_at environment \
                 essentials event event_id event_value firedDateTime group head_commit heartbeat host id incident incident_id issue issue_id \
                 issue_url key labels last_ping level link message metric_alert monitor monitorCondition monitorID msg name now org path \
                 priority project ref release repository resource severity sha source specversion state status subject summary tags time \
                 timestamp title trigger type url uuid value web_url workflow_run";
    let known: Vec<String> = known.split_whitespace().map(str::to_owned).collect();
    prop_oneof![9 => select(known), 1 => any::<String>()]
}

pub fn word() -> impl Strategy<Value = String> {
    let known = "2026-11-23T08:34:58.5Z|-262143-01-01T00:00:00Z|1795422898|99999999999999|resolved|firing|ack|critical|P1|$ALERT_ID|completed|created|\
                 https://a.example/b|[P2] [Triggered on {a:b}] x|dev.cdevents.incident.detected|a.b.firing.v1|1.0|refs/heads/main|0|1|open|closed";
    let known: Vec<String> = known.split('|').map(str::to_owned).collect();
    prop_oneof![3 => select(known), 1 => any::<String>()]
}

/// A field under which some sender keeps all that matters.
pub fn shape() -> impl Strategy<Value = &'static str> {
    select(vec!["data", "monitor", "heartbeat", "workflow_run", "deployment", "release", "incident", "event"])
}

/// Headers, a path and a query.
pub type Way = (Vec<(String, String)>, String, Vec<(String, String)>);

/// Such as senders have, in any company.
pub fn way() -> impl Strategy<Value = Way> {
    let known = "Content-Type: application/json|Content-Type: application/x-www-form-urlencoded|Content-Type: multipart/form-data; boundary=x|\
                 Content-Type: multipart/form-data; boundary=|Content-Type: application/cloudevents-batch+json|ce-specversion: 1.0|ce-id: 1|\
                 ce-source: /s%|ce-type: a.alert|Sentry-Hook-Resource: issue|Sentry-Hook-Resource: metric_alert|Sentry-Hook-Resource: event_alert|\
                 Sentry-Hook-Timestamp: 1795422960|X-GitHub-Event: workflow_run|X-GitHub-Event: push|X-GitHub-Delivery: d|X-GitHub-Event: deployment_status";
    let known: Vec<(String, String)> =
        known.split('|').filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let path = prop_oneof![select(vec!["", "up", "down", "fail", "3", "start"]).prop_map(str::to_owned), any::<String>()];
    (vec(select(known), 0..5), path, vec((name(), word()), 0..4))
}

/// Mail by its marks: fields, boundaries, encodings, in any order.
pub fn mail() -> impl Strategy<Value = Vec<u8>> {
    let known = "Subject: [FIRING:1] x\n|Subject: =?utf-8?B?w7w=?= =?x?Q?=\n|From: \"A\" <a@b.c>\n|From: (((\n|Date: Mon, 23 Nov 2026 08:42:06 +0000\n|\
                 Date: Mon, 99 Xyz 99999 99:99:99 +9999\n|References: <a@b> <c@d\n|Message-ID: <>\n|Content-Type: multipart/mixed; boundary=a\n|\
                 Content-Type: multipart/alternative; boundary=\"a\"; x*0*=utf-8''%41; x*1=b\n|Content-Type: text/html; charset=utf-7\n|\
                 Content-Type: text/plain; charset=utf-16\n|Content-Type: message/rfc822\n|Content-Transfer-Encoding: base64\n|\
                 Content-Transfer-Encoding: quoted-printable\n|Content-Disposition: attachment; filename*=a\n|\n\n|--a\n|--a--\n|\n|\r\n|=3D=\n|QUJD\n|\
                 <p>|<!--|<a href=\"|&amp;|Sent by Alertmanager|Labels<br>|a = b<br>|** PROBLEM Host Alert: a is DOWN **|Host: |é|[|]|:|Return-Path: \n";
    let known: Vec<Vec<u8>> = known.split('|').map(|piece| piece.as_bytes().to_vec()).collect();
    vec(prop_oneof![6 => select(known), 1 => vec(any::<u8>(), 0..12)], 0..40).prop_map(|pieces| pieces.concat())
}
