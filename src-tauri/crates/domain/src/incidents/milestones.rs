//! When what was reached: read from the lifecycle as it was moved, back-dated and corrected. Nothing is stored twice.

use super::{Impact, Incident, Status};
use crate::Timestamp;

impl Incident {
    /// When customers were first affected, as far as recorded.
    pub fn impact_started_at(&self) -> Option<Timestamp> {
        self.impact.iter().map(|impact| impact.from).min()
    }

    /// The running interval, where one runs.
    pub fn running_impact(&self) -> Option<&Impact> {
        self.impact.iter().rev().find(|impact| impact.to.is_none())
    }

    /// When customers were last brought out of harm; `None` while the state says that they are in it, or never were.
    pub fn mitigated_at(&self) -> Option<Timestamp> {
        self.start_of_run(Status::is_mitigated)
    }

    /// When it was resolved; `None` while open or after a reopen.
    pub fn resolved_at(&self) -> Option<Timestamp> {
        self.start_of_run(Status::is_resolved)
    }

    /// When it was closed or cancelled; `None` while it is not.
    pub fn closed_at(&self) -> Option<Timestamp> {
        match self.status.value {
            Status::Closed => self.start_of_run(|status| status == Status::Closed),
            Status::Cancelled => self.start_of_run(|status| status == Status::Cancelled),
            Status::Triage
            | Status::Investigating
            | Status::Identified
            | Status::Mitigated
            | Status::Monitoring
            | Status::Resolved
            | Status::Merged => None,
        }
    }

    /// Earliest moment of the unbroken run of moves, up to the last, whose states all satisfy `inside`. The earliest, not
    /// the first: a step recorded late may have happened before the one recorded ahead of it.
    fn start_of_run(&self, inside: impl Fn(Status) -> bool) -> Option<Timestamp> {
        self.moves.iter().rev().take_while(|step| inside(step.to)).map(|step| step.at).min()
    }
}
