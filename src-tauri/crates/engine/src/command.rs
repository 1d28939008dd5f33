//! What may be asked of a home, and what comes back.

use domain::alerts::{Change, Signal};
use domain::home::HomeEvent;
use domain::incidents::{Incident, IncidentCommand, Piece};
use domain::{ChannelName, Entry, EventId, GroupId, Handle, IncidentId, ServiceName, Severity, SourceName, Timestamp};

/// One command, who gives it, and when what it says happened.
#[derive(Clone, Debug)]
pub struct Command {
    /// Who, for whom, how, through which door.
    pub entry: Entry,
    /// When it happened; now, where absent.
    pub occurred_at: Option<Timestamp>,
    /// Made by the caller once per intention: the same key is carried out once, however often it is sent.
    pub once: Option<String>,
    /// What to do.
    pub act: Act,
}

/// What is known when an incident is declared.
#[derive(Clone, Debug, Default)]
pub struct Declaration {
    /// One line.
    pub title: String,
    /// As said; else what its alerts suggest, else the default for unsure.
    pub severity: Option<Severity>,
    /// Services affected.
    pub services: Vec<ServiceName>,
    /// Who commands; else the doer.
    pub commander: Option<Handle>,
    /// Groups it is declared from.
    pub groups: Vec<GroupId>,
    /// An exercise.
    pub drill: bool,
    /// Shown to its people only.
    pub private: bool,
}

/// What to do.
#[derive(Clone, Debug)]
pub enum Act {
    /// Declare an incident.
    Declare(Declaration),
    /// Something to one incident. Commands about an entry have rows of their own below, for the entry must be looked up.
    Incident(IncidentId, IncidentCommand),
    /// Mark or unmark a key moment.
    Pin {
        /// The entry.
        event: EventId,
        /// Whether it is one.
        pinned: bool,
    },
    /// Correct an entry.
    Correct {
        /// The entry.
        event: EventId,
        /// When it really happened.
        at: Option<Timestamp>,
        /// What it should say.
        text: Option<String>,
    },
    /// Take an entry's words out of the record, wherever they stand: its corrections, posts that wait, tasks that went along.
    Redact {
        /// The entry.
        event: EventId,
        /// Why.
        reason: String,
        /// What stands in place of the words.
        masked: String,
    },
    /// Give groups of alerts to an incident; away from another, where they belong to one.
    Attach(IncidentId, Vec<GroupId>),
    /// Take them away again.
    Detach(IncidentId, Vec<GroupId>),
    /// A person looks at a group.
    AcknowledgeGroup(GroupId),
    /// Whoever looked at a group of alerts looks no more.
    ReleaseGroup(GroupId),
    /// Keep a group quiet until it is over.
    Dismiss {
        /// The group.
        group: GroupId,
        /// Why.
        reason: String,
    },
    /// Move entries in time together.
    Shift {
        /// The incident whose entries they are.
        incident: IncidentId,
        /// The entries.
        events: Vec<EventId>,
        /// By so much; earlier is negative.
        by_millis: i64,
    },
    /// Record lines from elsewhere; those on the record already add nothing.
    Paste(IncidentId, Vec<PastedLine>),
    /// Words that leave, and the next promise.
    Publish(IncidentId, Publication),
    /// Merge the first into the second.
    Merge(IncidentId, IncidentId),
    /// Take a merge back.
    Unmerge(IncidentId),
    /// Make groups of alerts of an incident one of their own.
    Split(IncidentId, Declaration),
    /// They have to do with each other.
    Link(IncidentId, IncidentId),
    /// They have nothing to do with each other after all.
    Unlink(IncidentId, IncidentId),
    /// Something to the home.
    Home(HomeEvent),
    /// Several things to the home, in one go; those that would change nothing are left out.
    HomeAll(Vec<HomeEvent>),
    /// Tell which clocks of an incident have run to a new stage.
    Ring(IncidentId),
    /// Look at all clocks anew.
    Rearm,
    /// A quiet begins, rests or ends: judge anew what fires.
    QuietsTurn,
    /// Judge these groups anew: a reason to be silent has passed.
    JudgeAnew(Vec<GroupId>),
    /// What came of a post.
    SettlePost {
        /// The effect: what was queued.
        effect: EventId,
        /// What came of it.
        outcome: PostOutcome,
    },
    /// An effect is about to be carried out.
    Claim(EventId),
    /// An effect is no longer wanted; nothing happened and nothing is recorded.
    Drop(EventId),
    /// How it went.
    Settle {
        /// The effect.
        effect: EventId,
        /// Why it failed, where it did.
        failure: Option<String>,
    },
}

/// A line of another tool's text.
#[derive(Clone, PartialEq, Debug)]
pub struct PastedLine {
    /// Who it is taken for.
    pub person: Option<Handle>,
    /// Who said it, as written there.
    pub said_by: Option<String>,
    /// When; the moment of the paste where the text does not say.
    pub at: Option<Timestamp>,
    /// The words.
    pub text: String,
    /// What makes it the same line when it is pasted again.
    pub key: [u8; 16],
}

/// Words that leave.
#[derive(Clone, PartialEq, Debug)]
pub struct Publication {
    /// What they are.
    pub piece: Piece,
    /// An update to be written first.
    pub text: Option<String>,
    /// An update that is written already.
    pub update: Option<EventId>,
    /// Where a person put them by hand.
    pub place: Option<String>,
    /// Channels to send them by, each with its wording.
    pub queue: Vec<(ChannelName, String)>,
    /// The next update: until when, and in which rhythm (minutes).
    pub promise: Option<(Timestamp, Option<u32>)>,
}

/// What came of a post.
#[derive(Clone, PartialEq, Debug)]
pub enum PostOutcome {
    /// It was taken.
    Sent {
        /// What the other side answered.
        receipt: Option<String>,
    },
    /// It will not be taken, or nobody knows whether it was.
    Failed {
        /// Why.
        why: String,
    },
    /// It waits for a person's yes.
    Held {
        /// What has changed.
        why: String,
    },
    /// It is tried again.
    Later {
        /// Why.
        why: String,
        /// When.
        due: Timestamp,
    },
}

/// A command that is on disk.
#[derive(Clone, Debug)]
pub struct Committed {
    /// Sequence of the last event written, or of the ledger where none was.
    pub seq: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The events that say it, in order.
    pub events: Vec<EventId>,
    /// The incident concerned.
    pub incident: Option<IncidentId>,
    /// The incident as it was before, for undo.
    pub before: Option<Box<Incident>>,
}

/// What a source sent in one request.
#[derive(Clone, Debug)]
pub struct Ingest {
    /// Who.
    pub source: SourceName,
    /// What was understood.
    pub signals: Vec<Signal>,
    /// What was done to systems.
    pub changes: Vec<Change>,
    /// What was not: reason and raw text.
    pub refused: Vec<(String, Vec<u8>)>,
    /// When it arrived.
    pub received_at: Timestamp,
}

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Ingested {
    /// Alerts that made news.
    pub news: usize,
    /// Alerts that were known.
    pub repeats: usize,
    /// Words about what was over.
    pub stale: usize,
}
