//! How each command is carried out: as one operation, or in a way of its own.

use crate::args::Command;
use crate::commands::{Ask, demo, repair, serve, timeline, window};
use domain::Status;

/// How a command is carried out.
pub enum Way {
    /// It is one operation.
    Ask(Box<dyn Ask>),
    /// It does something of its own first, or instead.
    Own(Own),
}

/// Commands that are more, or less, than one operation.
pub enum Own {
    Timeline(timeline::Timeline),
    Doctor(repair::Doctor),
    Rebuild(repair::Rebuild),
    Restore(repair::Restore),
    Export(repair::Export),
    Serve(serve::Serve),
    Demo(demo::Demo),
    Completions(window::Completions),
}

impl Command {
    /// How it is carried out.
    pub fn into_way(self) -> Way {
        let ask: Box<dyn Ask> = match self {
            Self::Declare(ask) => Box::new(ask),
            Self::Watch(ask) => Box::new(ask),
            Self::List(ask) => Box::new(ask),
            Self::Show(ask) => Box::new(ask),
            Self::Open(ask) => Box::new(ask),
            Self::Search(ask) => Box::new(ask),
            Self::Note(ask) => Box::new(ask),
            Self::Pin(ask) => Box::new(ask),
            Self::Unpin(ask) => Box::new(ask),
            Self::Correct(ask) => Box::new(ask),
            Self::Redact(ask) => Box::new(ask),
            Self::Severity(ask) => Box::new(ask),
            Self::Status(ask) => Box::new(ask),
            Self::Resolve(ask) => Box::new(ask.to(Status::Resolved)),
            Self::Reopen(ask) => Box::new(ask.to(Status::Investigating)),
            Self::Close(ask) => Box::new(ask.to(Status::Closed)),
            Self::Cancel(ask) => Box::new(ask.to(Status::Cancelled)),
            Self::Title(ask) => Box::new(ask),
            Self::Ack(ask) => Box::new(ask),
            Self::Impact(ask) => Box::new(ask),
            Self::Role(ask) => Box::new(ask),
            Self::TakeOrConfirm(ask) => Box::new(ask),
            Self::Here(ask) => Box::new(ask),
            Self::Ask(ask) => Box::new(ask),
            Self::Task(ask) => Box::new(ask),
            Self::Decision(ask) => Box::new(ask),
            Self::Hypothesis(ask) => Box::new(ask),
            Self::Question(ask) => Box::new(ask),
            Self::Board(ask) => Box::new(ask),
            Self::Bridge(ask) => Box::new(ask),
            Self::Update(ask) => Box::new(ask),
            Self::Posted(ask) => Box::new(ask),
            Self::Brief(ask) => Box::new(ask),
            Self::Handoff(ask) => Box::new(ask),
            Self::Paste(ask) => Box::new(ask),
            Self::Shift(ask) => Box::new(ask),
            Self::Look(ask) => Box::new(ask),
            Self::Merge(ask) => Box::new(ask),
            Self::Unmerge(ask) => Box::new(ask),
            Self::Split(ask) => Box::new(ask),
            Self::Link(ask) => Box::new(ask),
            Self::Unlink(ask) => Box::new(ask),
            Self::Alert(ask) => Box::new(ask),
            Self::Inbox(ask) => Box::new(ask),
            Self::Why(ask) => Box::new(ask),
            Self::Quiet(ask) => Box::new(ask),
            Self::Storm(ask) => Box::new(ask),
            Self::Noise(ask) => Box::new(ask),
            Self::Change(ask) => Box::new(ask),
            Self::Service(ask) => Box::new(ask),
            Self::Ingest(ask) => Box::new(ask),
            Self::Notice(ask) => Box::new(ask),
            Self::Source(ask) => Box::new(ask),
            Self::Person(ask) => Box::new(ask),
            Self::Channel(ask) => Box::new(ask),
            Self::Cadence(ask) => Box::new(ask),
            Self::Targets(ask) => Box::new(ask),
            Self::Matrix(ask) => Box::new(ask),
            Self::BridgeRule(ask) => Box::new(ask),
            Self::NoteWindow(ask) => Box::new(ask),
            Self::Strip(ask) => Box::new(ask),
            Self::Rule(ask) => Box::new(ask),
            Self::Settings(ask) => Box::new(ask),
            Self::Machine(ask) => Box::new(ask),
            Self::Hotkey(ask) => Box::new(ask),
            Self::Reach(ask) => Box::new(ask),
            Self::Home(ask) => Box::new(ask),
            Self::Verify(ask) => Box::new(ask),
            Self::Backup(ask) => Box::new(ask),
            Self::Timeline(own) => return Way::Own(Own::Timeline(own)),
            Self::Doctor(own) => return Way::Own(Own::Doctor(own)),
            Self::Rebuild(own) => return Way::Own(Own::Rebuild(own)),
            Self::Restore(own) => return Way::Own(Own::Restore(own)),
            Self::Export(own) => return Way::Own(Own::Export(own)),
            Self::Serve(own) => return Way::Own(Own::Serve(own)),
            Self::Demo(own) => return Way::Own(Own::Demo(own)),
            Self::Completions(own) => return Way::Own(Own::Completions(own)),
        };
        Way::Ask(ask)
    }
}
