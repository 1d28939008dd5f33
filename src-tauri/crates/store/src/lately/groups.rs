//! Groups at hand: their rows, whose they are, how they stand with noise, and which of them new alerts of a key join.

use super::Lately;
use super::undo::Undo;
use crate::StoreError;
use crate::projections::groups::{self, Tally};
use crate::projections::{attachments, incidents, noises};
use crate::rows::TriageRow;
use domain::alarms::Noise;
use domain::{GroupId, IncidentId, IncidentRef, Timestamp};
use rusqlite::Connection;

/// One group.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    pub tally: Tally,
    /// Whether its row says that something fires; none before it has a row.
    fired: Option<bool>,
    /// Whether its row is behind.
    moved: bool,
    /// Whose it is, once that was asked for.
    whose: Option<Whose>,
    /// How it stands with noise, once that was asked for.
    noise: Option<Option<Noise>>,
}

/// Whose a group is.
#[derive(Clone, PartialEq, Debug)]
struct Whose {
    /// When it was asked for, in turns of [`Lately::unsettle`].
    turn: u64,
    incident: Option<(IncidentId, IncidentRef)>,
    is_open: bool,
}

impl Group {
    fn new(tally: Tally, fired: Option<bool>) -> Self {
        Self { tally, fired, moved: false, whose: None, noise: None }
    }
}

impl Lately {
    /// A group, looked up in the tables the first time.
    pub fn group(&mut self, connection: &Connection, id: GroupId) -> Result<Option<&Group>, StoreError> {
        if !self.groups.contains_key(&id)
            && let Some(tally) = groups::tally(connection, id)?
        {
            let fired = Some(tally.firing > 0);
            self.come_to_hand(Group::new(tally, fired));
        }
        Ok(self.groups.get(&id))
    }

    /// A group begins; the alerts of its key join it from now on.
    pub fn begin_group(&mut self, tally: Tally, now: Timestamp) {
        self.joined.insert(tally.key_hash, (tally.id, now));
        self.moved.push(tally.id);
        self.come_to_hand(Group { moved: true, ..Group::new(tally, None) });
    }

    /// Changes what the row of a group says.
    pub fn move_group(&mut self, connection: &Connection, id: GroupId, change: impl FnOnce(&mut Tally)) -> Result<(), StoreError> {
        self.group(connection, id)?;
        let Some(group) = self.change_group(id) else { return Ok(()) };
        change(&mut group.tally);
        let key = group.tally.key_hash;
        if !std::mem::replace(&mut group.moved, true) {
            self.moved.push(id);
        }
        // News of another group of the key may make that one the one to join.
        if self.joined.get(&key).is_some_and(|(joined, _)| *joined != id) {
            self.joined.remove(&key);
        }
        Ok(())
    }

    /// The group that new alerts of a key join, as [`groups::current`] says.
    pub fn joined(&mut self, connection: &Connection, key: [u8; 16], now: Timestamp) -> Result<Option<GroupId>, StoreError> {
        if let Some(id) = self.joined_at_hand(key, now) {
            return Ok(Some(id));
        }
        self.write_groups(connection)?;
        let found = groups::current(connection, key, now)?;
        match found {
            Some(id) => drop(self.joined.insert(key, (id, now))),
            None => drop(self.joined.remove(&key)),
        }
        if let Some(id) = found {
            self.group(connection, id)?;
        }
        Ok(found)
    }

    /// The same, where it is known here. As long as a group fires it is joined, unless there is news of a newer one; what
    /// is joined only because its last news was just now is asked anew.
    pub(super) fn joined_at_hand(&self, key: [u8; 16], now: Timestamp) -> Option<GroupId> {
        let (id, since) = self.joined.get(&key)?;
        let fires = self.groups.get(id).is_some_and(|group| group.tally.firing > 0);
        (fires && *since <= now).then_some(*id)
    }

    /// The incident a group belongs to.
    pub fn incident_of(&mut self, connection: &Connection, id: GroupId) -> Result<Option<IncidentId>, StoreError> {
        Ok(self.whose(connection, id)?.incident.map(|(incident, _)| incident))
    }

    /// What must be known of a group to judge it.
    pub fn triage(&mut self, connection: &Connection, id: GroupId) -> Result<Option<TriageRow>, StoreError> {
        if self.group(connection, id)?.is_none() {
            return Ok(None);
        }
        let whose = self.whose(connection, id)?;
        let Some(group) = self.change_group(id) else { return Ok(None) };
        let noise = match &group.noise {
            Some(noise) => noise.clone(),
            None => group.noise.insert(noises::of_group(connection, id)?).clone(),
        };
        Ok(Some(TriageRow {
            fires: group.tally.firing > 0,
            number: group.tally.number,
            services: group.tally.services.clone(),
            acknowledged_by: group.tally.acknowledged_by.clone(),
            incident: whose.incident.filter(|_| whose.is_open).map(|(_, reference)| reference),
            noise,
        }))
    }

    /// A verdict was given.
    pub fn judged(&mut self, id: GroupId) {
        if let Some(group) = self.change_group(id) {
            group.noise = None;
        }
    }

    /// Something happened to an incident, or to what is quiet: whose groups are, and which of them are joined, is asked anew.
    pub fn unsettle(&mut self) {
        self.turn += 1;
        self.joined.clear();
    }

    fn whose(&mut self, connection: &Connection, id: GroupId) -> Result<Whose, StoreError> {
        let turn = self.turn;
        let known = self.groups.get(&id).and_then(|group| group.whose.as_ref());
        if let Some(whose) = known.filter(|whose| whose.turn == turn) {
            return Ok(whose.clone());
        }
        let incident = attachments::of_group(connection, id)?;
        let is_open = match &incident {
            Some((incident, _)) => incidents::is_open(connection, *incident)?,
            None => false,
        };
        let whose = Whose { turn, incident, is_open };
        if let Some(group) = self.change_group(id) {
            group.whose = Some(whose.clone());
        }
        Ok(whose)
    }

    fn come_to_hand(&mut self, group: Group) {
        let id = group.tally.id;
        let before = self.groups.insert(id, group);
        if self.may_go_back() {
            self.before.push(Undo::Group(id, before.map(Box::new)));
        }
    }

    fn change_group(&mut self, id: GroupId) -> Option<&mut Group> {
        let may_go_back = self.may_go_back();
        let group = self.groups.get_mut(&id)?;
        if may_go_back {
            self.before.push(Undo::Group(id, Some(Box::new(group.clone()))));
        }
        Some(group)
    }

    pub(super) fn write_groups(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.torn = true;
        for id in std::mem::take(&mut self.moved) {
            if let Some(group) = self.change_group(id) {
                groups::write(connection, &group.tally, group.fired)?;
                (group.fired, group.moved) = (Some(group.tally.firing > 0), false);
            }
        }
        self.torn = false;
        Ok(())
    }
}
