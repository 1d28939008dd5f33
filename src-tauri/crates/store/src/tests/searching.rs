//! Search finds words, whatever is typed, and things are found by the beginning of their names.

use super::*;
use crate::rows::*;
use domain::{AlertSeverity, GroupId};

#[test]
fn words_are_found_after_they_were_drained() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502 in Zürich");
    let id = house.note(incident, "Rolled back the gateway, errors fall");
    assert_eq!(ask(&house, |reader| reader.search("gateway", 9)), vec![], "search trails");
    assert_eq!(house.writer.drain_search(1).expect("drained"), 1);
    assert_eq!(house.writer.drain_search(usize::MAX).expect("drained"), 1);
    assert_eq!(house.writer.drain_search(usize::MAX).expect("drained"), 0, "all is read");
    let hit = ask(&house, |reader| reader.search("gateway rol", 9)).remove(0);
    assert_eq!((hit.incident, hit.event), (incident, id));
    assert_eq!(hit.snippet, "\u{e000}Rolled\u{e001} back the \u{e000}gateway\u{e001}, errors fall", "all words, the last one half typed");
    assert_eq!(ask(&house, |reader| reader.search("zurich", 9)).len(), 1, "accents do not matter");
    assert_eq!(ask(&house, |reader| reader.search("gateway Zürich", 9)).len(), 0, "all words in one entry");
    let mut house = House::open(house.close());
    assert_eq!(house.writer.drain_search(usize::MAX).expect("drained"), 0, "it remembers how far it was");
    house.writer.rebuild().expect("rebuilt");
    assert_eq!(house.writer.drain_search(usize::MAX).expect("drained"), 2, "after a rebuild it reads anew");
    assert_eq!(ask(&house, |reader| reader.search("gateway", 9)).len(), 1);
}

#[test]
fn nothing_that_is_typed_fails() {
    let mut house = House::new();
    house.declare("Checkout");
    house.writer.drain_search(usize::MAX).expect("drained");
    for typed in ["\"", "NEAR(", "checkout OR", "a AND NOT", "words:x", "^x", "*", "-", "\0", "checkout\0x", "(((", "é\"é", ""] {
        ask(&house, |reader| reader.search(typed, 9));
    }
}

#[test]
fn search_passes_over_what_it_cannot_read() {
    let mut house = House::new();
    let incident = house.declare("Checkout");
    house.note(incident, "sealed words");
    house.note(incident, "plain words");
    house.damage("UPDATE events SET codec = 1 WHERE seq = 2");
    assert_eq!(house.writer.drain_search(usize::MAX).expect("drained"), 3);
    assert_eq!(ask(&house, |reader| reader.search("words", 9)).len(), 1);
    let second = house.rows("SELECT id FROM events WHERE seq = 2");
    let Value::Blob(id) = &second[0][0] else { panic!("an id") };
    let read = house.reader().event(EventId(Uuid::from_slice(id).expect("an id")));
    assert!(matches!(&read, Err(StoreError::Codec(why)) if why.contains("sealed")), "{read:?}");
}

#[test]
fn things_are_found_by_what_people_type() {
    let mut house = House::new();
    let incident = house.declare("Checkout");
    let reference = ask(&house, |reader| reader.incident(incident)).expect("known").reference.0;
    let find = |house: &House, typed: &str| ask(house, |reader| reader.find_incident(typed));
    assert_eq!(find(&house, &reference.to_lowercase()), Found::One(incident));
    assert_eq!(find(&house, &reference["INC-".len()..]), Found::One(incident), "without the letters");
    assert_eq!(find(&house, &reference[..reference.len() - 2]), Found::One(incident), "a beginning that fits one");
    assert_eq!(find(&house, &incident.to_string()), Found::One(incident));
    assert_eq!(find(&house, &incident.to_string()[..23]), Found::One(incident), "the beginning of its id");
    for typed in ["", "INC-", "INC-ZZZZ", "no such thing", "%", "_"] {
        assert_eq!(find(&house, typed), Found::None, "{typed:?}");
    }
    let other = house.declare("Another");
    let found = find(&house, &incident.to_string()[..23]);
    assert_eq!(found, Found::Many(vec![incident.to_string(), other.to_string()]), "both are shown");
    let note = house.note(incident, "words");
    assert_eq!(ask(&house, |reader| reader.find_event(&note.to_string())), Found::One(note));
    assert_eq!(ask(&house, |reader| reader.find_event("0190")), ask(&house, |reader| reader.find_event("0190-0000")));
    let group = GroupId(house.uuid());
    let alert = domain::alerts::AlertEvent::Opened(super::world::opened("f00d", AlertSeverity::Error, BEGIN, 1));
    house.record(Subject::Group(group), alert);
    assert_eq!(ask(&house, |reader| reader.find_group(&group.to_string())), Found::One(group));
    assert_eq!(ask(&house, |reader| reader.find_group("f00d")), Found::One(group), "by the key of an alert");
}

#[test]
fn lists_are_filtered() {
    let mut house = House::new();
    let ids: Vec<IncidentId> = (0..4).map(|number| house.declare(&format!("incident {number}"))).collect();
    let set = |house: &mut House, id: IncidentId, event: IncidentEvent| house.record(Subject::Incident(id), event);
    set(&mut house, ids[0], IncidentEvent::StatusSet { status: domain::Status::Resolved });
    set(&mut house, ids[1], IncidentEvent::SeveritySet { severity: Severity::Sev4, reason: None });
    let services = vec![domain::ServiceName("api".into())];
    set(&mut house, ids[2], IncidentEvent::ImpactStarted(domain::incidents::ImpactDetail { services, ..Default::default() }));
    let all = IncidentFilter { open_only: false, severity: None, service: None, since: None, limit: 9 };
    let list = |house: &House, filter: &IncidentFilter| -> Vec<usize> {
        let found = ask(house, |reader| reader.incidents(filter));
        found.iter().map(|incident| ids.iter().position(|id| *id == incident.id).expect("known")).collect()
    };
    assert_eq!(list(&house, &all), [3, 2, 1, 0], "newest first");
    assert_eq!(list(&house, &IncidentFilter { open_only: true, limit: 2, ..all.clone() }), [3, 2]);
    assert_eq!(list(&house, &IncidentFilter { severity: Some(Severity::Sev4), ..all.clone() }), [1]);
    assert_eq!(list(&house, &IncidentFilter { service: Some(domain::ServiceName("api".into())), ..all.clone() }), [2]);
    assert_eq!(list(&house, &IncidentFilter { service: Some(domain::ServiceName("ap".into())), ..all.clone() }), [0; 0], "whole names");
    let since = ask(&house, |reader| reader.incident(ids[3])).expect("known").declared_at;
    assert_eq!(list(&house, &IncidentFilter { since: Some(since), ..all }), [3]);
    let resolved = ask(&house, |reader| reader.resolved_since(BEGIN, 9));
    assert_eq!(resolved.iter().map(|incident| incident.id).collect::<Vec<_>>(), [ids[0]]);
    assert_eq!(ask(&house, |reader| reader.resolved_since(BEGIN.plus_secs(86_400), 9)).len(), 0);
}

#[test]
fn search_leaves_the_writer_waiting_for_the_disk_as_before() {
    let mut house = House::new();
    let waits = |house: &House| house.writer.connection.query_row("PRAGMA synchronous", [], |row| row.get::<_, i64>(0)).expect("asked");
    house.writer.write_unflushed().expect("set");
    let incident = house.declare("Checkout");
    house.note(incident, "words to be found");
    house.writer.drain_search(100).expect("read");
    assert_eq!(waits(&house), 0, "a writer that waits for nothing does not begin to");
    let mut house = House::open(house.close());
    assert_eq!(waits(&house), 2, "opened again, every commit is flushed");
    house.note(incident, "more words");
    house.writer.drain_search(100).expect("read");
    assert_eq!(waits(&house), 2, "after a search as well");
}
