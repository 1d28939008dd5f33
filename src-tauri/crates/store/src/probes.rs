//! What came of trying places, counted by day. No projection: tries are no events.

use crate::rows::{Tried, Uptime};
use crate::{StoreError, columns, sql};
use domain::{SourceName, Timestamp};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Days kept of each place: a year and a month, so that a quarter can be held against the same one a year ago.
const DAYS_KEPT: i64 = 396;

/// A place was tried.
pub fn count(connection: &Connection, source: &SourceName, tried: &Tried) -> Result<(), StoreError> {
    let day = day(tried.at);
    let answered = i64::from(tried.took_ms.is_some());
    let took = i64::from(tried.took_ms.unwrap_or_default());
    let sql = "INSERT INTO probe_days (source, day, tries, well, answered, took_ms, last_at, last_well, last_ms) \
               VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?3, ?7) \
               ON CONFLICT (source, day) DO UPDATE SET tries = tries + 1, well = well + excluded.well, \
               answered = answered + excluded.answered, took_ms = took_ms + excluded.took_ms, \
               last_at = excluded.last_at, last_well = excluded.last_well, last_ms = excluded.last_ms";
    sql::run(connection, sql, params![source.as_str(), day, tried.well, answered, took, tried.at.0, tried.took_ms])?;
    let sql = "DELETE FROM probe_days WHERE source = ?1 AND day < ?2";
    sql::run(connection, sql, params![source.as_str(), day - DAYS_KEPT]).map(drop)
}

/// How every place did since the day of `since`.
pub fn uptimes(connection: &Connection, since: Timestamp) -> Result<BTreeMap<SourceName, Uptime>, StoreError> {
    // Of several bare columns beside one max(), SQLite answers those of the row that has it.
    let sql = "SELECT source, min(day), sum(tries), sum(well), sum(answered), sum(took_ms), max(last_at), last_well, last_ms \
               FROM probe_days WHERE day >= ?1 GROUP BY source";
    let all = sql::all(connection, sql, [day(since)], |row| {
        let uptime = Uptime {
            since: Timestamp(row.get::<_, i64>(1)? * DAY_MS),
            tries: columns::count(row, 2)?,
            well: columns::count(row, 3)?,
            answered: columns::count(row, 4)?,
            took_ms: columns::count(row, 5)?,
            last: Tried { at: Timestamp(row.get(6)?), well: row.get(7)?, took_ms: row.get(8)? },
        };
        Ok((SourceName(row.get(0)?), uptime))
    })?;
    Ok(all.into_iter().collect())
}

const fn day(at: Timestamp) -> i64 {
    at.0.div_euclid(DAY_MS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Opening, open};
    use domain::DeviceId;

    const NOON: Timestamp = Timestamp(20_000 * DAY_MS + DAY_MS / 2);

    #[test]
    fn tries_are_counted_by_day_and_old_days_go() {
        let folder = tempfile::tempdir().expect("a folder");
        let opening = Opening { path: folder.path().join("muster.db"), device: DeviceId(uuid::Uuid::from_u128(7)), now: NOON };
        let (mut writer, readers) = open(&opening).expect("it opens");
        let source = SourceName("shop".into());
        let tried = |days: i64, well, took_ms| Tried { at: NOON.plus_millis(days * DAY_MS), well, took_ms };
        for tried in [tried(0, true, Some(80)), tried(0, false, None), tried(1, true, Some(120)), tried(1, true, Some(40))] {
            writer.count_try(&source, &tried).expect("counted");
        }
        let reader = readers.get().expect("a reader");
        let both = reader.uptimes(NOON).expect("read").remove(&source).expect("tried");
        assert_eq!((both.tries, both.well, both.answered, both.took_ms), (4, 3, 3, 240));
        assert_eq!((both.since, &both.last), (Timestamp(20_000 * DAY_MS), &tried(1, true, Some(40))));
        let second = reader.uptimes(NOON.plus_millis(DAY_MS)).expect("read").remove(&source).expect("tried");
        assert_eq!((second.tries, second.well), (2, 2), "the first day is out of it");
        writer.count_try(&source, &tried(DAYS_KEPT + 1, false, None)).expect("counted");
        drop(reader);
        let kept = readers.get().expect("a reader").uptimes(Timestamp(0)).expect("read").remove(&source).expect("tried");
        assert_eq!((kept.tries, kept.last.well), (3, false), "the first day is gone, the second stays");
    }
}
