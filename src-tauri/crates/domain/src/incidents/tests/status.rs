//! Any move is allowed and logged, also back and in leaps; only out of `merged` none leads.

use super::{IncidentCommand as C, IncidentEvent as E, *};

fn in_state(status: Status) -> Given {
    let told = given(&[declared()]);
    if status == Status::Investigating { told } else { told.and(E::StatusSet { status }) }
}

#[test]
fn any_state_leads_to_any_other() {
    for from in Status::CHOICES {
        for to in Status::CHOICES.into_iter().filter(|to| *to != from) {
            let told = in_state(from).when(C::SetStatus(to), minute(2)).then(&[E::StatusSet { status: to }]);
            let state = told.state();
            assert_eq!(state.status.value, to, "{from:?} to {to:?}");
            assert_eq!(state.moves.last().map(|step| (step.to, step.at)), Some((to, minute(2))), "each move is logged");
        }
    }
}

#[test]
fn a_state_is_not_moved_to_itself() {
    for status in Status::CHOICES {
        in_state(status).when(C::SetStatus(status), minute(2)).then_refused(Rejection::StatusSame(status));
    }
}

#[test]
fn merged_is_reached_by_merging_alone() {
    for from in Status::CHOICES {
        in_state(from).when(C::SetStatus(Status::Merged), minute(2)).then_refused(Rejection::MergeByMerging);
    }
}

#[test]
fn nothing_leads_out_of_merged() {
    for to in Status::CHOICES {
        in_state(Status::Merged).when(C::SetStatus(to), minute(2)).then_refused(Rejection::Merged);
        let from_elsewhere = in_state(Status::Merged).and(E::StatusSet { status: to });
        assert_eq!(from_elsewhere.state().status.value, Status::Merged, "nor does {to:?}, recorded by a machine that did not know");
        assert_eq!(from_elsewhere.state().moves.len(), 2, "what changes nothing is no move");
    }
    in_state(Status::Merged).when(C::SetStatus(Status::Merged), minute(2)).then_refused(Rejection::Merged);
}

#[test]
fn every_state_reads_back_by_its_name() {
    for status in Status::CHOICES.into_iter().chain([Status::Merged]) {
        assert_eq!(Status::parse(&status.label().to_uppercase()), Some(status));
        assert_eq!(Status::parse(status.wire()), Some(status));
    }
    assert_eq!(Status::parse("fixing"), None);
}

#[test]
fn what_is_resolved_is_mitigated_and_over() {
    for status in Status::CHOICES.into_iter().chain([Status::Merged]) {
        assert!(!status.is_resolved() || (status.is_mitigated() && !status.is_open()), "{status:?}");
    }
}
