//! The same events give the same state, step by step or at once, in order or not.

use super::chain::happen;
use super::world::{World, history};
use super::*;
use crate::chain::{ROOT, Sealed, leaf, link, payload_hash};
use crate::codec;
use crate::ledger::Stored;
use crate::rows::*;
use domain::{Envelope, GroupId, Hlc};
use proptest::prelude::*;
use std::collections::BTreeMap;

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rebuild_brings_back_every_row(throws in history(80)) {
        let mut house = House::new();
        happen(&mut house, &throws);
        let before = house.projections();
        house.writer.rebuild().expect("rebuilt");
        for ((table, before), (_, after)) in before.iter().zip(house.projections()) {
            prop_assert_eq!(before, &after, "{}", table);
        }
    }

    #[test]
    fn order_of_arrival_does_not_matter(throws in history(60), shuffle in any::<u64>()) {
        let rows = on_three_devices(&throws);
        let mut in_order = House::new();
        arrive(&mut in_order, &rows);
        let mut shuffled = rows.clone();
        let mut dice = shuffle;
        shuffled.sort_by_cached_key(|_| { dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1); dice >> 20 });
        let mut late = House::new();
        arrive(&mut late, &shuffled);
        for (in_order, late) in seen(&in_order).iter().zip(seen(&late)) {
            prop_assert_eq!(in_order, &late);
        }
        let stepped = late.projections();
        late.writer.rebuild().expect("rebuilt");
        for ((table, stepped), (_, rebuilt)) in stepped.iter().zip(late.projections()) {
            prop_assert_eq!(stepped, &rebuilt, "{}: late arrivals leave what a rebuild would", table);
        }
        let verified = ask(&late, |reader| reader.verify(None));
        prop_assert!(verified.ok, "{:?}", verified.first_bad);
    }
}

/// A history that three machines recorded together, each seeing the others at once.
fn on_three_devices(throws: &[world::Throw]) -> Vec<Stored> {
    let mut world = World::default();
    let mut heads: BTreeMap<u128, (u64, [u8; 32])> = BTreeMap::new();
    let mut hlc = Hlc::default();
    let mut rows: Vec<Stored> = vec![];
    for throw in throws {
        let Some(happening) = world.next(*throw) else { continue };
        let device = 0x100 + u128::from(throw.2 % 3);
        let (number, before) = heads.get(&device).copied().unwrap_or((0, ROOT));
        hlc = hlc.tick(happening.occurred_at);
        let id = EventId(Uuid::from_u128((0x0190_0000_0000_7000_8000_u128 << 48) + rows.len() as u128));
        let payload = codec::encode(&happening.event).expect("encodes");
        let salt = *id.0.as_bytes();
        let payload_hash = payload_hash(&salt, &payload);
        let envelope = Envelope {
            id,
            subject: happening.subject,
            occurred_at: happening.occurred_at,
            recorded_at: happening.occurred_at,
            device: DeviceId(Uuid::from_u128(device)),
            device_seq: number + 1,
            hlc,
            entry: happening.entry.clone(),
            parents: vec![],
        };
        let kind = happening.event.kind();
        let leaf = leaf(&envelope, Sealed { kind, version: 1, codec: codec::PLAIN, payload_hash: &payload_hash });
        let hash = link(&before, &leaf);
        heads.insert(device, (number + 1, hash));
        let kind = kind.to_owned();
        let (salt, payload) = (Some(salt), Some(payload));
        rows.push(Stored {
            seq: 0,
            received_at: BEGIN,
            envelope,
            kind,
            version: 1,
            codec: codec::PLAIN,
            payload_hash,
            hash,
            salt,
            payload,
        });
        if let Some(gone) = happening.erases.and_then(|gone| rows.iter_mut().find(|row| row.envelope.id == gone)) {
            (gone.salt, gone.payload) = (None, None);
        }
        world.happened(&happening, id);
    }
    rows
}

fn arrive(house: &mut House, rows: &[Stored]) {
    let mut batch = house.writer.batch().expect("a transaction begins");
    for (place, row) in rows.iter().enumerate() {
        let stored = Stored { seq: place as u64 + 1, ..row.clone() };
        let recorded = stored.clone().recorded().expect("reads");
        batch.place(&stored, &recorded).expect("takes its place");
    }
    batch.commit().expect("on disk");
}

/// Everything a person could see, without what tells the order of arrival.
fn seen(house: &House) -> Vec<String> {
    let reader = house.reader();
    let all = IncidentFilter { open_only: false, severity: None, service: None, since: None, limit: 1_000 };
    let mut told = vec![];
    let mut incidents = reader.incidents(&all).expect("incidents");
    incidents.sort_by_key(|incident| incident.id);
    for incident in incidents {
        let query = TimelineQuery { incident: incident.id, before: None, limit: 1_000, kinds: TimelineKinds::All, as_of: None };
        told.push(format!("{incident:?} {:?}", reader.timeline_counts(incident.id).expect("counts")));
        for mut row in reader.timeline(&query).expect("timeline") {
            row.recorded.seq = 0;
            told.push(format!("{row:?}"));
        }
    }
    let mut groups = reader.groups(&GroupFilter { waiting_only: false, incident: None, limit: 1_000 }).expect("groups");
    groups.sort_by_key(|group| group.id);
    for group in groups {
        told.push(format!("{group:?} {:?}", reader.alerts_of(group.id, 1_000).expect("alerts")));
    }
    told
}

#[test]
fn a_rebuild_leaves_alone_what_is_no_projection() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let effect = EventId(house.uuid());
    let source = domain::SourceName("am".into());
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    batch.plan_notice(incident, effect, now).expect("planned");
    batch.sight(&source, "key", now, Some(now)).expect("seen");
    batch.source_refused(&source, now, "no labels", b"{}").expect("kept");
    batch.remember_once("key", Some(incident), None, 1, now).expect("remembered");
    batch.arm(incident, Some(now)).expect("armed");
    batch.commit().expect("on disk");
    let others = ["outbox", "wakes", "sightings", "source_stats", "refusals", "once", "devices", "events"];
    let before = others.map(|table| house.rows(&format!("SELECT * FROM {table}")));
    house.writer.rebuild().expect("rebuilt");
    assert_eq!(before, others.map(|table| house.rows(&format!("SELECT * FROM {table}"))));
}

#[test]
fn projections_of_an_older_shape_are_folded_anew_at_opening() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let before = house.projections();
    house.damage("UPDATE incidents SET state = x'00'; DELETE FROM timeline; UPDATE meta SET value = 0 WHERE key = 'projections'");
    let house = House::open(house.close());
    assert_eq!(house.projections(), before);
    assert!(ask(&house, |reader| reader.incident(incident)).is_some());
}

#[test]
fn an_event_about_the_wrong_thing_is_refused() {
    let mut house = House::new();
    let draft = house.draft(Subject::Group(GroupId(Uuid::from_u128(1))), note("misplaced"));
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    assert!(matches!(batch.append(draft, now), Err(StoreError::Codec(_))));
    assert!(batch.commit().is_err(), "half of an event is never committed");
    assert_eq!(house.rows("SELECT count(*) FROM events"), [[Value::Integer(0)]]);
}
