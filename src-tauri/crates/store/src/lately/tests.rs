//! What is at hand is what the tables say, whatever happened; what was undone is forgotten.

use super::*;
use crate::projections::{alerts, attachments, groups, incidents, noises};
use crate::tests::world::{World, history, opened};
use crate::tests::{BEGIN, House};
use crate::{Batch, Draft, StoreError, TriageRow, names, sightings};
use domain::alerts::AlertEvent;
use domain::{AlertSeverity, Subject};
use proptest::prelude::*;
use rusqlite::types::Value;
use uuid::Uuid;

fn am() -> SourceName {
    SourceName("am".into())
}

/// What is at hand and the tables do not say.
fn differences(house: &House, now: Timestamp) -> Vec<String> {
    let (lately, connection) = (&house.writer.lately, &house.writer.connection);
    let mut found = vec![];
    let mut compare = |what: String, same: bool| {
        if !same {
            found.push(what);
        }
    };
    for (key, slot) in lately.names.values().flatten() {
        let alert = lately.alert(*slot);
        let number = names::number(connection, &am(), key).expect("read");
        compare(format!("number of {key}: {number:?}, at hand {alert:?}"), number == alert.number);
        let written = number.and_then(|number| sightings::by_number(connection, number).expect("read"));
        compare(format!("sighting of {key}: {written:?}, at hand {alert:?}"), written == alert.sighting);
        let part = number.and_then(|number| alerts::present(connection, number).expect("read"));
        compare(format!("part of {key}: {part:?}, at hand {alert:?}"), alert.part.is_none() || part.as_ref() == alert.part());
    }
    for (id, group) in &lately.groups {
        let row = groups::tally(connection, *id).expect("read");
        compare(format!("{id}: {row:?}, at hand {group:?}"), row.as_ref() == Some(&group.tally));
    }
    for key in lately.joined.keys() {
        let row = groups::current(connection, *key, now).expect("read");
        let at_hand = lately.joined_at_hand(*key, now);
        compare(format!("joined: {row:?}, at hand {at_hand:?}"), at_hand.is_none_or(|group| Some(group) == row));
    }
    found
}

/// What triage is told of a group, by the tables alone.
fn triage_of(house: &House, id: GroupId) -> Option<TriageRow> {
    let connection = &house.writer.connection;
    let tally = groups::tally(connection, id).expect("read")?;
    let incident = attachments::of_group(connection, id).expect("read");
    Some(TriageRow {
        fires: tally.firing > 0,
        number: tally.number,
        services: tally.services,
        acknowledged_by: tally.acknowledged_by,
        incident: incident.filter(|(id, _)| incidents::is_open(connection, *id).expect("read")).map(|(_, reference)| reference),
        noise: noises::of_group(connection, id).expect("read"),
    })
}

#[derive(Debug)]
struct Refused;

impl From<StoreError> for Refused {
    fn from(fault: StoreError) -> Self {
        panic!("the store failed: {fault}")
    }
}

/// What a job does besides recording: asks, counts, or is refused after it has done something.
fn aside(batch: &mut Batch<'_>, draft: &Draft, what: u8, now: Timestamp) -> Result<(), StoreError> {
    let key = format!("key{}", what % 4);
    match what / 4 % 8 {
        0 => batch.alert(&am(), &key).map(drop),
        1 | 2 => batch.sight(&am(), &key, now, (what > 99).then(|| now.plus_secs(i64::from(what)))),
        3 => batch.forget_lapse(&am(), &key),
        4 => batch.current_group(&am(), "g", now).map(drop),
        5 => match draft.subject {
            Subject::Group(group) => batch.triage(group).and_then(|_| batch.incident_of_group(group)).map(drop),
            Subject::Home | Subject::Incident(_) => batch.firing_groups(9).map(drop),
        },
        6 => {
            let half = Draft { id: domain::EventId(Uuid::from_u128(u128::MAX - u128::from(what))), ..draft.clone() };
            let refused: Result<(), Refused> = batch.savepoint(|batch| {
                batch.append(half, now)?;
                batch.sight(&am(), &key, now, None)?;
                Err(Refused)
            });
            assert!(refused.is_err());
            Ok(())
        }
        _ => Ok(()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_at_hand_is_what_the_tables_say(throws in history(90), asides in proptest::collection::vec(any::<u8>(), 90)) {
        let (mut house, mut desk, mut world) = (House::new(), House::new(), World::default());
        let mut drafts = vec![];
        for (throw, what) in throws.into_iter().zip(asides) {
            let Some(happening) = world.next(throw).filter(|happening| happening.erases.is_none()) else { continue };
            let mut draft = desk.draft(happening.subject, happening.event.clone());
            (draft.occurred_at, draft.entry) = (happening.occurred_at, happening.entry.clone());
            world.happened(&happening, draft.id);
            drafts.push((draft, what, desk.now));
        }
        // A transaction ends at every seventh of them, and one in three of those is undone.
        for job in drafts.chunk_by(|(_, what, _), _| what % 7 != 0) {
            let mut batch = house.writer.batch().expect("a transaction begins");
            for (draft, what, now) in job {
                aside(&mut batch, draft, *what, *now).expect("done");
                batch.append(draft.clone(), *now).expect("recorded");
            }
            let (last, what, now) = job.last().expect("chunks are not empty");
            if what % 5 == 0 {
                // As where there is too much at hand.
                batch.commit().expect("on disk");
                house.writer.lately.forget();
            } else if what % 3 == 0 {
                drop(batch);
            } else {
                batch.commit().expect("on disk");
            }
            prop_assert_eq!(differences(&house, *now), Vec::<String>::new());
            if let Subject::Group(group) = last.subject {
                let told = house.writer.batch().expect("a transaction begins").triage(group).expect("read");
                prop_assert_eq!(told, triage_of(&house, group));
            }
        }
        let before = house.projections();
        house.writer.rebuild().expect("rebuilt");
        prop_assert_eq!(before, house.projections(), "and the tables say what the ledger says");
    }
}

/// An alert fires in a group, is heard twice, and all of it is or is not committed.
fn heard_twice(house: &mut House, group: GroupId, key: &str) -> Result<(), StoreError> {
    let draft = house.draft(Subject::Group(group), AlertEvent::Opened(opened(key, AlertSeverity::Error, BEGIN, 1)));
    let now = house.now;
    let mut batch = house.writer.batch()?;
    batch.append(draft, now)?;
    for _ in 0..2 {
        batch.sight(&am(), key, now, None)?;
    }
    batch.source_heard(&am(), now)?;
    batch.commit()
}

#[test]
fn a_commit_that_fails_leaves_nothing_at_hand() {
    let mut house = House::new();
    let group = GroupId(house.uuid());
    heard_twice(&mut house, group, "before").expect("on disk");
    house.writer.connection.commit_hook(Some(|| true)).expect("no commit goes through");
    assert!(heard_twice(&mut house, group, "lost").is_err());
    let lately = &house.writer.lately;
    assert!(lately.alerts.is_empty() && lately.groups.is_empty() && lately.joined.is_empty() && lately.requests.is_empty());
    house.writer.connection.commit_hook(None::<fn() -> bool>).expect("commits go through again");
    heard_twice(&mut house, group, "after").expect("on disk");
    let told = house.rows("SELECT key, count FROM sightings ORDER BY number");
    let row = |key: &str| vec![Value::Text(key.into()), Value::Integer(2)];
    assert_eq!(told, [row("before"), row("after")], "what was lost used up no number and no count");
    assert_eq!(house.rows("SELECT count, firing FROM alert_groups"), [[Value::Integer(2), Value::Integer(2)]]);
    assert_eq!(house.rows("SELECT requests FROM source_stats"), [[Value::Integer(2)]]);
}

#[test]
fn a_group_and_an_alert_are_written_once_in_a_transaction() {
    let mut house = House::new();
    let group = GroupId(house.uuid());
    let before = house.writer.connection.total_changes();
    let drafts: Vec<Draft> = (0..50)
        .map(|number| {
            house.draft(Subject::Group(group), AlertEvent::Opened(opened(&format!("key{number}"), AlertSeverity::Error, BEGIN, 1)))
        })
        .collect();
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    for (number, draft) in drafts.into_iter().enumerate() {
        batch.append(draft, now).expect("recorded");
        for _ in 0..3 {
            batch.sight(&am(), &format!("key{number}"), now, None).expect("counted");
        }
        batch.source_heard(&am(), now).expect("counted");
    }
    batch.commit().expect("on disk");
    let written = house.writer.connection.total_changes() - before;
    assert_eq!(written, 3 * 50 + 2, "an event, an alert and a sighting each; one group and one source");
}

#[test]
fn too_many_groups_at_hand_are_put_down() {
    let mut lately = Lately::default();
    for number in 0..=GROUPS_KEPT {
        let id = GroupId(Uuid::from_u128(number as u128));
        let tally = groups::Tally { firing: 1, ..tally(id) };
        lately.begin_group(tally, BEGIN);
    }
    lately.make_room();
    assert!(lately.groups.is_empty() && lately.joined.is_empty(), "what is kept has a limit");
}

#[test]
fn too_many_alerts_at_hand_are_put_down_and_known_as_before() {
    let mut house = House::new();
    let group = GroupId(house.uuid());
    heard_twice(&mut house, group, "before").expect("on disk");
    for number in 0..ALERTS_KEPT {
        house.writer.lately.add("am", &format!("other {number}"), None, None);
    }
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    assert!(batch.alert(&am(), "before").expect("read").is_some(), "it fell out and is looked up anew");
    batch.sight(&am(), "before", now, None).expect("counted");
    batch.commit().expect("on disk");
    assert_eq!(house.writer.lately.alerts.len(), 1, "what is kept has a limit");
    assert_eq!(house.rows("SELECT key, count FROM sightings"), [[Value::Text("before".into()), Value::Integer(3)]]);
}

fn tally(id: GroupId) -> groups::Tally {
    groups::Tally {
        number: 1,
        id,
        key_hash: *id.0.as_bytes(),
        source: am(),
        count: 0,
        firing: 0,
        severities: [0; 4],
        first_at: BEGIN,
        last_at: BEGIN,
        services: [].into(),
        acknowledged_by: None,
        folded_to: domain::Hlc::default(),
    }
}
