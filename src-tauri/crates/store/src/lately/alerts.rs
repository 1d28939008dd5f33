//! Alerts at hand: their numbers, how they were heard, and their parts in the groups they fired in last. The last ones that
//! were numbered are all here, for nowhere else are they found by their names.

use super::undo::Undo;
use super::{Lately, Numbers, UNNAMED};
use crate::projections::alerts::{self, Member};
use crate::sightings::{self, Sighting};
use crate::{StoreError, names};
use domain::alerts::AlertState;
use domain::{SourceName, Timestamp};
use rusqlite::Connection;
use std::sync::Arc;

/// Where an alert at hand lies; good until all are forgotten.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slot(usize);

/// One alert.
#[derive(Clone, PartialEq, Debug)]
pub struct Alert {
    source: Arc<str>,
    key: Arc<str>,
    /// Its number; none before it is on the record.
    pub number: Option<i64>,
    /// How it was heard; none before it was.
    pub sighting: Option<Sighting>,
    /// The same as the table says it.
    written: Option<Sighting>,
    /// Its part in the group it fired in last, once that was asked for.
    pub(super) part: Option<Option<Member>>,
}

impl Lately {
    /// Where an alert lies; looked up in the tables the first time.
    pub fn find(&mut self, connection: &Connection, source: &SourceName, key: &str) -> Result<Slot, StoreError> {
        self.numbers(connection)?;
        let known = self.names.get(source.as_str()).and_then(|keys| keys.get(key)).copied();
        let slot = match known {
            Some(slot) => slot,
            None => {
                let number = names::listed(connection, source.as_str(), key)?;
                let sighting = number.map(|number| sightings::by_number(connection, number)).transpose()?.flatten();
                self.add(source.as_str(), key, number, sighting)
            }
        };
        let alert = &mut self.alerts[slot.0];
        if alert.part.is_none() {
            alert.part = Some(match alert.number {
                Some(number) => alerts::present(connection, number)?,
                None => None,
            });
        }
        Ok(slot)
    }

    /// The alert that lies there.
    pub fn alert(&self, slot: Slot) -> &Alert {
        &self.alerts[slot.0]
    }

    /// The number of an alert; gives it one where it has none.
    pub fn number(&mut self, connection: &Connection, slot: Slot) -> Result<i64, StoreError> {
        if let Some(number) = self.alerts[slot.0].number {
            return Ok(number);
        }
        let numbers = self.numbers(connection)?;
        numbers.last += 1;
        let number = numbers.last;
        self.change(slot).number = Some(number);
        self.note(slot, Sighting::default());
        Ok(number)
    }

    /// It was heard.
    pub fn sight(&mut self, connection: &Connection, slot: Slot, at: Timestamp, lapses_at: Option<Timestamp>) -> Result<(), StoreError> {
        self.number(connection, slot)?;
        let count = self.alerts[slot.0].sighting.map_or(0, |before| before.count) + 1;
        self.note(slot, Sighting { count, last_at: at, lapses_at });
        Ok(())
    }

    /// A new firing is counted from nothing.
    pub fn count_anew(&mut self, slot: Slot) {
        if let Some(before) = self.alerts[slot.0].sighting {
            self.note(slot, Sighting { count: 0, ..before });
        }
    }

    /// It does not lapse any more.
    pub fn forget_lapse(&mut self, slot: Slot) {
        if let Some(before) = self.alerts[slot.0].sighting {
            self.note(slot, Sighting { lapses_at: None, ..before });
        }
    }

    /// It fires, or stands, in a group like that now.
    pub fn take_part(&mut self, slot: Slot, part: Member) {
        self.change(slot).part = Some(Some(part));
    }

    /// Whether so many alerts are without a name in the table that they should get theirs.
    pub fn has_unnamed(&self) -> bool {
        self.numbers.is_some_and(|numbers| numbers.last - numbers.named >= UNNAMED)
    }

    /// All up to that number are named in the table.
    pub fn are_named(&mut self, last: i64) {
        if let Some(numbers) = &mut self.numbers {
            numbers.named = last;
        }
    }

    fn numbers(&mut self, connection: &Connection) -> Result<&mut Numbers, StoreError> {
        if self.numbers.is_none() {
            let (named, mut last) = (names::named(connection)?, sightings::last(connection)?);
            sightings::each_after(connection, named, |sighting, number, source, key| {
                if self.names.get(source).is_none_or(|keys| !keys.contains_key(key)) {
                    self.add(source, key, Some(number), Some(sighting));
                }
                last = last.max(number);
                Ok(())
            })?;
            return Ok(self.numbers.insert(Numbers { named, last }));
        }
        Ok(self.numbers.as_mut().expect("looked at a line ago"))
    }

    pub(super) fn add(&mut self, source: &str, key: &str, number: Option<i64>, sighting: Option<Sighting>) -> Slot {
        let slot = Slot(self.alerts.len());
        let key: Arc<str> = key.into();
        let source: Arc<str> = match self.names.get_key_value(source) {
            Some((source, _)) => source.clone(),
            None => source.into(),
        };
        self.names.entry(source.clone()).or_default().insert(key.clone(), slot);
        self.alerts.push(Alert { source, key, number, sighting, written: sighting, part: None });
        slot
    }

    fn change(&mut self, slot: Slot) -> &mut Alert {
        if self.may_go_back() {
            self.before.push(Undo::Alert(slot, Box::new(self.alerts[slot.0].clone())));
        }
        &mut self.alerts[slot.0]
    }

    fn note(&mut self, slot: Slot, now: Sighting) {
        let alert = self.change(slot);
        let is_written = alert.sighting == alert.written;
        alert.sighting = Some(now);
        if is_written {
            self.heard.push(slot);
        }
    }

    pub(super) fn put_back(&mut self, slot: Slot, alert: Alert) {
        self.alerts[slot.0] = alert;
    }

    /// Forgets the alerts that came to hand last.
    pub(super) fn drop_from(&mut self, first: usize) {
        for alert in self.alerts.drain(first.min(self.alerts.len())..) {
            if let Some(keys) = self.names.get_mut(&alert.source) {
                keys.remove(&alert.key);
            }
        }
    }

    pub(super) fn write_alerts(&mut self, connection: &Connection) -> Result<(), StoreError> {
        for slot in std::mem::take(&mut self.heard) {
            let alert = self.change(slot);
            let (Some(number), Some(now)) = (alert.number, alert.sighting) else { continue };
            match &alert.written {
                Some(before) if *before == now => {}
                Some(before) => sightings::update(connection, number, before, &now)?,
                None => sightings::insert(connection, number, &alert.source, &alert.key, &now)?,
            }
            alert.written = Some(now);
        }
        Ok(())
    }
}

impl Alert {
    /// Its part in the group it fired in last.
    pub fn part(&self) -> Option<&Member> {
        self.part.as_ref().and_then(Option::as_ref)
    }

    /// What must be known of it to judge the next signal about it.
    pub fn state(&self) -> Option<AlertState> {
        self.part().map(|part| AlertState {
            source: SourceName(self.source.as_ref().to_owned()),
            key: self.key.as_ref().to_owned(),
            group: part.group,
            episode: part.episode.clone(),
            started_at: part.started_at,
            status: part.status,
            severity: part.severity,
            acknowledged: part.acknowledged,
        })
    }
}
