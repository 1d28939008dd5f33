//! One command inside a transaction: look up what it is about, let the domain decide, record what it decided, and plan
//! what should follow. Everything here is undone if any step fails.

mod declare;
mod effects;
mod entries;
mod groups;
mod incident;
mod publish;
mod ties;

pub(crate) use declare::declare_for_rule;
pub(crate) use incident::arm;

use crate::command::{Act, Command, Committed};
use crate::failure::Failure;
use crate::feed::{Tag, tags_of};
use crate::ports::Entropy;
use crate::triage;
use domain::home::{self, Home, HomeEvent};
use domain::incidents::{Incident, IncidentCommand};
use domain::quiet::QuietScope;
use domain::{Entry, Event, EventId, Handle, IncidentId, Recorded, Subject, Timestamp};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{Batch, Draft, EffectState};
use uuid::{Builder, Uuid};

/// What a job works with: now, randomness, the home as this transaction sees it, and what it touched.
pub(crate) struct Work<'w> {
    pub now: Timestamp,
    pub entropy: &'w dyn Entropy,
    pub home: &'w mut Arc<Home>,
    pub tags: &'w mut BTreeSet<Tag>,
    pub erased: &'w mut bool,
    /// Incidents whose clocks may be due at another time when the job is done.
    pub told: BTreeSet<IncidentId>,
}

/// What must be put back when a job is refused half-way.
pub(crate) struct Kept {
    home: Arc<Home>,
    tags: BTreeSet<Tag>,
    erased: bool,
}

impl Work<'_> {
    pub fn keep(&self) -> Kept {
        Kept { home: self.home.clone(), tags: self.tags.clone(), erased: *self.erased }
    }

    pub fn restore(&mut self, kept: Kept) {
        *self.home = kept.home;
        *self.tags = kept.tags;
        *self.erased = kept.erased;
    }

    fn event_id(&self) -> EventId {
        EventId(self.uuid())
    }

    fn uuid(&self) -> Uuid {
        let bytes = self.entropy.bytes16();
        let random: [u8; 10] = std::array::from_fn(|i| bytes[i]);
        Builder::from_unix_timestamp_millis(self.now.0.max(0) as u64, &random).into_uuid()
    }

    /// Records one event and keeps the home and the tags in step with it.
    pub fn record(&mut self, batch: &mut Batch<'_>, entry: &Entry, what: Fact) -> Result<Recorded, Failure> {
        let draft = Draft {
            id: self.event_id(),
            subject: what.subject,
            occurred_at: what.at,
            entry: entry.clone(),
            parents: what.parents,
            event: what.event,
            salt: self.entropy.bytes16(),
        };
        let recorded = batch.append(draft, self.now)?;
        if let Some(Event::Home(event)) = &recorded.event {
            Arc::make_mut(self.home).evolve(&recorded.envelope, event);
        }
        self.tags.extend(tags_of(what.subject));
        if let Subject::Incident(id) = what.subject {
            self.tags.insert(Tag::Incident(id));
        }
        Ok(recorded)
    }

    /// Makes sure that a person who is named is known.
    fn know(&mut self, batch: &mut Batch<'_>, entry: &Entry, handle: Option<&Handle>) -> Result<(), Failure> {
        let Some(handle) = handle.filter(|handle| !self.home.people.contains_key(handle)) else { return Ok(()) };
        let event = HomeEvent::PersonAdded { handle: handle.clone(), name: None };
        self.record(batch, entry, Fact::home(event, self.now)).map(drop)
    }
}

/// An event to record: what, about what, when it happened, and what its author saw.
pub(crate) struct Fact {
    pub subject: Subject,
    pub at: Timestamp,
    pub parents: Vec<EventId>,
    pub event: Event,
}

impl Fact {
    pub(crate) fn home(event: HomeEvent, at: Timestamp) -> Self {
        Self { subject: Subject::Home, at, parents: vec![], event: event.into() }
    }
}

/// Carries out a command.
pub(crate) fn carry_out(batch: &mut Batch<'_>, work: &mut Work<'_>, command: Command) -> Result<Committed, Failure> {
    if let Some(key) = &command.once
        && let Some(done) = batch.once(key)?
    {
        let events = done.event.into_iter().collect();
        return Ok(Committed { seq: done.seq, recorded_at: work.now, events, incident: done.incident, before: None });
    }
    let at = command.occurred_at.unwrap_or(work.now);
    let entry = command.entry;
    work.know(batch, &entry, entry.actor.person())?;
    work.know(batch, &entry, entry.on_behalf_of.as_ref())?;
    let committed = act(batch, work, &entry, at, command.act)?;
    if let Some(key) = &command.once {
        batch.remember_once(key, committed.incident, committed.events.first().copied(), committed.seq, work.now)?;
    }
    Ok(committed)
}

fn act(batch: &mut Batch<'_>, work: &mut Work<'_>, entry: &Entry, at: Timestamp, act: Act) -> Result<Committed, Failure> {
    match act {
        Act::Declare(declaration) => declare::declare(batch, work, entry, at, declaration),
        Act::Incident(id, command) => incident::to_incident(batch, work, entry, at, id, command),
        Act::Pin { event, pinned } => entries::to_entry(batch, work, entry, at, event, |target| IncidentCommand::Pin { target, pinned }),
        Act::Correct { event, at: to, text } => {
            entries::to_entry(batch, work, entry, at, event, |target| IncidentCommand::Correct { target, occurred_at: to, text })
        }
        Act::Redact { event, reason, masked } => entries::redact(batch, work, entry, at, event, &reason, &masked),
        Act::Attach(incident, groups) => groups::attach(batch, work, entry, at, incident, &groups),
        Act::Detach(incident, groups) => groups::detach(batch, work, entry, at, incident, &groups),
        Act::ReleaseGroup(group) => groups::release_group(batch, work, entry, at, group),
        Act::AcknowledgeGroup(group) => groups::acknowledge_group(batch, work, entry, at, group),
        Act::Dismiss { group, reason } => {
            let title = batch.group(group)?.ok_or(Failure::NoGroup)?.title;
            to_home(batch, work, entry, at, HomeEvent::QuietAdded { scope: QuietScope::GroupUntilOver(group), title, reason })
        }
        Act::Home(event) => to_home(batch, work, entry, at, event),
        Act::HomeAll(events) => all_to_home(batch, work, entry, at, events),
        Act::Shift { incident, events, by_millis } => entries::shift(batch, work, entry, at, incident, (&events, by_millis)),
        Act::Paste(incident, lines) => entries::paste(batch, work, entry, at, incident, lines),
        Act::Publish(incident, what) => publish::publish(batch, work, entry, at, incident, what),
        Act::Merge(incident, other) => ties::merge(batch, work, entry, at, incident, other),
        Act::Unmerge(incident) => ties::unmerge(batch, work, entry, at, incident),
        Act::Split(incident, declaration) => ties::split(batch, work, entry, at, incident, declaration),
        Act::Link(one, other) => ties::link(batch, work, entry, at, (one, other), true),
        Act::Unlink(one, other) => ties::link(batch, work, entry, at, (one, other), false),
        Act::QuietsTurn => triage::quiets_turn(batch, work).map(|()| committed(work, &[], None, None)),
        Act::JudgeAnew(groups) => triage::judge_anew(batch, work, groups).map(|()| committed(work, &[], None, None)),
        Act::Ring(incident) => effects::ring(batch, work, entry, incident),
        Act::Rearm => effects::rearm(batch, work).map(|()| committed(work, &[], None, None)),
        Act::SettlePost { effect, outcome } => effects::settle_post(batch, work, entry, at, effect, outcome),
        Act::Claim(effect) => effects::claim(batch, work, entry, at, effect),
        Act::Drop(effect) => {
            batch.settle_effect(effect, EffectState::Dropped, work.now)?;
            Ok(committed(work, &[], None, None))
        }
        Act::Settle { effect, failure } => effects::settle(batch, work, entry, at, effect, failure),
    }
}

fn committed(work: &Work<'_>, recorded: &[Recorded], incident: Option<IncidentId>, before: Option<Incident>) -> Committed {
    Committed {
        seq: recorded.last().map_or(0, |last| last.seq),
        recorded_at: work.now,
        events: recorded.iter().map(|recorded| recorded.envelope.id).collect(),
        incident,
        before: before.map(Box::new),
    }
}

fn to_home(batch: &mut Batch<'_>, work: &mut Work<'_>, entry: &Entry, at: Timestamp, event: HomeEvent) -> Result<Committed, Failure> {
    let known_already = matches!(&event, HomeEvent::PersonAdded { handle, .. } if entry.actor.person() == Some(handle));
    let event = match home::decide(work.home, event, work.now) {
        Ok(event) => event,
        // Adding oneself: the act itself made the person known a moment ago.
        Err(home::HomeRejection::PersonKnown(_)) if known_already => return Ok(committed(work, &[], None, None)),
        Err(refusal) => return Err(refusal.into()),
    };
    let recorded = work.record(batch, entry, Fact::home(event, at))?;
    work.tags.insert(Tag::Alerts);
    follow_home(batch, work, &recorded)?;
    Ok(committed(work, &[recorded], None, None))
}

/// What else changes with the home: clocks, and who may make a noise.
fn follow_home(batch: &mut Batch<'_>, work: &mut Work<'_>, recorded: &Recorded) -> Result<(), Failure> {
    match &recorded.event {
        _ if turns_quiet(recorded) => triage::quiets_turn(batch, work),
        Some(Event::Home(HomeEvent::TargetsSet { .. })) => effects::rearm(batch, work),
        Some(Event::Home(
            HomeEvent::SourceSilent { .. } | HomeEvent::SourceHeard { .. } | HomeEvent::CutOff { .. } | HomeEvent::BackOnline {},
        )) => Ok(batch.plan_ears(recorded.envelope.id, work.now)?),
        Some(Event::Home(_) | Event::Incident(_) | Event::Alert(_) | Event::Change(_)) | None => Ok(()),
    }
}

/// Whether it changes which alerts may make a noise.
fn turns_quiet(recorded: &Recorded) -> bool {
    matches!(
        &recorded.event,
        Some(Event::Home(
            HomeEvent::QuietAdded { .. } | HomeEvent::QuietSet { .. } | HomeEvent::QuietEnded { .. } | HomeEvent::RulesSet { .. }
        ))
    )
}

/// In one go, each decided on what those before it led to. What fires is judged once, by what all of them come to.
fn all_to_home(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    events: Vec<HomeEvent>,
) -> Result<Committed, Failure> {
    let mut recorded = vec![];
    for event in events {
        match home::decide(work.home, event, work.now) {
            Ok(event) => {
                let one = work.record(batch, entry, Fact::home(event, at))?;
                if !turns_quiet(&one) {
                    follow_home(batch, work, &one)?;
                }
                recorded.push(one);
            }
            Err(home::HomeRejection::PersonKnown(_) | home::HomeRejection::NothingToChange) => {}
            Err(refusal) => return Err(refusal.into()),
        }
    }
    if recorded.iter().any(turns_quiet) {
        work.tags.insert(Tag::Alerts);
        triage::quiets_turn(batch, work)?;
    }
    Ok(committed(work, &recorded, None, None))
}
