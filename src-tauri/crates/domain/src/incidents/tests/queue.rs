//! What is queued to leave: where it stands, what has changed since, and that sent stays sent.

use super::{CommsEvent as M, IncidentCommand as C, IncidentEvent as E, *};
use crate::{ChannelName, Severity};

fn queued() -> E {
    E::Comms(queue())
}

fn queue() -> M {
    M::Queued { update: None, piece: Piece::Update, channel: ChannelName("war-room".into()), text: "Rolling back".into() }
}

fn retime(target: u128, at: i64) -> E {
    E::Corrected { target: id(target), occurred_at: Some(minute(at)), text: None }
}

/// A declaration, and each of these at its minute; the first is event 2.
fn at(happened: &[(i64, E)]) -> Given {
    happened.iter().cloned().fold(given(&[declared()]), |told, (at, event)| told.and_at(minute(at), event))
}

fn why() -> String {
    String::from("No answer.")
}

fn state_of(told: &Given) -> QueueState {
    told.state().comms.queue[0].state
}

#[test]
fn what_is_queued_is_sent_delayed_held_failed_or_withdrawn() {
    let one = || at(&[(1, queued())]);
    let outcomes = [
        (M::Sent { queued: id(2), receipt: None }, QueueState::Sent),
        (M::Delayed { queued: id(2), why: why() }, QueueState::Delayed),
        (M::Failed { queued: id(2), why: why() }, QueueState::Failed),
        (M::Held { queued: id(2), why: why() }, QueueState::Held),
        (M::Withdrawn { queued: id(2) }, QueueState::Withdrawn),
    ];
    for (outcome, state) in outcomes {
        let entry = if matches!(outcome, M::Withdrawn { .. }) { by("dana") } else { machine() };
        let told = one().by(entry).when(C::Comms(outcome.clone()), minute(3)).then(&[E::Comms(outcome.clone())]).by(by("dana"));
        assert_eq!(state_of(&told), state);
        let alive = matches!(state, QueueState::Delayed | QueueState::Held);
        let again = told.clone().when(C::Comms(M::Withdrawn { queued: id(2) }), minute(4));
        if alive {
            drop(again.then(&[E::Comms(M::Withdrawn { queued: id(2) })]))
        } else {
            again.then_refused(Rejection::QueueMoved)
        }
        let released = told.when(C::Comms(M::Released { queued: id(2) }), minute(4));
        if matches!(state, QueueState::Held | QueueState::Failed) {
            assert_eq!(state_of(&released.then(&[E::Comms(M::Released { queued: id(2) })])), QueueState::Queued);
        } else {
            released.then_refused(Rejection::QueueMoved);
        }
    }
    one().when(C::Comms(M::Released { queued: id(2) }), minute(3)).then_refused(Rejection::QueueMoved);
    one().when(C::Comms(M::Sent { queued: id(9), receipt: None }), minute(3)).then_refused(Rejection::NotQueued);
    for persons in [M::Released { queued: id(2) }, M::Withdrawn { queued: id(2) }] {
        let held = one().and(E::Comms(M::Held { queued: id(2), why: why() })).by(machine());
        held.when(C::Comms(persons), minute(4)).then_refused(Rejection::NeedsPerson);
    }
}

#[test]
fn what_was_on_its_way_is_recorded_as_sent() {
    let sent = || M::Sent { queued: id(2), receipt: Some("ok".into()) };
    for meanwhile in [M::Withdrawn { queued: id(2) }, M::Failed { queued: id(2), why: why() }] {
        let told = at(&[(1, queued()), (2, E::Comms(meanwhile))]).by(machine());
        let told = told.when(C::Comms(sent()), minute(3)).then(&[E::Comms(sent())]);
        assert_eq!((state_of(&told), told.state().comms.postings.len()), (QueueState::Sent, 1));
        told.when(C::Comms(sent()), minute(4)).then_refused(Rejection::QueueMoved);
    }
}

#[test]
fn what_was_sent_stays_sent() {
    let sent = at(&[(1, queued()), (2, E::Comms(M::Sent { queued: id(2), receipt: None }))]);
    for unknowing in [M::Withdrawn { queued: id(2) }, M::Failed { queued: id(2), why: why() }, M::Sent { queued: id(2), receipt: None }] {
        let told = sent.clone().and(E::Comms(unknowing));
        assert_eq!((state_of(&told), told.state().comms.postings.len()), (QueueState::Sent, 1), "people heard it, once");
    }
    let other_way =
        at(&[(1, queued()), (2, E::Comms(M::Withdrawn { queued: id(2) })), (3, E::Comms(M::Sent { queued: id(2), receipt: None }))]);
    assert_eq!(state_of(&other_way), QueueState::Sent);
}

fn staleness(told: &Given) -> Option<String> {
    let state = told.state();
    stale(&state, &state.comms.queue[0])
}

#[test]
fn what_has_changed_since_is_said() {
    let one = at(&[(1, queued())]);
    assert_eq!(staleness(&one), None);
    let worse = E::SeveritySet { severity: Severity::Sev1, reason: None };
    let over = E::StatusSet { status: Status::Resolved };
    let written = E::Comms(M::Written { text: "All is well".into() });
    assert_eq!(staleness(&one.clone().and(worse.clone())).as_deref(), Some("Since it was written, SEV2 is now SEV1."));
    assert_eq!(staleness(&one.clone().and(over.clone())).as_deref(), Some("Since it was written, Investigating is now Resolved."));
    assert_eq!(staleness(&one.clone().and(written.clone())).as_deref(), Some("Since it was written, a newer update was written."));
    let all = one.and(worse).and(over).and(written);
    let sentence = "Since it was written, SEV2 is now SEV1 and Investigating is now Resolved and a newer update was written.";
    assert_eq!(staleness(&all).as_deref(), Some(sentence));
    let held = all.and(E::Comms(M::Held { queued: id(2), why: sentence.into() }));
    assert_eq!(held.state().comms.queue[0].why.as_deref(), Some(sentence));
    let released = held.and(E::Comms(M::Released { queued: id(2) }));
    assert_eq!(staleness(&released), None, "whoever said yes knew all that");
}

#[test]
fn its_own_update_does_not_make_it_stale() {
    let written = E::Comms(M::Written { text: "We roll back".into() });
    let of =
        |update: u128| M::Queued { update: Some(id(update)), piece: Piece::Update, channel: ChannelName("x".into()), text: "y".into() };
    assert_eq!(staleness(&at(&[(1, written.clone()), (1, E::Comms(of(2)))])), None);
    let late = at(&[(1, written), (2, E::Comms(of(2)))]).and(retime(2, 5));
    assert_eq!(staleness(&late), None, "nor after its hour was corrected");
}

#[test]
fn posts_are_planned_and_withdrawn() {
    let reaction = |event: M| {
        let told = at(&[(1, queued())]);
        let rule = crate::NoticeRule::default_for(Severity::Sev2);
        react(&told.state(), &E::Comms(event), id(2), rule, minute(9))
    };
    assert_eq!(reaction(queue()), Some(Reaction::Post { queued: id(2), due: minute(9) }));
    assert_eq!(reaction(M::Released { queued: id(7) }), Some(Reaction::Post { queued: id(7), due: minute(9) }));
    assert_eq!(reaction(M::Withdrawn { queued: id(7) }), Some(Reaction::Withdraw { queued: id(7) }));
    for quiet in [M::Sent { queued: id(2), receipt: None }, M::Held { queued: id(2), why: why() }, M::Written { text: "x".into() }] {
        assert_eq!(reaction(quiet), None);
    }
}
