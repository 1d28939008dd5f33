//! The noise ledger: which alerts made noise, whether anybody acted on it, and what would make less of it; and, beside it,
//! the steps that people take by hand again and again. It proposes text to copy, and changes nothing.

mod ledger;
mod lines;
mod proposals;
mod steps;
#[cfg(test)]
mod tests;

pub use ledger::NoiseLedger;
pub use steps::{INCIDENTS_AT_LEAST, Step, repeated};

use crate::SourceName;

/// One kind of alert, by what it is called and who sends it, and what it came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The rule's name at the tool, or the group's, where the tool names none.
    pub name: String,
    /// Who sends it.
    pub source: SourceName,
    /// Times an alert of it began to fire.
    pub fired: u64,
    /// Times it made a noise.
    pub notified: u64,
    /// Groups of it that somebody acknowledged, attached or declared from.
    pub acted_on: u64,
    /// Times it was kept quiet by an order, a rule or a parent that is down.
    pub quieted: u64,
    /// Times it was held because it came and went.
    pub flapped: u64,
    /// Noises at night.
    pub at_night: u64,
    /// What to change at the tool.
    pub proposal: Option<Proposal>,
}

/// A change to the tool's own rules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// What kind of change.
    pub change: Change,
    /// Why, and what it would have saved.
    pub sentence: String,
    /// Lines to copy.
    pub text: String,
    /// Noises it would have saved.
    pub saves: u64,
}

/// What can be changed at a tool.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    /// Send what comes together as one.
    Group,
    /// Wait longer before it fires.
    For,
    /// Be silent while something worse about the same fires.
    Inhibit,
    /// Tell nobody.
    Mute,
}

impl Change {
    /// The name on the wire.
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::For => "for",
            Self::Inhibit => "inhibit",
            Self::Mute => "mute",
        }
    }
}
