//! Lines pasted from elsewhere: known again by what they say of themselves, and forgotten with their words.

use super::*;
use std::collections::BTreeSet;

const KEYS: [[u8; 16]; 3] = [[1; 16], [2; 16], [3; 16]];

fn line(key: [u8; 16]) -> IncidentEvent {
    IncidentEvent::Pasted { text: format!("line {}", key[0]), said_by: Some("Ravi P.".into()), key }
}

/// Pastes those lines that are not on the record yet, as the engine does; answers how many that were.
fn paste(house: &mut House, incident: IncidentId, keys: &[[u8; 16]]) -> usize {
    let known = ask(house, |reader| reader.pasted(incident, keys));
    let fresh: Vec<_> = keys.iter().filter(|key| !known.contains(*key)).collect();
    fresh.into_iter().map(|key| house.record(Subject::Incident(incident), line(*key))).count()
}

fn known(house: &House, incident: IncidentId) -> BTreeSet<[u8; 16]> {
    ask(house, |reader| reader.pasted(incident, &KEYS))
}

fn redact(house: &mut House, incident: IncidentId, target: EventId) {
    let masked = Box::new(line(KEYS[0]).masked("[redacted]"));
    let draft = house.draft(Subject::Incident(incident), IncidentEvent::Redacted { target, reason: "a password".into(), masked });
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    batch.erase(target).expect("erased");
    batch.append(draft, now).expect("said");
    batch.commit().expect("on disk");
}

#[test]
fn an_overlap_adds_nothing() {
    let mut house = House::new();
    let (incident, other) = (house.declare("Checkout returns 502"), house.declare("Login is slow"));
    assert_eq!(paste(&mut house, incident, &KEYS[..2]), 2);
    assert_eq!(paste(&mut house, incident, &KEYS), 1, "two of the three are there");
    assert_eq!(paste(&mut house, incident, &KEYS), 0);
    assert_eq!(known(&house, other), BTreeSet::new(), "another incident has its own");
    assert_eq!(ask(&house, |reader| reader.timeline_counts(incident)).total, 4, "the declaration and three lines");
}

#[test]
fn what_a_transaction_pasted_it_knows_already() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let draft = house.draft(Subject::Incident(incident), line(KEYS[0]));
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    batch.append(draft, now).expect("recorded");
    assert_eq!(batch.pasted(incident, &KEYS).expect("read"), [KEYS[0]].into());
    drop(batch);
    assert_eq!(known(&house, incident), BTreeSet::new(), "and what was undone it does not");
}

#[test]
fn a_redaction_forgets_the_line_and_a_rebuild_brings_the_rest_back() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let ids: Vec<EventId> = KEYS.map(|key| house.record(Subject::Incident(incident), line(key)).envelope.id).into();
    redact(&mut house, incident, ids[0]);
    let rest: BTreeSet<[u8; 16]> = KEYS[1..].iter().copied().collect();
    assert_eq!(known(&house, incident), rest, "its key was made of its words");
    let before = house.projections();
    house.writer.rebuild().expect("rebuilt");
    assert_eq!(known(&house, incident), rest, "neither is it brought back, nor are others lost");
    assert_eq!(before, house.projections());
    assert_eq!(paste(&mut house, incident, &KEYS), 1, "a forgotten line may be pasted again, masked as it should be");
}

#[test]
fn one_of_two_equal_lines_taken_out_leaves_the_other_known() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    // Two machines pasted the same line while they were apart.
    let first = house.record(Subject::Incident(incident), line(KEYS[0])).envelope.id;
    house.record(Subject::Incident(incident), line(KEYS[0]));
    redact(&mut house, incident, first);
    assert_eq!(known(&house, incident), [KEYS[0]].into());
}

#[test]
fn many_keys_are_found_as_few_are() {
    let mut house = House::new();
    let (incident, other) = (house.declare("Checkout returns 502"), house.declare("Login is slow"));
    assert!(!ask(&house, |reader| reader.has_pasted(incident)));
    let keys: Vec<[u8; 16]> = (0..200_u8).map(|number| [number; 16]).collect();
    paste(&mut house, incident, &keys[..150]);
    paste(&mut house, other, &keys[180..]);
    assert!(ask(&house, |reader| reader.has_pasted(incident)));
    let many = ask(&house, |reader| reader.pasted(incident, &keys));
    assert_eq!(many, keys[..150].iter().copied().collect(), "those of this incident, in one go");
    let few: BTreeSet<[u8; 16]> = keys.chunks(40).flat_map(|keys| ask(&house, |reader| reader.pasted(incident, keys))).collect();
    assert_eq!(many, few);
}
