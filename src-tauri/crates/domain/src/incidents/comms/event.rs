//! What happens to words that leave, and what may be asked of them.

use crate::{ChannelName, EventId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was put somewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// An update: keeps a promise.
    Update,
    /// The announcement right after declare: keeps one as well.
    Announcement,
    /// The state board.
    Board,
    /// A handoff brief.
    Brief,
    /// A role card.
    RoleCard,
    /// A task.
    Task,
    /// Something else.
    Other,
}

impl Piece {
    /// Whether stakeholders have heard from us by it.
    pub const fn is_news(self) -> bool {
        match self {
            Self::Update | Self::Announcement => true,
            Self::Board | Self::Brief | Self::RoleCard | Self::Task | Self::Other => false,
        }
    }
}

/// What happens to words that leave.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommsEvent {
    /// An update was written. It has gone nowhere yet.
    Written {
        /// Its words.
        text: String,
    },
    /// Somebody put something somewhere by hand.
    Posted {
        /// What.
        piece: Piece,
        /// The update, where it is one that was written here.
        update: Option<EventId>,
        /// Where.
        place: String,
    },
    /// A person promised the next update.
    Promised {
        /// Until when.
        due: Timestamp,
        /// The rhythm it belongs to, in minutes.
        every_minutes: Option<u32>,
    },
    /// No further update is promised.
    PromiseEnded {
        /// Why.
        reason: Option<String>,
    },
    /// An update waits to be sent.
    Queued {
        /// The update.
        update: Option<EventId>,
        /// What it is.
        piece: Piece,
        /// By which channel.
        channel: ChannelName,
        /// Its words, as they will leave.
        text: String,
    },
    /// It was sent, and taken.
    Sent {
        /// What was queued.
        queued: EventId,
        /// What the other side answered.
        receipt: Option<String>,
    },
    /// It could not be reached; it is tried again.
    Delayed {
        /// What was queued.
        queued: EventId,
        /// Why.
        why: String,
    },
    /// It will not be sent, or it is not known whether it was.
    Failed {
        /// What was queued.
        queued: EventId,
        /// Why.
        why: String,
    },
    /// It waits for a person's yes: the state has changed since it was written.
    Held {
        /// What was queued.
        queued: EventId,
        /// What changed.
        why: String,
    },
    /// A person said: send it as it is.
    Released {
        /// What was queued.
        queued: EventId,
    },
    /// A person said: do not send it.
    Withdrawn {
        /// What was queued.
        queued: EventId,
    },
}

/// What may be asked of words that leave: the event of the same name, before it is decided on.
pub type CommsCommand = CommsEvent;
