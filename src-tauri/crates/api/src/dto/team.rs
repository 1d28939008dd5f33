//! What callers send for the team: rhythms, targets, the matrix, channels, people; and for this desktop's own windows.

use domain::home::{BridgeRule, Cadence, ChannelKind, Targets};
use domain::{Matrix, Severity};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Sets how often one severity is reported on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SetCadence {
    pub severity: Severity,
    pub cadence: Cadence,
}

/// Sets how soon one severity should be known and resolved.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SetTargets {
    pub severity: Severity,
    pub targets: Targets,
}

/// Sets the whole severity matrix; absent: the built-in one.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct SetMatrix {
    pub matrix: Option<Matrix>,
}

/// Sets where people of an incident meet.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SetBridgeRule {
    pub rule: BridgeRule,
}

/// Adds a channel. The URL goes to the secrets of this machine and is never shown again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AddChannel {
    pub kind: ChannelKind,
    pub name: String,
    #[serde(default)]
    pub url: Option<String>,
    /// Mail addresses, for mail.
    #[serde(default)]
    pub to: Option<String>,
}

/// One channel by name.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct OneChannel {
    pub name: String,
}

/// One person by handle.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct OnePerson {
    pub handle: String,
}

/// What is known of a person; absent fields stay, empty ones are cleared.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct DescribePerson {
    pub handle: String,
    pub name: Option<String>,
    /// Names of roles.
    pub roles: Option<Vec<String>>,
    pub zone: Option<String>,
    /// Such as `mon-fri 09:00-17:00`.
    pub shift: Option<String>,
    pub phone: Option<String>,
    pub mail: Option<String>,
    pub chat: Option<String>,
}

/// People from a file's text: CSV, vCard, or PagerDuty's JSON.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct ImportPeople {
    pub text: String,
    pub file_name: Option<String>,
    #[ts(as = "Option<_>", optional)]
    pub dry_run: bool,
}

/// People from a PagerDuty account with the user's own token, which is not kept.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct ImportPagerDuty {
    pub token: String,
    /// Default `https://api.pagerduty.com`.
    pub base_url: Option<String>,
    #[ts(as = "Option<_>", optional)]
    pub dry_run: bool,
}

/// A code to scan with the phone in the user's hand.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct AskCode {
    pub handle: String,
    /// `tel`, `sms`, `mail`, `card`.
    pub road: String,
    pub text: Option<String>,
}

/// One of the global hotkeys.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct OneHotkey {
    /// `declare`, `note`, `storm`; default `declare`.
    pub which: Option<String>,
}

/// A drill: a notice to be clicked.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct RingMe {
    /// Answers only when it was clicked, or when its time is over.
    #[ts(as = "Option<_>", optional)]
    pub wait: bool,
}

/// The note window or the scribe strip, for an incident.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct OpenNote {
    pub incident: Option<String>,
}

/// A link to open outside of Muster: tel, sms, mailto, http, https.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct OneLink {
    pub url: String,
}
