//! Words that were taken out are nowhere any more: in no table, no page's unused space, no log.

use super::*;
use crate::rows::*;
use domain::incidents::ImpactDetail;
use domain::{GroupId, SourceName};

const SECRET: &str = "hunter2-correct-horse";
const MASK: &str = "[redacted]";

/// Takes an entry's words out as the engine does: erased, then said.
fn redact(house: &mut House, incident: IncidentId, target: EventId) {
    let entry = ask(house, |reader| reader.event(target)).expect("it is on record");
    let Some(Event::Incident(event)) = entry.event else { panic!("it has words") };
    let masked = Box::new(event.masked(MASK));
    let draft = house.draft(Subject::Incident(incident), IncidentEvent::Redacted { target, reason: "a password".into(), masked });
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    let done: Result<Recorded, StoreError> = batch.savepoint(|batch| {
        batch.erase(target)?;
        batch.append(draft, now)
    });
    done.expect("redacted");
    batch.commit().expect("on disk");
    house.writer.checkpoint_truncate().expect("the log is cut");
}

fn line(house: &House, incident: IncidentId, id: EventId) -> TimelineRow {
    let query = TimelineQuery { incident, before: None, limit: 1_000, kinds: TimelineKinds::All, as_of: None };
    let rows = ask(house, |reader| reader.timeline(&query));
    rows.into_iter().find(|row| row.recorded.envelope.id == id).expect("on the timeline")
}

#[test]
fn a_note_is_gone_from_every_file() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let secret = house.note(incident, &format!("the password is {SECRET}"));
    house.writer.drain_search(usize::MAX).expect("search reads");
    assert!(holds(&house.bytes(), SECRET), "it lay there");
    assert_eq!(ask(&house, |reader| reader.search(SECRET, 9)).len(), 1, "and was found");
    redact(&mut house, incident, secret);
    assert!(!holds(&house.bytes(), SECRET), "no file holds it any more");
    house.writer.drain_search(usize::MAX).expect("search reads");
    assert_eq!(ask(&house, |reader| reader.search(SECRET, 9)), vec![]);
    let row = line(&house, incident, secret);
    assert_eq!(row.recorded.event, None);
    let redaction = row.redaction.expect("said");
    assert_eq!((redaction.by.as_str(), redaction.reason.as_str(), redaction.masked), ("dana", "a password", note(MASK)));
    assert!(ask(&house, |reader| reader.verify(None)).ok, "the chain covers the hash, not the words");
    house.writer.rebuild().expect("rebuilt");
    assert_eq!(line(&house, incident, secret).recorded.event, None, "nor does a rebuild bring it back");
}

#[test]
fn titles_conflicts_impact_and_corrections_keep_no_copy() {
    let mut house = House::new();
    let incident = house.declare(&format!("Checkout {SECRET}"));
    let inside = Subject::Incident(incident);
    let first = ask(&house, |reader| reader.incident(incident)).expect("known").declared;
    let second = house.record(inside, IncidentEvent::Retitled { title: format!("Again {SECRET}") }).envelope.id;
    house.record(inside, IncidentEvent::Retitled { title: "Clean".into() });
    let detail = ImpactDetail { share: None, services: vec![], text: Some(format!("customers see {SECRET}")) };
    let impact = house.record(inside, IncidentEvent::ImpactStarted(detail)).envelope.id;
    let entry = house.note(incident, "clean words");
    let correction = IncidentEvent::Corrected { target: entry, occurred_at: None, text: Some(format!("no: {SECRET}")) };
    let correction = house.record(inside, correction).envelope.id;
    let severity = IncidentEvent::SeveritySet { severity: Severity::Sev1, reason: Some(SECRET.into()) };
    let severity = house.record(inside, severity).envelope.id;
    let group = GroupId(house.uuid());
    let attached = house.record(inside, IncidentEvent::GroupAttached { group, title: SECRET.into() }).envelope.id;
    for target in [first, second, impact, correction, severity, attached] {
        assert!(holds(&house.bytes(), SECRET), "there are copies left before the last one goes");
        redact(&mut house, incident, target);
    }
    assert!(!holds(&house.bytes(), SECRET), "no file holds it any more");
    let state = ask(&house, |reader| reader.incident(incident)).expect("known");
    assert_eq!(state.title.value, "Clean", "what was not redacted stays");
    assert_eq!(line(&house, incident, entry).corrected_text.as_deref(), Some(MASK), "a redacted correction says what stands for it");
    assert!(ask(&house, |reader| reader.verify(None)).ok);
}

#[test]
fn no_page_keeps_what_a_row_once_held() {
    let mut house = House::new();
    let incidents: Vec<IncidentId> = (0..12).map(|number| house.declare(&format!("{SECRET} number {number}"))).collect();
    let mut secrets = vec![];
    for round in 0..20 {
        for incident in &incidents {
            let filler = "filler ".repeat((round * 7 + secrets.len() * 13) % 180);
            secrets.push((*incident, house.note(*incident, &format!("{SECRET} {round} {filler}"))));
            house.record(Subject::Incident(*incident), IncidentEvent::Retitled { title: format!("title {round}") });
        }
        house.writer.drain_search(usize::MAX).expect("search reads");
    }
    for incident in &incidents {
        secrets.push((*incident, ask(&house, |reader| reader.incident(*incident)).expect("known").declared));
    }
    // Every other one first, so that neighbours move while words are still there.
    let (odd, even): (Vec<_>, Vec<_>) = secrets.into_iter().enumerate().partition(|(place, _)| place % 2 == 1);
    for (_, (incident, target)) in odd.into_iter().chain(even) {
        redact(&mut house, incident, target);
        house.writer.drain_search(usize::MAX).expect("search reads");
    }
    assert!(!holds(&house.bytes(), SECRET), "no page keeps it");
    assert!(ask(&house, |reader| reader.verify(None)).ok);
}

#[test]
fn a_reader_in_the_way_only_delays_the_cut() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let secret = house.note(incident, SECRET);
    let reader = house.reader();
    assert!(reader.event(secret).expect("read").is_some(), "a reader holds the log");
    let masked = Box::new(note(MASK));
    let draft = house.draft(Subject::Incident(incident), IncidentEvent::Redacted { target: secret, reason: "a password".into(), masked });
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    batch.erase(secret).expect("erased");
    batch.append(draft, now).expect("said");
    batch.commit().expect("on disk");
    assert!(matches!(house.writer.checkpoint_truncate(), Err(StoreError::Busy)), "it is said that the log could not be cut");
    drop(reader);
    house.writer.checkpoint_if_large().expect("tried again");
    assert!(!holds(&house.bytes(), SECRET));
}

#[test]
fn a_crash_before_the_cut_is_made_good_at_opening() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let secret = house.note(incident, SECRET);
    let masked = Box::new(note(MASK));
    let draft = house.draft(Subject::Incident(incident), IncidentEvent::Redacted { target: secret, reason: "a password".into(), masked });
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    batch.erase(secret).expect("erased");
    batch.append(draft, now).expect("said");
    batch.commit().expect("on disk");
    // What a killed process leaves: the files as they are.
    let left = tempfile::tempdir().expect("a folder");
    for file in ["muster.db", "muster.db-wal"] {
        std::fs::copy(house.folder.path().join(file), left.path().join(file)).expect("copied");
    }
    let house = House::open(left);
    assert!(!holds(&house.bytes(), SECRET));
    assert!(ask(&house, |reader| reader.verify(None)).ok);
}

#[test]
fn only_words_of_incidents_can_be_erased() {
    let mut house = House::new();
    let alert = super::world::opened("key", domain::AlertSeverity::Critical, BEGIN, 1);
    let group = GroupId(house.uuid());
    let id = house.record(Subject::Group(group), domain::alerts::AlertEvent::Opened(alert)).envelope.id;
    let unknown = EventId(house.uuid());
    let mut batch = house.writer.batch().expect("a transaction begins");
    assert!(matches!(batch.erase(id), Err(StoreError::NotFound)), "an alert's words are what its projections are read from");
    assert!(matches!(batch.erase(unknown), Err(StoreError::NotFound)));
    assert_eq!(batch.alert(&SourceName("am".into()), "key").expect("read").map(|alert| alert.group), Some(group));
}

#[test]
fn states_that_grew_over_pages_leave_nothing_behind() {
    let mut house = House::new();
    let title = |number: usize| format!("{SECRET} number {number} {}", "x".repeat(number * 37 % 150));
    let incidents: Vec<IncidentId> = (0..12).map(|number| house.declare(&title(number))).collect();
    let mut dice = 1_u64;
    for _ in 0..200 {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let incident = incidents[(dice >> 33) as usize % incidents.len()];
        let status = domain::Status::CHOICES[(dice >> 40) as usize % 8];
        house.record(Subject::Incident(incident), IncidentEvent::StatusSet { status });
    }
    for incident in &incidents {
        let target = ask(&house, |reader| reader.incident(*incident)).expect("known").declared;
        redact(&mut house, *incident, target);
    }
    assert!(!holds(&house.bytes(), SECRET), "no page keeps it");
}
