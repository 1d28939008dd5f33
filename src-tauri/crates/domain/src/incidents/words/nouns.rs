//! The same for the events of each noun: stable name, kind of entry, free words.

use super::super::asks::AskEvent;
use super::super::board::BoardEvent;
use super::super::clocks::ClockEvent;
use super::super::comms::CommsEvent;
use super::super::handoff::HandoffEvent;
use super::super::tasks::TaskEvent;
use super::super::thoughts::ThoughtEvent;
use super::super::ties::TieEvent;

/// What the events of a noun say of themselves.
pub trait Worded {
    /// The stable name.
    fn kind(&self) -> &'static str;
    /// The kind of entry it makes on the timeline.
    fn entry_kind(&self) -> &'static str;
    /// Its free words.
    fn words(&self) -> Option<&str>;
    /// The same, to be changed; words that are absent stay so.
    fn words_mut(&mut self) -> Option<&mut String>;
    /// Takes out free words besides those: what stands masked must not tell them.
    fn strip(&mut self) {}
}

impl Worded for AskEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Told { .. } => "incident.ask_told",
            Self::Answered { .. } => "incident.ask_answered",
        }
    }
    fn entry_kind(&self) -> &'static str {
        "ask"
    }
    fn words(&self) -> Option<&str> {
        match self {
            Self::Told { place: words, .. } | Self::Answered { words, .. } => words.as_deref(),
        }
    }
    fn words_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Told { place: words, .. } | Self::Answered { words, .. } => words.as_mut(),
        }
    }
}

impl Worded for TaskEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Added { .. } => "incident.task_added",
            Self::Extended { .. } => "incident.task_extended",
            Self::Reassigned { .. } => "incident.task_reassigned",
            Self::Reported { .. } => "incident.task_reported",
            Self::Done { .. } => "incident.task_done",
            Self::Dropped { .. } => "incident.task_dropped",
            Self::Reopened { .. } => "incident.task_reopened",
        }
    }
    fn entry_kind(&self) -> &'static str {
        "task"
    }
    fn words(&self) -> Option<&str> {
        match self {
            Self::Added { text, .. } => Some(text),
            Self::Reported { can, .. } => Some(&can.conditions),
            Self::Done { note: words, .. } | Self::Dropped { reason: words, .. } => words.as_deref(),
            Self::Extended { .. } | Self::Reassigned { .. } | Self::Reopened { .. } => None,
        }
    }
    fn words_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Added { text, .. } => Some(text),
            Self::Reported { can, .. } => Some(&mut can.conditions),
            Self::Done { note: words, .. } | Self::Dropped { reason: words, .. } => words.as_mut(),
            Self::Extended { .. } | Self::Reassigned { .. } | Self::Reopened { .. } => None,
        }
    }
    fn strip(&mut self) {
        if let Self::Reported { can, .. } = self {
            (can.actions, can.needs) = (None, None);
        }
    }
}

impl Worded for ThoughtEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Decided { .. } => "incident.decided",
            Self::Polled { .. } => "incident.decision_polled",
            Self::Resulted { .. } => "incident.decision_resulted",
            Self::Supposed { .. } => "incident.hypothesis_proposed",
            Self::Supported { .. } => "incident.hypothesis_supported",
            Self::RuledOut { .. } => "incident.hypothesis_ruled_out",
            Self::Asked { .. } => "incident.question_asked",
            Self::Answered { .. } => "incident.question_answered",
        }
    }
    fn entry_kind(&self) -> &'static str {
        match self {
            Self::Decided { .. } | Self::Polled { .. } | Self::Resulted { .. } => "decision",
            Self::Supposed { .. } | Self::Supported { .. } | Self::RuledOut { .. } => "hypothesis",
            Self::Asked { .. } | Self::Answered { .. } => "question",
        }
    }
    fn words(&self) -> Option<&str> {
        match self {
            Self::Decided { text, .. }
            | Self::Resulted { result: text, .. }
            | Self::Supposed { text }
            | Self::Supported { evidence: text, .. }
            | Self::RuledOut { evidence: text, .. }
            | Self::Asked { text, .. }
            | Self::Answered { answer: text, .. } => Some(text),
            Self::Polled { objection, .. } => objection.as_deref(),
        }
    }
    fn words_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Decided { text, .. }
            | Self::Resulted { result: text, .. }
            | Self::Supposed { text }
            | Self::Supported { evidence: text, .. }
            | Self::RuledOut { evidence: text, .. }
            | Self::Asked { text, .. }
            | Self::Answered { answer: text, .. } => Some(text),
            Self::Polled { objection, .. } => objection.as_mut(),
        }
    }
    fn strip(&mut self) {
        if let Self::Decided { options, risk, .. } = self {
            (*options, *risk) = (vec![], None);
        }
    }
}

impl Worded for BoardEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::LineSet { .. } => "incident.board_set",
            Self::BridgeSet { .. } => "incident.bridge_set",
            Self::Ticked { .. } => "incident.checklist_ticked",
        }
    }
    fn entry_kind(&self) -> &'static str {
        match self {
            Self::LineSet { .. } => "board",
            Self::BridgeSet { .. } => "bridge",
            Self::Ticked { .. } => "checklist",
        }
    }
    fn words(&self) -> Option<&str> {
        match self {
            Self::LineSet { text: words, .. } | Self::BridgeSet { url: words } => words.as_deref(),
            Self::Ticked { .. } => None,
        }
    }
    fn words_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::LineSet { text: words, .. } | Self::BridgeSet { url: words } => words.as_mut(),
            Self::Ticked { .. } => None,
        }
    }
}

impl Worded for CommsEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Written { .. } => "incident.update_written",
            Self::Posted { .. } => "incident.posted",
            Self::Promised { .. } => "incident.update_promised",
            Self::PromiseEnded { .. } => "incident.promise_ended",
            Self::Queued { .. } => "incident.post_queued",
            Self::Sent { .. } => "incident.post_sent",
            Self::Delayed { .. } => "incident.post_delayed",
            Self::Failed { .. } => "incident.post_failed",
            Self::Held { .. } => "incident.post_held",
            Self::Released { .. } => "incident.post_released",
            Self::Withdrawn { .. } => "incident.post_withdrawn",
        }
    }
    fn entry_kind(&self) -> &'static str {
        match self {
            Self::Written { .. } => "update",
            Self::Promised { .. } | Self::PromiseEnded { .. } => "promise",
            Self::Posted { .. }
            | Self::Queued { .. }
            | Self::Sent { .. }
            | Self::Delayed { .. }
            | Self::Failed { .. }
            | Self::Held { .. }
            | Self::Released { .. }
            | Self::Withdrawn { .. } => "posted",
        }
    }
    fn words(&self) -> Option<&str> {
        match self {
            Self::Written { text } | Self::Queued { text, .. } => Some(text),
            Self::Posted { place, .. } => Some(place),
            Self::PromiseEnded { reason } => reason.as_deref(),
            Self::Promised { .. }
            | Self::Sent { .. }
            | Self::Delayed { .. }
            | Self::Failed { .. }
            | Self::Held { .. }
            | Self::Released { .. }
            | Self::Withdrawn { .. } => None,
        }
    }
    fn words_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Written { text } | Self::Queued { text, .. } => Some(text),
            Self::Posted { place, .. } => Some(place),
            Self::PromiseEnded { reason } => reason.as_mut(),
            Self::Promised { .. }
            | Self::Sent { .. }
            | Self::Delayed { .. }
            | Self::Failed { .. }
            | Self::Held { .. }
            | Self::Released { .. }
            | Self::Withdrawn { .. } => None,
        }
    }
}

impl Worded for HandoffEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Offered { .. } => "incident.handoff_offered",
            Self::Briefed { .. } => "incident.handoff_briefed",
            Self::Accepted { .. } => "incident.handoff_accepted",
            Self::Declined { .. } => "incident.handoff_declined",
            Self::Withdrawn { .. } => "incident.handoff_withdrawn",
        }
    }
    fn entry_kind(&self) -> &'static str {
        "handoff"
    }
    fn words(&self) -> Option<&str> {
        match self {
            Self::Offered { next: words, .. } | Self::Declined { reason: words, .. } => words.as_deref(),
            Self::Briefed { .. } | Self::Accepted { .. } | Self::Withdrawn { .. } => None,
        }
    }
    fn words_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Offered { next: words, .. } | Self::Declined { reason: words, .. } => words.as_mut(),
            Self::Briefed { .. } | Self::Accepted { .. } | Self::Withdrawn { .. } => None,
        }
    }
}

impl Worded for ClockEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Rang { .. } => "incident.clocks_rang",
            Self::LookSet { .. } => "incident.look_set",
            Self::LookDone { .. } => "incident.look_done",
        }
    }
    fn entry_kind(&self) -> &'static str {
        "clock"
    }
    fn words(&self) -> Option<&str> {
        match self {
            Self::LookSet { text, .. } => text.as_deref(),
            Self::Rang { .. } | Self::LookDone { .. } => None,
        }
    }
    fn words_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::LookSet { text, .. } => text.as_mut(),
            Self::Rang { .. } | Self::LookDone { .. } => None,
        }
    }
}

impl Worded for TieEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::MergedInto { .. } => "incident.merged",
            Self::Absorbed { .. } => "incident.absorbed",
            Self::Unmerged { .. } => "incident.unmerged",
            Self::SplitOff { .. } => "incident.split_off",
            Self::SplitFrom { .. } => "incident.split_from",
            Self::Linked { .. } => "incident.linked",
            Self::Unlinked { .. } => "incident.unlinked",
        }
    }
    fn entry_kind(&self) -> &'static str {
        "link"
    }
    fn words(&self) -> Option<&str> {
        None
    }
    fn words_mut(&mut self) -> Option<&mut String> {
        None
    }
}
