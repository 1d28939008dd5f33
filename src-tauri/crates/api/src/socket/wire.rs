//! What goes over the socket: a greeting each way, then numbered questions and their answers, in any order.

use crate::ApiError;
use crate::dto::{Caller, Pushed};
use serde::{Deserialize, Serialize};

/// The version of this conversation. Raised where an older end would misunderstand a newer one; new operations and new
/// fields do not raise it.
pub const PROTOCOL: u32 = 1;

/// What kind of process owns a home.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerKind {
    /// The desktop app.
    Desktop,
    /// `muster serve`.
    Serve,
    /// A command, for its own length.
    Command,
}

impl OwnerKind {
    /// What people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Desktop => "the desktop app",
            Self::Serve => "`muster serve`",
            Self::Command => "another `muster` command",
        }
    }
}

/// The first words of whoever connects.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Hello {
    /// The version of the conversation.
    pub protocol: u32,
    /// Muster's own version.
    pub version: String,
}

/// The first words of the owner. Its form must stay readable to every past and future version.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Greeting {
    /// Ask away.
    Welcome {
        /// Muster's own version.
        version: String,
        /// What kind of process it is.
        owner: OwnerKind,
    },
    /// No.
    Refused {
        /// Why not.
        error: ApiError,
    },
}

/// One question; `id` is the asker's and comes back with the answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Ask {
    pub id: u64,
    pub what: Asked,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Asked {
    /// Carry out a request. Kept as JSON until it is known that this version knows the operation.
    Call { caller: Caller, request: serde_json::Value },
    /// Follow changes.
    Follow { since: u64 },
    /// Follow them no longer: the same id.
    Leave {},
}

/// One answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Told {
    pub id: u64,
    pub what: Telling,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Telling {
    /// The response of the operation; null once following began.
    Answer(serde_json::Value),
    /// Why there is none.
    Error(ApiError),
    /// Something changed.
    Push(Pushed),
    /// Nothing more will be pushed.
    End {},
}
