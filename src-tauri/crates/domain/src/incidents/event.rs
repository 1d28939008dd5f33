//! What can happen to an incident.

use super::asks::AskEvent;
use super::board::BoardEvent;
use super::clocks::ClockEvent;
use super::comms::CommsEvent;
use super::handoff::HandoffEvent;
use super::tasks::TaskEvent;
use super::thoughts::ThoughtEvent;
use super::ties::TieEvent;
use super::words::Worded;
use crate::{EventId, GroupId, Handle, IncidentRef, Role, ServiceName, Severity, Status, Timestamp};
use serde::{Deserialize, Serialize};

/// What was known when an incident was declared.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Declared {
    /// What people call it.
    pub reference: IncidentRef,
    /// One line.
    pub title: String,
    /// As said, or the default for unsure.
    pub severity: Severity,
    /// Services affected, as far as known.
    pub services: Vec<ServiceName>,
    /// Who commands, acting; `None` only where no person declared it.
    pub commander: Option<Handle>,
    /// Groups of alerts it was declared from.
    pub groups: Vec<GroupId>,
    /// When the first sign was received.
    pub detected_at: Timestamp,
    /// An exercise: left out of metrics.
    pub drill: bool,
    /// Shown to its people only.
    pub private: bool,
}

/// What is known of an impact interval.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct ImpactDetail {
    /// Share of customers affected, in percent.
    pub share: Option<f64>,
    /// Services affected.
    pub services: Vec<ServiceName>,
    /// In words.
    pub text: Option<String>,
}

/// An incident's events.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentEvent {
    /// It exists.
    Declared(Declared),
    /// It was renamed.
    Retitled {
        /// The new title.
        title: String,
    },
    /// Its severity was set.
    SeveritySet {
        /// The new severity.
        severity: Severity,
        /// Why, in words.
        reason: Option<String>,
    },
    /// It moved to a state.
    StatusSet {
        /// The new state.
        status: Status,
    },
    /// Somebody knows of it.
    Acknowledged {},
    /// Something worth keeping was said or seen.
    Noted {
        /// The words.
        text: String,
        /// A key moment from the start.
        pinned: bool,
    },
    /// An entry became a key moment, or no longer is one.
    Pinned {
        /// The entry.
        target: EventId,
        /// Whether it is one.
        pinned: bool,
    },
    /// An entry's time or words were corrected; the entry itself stays.
    Corrected {
        /// The entry.
        target: EventId,
        /// When it really happened.
        occurred_at: Option<Timestamp>,
        /// What it should say.
        text: Option<String>,
    },
    /// An entry's words were taken out of the record.
    Redacted {
        /// The entry.
        target: EventId,
        /// Why.
        reason: String,
        /// What the fold sees in place of the erased words.
        masked: Box<IncidentEvent>,
    },
    /// A person got a role other than command.
    RoleAssigned {
        /// The role.
        role: Role,
        /// Who.
        person: Handle,
    },
    /// A person no longer has it.
    RoleReleased {
        /// The role.
        role: Role,
        /// Who.
        person: Handle,
    },
    /// Somebody commands now.
    CommandSet {
        /// Who.
        person: Handle,
        /// By their own hand or word; else acting until someone confirms.
        confirmed: bool,
    },
    /// The acting commander was confirmed.
    CommandConfirmed {},
    /// Customers began to be affected; the interval is named by this event.
    ImpactStarted(ImpactDetail),
    /// More is known of an interval.
    ImpactUpdated {
        /// The interval.
        impact: EventId,
        /// What is known now.
        detail: ImpactDetail,
    },
    /// An interval ended.
    ImpactEnded {
        /// The interval.
        impact: EventId,
    },
    /// Alerts belong to it.
    GroupAttached {
        /// The group.
        group: GroupId,
        /// Its title then.
        title: String,
    },
    /// They do not after all.
    GroupDetached {
        /// The group.
        group: GroupId,
        /// Its title then.
        title: String,
    },
    /// A notice is about to be shown; claimed first, so that a crash cannot show it twice.
    NoticeClaimed {
        /// The effect.
        effect: EventId,
        /// Which time: 1 is the first.
        round: u32,
    },
    /// The desktop took the notice.
    NoticeShown {
        /// The effect.
        effect: EventId,
    },
    /// The desktop did not take it.
    NoticeFailed {
        /// The effect.
        effect: EventId,
        /// Why, in words.
        reason: String,
    },
    /// Who was heard to be there, and who left.
    RollCalled {
        /// There.
        here: Vec<Handle>,
        /// Left.
        left: Vec<Handle>,
    },
    /// Words from elsewhere, as they were said there.
    Pasted {
        /// The words.
        text: String,
        /// Who said them, as written there; the person is in the envelope where known.
        said_by: Option<String>,
        /// What the text itself says of who, when and what: the same line pasted again is the same line.
        key: [u8; 16],
    },
    /// What becomes of something asked of a person.
    Ask(AskEvent),
    /// Something about a task.
    Task(TaskEvent),
    /// A decision, a hypothesis, a question.
    Thought(ThoughtEvent),
    /// Something on the board.
    Board(BoardEvent),
    /// Words that leave.
    Comms(CommsEvent),
    /// Command offered to another.
    Handoff(HandoffEvent),
    /// Clocks that rang, looks to be taken.
    Clock(ClockEvent),
    /// Other incidents.
    Tie(TieEvent),
}

impl IncidentEvent {
    /// The stable name.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Declared(_) => "incident.declared",
            Self::Retitled { .. } => "incident.retitled",
            Self::SeveritySet { .. } => "incident.severity_set",
            Self::StatusSet { .. } => "incident.status_set",
            Self::Acknowledged {} => "incident.acknowledged",
            Self::Noted { .. } => "incident.noted",
            Self::Pinned { .. } => "incident.pinned",
            Self::Corrected { .. } => "incident.corrected",
            Self::Redacted { .. } => "incident.redacted",
            Self::RoleAssigned { .. } => "incident.role_assigned",
            Self::RoleReleased { .. } => "incident.role_released",
            Self::CommandSet { .. } => "incident.command_set",
            Self::CommandConfirmed {} => "incident.command_confirmed",
            Self::ImpactStarted(_) => "incident.impact_started",
            Self::ImpactUpdated { .. } => "incident.impact_updated",
            Self::ImpactEnded { .. } => "incident.impact_ended",
            Self::GroupAttached { .. } => "incident.group_attached",
            Self::GroupDetached { .. } => "incident.group_detached",
            Self::NoticeClaimed { .. } => "incident.notice_claimed",
            Self::NoticeShown { .. } => "incident.notice_shown",
            Self::NoticeFailed { .. } => "incident.notice_failed",
            Self::RollCalled { .. } => "incident.roll_called",
            Self::Pasted { .. } => "incident.pasted",
            Self::Ask(event) => event.kind(),
            Self::Task(event) => event.kind(),
            Self::Thought(event) => event.kind(),
            Self::Board(event) => event.kind(),
            Self::Comms(event) => event.kind(),
            Self::Handoff(event) => event.kind(),
            Self::Clock(event) => event.kind(),
            Self::Tie(event) => event.kind(),
        }
    }
}
