//! Declaring: from what is known now, and from the groups of alerts it is declared from.

use super::incident::record_incident;
use super::{Work, committed, groups};
use crate::command::{Committed, Declaration};
use crate::failure::Failure;
use crate::triage;
use domain::incidents::{self, Declared, IncidentEvent};
use domain::{Entry, GroupId, IncidentId, IncidentRef, Severity, Timestamp, Via};
use store::Batch;

pub(super) fn declare(
    batch: &mut Batch<'_>,
    work: &mut Work<'_>,
    entry: &Entry,
    at: Timestamp,
    what: Declaration,
) -> Result<Committed, Failure> {
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
            groups::detach(batch, work, entry, at, *other, &[group.id])?;
        }
    }
    let mut recorded = vec![record_incident(batch, work, entry, at, id, vec![], event)?];
    for group in groups {
        // Each group has a line of its own on the timeline, where its alerts keep landing.
        let event = IncidentEvent::GroupAttached { group: group.id, title: group.title };
        recorded.push(record_incident(batch, work, entry, at, id, vec![], event)?);
        triage::judge_anew(batch, work, [group.id])?;
    }
    Ok(committed(work, &recorded, Some(id), None))
}

/// Declares what a rule says must be declared, from its group: by a machine, so that it is loud until somebody takes it.
pub(crate) fn declare_for_rule(batch: &mut Batch<'_>, work: &mut Work<'_>, group: GroupId, severity: Severity) -> Result<(), Failure> {
    let title = batch.group(group)?.ok_or(Failure::NoGroup)?.title;
    let what = Declaration { title, severity: Some(severity), groups: vec![group], ..Declaration::default() };
    let at = work.now;
    declare(batch, work, &Entry::machine("muster", Via::System), at, what).map(drop)
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
