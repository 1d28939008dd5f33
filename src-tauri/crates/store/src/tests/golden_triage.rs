//! One of each event about alerts, and of those that came with the sorting of them.

use super::BEGIN;
use super::world::opened;
use domain::alarms::{Hush, Rang, Verdict};
use domain::alerts::{AlertEvent, Change, ChangeEvent};
use domain::catalog::ServiceCard;
use domain::home::{Expect, HomeEvent, SourceSettings};
use domain::matching::When;
use domain::quiet::{Known, QuietOrder, QuietScope, Recurrence, Shape};
use domain::rules::Rule;
use domain::{AlertSeverity, Event, EventId, GroupId, Handle, Role, ServiceName, Severity, SourceName};
use uuid::Uuid;

fn id(number: u128) -> EventId {
    EventId(Uuid::from_u128(number))
}

/// What came with the sorting of alerts.
pub fn samples() -> Vec<Event> {
    let (source, service) = (SourceName("am".into()), ServiceName("api".into()));
    let change = Change {
        key: "deploy-4711".into(),
        title: "payments 2026.11.3 deployed to production".into(),
        at: BEGIN,
        outcome: Some("success".into()),
        service: Some(service.clone()),
        link: Some("https://example.com/runs/4711".into()),
        labels: [("environment".to_owned(), "production".to_owned())].into(),
    };
    let by = Some("lee".to_owned());
    let quiet = Verdict::Silent(Hush::Quiet { quiet: id(6), shape: Shape::Snoozed, until: BEGIN });
    let home = [
        HomeEvent::SourceSet { name: source.clone(), settings: settings_sample(&service) },
        HomeEvent::QuietSet { order: order_sample(&service) },
        HomeEvent::RulesSet { rules: vec![rule_sample()] },
        HomeEvent::ServiceDescribed { name: service.clone(), card: card_sample() },
        HomeEvent::ServiceRemoved { name: service.clone() },
        HomeEvent::AlarmRang(Rang {
            groups: vec![GroupId(Uuid::from_u128(9))],
            worst: AlertSeverity::Critical,
            services: [service].into(),
        }),
        HomeEvent::AlarmShown { alarm: id(7), failure: Some("no notification service".into()) },
        HomeEvent::AlarmAnswered { alarm: id(7) },
        HomeEvent::SourceSilent { name: source.clone(), since: BEGIN },
        HomeEvent::SourceHeard { name: source.clone() },
        HomeEvent::CutOff { since: BEGIN },
        HomeEvent::BackOnline {},
    ];
    let alerts = [
        AlertEvent::Acknowledged { source: source.clone(), key: "f00d".into(), by },
        AlertEvent::Judged { verdict: quiet, severity: AlertSeverity::Error },
    ];
    let change = Event::Change(ChangeEvent::Seen { source, change });
    alerts.into_iter().map(Event::from).chain([change]).chain(home.into_iter().map(Event::from)).collect()
}

fn settings_sample(service: &ServiceName) -> SourceSettings {
    let expect = Expect { status: Some(204), text: Some("ok".into()), within_ms: Some(800), certificate_days: Some(14), tries: Some(3) };
    SourceSettings {
        url: Some("https://prometheus.example.com".into()),
        every_secs: Some(30),
        silent_minutes: Some(10),
        mapping: Some("title = \"/title\"".into()),
        header: Some("X-Token".into()),
        expect: Some(expect),
        service: Some(service.clone()),
        reply_as: None,
    }
}

fn order_sample(service: &ServiceName) -> QuietOrder {
    QuietOrder {
        scope: QuietScope::Alerts(When::parse("service=api severity<=warning").expect("reads")),
        shape: Shape::Maintenance,
        title: "Database window".into(),
        reason: "monthly patches".into(),
        from: Some(BEGIN),
        until: BEGIN.plus_secs(7_200),
        until_over: false,
        below: Some(AlertSeverity::Error),
        recurs: Some(Recurrence { rule: "FREQ=WEEKLY;BYDAY=TU".into(), first: BEGIN, minutes: 120, zone: "Europe/Berlin".into() }),
        known: Some(Known { services: [service.clone()].into(), worst: Some(AlertSeverity::Error) }),
    }
}

fn rule_sample() -> Rule {
    Rule {
        severity: Some(AlertSeverity::Error),
        group: Some("{service}".into()),
        person: Some(Handle("lee".into())),
        role: Some(Role::Operations),
        playbook: Some("disks".into()),
        declare: Some(Severity::Sev2),
        quiet: None,
        ..Rule::new("disks", When::parse("title~*disk*").expect("reads"))
    }
}

fn card_sample() -> ServiceCard {
    ServiceCard {
        title: Some("Public API".into()),
        owner: Some(Handle("lee".into())),
        team: Some("platform".into()),
        depends_on: [ServiceName("db".into())].into(),
        link: Some("https://example.com/api".into()),
    }
}

/// What can happen to an alert and its group, as first recorded.
pub fn alerts() -> Vec<AlertEvent> {
    let (source, key) = (SourceName("am".into()), String::from("f00d"));
    let mut alert = opened("f00d", AlertSeverity::Critical, BEGIN, 2);
    alert.link = Some("http://127.0.0.1:9090/graph".into());
    alert.annotations = [("summary".to_owned(), "Errors over 5 %".to_owned())].into();
    vec![
        AlertEvent::Opened(alert.clone()),
        AlertEvent::Reopened(alert),
        AlertEvent::Changed { source: source.clone(), key: key.clone(), severity: AlertSeverity::Warning, title: "calmer".into() },
        AlertEvent::Resolved { source: source.clone(), key: key.clone(), ended_at: BEGIN },
        AlertEvent::Lapsed { source, key },
        AlertEvent::GroupAcknowledged {},
        AlertEvent::GroupReleased {},
    ]
}
