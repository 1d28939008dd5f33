//! What holds for the clocks of every history: corrections keep both times true, and each stage rings once.

use super::{IncidentEvent as E, *};
use crate::home::Home;
use crate::test_support::{self, Device, minute, play, steps, target};
use crate::{Event, Recorded, Timestamp};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The same history as if every entry had been recorded with the time that its last correction says.
fn recorded_right(records: &[Recorded]) -> Vec<Recorded> {
    let mut order: Vec<&Recorded> = records.iter().collect();
    order.sort_by_key(|recorded| recorded.order());
    let mut said = BTreeMap::new();
    for recorded in order.iter().filter(|recorded| recorded.envelope.entry.doer().is_some()) {
        if let Some(Event::Incident(E::Corrected { target, occurred_at: Some(at), .. })) = &recorded.event {
            said.insert(*target, *at);
        }
    }
    let mut right = records.to_vec();
    for recorded in &mut right {
        if let Some(at) = said.get(&recorded.envelope.id) {
            recorded.envelope.occurred_at = *at;
        }
        if let Some(Event::Incident(E::Corrected { occurred_at, .. })) = &mut recorded.event {
            *occurred_at = None;
        }
    }
    right
}

fn clocks_of(state: &Incident, now: Timestamp) -> impl PartialEq + std::fmt::Debug {
    let judged: Vec<(Timestamp, Kept)> = state.comms.judged().into_iter().map(|(promise, kept)| (promise.due, kept)).collect();
    (state.clocks(&Home::default(), now), judged, state.mitigated_at(), state.resolved_at(), state.acknowledged_at, state.detected_at)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_corrections_keeps_both_clocks_true(
        by_machine in any::<bool>(),
        steps in steps(60),
        fixes in proptest::collection::vec((any::<usize>(), -300..300_i64), 1..12),
    ) {
        let [mut device, second] = play(by_machine, &steps, |_, _| {});
        device.learn(&second);
        let now = minute(600);
        for (which, by) in fixes {
            let entry = device.known[which % device.known.len()].clone();
            // A declaration's first sign moves with it as long as nothing was heard before.
            let by = if device.state().is_some_and(|state| state.declared == entry.envelope.id) { -by.abs() } else { by };
            let to = Some(entry.envelope.occurred_at.plus_secs(60 * by));
            let correct = IncidentCommand::Correct { target: target(&entry), occurred_at: to, text: None };
            let before: Vec<Timestamp> = device.known.iter().map(|known| known.envelope.recorded_at).collect();
            device.carry_out(test_support::by("dana"), correct, now, now);
            let after: Vec<Timestamp> = device.known.iter().map(|known| known.envelope.recorded_at).take(before.len()).collect();
            prop_assert_eq!(before, after, "when it was written down never moves");
        }
        let corrected = fold(&device.known).expect("declared");
        let right = fold(&recorded_right(&device.known)).expect("declared");
        prop_assert_eq!(clocks_of(&corrected, now), clocks_of(&right, now));
        prop_assert_eq!(corrected, right);
    }

    #[test]
    fn every_wake_rings_and_no_stage_rings_twice(
        by_machine in any::<bool>(),
        steps in steps(60),
        jumps in proptest::collection::vec(prop_oneof![6 => 0..40_i64, 1 => -180..0_i64, 1 => 0..5_000_i64], 60),
    ) {
        let [mut device, _] = play(by_machine, &[], |_, _| {});
        let mut rang = BTreeSet::new();
        let mut now = minute(1);
        let mut hear = |device: &mut Device, now: Timestamp| {
            for rung in device.ring(now) {
                prop_assert!(rang.insert((rung.clock, rung.stage, rung.base)), "{:?} rang twice", rung);
            }
            Ok(())
        };
        for (step, jump) in steps.iter().zip(jumps) {
            now = now.plus_secs(60 * jump);
            device.attempt(*step, now);
            hear(&mut device, now)?;
            prop_assert!(device.ring(now).is_empty(), "told once");
        }
        for _ in 0..1_000 {
            let state = device.state().expect("declared");
            let Some(wake) = state.next_wake(&Home::default(), now) else { return Ok(()) };
            now = now.max(wake);
            // A step that lies ahead of a clock that was set back still rests until then: the wheel looks again later.
            let later = state.next_wake(&Home::default(), now).is_some_and(|next| next > wake);
            prop_assert!(later || !state.ringing(&Home::default(), now).is_empty(), "nobody is woken for nothing");
            hear(&mut device, now)?;
        }
        prop_assert!(false, "it never ends");
    }
}
