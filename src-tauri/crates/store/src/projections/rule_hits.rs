//! The rule_hits table: how often each rule fitted an alert that began to fire.

use crate::rows::RuleHits;
use crate::{StoreError, columns, sql};
use domain::alerts::AlertEvent;
use domain::{Recorded, Timestamp};
use rusqlite::{Connection, params};

/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Follows an alert's event.
pub fn follow(connection: &Connection, recorded: &Recorded, event: &AlertEvent) -> Result<(), StoreError> {
    let (AlertEvent::Opened(opened) | AlertEvent::Reopened(opened)) = event else { return Ok(()) };
    let at = recorded.envelope.recorded_at;
    for rule in &opened.rules {
        let sql = "INSERT INTO rule_hits (rule, day, hits, last_at) VALUES (?1, ?2, 1, ?3) \
                   ON CONFLICT (rule, day) DO UPDATE SET hits = hits + 1, last_at = max(last_at, excluded.last_at)";
        sql::run(connection, sql, params![rule, at.0.div_euclid(DAY_MS), at.0])?;
    }
    Ok(())
}

/// What each rule did since an instant, by its name.
pub fn since(connection: &Connection, since: Timestamp) -> Result<Vec<RuleHits>, StoreError> {
    let sql = "SELECT rule, sum(hits), max(last_at) FROM rule_hits WHERE day >= ?1 GROUP BY rule ORDER BY rule";
    sql::all(connection, sql, [since.0.div_euclid(DAY_MS)], |row| {
        Ok(RuleHits { rule: row.get(0)?, hits: columns::count(row, 1)?, last_at: Timestamp(row.get(2)?) })
    })
}
