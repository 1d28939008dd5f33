//! The standard roles of incident command and who holds them.

mod cards;

use crate::incidents::Knowing;
use crate::{EventId, Handle, Means, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The roles of PagerDuty's response guide and FEMA's ICS, by their standard names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the field's standard terms; field-guide section 3")]
pub enum Role {
    Commander,
    Deputy,
    Operations,
    Communications,
    Scribe,
    CustomerLiaison,
    InternalLiaison,
    Expert,
    Planning,
    Observer,
}

impl Role {
    /// All roles in the order they are shown.
    pub const ALL: [Self; 10] = [
        Self::Commander,
        Self::Deputy,
        Self::Operations,
        Self::Communications,
        Self::Scribe,
        Self::CustomerLiaison,
        Self::InternalLiaison,
        Self::Expert,
        Self::Planning,
        Self::Observer,
    ];

    /// The name on the wire.
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Commander => "commander",
            Self::Deputy => "deputy",
            Self::Operations => "operations",
            Self::Communications => "communications",
            Self::Scribe => "scribe",
            Self::CustomerLiaison => "customer-liaison",
            Self::InternalLiaison => "internal-liaison",
            Self::Expert => "expert",
            Self::Planning => "planning",
            Self::Observer => "observer",
        }
    }

    /// The standard title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Commander => "Incident Commander",
            Self::Deputy => "Deputy",
            Self::Operations => "Operations Lead",
            Self::Communications => "Communications Lead",
            Self::Scribe => "Scribe",
            Self::CustomerLiaison => "Customer Liaison",
            Self::InternalLiaison => "Internal Liaison",
            Self::Expert => "Subject Matter Expert",
            Self::Planning => "Planning Lead",
            Self::Observer => "Observer",
        }
    }

    /// Reads a wire name, a title or its common short forms (`ic`, `ops`, `comms`, `sme`).
    pub fn parse(typed: &str) -> Option<Self> {
        let t = typed.trim().to_lowercase();
        let short = match t.as_str() {
            "ic" => Some(Self::Commander),
            "ops" => Some(Self::Operations),
            "comms" => Some(Self::Communications),
            "sme" => Some(Self::Expert),
            _ => None,
        };
        short.or_else(|| Self::ALL.into_iter().find(|role| role.wire() == t || role.title().to_lowercase() == t))
    }

    /// Whether several people may hold it at once.
    pub const fn is_shared(self) -> bool {
        matches!(self, Self::Expert | Self::Observer)
    }
}

/// One person in one role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Holding {
    /// The role.
    pub role: Role,
    /// Who holds it.
    pub person: Handle,
    /// How it became known.
    pub means: Means,
    /// Since when.
    pub since: Timestamp,
    /// The event whose time that is: a commander who is confirmed has commanded since they were acting.
    pub since_by: EventId,
    /// The last event that says so.
    pub set_by: EventId,
    /// How the person knows of it.
    pub knows: Knowing,
}

/// Who commands. There is no state without an answer: unclaimed is loud, not silent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Declared by a machine, a report or an import, and nobody took it yet.
    Unclaimed {
        /// Since when.
        since: Timestamp,
    },
    /// Commands at once, until a person confirms.
    Acting(Holding),
    /// A person confirmed it.
    Confirmed(Holding),
}

impl Command {
    /// Who commands, acting or confirmed.
    pub fn holder(&self) -> Option<&Holding> {
        match self {
            Self::Unclaimed { .. } => None,
            Self::Acting(holding) | Self::Confirmed(holding) => Some(holding),
        }
    }

    /// The same, to be changed.
    pub fn holder_mut(&mut self) -> Option<&mut Holding> {
        match self {
            Self::Unclaimed { .. } => None,
            Self::Acting(holding) | Self::Confirmed(holding) => Some(holding),
        }
    }
}
