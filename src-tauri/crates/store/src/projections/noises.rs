//! The noises table: how each group stands with noise, folded from its verdicts. What alerts ask of it is in columns, the
//! rest is packed.

use crate::{StoreError, codec, columns, ledger, sql};
use domain::alarms::{Hush, Noise, Verdict};
use domain::alerts::AlertEvent;
use domain::{AlertSeverity, Event, GroupId, Hlc, Recorded, Subject, Timestamp};
use rusqlite::{Connection, params};

/// Follows a verdict; one that arrives late folds the group's verdicts anew.
pub fn follow(connection: &Connection, group: GroupId, recorded: &Recorded, event: &AlertEvent) -> Result<(), StoreError> {
    let AlertEvent::Judged { verdict, severity } = event else { return Ok(()) };
    let known = state(connection, group)?;
    if known.as_ref().is_some_and(|known| known.folded_to >= recorded.envelope.hlc) {
        return refold(connection, group);
    }
    let now = State::evolve(known, recorded, verdict, *severity);
    write(connection, group, &now)
}

/// Folds a group's verdicts anew.
pub fn refold(connection: &Connection, group: GroupId) -> Result<(), StoreError> {
    sql::run(connection, "DELETE FROM noises WHERE grp = ?1", [group.0.as_bytes()])?;
    let mut events = ledger::of_subject(connection, &Subject::Group(group))?;
    events.sort_by_key(Recorded::order);
    let mut now = None;
    for recorded in &events {
        if let Some(Event::Alert(AlertEvent::Judged { verdict, severity })) = &recorded.event {
            now = Some(State::evolve(now, recorded, verdict, *severity));
        }
    }
    now.map_or(Ok(()), |now| write(connection, group, &now))
}

/// A row, as far as it follows from verdicts.
struct State {
    noise: Noise,
    /// Whether its verdict keeps it out of what waits; of what is over, whether the last one before did.
    absorbed: bool,
    folded_to: Hlc,
}

impl State {
    fn evolve(before: Option<Self>, recorded: &Recorded, verdict: &Verdict, severity: AlertSeverity) -> Self {
        let absorbed = match verdict {
            Verdict::Rings(_) => false,
            Verdict::Silent(Hush::Over) => before.as_ref().is_some_and(|before| before.absorbed),
            Verdict::Silent(hush) => hush.absorbs(),
        };
        let noise = Noise::evolve(before.map(|before| before.noise), verdict, severity, recorded.envelope.recorded_at);
        Self { noise, absorbed, folded_to: recorded.envelope.hlc }
    }
}

/// How a group stands with noise.
pub fn of_group(connection: &Connection, group: GroupId) -> Result<Option<Noise>, StoreError> {
    Ok(state(connection, group)?.map(|known| known.noise))
}

/// Groups that fire and whose reason to be silent has passed by `now`, the longest first.
pub fn due(connection: &Connection, now: Timestamp, limit: usize) -> Result<Vec<GroupId>, StoreError> {
    let sql = "SELECT grp FROM noises WHERE until <= ?1 ORDER BY until LIMIT ?2";
    sql::all(connection, sql, params![now.0, columns::limit(limit)], |row| Ok(GroupId(columns::id(row, 0)?)))
}

/// When the next such reason passes.
pub fn next(connection: &Connection) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT min(until) FROM noises WHERE until IS NOT NULL";
    Ok(sql::one(connection, sql, [], |row| Ok(row.get::<_, Option<i64>>(0)?.map(Timestamp)))?.flatten())
}

/// Groups kept silent by what that group says is down.
pub fn children(connection: &Connection, parent: GroupId) -> Result<Vec<GroupId>, StoreError> {
    sql::all(connection, "SELECT grp FROM noises WHERE parent = ?1", [parent.0.as_bytes()], |row| Ok(GroupId(columns::id(row, 0)?)))
}

fn state(connection: &Connection, group: GroupId) -> Result<Option<State>, StoreError> {
    let sql = "SELECT state, absorbed, folded_to FROM noises WHERE grp = ?1";
    sql::one(connection, sql, [group.0.as_bytes()], |row| {
        Ok(State { noise: codec::unpacked(&row.get::<_, Vec<u8>>(0)?)?, absorbed: row.get(1)?, folded_to: Hlc(columns::count(row, 2)?) })
    })
}

fn write(connection: &Connection, group: GroupId, State { noise, absorbed, folded_to }: &State) -> Result<(), StoreError> {
    let (until, parent) = match &noise.verdict {
        Verdict::Rings(_) => (None, None),
        Verdict::Silent(hush) => (hush.until(), parent_of(hush)),
    };
    let sql = "INSERT INTO noises (grp, absorbed, loud, until, parent, folded_to, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
               ON CONFLICT (grp) DO UPDATE SET absorbed = excluded.absorbed, loud = excluded.loud, until = excluded.until, \
               parent = excluded.parent, folded_to = excluded.folded_to, state = excluded.state";
    let values = params![
        group.0.as_bytes(),
        absorbed,
        is_loud(&noise.verdict),
        until.map(|until| until.0),
        parent.map(|parent| *parent.0.as_bytes()),
        columns::signed(folded_to.0)?,
        codec::packed(noise)?,
    ];
    sql::run(connection, sql, values).map(drop)
}

/// Whether what the group tells of is known to people: it rang, or somebody looks at it.
const fn is_loud(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Rings(_) | Verdict::Silent(Hush::Attached { .. } | Hush::Acknowledged { .. } | Hush::Together { .. }) => true,
        Verdict::Silent(
            Hush::Quiet { .. } | Hush::Rule { .. } | Hush::Flapping { .. } | Hush::Parent { .. } | Hush::TooLow { .. } | Hush::Over,
        ) => false,
    }
}

const fn parent_of(hush: &Hush) -> Option<GroupId> {
    match hush {
        Hush::Parent { group, .. } => Some(*group),
        Hush::Quiet { .. }
        | Hush::Rule { .. }
        | Hush::Flapping { .. }
        | Hush::Attached { .. }
        | Hush::Acknowledged { .. }
        | Hush::TooLow { .. }
        | Hush::Together { .. }
        | Hush::Over => None,
    }
}
