//! The outbox table: what is to be done outside of the ledger, planned with the event that asks for it. No projection:
//! a rebuild plans nothing and sends nothing.

use crate::rows::{Effect, EffectKind, EffectState};
use crate::{StoreError, columns, sql};
use domain::{EventId, IncidentId, Timestamp};
use rusqlite::{Connection, Row, params};

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, kind, incident, due, state, attempt FROM outbox ", $rest)
    };
}

/// Plans a notice in place of whatever waits to be shown for that incident.
pub fn plan_notice(connection: &Connection, incident: IncidentId, effect: EventId, due: Timestamp) -> Result<(), StoreError> {
    drop_pending(connection, incident, due)?;
    plan(connection, EffectKind::Notice, incident, effect, due)
}

/// Plans to show which clocks rang, in place of whatever notice waits for that incident.
pub fn plan_ring(connection: &Connection, incident: IncidentId, effect: EventId, due: Timestamp) -> Result<(), StoreError> {
    drop_pending(connection, incident, due)?;
    plan(connection, EffectKind::Ring, incident, effect, due)
}

/// What effects about no incident are planned under.
const NO_INCIDENT: IncidentId = IncidentId(uuid::Uuid::nil());

/// Plans to show the alarm, or to take its notice down, in place of either that waits.
pub fn plan_alarm(connection: &Connection, what: EffectKind, effect: EventId, due: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE outbox SET state = ?1, changed_at = ?2 WHERE incident = ?3 AND state = 0 AND kind IN (?4, ?5)";
    let (alarm, close) = (kind(EffectKind::Alarm), kind(EffectKind::CloseAlarm));
    sql::run(connection, sql, params![state(EffectState::Dropped), due.0, NO_INCIDENT.0.as_bytes(), alarm, close])?;
    plan(connection, what, NO_INCIDENT, effect, due)
}

/// Plans to say what can or cannot be heard.
pub fn plan_ears(connection: &Connection, effect: EventId, due: Timestamp) -> Result<(), StoreError> {
    plan(connection, EffectKind::Ears, NO_INCIDENT, effect, due)
}

/// Plans to tell tools what became of the alerts of a group or an incident, in place of what waits to be told of it.
pub fn plan_reply(connection: &Connection, about: uuid::Uuid, effect: EventId, due: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE outbox SET state = ?1, changed_at = ?2 WHERE incident = ?3 AND state = 0 AND kind = ?4";
    sql::run(connection, sql, params![state(EffectState::Dropped), due.0, about.as_bytes(), kind(EffectKind::Reply)])?;
    plan(connection, EffectKind::Reply, IncidentId(about), effect, due)
}

/// Plans to send what was queued; what was held or failed is planned anew.
pub fn plan_post(connection: &Connection, incident: IncidentId, queued: EventId, due: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO outbox (id, kind, incident, due, state, attempt, changed_at) VALUES (?1, ?2, ?3, ?4, 0, 0, ?4) \
               ON CONFLICT (id) DO UPDATE SET state = 0, due = excluded.due, attempt = 0, changed_at = excluded.changed_at \
               WHERE state IN (3, 5)";
    sql::run(connection, sql, params![queued.0.as_bytes(), kind(EffectKind::Post), incident.0.as_bytes(), due.0]).map(drop)
}

/// Claimed becomes pending again, to be tried at `due`.
pub fn again(connection: &Connection, id: EventId, due: Timestamp, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE outbox SET state = 0, due = ?2, changed_at = ?3 WHERE id = ?1 AND state = 1";
    sql::run(connection, sql, params![id.0.as_bytes(), due.0, now.0]).map(drop)
}

/// Drops what waits to be shown for that incident, and plans to take its notice down.
pub fn hush(connection: &Connection, incident: IncidentId, effect: EventId, now: Timestamp) -> Result<(), StoreError> {
    drop_pending(connection, incident, now)?;
    plan(connection, EffectKind::CloseNotice, incident, effect, now)
}

fn drop_pending(connection: &Connection, incident: IncidentId, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE outbox SET state = ?2, changed_at = ?3 WHERE incident = ?1 AND state = 0 AND NOT (?4 >> kind) & 1";
    let stays = bits(&EffectKind::POSTS);
    sql::run(connection, sql, params![incident.0.as_bytes(), state(EffectState::Dropped), now.0, stays]).map(drop)
}

fn plan(connection: &Connection, what: EffectKind, incident: IncidentId, effect: EventId, due: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO outbox (id, kind, incident, due, state, attempt, changed_at) VALUES (?1, ?2, ?3, ?4, 0, 0, ?4)";
    sql::run(connection, sql, params![effect.0.as_bytes(), kind(what), incident.0.as_bytes(), due.0]).map(drop)
}

pub fn by_id(connection: &Connection, id: EventId) -> Result<Option<Effect>, StoreError> {
    sql::one(connection, select!("WHERE id = ?1"), [id.0.as_bytes()], read)
}

/// Pending becomes claimed, once; false where it no longer is pending.
pub fn claim(connection: &Connection, id: EventId, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE outbox SET state = 1, attempt = attempt + 1, changed_at = ?2 WHERE id = ?1 AND state = 0";
    Ok(sql::run(connection, sql, params![id.0.as_bytes(), now.0])? == 1)
}

/// How it went, or that it is held. What was done, failed or dropped before stays as it was.
pub fn settle(connection: &Connection, id: EventId, outcome: EffectState, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE outbox SET state = ?2, changed_at = ?3 WHERE id = ?1 AND state IN (0, 1, 5)";
    let settled = sql::run(connection, sql, params![id.0.as_bytes(), state(outcome), now.0])? == 1;
    if settled || by_id(connection, id)?.is_some() { Ok(()) } else { Err(StoreError::NotFound) }
}

/// What was planned or under way waits for a person's yes; answers how many that are.
pub fn hold(connection: &Connection, now: Timestamp) -> Result<u64, StoreError> {
    let sql = "UPDATE outbox SET state = ?1, changed_at = ?2 WHERE state IN (0, 1)";
    Ok(sql::run(connection, sql, params![state(EffectState::Held), now.0])? as u64)
}

/// What of these kinds is to be done at `now`, the longest due first. What nobody here can do is not in the way of it.
pub fn due(connection: &Connection, now: Timestamp, kinds: &[EffectKind], limit: usize) -> Result<Vec<Effect>, StoreError> {
    let sql = select!("WHERE state = 0 AND due <= ?1 AND (?2 >> kind) & 1 ORDER BY due, id LIMIT ?3");
    sql::all(connection, sql, params![now.0, bits(kinds), columns::limit(limit)], read)
}

/// Posts that wait for a person's yes.
pub fn held_posts(connection: &Connection) -> Result<Vec<Effect>, StoreError> {
    sql::all(connection, select!("WHERE state = 5 AND kind = ?1 ORDER BY due, id"), [kind(EffectKind::Post)], read)
}

/// What was claimed and never settled.
pub fn claimed(connection: &Connection) -> Result<Vec<Effect>, StoreError> {
    sql::all(connection, select!("WHERE state = 1 ORDER BY due, id"), [], read)
}

/// When the next one of these kinds is due.
pub fn next(connection: &Connection, kinds: &[EffectKind]) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT min(due) FROM outbox WHERE state = 0 AND (?1 >> kind) & 1";
    Ok(sql::one(connection, sql, [bits(kinds)], |row| Ok(row.get::<_, Option<i64>>(0)?.map(Timestamp)))?.flatten())
}

/// One bit for each kind.
fn bits(kinds: &[EffectKind]) -> i64 {
    kinds.iter().fold(0, |bits, one| bits | 1 << kind(*one))
}

fn read(row: &Row<'_>) -> Result<Effect, StoreError> {
    Ok(Effect {
        id: EventId(columns::id(row, 0)?),
        kind: kind_of(row.get(1)?)?,
        incident: IncidentId(columns::id(row, 2)?),
        due: Timestamp(row.get(3)?),
        state: state_of(row.get(4)?)?,
        attempt: row.get(5)?,
    })
}

const fn kind(kind: EffectKind) -> i64 {
    match kind {
        EffectKind::Notice => 0,
        EffectKind::CloseNotice => 1,
        EffectKind::Ring => 2,
        EffectKind::Post => 3,
        EffectKind::Alarm => 4,
        EffectKind::CloseAlarm => 5,
        EffectKind::Ears => 6,
        EffectKind::Reply => 7,
    }
}

fn kind_of(number: i64) -> Result<EffectKind, StoreError> {
    match number {
        0 => Ok(EffectKind::Notice),
        1 => Ok(EffectKind::CloseNotice),
        2 => Ok(EffectKind::Ring),
        3 => Ok(EffectKind::Post),
        4 => Ok(EffectKind::Alarm),
        5 => Ok(EffectKind::CloseAlarm),
        6 => Ok(EffectKind::Ears),
        7 => Ok(EffectKind::Reply),
        other => Err(StoreError::Codec(format!("{other} is no effect known here"))),
    }
}

/// Pending must stay 0, claimed 1, failed 3 and held 5: the statements above and an index say so.
const fn state(state: EffectState) -> i64 {
    match state {
        EffectState::Pending => 0,
        EffectState::Claimed => 1,
        EffectState::Done => 2,
        EffectState::Failed => 3,
        EffectState::Dropped => 4,
        EffectState::Held => 5,
    }
}

fn state_of(number: i64) -> Result<EffectState, StoreError> {
    match number {
        0 => Ok(EffectState::Pending),
        1 => Ok(EffectState::Claimed),
        2 => Ok(EffectState::Done),
        3 => Ok(EffectState::Failed),
        4 => Ok(EffectState::Dropped),
        5 => Ok(EffectState::Held),
        other => Err(StoreError::Codec(format!("{other} is no state of an effect known here"))),
    }
}
