//! A commander's craft on the timeline: one sentence an event, and what it set.

use super::super::views;
use domain::Handle;
use domain::incidents::{
    Answer, AskEvent, BoardEvent, BoardLine, Can, ClockEvent, ClockId, CommsEvent, HandoffEvent, Piece, Stage, TaskEvent, ThoughtEvent,
    TieEvent,
};
use serde_json::{Value, json};

fn tail(words: &Option<String>) -> String {
    words.as_deref().map(|words| format!(": {words}")).unwrap_or_default()
}

fn names(people: &[Handle]) -> String {
    people.iter().map(|person| format!("@{person}")).collect::<Vec<_>>().join(", ")
}

pub fn roll(here: &[Handle], left: &[Handle]) -> String {
    match (here.is_empty(), left.is_empty()) {
        (false, true) => format!("Here: {}", names(here)),
        (true, _) => format!("Left: {}", names(left)),
        (false, false) => format!("Here: {}. Left: {}", names(here), names(left)),
    }
}

pub fn ask(event: &AskEvent) -> String {
    match event {
        AskEvent::Told { place: None, .. } => String::from("Told by hand"),
        AskEvent::Told { place: Some(place), .. } => format!("Told by hand: {place}"),
        AskEvent::Answered { answer: Answer::Yes, words, .. } => format!("Said yes{}", tail(words)),
        AskEvent::Answered { answer: Answer::No, words, .. } => format!("Said no{}", tail(words)),
    }
}

pub fn task(event: &TaskEvent) -> String {
    match event {
        TaskEvent::Added { text, owner, minutes, .. } => format!("Task for @{owner}, {minutes} min: {text}"),
        TaskEvent::Extended { minutes, .. } => format!("{minutes} min more for a task"),
        TaskEvent::Reassigned { owner, .. } => format!("A task goes to @{owner}"),
        TaskEvent::Reported { can, .. } => report(can),
        TaskEvent::Done { note, .. } => format!("Done{}", tail(note)),
        TaskEvent::Dropped { reason, .. } => format!("Dropped{}", tail(reason)),
        TaskEvent::Reopened { .. } => String::from("A task is open again"),
    }
}

fn report(can: &Can) -> String {
    let part = |name: &str, words: &Option<String>| words.as_deref().map(|words| format!(" {name}: {words}.")).unwrap_or_default();
    format!("Report. Conditions: {}.{}{}", can.conditions.trim_end_matches('.'), part("Actions", &can.actions), part("Needs", &can.needs))
}

pub fn thought(event: &ThoughtEvent) -> String {
    match event {
        ThoughtEvent::Decided { text, risk, .. } => {
            format!("{text}{}", risk.as_deref().map(|risk| format!(" Risk: {risk}")).unwrap_or_default())
        }
        ThoughtEvent::Polled { objection: None, .. } => String::from("Asked for strong objections: none"),
        ThoughtEvent::Polled { objection: Some(words), .. } => format!("Objection: {words}"),
        ThoughtEvent::Resulted { result, .. } => format!("Result: {result}"),
        ThoughtEvent::Supposed { text } => text.clone(),
        ThoughtEvent::Supported { evidence, .. } => format!("Speaks for it: {evidence}"),
        ThoughtEvent::RuledOut { evidence, .. } => format!("Ruled out: {evidence}"),
        ThoughtEvent::Asked { text, of: None } => text.clone(),
        ThoughtEvent::Asked { text, of: Some(of) } => format!("To @{of}: {text}"),
        ThoughtEvent::Answered { answer, .. } => format!("Answer: {answer}"),
    }
}

pub fn board(event: &BoardEvent) -> String {
    let name = |line: &BoardLine| match line {
        BoardLine::Believe => "We believe",
        BoardLine::Doing => "We are doing",
        BoardLine::Need => "We need",
        BoardLine::Objective => "Objective",
    };
    match event {
        BoardEvent::LineSet { line, text: Some(text) } => format!("{}: {text}", name(line)),
        BoardEvent::LineSet { line, text: None } => format!("{}: taken off the board", name(line)),
        BoardEvent::BridgeSet { url: Some(url) } => format!("People meet at {url}"),
        BoardEvent::BridgeSet { url: None } => String::from("People meet where the home says"),
        BoardEvent::Ticked { role, item, done } => {
            let text = role.checklist().get(usize::from(*item)).copied().unwrap_or("an item");
            format!("{}: {text}{}", role.title(), if *done { "" } else { " (not after all)" })
        }
    }
}

pub fn piece(piece: Piece) -> &'static str {
    match piece {
        Piece::Update => "Update",
        Piece::Announcement => "Announcement",
        Piece::Board => "State board",
        Piece::Brief => "Brief",
        Piece::RoleCard => "Role card",
        Piece::Task => "Task",
        Piece::Other => "Text",
    }
}

pub fn comms(event: &CommsEvent) -> String {
    match event {
        CommsEvent::Written { text } => text.clone(),
        CommsEvent::Posted { piece: what, place, .. } => format!("{} posted by hand: {place}", piece(*what)),
        CommsEvent::Promised { due, .. } => format!("Next update promised for {}", due.time_of_day()),
        CommsEvent::PromiseEnded { reason } => format!("No further update is promised{}", tail(reason)),
        CommsEvent::Queued { channel, piece: what, .. } => format!("{} waits to be sent to {channel}", piece(*what)),
        CommsEvent::Sent { receipt, .. } => format!("Sent, with a receipt{}", tail(receipt)),
        CommsEvent::Delayed { why, .. } => format!("Not sent yet, tried again: {why}"),
        CommsEvent::Failed { why, .. } => format!("No receipt: {why}"),
        CommsEvent::Held { why, .. } => format!("Held until somebody says yes. {why}"),
        CommsEvent::Released { .. } => String::from("To be sent as it is"),
        CommsEvent::Withdrawn { .. } => String::from("Not to be sent"),
    }
}

pub fn handoff(event: &HandoffEvent) -> String {
    match event {
        HandoffEvent::Offered { to, next } => format!("Command offered to @{to}{}", tail(next)),
        HandoffEvent::Briefed { .. } => String::from("The successor has the brief"),
        HandoffEvent::Accepted { .. } => String::from("Command accepted"),
        HandoffEvent::Declined { reason, .. } => format!("Command declined{}", tail(reason)),
        HandoffEvent::Withdrawn { .. } => String::from("Command is offered no longer"),
    }
}

pub fn clocks(event: &ClockEvent) -> String {
    match event {
        ClockEvent::Rang { clocks } => {
            let one = |rung: &domain::incidents::Rung| {
                let name = match rung.clock {
                    ClockId::Promise => "the promised update",
                    ClockId::Acknowledge => "the time to acknowledge",
                    ClockId::Resolve => "the time to resolve",
                    ClockId::Task(_) => "a time box",
                    ClockId::Look(_) => "the look",
                };
                let how = match rung.stage {
                    Stage::Half => "half gone",
                    Stage::ThreeQuarters => "three quarters gone",
                    Stage::Nearly => "nearly due",
                    Stage::Due => "due",
                };
                format!("{name}, {how}")
            };
            format!("Clock: {}", clocks.iter().map(one).collect::<Vec<_>>().join("; "))
        }
        ClockEvent::LookSet { at, text, offer_resolve } => {
            format!("Look again at {}{}{}", at.time_of_day(), tail(text), if *offer_resolve { ", then offer to resolve" } else { "" })
        }
        ClockEvent::LookDone { .. } => String::from("Looked again"),
    }
}

pub fn tie(event: &TieEvent) -> String {
    match event {
        TieEvent::MergedInto { reference, .. } => format!("Merged into {reference}, which carries on"),
        TieEvent::Absorbed { reference, .. } => format!("{reference} was merged into this one"),
        TieEvent::Unmerged { .. } => String::from("Two incidents again"),
        TieEvent::SplitOff { reference, .. } => format!("{reference} was split off"),
        TieEvent::SplitFrom { reference, .. } => format!("Split off from {reference}"),
        TieEvent::Linked { reference, .. } => format!("Linked with {reference}"),
        TieEvent::Unlinked { .. } => String::from("No longer linked"),
    }
}

/// What an event of a noun set, with its name as `state`.
pub fn data(noun: &Noun<'_>) -> Value {
    match noun {
        Noun::Ask(AskEvent::Told { ask, place }) => json!({ "ask": ask, "state": "told", "place": place }),
        Noun::Ask(AskEvent::Answered { ask, answer, words }) => {
            json!({ "ask": ask, "state": if *answer == Answer::Yes { "yes" } else { "no" }, "words": words })
        }
        Noun::Task(TaskEvent::Added { text, owner, minutes, .. }) => {
            json!({ "state": "added", "text": text, "owner": owner, "minutes": minutes })
        }
        Noun::Task(TaskEvent::Extended { task, minutes }) => json!({ "task": task, "state": "extended", "minutes": minutes }),
        Noun::Task(TaskEvent::Reassigned { task, owner }) => json!({ "task": task, "state": "reassigned", "owner": owner }),
        Noun::Task(TaskEvent::Reported { task, can }) => {
            json!({ "task": task, "state": "reported", "conditions": can.conditions, "actions": can.actions, "needs": can.needs })
        }
        Noun::Task(TaskEvent::Done { task, note }) => json!({ "task": task, "state": "done", "note": note }),
        Noun::Task(TaskEvent::Dropped { task, reason }) => json!({ "task": task, "state": "dropped", "reason": reason }),
        Noun::Task(TaskEvent::Reopened { task }) => json!({ "task": task, "state": "open" }),
        Noun::Thought(event) => thought_data(event),
        Noun::Board(BoardEvent::LineSet { line, text }) => json!({ "line": line, "text": text }),
        Noun::Board(BoardEvent::BridgeSet { url }) => json!({ "url": url }),
        Noun::Board(BoardEvent::Ticked { role, item, done }) => json!({ "role": role, "item": item, "done": done }),
        Noun::Comms(event) => comms_data(event),
        Noun::Handoff(HandoffEvent::Offered { to, next }) => json!({ "state": "offered", "to": to, "next": next }),
        Noun::Handoff(HandoffEvent::Briefed { handoff }) => json!({ "handoff": handoff, "state": "briefed" }),
        Noun::Handoff(HandoffEvent::Accepted { handoff }) => json!({ "handoff": handoff, "state": "accepted" }),
        Noun::Handoff(HandoffEvent::Declined { handoff, reason }) => json!({ "handoff": handoff, "state": "declined", "reason": reason }),
        Noun::Handoff(HandoffEvent::Withdrawn { handoff }) => json!({ "handoff": handoff, "state": "withdrawn" }),
        Noun::Clock(ClockEvent::Rang { clocks }) => {
            json!({ "state": "rang", "clocks": clocks.iter().map(|rung| views::stage(rung.stage)).collect::<Vec<_>>() })
        }
        Noun::Clock(ClockEvent::LookSet { at, text, offer_resolve }) => {
            json!({ "state": "look_set", "at": at, "text": text, "offer_resolve": offer_resolve })
        }
        Noun::Clock(ClockEvent::LookDone { look }) => json!({ "state": "look_done", "look": look }),
        Noun::Tie(event) => tie_data(event),
    }
}

/// An event of one of the nouns.
pub enum Noun<'e> {
    Ask(&'e AskEvent),
    Task(&'e TaskEvent),
    Thought(&'e ThoughtEvent),
    Board(&'e BoardEvent),
    Comms(&'e CommsEvent),
    Handoff(&'e HandoffEvent),
    Clock(&'e ClockEvent),
    Tie(&'e TieEvent),
}

impl Noun<'_> {
    /// One line for people.
    pub fn sentence(&self) -> String {
        match self {
            Self::Ask(event) => ask(event),
            Self::Task(event) => task(event),
            Self::Thought(event) => thought(event),
            Self::Board(event) => board(event),
            Self::Comms(event) => comms(event),
            Self::Handoff(event) => handoff(event),
            Self::Clock(event) => clocks(event),
            Self::Tie(event) => tie(event),
        }
    }
}

fn thought_data(event: &ThoughtEvent) -> Value {
    match event {
        ThoughtEvent::Decided { options, risk, .. } => json!({ "state": "decided", "options": options, "risk": risk }),
        ThoughtEvent::Polled { decision, objection } => json!({ "decision": decision, "state": "polled", "objection": objection }),
        ThoughtEvent::Resulted { decision, .. } => json!({ "decision": decision, "state": "resulted" }),
        ThoughtEvent::Supposed { .. } => json!({ "state": "proposed" }),
        ThoughtEvent::Supported { hypothesis, .. } => json!({ "hypothesis": hypothesis, "state": "supported" }),
        ThoughtEvent::RuledOut { hypothesis, .. } => json!({ "hypothesis": hypothesis, "state": "ruled_out" }),
        ThoughtEvent::Asked { of, .. } => json!({ "state": "asked", "of": of }),
        ThoughtEvent::Answered { question, .. } => json!({ "question": question, "state": "answered" }),
    }
}

fn comms_data(event: &CommsEvent) -> Value {
    match event {
        CommsEvent::Written { .. } => json!({ "state": "written" }),
        CommsEvent::Posted { piece, update, place } => json!({ "state": "by_hand", "piece": piece, "update": update, "place": place }),
        CommsEvent::Promised { due, every_minutes } => json!({ "state": "promised", "due": due, "every_minutes": every_minutes }),
        CommsEvent::PromiseEnded { reason } => json!({ "state": "ended", "reason": reason }),
        CommsEvent::Queued { update, piece, channel, .. } => {
            json!({ "state": "queued", "update": update, "piece": piece, "channel": channel })
        }
        CommsEvent::Sent { queued, receipt } => json!({ "queued": queued, "state": "sent", "receipt": receipt }),
        CommsEvent::Delayed { queued, why } => json!({ "queued": queued, "state": "delayed", "why": why }),
        CommsEvent::Failed { queued, why } => json!({ "queued": queued, "state": "failed", "why": why }),
        CommsEvent::Held { queued, why } => json!({ "queued": queued, "state": "held", "why": why }),
        CommsEvent::Released { queued } => json!({ "queued": queued, "state": "released" }),
        CommsEvent::Withdrawn { queued } => json!({ "queued": queued, "state": "withdrawn" }),
    }
}

fn tie_data(event: &TieEvent) -> Value {
    let (state, other, reference) = match event {
        TieEvent::MergedInto { other, reference, .. } => ("merged", other, Some(reference)),
        TieEvent::Absorbed { other, reference } => ("absorbed", other, Some(reference)),
        TieEvent::Unmerged { other } => ("unmerged", other, None),
        TieEvent::SplitOff { other, reference } => ("split_off", other, Some(reference)),
        TieEvent::SplitFrom { other, reference } => ("split_from", other, Some(reference)),
        TieEvent::Linked { other, reference } => ("linked", other, Some(reference)),
        TieEvent::Unlinked { other } => ("unlinked", other, None),
    };
    json!({ "state": state, "incident": other, "ref": reference })
}
