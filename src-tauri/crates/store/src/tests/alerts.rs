//! Alerts and their groups: counters, which group an alert joins, what is waiting, and how often it was heard.

use super::world::opened;
use super::*;
use crate::rows::*;
use domain::alerts::{AlertEvent, AlertStatus};
use domain::home::HomeEvent;
use domain::quiet::QuietScope;
use domain::{AlertSeverity, GroupId, SourceName, Status};

fn am() -> SourceName {
    SourceName("am".into())
}

fn fire(house: &mut House, group: GroupId, key: &str, severity: AlertSeverity) -> Recorded {
    let at = house.now;
    house.record(Subject::Group(group), AlertEvent::Opened(opened(key, severity, at, 1)))
}

fn resolve(house: &mut House, group: GroupId, key: &str) {
    let ended_at = house.now;
    house.record(Subject::Group(group), AlertEvent::Resolved { source: am(), key: key.into(), ended_at });
}

fn sight(house: &mut House, key: &str, lapses_at: Option<Timestamp>) {
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    batch.sight(&am(), key, now, lapses_at).expect("counted");
    batch.commit().expect("on disk");
}

fn group(house: &House, id: GroupId) -> GroupRow {
    ask(house, |reader| reader.group(id)).expect("known")
}

fn joined(house: &mut House, after_secs: i64) -> Option<GroupId> {
    let now = house.now.plus_secs(after_secs);
    house.writer.batch().expect("a transaction begins").current_group(&am(), "g", now).expect("read")
}

fn quiet(house: &mut House, group: GroupId) -> EventId {
    let event = HomeEvent::QuietAdded { scope: QuietScope::GroupUntilOver(group), title: "Group".into(), reason: "noise".into() };
    house.record(Subject::Home, event).envelope.id
}

fn waiting(house: &House) -> (u64, Vec<GroupId>) {
    let filter = GroupFilter { waiting_only: true, incident: None, limit: 100 };
    let rows = ask(house, |reader| reader.groups(&filter));
    (ask(house, |reader| reader.groups_count_waiting()), rows.into_iter().map(|row| row.id).collect())
}

#[test]
fn counters_follow_alerts() {
    let mut house = House::new();
    let id = GroupId(house.uuid());
    fire(&mut house, id, "a", AlertSeverity::Warning);
    fire(&mut house, id, "b", AlertSeverity::Critical);
    let row = group(&house, id);
    assert_eq!((row.count, row.firing, row.severity, row.state()), (2, 2, AlertSeverity::Critical, GroupState::Waiting));
    assert_eq!((row.title.as_str(), row.key.as_str(), row.first_at < row.last_at), ("Group", "g", true));
    let change = AlertEvent::Changed { source: am(), key: "b".into(), severity: AlertSeverity::Info, title: "calmer".into() };
    house.record(Subject::Group(id), change);
    assert_eq!(group(&house, id).severity, AlertSeverity::Warning, "the worst that is left");
    resolve(&mut house, id, "a");
    house.record(Subject::Group(id), AlertEvent::Lapsed { source: am(), key: "b".into() });
    let row = group(&house, id);
    assert_eq!((row.count, row.firing, row.state()), (2, 0, GroupState::Over));
    let alerts = ask(&house, |reader| reader.alerts_of(id, 10));
    let stand: Vec<_> =
        alerts.iter().map(|alert| (alert.key.as_str(), alert.status, alert.title.as_str(), alert.ended_at.is_some())).collect();
    let expected = [("a", AlertStatus::Resolved, "alert 1", true), ("b", AlertStatus::Lapsed, "calmer", false)];
    assert_eq!(stand, expected, "lapsed is not resolved, and a new title is shown");
}

#[test]
fn a_new_alert_joins_what_is_under_way() {
    let mut house = House::new();
    assert_eq!(joined(&mut house, 0), None, "nothing is under way");
    let id = GroupId(house.uuid());
    fire(&mut house, id, "a", AlertSeverity::Error);
    assert_eq!(joined(&mut house, 86_400), Some(id), "what fires is under way, however long");
    resolve(&mut house, id, "a");
    assert_eq!(joined(&mut house, 29 * 60), Some(id), "news within half an hour");
    assert_eq!(joined(&mut house, 31 * 60), None, "and no longer");
    let other = house.writer.batch().expect("a transaction begins").current_group(&am(), "another", BEGIN).expect("read");
    assert_eq!(other, None, "another key is another group");
    let quieted = quiet(&mut house, id);
    assert_eq!(joined(&mut house, 60), None, "a dismissed group is over when nothing fires");
    house.record(Subject::Home, HomeEvent::QuietEnded { quiet: quieted });
    assert_eq!(joined(&mut house, 60), Some(id));
    let incident = house.declare("Checkout returns 502");
    house.record(Subject::Incident(incident), IncidentEvent::GroupAttached { group: id, title: "Group".into() });
    assert_eq!(joined(&mut house, 86_400), Some(id), "an open incident keeps its groups");
    house.record(Subject::Incident(incident), IncidentEvent::StatusSet { status: Status::Resolved });
    assert_eq!(joined(&mut house, 86_400), None, "one that is over does not");
}

#[test]
fn what_waits_is_what_nobody_took() {
    let mut house = House::new();
    let ids: Vec<GroupId> = (0..5).map(|_| GroupId(house.uuid())).collect();
    let severities = [AlertSeverity::Info, AlertSeverity::Critical, AlertSeverity::Warning, AlertSeverity::Error, AlertSeverity::Error];
    for (place, id) in ids.iter().enumerate() {
        fire(&mut house, *id, &format!("key{place}"), severities[place]);
    }
    assert_eq!(waiting(&house), (5, vec![ids[1], ids[4], ids[3], ids[2], ids[0]]), "worst first, then the latest");
    house.record(Subject::Group(ids[0]), AlertEvent::GroupAcknowledged {});
    let quieted = quiet(&mut house, ids[1]);
    resolve(&mut house, ids[2], "key2");
    let incident = house.declare("Checkout returns 502");
    house.record(Subject::Incident(incident), IncidentEvent::GroupAttached { group: ids[3], title: "Group".into() });
    assert_eq!(waiting(&house), (1, vec![ids[4]]));
    let states: Vec<GroupState> = ids.iter().map(|id| group(&house, *id).state()).collect();
    use GroupState as S;
    assert_eq!(states, [S::Acknowledged, S::Dismissed, S::Over, S::Attached, S::Waiting]);
    assert_eq!(group(&house, ids[0]).acknowledged_by.as_deref(), Some("dana"));
    assert_eq!(group(&house, ids[1]).quiet, Some(quieted));
    assert_eq!(group(&house, ids[3]).incident.map(|(id, _)| id), Some(incident));
    let of = ask(&house, |reader| reader.groups(&GroupFilter { waiting_only: false, incident: Some(incident), limit: 9 }));
    assert_eq!(of.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[3]]);
    assert_eq!(ask(&house, |reader| reader.group_totals_of(incident)), (1, 1));
    let all = ask(&house, |reader| reader.groups(&GroupFilter { waiting_only: false, incident: None, limit: 2 }));
    assert_eq!(all.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[4], ids[3]], "all: newest first");
    house.record(Subject::Incident(incident), IncidentEvent::GroupDetached { group: ids[3], title: "Group".into() });
    house.record(Subject::Home, HomeEvent::QuietEnded { quiet: quieted });
    assert_eq!(waiting(&house).0, 3, "given back, they wait again");
}

#[test]
fn a_group_that_two_incidents_claim_belongs_to_the_later() {
    let mut house = House::new();
    let id = GroupId(house.uuid());
    fire(&mut house, id, "a", AlertSeverity::Error);
    let (first, second) = (house.declare("First"), house.declare("Second"));
    for incident in [first, second] {
        house.record(Subject::Incident(incident), IncidentEvent::GroupAttached { group: id, title: "Group".into() });
    }
    assert_eq!(group(&house, id).incident.map(|(id, _)| id), Some(second));
    house.record(Subject::Incident(second), IncidentEvent::GroupDetached { group: id, title: "Group".into() });
    assert_eq!(group(&house, id).incident.map(|(id, _)| id), Some(first), "the other one still claims it");
    let mut batch = house.writer.batch().expect("a transaction begins");
    assert_eq!(batch.incident_of_group(id).expect("read"), Some(first));
}

#[test]
fn an_alert_that_moved_is_over_where_it_was() {
    let mut house = House::new();
    let (old, new) = (GroupId(house.uuid()), GroupId(house.uuid()));
    fire(&mut house, old, "a", AlertSeverity::Error);
    fire(&mut house, old, "b", AlertSeverity::Error);
    let at = house.now;
    house.record(Subject::Group(new), AlertEvent::Reopened(opened("a", AlertSeverity::Critical, at, 2)));
    assert_eq!((group(&house, old).firing, group(&house, new).firing), (1, 1), "it fires in one place");
    let alerts = ask(&house, |reader| reader.alerts_of(old, 9));
    let moved = alerts.iter().find(|alert| alert.key == "a").expect("it was part of it");
    assert_eq!((moved.status, moved.ended_at), (AlertStatus::Resolved, Some(at)), "over from when it began elsewhere");
    let state = house.writer.batch().expect("a transaction begins").alert(&am(), "a").expect("read").expect("known");
    assert_eq!((state.group, state.severity, state.status), (new, AlertSeverity::Critical, AlertStatus::Firing));
    let before = house.projections();
    house.writer.rebuild().expect("rebuilt");
    assert_eq!(before, house.projections());
}

#[test]
fn sightings_count_one_firing() {
    let mut house = House::new();
    let id = GroupId(house.uuid());
    fire(&mut house, id, "a", AlertSeverity::Error);
    for _ in 0..3 {
        sight(&mut house, "a", None);
    }
    assert_eq!(group(&house, id).sightings, 3);
    let events = house.writer.seq();
    let at = house.now;
    house.record(Subject::Group(id), AlertEvent::Reopened(opened("a", AlertSeverity::Error, at, 1)));
    assert_eq!(group(&house, id).sightings, 3, "the same episode goes on");
    house.record(Subject::Group(id), AlertEvent::Reopened(opened("a", AlertSeverity::Error, at, 2)));
    sight(&mut house, "a", None);
    assert_eq!(group(&house, id).sightings, 1, "a new episode is counted from the start");
    assert_eq!(house.writer.seq(), events + 2, "a repeat is no event");
    let alert = ask(&house, |reader| reader.alerts_of(id, 9)).remove(0);
    assert_eq!((alert.sightings, alert.last_heard_at, alert.labels["alertname"].as_str()), (1, house.now, "a"));
}

#[test]
fn what_is_not_heard_comes_due() {
    let mut house = House::new();
    let soon = house.now.plus_secs(60);
    sight(&mut house, "a", Some(soon));
    sight(&mut house, "b", Some(soon.plus_secs(60)));
    sight(&mut house, "c", None);
    assert_eq!(ask(&house, |reader| reader.next_due(&EffectKind::ALL)), Some(soon));
    assert_eq!(ask(&house, |reader| reader.due_lapses(soon.plus_millis(-1), 9)), vec![]);
    assert_eq!(ask(&house, |reader| reader.due_lapses(soon, 9)), vec![(am(), "a".into())]);
    sight(&mut house, "a", Some(soon.plus_secs(90)));
    assert_eq!(ask(&house, |reader| reader.due_lapses(soon.plus_secs(60), 9)), vec![(am(), "b".into())], "heard again");
    let mut batch = house.writer.batch().expect("a transaction begins");
    batch.forget_lapse(&am(), "b").expect("forgotten");
    batch.commit().expect("on disk");
    assert_eq!(ask(&house, |reader| reader.next_due(&EffectKind::ALL)), Some(soon.plus_secs(90)));
}

#[test]
fn sources_are_counted_and_the_newest_refusals_kept() {
    let mut house = House::new();
    let mut batch = house.writer.batch().expect("a transaction begins");
    batch.source_heard(&am(), BEGIN).expect("counted");
    batch.source_heard(&am(), BEGIN.plus_secs(1)).expect("counted");
    for number in 0..60 {
        batch.source_refused(&am(), BEGIN.plus_secs(number), &format!("reason {number}"), &vec![7; 100_000]).expect("kept");
    }
    batch.source_refused(&SourceName("other".into()), BEGIN, "another", b"raw").expect("kept");
    batch.commit().expect("on disk");
    let stats = ask(&house, |reader| reader.source_stats());
    let expected =
        SourceStats { last_heard_at: Some(BEGIN.plus_secs(1)), requests: 2, refused: 60, last_refusal: Some("reason 59".into()) };
    assert_eq!(stats[&am()], expected);
    let refusals = ask(&house, |reader| reader.refusals(&am(), 100));
    assert_eq!((refusals.len(), refusals[0].reason.as_str(), refusals[0].raw.len()), (50, "reason 59", crate::REFUSAL_LIMIT));
}
