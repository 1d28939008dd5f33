//! What holds for the whole home: people, sources, notice rules, and what is quiet.

mod channels;
mod decide;
mod event;
mod hearing;
mod people;
mod rhythm;
mod shift;
mod sources;
#[cfg(test)]
mod tests;

pub use channels::{Channel, ChannelKind, Channels};
pub use decide::{HomeRejection, decide, is_address};
pub use event::HomeEvent;
pub use hearing::{EVERY_SECS, GRACE_MS, Heard, hearing};
pub use people::{Card, FIELD_LIMIT, Person};
pub use rhythm::{BridgeRule, Cadence, MINUTES_LIMIT, Targets};
pub use shift::{OnShift, Shift};
pub use sources::{
    BODY_LOOKED_AT, EVERY_SECS_MAX, EVERY_SECS_MIN, Expect, MAPPING_LIMIT, SILENCE_MINUTES_MAX, Source, SourceKind, SourceSettings, Way,
};

use crate::alarms::Alarm;
use crate::catalog::Catalog;
use crate::quiet::{self, Quiet};
use crate::rules::{Compiled, QUIET_RULES_DAYS, Rule};
use crate::{Envelope, Event, EventId, GroupId, Handle, Matrix, NoticeRule, Recorded, ServiceName, Severity, SourceName, Timestamp};
use std::collections::BTreeMap;

/// The home as its events say.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Home {
    /// Everybody known.
    pub people: BTreeMap<Handle, Person>,
    /// Sources that may send.
    pub sources: BTreeMap<SourceName, Source>,
    /// Rules that differ from the defaults.
    pub rules: BTreeMap<Severity, NoticeRule>,
    /// Cadences that differ from the defaults.
    pub cadences: BTreeMap<Severity, Cadence>,
    /// Targets that differ from the defaults.
    pub targets: BTreeMap<Severity, Targets>,
    /// What makes which severity.
    pub matrix: Matrix,
    /// Roads out.
    pub channels: Channels,
    /// Where people of an incident meet.
    pub bridge: BridgeRule,
    /// What is quiet, by the event that made it so.
    pub quiet: BTreeMap<EventId, Quiet>,
    /// Which alerts mean what.
    pub alert_rules: AlertRules,
    /// Services known.
    pub services: Catalog,
    /// The last alarm.
    pub alarm: Option<Alarm>,
    /// Sources that should speak and do not, with when they were last heard.
    pub silent: BTreeMap<SourceName, Timestamp>,
    /// Since when this machine reaches nothing.
    pub cut_off: Option<Timestamp>,
    /// When it last came back to its network.
    pub back_since: Option<Timestamp>,
}

/// Rules as written and as asked.
#[derive(Clone, Debug, Default)]
pub struct AlertRules {
    /// In their order.
    pub written: Vec<Rule>,
    /// Ready to be asked.
    pub compiled: Compiled,
    /// When they were last set, and by whom.
    pub set: Option<(Timestamp, String)>,
}

impl AlertRules {
    /// Until when those that keep alerts quiet do so; `None` where none does.
    pub fn quiet_until(&self) -> Option<Timestamp> {
        let (at, _) = self.set.as_ref().filter(|_| self.written.iter().any(|rule| rule.quiet.is_some()))?;
        Some(at.plus_millis(QUIET_RULES_DAYS * 24 * 60 * 60_000))
    }

    /// Whether they keep anything quiet at `now`.
    pub fn keep_quiet(&self, now: Timestamp) -> bool {
        self.quiet_until().is_some_and(|until| now < until)
    }
}

impl PartialEq for AlertRules {
    /// What is asked follows from what is written.
    fn eq(&self, other: &Self) -> bool {
        (&self.written, &self.set) == (&other.written, &other.set)
    }
}

impl Home {
    /// The rule of a severity.
    pub fn rule(&self, severity: Severity) -> NoticeRule {
        self.rules.get(&severity).copied().unwrap_or(NoticeRule::default_for(severity))
    }

    /// The cadence of a severity.
    pub fn cadence(&self, severity: Severity) -> Cadence {
        self.cadences.get(&severity).copied().unwrap_or(Cadence::default_for(severity))
    }

    /// The targets of a severity.
    pub fn targets(&self, severity: Severity) -> Targets {
        self.targets.get(&severity).cloned().unwrap_or_else(|| Targets::default_for(severity))
    }

    /// Where `handle` stands with their shift, as far as the book knows.
    pub fn on_shift(&self, handle: &Handle, at: Timestamp) -> Option<OnShift> {
        let card = &self.people.get(handle)?.card;
        card.shift.as_ref()?.at(at, card.zone.as_deref()?)
    }

    /// The event that keeps a group quiet, where one does.
    pub fn quiet_of(&self, group: GroupId) -> Option<(EventId, &Quiet)> {
        self.quiet.iter().find(|(_, quiet)| quiet.is_about(group)).map(|(id, quiet)| (*id, quiet))
    }

    /// When a quiet begins, rests or ends next.
    pub fn quiet_turns(&self, after: Timestamp) -> Option<Timestamp> {
        let rules = self.alert_rules.quiet_until().filter(|until| *until > after);
        self.quiet.values().map(|quiet| quiet.turns(after)).chain(rules).min()
    }

    /// The person who owns a service, where the catalogue says so.
    pub fn owner_of(&self, service: &ServiceName) -> Option<&Handle> {
        self.services.get(service)?.owner.as_ref()
    }

    /// Folds one more event.
    pub fn evolve(&mut self, envelope: &Envelope, event: &HomeEvent) {
        match event {
            HomeEvent::PersonAdded { handle, name } => {
                let person = self.people.entry(handle.clone()).or_insert(Person::new(None, envelope.occurred_at));
                person.name = name.clone().or(person.name.take());
            }
            HomeEvent::PersonDescribed { handle, card } => {
                let person = self.people.entry(handle.clone()).or_insert(Person::new(None, envelope.occurred_at));
                person.card = card.clone();
            }
            HomeEvent::PersonRemoved { handle } => drop(self.people.remove(handle)),
            HomeEvent::ChannelAdded { name, kind, to } => {
                let channel = Channel { kind: *kind, to: to.clone(), added_at: envelope.occurred_at };
                self.channels.insert(name.clone(), channel);
            }
            HomeEvent::ChannelRemoved { name } => drop(self.channels.remove(name)),
            HomeEvent::CadenceSet { severity, cadence } => drop(self.cadences.insert(*severity, *cadence)),
            HomeEvent::TargetsSet { severity, targets } => drop(self.targets.insert(*severity, targets.clone())),
            HomeEvent::MatrixSet { matrix } => self.matrix = *matrix,
            HomeEvent::BridgeRuleSet { rule } => self.bridge = rule.clone(),
            HomeEvent::SourceAdded { name, kind, token_hash } => {
                let added_at = envelope.occurred_at;
                let settings = SourceSettings::default();
                self.sources.insert(name.clone(), Source { kind: *kind, token_hash: *token_hash, added_at, settings });
            }
            HomeEvent::SourceSet { name, settings } => {
                if let Some(source) = self.sources.get_mut(name) {
                    source.settings = settings.clone();
                }
            }
            HomeEvent::SourceRotated { name, token_hash } => {
                if let Some(source) = self.sources.get_mut(name) {
                    source.token_hash = *token_hash;
                }
            }
            HomeEvent::SourceRemoved { name } => {
                self.sources.remove(name);
                self.silent.remove(name);
            }
            HomeEvent::NoticeRuleSet { severity, rule } => drop(self.rules.insert(*severity, *rule)),
            HomeEvent::QuietAdded { scope, title, reason } => {
                let quiet::QuietScope::GroupUntilOver(group) = scope else { return };
                self.hush(envelope, quiet::dismissal(*group, title, reason, envelope.occurred_at));
            }
            HomeEvent::QuietSet { order } => self.hush(envelope, order.clone()),
            HomeEvent::QuietEnded { quiet } => drop(self.quiet.remove(quiet)),
            HomeEvent::RulesSet { rules } => {
                let set = Some((envelope.recorded_at, envelope.entry.author().name().to_owned()));
                self.alert_rules = AlertRules { compiled: Compiled::new(rules), written: rules.clone(), set };
            }
            HomeEvent::ServiceDescribed { name, card } => drop(self.services.insert(name.clone(), card.clone())),
            HomeEvent::ServiceRemoved { name } => drop(self.services.remove(name)),
            HomeEvent::AlarmRang(rang) => {
                self.alarm = Some(Alarm::evolve(self.alarm.take(), envelope.id, rang, envelope.occurred_at));
            }
            HomeEvent::AlarmShown { alarm, failure } => {
                if let Some(known) = self.alarm.as_mut().filter(|known| known.id == *alarm) {
                    known.shown_at = failure.is_none().then_some(envelope.occurred_at).or(known.shown_at);
                    known.failure = failure.clone();
                }
            }
            HomeEvent::AlarmAnswered { alarm } => {
                if let Some(known) = self.alarm.as_mut().filter(|known| known.id == *alarm) {
                    known.answered = true;
                }
            }
            HomeEvent::SourceSilent { name, since } => drop(self.silent.insert(name.clone(), *since)),
            HomeEvent::SourceHeard { name } => drop(self.silent.remove(name)),
            HomeEvent::CutOff { since } => self.cut_off = Some(*since),
            HomeEvent::BackOnline {} => (self.cut_off, self.back_since) = (None, Some(envelope.occurred_at)),
        }
    }

    fn hush(&mut self, envelope: &Envelope, order: quiet::QuietOrder) {
        let owner = envelope.entry.author().name().to_owned();
        self.quiet.insert(envelope.id, Quiet { order, owner, since: envelope.occurred_at });
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
