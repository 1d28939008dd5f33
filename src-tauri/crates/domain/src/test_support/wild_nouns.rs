//! Events of a commander's craft that nobody could have recorded.

use super::wild::{WORDS, event_id, time};
use super::{handle, incident};
use crate::incidents::{
    Answer, AskEvent, BoardEvent, BoardLine, Can, ClockEvent, ClockId, CommsEvent, HandoffEvent, IncidentEvent as E, Piece, Rung, Stage,
    TaskEvent, ThoughtEvent, TieEvent,
};
use crate::{ChannelName, Handle, IncidentId, IncidentRef, Role};
use proptest::prelude::*;
use uuid::Uuid;

fn person() -> impl Strategy<Value = Handle> {
    prop_oneof![Just("dana"), Just("ravi"), Just("mei")].prop_map(handle)
}

fn maybe() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(WORDS)
}

pub fn asks() -> impl Strategy<Value = E> {
    let minutes = prop_oneof![4 => 1..90_u32, 1 => any::<u32>()];
    let answer = prop_oneof![Just(Answer::Yes), Just(Answer::No)];
    let people = || proptest::collection::vec(person(), 0..3);
    prop_oneof![
        (people(), people()).prop_map(|(here, left)| E::RollCalled { here, left }),
        (WORDS, maybe(), any::<[u8; 16]>()).prop_map(|(text, said_by, key)| E::Pasted { text, said_by, key }),
        (event_id(), maybe()).prop_map(|(ask, place)| E::Ask(AskEvent::Told { ask, place })),
        (event_id(), answer, maybe()).prop_map(|(ask, answer, words)| E::Ask(AskEvent::Answered { ask, answer, words })),
        (WORDS, person(), minutes.clone()).prop_map(|(text, owner, minutes)| E::Task(TaskEvent::Added {
            text,
            owner,
            minutes,
            from: None
        })),
        (event_id(), minutes).prop_map(|(task, minutes)| E::Task(TaskEvent::Extended { task, minutes })),
        (event_id(), person()).prop_map(|(task, owner)| E::Task(TaskEvent::Reassigned { task, owner })),
        (event_id(), WORDS, maybe(), maybe())
            .prop_map(|(task, conditions, actions, needs)| E::Task(TaskEvent::Reported { task, can: Can { conditions, actions, needs } })),
        (event_id(), maybe()).prop_map(|(task, note)| E::Task(TaskEvent::Done { task, note })),
        (event_id(), maybe()).prop_map(|(task, reason)| E::Task(TaskEvent::Dropped { task, reason })),
        event_id().prop_map(|task| E::Task(TaskEvent::Reopened { task })),
    ]
}

pub fn thoughts() -> impl Strategy<Value = E> {
    let line = prop_oneof![Just(BoardLine::Believe), Just(BoardLine::Doing), Just(BoardLine::Need), Just(BoardLine::Objective)];
    let role = proptest::sample::select(Role::ALL.to_vec());
    let thought = prop_oneof![
        (WORDS, proptest::collection::vec(WORDS, 0..3), maybe()).prop_map(|(text, options, risk)| ThoughtEvent::Decided {
            text,
            options,
            risk
        }),
        (event_id(), maybe()).prop_map(|(decision, objection)| ThoughtEvent::Polled { decision, objection }),
        (event_id(), WORDS).prop_map(|(decision, result)| ThoughtEvent::Resulted { decision, result }),
        WORDS.prop_map(|text| ThoughtEvent::Supposed { text }),
        (event_id(), WORDS).prop_map(|(hypothesis, evidence)| ThoughtEvent::Supported { hypothesis, evidence }),
        (event_id(), WORDS).prop_map(|(hypothesis, evidence)| ThoughtEvent::RuledOut { hypothesis, evidence }),
        (WORDS, proptest::option::of(person())).prop_map(|(text, of)| ThoughtEvent::Asked { text, of }),
        (event_id(), WORDS).prop_map(|(question, answer)| ThoughtEvent::Answered { question, answer }),
    ];
    prop_oneof![
        8 => thought.prop_map(E::Thought),
        1 => (line, maybe()).prop_map(|(line, text)| E::Board(BoardEvent::LineSet { line, text })),
        1 => maybe().prop_map(|url| E::Board(BoardEvent::BridgeSet { url })),
        1 => (role, any::<u8>(), any::<bool>()).prop_map(|(role, item, done)| E::Board(BoardEvent::Ticked { role, item, done })),
    ]
}

pub fn comms() -> impl Strategy<Value = E> {
    let piece = prop_oneof![Just(Piece::Update), Just(Piece::Announcement), Just(Piece::Board), Just(Piece::Other)];
    let update = || proptest::option::of(event_id());
    let why = || String::from("no answer");
    let event = prop_oneof![
        WORDS.prop_map(|text| CommsEvent::Written { text }),
        (piece.clone(), update(), WORDS).prop_map(|(piece, update, place)| CommsEvent::Posted { piece, update, place }),
        (time(), proptest::option::of(any::<u32>())).prop_map(|(due, every_minutes)| CommsEvent::Promised { due, every_minutes }),
        maybe().prop_map(|reason| CommsEvent::PromiseEnded { reason }),
        (update(), piece, WORDS).prop_map(|(update, piece, text)| CommsEvent::Queued {
            update,
            piece,
            channel: ChannelName("war-room".into()),
            text
        }),
        event_id().prop_map(|queued| CommsEvent::Sent { queued, receipt: None }),
        event_id().prop_map(move |queued| CommsEvent::Delayed { queued, why: why() }),
        event_id().prop_map(move |queued| CommsEvent::Failed { queued, why: why() }),
        event_id().prop_map(move |queued| CommsEvent::Held { queued, why: why() }),
        event_id().prop_map(|queued| CommsEvent::Released { queued }),
        event_id().prop_map(|queued| CommsEvent::Withdrawn { queued }),
    ];
    event.prop_map(E::Comms)
}

pub fn passes() -> impl Strategy<Value = E> {
    let clock = prop_oneof![
        Just(ClockId::Promise),
        Just(ClockId::Acknowledge),
        Just(ClockId::Resolve),
        event_id().prop_map(ClockId::Task),
        event_id().prop_map(ClockId::Look),
    ];
    let stage = proptest::sample::select(vec![Stage::Half, Stage::ThreeQuarters, Stage::Nearly, Stage::Due]);
    let rung = (clock, stage, time()).prop_map(|(clock, stage, base)| Rung { clock, stage, base });
    let handoff = prop_oneof![
        (person(), maybe()).prop_map(|(to, next)| HandoffEvent::Offered { to, next }),
        event_id().prop_map(|handoff| HandoffEvent::Briefed { handoff }),
        event_id().prop_map(|handoff| HandoffEvent::Accepted { handoff }),
        (event_id(), maybe()).prop_map(|(handoff, reason)| HandoffEvent::Declined { handoff, reason }),
        event_id().prop_map(|handoff| HandoffEvent::Withdrawn { handoff }),
    ];
    let other = prop_oneof![2 => (0..3_u128).prop_map(|n| IncidentId(Uuid::from_u128(n))), 1 => Just(incident())];
    let reference = || IncidentRef("INC-9Q2M".into());
    let tie = (other, 0..7_u8).prop_map(move |(other, which)| match which {
        0 => TieEvent::MergedInto { other, reference: reference(), groups: vec![] },
        1 => TieEvent::Absorbed { other, reference: reference() },
        2 => TieEvent::Unmerged { other },
        3 => TieEvent::SplitOff { other, reference: reference() },
        4 => TieEvent::SplitFrom { other, reference: reference() },
        5 => TieEvent::Linked { other, reference: reference() },
        _ => TieEvent::Unlinked { other },
    });
    prop_oneof![
        4 => handoff.prop_map(E::Handoff),
        1 => proptest::collection::vec(rung, 0..3).prop_map(|clocks| E::Clock(ClockEvent::Rang { clocks })),
        1 => (time(), maybe(), any::<bool>())
            .prop_map(|(at, text, offer_resolve)| E::Clock(ClockEvent::LookSet { at, text, offer_resolve })),
        1 => event_id().prop_map(|look| E::Clock(ClockEvent::LookDone { look })),
        2 => tie.prop_map(E::Tie),
    ]
}
