//! Mail: of monitoring tools, of people, of machines that answer.

use crate::{acknowledged, at, file, firing, now, only, only_change, pairs, reason, resolved};
use domain::AlertSeverity::{Critical, Error, Info, Warning};
use domain::alerts::Signal;
use formats::{Parsed, Sent, email, fingerprint};

fn mail(text: &str) -> Parsed {
    email::read(&Sent::body(text.as_bytes()), now()).expect("a mail reads")
}

fn one(text: &str) -> Signal {
    only(Ok(mail(text)))
}

fn sample(path: &str) -> Signal {
    only(email::read(&Sent::body(&file(path)), now()))
}

#[test]
fn an_alertmanager_writes() {
    let signal = sample("email/alertmanager-0.25-firing.eml");
    let labels = [("alertname", "DiskFull"), ("instance", "db9:9100"), ("severity", "critical")];
    assert_eq!(signal.key, fingerprint(labels), "as its webhook and a push would call it");
    assert_eq!(pairs(&signal.labels), labels);
    assert_eq!(pairs(&signal.annotations), [("summary", "Disk 97% on db9 — £ü")]);
    assert_eq!((signal.title.as_str(), signal.severity, &signal.state), ("Disk 97% on db9 — £ü", Critical, &firing()));
    assert_eq!((signal.group_key.as_str(), signal.group_title.as_str()), ("{alertname=\"DiskFull\", service=\"\"}", "DiskFull"));
    assert_eq!((signal.started_at, signal.link.as_deref()), (at("2026-11-23T08:41:57Z"), Some("http://prom.example:9090/graph")));
    let over = sample("email/alertmanager-0.25-resolved.eml");
    assert_eq!((over.key, over.state), (signal.key, resolved("2026-11-23T08:42:03Z")));
}

#[test]
fn an_alertmanager_writes_of_many() {
    let html = "<b>[1] Firing</b><br/><strong>Labels</strong><br>alertname = A<br>note = a = b<br><strong>Annotations</strong><br>x = y<br>\
                <a href=\"http://p.example/1\">Source</a><br><b>[1] Resolved</b><br><strong>Labels</strong><br>alertname = B<br>\
                service = pay<br><a href=\"http://p.example/2\">Source</a><br><a href='http://am.example'>Sent by Alertmanager</a>";
    let parsed = mail(&format!("Subject: [FIRING:1, RESOLVED:1] \nContent-Type: text/html\n\n{html}"));
    let [a, b] = parsed.signals.as_slice() else { panic!("two alerts: {parsed:#?}") };
    assert_eq!((pairs(&a.labels), &a.state), (vec![("alertname", "A"), ("note", "a = b")], &firing()));
    assert_eq!((a.link.as_deref(), b.link.as_deref()), (Some("http://p.example/1"), Some("http://p.example/2")));
    assert_eq!((b.group_title.as_str(), &b.state), ("B · pay", &resolved("2026-11-23T08:35:10Z")), "without a date, when it arrives");
}

#[test]
fn icinga_writes() {
    let service = sample("icinga2/mail-service-problem.eml");
    assert_eq!((service.key.as_str(), service.title.as_str()), ("web1!http", "HTTP check on Web 1 is CRITICAL"));
    assert_eq!((service.severity, &service.state), (Critical, &firing()));
    assert_eq!((service.group_key.as_str(), service.group_title.as_str()), ("service http", "HTTP check"));
    assert_eq!(service.link.as_deref(), Some("https://icinga.example/icingaweb2/monitoring/service/show?host=web1&service=http"));
    assert_eq!(pairs(&service.labels), [("address", "192.0.2.10"), ("check", "http"), ("host", "web1"), ("state", "CRITICAL")]);
    assert_eq!(service.annotations["output"], "HTTP CRITICAL: HTTP/1.1 503 Service Unavailable");
    let host = sample("icinga2/mail-host-problem.eml");
    assert_eq!((host.key.as_str(), host.title.as_str(), host.severity), ("web1", "Web 1 is DOWN", Critical));
    assert_eq!((host.started_at, host.group_key.as_str()), (now(), "web1"), "it has no date of its own");
    assert_eq!(host.annotations["output"], "PING CRITICAL - Packet loss = 100%");
}

#[test]
fn nagios_writes() {
    let problem = sample("nagios/service-problem.eml");
    assert_eq!((problem.key.as_str(), problem.title.as_str()), ("Web 1!HTTP", "Web 1/HTTP is CRITICAL"));
    assert_eq!((&problem.state, problem.annotations["output"].as_str()), (&firing(), "HTTP CRITICAL - 503"));
    let seen = sample("nagios/service-acknowledgement.eml");
    assert_eq!((seen.key, seen.state), (problem.key, acknowledged(None)));
}

#[test]
fn every_notice_and_state() {
    for (subject, state, severity) in [
        ("** PROBLEM Service Alert: a/b is WARNING **", firing(), Warning),
        ("** PROBLEM Service Alert: a/b is UNKNOWN **", firing(), Error),
        ("** PROBLEM Host Alert: a is UNREACHABLE **", firing(), Error),
        ("** RECOVERY Host Alert: a is UP **", resolved("2026-11-23T08:35:10Z"), Info),
        ("** FLAPPINGSTART Service Alert: a/b is OK **", firing(), Info),
        ("** FLAPPINGSTOP Service Alert: a/b is OK **", resolved("2026-11-23T08:35:10Z"), Info),
        ("** CUSTOM Service Alert: a/b is CRITICAL **", firing(), Critical),
        ("[RECOVERY] b on a is OK!", resolved("2026-11-23T08:35:10Z"), Info),
        ("[ACKNOWLEDGEMENT] b on a is CRITICAL!", acknowledged(Some("Dana Reyes")), Critical),
    ] {
        let signal = one(&format!("Subject: {subject}\n\nComment by Dana Reyes:\n  on it\n"));
        assert_eq!((&signal.state, signal.severity), (&state, severity), "{subject}");
    }
    let change = only_change(Ok(mail("Subject: ** DOWNTIMESTART Host Alert: db1 is UP **\nDate: Mon, 23 Nov 2026 08:00:00 +0000\n\n")));
    assert_eq!((change.title.as_str(), change.outcome.as_deref()), ("Downtime began: db1 is UP", Some("began")));
    assert_eq!(change.at, at("2026-11-23T08:00:00Z"));
}

#[test]
fn any_tool_may_say_it_in_its_subject() {
    let fires = one("Subject: [FIRING:2] Disk full (eu1)\nFrom: Grafana <g@mon.example>\n\nSee there.");
    let over = one("Subject: [RESOLVED] Disk full (eu1)\nFrom: Grafana <g@mon.example>\nDate: Mon, 23 Nov 2026 10:00:00 +0100\n\n");
    assert_eq!((fires.key.as_str(), fires.title.as_str(), &fires.state), ("subject/Disk full (eu1)", "Disk full (eu1)", &firing()));
    assert_eq!((over.key, over.state), (fires.key, resolved("2026-11-23T09:00:00Z")));
    assert_eq!((fires.labels["sent_by"].as_str(), fires.annotations["description"].as_str()), ("Grafana <g@mon.example>", "See there."));
    assert_eq!(one("Subject: CRITICAL: disk\n\n").severity, Critical);
    assert_eq!(one("Subject: =?utf-8?B?UFJPQkxFTTogUGxhdHRlIHZvbGwg4oCTIGRiOQ==?=\n\n").title, "Platte voll – db9", "decoded");
}

#[test]
fn a_person_reports() {
    let answer = sample("email/customer-reply-threaded.eml");
    assert_eq!((answer.key.as_str(), answer.title.as_str()), ("thread/cust-1@client.example", "Re: Checkout is down for us"));
    assert_eq!((&answer.state, answer.severity, answer.started_at), (&firing(), Warning, at("2026-11-23T08:42:06Z")));
    assert_eq!(pairs(&answer.labels), [("reported_by", "customer@client.example")]);
    assert_eq!(pairs(&answer.annotations), [("description", "Works again, thanks.")]);
    assert_eq!((answer.link, answer.service), (None, None), "nobody is led where a stranger points");
    let first = one(
        "Subject: Checkout is down for us\nFrom: \"Ann B.\" <customer@client.example>\nMessage-ID: <cust-1@client.example>\n\nSince 9.",
    );
    assert_eq!(first.key, answer.key, "what began the thread is the same report");
    assert_eq!(first.labels["reported_by"], "Ann B. <customer@client.example>");
    let bare = one("From: ann@client.example\n\n\n It is slow.\nVery.");
    assert_eq!((bare.title.as_str(), bare.key.as_str()), ("It is slow.", "mail/ann@client.example/"));
}

#[test]
fn machines_are_set_aside() {
    let parsed = email::read(&Sent::body(&file("email/auto-reply-out-of-office.eml")), now()).expect("it reads");
    assert_eq!((parsed.signals.len(), parsed.changes.len()), (0, 0), "never an alert");
    assert!(parsed.refused[0].reason.starts_with("Set aside: a machine sent this on its own (Auto-Submitted: auto-replied)"));
    for mark in [
        "Auto-Submitted: auto-generated",
        "Precedence: bulk",
        "X-Auto-Response-Suppress: All",
        "Return-Path: <>",
        "List-Id: ops <ops.list.example>",
        "Content-Type: multipart/report; boundary=x",
    ] {
        let parsed = mail(&format!("Subject: [FIRING:1] Disk full\n{mark}\n\nx"));
        assert_eq!((parsed.signals.len(), parsed.refused.len()), (0, 1), "{mark}: even with an alarm in its subject");
    }
    assert_eq!(mail("Subject: Disk\nAuto-Submitted: no\nReturn-Path: <a@b.example>\n\nx").refused, vec![]);
}

#[test]
fn html_is_stripped_and_nothing_in_it_done() {
    let signal = one("Subject: Help\nContent-Type: text/html; charset=utf-8\n\n<script>alert(1)</script><p>It is <b>down</b></p>\
                      <img src=https://track.example/p.gif><a href=\"https://evil.example\">here</a>");
    assert_eq!(signal.annotations["description"], "It is down\nhere");
    assert_eq!(signal.link, None);
    let both = one(
        "Subject: Help\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>html</p>\n--b\n\ntext\n--b--",
    );
    assert_eq!(both.annotations["description"], "text", "text is preferred, wherever it stands");
}

#[test]
fn what_is_no_mail_is_refused() {
    for body in ["", "{\"title\":\"x\"}", "just text", "\n\nSubject: late", "X-Only: this\n\n"] {
        assert!(reason(email::read(&Sent::body(body.as_bytes()), now())).contains("no mail"), "{body:?}");
    }
}
