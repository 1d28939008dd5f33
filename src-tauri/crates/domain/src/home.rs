//! What holds for the whole home: people, sources, notice rules, and what is quiet.

use crate::notices::REPEAT_LIMIT_MINUTES;
use crate::{Envelope, Event, EventId, GroupId, Handle, NoticeRule, Recorded, Severity, SourceName, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A kind of source.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// Prometheus Alertmanager's webhook, and its API v2 spoken to by Prometheus or amtool.
    Alertmanager,
}

impl SourceKind {
    /// The name on the wire.
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Alertmanager => "alertmanager",
        }
    }

    /// Reads a wire name.
    pub fn parse(typed: &str) -> Option<Self> {
        (typed.trim().to_lowercase() == "alertmanager").then_some(Self::Alertmanager)
    }
}

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
    /// A source may send.
    SourceAdded {
        /// Its name.
        name: SourceName,
        /// Its kind.
        kind: SourceKind,
        /// Hash of its token; the token itself is shown once and kept nowhere.
        token_hash: [u8; 32],
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
            Self::SourceAdded { .. } => "home.source_added",
            Self::SourceRotated { .. } => "home.source_rotated",
            Self::SourceRemoved { .. } => "home.source_removed",
            Self::NoticeRuleSet { .. } => "home.notice_rule_set",
            Self::QuietAdded { .. } => "home.quiet_added",
            Self::QuietEnded { .. } => "home.quiet_ended",
        }
    }
}

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
                let owner = envelope.entry.doer().map_or_else(|| envelope.entry.actor.name().to_owned(), |handle| handle.0.clone());
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

/// Why a command to the home was refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's message is its documentation")]
pub enum HomeRejection {
    #[error("@{0} is known already.")]
    PersonKnown(Handle),
    #[error("A source named {0} exists already.")]
    SourceExists(SourceName),
    #[error("No source is named {0}.")]
    NoSource(SourceName),
    #[error("Only SEV1 and SEV2 may call again.")]
    RepeatTooLoud,
    #[error("A repeat comes after 1 to {REPEAT_LIMIT_MINUTES} minutes.")]
    RepeatOutOfRange,
    #[error("It is quiet already.")]
    QuietAlready,
    #[error("It is not quiet.")]
    NotQuiet,
    #[error("Nothing would change.")]
    NothingToChange,
}

/// Decides on an event of the home: whether it may be recorded as it stands.
pub fn decide(home: &Home, event: HomeEvent) -> Result<HomeEvent, HomeRejection> {
    let refusal = match &event {
        HomeEvent::PersonAdded { handle, name } => home
            .people
            .get(handle)
            .filter(|known| name.is_none() || known.name == *name)
            .map(|_| HomeRejection::PersonKnown(handle.clone())),
        HomeEvent::SourceAdded { name, .. } => home.sources.contains_key(name).then(|| HomeRejection::SourceExists(name.clone())),
        HomeEvent::SourceRotated { name, .. } | HomeEvent::SourceRemoved { name } => {
            (!home.sources.contains_key(name)).then(|| HomeRejection::NoSource(name.clone()))
        }
        HomeEvent::NoticeRuleSet { severity, rule } => refuse_rule(home, *severity, *rule),
        HomeEvent::QuietAdded { scope: QuietScope::GroupUntilOver(group), .. } => {
            home.quiet_of(*group).map(|_| HomeRejection::QuietAlready)
        }
        HomeEvent::QuietEnded { quiet } => (!home.quiet.contains_key(quiet)).then_some(HomeRejection::NotQuiet),
    };
    refusal.map_or(Ok(event), Err)
}

fn refuse_rule(home: &Home, severity: Severity, rule: NoticeRule) -> Option<HomeRejection> {
    match rule.repeat_minutes {
        Some(_) if !severity.is_major() => Some(HomeRejection::RepeatTooLoud),
        Some(minutes) if !(1..=REPEAT_LIMIT_MINUTES).contains(&minutes) => Some(HomeRejection::RepeatOutOfRange),
        Some(_) | None => (home.rule(severity) == rule).then_some(HomeRejection::NothingToChange),
    }
}
