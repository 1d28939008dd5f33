//! Merged, split, linked: each side keeps its half, and whatever two machines did, one of two incidents carries on.

use super::{IncidentCommand as C, IncidentEvent as E, TieEvent as T, *};
use crate::{DeviceId, Envelope, GroupId, Hlc, IncidentId, IncidentRef, Recorded, Subject};
use proptest::prelude::*;
use uuid::Uuid;

fn other() -> IncidentId {
    IncidentId(Uuid::from_u128(0x2_0000))
}

fn reference() -> IncidentRef {
    IncidentRef("INC-9Q2M".into())
}

fn merged() -> T {
    T::MergedInto { other: other(), reference: reference(), groups: vec![GroupId(Uuid::from_u128(7))] }
}

fn absorbed() -> T {
    T::Absorbed { other: other(), reference: reference() }
}

fn linked() -> T {
    T::Linked { other: other(), reference: reference() }
}

fn tie(told: &Given) -> Option<Tie> {
    told.state().ties.others.get(&other()).map(|(tie, _)| *tie)
}

#[test]
fn merged_it_is_over_and_its_name_leads_on() {
    let told = given(&[declared()]).when(C::Tie(merged()), minute(5)).then(&[E::Tie(merged())]);
    let state = told.state();
    assert_eq!((state.status.value, state.status.value.is_open()), (Status::Merged, false));
    let into = state.ties.merged.expect("merged");
    assert_eq!((into.into, into.reference, into.was, into.groups.len()), (other(), reference(), Status::Investigating, 1));
    told.clone().when(C::Tie(merged()), minute(6)).then_refused(Rejection::Merged);
    told.clone().when(C::Tie(absorbed()), minute(6)).then_refused(Rejection::Merged);
    told.clone().when(C::Tie(linked()), minute(6)).then_refused(Rejection::NothingToChange);
    told.clone().when(C::SetStatus(Status::Resolved), minute(6)).then_refused(Rejection::Merged);
    let elsewhere = T::MergedInto { other: IncidentId(Uuid::from_u128(3)), reference: reference(), groups: vec![] };
    assert_eq!(told.and(E::Tie(elsewhere)).state().ties.merged.map(|into| into.into), Some(other()), "the first merge holds");
}

#[test]
fn unmerged_it_is_where_it_was() {
    for was in Status::CHOICES.into_iter().filter(|was| *was != Status::Investigating) {
        let told = given(&[declared(), E::StatusSet { status: was }]).and(E::Tie(merged()));
        let back = T::Unmerged { other: other() };
        let told = told.when(C::Tie(back.clone()), minute(9)).then(&[E::Tie(back)]);
        let state = told.state();
        assert_eq!((state.status.value, state.status.conflict, state.ties.merged), (was, None, None));
        assert_eq!(state.moves.last().map(|step| (step.to, step.at)), Some((was, minute(9))), "and the move is logged");
    }
    given(&[declared()]).when(C::Tie(T::Unmerged { other: other() }), minute(1)).then_refused(Rejection::NotMerged);
    let of_third = E::Tie(T::Unmerged { other: IncidentId(Uuid::from_u128(3)) });
    assert_eq!(given(&[declared(), E::Tie(merged()), of_third]).state().status.value, Status::Merged);
}

#[test]
fn the_one_that_carries_on_knows_what_it_absorbed() {
    let told = given(&[declared()]).when(C::Tie(absorbed()), minute(2)).then(&[E::Tie(absorbed())]);
    assert_eq!((tie(&told), told.state().status.value.is_open()), (Some(Tie::Absorbed), true));
    told.clone().when(C::Tie(absorbed()), minute(3)).then_refused(Rejection::NothingToChange);
    let apart = told.when(C::Tie(T::Unmerged { other: other() }), minute(3)).then(&[E::Tie(T::Unmerged { other: other() })]);
    assert_eq!(tie(&apart), None);
}

#[test]
fn linked_and_unlinked() {
    let told = given(&[declared()]).when(C::Tie(linked()), minute(1)).then(&[E::Tie(linked())]);
    told.clone().when(C::Tie(linked()), minute(2)).then_refused(Rejection::NothingToChange);
    let unlinked = T::Unlinked { other: other() };
    let apart = told.when(C::Tie(unlinked.clone()), minute(2)).then(&[E::Tie(unlinked.clone())]);
    assert_eq!(tie(&apart), None);
    apart.when(C::Tie(unlinked.clone()), minute(3)).then_refused(Rejection::NotLinked);
    let split = T::SplitOff { other: other(), reference: reference() };
    let split = given(&[declared()]).when(C::Tie(split.clone()), minute(1)).then(&[E::Tie(split)]);
    split.when(C::Tie(unlinked), minute(2)).then_refused(Rejection::NotLinked);
}

#[test]
fn a_link_neither_hides_nor_removes_another_tie() {
    let both = given(&[declared(), E::Tie(absorbed()), E::Tie(linked())]);
    assert_eq!(tie(&both), Some(Tie::Absorbed), "absorbed says more");
    assert_eq!(tie(&both.and(E::Tie(T::Unlinked { other: other() }))), Some(Tie::Absorbed));
    let from = E::Tie(T::SplitFrom { other: other(), reference: reference() });
    assert_eq!(tie(&given(&[declared(), from, E::Tie(linked())])), Some(Tie::SplitFrom));
}

#[test]
fn nothing_is_tied_to_itself() {
    let (other, reference) = (incident(), reference());
    let all = [
        T::MergedInto { other, reference: reference.clone(), groups: vec![] },
        T::Absorbed { other, reference: reference.clone() },
        T::Linked { other, reference: reference.clone() },
        T::SplitOff { other, reference: reference.clone() },
        T::SplitFrom { other, reference },
    ];
    for with_itself in all {
        given(&[declared()]).when(C::Tie(with_itself), minute(1)).then_refused(Rejection::WithItself);
    }
    let merged = E::Tie(T::MergedInto { other: incident(), reference: IncidentRef("INC-7K3F".into()), groups: vec![] });
    assert!(given(&[declared(), merged]).state().status.value.is_open(), "nor by a history from elsewhere");
    given(&[declared()]).by(machine()).when(C::Tie(linked()), minute(1)).then_refused(Rejection::NeedsPerson);
}

/// One incident's stream: a declaration, then these, each by a device at a reading of its clock.
fn stream(of: IncidentId, events: &[(u16, u128, T)]) -> Incident {
    let declared = (0, 1, declared());
    let events = events.iter().map(|(hlc, device, event)| (*hlc, *device, E::Tie(event.clone())));
    let records: Vec<Recorded> = std::iter::once(declared)
        .chain(events)
        .enumerate()
        .map(|(number, (hlc, device, event))| {
            let envelope = Envelope {
                id: id(number as u128 + 1),
                subject: Subject::Incident(of),
                occurred_at: START,
                recorded_at: START,
                device: DeviceId(Uuid::from_u128(device)),
                device_seq: number as u64,
                hlc: Hlc(u64::from(hlc)),
                entry: by("dana"),
                parents: vec![],
            };
            Recorded { seq: number as u64, envelope, event: Some(event.into()) }
        })
        .collect();
    fold(&records).expect("declared")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn merged_into_each_other_by_two_machines_the_elder_carries_on(clocks in proptest::collection::vec(1..6_u16, 4), again in any::<bool>()) {
        let into = |other| T::MergedInto { other, reference: reference(), groups: vec![] };
        let took = |other| T::Absorbed { other, reference: reference() };
        let (elder, younger) = (incident(), other());
        let mut of_elder = vec![(clocks[0], 1, into(younger)), (clocks[1], 2, took(younger))];
        let mut of_younger = vec![(clocks[2], 1, took(elder)), (clocks[3], 2, into(elder))];
        if again {
            of_elder.push((7, 3, into(younger)));
            of_younger.push((7, 3, took(elder)));
        }
        let (one, two) = (stream(elder, &of_elder), stream(younger, &of_younger));
        prop_assert!(one.status.value.is_open() && one.ties.merged.is_none());
        prop_assert_eq!(one.ties.others.get(&younger).map(|(tie, _)| *tie), Some(Tie::Absorbed));
        prop_assert_eq!(two.ties.merged.map(|merged| merged.into), Some(elder));
        prop_assert_eq!((two.status.value, two.ties.others.len()), (Status::Merged, 0));
    }
}
