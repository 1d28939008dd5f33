//! What people try with a commander's craft: tasks, thoughts, words that leave, handoffs, ties, about what their machine
//! knows.

use super::devices::PEOPLE;
use crate::incidents::{
    Answer, AskCommand, BoardCommand, BoardLine, Can, ClockCommand, CommsCommand, HandoffCommand, Incident, IncidentCommand as C, Piece,
    TaskCommand, ThoughtCommand, TieCommand,
};
use crate::{ChannelName, EventId, Handle, IncidentId, IncidentRef, Timestamp};
use uuid::Uuid;

/// What a commander's craft adds: about what this machine knows.
pub fn craft(state: &Incident, what: u8, which: u8, now: Timestamp) -> Option<C> {
    let pick = usize::from(which);
    let person = Handle(PEOPLE[pick % 4].into());
    let text = format!("words {which}");
    let one = |ids: Vec<EventId>| ids.get(pick % ids.len().max(1)).copied();
    let task = || one(state.tasks.iter().map(|task| task.id).collect());
    let later = now.plus_secs(60 * (1 + i64::from(which % 40)));
    Some(match what {
        24 => C::Task(TaskCommand::Add { text, owner: person, minutes: Some(1 + u32::from(which % 30)), from: None }),
        25 => C::Task(TaskCommand::Reassign { task: task()?, owner: person }),
        26 => C::Task(TaskCommand::Extend { task: task()?, minutes: 1 + u32::from(which % 30) }),
        27 if which.is_multiple_of(2) => C::Task(TaskCommand::Done { task: task()?, note: Some(text) }),
        27 => C::Task(TaskCommand::Reopen { task: task()? }),
        28 => C::Task(TaskCommand::Report { task: task()?, can: Can { conditions: text, actions: None, needs: Some("help".into()) } }),
        29..=30 => C::Thought(thought(state, which, text)?),
        31 if which.is_multiple_of(3) => C::Board(BoardCommand::BridgeSet { url: Some(format!("https://meet.example.org/{which}")) }),
        31 => C::Board(BoardCommand::LineSet { line: [BoardLine::Believe, BoardLine::Need][pick % 2], text: Some(text) }),
        32..=33 => C::Comms(CommsCommand::Posted { piece: [Piece::Update, Piece::Board][pick % 2], update: None, place: text }),
        34..=35 => C::Comms(CommsCommand::Promised { due: later, every_minutes: Some(20) }),
        36 if which.is_multiple_of(3) => C::Comms(CommsCommand::PromiseEnded { reason: None }),
        36..=37 => C::Comms(queue(state, which)),
        38..=39 => C::Handoff(HandoffCommand::Offer { to: person, next: Some(text) }),
        40 => C::Handoff(HandoffCommand::Accept),
        41 => C::Handoff([HandoffCommand::Briefed, HandoffCommand::Decline { reason: None }, HandoffCommand::Withdraw][pick % 3].clone()),
        42 => {
            let ask = one(state.asks().map(|known| known.ask).collect())?;
            match which % 3 {
                0 => C::Ask(AskCommand::Tell { ask, place: Some(text) }),
                1 => C::Ask(AskCommand::Answer { ask, answer: Answer::Yes, words: Some(text) }),
                _ => C::Ask(AskCommand::Answer { ask, answer: Answer::No, words: None }),
            }
        }
        43 if which.is_multiple_of(2) => C::Clock(ClockCommand::LookSet { at: later, text: None, offer_resolve: true }),
        43 => C::Clock(ClockCommand::LookDone { look: one(state.looks.iter().map(|look| look.id).collect())? }),
        44 => C::Tie(tie(which)),
        _ => C::RollCall { here: vec![person], left: vec![Handle(PEOPLE[(pick + 1) % 4].into())] },
    })
}

fn thought(state: &Incident, which: u8, text: String) -> Option<ThoughtCommand> {
    let thoughts = &state.thoughts;
    let last = |ids: Vec<EventId>| ids.get(usize::from(which) % ids.len().max(1)).copied();
    let hypothesis = || last(thoughts.hypotheses.iter().map(|one| one.id).collect());
    let decision = || last(thoughts.decisions.iter().map(|one| one.id).collect());
    let question = || last(thoughts.questions.iter().map(|one| one.id).collect());
    Some(match which % 8 {
        0 => ThoughtCommand::Supposed { text },
        1 => ThoughtCommand::Supported { hypothesis: hypothesis()?, evidence: text },
        2 => ThoughtCommand::RuledOut { hypothesis: hypothesis()?, evidence: text },
        3 => ThoughtCommand::Decided { text, options: vec![], risk: None },
        4 => ThoughtCommand::Polled { decision: decision()?, objection: Some(text) },
        5 => ThoughtCommand::Resulted { decision: decision()?, result: text },
        6 => ThoughtCommand::Asked { text, of: None },
        _ => ThoughtCommand::Answered { question: question()?, answer: text },
    })
}

fn queue(state: &Incident, which: u8) -> CommsCommand {
    let waiting = &state.comms.queue;
    let Some(queued) = waiting.get(usize::from(which) % waiting.len().max(1)).map(|one| one.id).filter(|_| !which.is_multiple_of(4)) else {
        let (channel, text) = (ChannelName("war-room".into()), format!("words {which}"));
        return CommsCommand::Queued { update: None, piece: Piece::Update, channel, text };
    };
    match which % 7 {
        0..=2 => CommsCommand::Sent { queued, receipt: None },
        3 => CommsCommand::Failed { queued, why: "no answer".into() },
        4 => CommsCommand::Held { queued, why: "changed".into() },
        5 => CommsCommand::Released { queued },
        _ => CommsCommand::Withdrawn { queued },
    }
}

fn tie(which: u8) -> TieCommand {
    let (other, reference) = (IncidentId(Uuid::from_u128(u128::from(which % 2) * 0x3_0000)), IncidentRef("INC-9Q2M".into()));
    match which % 5 {
        0 => TieCommand::MergedInto { other, reference, groups: vec![] },
        1 => TieCommand::Absorbed { other, reference },
        2 => TieCommand::Linked { other, reference },
        _ => TieCommand::Unmerged { other },
    }
}
