//! What Nagios and Icinga pass on.

use super::{FIRING, at, file, now, only, only_change, refused};
use domain::AlertSeverity;
use domain::alerts::SignalState;
use formats::nagios::read;
use formats::{Parsed, Sent};

fn lines(text: &str) -> Parsed {
    read(&Sent::body(text.as_bytes()), now()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn nagios_environment() {
    let signal = only(read(&Sent::body(&file("nagios/service-problem.env")), now()).expect("it reads"));
    assert_eq!((signal.key.as_str(), signal.episode.as_str()), ("web1!HTTP", "77@1795422000"));
    assert_eq!((signal.title.as_str(), &signal.state, signal.severity), ("Web 1/HTTP is CRITICAL", &FIRING, AlertSeverity::Critical));
    assert_eq!((signal.group_key.as_str(), signal.group_title.as_str()), ("service HTTP", "HTTP"));
    assert_eq!(signal.started_at, at("2026-11-23T08:35:00Z"), "TIMET; `CET` names one of several zones");
    assert_eq!(signal.link.as_deref(), Some("https://nagios.example/web1/http"));
    let labels = [("address", "192.0.2.10"), ("check", "HTTP"), ("host", "web1"), ("hostgroup", "web"), ("state", "CRITICAL")];
    assert_eq!(signal.labels, labels.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    let annotations = [("output", "HTTP CRITICAL - 503 & rising, a=b"), ("long_output", "first\nsecond")];
    assert_eq!(signal.annotations, annotations.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    assert_eq!(signal.service, None, "a check is no service of the catalogue");
}

#[test]
fn icinga_options() {
    let signal = only(read(&Sent::body(&file("icinga2/service-problem.options")), now()).expect("it reads"));
    assert_eq!((signal.key.as_str(), signal.title.as_str()), ("web1!http", "Web 1/HTTP check is CRITICAL"));
    assert_eq!(signal.started_at, at("2026-11-23T08:35:00Z"));
    assert_eq!(signal.annotations["output"], "HTTP CRITICAL: HTTP/1.1 503 Service Unavailable", "the next option ends it");
    let link = "https://icinga.example/icingaweb2/monitoring/service/show?host=web1&service=http";
    assert_eq!((signal.link.as_deref(), signal.group_title.as_str()), (Some(link), "HTTP check"));
}

#[test]
fn every_type_of_notification() {
    let by = |who: &str| SignalState::Acknowledged { by: Some(who.into()) };
    let ended = SignalState::Resolved { ended_at: now() };
    for (kind, state, meant, severity) in [
        ("PROBLEM", "CRITICAL", FIRING, AlertSeverity::Critical),
        ("Problem", "WARNING", FIRING, AlertSeverity::Warning),
        ("PROBLEM", "UNKNOWN", FIRING, AlertSeverity::Error),
        ("PROBLEM", "", FIRING, AlertSeverity::Warning),
        ("RECOVERY", "OK", ended.clone(), AlertSeverity::Warning),
        ("ACKNOWLEDGEMENT", "CRITICAL", by("mei"), AlertSeverity::Warning),
        ("FLAPPINGSTART", "CRITICAL", FIRING, AlertSeverity::Critical),
        ("FLAPPINGSTART", "OK", FIRING, AlertSeverity::Warning),
        ("FLAPPINGSTOP", "OK", ended.clone(), AlertSeverity::Warning),
        ("FLAPPINGEND", "CRITICAL", FIRING, AlertSeverity::Critical),
        ("FLAPPINGDISABLED", "OK", ended.clone(), AlertSeverity::Warning),
        ("CUSTOM", "WARNING", FIRING, AlertSeverity::Warning),
        ("", "CRITICAL", FIRING, AlertSeverity::Critical),
        ("", "OK", ended, AlertSeverity::Warning),
    ] {
        let signal = only(lines(&format!("type={kind}\nhost=web1\nservice=HTTP\nstate={state}\nauthor=mei")));
        assert_eq!((signal.key.as_str(), signal.state, signal.severity), ("web1!HTTP", meant, severity), "{kind} {state}");
    }
    let flapping = only(lines("type=FLAPPINGSTART\nhost=web1\nstate=UP"));
    assert_eq!(flapping.title, "web1 is flapping");
}

#[test]
fn hosts() {
    for (state, severity) in [("DOWN", AlertSeverity::Critical), ("UNREACHABLE", AlertSeverity::Error)] {
        let signal =
            only(lines(&format!("type=PROBLEM\nHOSTNAME=web1\nHOSTALIAS=Web 1\nHOSTSTATE={state}\nHOSTPROBLEMID=5\nHOSTOUTPUT=no answer")));
        assert_eq!((signal.key.as_str(), signal.episode.as_str(), signal.severity), ("web1", "5", severity), "{state}");
        assert_eq!((signal.title, signal.group_key.as_str()), (format!("Web 1 is {state}"), "web1"), "each host is its own group");
        assert_eq!(signal.annotations["output"], "no answer");
    }
    assert_eq!(only(lines("type=RECOVERY\nhost=web1\nstate=UP")).state, SignalState::Resolved { ended_at: now() });
}

#[test]
fn downtimes_and_notices_are_context() {
    for (kind, title, outcome) in [
        ("DOWNTIMESTART", "Downtime began: Web 1/HTTP", Some("began")),
        ("DOWNTIMEEND", "Downtime ended: Web 1/HTTP", Some("ended")),
        ("DOWNTIMECANCELLED", "Downtime cancelled: Web 1/HTTP", Some("cancelled")),
        ("DowntimeRemoved", "Downtime cancelled: Web 1/HTTP", Some("cancelled")),
        ("CUSTOM", "Web 1/HTTP: new kernel", None),
    ] {
        let text = format!("type={kind}\nhost=web1\nn=Web 1\nservice=HTTP\nstate=OK\nauthor=mei\ncomment=new kernel\ntimet=1795422000");
        let change = only_change(lines(&text));
        assert_eq!((change.title.as_str(), change.outcome.as_deref()), (title, outcome), "{kind}");
        assert_eq!(
            (change.at, change.labels["author"].as_str(), change.labels["check"].as_str()),
            (at("2026-11-23T08:20:00Z"), "mei", "HTTP")
        );
        assert_eq!(change.key, only_change(lines(&text)).key, "told twice, it is one");
        let later = only_change(lines(&text.replace("1795422000", "1795425600")));
        assert_ne!(later.key, change.key, "an hour later it is another");
    }
    let unsure = only_change(lines("type=FLAPPINGSTOP\nhost=web1"));
    assert_eq!(unsure.title, "Flapping ended: web1", "without its state nobody knows that it is well");
}

#[test]
fn forms_json_and_queries() {
    let expected = only(lines("type=PROBLEM\nhost=web1\nstate=DOWN"));
    for body in ["type=PROBLEM&host=web1&state=DOWN", r#"{"type": "PROBLEM", "host": "web1", "state": "DOWN", "count": 3, "x": [1]}"#] {
        assert_eq!(only(lines(body)), expected, "{body}");
    }
    let query = [("type", "PROBLEM"), ("host", "web1"), ("state", "DOWN")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(only(read(&Sent { query: &query, ..Sent::default() }, now()).expect("it reads")), expected, "all in the address");
}

#[test]
fn an_episode_outlives_a_start_from_nothing() {
    let with = |id: &str, well: &str| {
        only(lines(&format!("type=PROBLEM\nhost=a\nservice=b\nstate=CRITICAL\nSERVICEPROBLEMID={id}\nLASTSERVICEOK={well}"))).episode
    };
    assert_ne!(with("1", "1795422000"), with("1", "1795429999"), "numbers begin anew where nothing is retained");
    assert_eq!(with("1", "1795422000"), with("1", "1795422000"), "a reminder is the same episode");
    assert_eq!(with("0", "1795422000"), "", "0 is no problem");
}

#[test]
fn what_is_missing_is_said() {
    let refused = |body: &str| refused(read, body);
    assert!(refused("").contains("HOSTNAME=$HOSTNAME$"));
    assert!(refused("type=PROBLEM\nservice=HTTP").contains("The host is missing"));
    assert!(refused("host=web1").contains("Neither type nor state"));
    assert!(refused("host=web1\ntype=MELTDOWN").contains("\"MELTDOWN\""));
    assert!(refused("{\"host\":").contains("is not JSON"));
    assert!(refused("[1]").contains("The host is missing"));
}
