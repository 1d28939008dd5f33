//! A group's row: counters and times, and how they follow its events.

use crate::projections::alerts::Member;
use crate::{StoreError, columns, sql};
use domain::alerts::{AlertEvent, Opened};
use domain::{AlertSeverity, Envelope, GroupId, Hlc, Recorded, ServiceName, SourceName, Timestamp};
use rusqlite::{Connection, Row, params};
use std::collections::BTreeSet;

macro_rules! select {
    ($($rest:tt)*) => {
        concat!(
            "SELECT number, id, key_hash, source, count, firing, critical, error, warning, info, first_at, last_at, services, \
             acknowledged_by, folded_to FROM alert_groups g ",
            $($rest)*
        )
    };
}

/// A group as its row says.
#[derive(Clone, PartialEq, Debug)]
pub struct Tally {
    /// The sequence of the event that began it.
    pub number: u64,
    pub id: GroupId,
    pub key_hash: [u8; 16],
    pub source: SourceName,
    pub count: u64,
    pub firing: u64,
    /// How many alerts of each severity, worst first.
    pub severities: [u64; 4],
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    pub services: BTreeSet<ServiceName>,
    pub acknowledged_by: Option<String>,
    pub folded_to: Hlc,
}

impl Tally {
    pub fn begin(recorded: &Recorded, id: GroupId, opened: &Opened) -> Self {
        Self {
            number: recorded.seq,
            id,
            key_hash: key_hash(&opened.source, &opened.group_key),
            source: opened.source.clone(),
            count: 0,
            firing: 0,
            severities: [0; 4],
            first_at: recorded.envelope.recorded_at,
            last_at: recorded.envelope.recorded_at,
            services: BTreeSet::new(),
            acknowledged_by: None,
            folded_to: recorded.envelope.hlc,
        }
    }

    pub fn count(&mut self, member: &Member) {
        self.count += 1;
        self.firing += u64::from(member.fires());
        self.severities[columns::alert_severity(member.severity) as usize] += 1;
    }

    pub fn uncount(&mut self, member: &Member) {
        self.count = self.count.saturating_sub(1);
        self.firing = self.firing.saturating_sub(u64::from(member.fires()));
        let severity = &mut self.severities[columns::alert_severity(member.severity) as usize];
        *severity = severity.saturating_sub(1);
    }

    pub fn hear(&mut self, envelope: &Envelope, event: &AlertEvent) {
        self.folded_to = self.folded_to.max(envelope.hlc);
        match event {
            AlertEvent::GroupAcknowledged {} => {
                let name = || envelope.entry.doer().map_or_else(|| envelope.entry.actor.name(), |handle| handle.as_str()).to_owned();
                self.acknowledged_by = self.acknowledged_by.take().or_else(|| Some(name()));
                return;
            }
            AlertEvent::GroupReleased {} => {
                self.acknowledged_by = None;
                return;
            }
            AlertEvent::Opened(opened) | AlertEvent::Reopened(opened) => self.services.extend(opened.service.clone()),
            AlertEvent::Acknowledged { source, by, .. } => {
                let name = || by.as_ref().map_or_else(|| source.0.clone(), |by| format!("{by}, in {source}"));
                self.acknowledged_by.get_or_insert_with(name);
            }
            AlertEvent::Changed { .. } | AlertEvent::Resolved { .. } | AlertEvent::Lapsed { .. } | AlertEvent::Judged { .. } => {}
        }
        self.first_at = self.first_at.min(envelope.recorded_at);
        self.last_at = self.last_at.max(envelope.recorded_at);
    }

    pub fn severity(&self) -> AlertSeverity {
        let worst = self.severities.iter().position(|alerts| *alerts > 0);
        match worst {
            Some(0) => AlertSeverity::Critical,
            Some(1) => AlertSeverity::Error,
            Some(2) => AlertSeverity::Warning,
            Some(_) | None => AlertSeverity::Info,
        }
    }

    pub fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            number: columns::count(row, 0)?,
            id: GroupId(columns::id(row, 1)?),
            key_hash: row.get(2)?,
            source: SourceName(row.get(3)?),
            count: columns::count(row, 4)?,
            firing: columns::count(row, 5)?,
            severities: [columns::count(row, 6)?, columns::count(row, 7)?, columns::count(row, 8)?, columns::count(row, 9)?],
            first_at: Timestamp(row.get(10)?),
            last_at: Timestamp(row.get(11)?),
            services: columns::names_of(row.get_ref(12)?.as_str().map_err(|fault| StoreError::Corrupt(fault.to_string()))?).collect(),
            acknowledged_by: row.get(13)?,
            folded_to: Hlc(columns::count(row, 14)?),
        })
    }
}

/// A group's key as the table knows it.
pub fn key_hash(source: &SourceName, group_key: &str) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(source.as_str().as_bytes()).update(&[0]).update(group_key.as_bytes());
    let mut short = [0; 16];
    short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    short
}

/// A group's row.
pub fn tally(connection: &Connection, group: GroupId) -> Result<Option<Tally>, StoreError> {
    sql::one(connection, select!("WHERE id = ?1"), [group.0.as_bytes()], Tally::read)
}

/// Writes a group's row; `fired` is whether it says that something fires, where there is one.
pub fn write(connection: &Connection, now: &Tally, fired: Option<bool>) -> Result<(), StoreError> {
    let number = columns::signed(now.number)?;
    let [critical, error, warning, info] = now.severities.map(|alerts| alerts as i64);
    let (count, firing) = (columns::signed(now.count)?, columns::signed(now.firing)?);
    let (first, last, folded) = (now.first_at.0, now.last_at.0, columns::signed(now.folded_to.0)?);
    let services = columns::names(&now.services);
    let fires = now.firing > 0;
    let Some(fired) = fired else {
        let sql = "INSERT INTO alert_groups (number, id, key_hash, source, fires, count, firing, critical, error, warning, info, \
                   first_at, last_at, services, acknowledged_by, folded_to) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
        let (id, by) = (now.id.0.as_bytes(), &now.acknowledged_by);
        let values = params![
            number,
            id,
            now.key_hash,
            now.source.as_str(),
            fires,
            count,
            firing,
            critical,
            error,
            warning,
            info,
            first,
            last,
            services,
            by,
            folded
        ];
        return sql::run(connection, sql, values).map(drop);
    };
    let sql = "UPDATE alert_groups SET count = ?2, firing = ?3, critical = ?4, error = ?5, warning = ?6, info = ?7, first_at = ?8, \
               last_at = ?9, services = ?10, acknowledged_by = ?11, folded_to = ?12 WHERE number = ?1";
    let by = &now.acknowledged_by;
    sql::run(connection, sql, params![number, count, firing, critical, error, warning, info, first, last, services, by, folded])?;
    if fires != fired {
        // Apart, for it moves an index that the counters above leave alone.
        sql::run(connection, "UPDATE alert_groups SET fires = ?2 WHERE number = ?1", params![number, fires])?;
    }
    Ok(())
}

pub(super) use select;
