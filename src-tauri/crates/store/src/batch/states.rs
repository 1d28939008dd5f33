//! Incident states at hand. While one is there nobody reads the snapshot in its row, so the snapshot is written once for
//! all events of a command: before a savepoint begins, before it ends, and before the commit.

use super::Batch;
use crate::StoreError;
use crate::projections::incidents::{self, Known};
use domain::IncidentId;
use domain::incidents::Incident;

/// Incident states kept at hand: more than anybody works on at once, and a few MiB at most.
const STATES_KEPT: usize = 512;

impl Batch<'_> {
    /// An incident's state, with what this transaction did to it.
    pub fn incident(&mut self, id: IncidentId) -> Result<Option<Incident>, StoreError> {
        Ok(self.state(id)?.cloned())
    }

    /// The same, to be looked at where it lies.
    pub fn state(&mut self, id: IncidentId) -> Result<Option<&Incident>, StoreError> {
        if let Some(fault) = &self.lost {
            return Err(fault.again());
        }
        if !self.writer.states.contains_key(&id) {
            let Some(known) = self.take_known(id)? else { return Ok(None) };
            self.writer.states.insert(id, known);
        }
        Ok(self.writer.states.get(&id).map(|known| &known.incident))
    }

    /// A state, taken from what is at hand: to be put back after the event that it is taken for.
    pub(super) fn take_known(&mut self, id: IncidentId) -> Result<Option<Known>, StoreError> {
        if let Some(fault) = &self.lost {
            return Err(fault.again());
        }
        match self.writer.states.remove(&id) {
            Some(known) => Ok(Some(known)),
            None => {
                self.make_room()?;
                self.on(|connection| incidents::known(connection, id))
            }
        }
    }

    /// Brings the rows of incidents up to their states at hand.
    pub(super) fn write_states(&mut self) -> Result<(), StoreError> {
        for at in self.written..self.touched.len() {
            let id = self.touched[at];
            let Some(mut known) = self.writer.states.remove(&id) else { continue };
            // A state that is lost here must not be missed in silence: nothing of this may be committed.
            self.on(|connection| incidents::write(connection, &mut known)).inspect_err(|_| self.spoiled = true)?;
            self.writer.states.insert(id, known);
        }
        self.written = self.touched.len();
        Ok(())
    }

    /// Lets the states at hand go where they are too many; what they say is in their rows.
    fn make_room(&mut self) -> Result<(), StoreError> {
        if self.writer.states.len() >= STATES_KEPT {
            self.write_states()?;
            self.writer.states.clear();
        }
        Ok(())
    }
}
