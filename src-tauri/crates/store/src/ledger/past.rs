//! Rows of some kinds only, for looking back.

use super::Stored;
use crate::{StoreError, columns, sql};
use domain::{Recorded, Subject};
use rusqlite::{Connection, params};

/// Rows from `from` on in order of arrival whose kind lies between two names, both included.
pub fn each_of_kind(
    connection: &Connection,
    from: i64,
    (first, last): (&str, &str),
    mut each: impl FnMut(Stored) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(select!("WHERE seq >= ?1 AND kind BETWEEN ?2 AND ?3 ORDER BY seq"))?;
    let mut rows = statement.query(params![from, first, last])?;
    while let Some(row) = rows.next()? {
        each(Stored::read(row)?)?;
    }
    Ok(())
}

/// A subject's events of one kind, in order of arrival.
pub fn of_subject_and_kind(connection: &Connection, subject: &Subject, kind: &str) -> Result<Vec<Recorded>, StoreError> {
    let sql = select!("WHERE subject = ?1 AND kind = ?2 ORDER BY seq");
    sql::all(connection, sql, params![columns::subject(subject).1, kind], |row| Stored::read(row)?.recorded())
}
