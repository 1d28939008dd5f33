//! What can happen to the home as a whole.

use super::channels::ChannelKind;
use super::people::Card;
use super::rhythm::{BridgeRule, Cadence, Targets};
use super::sources::{SourceKind, SourceSettings};
use crate::{ChannelName, EventId, GroupId, Handle, Matrix, NoticeRule, Severity, SourceName};
use serde::{Deserialize, Serialize};

/// What is kept from making a noise. None is endless: each ends by itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuietScope {
    /// A group of alerts, until the last of them has ended.
    GroupUntilOver(GroupId),
}

/// The home's events.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HomeEvent {
    /// A person is known, or known better.
    PersonAdded {
        /// Who.
        handle: Handle,
        /// In full.
        name: Option<String>,
    },
    /// How to reach a person, and for what; in place of what was known.
    PersonDescribed {
        /// Who.
        handle: Handle,
        /// All that is known.
        card: Card,
    },
    /// A person is no longer in the book; what they did stays.
    PersonRemoved {
        /// Who.
        handle: Handle,
    },
    /// Updates may leave by this road. Its URL lies with the secrets.
    ChannelAdded {
        /// Its name.
        name: ChannelName,
        /// Its kind.
        kind: ChannelKind,
        /// A host, or mail addresses.
        to: Option<String>,
    },
    /// They no longer may.
    ChannelRemoved {
        /// Its name.
        name: ChannelName,
    },
    /// How often one severity is reported on.
    CadenceSet {
        /// The severity.
        severity: Severity,
        /// The cadence.
        cadence: Cadence,
    },
    /// How soon one severity should be known and resolved.
    TargetsSet {
        /// The severity.
        severity: Severity,
        /// The targets.
        targets: Targets,
    },
    /// What makes which severity.
    MatrixSet {
        /// The whole matrix.
        matrix: Matrix,
    },
    /// Where people of an incident meet.
    BridgeRuleSet {
        /// The rule.
        rule: BridgeRule,
    },
    /// A source may send.
    SourceAdded {
        /// Its name.
        name: SourceName,
        /// Its kind.
        kind: SourceKind,
        /// Hash of its token; the token itself is shown once and kept nowhere.
        token_hash: [u8; 32],
    },
    /// What else is set of a source; in place of what was.
    SourceSet {
        /// Its name.
        name: SourceName,
        /// All of it.
        settings: SourceSettings,
    },
    /// A source got a new token.
    SourceRotated {
        /// Its name.
        name: SourceName,
        /// Hash of the new token.
        token_hash: [u8; 32],
    },
    /// A source may no longer send.
    SourceRemoved {
        /// Its name.
        name: SourceName,
    },
    /// How one severity may call.
    NoticeRuleSet {
        /// The severity.
        severity: Severity,
        /// The rule.
        rule: NoticeRule,
    },
    /// Something is quiet from now on.
    QuietAdded {
        /// What.
        scope: QuietScope,
        /// Its name then.
        title: String,
        /// Why.
        reason: String,
    },
    /// It may make a noise again.
    QuietEnded {
        /// The event that made it quiet.
        quiet: EventId,
    },
}

impl HomeEvent {
    /// The stable name.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::PersonAdded { .. } => "home.person_added",
            Self::PersonDescribed { .. } => "home.person_described",
            Self::PersonRemoved { .. } => "home.person_removed",
            Self::ChannelAdded { .. } => "home.channel_added",
            Self::ChannelRemoved { .. } => "home.channel_removed",
            Self::CadenceSet { .. } => "home.cadence_set",
            Self::TargetsSet { .. } => "home.targets_set",
            Self::MatrixSet { .. } => "home.matrix_set",
            Self::BridgeRuleSet { .. } => "home.bridge_rule_set",
            Self::SourceAdded { .. } => "home.source_added",
            Self::SourceSet { .. } => "home.source_set",
            Self::SourceRotated { .. } => "home.source_rotated",
            Self::SourceRemoved { .. } => "home.source_removed",
            Self::NoticeRuleSet { .. } => "home.notice_rule_set",
            Self::QuietAdded { .. } => "home.quiet_added",
            Self::QuietEnded { .. } => "home.quiet_ended",
        }
    }
}
