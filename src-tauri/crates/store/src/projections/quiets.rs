//! Which groups are kept quiet, and by which event. The home's own fold says the same; this is the part that alerts ask.

use crate::{StoreError, columns, sql};
use domain::home::HomeEvent;
use domain::quiet::QuietScope;
use domain::{EventId, GroupId};
use rusqlite::{Connection, params};

/// Follows an event of the home, and answers whether it is about quiet; an end that arrives before what it ends is
/// remembered.
pub fn follow(connection: &Connection, id: EventId, event: &HomeEvent) -> Result<bool, StoreError> {
    match event {
        HomeEvent::QuietAdded { scope, .. } => add(connection, id, scope).map(|()| true),
        HomeEvent::QuietSet { order } => add(connection, id, &order.scope).map(|()| true),
        HomeEvent::QuietEnded { quiet } => {
            let sql = "INSERT INTO quiets (event, grp, ended) VALUES (?1, NULL, 1) ON CONFLICT (event) DO UPDATE SET ended = 1";
            sql::run(connection, sql, [quiet.0.as_bytes()]).map(|_| true)
        }
        HomeEvent::PersonAdded { .. }
        | HomeEvent::PersonDescribed { .. }
        | HomeEvent::PersonRemoved { .. }
        | HomeEvent::ChannelAdded { .. }
        | HomeEvent::ChannelRemoved { .. }
        | HomeEvent::CadenceSet { .. }
        | HomeEvent::TargetsSet { .. }
        | HomeEvent::MatrixSet { .. }
        | HomeEvent::BridgeRuleSet { .. }
        | HomeEvent::SourceAdded { .. }
        | HomeEvent::SourceSet { .. }
        | HomeEvent::SourceRotated { .. }
        | HomeEvent::SourceRemoved { .. }
        | HomeEvent::NoticeRuleSet { .. }
        | HomeEvent::RulesSet { .. }
        | HomeEvent::ServiceDescribed { .. }
        | HomeEvent::ServiceRemoved { .. }
        | HomeEvent::AlarmRang(_)
        | HomeEvent::AlarmShown { .. }
        | HomeEvent::AlarmAnswered { .. }
        | HomeEvent::SourceSilent { .. }
        | HomeEvent::SourceHeard { .. }
        | HomeEvent::CutOff { .. }
        | HomeEvent::BackOnline {} => Ok(false),
    }
}

/// Only orders about one group are kept here; conditions are asked of the home itself.
fn add(connection: &Connection, id: EventId, scope: &QuietScope) -> Result<(), StoreError> {
    let group = match scope {
        QuietScope::GroupUntilOver(group) | QuietScope::Group(group) => group,
        QuietScope::Alerts(_) | QuietScope::Everything => return Ok(()),
    };
    let sql = "INSERT INTO quiets (event, grp, ended) VALUES (?1, ?2, 0) ON CONFLICT (event) DO UPDATE SET grp = excluded.grp";
    sql::run(connection, sql, params![id.0.as_bytes(), group.0.as_bytes()]).map(drop)
}

/// The event that keeps a group quiet.
pub fn of_group(connection: &Connection, group: GroupId) -> Result<Option<EventId>, StoreError> {
    let sql = "SELECT event FROM quiets WHERE grp = ?1 AND ended = 0 ORDER BY event LIMIT 1";
    sql::one(connection, sql, [group.0.as_bytes()], |row| Ok(EventId(columns::id(row, 0)?)))
}
