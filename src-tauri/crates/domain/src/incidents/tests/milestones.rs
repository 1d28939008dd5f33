//! Mitigated, resolved, closed: read from the moves, whenever they happened and whenever they were recorded.

use super::{IncidentEvent as E, *};
use crate::Timestamp;

type Clocks = (Option<Timestamp>, Option<Timestamp>, Option<Timestamp>);

/// Mitigated, resolved and closed after moves to these states at these minutes.
fn after(moves: &[(Status, i64)]) -> Clocks {
    let told = moves.iter().fold(given(&[declared()]), |told, (status, at)| told.and_at(minute(*at), E::StatusSet { status: *status }));
    clocks(&told.state())
}

fn clocks(state: &Incident) -> Clocks {
    (state.mitigated_at(), state.resolved_at(), state.closed_at())
}

fn at(minutes: i64) -> Option<Timestamp> {
    Some(minute(minutes))
}

#[test]
fn the_usual_course() {
    use Status::{Closed, Identified, Mitigated, Monitoring, Resolved};
    assert_eq!(after(&[]), (None, None, None));
    assert_eq!(after(&[(Identified, 10)]), (None, None, None), "known is not mended");
    assert_eq!(after(&[(Identified, 10), (Mitigated, 20)]), (at(20), None, None));
    let course = [(Identified, 10), (Mitigated, 20), (Monitoring, 25), (Resolved, 60), (Closed, 90)];
    assert_eq!(after(&course), (at(20), at(60), at(90)));
}

#[test]
fn leaps_reach_what_they_leap_over() {
    assert_eq!(after(&[(Status::Resolved, 30)]), (at(30), at(30), None));
    assert_eq!(after(&[(Status::Closed, 30)]), (at(30), at(30), at(30)));
}

#[test]
fn back_in_harm_it_is_neither_mitigated_nor_resolved() {
    use Status::{Investigating, Mitigated, Monitoring, Resolved};
    assert_eq!(after(&[(Mitigated, 20), (Investigating, 30)]), (None, None, None));
    assert_eq!(
        after(&[(Mitigated, 20), (Resolved, 25), (Monitoring, 40)]),
        (at(20), None, None),
        "reopened, and customers stay out of harm"
    );
    assert_eq!(after(&[(Resolved, 20), (Investigating, 30), (Resolved, 50)]), (at(50), at(50), None), "the last time counts");
}

#[test]
fn what_was_cancelled_or_merged_was_never_mended() {
    use Status::{Cancelled, Closed, Merged, Mitigated, Resolved};
    assert_eq!(after(&[(Cancelled, 5)]), (None, None, at(5)));
    assert_eq!(after(&[(Mitigated, 3), (Cancelled, 5)]), (None, None, at(5)));
    assert_eq!(after(&[(Cancelled, 5), (Resolved, 9)]), (at(9), at(9), None), "a false alarm that was none");
    assert_eq!(after(&[(Mitigated, 3), (Merged, 5)]), (None, None, None), "the other one carries on");
    assert_eq!(after(&[(Closed, 5), (Cancelled, 9)]), (None, None, at(9)));
}

#[test]
fn a_step_recorded_late_counts_when_it_happened() {
    use Status::{Mitigated, Resolved};
    assert_eq!(after(&[(Resolved, 40), (Mitigated, 20), (Resolved, 40)]), (at(20), at(40), None), "mitigation entered after the fact");
    assert_eq!(after(&[(Resolved, -30)]), (at(-30), at(-30), None), "an incident declared when it was over");
}

#[test]
fn closing_again_to_settle_a_conflict_keeps_the_hour() {
    assert_eq!(after(&[(Status::Resolved, 10), (Status::Closed, 20), (Status::Closed, 30)]), (at(10), at(10), at(20)));
}

#[test]
fn a_corrected_time_moves_the_clock() {
    let told = given(&[declared(), E::StatusSet { status: Status::Mitigated }, E::StatusSet { status: Status::Resolved }]);
    let corrected = told.and(E::Corrected { target: id(2), occurred_at: at(-12), text: None });
    assert_eq!(clocks(&corrected.state()), (at(-12), at(2), None));
    let again = corrected.and(E::Corrected { target: id(3), occurred_at: at(-4), text: None });
    assert_eq!(clocks(&again.state()), (at(-12), at(-4), None));
    assert_eq!(again.state().status.value, Status::Resolved, "when changes, not what");
}
