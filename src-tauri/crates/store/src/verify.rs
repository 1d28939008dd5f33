//! Whether every event is as it was recorded, and none is missing. Only reads.

use crate::chain::ROOT;
use crate::ledger::{self, Stored};
use crate::rows::{Bad, Verification};
use crate::{StoreError, meta, sql};
use domain::incidents::IncidentEvent;
use domain::{DeviceId, Event, EventId, IncidentId, Subject};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// Events at the end of the ledger that are looked at whenever a home is opened: what a torn write would hit.
const TAIL: usize = 64;

/// The kind of event that says so when words were taken out.
const REDACTED: &str = "incident.redacted";
const SILENT: &str = "its words are gone, and no redaction says so";

/// Verifies the whole ledger, or the events of one incident and what they are chained to.
pub fn verify(connection: &Connection, incident: Option<IncidentId>) -> Result<Verification, StoreError> {
    match incident {
        Some(id) => one_incident(connection, id),
        None => whole(connection),
    }
}

/// The walk along all chains.
struct Walk {
    own: BTreeSet<DeviceId>,
    losses: BTreeMap<(DeviceId, u64), u64>,
    events: u64,
    last_seq: i64,
    bad: Option<Bad>,
    before: Option<Stored>,
    heads: Vec<(DeviceId, u64, [u8; 32])>,
    erased: HashMap<EventId, u64>,
    redacted: HashSet<EventId>,
}

fn whole(connection: &Connection) -> Result<Verification, StoreError> {
    let mut walk = Walk {
        own: meta::devices(connection)?,
        losses: meta::losses(connection)?,
        events: 0,
        last_seq: 0,
        bad: None,
        before: None,
        heads: vec![],
        erased: HashMap::new(),
        redacted: HashSet::new(),
    };
    ledger::each_by_chain(connection, |seq, id, row| {
        walk.step(seq, id, row);
        Ok(())
    })?;
    walk.end();
    walk.look_for_silent_erasures();
    if walk.last_seq != walk.events as i64 && walk.losses.is_empty() && walk.bad.is_none() {
        walk.bad = gap(connection)?;
    }
    Ok(Verification { ok: walk.bad.is_none(), events: walk.events, first_bad: walk.bad, heads: walk.heads })
}

impl Walk {
    fn step(&mut self, seq: i64, id: Option<Uuid>, row: Result<Stored, StoreError>) {
        self.events += 1;
        self.last_seq = self.last_seq.max(seq);
        match row {
            Ok(stored) => {
                if let Err(why) = self.check(&stored) {
                    self.note(seq, stored.envelope.id.0.to_string(), why);
                }
                self.take(stored);
            }
            Err(fault) => self.note(seq, id.map(|id| id.to_string()).unwrap_or_default(), format!("it does not read ({fault})")),
        }
    }

    fn check(&self, stored: &Stored) -> Result<(), String> {
        let envelope = &stored.envelope;
        let before = self.before.as_ref().filter(|before| before.envelope.device == envelope.device);
        if self.own.contains(&envelope.device) {
            if stored.received_at != envelope.recorded_at {
                return Err("it was recorded here, yet arrived at another time".into());
            }
            if before.is_some_and(|before| before.seq > stored.seq) {
                return Err("it stands out of order".into());
            }
        }
        let number = envelope.device_seq;
        match before {
            Some(before) if before.envelope.device_seq + 1 == number => Ok(stored.check(&before.hash)?),
            None if number == 1 => Ok(stored.check(&ROOT)?),
            _ => Err(self.missing(stored, before.map_or(0, |before| before.envelope.device_seq))),
        }
    }

    fn missing(&self, stored: &Stored, after: u64) -> String {
        let number = stored.envelope.device_seq;
        let lost = self.losses.contains_key(&(stored.envelope.device, number.saturating_sub(1)));
        let count = number.saturating_sub(after).saturating_sub(1);
        let since = if lost { "; a salvage could not read them" } else { "" };
        match count {
            1 => format!("the event before it is missing{since}"),
            count => format!("{count} events before it are missing{since}"),
        }
    }

    fn take(&mut self, stored: Stored) {
        if self.before.as_ref().is_some_and(|before| before.envelope.device != stored.envelope.device) {
            self.end();
        }
        if stored.is_erased() {
            self.erased.insert(stored.envelope.id, stored.seq);
        }
        self.redacted.extend(redacted_by(&stored));
        self.before = Some(stored);
    }

    /// Words may be gone only where a redaction says so.
    fn look_for_silent_erasures(&mut self) {
        let silent = self.erased.iter().filter(|(id, _)| !self.redacted.contains(id)).map(|(id, seq)| (*seq, *id)).min();
        if let Some((seq, id)) = silent {
            self.note(seq as i64, id.0.to_string(), SILENT.into());
        }
    }

    /// Ends a chain.
    fn end(&mut self) {
        if let Some(last) = self.before.take() {
            self.heads.push((last.envelope.device, last.envelope.device_seq, last.hash));
        }
    }

    fn note(&mut self, seq: i64, id: String, why: String) {
        let seq = seq.max(0) as u64;
        if self.bad.as_ref().is_none_or(|bad| seq < bad.seq) {
            self.bad = Some(Bad { seq, id, why });
        }
    }
}

/// The entry whose words an event says were taken out.
fn redacted_by(stored: &Stored) -> Option<EventId> {
    if stored.kind != REDACTED {
        return None;
    }
    match stored.clone().recorded().ok()?.event? {
        Event::Incident(IncidentEvent::Redacted { target, .. }) => Some(target),
        Event::Incident(_) | Event::Alert(_) | Event::Home(_) | Event::Change(_) => None,
    }
}

fn silent_erasure(events: &[Stored]) -> Option<Bad> {
    let redacted: HashSet<EventId> = events.iter().filter_map(redacted_by).collect();
    let silent = events.iter().find(|stored| stored.is_erased() && !redacted.contains(&stored.envelope.id))?;
    Some(Bad { seq: silent.seq, id: silent.envelope.id.0.to_string(), why: SILENT.into() })
}

fn gap(connection: &Connection) -> Result<Option<Bad>, StoreError> {
    let sql =
        "SELECT e.seq FROM events e WHERE e.seq > 1 AND NOT EXISTS (SELECT 1 FROM events b WHERE b.seq = e.seq - 1) ORDER BY e.seq LIMIT 1";
    let Some(seq) = sql::one(connection, sql, [], |row| Ok(row.get::<_, i64>(0)?))? else { return Ok(None) };
    let id = ledger::by_seq(connection, seq)?.map(|stored| stored.envelope.id.0.to_string()).unwrap_or_default();
    Ok(Some(Bad { seq: seq.max(0) as u64, id, why: "what stood before it is missing".into() }))
}

fn one_incident(connection: &Connection, id: IncidentId) -> Result<Verification, StoreError> {
    let events = ledger::stored_of(connection, &Subject::Incident(id))?;
    let mut bad = None;
    for stored in &events {
        if let Err(why) = fits(connection, stored)? {
            bad = Some(Bad { seq: stored.seq, id: stored.envelope.id.0.to_string(), why });
            break;
        }
    }
    if bad.is_none() {
        bad = silent_erasure(&events);
    }
    let heads = events.iter().map(|stored| (stored.envelope.device, (stored.envelope.device_seq, stored.hash)));
    let heads: BTreeMap<DeviceId, (u64, [u8; 32])> = heads.collect();
    Ok(Verification {
        ok: bad.is_none(),
        events: events.len() as u64,
        first_bad: bad,
        heads: heads.into_iter().map(|(device, (number, hash))| (device, number, hash)).collect(),
    })
}

/// Whether a row fits the one before it on its chain.
fn fits(connection: &Connection, stored: &Stored) -> Result<Result<(), String>, StoreError> {
    let envelope = &stored.envelope;
    if envelope.device_seq == 1 {
        return Ok(stored.check(&ROOT).map_err(str::to_owned));
    }
    match ledger::by_number(connection, envelope.device, envelope.device_seq - 1)? {
        Some(before) => Ok(stored.check(&before.hash).map_err(str::to_owned)),
        None => Ok(Err("the event before it is missing".into())),
    }
}

/// Verifies the events that arrived last; what a salvage lost before them is known and no reason to refuse.
pub fn verify_tail(connection: &Connection) -> Result<(), StoreError> {
    let losses = meta::losses(connection)?;
    for stored in ledger::tail(connection, TAIL)? {
        let envelope = &stored.envelope;
        let known_loss = losses.contains_key(&(envelope.device, envelope.device_seq.saturating_sub(1)));
        let fit = if known_loss { stored.check_words().map_err(str::to_owned) } else { fits(connection, &stored)? };
        fit.map_err(|why| StoreError::Corrupt(format!("event {} is not as it was recorded: {why}", stored.seq)))?;
    }
    Ok(())
}
