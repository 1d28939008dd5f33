//! What a source sent, inside a transaction: news becomes events, repeats are counted, refusals are kept.

use crate::carry_out::{Fact, Work};
use crate::command::{Ingest, Ingested};
use crate::failure::Failure;
use crate::feed::Tag;
use crate::triage::{self, Touched};
use domain::alerts::{self, AlertEvent, ChangeEvent, Heard, Opened, Signal, SignalState};
use domain::{Entry, GroupId, SourceName, Subject, Timestamp, Via};
use store::Batch;
use uuid::Builder;

/// Takes in one request. Where any of it fails, nothing of the transaction may be committed.
pub(crate) fn take_in(batch: &mut Batch<'_>, work: &mut Work<'_>, sent: &Ingest) -> Result<Ingested, Failure> {
    let entry = Entry::machine(sent.source.as_str(), Via::Alertmanager);
    let mut came = Ingested::default();
    let mut touched = Touched::default();
    for signal in &sent.signals {
        match one(batch, work, &entry, &sent.source, signal, sent.received_at, &mut touched)? {
            Came::News => came.news += 1,
            Came::Repeat => came.repeats += 1,
            Came::Stale => came.stale += 1,
        }
    }
    for change in &sent.changes {
        if batch.change_known(&sent.source, &change.key)? {
            came.repeats += 1;
            continue;
        }
        let at = change.at.min(work.now);
        let event = ChangeEvent::Seen { source: sent.source.clone(), change: change.clone() };
        work.record(batch, &entry, Fact { subject: Subject::Home, at, parents: vec![], event: event.into() })?;
        work.tags.insert(Tag::Alerts);
        came.news += 1;
    }
    for (reason, raw) in &sent.refused {
        batch.source_refused(&sent.source, sent.received_at, reason, raw)?;
        work.tags.insert(Tag::Sources);
    }
    triage::judge(batch, work, touched)?;
    batch.source_heard(&sent.source, sent.received_at)?;
    Ok(came)
}

enum Came {
    News,
    Repeat,
    Stale,
}

fn one<'a>(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    source: &'a SourceName,
    signal: &'a Signal,
    at: Timestamp,
    touched: &mut Touched<'a>,
) -> Result<Came, Failure> {
    let ruling = triage::rule(work, source, signal);
    let known = batch.alert(source, &signal.key)?;
    let lapses_at = match signal.state {
        SignalState::Firing { lapses_at } => lapses_at,
        SignalState::Acknowledged { .. } | SignalState::Resolved { .. } => None,
    };
    let key = &signal.key;
    // Most of what comes in a flood, and not worth a copy of all its words.
    if known.as_ref().is_some_and(|known| alerts::goes_on(known, signal, ruling.severity)) {
        batch.sight(source, key, at, lapses_at)?;
        return Ok(Came::Repeat);
    }
    match alerts::decide(known.as_ref(), source, ruling.applied(signal.clone())) {
        Heard::Stale => Ok(Came::Stale),
        Heard::Repeat => {
            batch.sight(source, key, at, lapses_at)?;
            Ok(Came::Repeat)
        }
        Heard::News(event) => {
            let group = group_of(batch, work, known.map(|known| known.group), &event)?;
            let happened = happened_at(&event, work.now);
            match &*event {
                AlertEvent::Opened(_) | AlertEvent::Reopened(_) | AlertEvent::Changed { .. } => {
                    touched.alert(group, ruling.news(source, signal));
                }
                AlertEvent::Acknowledged { .. }
                | AlertEvent::Resolved { .. }
                | AlertEvent::Lapsed { .. }
                | AlertEvent::GroupAcknowledged {}
                | AlertEvent::GroupReleased {}
                | AlertEvent::Judged { .. } => touched.group(group),
            }
            let fact = Fact { subject: Subject::Group(group), at: happened, parents: vec![], event: (*event).into() };
            work.record(batch, entry, fact)?;
            batch.sight(source, key, at, lapses_at)?;
            if let Some(incident) = batch.incident_of_group(group)? {
                work.tags.insert(Tag::Incident(incident));
            }
            Ok(Came::News)
        }
    }
}

/// The group an event belongs to: what is over stays where it was; what fires joins the group that is under way.
fn group_of(batch: &mut Batch<'_>, work: &Work<'_>, known: Option<GroupId>, event: &AlertEvent) -> Result<GroupId, Failure> {
    let Opened { source, group_key, .. } = match event {
        AlertEvent::Opened(opened) | AlertEvent::Reopened(opened) => opened,
        AlertEvent::Changed { .. }
        | AlertEvent::Acknowledged { .. }
        | AlertEvent::Resolved { .. }
        | AlertEvent::Lapsed { .. }
        | AlertEvent::GroupAcknowledged {}
        | AlertEvent::GroupReleased {}
        | AlertEvent::Judged { .. } => {
            return known.ok_or(Failure::NoGroup);
        }
    };
    let current = batch.current_group(source, group_key, work.now)?;
    let bytes = work.entropy.bytes16();
    let random: [u8; 10] = std::array::from_fn(|i| bytes[i]);
    let fresh = GroupId(Builder::from_unix_timestamp_millis(work.now.0.max(0) as u64, &random).into_uuid());
    Ok(current.unwrap_or(fresh))
}

/// The sender's time where it is believable: not ahead of our clock.
fn happened_at(event: &AlertEvent, now: Timestamp) -> Timestamp {
    match event {
        AlertEvent::Opened(opened) | AlertEvent::Reopened(opened) => opened.started_at.min(now),
        AlertEvent::Resolved { ended_at, .. } => (*ended_at).min(now),
        AlertEvent::Changed { .. }
        | AlertEvent::Acknowledged { .. }
        | AlertEvent::Lapsed { .. }
        | AlertEvent::GroupAcknowledged {}
        | AlertEvent::GroupReleased {}
        | AlertEvent::Judged { .. } => now,
    }
}

/// Lapses what was not heard for too long; called with the alerts whose time ran out.
pub(crate) fn lapse(batch: &mut Batch<'_>, work: &mut Work<'_>, due: &[(SourceName, String)]) -> Result<(), Failure> {
    let entry = Entry::machine("muster", Via::Timer);
    let mut touched = Touched::default();
    for (source, key) in due {
        let Some(known) = batch.alert(source, key)? else { continue };
        if let Some(event) = alerts::lapse(&known) {
            let fact = Fact { subject: Subject::Group(known.group), at: work.now, parents: vec![], event: event.into() };
            work.record(batch, &entry, fact)?;
            touched.group(known.group);
        }
        batch.forget_lapse(source, key)?;
    }
    triage::judge(batch, work, touched)
}
