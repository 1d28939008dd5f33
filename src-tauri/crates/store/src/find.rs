//! Finds what a person named: a reference, an id, an alert's key, or the beginning of one that fits only one thing.

use crate::rows::Found;
use crate::{FOUND_SHOWN, StoreError, columns, names, sql};
use domain::{EventId, GroupId, IncidentId, IncidentRef};
use rusqlite::{Connection, params};
use uuid::Uuid;

/// Shortest beginning of an id that is looked up, in hexadecimal digits: shorter ones fit half the ledger.
const PREFIX_DIGITS: usize = 4;

/// By reference as people type it, by id, or by the beginning of either.
pub fn incident(connection: &Connection, typed: &str) -> Result<Found<IncidentId>, StoreError> {
    if let Some(reference) = IncidentRef::parse(typed) {
        let found = incidents(connection, "SELECT id, ref FROM incidents WHERE ref = ?1 LIMIT ?2", reference.as_str())?;
        if !found.is_empty() {
            return Ok(settle(found));
        }
    }
    if let Some(start) = reference_start(typed) {
        let sql = "SELECT id, ref FROM incidents WHERE substr(ref, 1, length(?1)) = ?1 ORDER BY declared_at DESC LIMIT ?2";
        let found = incidents(connection, sql, &start)?;
        if !found.is_empty() {
            return Ok(settle(found));
        }
    }
    by_id(connection, "SELECT id FROM incidents WHERE id BETWEEN ?1 AND ?2 LIMIT ?3", typed, IncidentId)
}

fn incidents(connection: &Connection, sql: &str, reference: &str) -> Result<Vec<(IncidentId, String)>, StoreError> {
    sql::all(connection, sql, params![reference, columns::limit(FOUND_SHOWN)], |row| Ok((IncidentId(columns::id(row, 0)?), row.get(1)?)))
}

/// The beginning of a reference: `INC-7` or `7k` as typed for `INC-7K2F`.
fn reference_start(typed: &str) -> Option<String> {
    let upper = typed.trim().to_uppercase();
    let digits = upper.strip_prefix("INC-").unwrap_or(&upper);
    let digits = digits.replace('O', "0").replace(['I', 'L'], "1");
    let fits = (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
    fits.then(|| format!("INC-{digits}"))
}

/// By id or its beginning.
pub fn event(connection: &Connection, typed: &str) -> Result<Found<EventId>, StoreError> {
    by_id(connection, "SELECT id FROM events WHERE id BETWEEN ?1 AND ?2 LIMIT ?3", typed, EventId)
}

/// By id or its beginning, or by the key of an alert that is part of it now.
pub fn group(connection: &Connection, typed: &str) -> Result<Found<GroupId>, StoreError> {
    let found = by_id(connection, "SELECT id FROM alert_groups WHERE id BETWEEN ?1 AND ?2 LIMIT ?3", typed, GroupId)?;
    if found != Found::None {
        return Ok(found);
    }
    let sql = "SELECT DISTINCT a.grp FROM (SELECT number FROM alert_names WHERE key = ?1 \
               UNION SELECT number FROM sightings WHERE number > ?2 AND key = ?1) n \
               CROSS JOIN alerts a ON a.alert = n.number WHERE a.present = 1 LIMIT ?3";
    let values = params![typed.trim(), names::named(connection)?, columns::limit(FOUND_SHOWN)];
    let found = sql::all(connection, sql, values, |row| {
        let id = columns::id(row, 0)?;
        Ok((GroupId(id), id.to_string()))
    })?;
    Ok(settle(found))
}

fn by_id<T>(connection: &Connection, sql: &str, typed: &str, of: fn(Uuid) -> T) -> Result<Found<T>, StoreError> {
    let Some((first, last)) = range(typed) else { return Ok(Found::None) };
    let found = sql::all(connection, sql, params![first, last, columns::limit(FOUND_SHOWN)], |row| {
        let id = columns::id(row, 0)?;
        Ok((of(id), id.to_string()))
    })?;
    Ok(settle(found))
}

/// The first and the last id that begin with what was typed.
fn range(typed: &str) -> Option<([u8; 16], [u8; 16])> {
    let digits: String = typed.trim().chars().filter(|c| *c != '-').collect();
    let fits = (PREFIX_DIGITS..=32).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let end = |fill: &str| u128::from_str_radix(&format!("{digits}{}", fill.repeat(32 - digits.len())), 16).ok().map(u128::to_be_bytes);
    if fits { end("0").zip(end("f")) } else { None }
}

fn settle<T>(mut found: Vec<(T, String)>) -> Found<T> {
    match found.len() {
        0 => Found::None,
        1 => Found::One(found.remove(0).0),
        _ => Found::Many(found.into_iter().map(|(_, shown)| shown).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_becomes_a_range() {
        let (first, last) = range("0190-ab").expect("hexadecimal");
        assert_eq!(Uuid::from_bytes(first).to_string(), "0190ab00-0000-0000-0000-000000000000");
        assert_eq!(Uuid::from_bytes(last).to_string(), "0190abff-ffff-ffff-ffff-ffffffffffff");
        for typed in ["", "01", "xyz0", &"0".repeat(33)] {
            assert_eq!(range(typed), None, "{typed:?} is no beginning");
        }
    }

    #[test]
    fn a_reference_may_be_half_typed() {
        assert_eq!(reference_start("inc-7o"), Some("INC-70".into()));
        assert_eq!(reference_start("inc-"), None, "nothing typed yet");
    }
}
