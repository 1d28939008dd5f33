//! All that the inbox needs of the ledger, read from one state of it and bounded.

use crate::in_process::quiets::FIRING_LOOKED_AT;
use domain::incidents::Incident;
use domain::{GroupId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use store::{AlertRow, ChangeRow, FiringRow, GroupFilter, GroupRow, GroupState, IncidentFilter, Reader, StoreError};

/// Groups in the inbox; the rest are counted.
pub(super) const SHOWN: usize = 200;
/// Groups that somebody looks at: one person looks at few.
const LOOKED_AT_SHOWN: usize = 50;
/// Open incidents that a group may be part of: more than anybody commands at once.
const OPEN_COMPARED: usize = 100;
/// Groups of an incident whose titles are compared.
const TITLES_COMPARED: usize = 20;
/// Past incidents that are compared.
const PAST_COMPARED: usize = 500;
/// And so far back (one year): what helped longer ago was another system.
const PAST_MS: i64 = 365 * 24 * 60 * 60_000;
/// Alerts of a group that are asked what the rules say.
const ALERTS_ASKED: usize = 3;
/// Minutes of the spark, and beginnings read for it: a storm's last ones fill every bar.
pub(super) const SPARK_MINUTES: usize = 30;
const BEGINNINGS_READ: usize = 20_000;
/// Changes shown.
const CHANGES_SHOWN: usize = 20;

/// What is asked.
pub(super) struct Asked {
    /// Groups that rang last: they are shown, however many others wait.
    pub ringing: Vec<GroupId>,
    pub today: Timestamp,
    pub changes_from: Timestamp,
    pub now: Timestamp,
}

/// A group that waits, or that somebody looks at.
pub(super) struct Waiting {
    pub row: GroupRow,
    /// Its first alerts.
    pub alerts: Vec<AlertRow>,
}

/// An open incident, and the titles of its groups.
pub(super) struct Open {
    pub incident: Incident,
    pub titles: Vec<String>,
}

/// What was read.
pub(super) struct Read {
    pub waiting: Vec<Waiting>,
    pub total: u64,
    pub open: Vec<Open>,
    /// Incidents that are over, the last one first.
    pub resolved: Vec<Incident>,
    pub absorbed: u64,
    pub firing: Vec<FiringRow>,
    /// When alerts of each group began in the minutes of the spark.
    pub beginnings: BTreeMap<GroupId, Vec<Timestamp>>,
    pub changes: Vec<ChangeRow>,
}

pub(super) fn read(reader: &Reader, asked: &Asked) -> Result<Read, StoreError> {
    let open = IncidentFilter { open_only: true, severity: None, service: None, since: None, limit: OPEN_COMPARED };
    let open = reader.incidents(&open)?.into_iter().map(|incident| with_titles(reader, incident)).collect::<Result<_, _>>()?;
    let mut beginnings: BTreeMap<GroupId, Vec<Timestamp>> = BTreeMap::new();
    let from = asked.now.plus_millis(-(SPARK_MINUTES as i64) * 60_000);
    for (group, at) in reader.beginnings(from, BEGINNINGS_READ)? {
        beginnings.entry(group).or_default().push(at);
    }
    let looked_at = looked_at(reader)?;
    Ok(Read {
        total: reader.groups_count_waiting()? + looked_at.len() as u64,
        waiting: waiting(reader, &asked.ringing, looked_at)?,
        open,
        resolved: reader.resolved_since(asked.now.plus_millis(-PAST_MS), PAST_COMPARED)?,
        absorbed: reader.groups_count_absorbed(asked.today)?,
        firing: reader.firing_noises(FIRING_LOOKED_AT)?,
        beginnings,
        // A sender's clock may be ahead of ours.
        changes: reader.changes(asked.changes_from, asked.now.plus_secs(60), CHANGES_SHOWN)?,
    })
}

/// Groups that somebody looks at and that still fire: they stay in sight, and wait for nobody.
pub(in crate::in_process) fn looked_at(reader: &Reader) -> Result<Vec<GroupRow>, StoreError> {
    reader.groups_looked_at(LOOKED_AT_SHOWN)
}

/// Those that rang and wait, then the worst, then what somebody looks at.
fn waiting(reader: &Reader, ringing: &[GroupId], looked_at: Vec<GroupRow>) -> Result<Vec<Waiting>, StoreError> {
    let mut rows: Vec<GroupRow> = vec![];
    let mut seen = BTreeSet::new();
    for group in ringing.iter().rev().take(SHOWN) {
        let row = reader.group(*group)?.filter(|row| row.state() == GroupState::Waiting);
        rows.extend(row.filter(|row| seen.insert(row.id)));
    }
    let others = reader.groups(&GroupFilter { waiting_only: true, incident: None, limit: SHOWN })?;
    rows.extend(others.into_iter().filter(|row| seen.insert(row.id)));
    rows.truncate(SHOWN);
    rows.into_iter().chain(looked_at).map(|row| Ok(Waiting { alerts: reader.alerts_of(row.id, ALERTS_ASKED)?, row })).collect()
}

fn with_titles(reader: &Reader, incident: Incident) -> Result<Open, StoreError> {
    let groups = incident.groups.keys().take(TITLES_COMPARED).map(|group| reader.group(*group)).collect::<Result<Vec<_>, _>>()?;
    Ok(Open { titles: groups.into_iter().flatten().map(|row| row.title).collect(), incident })
}
