//! The alerts table: where each alert stands in each group it was part of, by the event that says its words. An alert is
//! part of one group at a time; in those it left it is over. Alerts go by their numbers in [`crate::sightings`].

mod shown;

pub use shown::shown;

use crate::{StoreError, columns, sql};
use domain::alerts::{AlertEvent, AlertStatus, Opened};
use domain::{AlertSeverity, GroupId, Hlc, Timestamp};
use rusqlite::{Connection, Row, params};

macro_rules! select {
    ($($rest:tt)*) => {
        concat!(
            "SELECT a.opened, a.alert, a.joined, a.grp, a.present, a.status, a.severity, a.episode, a.started_at, a.ended_at, a.changed, \
             a.acknowledged FROM ",
            $($rest)*
        )
    };
}

/// An alert's part in a group.
#[derive(Clone, PartialEq, Debug)]
pub struct Member {
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
    /// The event by which it fires here, or last fired: it holds its words.
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

    /// The alert's number, and its part.
    fn read(row: &Row<'_>) -> Result<(i64, Self), StoreError> {
        let member = Self {
            opened: columns::count(row, 0)?,
            joined: Hlc(columns::count(row, 2)?),
            group: GroupId(columns::id(row, 3)?),
            present: row.get(4)?,
            status: columns::alert_status_of(row.get(5)?)?,
            severity: columns::alert_severity_of(row.get(6)?)?,
            episode: row.get(7)?,
            started_at: Timestamp(row.get(8)?),
            ended_at: row.get::<_, Option<i64>>(9)?.map(Timestamp),
            changed: row.get::<_, Option<i64>>(10)?.map(|seq| seq.max(0) as u64),
            acknowledged: row.get(11)?,
        };
        Ok((row.get(1)?, member))
    }

    fn read_part(row: &Row<'_>) -> Result<Self, StoreError> {
        Self::read(row).map(|(_, member)| member)
    }
}

/// An alert's part in the group it fired in last.
pub fn present(connection: &Connection, alert: i64) -> Result<Option<Member>, StoreError> {
    sql::one(connection, select!("alerts a WHERE a.alert = ?1 ORDER BY a.joined DESC, a.grp DESC LIMIT 1"), [alert], Member::read_part)
}

/// An alert's part in one group.
pub fn in_group(connection: &Connection, alert: i64, group: GroupId) -> Result<Option<Member>, StoreError> {
    let sql = select!("alerts a WHERE a.alert = ?1 AND a.grp = ?2 ORDER BY a.joined DESC LIMIT 1");
    sql::one(connection, sql, params![alert, group.0.as_bytes()], Member::read_part)
}

/// All alerts that are or were part of a group, those that fire first; each with its number.
pub fn members(connection: &Connection, group: GroupId, limit: usize) -> Result<Vec<(i64, Member)>, StoreError> {
    let sql = select!(
        "events e CROSS JOIN alerts a ON a.opened = e.seq LEFT JOIN sightings s ON s.number = a.alert WHERE e.subject = ?1 ",
        "ORDER BY a.present = 1 AND a.status = 0 DESC, a.severity, s.key LIMIT ?2"
    );
    sql::all(connection, sql, params![group.0.as_bytes(), columns::limit(limit)], Member::read)
}

/// All parts of an alert, the group it fired in last first.
pub fn parts(connection: &Connection, alert: i64) -> Result<Vec<Member>, StoreError> {
    sql::all(connection, select!("alerts a WHERE a.alert = ?1 ORDER BY a.joined DESC, a.grp DESC"), [alert], Member::read_part)
}

pub fn insert(connection: &Connection, alert: i64, member: &Member) -> Result<(), StoreError> {
    let sql = "INSERT INTO alerts (opened, alert, joined, grp, present, status, severity, episode, started_at, ended_at, changed, \
               acknowledged) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    let values = params![
        columns::signed(member.opened)?,
        alert,
        columns::signed(member.joined.0)?,
        member.group.0.as_bytes(),
        member.present,
        columns::alert_status(member.status),
        columns::alert_severity(member.severity),
        member.episode,
        member.started_at.0,
        member.ended_at.map(|at| at.0),
        member.changed.map(columns::signed).transpose()?,
        member.acknowledged,
    ];
    sql::run(connection, sql, values).map(drop)
}

/// Puts `after` in the row of the part that was `before`.
pub fn replace(connection: &Connection, alert: i64, before: &Member, after: &Member) -> Result<(), StoreError> {
    if before.opened != after.opened {
        remove(connection, before)?;
        return insert(connection, alert, after);
    }
    let sql = "UPDATE alerts SET present = ?2, status = ?3, severity = ?4, ended_at = ?5, changed = ?6, acknowledged = ?7 \
               WHERE opened = ?1";
    let values = params![
        columns::signed(after.opened)?,
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
    sql::run(connection, "DELETE FROM alerts WHERE opened = ?1", [columns::signed(member.opened)?]).map(drop)
}
