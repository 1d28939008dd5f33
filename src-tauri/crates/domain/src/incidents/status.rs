//! Where an incident stands. Any move is allowed and logged; only out of `merged` none leads.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The states of an incident.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the field's standard terms; field-guide section 3")]
pub enum Status {
    Triage,
    Investigating,
    Identified,
    Mitigated,
    Monitoring,
    Resolved,
    Closed,
    Cancelled,
    Merged,
}

impl Status {
    /// The states a person may move an incident to, in the order of the usual course.
    pub const CHOICES: [Self; 8] = [
        Self::Triage,
        Self::Investigating,
        Self::Identified,
        Self::Mitigated,
        Self::Monitoring,
        Self::Resolved,
        Self::Closed,
        Self::Cancelled,
    ];

    /// The name on the wire.
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Triage => "triage",
            Self::Investigating => "investigating",
            Self::Identified => "identified",
            Self::Mitigated => "mitigated",
            Self::Monitoring => "monitoring",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
            Self::Merged => "merged",
        }
    }

    /// The name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Triage => "Triage",
            Self::Investigating => "Investigating",
            Self::Identified => "Identified",
            Self::Mitigated => "Mitigated",
            Self::Monitoring => "Monitoring",
            Self::Resolved => "Resolved",
            Self::Closed => "Closed",
            Self::Cancelled => "Cancelled",
            Self::Merged => "Merged",
        }
    }

    /// Reads a wire name in any case.
    pub fn parse(typed: &str) -> Option<Self> {
        let t = typed.trim().to_lowercase();
        Self::CHOICES.into_iter().chain([Self::Merged]).find(|status| status.wire() == t)
    }

    /// Whether somebody still has to work on it.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Triage | Self::Investigating | Self::Identified | Self::Mitigated | Self::Monitoring => true,
            Self::Resolved | Self::Closed | Self::Cancelled | Self::Merged => false,
        }
    }

    /// Whether customers are out of harm as far as this state says. Not so where nobody ever was in it (`cancelled`), and
    /// not said by this incident where another carries on (`merged`).
    pub const fn is_mitigated(self) -> bool {
        match self {
            Self::Mitigated | Self::Monitoring | Self::Resolved | Self::Closed => true,
            Self::Triage | Self::Investigating | Self::Identified | Self::Cancelled | Self::Merged => false,
        }
    }

    /// Whether the service works in its usual way again as far as this state says.
    pub const fn is_resolved(self) -> bool {
        match self {
            Self::Resolved | Self::Closed => true,
            Self::Triage | Self::Investigating | Self::Identified | Self::Mitigated | Self::Monitoring | Self::Cancelled | Self::Merged => {
                false
            }
        }
    }
}
