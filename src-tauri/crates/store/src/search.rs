//! Search over the words of incidents' events. It trails the ledger by sequence and is drained before it is asked;
//! what was never drained is only late, never lost.

use crate::rows::SearchRow;
use crate::{StoreError, codec, columns, meta, sql};
use domain::{Event, EventId, IncidentId, Timestamp};
use rusqlite::{Connection, params};

/// Events read in one transaction: bounds what a long backlog holds in memory.
const STEP: usize = 4_096;
/// Words of one query that are looked for: more is a pasted text, and each costs.
const QUERY_WORDS: usize = 16;

/// What one step did.
pub struct Drained {
    /// Events read.
    pub events: usize,
    /// Sequence up to which search has read now.
    pub searched: u64,
}

/// Takes in the words of at most `limit` events after `searched`, in one transaction of its own.
pub fn drain(connection: &mut Connection, searched: u64, limit: usize) -> Result<Drained, StoreError> {
    let sql = "SELECT seq, subject_kind, kind, version, codec, payload FROM events WHERE seq > ?1 ORDER BY seq LIMIT ?2";
    let from = params![columns::signed(searched)?, columns::limit(limit.min(STEP))];
    let rows = sql::all(connection, sql, from, |row| {
        let is_incidents = row.get::<_, i64>(1)? == 1;
        let words = if is_incidents { words(row).unwrap_or_else(unread) } else { None };
        Ok((columns::count(row, 0)?, words))
    })?;
    let searched = rows.last().map_or(searched, |(seq, _)| *seq);
    let events = rows.len();
    let spoken: Vec<(u64, String)> = rows.into_iter().filter_map(|(seq, words)| Some((seq, words?))).collect();
    if !spoken.is_empty() {
        let transaction = connection.transaction()?;
        for (seq, words) in spoken {
            sql::run(&transaction, "INSERT INTO search (rowid, words) VALUES (?1, ?2)", params![columns::signed(seq)?, words])?;
        }
        meta::set_number(&transaction, meta::SEARCHED, columns::signed(searched)?)?;
        transaction.commit()?;
    }
    Ok(Drained { events, searched })
}

fn words(row: &rusqlite::Row<'_>) -> Result<Option<String>, StoreError> {
    let Some(payload) = row.get::<_, Option<Vec<u8>>>(5)? else { return Ok(None) };
    let kind: String = row.get(2)?;
    match codec::decode(&kind, row.get(3)?, row.get(4)?, &payload)? {
        Event::Incident(event) => Ok(event.words().map(str::to_owned)),
        Event::Alert(_) | Event::Home(_) | Event::Change(_) => Ok(None),
    }
}

/// An entry that cannot be read has no words to find, and must not keep later ones from being found.
fn unread(fault: StoreError) -> Option<String> {
    tracing::warn!(%fault, "search passes over an entry");
    None
}

/// Sequence up to which search had read when the file was last written.
pub fn searched(connection: &Connection) -> Result<u64, StoreError> {
    Ok(meta::number(connection, meta::SEARCHED)?.unwrap_or(0).max(0) as u64)
}

/// Forgets everything, so that no page keeps a word; it is taken in again from the ledger.
pub fn reset(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(
        "DROP TABLE search; \
         CREATE VIRTUAL TABLE search USING fts5 (words, tokenize = \"unicode61 remove_diacritics 2\"); \
         INSERT INTO search (search, rank) VALUES ('secure-delete', 1)",
    )?;
    meta::set_number(connection, meta::SEARCHED, 0)
}

/// Where the words of `query` stand, best first. Whatever a person types is looked for as words; the last one may be
/// half typed.
pub fn find(connection: &Connection, query: &str, limit: usize) -> Result<Vec<SearchRow>, StoreError> {
    let Some(expression) = expression(query) else { return Ok(vec![]) };
    let sql = "SELECT e.subject, e.id, e.occurred_at, snippet(search, 0, char(57344), char(57345), '…', 16) \
               FROM search JOIN events e ON e.seq = search.rowid \
               WHERE search MATCH ?1 ORDER BY rank, search.rowid DESC LIMIT ?2";
    sql::all(connection, sql, params![expression, columns::limit(limit)], |row| {
        Ok(SearchRow {
            incident: IncidentId(columns::id(row, 0)?),
            event: EventId(columns::id(row, 1)?),
            at: Timestamp(row.get(2)?),
            snippet: row.get(3)?,
        })
    })
}

/// Each word as a string of FTS5's, which has no syntax inside; `None` where nothing is asked for.
fn expression(query: &str) -> Option<String> {
    let spoken = |word: &&str| word.chars().any(char::is_alphanumeric);
    let words: Vec<&str> = query.split_whitespace().filter(spoken).take(QUERY_WORDS).collect();
    let quoted = |word: &&str| format!("\"{}\"", word.replace('"', "\"\"").replace('\0', " "));
    let all = words.iter().map(quoted).collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then(|| format!("{all}*"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_person_types_is_syntax() {
        assert_eq!(expression("  "), None);
        assert_eq!(expression("\" * ( )"), None, "no word in it");
        assert_eq!(expression("disk AND \"full").as_deref(), Some("\"disk\" \"AND\" \"\"\"full\"*"));
    }
}
