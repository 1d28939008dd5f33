//! What can happen to the home as a whole.

use super::channels::ChannelKind;
use super::people::Card;
use super::rhythm::{BridgeRule, Cadence, Targets};
use super::sources::{SourceKind, SourceSettings};
use crate::alarms::Rang;
use crate::catalog::ServiceCard;
use crate::quiet::{QuietOrder, QuietScope};
use crate::rules::Rule;
use crate::{ChannelName, EventId, Handle, Matrix, NoticeRule, ServiceName, Severity, SourceName, Timestamp};
use serde::{Deserialize, Serialize};

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
    /// Something is quiet, as ordered.
    QuietSet {
        /// The order.
        order: QuietOrder,
    },
    /// It may make a noise again.
    QuietEnded {
        /// The event that made it quiet.
        quiet: EventId,
    },
    /// Which alerts mean what; in place of all rules before.
    RulesSet {
        /// The rules, in their order.
        rules: Vec<Rule>,
    },
    /// What is known of a service; in place of what was.
    ServiceDescribed {
        /// Which.
        name: ServiceName,
        /// All of it.
        card: ServiceCard,
    },
    /// A service is no longer in the catalogue.
    ServiceRemoved {
        /// Which.
        name: ServiceName,
    },
    /// Alerts made a noise.
    AlarmRang(Rang),
    /// The alarm's notice was shown, or could not be.
    AlarmShown {
        /// The event by which it rang.
        alarm: EventId,
        /// Why it could not be shown.
        failure: Option<String>,
    },
    /// Nothing that rang waits for anybody any more.
    AlarmAnswered {
        /// The event by which it last rang.
        alarm: EventId,
    },
    /// A source that should speak was not heard for too long.
    SourceSilent {
        /// Which.
        name: SourceName,
        /// When it was last heard.
        since: Timestamp,
    },
    /// It was heard again.
    SourceHeard {
        /// Which.
        name: SourceName,
    },
    /// This machine reaches nothing.
    CutOff {
        /// Since when.
        since: Timestamp,
    },
    /// It reaches something again.
    BackOnline {},
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
            Self::QuietSet { .. } => "home.quiet_set",
            Self::QuietEnded { .. } => "home.quiet_ended",
            Self::RulesSet { .. } => "home.rules_set",
            Self::ServiceDescribed { .. } => "home.service_described",
            Self::ServiceRemoved { .. } => "home.service_removed",
            Self::AlarmRang(_) => "home.alarm_rang",
            Self::AlarmShown { .. } => "home.alarm_shown",
            Self::AlarmAnswered { .. } => "home.alarm_answered",
            Self::SourceSilent { .. } => "home.source_silent",
            Self::SourceHeard { .. } => "home.source_heard",
            Self::CutOff { .. } => "home.cut_off",
            Self::BackOnline {} => "home.back_online",
        }
    }
}
