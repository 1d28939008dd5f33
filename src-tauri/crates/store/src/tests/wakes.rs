//! Wakes: one for each incident, kept over a restart, and no business of a rebuild.

use super::*;

fn arm(house: &mut House, incident: IncidentId, due: Option<Timestamp>) {
    let mut batch = house.writer.batch().expect("a transaction begins");
    batch.arm(incident, due).expect("armed");
    batch.commit().expect("on disk");
}

fn due(house: &House, now: Timestamp) -> Vec<IncidentId> {
    ask(house, |reader| reader.due_wakes(now, 9))
}

#[test]
fn each_incident_has_one_wake_which_is_set_anew_or_taken_away() {
    let mut house = House::new();
    let (one, other) = (house.declare("Checkout returns 502"), house.declare("Login is slow"));
    let at = |minutes: i64| BEGIN.plus_secs(60 * minutes);
    arm(&mut house, one, Some(at(20)));
    arm(&mut house, other, Some(at(10)));
    assert_eq!(ask(&house, |reader| reader.next_due(&crate::rows::EffectKind::ALL)), Some(at(10)), "the earliest of all");
    assert_eq!(due(&house, at(9)), []);
    assert_eq!(due(&house, at(10)), [other]);
    assert_eq!(due(&house, at(600)), [other, one], "after ten hours asleep both, the longest due first");
    arm(&mut house, other, Some(at(30)));
    arm(&mut house, other, Some(at(30)));
    assert_eq!(due(&house, at(600)), [one, other], "set anew, not besides");
    arm(&mut house, one, None);
    arm(&mut house, one, None);
    assert_eq!((due(&house, at(600)), ask(&house, |reader| reader.next_due(&crate::rows::EffectKind::ALL))), (vec![other], Some(at(30))));
    assert_eq!(ask(&house, |reader| reader.due_wakes(at(600), 0)), [], "no more than asked for");
}

#[test]
fn a_wake_outlives_a_restart_and_a_rebuild() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    arm(&mut house, incident, Some(BEGIN.plus_secs(60)));
    let mut house = House::open(house.close());
    assert_eq!(due(&house, BEGIN.plus_secs(60)), [incident]);
    house.writer.rebuild().expect("rebuilt");
    assert_eq!(due(&house, BEGIN.plus_secs(60)), [incident], "whoever runs the clocks set it, not the fold");
}

#[test]
fn a_wake_of_what_was_undone_is_undone() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    let mut batch = house.writer.batch().expect("a transaction begins");
    let refused: Result<(), StoreError> = batch.savepoint(|batch| {
        batch.arm(incident, Some(BEGIN))?;
        Err(StoreError::NotFound)
    });
    assert!(refused.is_err());
    batch.commit().expect("on disk");
    assert_eq!(due(&house, BEGIN.plus_secs(9)), []);
}
