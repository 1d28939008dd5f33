//! Looking back over the ledger, and over all that fires at once.

use super::world::opened;
use super::*;
use crate::rows::*;
use crate::{Wanted, history};
use domain::alarms::{Because, Hush, Verdict};
use domain::alerts::AlertEvent;
use domain::{AlertSeverity, GroupId, ServiceName, SourceName};

fn am() -> SourceName {
    SourceName("am".into())
}

fn fire(house: &mut House, group: GroupId, key: &str, severity: AlertSeverity) -> Recorded {
    let at = house.now;
    house.record(Subject::Group(group), AlertEvent::Opened(opened(key, severity, at, 2)))
}

fn judge(house: &mut House, group: GroupId, verdict: Verdict) {
    house.record(Subject::Group(group), AlertEvent::Judged { verdict, severity: AlertSeverity::Error });
}

fn seqs(house: &House, wanted: Wanted, from: Timestamp, limit: u64) -> (Vec<u64>, Timestamp) {
    let mut found = vec![];
    let since = history::each(&house.writer.connection, wanted, (from, limit), |recorded| found.push(recorded.seq)).expect("read");
    (found, since)
}

#[test]
fn what_was_is_told_in_order_from_an_instant_on() {
    let mut house = House::new();
    assert_eq!(seqs(&house, Wanted::Alerts, BEGIN, 100), (vec![], BEGIN), "an empty ledger");
    let incident = house.declare("Disk full");
    let group = GroupId(house.uuid());
    let times: Vec<Timestamp> = (0..5)
        .map(|n| {
            house.note(incident, "looked");
            fire(&mut house, group, &format!("k{n}"), AlertSeverity::Error).envelope.recorded_at
        })
        .collect();
    judge(&mut house, group, Verdict::Rings(Because::First));
    let all = seqs(&house, Wanted::Alerts, BEGIN, 1_000).0;
    assert_eq!(all.len(), 6, "five beginnings and a verdict");
    assert!(all.is_sorted(), "in order of arrival");
    assert_eq!(seqs(&house, Wanted::Beginnings, BEGIN, 1_000).0, all[..5]);
    assert_eq!(seqs(&house, Wanted::Beginnings, times[3], 1_000), (all[3..5].to_vec(), times[3]), "that instant included");
    assert_eq!(seqs(&house, Wanted::Beginnings, times[4].plus_millis(1), 1_000).0, [0; 0]);
    assert_eq!(seqs(&house, Wanted::Notes, BEGIN, 1_000).0.len(), 5);
    let (found, since) = seqs(&house, Wanted::Beginnings, BEGIN, 4);
    assert_eq!((found, since > BEGIN), (all[3..5].to_vec(), true), "of too long a past the end is told, and from when");
    let by_group = ask(&house, |reader| reader.beginnings(times[2], 2));
    assert_eq!(by_group, [(group, times[4]), (group, times[3])], "the last first");
}

#[test]
fn a_groups_verdicts_and_an_alerts_beginning_are_found() {
    let mut house = House::new();
    let group = GroupId(house.uuid());
    let began = fire(&mut house, group, "a", AlertSeverity::Error);
    judge(&mut house, group, Verdict::Rings(Because::First));
    judge(&mut house, group, Verdict::Silent(Hush::Over));
    let verdicts: Vec<Verdict> = ask(&house, |reader| reader.verdicts(group)).into_iter().map(|(_, verdict, _)| verdict).collect();
    assert_eq!(verdicts, [Verdict::Rings(Because::First), Verdict::Silent(Hush::Over)]);
    let found = ask(&house, |reader| reader.beginning_of(&am(), "a")).expect("it fired");
    assert_eq!((found.0.envelope.id, found.1.key.as_str()), (began.envelope.id, "a"));
    assert_eq!(ask(&house, |reader| reader.beginning_of(&am(), "b")), None);
}

#[test]
fn all_that_fires_is_counted() {
    let mut house = House::new();
    let (one, other) = (GroupId(house.uuid()), GroupId(house.uuid()));
    assert_eq!(ask(&house, Reader::fires), Fires::default());
    fire(&mut house, one, "a", AlertSeverity::Warning);
    fire(&mut house, one, "b", AlertSeverity::Critical);
    fire(&mut house, other, "c", AlertSeverity::Error);
    let ended_at = house.now;
    house.record(Subject::Group(one), AlertEvent::Resolved { source: am(), key: "b".into(), ended_at });
    judge(&mut house, one, Verdict::Rings(Because::First));
    judge(&mut house, other, Verdict::Silent(Hush::Rule { rule: "r".into(), why: "known".into() }));
    let fires = ask(&house, Reader::fires);
    assert_eq!((fires.groups, fires.alerts, fires.worst), (2, 2, Some(AlertSeverity::Error)), "the critical one has ended");
    let watched = ask(&house, Reader::watched);
    let row = |service: &str, firing| WatchedRow { service: ServiceName(service.into()), source: am(), firing };
    assert_eq!(watched, fires.services.iter().map(|service| row(service.as_str(), 2)).collect::<Vec<_>>());
    let noises = ask(&house, |reader| reader.firing_noises(10));
    assert_eq!(noises.iter().map(|row| (row.group, row.firing)).collect::<Vec<_>>(), [(other, 1), (one, 1)], "the newest first");
    assert_eq!(ask(&house, |reader| reader.groups_count_absorbed(BEGIN)), 1, "the rule keeps one out");
    judge(&mut house, other, Verdict::Silent(Hush::Over));
    assert_eq!(ask(&house, |reader| reader.groups_count_absorbed(BEGIN)), 1, "and it was kept out until it was over");
    assert_eq!(ask(&house, |reader| reader.groups_count_absorbed(house.now.plus_secs(1))), 0, "not of today");
}
