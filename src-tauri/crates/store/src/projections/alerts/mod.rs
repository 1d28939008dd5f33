//! The alerts table: where each alert stands in each group it was part of, and which event says its words. An alert is
//! part of one group at a time; in those it left it is over.

mod shown;

pub use shown::shown;

use crate::{StoreError, columns, sql};
use domain::alerts::{AlertEvent, AlertState, AlertStatus, Opened};
use domain::{AlertSeverity, GroupId, Hlc, SourceName, Timestamp};
use rusqlite::{Connection, Row, params};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT source, key, joined, grp, present, status, severity, episode, started_at, ended_at, opened, changed, acknowledged \
             FROM alerts ",
            $rest
        )
    };
}

/// An alert's part in a group.
#[derive(Clone, PartialEq, Debug)]
pub struct Member {
    pub source: SourceName,
    pub key: String,
    /// Clock of the last event by which it fired in this group.
    pub joined: Hlc,
    pub group: GroupId,
    /// Whether this is the group it fired in last.
    pub present: bool,
    pub status: AlertStatus,
    pub severity: AlertSeverity,
    pub episode: String,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    /// The event that holds its words.
    pub opened: u64,
    /// The event that holds its present title.
    pub changed: Option<u64>,
    /// Whether somebody at the tool looks at this episode.
    pub acknowledged: bool,
}

impl Member {
    /// An alert that begins to fire, by the event that arrived as `seq`.
    pub fn begin(opened: &Opened, group: GroupId, hlc: Hlc, seq: u64) -> Self {
        Self {
            source: opened.source.clone(),
            key: opened.key.clone(),
            joined: hlc,
            group,
            present: true,
            status: AlertStatus::Firing,
            severity: opened.severity,
            episode: opened.episode.clone(),
            started_at: opened.started_at,
            ended_at: None,
            opened: seq,
            changed: None,
            acknowledged: false,
        }
    }

    /// Whether it counts as firing in its group.
    pub fn fires(&self) -> bool {
        self.present && self.status == AlertStatus::Firing
    }

    /// Follows an event about it that is no new firing.
    pub fn evolve(&mut self, event: &AlertEvent, seq: u64) {
        match event {
            AlertEvent::Opened(_)
            | AlertEvent::Reopened(_)
            | AlertEvent::GroupAcknowledged {}
            | AlertEvent::GroupReleased {}
            | AlertEvent::Judged { .. } => {}
            AlertEvent::Changed { severity, .. } => {
                self.severity = *severity;
                self.changed = Some(seq);
            }
            AlertEvent::Acknowledged { .. } => self.acknowledged = true,
            AlertEvent::Resolved { ended_at, .. } => {
                self.status = AlertStatus::Resolved;
                self.ended_at = Some(*ended_at);
            }
            AlertEvent::Lapsed { .. } => self.status = AlertStatus::Lapsed,
        }
    }

    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            source: SourceName(row.get(0)?),
            key: row.get(1)?,
            joined: Hlc(columns::count(row, 2)?),
            group: GroupId(columns::id(row, 3)?),
            present: row.get(4)?,
            status: columns::alert_status_of(row.get(5)?)?,
            severity: columns::alert_severity_of(row.get(6)?)?,
            episode: row.get(7)?,
            started_at: Timestamp(row.get(8)?),
            ended_at: row.get::<_, Option<i64>>(9)?.map(Timestamp),
            opened: columns::count(row, 10)?,
            changed: row.get::<_, Option<i64>>(11)?.map(|seq| seq.max(0) as u64),
            acknowledged: row.get(12)?,
        })
    }
}

/// The group an alert fired in last, and how it stands there.
pub fn present(connection: &Connection, source: &SourceName, key: &str) -> Result<Option<Member>, StoreError> {
    let sql = select!("WHERE source = ?1 AND key = ?2 ORDER BY joined DESC, grp DESC LIMIT 1");
    sql::one(connection, sql, [source.as_str(), key], Member::read)
}

/// What must be known of an alert to judge the next signal about it.
pub fn state(connection: &Connection, source: &SourceName, key: &str) -> Result<Option<AlertState>, StoreError> {
    let member = present(connection, source, key)?;
    Ok(member.map(|Member { source, key, group, episode, started_at, status, severity, acknowledged, .. }| AlertState {
        source,
        key,
        group,
        episode,
        started_at,
        status,
        severity,
        acknowledged,
    }))
}

/// An alert's part in one group.
pub fn in_group(connection: &Connection, source: &SourceName, key: &str, group: GroupId) -> Result<Option<Member>, StoreError> {
    let sql = select!("WHERE source = ?1 AND key = ?2 AND grp = ?3 ORDER BY joined DESC LIMIT 1");
    sql::one(connection, sql, params![source.as_str(), key, group.0.as_bytes()], Member::read)
}

/// All alerts that are or were part of a group.
pub fn members(connection: &Connection, group: GroupId, limit: usize) -> Result<Vec<Member>, StoreError> {
    let sql = select!("WHERE grp = ?1 ORDER BY present = 1 AND status = 0 DESC, severity, key LIMIT ?2");
    sql::all(connection, sql, params![group.0.as_bytes(), columns::limit(limit)], Member::read)
}

/// All groups an alert was part of, the last one first.
pub fn parts(connection: &Connection, source: &SourceName, key: &str) -> Result<Vec<Member>, StoreError> {
    let sql = select!("WHERE source = ?1 AND key = ?2 ORDER BY joined DESC, grp DESC");
    sql::all(connection, sql, [source.as_str(), key], Member::read)
}

pub fn insert(connection: &Connection, member: &Member) -> Result<(), StoreError> {
    let sql = "INSERT INTO alerts (source, key, joined, grp, present, status, severity, episode, started_at, ended_at, opened, changed, \
               acknowledged) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    let values = params![
        member.source.as_str(),
        member.key,
        columns::signed(member.joined.0)?,
        member.group.0.as_bytes(),
        member.present,
        columns::alert_status(member.status),
        columns::alert_severity(member.severity),
        member.episode,
        member.started_at.0,
        member.ended_at.map(|at| at.0),
        columns::signed(member.opened)?,
        member.changed.map(columns::signed).transpose()?,
        member.acknowledged,
    ];
    sql::run(connection, sql, values).map(drop)
}

/// Puts `after` in the row of the part that was `before`.
pub fn replace(connection: &Connection, before: &Member, after: &Member) -> Result<(), StoreError> {
    if before.joined != after.joined {
        remove(connection, before)?;
        return insert(connection, after);
    }
    let sql = "UPDATE alerts SET present = ?5, status = ?6, severity = ?7, ended_at = ?8, changed = ?9, acknowledged = ?10 \
               WHERE source = ?1 AND key = ?2 AND joined = ?3 AND grp = ?4";
    let values = params![
        after.source.as_str(),
        after.key,
        columns::signed(after.joined.0)?,
        after.group.0.as_bytes(),
        after.present,
        columns::alert_status(after.status),
        columns::alert_severity(after.severity),
        after.ended_at.map(|at| at.0),
        after.changed.map(columns::signed).transpose()?,
        after.acknowledged,
    ];
    sql::run(connection, sql, values).map(drop)
}

pub fn remove(connection: &Connection, member: &Member) -> Result<(), StoreError> {
    let sql = "DELETE FROM alerts WHERE source = ?1 AND key = ?2 AND joined = ?3 AND grp = ?4";
    let key = params![member.source.as_str(), member.key, columns::signed(member.joined.0)?, member.group.0.as_bytes()];
    sql::run(connection, sql, key).map(drop)
}
