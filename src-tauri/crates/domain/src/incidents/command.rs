//! What people and machines may ask of an incident, and why it may be refused.

use super::asks::AskCommand;
use super::board::BoardCommand;
use super::clocks::ClockCommand;
use super::comms::CommsCommand;
use super::event::{ImpactDetail, IncidentEvent};
use super::handoff::HandoffCommand;
use super::tasks::{TaskCommand, is_nobody};
use super::thoughts::ThoughtCommand;
use super::ties::TieCommand;
use crate::{Envelope, EventId, GroupId, Handle, Role, Severity, Status, Timestamp};

/// Longest title in characters: it must fit a notice and a tray row.
pub const TITLE_LIMIT: usize = 200;
/// Longest note in bytes (64 KiB): a pasted log excerpt fits, a log file is an attachment.
pub const TEXT_LIMIT: usize = 64 * 1024;

/// An entry that a command is about.
#[derive(Clone, PartialEq, Debug)]
pub struct Target {
    /// Its envelope.
    pub envelope: Envelope,
    /// Its words; `None` once redacted.
    pub event: Option<IncidentEvent>,
}

/// A command to one incident.
#[derive(Clone, PartialEq, Debug)]
pub enum IncidentCommand {
    /// Rename.
    Retitle(String),
    /// Set the severity.
    SetSeverity {
        /// To this.
        severity: Severity,
        /// Why.
        reason: Option<String>,
    },
    /// Move to a state.
    SetStatus(Status),
    /// Somebody knows.
    Acknowledge,
    /// Write a note.
    Note {
        /// The words.
        text: String,
        /// A key moment.
        pin: bool,
    },
    /// Mark or unmark a key moment.
    Pin {
        /// The entry.
        target: Target,
        /// Whether it is one.
        pinned: bool,
    },
    /// Correct an entry.
    Correct {
        /// The entry.
        target: Target,
        /// When it really happened.
        occurred_at: Option<Timestamp>,
        /// What it should say.
        text: Option<String>,
    },
    /// Take an entry's words out of the record.
    Redact {
        /// The entry.
        target: Target,
        /// Why.
        reason: String,
        /// What stands in place of the words.
        masked: String,
    },
    /// Give a role to a person.
    AssignRole {
        /// The role.
        role: Role,
        /// Who.
        person: Handle,
    },
    /// Take a role back.
    ReleaseRole {
        /// The role.
        role: Role,
        /// Who, for shared roles.
        person: Option<Handle>,
    },
    /// The doer commands now.
    TakeCommand,
    /// The acting commander is the commander.
    ConfirmCommand,
    /// Customers began to be affected.
    StartImpact(ImpactDetail),
    /// More is known of the running interval.
    UpdateImpact(ImpactDetail),
    /// They no longer are.
    EndImpact,
    /// Alerts belong to it.
    Attach {
        /// The group.
        group: GroupId,
        /// Its title.
        title: String,
    },
    /// They do not after all.
    Detach {
        /// The group.
        group: GroupId,
        /// Its title.
        title: String,
    },
    /// A notice is about to be shown.
    ClaimNotice {
        /// The effect.
        effect: EventId,
    },
    /// How showing it went.
    SettleNotice {
        /// The effect.
        effect: EventId,
        /// Why it failed, where it did.
        failure: Option<String>,
    },
    /// Who is there, and who left.
    RollCall {
        /// There.
        here: Vec<Handle>,
        /// Left.
        left: Vec<Handle>,
    },
    /// Words from elsewhere.
    Paste {
        /// The words.
        text: String,
        /// Who said them, as written there.
        said_by: Option<String>,
        /// What makes it the same line when it is pasted again.
        key: [u8; 16],
    },
    /// Something asked of a person.
    Ask(AskCommand),
    /// A task.
    Task(TaskCommand),
    /// A decision, a hypothesis, a question.
    Thought(ThoughtCommand),
    /// The board.
    Board(BoardCommand),
    /// Words that leave.
    Comms(CommsCommand),
    /// Command offered to another.
    Handoff(HandoffCommand),
    /// Clocks.
    Clock(ClockCommand),
    /// Other incidents.
    Tie(TieCommand),
}

impl IncidentCommand {
    /// People whom it names: each of them is known from then on.
    pub fn people(&self) -> Vec<Handle> {
        let known = |person: &Handle| if is_nobody(person) { vec![] } else { vec![person.clone()] };
        match self {
            Self::AssignRole { person, .. } => vec![person.clone()],
            Self::RollCall { here, .. } => here.clone(),
            Self::Task(TaskCommand::Add { owner, .. } | TaskCommand::Reassign { owner, .. }) => known(owner),
            Self::Handoff(HandoffCommand::Offer { to, .. }) => known(to),
            Self::Thought(ThoughtCommand::Asked { of, .. }) => of.iter().cloned().collect(),
            Self::Retitle(_)
            | Self::SetSeverity { .. }
            | Self::SetStatus(_)
            | Self::Acknowledge
            | Self::Note { .. }
            | Self::Pin { .. }
            | Self::Correct { .. }
            | Self::Redact { .. }
            | Self::ReleaseRole { .. }
            | Self::TakeCommand
            | Self::ConfirmCommand
            | Self::StartImpact(_)
            | Self::UpdateImpact(_)
            | Self::EndImpact
            | Self::Attach { .. }
            | Self::Detach { .. }
            | Self::ClaimNotice { .. }
            | Self::SettleNotice { .. }
            | Self::Paste { .. }
            | Self::Ask(_)
            | Self::Task(_)
            | Self::Thought(_)
            | Self::Board(_)
            | Self::Comms(_)
            | Self::Handoff(_)
            | Self::Clock(_)
            | Self::Tie(_) => vec![],
        }
    }
}

/// Why a command was refused; each has words that a person understands.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's message is its documentation")]
pub enum Rejection {
    #[error("An incident needs a title.")]
    TitleMissing,
    #[error("The title has {0} characters; {TITLE_LIMIT} fit.")]
    TitleTooLong(usize),
    #[error("There is nothing to write.")]
    TextMissing,
    #[error("The text has {0} bytes; {TEXT_LIMIT} fit. Attach it as a file instead.")]
    TextTooLong(usize),
    #[error("That time lies {0} min ahead of this machine's clock.")]
    InTheFuture(i64),
    #[error("It is already {}.", .0.label())]
    SeveritySame(Severity),
    #[error("It is already {}.", .0.label())]
    StatusSame(Status),
    #[error("It was merged into another incident; the other one carries on.")]
    Merged,
    #[error("An incident becomes merged by merging it into another one.")]
    MergeByMerging,
    #[error("Nothing would change.")]
    NothingToChange,
    #[error("Command cannot be left empty: name a successor.")]
    CommandNeedsSuccessor,
    #[error("@{0} already commands.")]
    AlreadyCommands(Handle),
    #[error("Nobody commands yet: take command first.")]
    NobodyCommands,
    #[error("@{0} is confirmed already.")]
    AlreadyConfirmed(Handle),
    #[error("Only a person can do that.")]
    NeedsPerson,
    #[error("@{person} already is {}.", .role.title())]
    AlreadyHolds { role: Role, person: Handle },
    #[error("Nobody is {}.", .0.title())]
    RoleVacant(Role),
    #[error("Several people are {}: say who.", .0.title())]
    RoleAmbiguous(Role),
    #[error("Customer impact is already running since {}.", .0.time_of_day())]
    ImpactRunning(Timestamp),
    #[error("No customer impact is running.")]
    NoImpact,
    #[error("It cannot end before it began, at {}.", .0.time_of_day())]
    ImpactEndsBeforeStart(Timestamp),
    #[error("A share is between 0 and 100 percent.")]
    ShareOutOfRange,
    #[error("These alerts already belong to it.")]
    AlreadyAttached,
    #[error("These alerts do not belong to it.")]
    NotAttached,
    #[error("These words were already taken out.")]
    AlreadyRedacted,
    #[error("This entry has no words of its own to take out.")]
    NoWords,
    #[error("A redaction needs a reason.")]
    ReasonMissing,
    #[error("This entry only changes another one; change that one.")]
    NotAnEntry,
    #[error("That event belongs to another incident.")]
    OtherIncident,
    #[error("Nobody is asked that, or no longer.")]
    NoSuchAsk,
    #[error("That was asked of @{0}. Record it as said by @{0}: by voice, chat or phone.")]
    AskedOfAnother(Handle),
    #[error("“{0}” is nobody. A task or role has one named owner.")]
    NobodyOwns(Handle),
    #[error("A time box or clock runs 1 minute to 7 days.")]
    TimeBoxOutOfRange,
    #[error("No such task.")]
    NoSuchTask,
    #[error("That task is over already.")]
    TaskOver,
    #[error("No such decision.")]
    NoSuchDecision,
    #[error("No such hypothesis.")]
    NoSuchHypothesis,
    #[error("No such question.")]
    NoSuchQuestion,
    #[error("{0} options are more than anybody can weigh; 12 fit.")]
    TooManyOptions(usize),
    #[error("A meeting place is an http or https address.")]
    NotAnAddress,
    #[error("The role's checklist has no such item.")]
    NoSuchItem,
    #[error("No such update.")]
    NoSuchUpdate,
    #[error("Nothing was queued under that id.")]
    NotQueued,
    #[error("It has gone, failed or been withdrawn already.")]
    QueueMoved,
    #[error("A promise lies 1 minute to 7 days ahead.")]
    PromiseOutOfRange,
    #[error("No update is promised.")]
    NoPromise,
    #[error("Nobody was offered command.")]
    NothingOffered,
    #[error("It is over; there is no command to hand over.")]
    NotOpen,
    #[error("That time is past.")]
    InThePast,
    #[error("No such look is set.")]
    NoSuchLook,
    #[error("An incident cannot be tied to itself.")]
    WithItself,
    #[error("The two are not merged.")]
    NotMerged,
    #[error("The two are not linked.")]
    NotLinked,
    #[error("One of the two is a drill, and drills are kept apart. Link them instead.")]
    DrillWithReal,
    #[error("One of the two is private; its words would be seen with the other. Link them instead.")]
    PrivateWithOpen,
    #[error("Name who is there.")]
    NobodyNamed,
}
