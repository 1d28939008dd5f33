//! One command inside a transaction: look up what it is about, let the domain decide, record what it decided, and plan
//! what should follow. Everything here is undone if any step fails.

use crate::command::{Act, Command, Committed, Declaration};
use crate::failure::Failure;
use crate::feed::{Tag, tags_of};
use crate::ports::Entropy;
use domain::home::{self, Home, HomeEvent, QuietScope};
use domain::incidents::{self, Declared, Incident, IncidentCommand, IncidentEvent, Reaction, Target};
use domain::{Entry, Event, EventId, GroupId, Handle, IncidentId, IncidentRef, Recorded, Severity, Subject, Timestamp};
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
    fn home(event: HomeEvent, at: Timestamp) -> Self {
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
        Act::Declare(declaration) => declare(batch, work, entry, at, declaration),
        Act::Incident(id, command) => to_incident(batch, work, entry, at, id, command),
        Act::Pin { event, pinned } => to_entry(batch, work, entry, at, event, |target| IncidentCommand::Pin { target, pinned }),
        Act::Correct { event, at: to, text } => {
            to_entry(batch, work, entry, at, event, |target| IncidentCommand::Correct { target, occurred_at: to, text })
        }
        Act::Redact { event, reason, masked } => redact(batch, work, entry, at, event, &reason, &masked),
        Act::Attach(incident, groups) => attach(batch, work, entry, at, incident, &groups),
        Act::Detach(incident, groups) => detach(batch, work, entry, at, incident, &groups),
        Act::AcknowledgeGroup(group) => acknowledge_group(batch, work, entry, at, group),
        Act::Dismiss { group, reason } => {
            let title = batch.group(group)?.ok_or(Failure::NoGroup)?.title;
            to_home(batch, work, entry, at, HomeEvent::QuietAdded { scope: QuietScope::GroupUntilOver(group), title, reason })
        }
        Act::Home(event) => to_home(batch, work, entry, at, event),
        Act::Claim(effect) => claim(batch, work, entry, at, effect),
        Act::Drop(effect) => {
            batch.settle_effect(effect, EffectState::Dropped, work.now)?;
            Ok(committed(work, &[], None, None))
        }
        Act::Settle { effect, failure } => settle(batch, work, entry, at, effect, failure),
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

fn declare(batch: &mut Batch<'_>, work: &mut Work<'_>, entry: &Entry, at: Timestamp, what: Declaration) -> Result<Committed, Failure> {
    let mut groups = vec![];
    for id in &what.groups {
        groups.push(batch.group(*id)?.ok_or(Failure::NoGroup)?);
    }
    let suggested = groups.iter().map(|group| group.severity.suggests()).min().unwrap_or(Severity::UNSURE);
    let mut services = what.services;
    services.extend(groups.iter().flat_map(|group| group.services.clone()));
    services.sort();
    services.dedup();
    let declared = Declared {
        reference: free_reference(batch, work)?,
        title: what.title,
        severity: what.severity.unwrap_or(suggested),
        services,
        commander: what.commander,
        groups: what.groups,
        detected_at: groups.iter().map(|group| group.first_at).min().map_or(at, |first| first.min(at)),
        drill: what.drill,
        private: what.private,
    };
    let event = incidents::declare(declared, entry, at, work.now)?;
    if let IncidentEvent::Declared(declared) = &event {
        work.know(batch, entry, declared.commander.as_ref())?;
    }
    let id = IncidentId(work.uuid());
    for group in &groups {
        if let Some((other, _)) = &group.incident {
            detach(batch, work, entry, at, *other, &[group.id])?;
        }
    }
    let mut recorded = vec![record_incident(batch, work, entry, at, id, vec![], event)?];
    for group in groups {
        // Each group has a line of its own on the timeline, where its alerts keep landing.
        let event = IncidentEvent::GroupAttached { group: group.id, title: group.title };
        recorded.push(record_incident(batch, work, entry, at, id, vec![], event)?);
    }
    Ok(committed(work, &recorded, Some(id), None))
}

/// A reference nobody has yet: four characters, five after a collision.
fn free_reference(batch: &mut Batch<'_>, work: &Work<'_>) -> Result<IncidentRef, Failure> {
    let bytes = work.entropy.bytes16();
    let bits = u64::from_le_bytes(std::array::from_fn(|i| bytes[i]));
    for (shift, length) in [(0, 4), (25, 5), (35, 5)] {
        let reference = IncidentRef::from_bits(bits >> shift, length);
        if !batch.reference_taken(&reference)? {
            return Ok(reference);
        }
    }
    free_reference(batch, work)
}

fn to_incident(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    id: IncidentId,
    command: IncidentCommand,
) -> Result<Committed, Failure> {
    let before = batch.incident(id)?.ok_or(Failure::NoIncident)?;
    if let IncidentCommand::AssignRole { person, .. } = &command {
        work.know(batch, entry, Some(person))?;
    }
    let mut recorded = vec![];
    for event in incidents::decide(&before, command, entry, at, work.now)? {
        let parents = incidents::parents(&before, &event);
        recorded.push(record_incident(batch, work, entry, at, id, parents, event)?);
    }
    Ok(committed(work, &recorded, Some(id), Some(before)))
}

/// Records an incident's event and plans what the domain says should follow it.
fn record_incident(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    id: IncidentId,
    parents: Vec<EventId>,
    event: IncidentEvent,
) -> Result<Recorded, Failure> {
    let recorded = work.record(batch, entry, Fact { subject: Subject::Incident(id), at, parents, event: event.clone().into() })?;
    let after = batch.incident(id)?.ok_or(Failure::NoIncident)?;
    let rule = work.home.rule(after.severity.value);
    match incidents::react(&after, &event, rule, work.now) {
        Some(Reaction::Notify { due }) => batch.plan_notice(id, recorded.envelope.id, due)?,
        Some(Reaction::Hush) => batch.hush(id, recorded.envelope.id, work.now)?,
        None => {}
    }
    Ok(recorded)
}

fn target(batch: &mut Batch<'_>, event: EventId) -> Result<(IncidentId, Target), Failure> {
    let found = batch.event(event)?.ok_or(Failure::NoEvent(event))?;
    let Subject::Incident(incident) = found.envelope.subject else { return Err(Failure::NoEvent(event)) };
    let words = match found.event {
        Some(Event::Incident(event)) => Some(event),
        Some(Event::Alert(_) | Event::Home(_)) | None => None,
    };
    Ok((incident, Target { envelope: found.envelope, event: words }))
}

fn to_entry(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    event: EventId,
    command: impl FnOnce(Target) -> IncidentCommand,
) -> Result<Committed, Failure> {
    let (incident, target) = target(batch, event)?;
    to_incident(batch, work, entry, at, incident, command(target))
}

/// Redacts an entry and every correction that may repeat its words.
fn redact(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    event: EventId,
    reason: &str,
    masked: &str,
) -> Result<Committed, Failure> {
    let mut all = vec![event];
    all.extend(batch.corrections_of(event)?.into_iter().filter(|known| known.event.is_some()).map(|known| known.envelope.id));
    let mut last = None;
    let mut events = vec![];
    for id in all {
        let (incident, target) = target(batch, id)?;
        let state = batch.incident(incident)?.ok_or(Failure::NoIncident)?;
        let command = IncidentCommand::Redact { target, reason: reason.to_owned(), masked: masked.to_owned() };
        incidents::decide(&state, command.clone(), entry, at, work.now)?;
        batch.erase(id)?;
        let done = to_incident(batch, work, entry, at, incident, command)?;
        events.extend(done.events.iter().copied());
        last = Some(done);
    }
    *work.erased = true;
    let last = last.ok_or(Failure::NoEvent(event))?;
    Ok(Committed { events, ..last })
}

fn attach(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    incident: IncidentId,
    groups: &[GroupId],
) -> Result<Committed, Failure> {
    each_group(batch, work, groups, |batch, work, group| {
        if let Some((other, _)) = group.incident.clone().filter(|(other, _)| *other != incident) {
            let command = IncidentCommand::Detach { group: group.id, title: group.title.clone() };
            to_incident(batch, work, entry, at, other, command)?;
        }
        to_incident(batch, work, entry, at, incident, IncidentCommand::Attach { group: group.id, title: group.title })
    })
}

fn detach(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    incident: IncidentId,
    groups: &[GroupId],
) -> Result<Committed, Failure> {
    each_group(batch, work, groups, |batch, work, group| {
        to_incident(batch, work, entry, at, incident, IncidentCommand::Detach { group: group.id, title: group.title })
    })
}

fn each_group(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    groups: &[GroupId],
    mut one: impl FnMut(&mut Batch<'_>, &mut Work<'_>, store::GroupRow) -> Result<Committed, Failure>,
) -> Result<Committed, Failure> {
    let mut all: Option<Committed> = None;
    for id in groups {
        let group = batch.group(*id)?.ok_or(Failure::NoGroup)?;
        let done = one(batch, work, group)?;
        all = Some(match all {
            None => done,
            Some(so_far) => Committed { events: [so_far.events, done.events].concat(), before: so_far.before, ..done },
        });
    }
    work.tags.insert(Tag::Alerts);
    all.ok_or(Failure::NoGroup)
}

fn acknowledge_group(batch: &mut Batch<'_>, work: &mut Work<'_>, entry: &Entry, at: Timestamp, id: GroupId) -> Result<Committed, Failure> {
    let group = batch.group(id)?.ok_or(Failure::NoGroup)?;
    if group.acknowledged_by.is_some() {
        return Err(Failure::GroupAcknowledged);
    }
    let event = domain::alerts::AlertEvent::GroupAcknowledged {};
    let recorded = work.record(batch, entry, Fact { subject: Subject::Group(id), at, parents: vec![], event: event.into() })?;
    Ok(committed(work, &[recorded], None, None))
}

fn to_home(batch: &mut Batch<'_>, work: &mut Work<'_>, entry: &Entry, at: Timestamp, event: HomeEvent) -> Result<Committed, Failure> {
    let known_already = matches!(&event, HomeEvent::PersonAdded { handle, .. } if entry.actor.person() == Some(handle));
    let event = match home::decide(work.home, event) {
        Ok(event) => event,
        // Adding oneself: the act itself made the person known a moment ago.
        Err(home::HomeRejection::PersonKnown(_)) if known_already => return Ok(committed(work, &[], None, None)),
        Err(refusal) => return Err(refusal.into()),
    };
    let recorded = work.record(batch, entry, Fact::home(event, at))?;
    work.tags.insert(Tag::Alerts);
    Ok(committed(work, &[recorded], None, None))
}

fn claim(batch: &mut Batch<'_>, work: &mut Work<'_>, entry: &Entry, at: Timestamp, id: EventId) -> Result<Committed, Failure> {
    let effect = batch.effect(id)?.ok_or(Failure::EffectGone)?;
    if !batch.claim_effect(id, work.now)? {
        return Err(Failure::EffectGone);
    }
    match effect.kind {
        store::EffectKind::Notice => to_incident(batch, work, entry, at, effect.incident, IncidentCommand::ClaimNotice { effect: id }),
        store::EffectKind::CloseNotice => Ok(committed(work, &[], Some(effect.incident), None)),
    }
}

fn settle(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    id: EventId,
    failure: Option<String>,
) -> Result<Committed, Failure> {
    let effect = batch.effect(id)?.ok_or(Failure::EffectGone)?;
    let state = if failure.is_some() { EffectState::Failed } else { EffectState::Done };
    batch.settle_effect(id, state, work.now)?;
    match effect.kind {
        store::EffectKind::Notice => {
            to_incident(batch, work, entry, at, effect.incident, IncidentCommand::SettleNotice { effect: id, failure })
        }
        store::EffectKind::CloseNotice => Ok(committed(work, &[], Some(effect.incident), None)),
    }
}
