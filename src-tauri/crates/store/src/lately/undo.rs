//! What is undone in the database is undone here: what things were is kept for as long as a part of a transaction may
//! still go back. A whole transaction that goes back is simply forgotten.

use super::{Alert, Group, Lately, Slot};
use domain::GroupId;

/// What something was before it changed.
pub enum Undo {
    Alert(Slot, Box<Alert>),
    /// Not at hand before, where there is none.
    Group(GroupId, Option<Box<Group>>),
    /// All that was at hand was put down.
    Forgotten,
}

/// Where a part of a transaction began.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    before: usize,
    alerts: usize,
}

impl Lately {
    /// A part of the transaction begins that may be undone by itself. All that was known is written by now.
    pub fn mark(&mut self) -> Mark {
        self.parts += 1;
        Mark { before: self.before.len(), alerts: self.alerts.len() }
    }

    /// It is done.
    pub fn release(&mut self) {
        self.parts = self.parts.saturating_sub(1);
        if self.parts == 0 {
            self.before.clear();
        }
    }

    /// It is undone: all is as the tables say again.
    pub fn undo(&mut self, mark: Mark) {
        let undone = self.before.split_off(mark.before.min(self.before.len()));
        if self.before.len() < mark.before || undone.iter().any(|undo| matches!(undo, Undo::Forgotten)) {
            self.release();
            return self.forget();
        }
        for undo in undone.into_iter().rev() {
            match undo {
                Undo::Alert(slot, alert) => self.put_back(slot, *alert),
                Undo::Group(id, Some(group)) => drop(self.groups.insert(id, *group)),
                Undo::Group(id, None) => drop(self.groups.remove(&id)),
                Undo::Forgotten => {}
            }
        }
        self.drop_from(mark.alerts);
        // What came before was written when it began; whose groups are may have been told by what is undone.
        (self.heard, self.moved, self.requests, self.numbers) = Default::default();
        self.unsettle();
        self.release();
    }

    /// Whether what changes must be kept as it was.
    pub(super) fn may_go_back(&self) -> bool {
        self.parts > 0
    }
}
