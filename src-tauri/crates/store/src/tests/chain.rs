//! The chain verifies whatever happened, and no column can be changed unseen.

use super::world::{World, history};
use super::*;
use proptest::prelude::*;

/// Lets a history happen in one home; answers how many events it became.
pub fn happen(house: &mut House, throws: &[world::Throw]) -> u64 {
    let mut world = World::default();
    let before = house.writer.seq();
    for throw in throws {
        let Some(happening) = world.next(*throw) else { continue };
        let mut draft = house.draft(happening.subject, happening.event.clone());
        (draft.occurred_at, draft.entry) = (happening.occurred_at, happening.entry.clone());
        let id = draft.id;
        let now = house.now;
        let mut batch = house.writer.batch().expect("a transaction begins");
        if let Some(target) = happening.erases {
            batch.erase(target).expect("there are words to erase");
        }
        batch.append(draft, now).expect("it is recorded");
        batch.commit().expect("it is on disk");
        world.happened(&happening, id);
    }
    house.writer.seq() - before
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_chain_verifies_after_any_history(throws in history(60)) {
        let mut house = House::new();
        let events = happen(&mut house, &throws);
        let verified = ask(&house, |reader| reader.verify(None));
        prop_assert!(verified.ok, "{:?}", verified.first_bad);
        prop_assert_eq!(verified.events, events);
        let head = house.writer.head;
        let heads = if events == 0 { vec![] } else { vec![(head.device, events, head.hash)] };
        prop_assert_eq!(verified.heads, heads);
        let house = House::open(house.close());
        prop_assert_eq!(house.writer.head, head, "opened again, it goes on where it ended");
    }
}

fn history_of_all_columns() -> House {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let mut draft = house.draft(Subject::Incident(incident), note("Lee says: rolled back"));
    draft.entry.on_behalf_of = Some(Handle("lee".into()));
    draft.parents = vec![EventId(Uuid::from_u128(7))];
    house.append(draft);
    house.note(incident, "and it holds");
    house
}

#[test]
fn a_change_in_any_column_is_found_at_that_event() {
    let flips = [
        ("id", "substr(id, 1, 15) || x'ff'"),
        ("subject_kind", "2"),
        ("subject", "substr(subject, 1, 15) || x'ff'"),
        ("kind", "'incident.notes'"),
        ("version", "version + 1"),
        ("occurred_at", "occurred_at + 1"),
        ("recorded_at", "recorded_at + 256"),
        ("received_at", "received_at - 1"),
        ("device", "substr(device, 1, 15) || x'ff'"),
        ("device_seq", "device_seq + 64"),
        ("hlc", "hlc + 1"),
        ("actor_kind", "1"),
        ("actor", "'dany'"),
        ("on_behalf_of", "'lea'"),
        ("on_behalf_of", "NULL"),
        ("means", "'chat'"),
        ("means", "'pigeon'"),
        ("via", "'tray'"),
        ("parents", "x''"),
        ("parents", "substr(parents, 1, 15) || x'ff'"),
        ("parents", "substr(parents, 1, 15)"),
        ("codec", "1"),
        ("payload_hash", "substr(payload_hash, 1, 31) || x'ff'"),
        ("hash", "substr(hash, 1, 31) || x'ff'"),
        ("hash", "x'00'"),
        ("salt", "substr(salt, 1, 15) || x'ff'"),
        ("salt", "NULL"),
        ("payload", "substr(payload, 1, length(payload) - 1) || x'ff'"),
        ("payload", "NULL"),
    ];
    for (column, value) in flips {
        let house = history_of_all_columns();
        house.damage(&format!("UPDATE events SET {column} = CAST({value} AS {}) WHERE seq = 2", affinity(&house, column)));
        let verified = ask(&house, |reader| reader.verify(None));
        let bad = verified.first_bad.unwrap_or_else(|| panic!("{column} = {value} was not found"));
        assert_eq!(bad.seq, 2, "{column} = {value} is found where it is: {bad:?}");
        assert!(!verified.ok);
    }
}

fn affinity(house: &House, column: &str) -> String {
    let types = house.rows(&format!("SELECT type FROM pragma_table_info('events') WHERE name = '{column}'"));
    match &types[0][0] {
        Value::Text(name) => name.clone(),
        other => panic!("a type's name, not {other:?}"),
    }
}

#[test]
fn words_erased_without_a_redaction_are_found() {
    let house = history_of_all_columns();
    house.damage("UPDATE events SET salt = NULL, payload = NULL WHERE seq = 2");
    let bad = ask(&house, |reader| reader.verify(None)).first_bad.expect("found");
    assert_eq!((bad.seq, bad.why.as_str()), (2, "its words are gone, and no redaction says so"));
    let all = crate::IncidentFilter { open_only: false, severity: None, service: None, since: None, limit: 9 };
    let incident = ask(&house, |reader| reader.incidents(&all)).remove(0).id;
    assert_eq!(ask(&house, |reader| reader.verify(Some(incident))).first_bad, Some(bad), "in its incident alone as well");
}

#[test]
fn an_event_that_is_gone_or_moved_is_found() {
    for (damage, seq) in [
        ("DELETE FROM events WHERE seq = 2", 3),
        ("DELETE FROM events WHERE seq = 1", 2),
        ("UPDATE events SET seq = 9 WHERE seq = 3", 9),
        ("UPDATE events SET seq = 9 WHERE seq = 2", 3),
    ] {
        let house = history_of_all_columns();
        house.damage(damage);
        let bad = ask(&house, |reader| reader.verify(None)).first_bad.unwrap_or_else(|| panic!("{damage} was not found"));
        assert_eq!(bad.seq, seq, "{damage}: {bad:?}");
    }
}

#[test]
fn one_incident_can_be_verified_alone() {
    let mut house = history_of_all_columns();
    let other = house.declare("Another one");
    house.note(other, "words");
    let whole = ask(&house, |reader| reader.verify(Some(other)));
    assert!(whole.ok && whole.events == 2, "{whole:?}");
    house.damage("UPDATE events SET actor = 'mallory' WHERE seq = 2");
    assert!(ask(&house, |reader| reader.verify(Some(other))).ok, "its own events still fit");
    house.damage("UPDATE events SET actor = 'mallory' WHERE seq = 5");
    assert_eq!(ask(&house, |reader| reader.verify(Some(other))).first_bad.map(|bad| bad.seq), Some(5));
}

#[test]
fn the_file_itself_refuses_to_change_an_event() {
    let house = history_of_all_columns();
    for sql in [
        "DELETE FROM events",
        "UPDATE events SET actor = 'mallory'",
        "UPDATE events SET payload = x'00'",
        "UPDATE events SET salt = NULL, payload = x'00'",
    ] {
        assert!(house.writer.connection.execute_batch(sql).is_err(), "{sql}");
    }
}

#[test]
fn a_new_device_begins_a_chain_of_its_own() {
    let mut house = history_of_all_columns();
    let device = DeviceId(Uuid::from_u128(0xe));
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    batch.rekey_device(device, now).expect("it becomes another device");
    batch.commit().expect("on disk");
    let incident = house.declare("After the restore");
    house.note(incident, "goes on");
    let verified = ask(&house, |reader| reader.verify(None));
    assert!(verified.ok, "{:?}", verified.first_bad);
    assert_eq!(verified.heads.iter().map(|(_, number, _)| *number).collect::<Vec<_>>(), [3, 2], "both chains stand");
    let house = House::open(house.close());
    assert_eq!((house.writer.device(), house.writer.head.device_seq), (device, 2), "the last device is the present one");
}
