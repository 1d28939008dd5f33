//! What holds for every history: whatever people and machines try, on however many devices, in whatever order it arrives.

use super::{IncidentEvent as E, *};
use crate::home::Home;
use crate::test_support::{self, Device, Step, envelopes, play, stepped, steps, wild_events};
use crate::{Actor, Event, NoticeRule, Recorded, Role, Timestamp};
use proptest::prelude::*;

fn shuffled(records: &[Recorded], mut dice: u64) -> Vec<Recorded> {
    let mut all = records.to_vec();
    all.sort_by_cached_key(|_| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        dice >> 16
    });
    all
}

/// Never two: command is one value, the other roles hold no commander, and what is not shared has one holder.
fn one_in_command(state: &Incident) -> Result<(), TestCaseError> {
    prop_assert!(state.roles.iter().all(|held| held.role != Role::Commander), "no commander beside the command");
    for role in Role::ALL.into_iter().filter(|role| !role.is_shared()) {
        prop_assert!(state.roles.iter().filter(|held| held.role == role).count() <= 1, "{:?} has one holder", role);
    }
    Ok(())
}

/// What people set, as far as a machine could reach it.
fn set_by_people(state: &Incident) -> impl PartialEq + std::fmt::Debug {
    let is_person = |by: &Actor| matches!(by, Actor::Person(_));
    (
        is_person(&state.title.by).then(|| state.title.clone()),
        is_person(&state.severity.by).then(|| state.severity.clone()),
        is_person(&state.status.by).then(|| (state.status.clone(), state.moves.clone())),
        (state.command.holder().cloned(), state.command_conflict.clone(), state.roles.clone()),
        (state.impact.clone(), state.groups.clone(), state.acknowledged_at),
        (state.declared_at, state.detected_at, state.present.clone(), state.ties.clone(), state.looks.clone()),
        (state.tasks.clone(), state.thoughts.clone(), state.board.clone(), state.handoff.clone()),
        (state.comms.updates.clone(), state.comms.promises.clone(), state.comms.ends.clone()),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn never_two_commanders_and_once_one_never_none(by_machine in any::<bool>(), steps in steps(60)) {
        let mut had = [false, false];
        let mut wrong = Ok(());
        let devices = play(by_machine, &steps, |which, state| {
            let has = state.command.holder().is_some();
            if !has && (had[which] || !by_machine) {
                wrong = Err(TestCaseError::fail("command was laid down"));
            }
            had[which] |= has;
            if let Err(fault) = one_in_command(state) {
                wrong = Err(fault);
            }
        });
        wrong?;
        let [first, second] = &devices;
        prop_assert_eq!(first.known.is_empty(), second.known.is_empty());
    }

    #[test]
    fn two_devices_that_met_agree(by_machine in any::<bool>(), steps in steps(60), dice in any::<u64>()) {
        let [first, second] = play(by_machine, &steps, |_, _| {});
        let all = met(&first, &second);
        let state = fold(&all);
        prop_assert!(state.is_some());
        prop_assert_eq!(&fold(&shuffled(&all, dice)), &state, "the order of arrival does not matter");
        prop_assert_eq!(&fold(&met(&second, &first)), &state, "nor who asked whom");
        let state = state.expect("declared");
        one_in_command(&state)?;
        prop_assert!(state.impact.is_sorted_by_key(|impact| (impact.from, impact.id)));
        prop_assert!(state.impact.iter().all(|impact| impact.to.is_none_or(|to| to >= impact.from)));
    }

    #[test]
    fn stepping_is_folding(by_machine in any::<bool>(), steps in steps(60)) {
        let [first, second] = play(by_machine, &steps, |_, _| {});
        // A redaction changes what was said before it: whoever steps must fold anew then.
        let is_redaction = |recorded: &Recorded| matches!(recorded.event, Some(Event::Incident(E::Redacted { .. })));
        let all: Vec<Recorded> = met(&first, &second).into_iter().filter(|recorded| !is_redaction(recorded)).collect();
        prop_assert_eq!(stepped(&all).pop(), fold(&all));
    }

    #[test]
    fn any_events_in_any_order_fold_to_the_same(records in wild_events(40), dice in any::<u64>()) {
        let state = fold(&records);
        prop_assert_eq!(&fold(&shuffled(&records, dice)), &state);
        if let Some(state) = state {
            one_in_command(&state)?;
            for severity in crate::Severity::ALL {
                let rule = NoticeRule::default_for(severity);
                drop(crate::notices::compose(&state, rule, test_support::START));
            }
            drop((state.mitigated_at(), state.resolved_at(), state.closed_at(), state.suggestions(1, 0)));
            look_at(&state, crate::Timestamp(i64::MIN));
            look_at(&state, test_support::START);
            look_at(&state, crate::Timestamp(i64::MAX));
            drop(state.available_actions(&by("dana"), crate::Timestamp(i64::MAX)));
        }
    }

    #[test]
    fn a_machine_never_changes_what_a_person_set(records in wild_events(40)) {
        let mut order = records;
        order.sort_by_key(Recorded::order);
        let mut state = None;
        for recorded in order {
            let Some(Event::Incident(event)) = &recorded.event else { continue };
            let before: Option<Incident> = state.clone();
            evolve(&mut state, &recorded.envelope, event);
            let by_machine = recorded.envelope.entry.doer().is_none();
            let (Some(before), Some(after), true) = (before, &state, by_machine) else { continue };
            let claimed_by_machine = before.command.holder().is_none() && after.command.holder().is_some();
            if !claimed_by_machine {
                prop_assert_eq!(set_by_people(&before), set_by_people(after), "{:?}", event);
            }
        }
    }

    #[test]
    fn to_meet_again_changes_nothing(by_machine in any::<bool>(), steps in steps(60)) {
        let [mut first, second] = play(by_machine, &steps, |_, _| {});
        first.learn(&second);
        let met = first.state();
        first.learn(&second);
        let own = first.clone();
        first.learn(&own);
        prop_assert_eq!(first.state(), met, "whoever pastes or merges an overlap again has what they had");
    }

    #[test]
    fn handoffs_from_two_machines_leave_one_commander(by_machine in any::<bool>(), steps in handoffs(40), dice in any::<u64>()) {
        let mut had = [false, false];
        let mut wrong = Ok(());
        let [first, second] = play(by_machine, &steps, |which, state| {
            let has = state.command.holder().is_some();
            if !has && (had[which] || !by_machine) {
                wrong = Err(TestCaseError::fail("command was laid down"));
            }
            had[which] |= has;
        });
        wrong?;
        let all = met(&first, &second);
        let state = fold(&all).expect("declared");
        one_in_command(&state)?;
        prop_assert_eq!(&fold(&shuffled(&all, dice)), &Some(state.clone()));
        let command = state.command.holder().map(|held| held.person.clone());
        prop_assert!(state.handoff.as_ref().is_none_or(|handoff| handoff.from == command), "an offer is that of whoever commands");
        // Whoever accepted on their machine commands, or did, or is shown.
        let accepts = all.iter().filter(|one| matches!(one.event, Some(Event::Incident(E::Handoff(HandoffEvent::Accepted { .. })))));
        let last = accepts.max_by_key(|one| one.order());
        let later = |one: &&Recorded| matches!(one.event, Some(Event::Incident(E::CommandSet { .. } | E::CommandConfirmed {})));
        if let Some(last) = last.filter(|last| !all.iter().filter(later).any(|one| one.order() > last.order())) {
            let person = last.envelope.entry.doer().cloned();
            let shown = state.command_conflict.as_ref().map(|lost| lost.other.clone());
            prop_assert!(person == command || person == shown, "{:?} accepted, {:?} commands, {:?} is shown", person, command, shown);
        }
    }

    #[test]
    fn a_snapshot_goes_on_where_it_was_left(by_machine in any::<bool>(), steps in steps(40), cut in any::<usize>()) {
        let [device, _] = play(by_machine, &steps, |_, _| {});
        let mut order = device.known;
        order.sort_by_key(Recorded::order);
        let (before, after) = order.split_at(1 + cut % order.len());
        let Some(snapshot) = stepped(before).pop() else { return Ok(()) };
        let text = serde_json::to_string(&snapshot).expect("a state is plain data");
        let mut state: Option<Incident> = serde_json::from_str(&text).expect("what was written is read");
        prop_assert_eq!(state.as_ref(), Some(&snapshot));
        for recorded in after {
            if let Some(Event::Incident(event)) = &recorded.event {
                evolve(&mut state, &recorded.envelope, event);
            }
        }
        prop_assert_eq!(state, stepped(&order).pop());
    }

    #[test]
    fn authors_name_what_they_saw(by_machine in any::<bool>(), steps in steps(60)) {
        let [first, second] = play(by_machine, &steps, |_, _| {});
        let all = met(&first, &second);
        for recorded in &all {
            for parent in &recorded.envelope.parents {
                let seen = all.iter().find(|other| other.envelope.id == *parent);
                prop_assert!(seen.is_some_and(|seen| seen.order() < recorded.order()), "a parent is an earlier event");
            }
        }
    }

    #[test]
    fn a_state_is_never_taken_away(records in wild_events(20), envelope in envelopes()) {
        let Some(state) = fold(&records) else { return Ok(()) };
        let mut after = Some(state);
        evolve(&mut after, &envelope, &E::CommandConfirmed {});
        one_in_command(&after.expect("it stays"))?;
    }
}

/// Attempts to pass command on, and little else.
fn handoffs(length: usize) -> impl Strategy<Value = Vec<Step>> {
    steps(length).prop_map(|mut steps| {
        steps.iter_mut().for_each(Step::hand_over);
        steps
    })
}

/// Reads everything that is read from a state.
fn look_at(state: &Incident, now: Timestamp) {
    let home = Home::default();
    drop((state.clocks(&home, now), state.ringing(&home, now), state.next_wake(&home, now), state.hints(&home, now)));
    drop((state.believe(), state.need(), state.comms.judged(), state.next_for(&handle("dana"), &home, now)));
    state.comms.queue.iter().for_each(|queued| drop(stale(state, queued)));
}

/// Everything that two devices know together; words that either lost are lost.
fn met(first: &Device, second: &Device) -> Vec<Recorded> {
    let mut all = first.known.clone();
    for theirs in &second.known {
        match all.iter_mut().find(|mine| mine.envelope.id == theirs.envelope.id) {
            Some(mine) if theirs.event.is_none() => mine.event = None,
            Some(_) => {}
            None => all.push(theirs.clone()),
        }
    }
    all
}
