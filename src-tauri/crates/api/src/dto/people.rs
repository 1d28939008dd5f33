//! The people book on the wire.

use domain::{Handle, IncidentRef, Means, Role, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Links that the system hands to whatever can call, write or mail.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct RoadsView {
    pub tel: Option<String>,
    pub sms: Option<String>,
    pub mailto: Option<String>,
}

/// Something a person does in an open incident.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct NowInView {
    #[serde(rename = "ref")]
    pub reference: IncidentRef,
    /// A role's title, or a task.
    pub what: String,
    /// How they know, in words.
    pub knows: String,
    pub means: Option<Means>,
    pub since: Timestamp,
}

/// A person.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct PersonView {
    pub handle: Handle,
    pub name: Option<String>,
    pub added_at: Timestamp,
    pub me: bool,
    pub roles: Vec<Role>,
    pub zone: Option<String>,
    /// `15:50`, by their own clock.
    pub local_time: Option<String>,
    pub shift: Option<String>,
    /// On shift now; null where the book does not know.
    pub on_shift: Option<bool>,
    /// When that changes.
    pub shift_changes_at: Option<Timestamp>,
    pub phone: Option<String>,
    pub mail: Option<String>,
    pub chat: Option<String>,
    pub roads: RoadsView,
    pub now_in: Vec<NowInView>,
}

/// What an import would do, or did, with one person.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct ImportedPerson {
    pub handle: Handle,
    pub name: Option<String>,
    /// `new`, `changed`, `same`.
    pub change: String,
}

/// What came of an import.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct ImportView {
    pub added: u32,
    pub changed: u32,
    pub same: u32,
    pub people: Vec<ImportedPerson>,
    /// Sentences: what was left out, and why.
    pub notes: Vec<String>,
    pub dry_run: bool,
}

/// A code to scan, row by row: `1` is dark.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct CodeView {
    pub text: String,
    pub rows: Vec<String>,
}
