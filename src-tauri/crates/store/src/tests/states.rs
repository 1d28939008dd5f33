//! Incident states at hand: their rows are written once for many events, and are never behind what was committed.

use super::world::{World, history};
use super::*;
use proptest::prelude::*;

#[derive(Debug)]
struct Refused;

impl From<StoreError> for Refused {
    fn from(fault: StoreError) -> Self {
        panic!("the store failed: {fault}")
    }
}

fn roll_call(name: &str) -> IncidentEvent {
    IncidentEvent::RollCalled { here: vec![Handle(name.into())], left: vec![] }
}

/// Who is there as the incident's row says, which another process would read.
fn present(house: &House, incident: IncidentId) -> Vec<String> {
    let state = ask(house, |reader| reader.incident(incident)).expect("known");
    state.present.keys().map(|handle| handle.as_str().to_owned()).collect()
}

fn is_as_rebuilt(house: &mut House) {
    let before = house.projections();
    house.writer.rebuild().expect("rebuilt");
    assert_eq!(before, house.projections(), "a rebuild brings back what lay there");
}

#[test]
fn a_refusal_undoes_nothing_that_came_before_it() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let inside = Subject::Incident(incident);
    let [first, second, never, third] = ["mei", "ravi", "nobody", "jo"].map(|name| house.draft(inside, roll_call(name)));
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    batch.append(first, now).expect("outside of any savepoint");
    let outer: Result<(), Refused> = batch.savepoint(|batch| {
        batch.append(second, now)?;
        let inner: Result<(), Refused> = batch.savepoint(|batch| batch.append(never, now).map_err(Refused::from).and(Err(Refused)));
        assert!(inner.is_err());
        let state = batch.state(incident)?.expect("known");
        assert_eq!(state.present.len(), 2, "what came before the refusal is there, and no more");
        Ok(())
    });
    outer.expect("it holds");
    batch.append(third, now).expect("after it");
    batch.commit().expect("on disk");
    assert_eq!(present(&house, incident), ["jo", "mei", "ravi"]);
    is_as_rebuilt(&mut house);
}

#[test]
fn more_incidents_than_are_kept_at_hand_lose_nothing_in_one_transaction() {
    let mut house = House::new();
    let incidents: Vec<IncidentId> = (0..600).map(|_| IncidentId(house.uuid())).collect();
    let mut drafts = vec![];
    for (number, id) in (0..).zip(&incidents) {
        drafts.push(house.draft(Subject::Incident(*id), declared("Checkout returns 502", number)));
    }
    for id in &incidents {
        drafts.push(house.draft(Subject::Incident(*id), roll_call("mei")));
    }
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    let done: Result<(), StoreError> = batch.savepoint(|batch| drafts.into_iter().try_for_each(|draft| batch.append(draft, now).map(drop)));
    done.expect("recorded");
    assert_eq!(batch.state(incidents[0]).expect("read").expect("known").present.len(), 1, "what left the hand is in its row");
    batch.commit().expect("on disk");
    assert!(incidents.iter().all(|id| present(&house, *id) == ["mei"]));
    is_as_rebuilt(&mut house);
}

#[test]
fn a_dropped_transaction_takes_its_states_along() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let never = house.draft(Subject::Incident(incident), roll_call("nobody"));
    let now = house.now;
    let mut batch = house.writer.batch().expect("a transaction begins");
    let done: Result<Recorded, StoreError> = batch.savepoint(|batch| batch.append(never, now));
    done.expect("recorded");
    drop(batch);
    assert_eq!(house.writer.batch().expect("begins").state(incident).expect("read").expect("known").present.len(), 0);
    assert_eq!(present(&house, incident), [""; 0]);
}

/// How an event is recorded.
#[derive(Clone, Copy, Debug)]
enum How {
    Bare,
    InASavepoint,
    AfterARefusal,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_do_not_tell_how_their_events_were_recorded(
        throws in history(60),
        ways in proptest::collection::vec(proptest::sample::select(vec![How::Bare, How::InASavepoint, How::AfterARefusal]), 60),
    ) {
        let (mut one_by_one, mut together) = (House::new(), House::new());
        let mut world = World::default();
        let mut batch = together.writer.batch().expect("a transaction begins");
        for (throw, way) in throws.iter().zip(ways) {
            let Some(happening) = world.next(*throw).filter(|happening| happening.erases.is_none()) else { continue };
            let mut draft = one_by_one.draft(happening.subject, happening.event.clone());
            (draft.occurred_at, draft.entry) = (happening.occurred_at, happening.entry.clone());
            let now = one_by_one.now;
            let again = Draft { id: EventId(one_by_one.uuid()), ..draft.clone() };
            one_by_one.append(draft.clone());
            world.happened(&happening, draft.id);
            match way {
                How::Bare => drop(batch.append(draft, now).expect("recorded")),
                How::InASavepoint => drop(batch.savepoint(|batch| batch.append(draft, now)).expect("recorded")),
                How::AfterARefusal => {
                    let gone: Result<(), Refused> = batch.savepoint(|batch| batch.append(again, now).map_err(Refused::from).and(Err(Refused)));
                    prop_assert!(gone.is_err());
                    batch.append(draft, now).expect("recorded");
                }
            }
        }
        batch.commit().expect("on disk");
        prop_assert_eq!(one_by_one.projections(), together.projections());
    }
}
