//! Rules: which alerts mean what. A short list that people read from top to bottom; every rule that fits applies, and
//! of two that say something about the same thing the later one holds.

mod compiled;
#[cfg(test)]
mod tests;

pub use compiled::{Compiled, Ruled};

use crate::matching::When;
use crate::{AlertSeverity, Handle, Role, Severity};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Most rules in a home: each alert asks all of them that could fit.
pub const RULES_LIMIT: usize = 1_000;
/// Days for which rules keep alerts quiet, counted from when the list was last set: nothing is quiet for ever, and whoever
/// sets the list again says so again.
pub const QUIET_RULES_DAYS: i64 = 90;
/// Longest text of a rule's field in bytes.
pub const FIELD_LIMIT: usize = 500;

/// One rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
pub struct Rule {
    /// What people call it; no two have the same.
    pub name: String,
    /// Which alerts it is about.
    pub when: When,
    /// How bad they are, whatever their tool calls them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<AlertSeverity>,
    /// The group they belong to: text in which `{label}` stands for a label's value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Who should look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Handle>,
    /// Which role should look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The playbook that helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub playbook: Option<String>,
    /// An incident of this severity is declared, once a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declare: Option<Severity>,
    /// They make no noise; why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<String>,
}

impl Rule {
    /// A rule that says nothing yet.
    pub fn new(name: impl Into<String>, when: When) -> Self {
        Self { name: name.into(), when, severity: None, group: None, person: None, role: None, playbook: None, declare: None, quiet: None }
    }

    /// Whether it would change anything.
    pub const fn says_something(&self) -> bool {
        self.severity.is_some()
            || self.group.is_some()
            || self.person.is_some()
            || self.role.is_some()
            || self.playbook.is_some()
            || self.declare.is_some()
            || self.quiet.is_some()
    }
}

/// Why a list of rules was refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's message is its documentation")]
pub enum RulesFault {
    #[error("A rule needs a name of 1 to 80 characters.")]
    NoName,
    #[error("Two rules are called {0:?}.")]
    TwoAlike(String),
    #[error("Rule {0:?} does nothing: give it a severity, a group, a person, a role, a playbook, declare or quiet.")]
    Idle(String),
    #[error("Rule {0:?} would declare an incident and keep it quiet. Choose one.")]
    DeclaresQuietly(String),
    #[error("A field of rule {0:?} holds {FIELD_LIMIT} bytes at most.")]
    FieldTooLong(String),
    #[error("At most {RULES_LIMIT} rules.")]
    TooMany,
}

/// Whether these may be a home's rules.
pub fn check(rules: &[Rule]) -> Result<(), RulesFault> {
    if rules.len() > RULES_LIMIT {
        return Err(RulesFault::TooMany);
    }
    let mut names = std::collections::BTreeSet::new();
    for rule in rules {
        let name = || rule.name.clone();
        if rule.name.trim().is_empty() || rule.name.chars().count() > 80 {
            return Err(RulesFault::NoName);
        }
        if !names.insert(rule.name.to_lowercase()) {
            return Err(RulesFault::TwoAlike(name()));
        }
        if !rule.says_something() {
            return Err(RulesFault::Idle(name()));
        }
        if rule.declare.is_some() && rule.quiet.is_some() {
            return Err(RulesFault::DeclaresQuietly(name()));
        }
        if [&rule.group, &rule.playbook, &rule.quiet].into_iter().flatten().any(|field| field.len() > FIELD_LIMIT) {
            return Err(RulesFault::FieldTooLong(name()));
        }
    }
    Ok(())
}
