//! Quiet by example: what it covers, what breaks through, when it holds, and that none is endless.

use super::*;
use crate::SourceName;
use crate::test_support::minute;
use std::collections::BTreeMap;
use uuid::Uuid;

const HOUR_MS: i64 = 60 * 60 * 1000;

fn group() -> GroupId {
    GroupId(Uuid::from_u128(7))
}

fn order(scope: QuietScope, shape: Shape) -> QuietOrder {
    let until = minute(60);
    QuietOrder { scope, shape, until, ..dismissal(group(), "Disk full", "known", minute(0)) }
}

fn quiet(order: QuietOrder) -> Quiet {
    Quiet { order, owner: "dana".into(), since: minute(0) }
}

fn covered(quiet: &Quiet, service: &str, severity: AlertSeverity) -> Option<Result<(), Breach>> {
    let (source, service, none) = (SourceName("eu".into()), ServiceName(service.into()), BTreeMap::new());
    let facts = Facts { source: &source, service: Some(&service), severity, title: "Disk full", labels: &none, annotations: &none };
    quiet.covers(group(), &facts)
}

#[test]
fn none_is_endless_and_each_says_why() {
    let good = order(QuietScope::Group(group()), Shape::Snoozed);
    assert_eq!(good.check(minute(0)), Ok(()));
    assert_eq!(good.check(minute(60)), Err(QuietFault::EndsBeforeItBegins), "its end has passed");
    let long = QuietOrder { until: minute(0).plus_millis((QUIET_DAYS_MAX + 1) * DAY_MS), ..good.clone() };
    assert_eq!(long.check(minute(0)), Err(QuietFault::TooLong));
    assert_eq!(QuietOrder { reason: " ".into(), ..good.clone() }.check(minute(0)), Err(QuietFault::NoReason));
    assert_eq!(order(QuietScope::Everything, Shape::Muted).check(minute(0)), Err(QuietFault::TooWide), "a mute of everything is deafness");
    let storm = QuietOrder { until: minute(0).plus_millis(2 * DAY_MS), ..order(QuietScope::Everything, Shape::Storm) };
    assert_eq!(storm.check(minute(0)), Err(QuietFault::StormTooLong));
}

#[test]
fn a_scope_covers_what_it_names() {
    use AlertSeverity::Warning;
    assert_eq!(covered(&quiet(order(QuietScope::Group(group()), Shape::Snoozed)), "db", Warning), Some(Ok(())));
    assert_eq!(covered(&quiet(order(QuietScope::Group(GroupId(Uuid::nil())), Shape::Snoozed)), "db", Warning), None, "another group");
    let db = quiet(order(QuietScope::Alerts(When::service(&ServiceName("db".into()))), Shape::Muted));
    assert_eq!(covered(&db, "db", Warning), Some(Ok(())));
    assert_eq!(covered(&db, "search", Warning), None);
}

#[test]
fn something_new_breaks_through_a_storm() {
    let known = Known { services: [ServiceName("db".into())].into(), worst: Some(AlertSeverity::Error) };
    let storm = quiet(QuietOrder { known: Some(known), ..order(QuietScope::Everything, Shape::Storm) });
    assert_eq!(covered(&storm, "db", AlertSeverity::Error), Some(Ok(())), "as bad as known");
    assert_eq!(covered(&storm, "db", AlertSeverity::Critical), Some(Err(Breach::Worse)));
    assert_eq!(covered(&storm, "mail", AlertSeverity::Info), Some(Err(Breach::NewService(ServiceName("mail".into())))));
    let hours = quiet(QuietOrder { below: Some(AlertSeverity::Error), ..order(QuietScope::Everything, Shape::QuietHours) });
    assert_eq!(covered(&hours, "db", AlertSeverity::Warning), Some(Ok(())));
    assert_eq!(covered(&hours, "db", AlertSeverity::Error), Some(Err(Breach::Worse)), "bad enough at any hour");
}

#[test]
fn it_holds_from_its_beginning_to_its_end() {
    let later = quiet(QuietOrder { from: Some(minute(10)), ..order(QuietScope::Group(group()), Shape::Maintenance) });
    assert_eq!([0, 9, 10, 59, 60].map(|at| later.holds(minute(at))), [false, false, true, true, false]);
    assert_eq!(later.turns(minute(0)), minute(10));
    assert_eq!(later.turns(minute(10)), minute(60));
}

fn weekly(first: &str, zone: &str) -> Recurrence {
    let first = Timestamp::parse_rfc3339(first).expect("a time");
    Recurrence { rule: "FREQ=WEEKLY;BYDAY=TU".into(), first, minutes: 120, zone: zone.into() }
}

#[test]
fn what_recurs_keeps_its_hour_over_the_change_of_clocks() {
    // Tuesdays 02:00 in Berlin, from before the summer to after it.
    let recurs = weekly("2026-03-24T01:00:00Z", "Europe/Berlin");
    assert_eq!(recurs.check(), Ok(()));
    let holds = |at: &str| recurs.holds(Timestamp::parse_rfc3339(at).expect("a time"));
    assert!(holds("2026-03-24T01:30:00Z"), "winter: UTC+1");
    assert!(!holds("2026-03-31T02:30:00Z"), "02:30 UTC is 04:30 in summer, and over");
    assert!(holds("2026-03-31T00:30:00Z") && holds("2026-03-31T01:59:59Z"), "summer: UTC+2");
    assert!(!holds("2026-03-25T01:30:00Z"), "a Wednesday");
    assert!(!holds("2026-03-17T01:30:00Z"), "before the first");
}

#[test]
fn what_recurs_says_when_it_turns() {
    let recurs = weekly("2026-03-24T01:00:00Z", "UTC");
    let first = Timestamp::parse_rfc3339("2026-03-24T01:00:00Z").expect("a time");
    assert_eq!(recurs.turns(first.plus_millis(-1)), Some(first), "it begins");
    assert_eq!(recurs.turns(first), Some(first.plus_millis(2 * HOUR_MS)), "it ends");
    assert_eq!(recurs.turns(first.plus_millis(2 * HOUR_MS)), Some(first.plus_millis(7 * DAY_MS)), "it begins again");
}

#[test]
fn a_rule_that_does_not_read_says_so() {
    let good = weekly("2026-03-24T01:00:00Z", "UTC");
    assert_eq!(Recurrence { rule: "EVERY DAY".into(), ..good.clone() }.check(), Err(RecurrenceFault::NoRule("EVERY DAY".into())));
    assert_eq!(Recurrence { zone: "Mars".into(), ..good.clone() }.check(), Err(RecurrenceFault::NoZone("Mars".into())));
    assert_eq!(Recurrence { minutes: 0, ..good.clone() }.check(), Err(RecurrenceFault::LastsOutOfRange));
    assert_eq!(Recurrence { rule: "FREQ=SECONDLY".into(), ..good.clone() }.check(), Err(RecurrenceFault::TooOften));
    assert_eq!(Recurrence { rule: "FREQ=HOURLY".into(), ..good }.check(), Err(RecurrenceFault::TooOften), "it would never end");
}
