//! What is undone leaves no trace: not in the database, not in the chain, not in what the writer keeps at hand.

use super::world::{World, history};
use super::*;
use domain::Status;
use proptest::prelude::*;

#[derive(Debug)]
struct Refused;

impl From<StoreError> for Refused {
    fn from(fault: StoreError) -> Self {
        panic!("the store failed: {fault}")
    }
}

fn everything(house: &House) -> Vec<Vec<Vec<Value>>> {
    let tables = crate::schema::TABLES.iter().filter(|table| **table != "search");
    tables.map(|table| house.rows(&format!("SELECT * FROM {table}"))).collect()
}

#[test]
fn a_refused_command_leaves_no_trace() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let before = (everything(&house), house.writer.head);
    let inside = Subject::Incident(incident);
    let drafts = [house.draft(inside, note("half")), house.draft(inside, IncidentEvent::StatusSet { status: Status::Resolved })];
    let now = house.now;
    let state = {
        let mut batch = house.writer.batch().expect("a transaction begins");
        let state = batch.incident(incident).expect("read").expect("known");
        let refused: Result<(), Refused> = batch.savepoint(|batch| {
            for draft in drafts {
                batch.append(draft, now)?;
            }
            batch.remember_once("key", Some(incident), None, 1, now)?;
            assert_eq!(batch.incident(incident)?.map(|incident| incident.status.value), Some(Status::Resolved), "seen inside");
            Err(Refused)
        });
        assert!(refused.is_err());
        assert_eq!(batch.incident(incident).expect("read"), Some(state.clone()), "the state at hand is the one before");
        assert_eq!(batch.once("key").expect("read"), None);
        batch.commit().expect("on disk");
        state
    };
    assert_eq!((everything(&house), house.writer.head), before);
    let after = house.record(inside, note("goes on"));
    assert_eq!((after.seq, after.envelope.device_seq), (2, 2), "no number was used up");
    assert_eq!(ask(&house, |reader| reader.incident(incident)).map(|incident| incident.title), Some(state.title));
    assert!(ask(&house, |reader| reader.verify(None)).ok);
}

#[test]
fn a_batch_that_is_dropped_leaves_no_trace() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let before = (everything(&house), house.writer.head);
    let draft = house.draft(Subject::Incident(incident), note("never"));
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    batch.append(draft, now).expect("recorded");
    drop(batch);
    assert_eq!((everything(&house), house.writer.head), before);
    house.note(incident, "goes on");
    assert_eq!(house.writer.states[&incident].incident, ask(&house, |reader| reader.incident(incident)).expect("known"));
}

#[test]
fn savepoints_nest() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let (outer, inner) = (house.draft(Subject::Incident(incident), note("outer")), house.draft(Subject::Incident(incident), note("inner")));
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    let done: Result<(), Refused> = batch.savepoint(|batch| {
        batch.append(outer, now)?;
        let refused: Result<(), Refused> = batch.savepoint(|batch| {
            batch.append(inner, now)?;
            Err(Refused)
        });
        assert!(refused.is_err());
        Ok(())
    });
    done.expect("the outer one holds");
    batch.commit().expect("on disk");
    assert_eq!(ask(&house, |reader| reader.incident_events(incident)).len(), 2, "the outer note stays, the inner one is gone");
    assert!(ask(&house, |reader| reader.verify(None)).ok);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn refusals_in_between_change_nothing(throws in history(40), refused in proptest::collection::vec(any::<bool>(), 40)) {
        let (mut calm, mut troubled) = (House::new(), House::new());
        let mut world = World::default();
        let mut batch = troubled.writer.batch().expect("a transaction begins");
        for (throw, refuse) in throws.iter().zip(refused) {
            let Some(happening) = world.next(*throw).filter(|happening| happening.erases.is_none()) else { continue };
            let mut draft = calm.draft(happening.subject, happening.event.clone());
            (draft.occurred_at, draft.entry) = (happening.occurred_at, happening.entry.clone());
            let now = calm.now;
            let again = Draft { id: EventId(calm.uuid()), ..draft.clone() };
            calm.append(draft.clone());
            world.happened(&happening, draft.id);
            if refuse {
                let gone: Result<(), Refused> = batch.savepoint(|batch| batch.append(again, now).map_err(Refused::from).and(Err(Refused)));
                prop_assert!(gone.is_err());
            }
            let kept: Result<Recorded, Refused> = batch.savepoint(|batch| Ok(batch.append(draft, now)?));
            prop_assert!(kept.is_ok());
        }
        batch.commit().expect("on disk");
        prop_assert_eq!(calm.writer.head, troubled.writer.head);
        for (calm, troubled) in everything(&calm).iter().zip(everything(&troubled)) {
            prop_assert_eq!(calm, &troubled);
        }
    }
}

#[test]
fn a_full_disk_is_said_and_nothing_is_half_done() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let before = (everything(&house), house.writer.head);
    house.writer.connection.execute_batch("PRAGMA max_page_count = 1").expect("no more pages");
    let long = "x".repeat(60_000);
    let drafts: Vec<Draft> = (0..8).map(|_| house.draft(Subject::Incident(incident), note(&long))).collect();
    let now = house.now;
    {
        let mut batch = house.writer.batch().expect("a transaction begins");
        let mut faults = vec![];
        for draft in drafts {
            let result: Result<Recorded, StoreError> = batch.savepoint(|batch| batch.append(draft, now));
            faults.extend(result.err());
        }
        assert!(!faults.is_empty() && faults.iter().all(|fault| matches!(fault, StoreError::Full)), "{faults:?}");
    }
    assert_eq!((everything(&house), house.writer.head), before);
    house.writer.connection.execute_batch("PRAGMA max_page_count = 1000000").expect("room again");
    house.note(incident, "goes on");
    assert!(ask(&house, |reader| reader.verify(None)).ok);
}

#[test]
fn a_command_sent_twice_is_known() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let event = EventId(house.uuid());
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    assert_eq!(batch.once("intention").expect("read"), None);
    batch.remember_once("intention", Some(incident), Some(event), 7, now).expect("remembered");
    let done = crate::OnceRow { incident: Some(incident), event: Some(event), seq: 7 };
    assert_eq!(batch.once("intention").expect("read"), Some(done));
    assert!(batch.remember_once("intention", None, None, 8, now).is_err(), "one intention has one outcome");
    batch.commit().expect("on disk");
    let mut house = House::open(house.close());
    assert_eq!(house.writer.batch().expect("a transaction begins").once("intention").expect("read"), Some(done));
}
