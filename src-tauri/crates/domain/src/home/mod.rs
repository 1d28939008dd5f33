//! What holds for the whole home: people, sources, notice rules, and what is quiet.

mod decide;
mod event;
#[cfg(test)]
mod tests;

pub use decide::{HomeRejection, decide};
pub use event::{HomeEvent, QuietScope, SourceKind};

use crate::{Envelope, Event, EventId, GroupId, Handle, NoticeRule, Recorded, Severity, SourceName, Timestamp};
use std::collections::BTreeMap;

/// A person.
#[derive(Clone, PartialEq, Debug)]
pub struct Person {
    /// In full.
    pub name: Option<String>,
    /// Since when known.
    pub added_at: Timestamp,
}

/// A source.
#[derive(Clone, PartialEq, Debug)]
pub struct Source {
    /// Its kind.
    pub kind: SourceKind,
    /// Hash of its token.
    pub token_hash: [u8; 32],
    /// Since when.
    pub added_at: Timestamp,
}

/// One thing that is quiet.
#[derive(Clone, PartialEq, Debug)]
pub struct Quiet {
    /// What.
    pub scope: QuietScope,
    /// Its name then.
    pub title: String,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub owner: String,
    /// Since when.
    pub since: Timestamp,
}

/// The home as its events say.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Home {
    /// Everybody known.
    pub people: BTreeMap<Handle, Person>,
    /// Sources that may send.
    pub sources: BTreeMap<SourceName, Source>,
    /// Rules that differ from the defaults.
    pub rules: BTreeMap<Severity, NoticeRule>,
    /// What is quiet, by the event that made it so.
    pub quiet: BTreeMap<EventId, Quiet>,
}

impl Home {
    /// The rule of a severity.
    pub fn rule(&self, severity: Severity) -> NoticeRule {
        self.rules.get(&severity).copied().unwrap_or(NoticeRule::default_for(severity))
    }

    /// The event that keeps a group quiet, where one does.
    pub fn quiet_of(&self, group: GroupId) -> Option<(EventId, &Quiet)> {
        self.quiet.iter().find(|(_, quiet)| quiet.scope == QuietScope::GroupUntilOver(group)).map(|(id, quiet)| (*id, quiet))
    }

    /// Folds one more event.
    pub fn evolve(&mut self, envelope: &Envelope, event: &HomeEvent) {
        match event {
            HomeEvent::PersonAdded { handle, name } => {
                let person = self.people.entry(handle.clone()).or_insert(Person { name: None, added_at: envelope.occurred_at });
                person.name = name.clone().or(person.name.take());
            }
            HomeEvent::SourceAdded { name, kind, token_hash } => {
                self.sources.insert(name.clone(), Source { kind: *kind, token_hash: *token_hash, added_at: envelope.occurred_at });
            }
            HomeEvent::SourceRotated { name, token_hash } => {
                if let Some(source) = self.sources.get_mut(name) {
                    source.token_hash = *token_hash;
                }
            }
            HomeEvent::SourceRemoved { name } => drop(self.sources.remove(name)),
            HomeEvent::NoticeRuleSet { severity, rule } => drop(self.rules.insert(*severity, *rule)),
            HomeEvent::QuietAdded { scope, title, reason } => {
                let owner = envelope.entry.author().name().to_owned();
                let quiet =
                    Quiet { scope: scope.clone(), title: title.clone(), reason: reason.clone(), owner, since: envelope.occurred_at };
                self.quiet.insert(envelope.id, quiet);
            }
            HomeEvent::QuietEnded { quiet } => drop(self.quiet.remove(quiet)),
        }
    }

    /// Folds all of the home's events, given in any order.
    pub fn fold(events: &[Recorded]) -> Self {
        let mut order: Vec<&Recorded> = events.iter().collect();
        order.sort_by_key(|recorded| recorded.order());
        let mut home = Self::default();
        for recorded in order {
            if let Some(Event::Home(event)) = &recorded.event {
                home.evolve(&recorded.envelope, event);
            }
        }
        home
    }
}
