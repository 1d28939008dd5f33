//! What a caller gets instead of an answer: a closed code, a sentence, and what to do. All rejections are mapped here.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why an operation was not carried out. Callers branch on it, people read the message.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The request is not of the operation's form.
    InvalidRequest,
    /// A field's value cannot be accepted; `field` names it.
    InvalidField,
    /// No such incident, event, group, person or source.
    NotFound,
    /// The reference fits more than one thing.
    Ambiguous,
    /// Refused by the state of the thing.
    Refused,
    /// This window may not do that.
    Forbidden,
    /// The home is read-only, full or otherwise not writable: nothing was saved.
    NotSaved,
    /// The database is corrupt.
    CorruptHome,
    /// The database was written by a newer version.
    NewerHome,
    /// Another process owns the home and does not answer.
    HomeBusy,
    /// Needs the desktop app, which is not running for this home.
    NoDesktop,
    /// Too much at once; try again.
    Busy,
    /// A fault of Muster's own; its id is in the log.
    Internal,
}

impl Code {
    /// The process exit status of the CLI.
    pub const fn exit_status(self) -> u8 {
        match self {
            Self::InvalidRequest | Self::InvalidField => 2,
            Self::NotFound => 3,
            Self::Ambiguous | Self::Refused => 4,
            Self::Forbidden => 5,
            Self::Busy | Self::HomeBusy => 75,
            Self::NotSaved | Self::CorruptHome | Self::NewerHome | Self::NoDesktop | Self::Internal => 1,
        }
    }
}

/// An error as it crosses every border.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// What callers branch on.
    pub code: Code,
    /// One sentence: what happened.
    pub message: String,
    /// One sentence: what to do.
    pub hint: Option<String>,
    /// The request field at fault.
    pub field: Option<String>,
}

impl ApiError {
    /// An error with a code and a sentence.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, field: None }
    }

    /// The same with advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with the field at fault.
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}
