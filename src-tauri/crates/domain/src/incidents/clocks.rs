//! Clocks of an incident: the promised update, the targets to acknowledge and to resolve, time boxes of tasks, and a look
//! to be taken later. What is due is a pure question about the wall clock: nine hours asleep are one answer, not nine.

use super::asks::Heard;
use super::command::Rejection;
use super::decide::{not_past, words_if_any};
use super::{Incident, Move};
use crate::home::{Home, MINUTES_LIMIT, Targets};
use crate::{Entry, Envelope, EventId, Severity, Status, Timestamp};
use serde::{Deserialize, Serialize};

/// Names one clock of an incident.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockId {
    /// The update promised next.
    Promise,
    /// Until somebody shows that they know.
    Acknowledge,
    /// Until it is resolved.
    Resolve,
    /// A task's time box.
    Task(EventId),
    /// A look to be taken.
    Look(EventId),
}

/// How far a clock has run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Half of the time is gone.
    Half,
    /// Three quarters are.
    ThreeQuarters,
    /// Only a tenth is left; for a promise a fifth.
    Nearly,
    /// It is due.
    Due,
}

/// A clock that rang.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rung {
    /// Which.
    pub clock: ClockId,
    /// How far it had run.
    pub stage: Stage,
    /// When it is, or was, due without rests: a clock that is set anew rings anew.
    pub base: Timestamp,
}

impl Rung {
    /// Whether it is worth calling a person for. Earlier stages are on the record and in the window: a clock that calls at
    /// every quarter is one that nobody hears any more.
    pub const fn calls(&self) -> bool {
        match self.clock {
            ClockId::Promise | ClockId::Task(_) | ClockId::Look(_) => true,
            ClockId::Acknowledge => matches!(self.stage, Stage::Due),
            ClockId::Resolve => matches!(self.stage, Stage::Nearly | Stage::Due),
        }
    }
}

/// What happens to clocks.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockEvent {
    /// They rang, together.
    Rang {
        /// Which, and how far each had run.
        clocks: Vec<Rung>,
    },
    /// Somebody is to look again.
    LookSet {
        /// When.
        at: Timestamp,
        /// At what.
        text: Option<String>,
        /// And then to offer to resolve.
        offer_resolve: bool,
    },
    /// Somebody looked, or need not.
    LookDone {
        /// The look, named by the event that set it.
        look: EventId,
    },
}

/// What may be asked of clocks: the event of the same name, before it is decided on.
pub type ClockCommand = ClockEvent;

/// A look to be taken.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Look {
    /// The event that set it.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// At what.
    pub text: Option<String>,
    /// And then to offer to resolve.
    pub offer_resolve: bool,
    /// Who set it, and when.
    pub heard: Heard,
}

/// One clock that runs, rests or ran out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clock {
    /// Which.
    pub id: ClockId,
    /// From when it runs.
    pub from: Timestamp,
    /// When it is due, rests included; while it rests, when it would be.
    pub due: Timestamp,
    /// When it would be due without rests.
    pub base: Timestamp,
    /// It rests now.
    pub rests: bool,
}

impl Clock {
    /// When `stage` is reached, and at which stages it rings.
    fn stages(&self) -> &'static [(Stage, i64)] {
        match self.id {
            ClockId::Promise => &[(Stage::Nearly, 80), (Stage::Due, 100)],
            ClockId::Acknowledge | ClockId::Resolve => {
                &[(Stage::Half, 50), (Stage::ThreeQuarters, 75), (Stage::Nearly, 90), (Stage::Due, 100)]
            }
            ClockId::Task(_) | ClockId::Look(_) => &[(Stage::Due, 100)],
        }
    }

    /// Counted back from the end, so that a rest moves what is still to come.
    fn reaches(&self, percent: i64) -> Timestamp {
        let span = self.base.since(self.from).max(0);
        self.due.plus_millis(-(span.saturating_mul(100 - percent) / 100))
    }

    /// The last stage reached by `now`.
    pub fn stage(&self, now: Timestamp) -> Option<Stage> {
        self.stages().iter().rev().find(|(_, percent)| self.reaches(*percent) <= now).map(|(stage, _)| *stage)
    }
}

impl Incident {
    /// All clocks at `now`, soonest due first. None of an incident that is over.
    pub fn clocks(&self, home: &Home, now: Timestamp) -> Vec<Clock> {
        if !self.status.value.is_open() {
            return vec![];
        }
        let plain = |id, from, due| Clock { id, from, due, base: due, rests: false };
        let targets = home.targets(self.severity.value);
        let minutes = |from: Timestamp, minutes: u32| from.plus_secs(i64::from(minutes) * 60);
        let mut clocks: Vec<Clock> = vec![];
        clocks.extend(self.comms.running().map(|promise| plain(ClockId::Promise, promise.heard.at, promise.due)));
        if let Some(target) = targets.acknowledge_minutes.filter(|_| self.acknowledged_at.is_none()) {
            clocks.push(plain(ClockId::Acknowledge, self.declared_at, minutes(self.declared_at, target)));
        }
        clocks.extend(self.resolve_clock(&targets, now, Timestamp(i64::MAX)));
        clocks.extend(self.tasks.iter().filter(|task| task.is_open()).map(|task| plain(ClockId::Task(task.id), task.boxed_at, task.due())));
        clocks.extend(self.looks.iter().map(|look| plain(ClockId::Look(look.id), look.heard.at, look.at)));
        clocks.sort_by_key(|clock| (clock.due, clock.id));
        clocks
    }

    fn resolve_clock(&self, targets: &Targets, now: Timestamp, until: Timestamp) -> Option<Clock> {
        let base = self.declared_at.plus_secs(i64::from(targets.resolve_minutes?) * 60);
        let rested = self.rested(&targets.pauses, now, until);
        let rests = targets.pauses.contains(&self.status.value);
        Some(Clock { id: ClockId::Resolve, from: self.declared_at, due: base.plus_millis(rested), base, rests })
    }

    /// When it was, or is, to be resolved by, rests up to `until` included; `None` where no such target is set.
    pub fn resolve_due(&self, home: &Home, until: Timestamp) -> Option<Timestamp> {
        self.resolve_clock(&home.targets(self.severity.value), until, until).map(|clock| clock.due)
    }

    /// Milliseconds spent in `pauses`, or over, up to `now`; of what was entered for a time after `until`, none.
    fn rested(&self, pauses: &[Status], now: Timestamp, until: Timestamp) -> i64 {
        // The later word holds from its hour on: a step that is entered late takes back what was said of the time after it.
        let mut course: Vec<&Move> = vec![];
        for step in &self.moves {
            course.truncate(course.iter().take_while(|before| before.at < step.at).count());
            course.push(step);
        }
        let ends = course.iter().skip(1).map(|step| step.at).chain([now]);
        let spans = course.iter().zip(ends).filter(|(step, _)| pauses.contains(&step.to) || !step.to.is_open());
        spans.map(|(step, end)| end.min(until).since(step.at.max(self.declared_at)).max(0)).fold(0, i64::saturating_add)
    }

    /// Clocks that reached a stage by `now` at which they have not rung.
    pub fn ringing(&self, home: &Home, now: Timestamp) -> Vec<Rung> {
        let reached = |clock: Clock| {
            let stage = clock.stage(now).filter(|_| !clock.rests)?;
            let rung = self.rung_stage(&clock);
            rung.is_none_or(|rung| rung < stage).then_some(Rung { clock: clock.id, stage, base: clock.base })
        };
        self.clocks(home, now).into_iter().filter_map(reached).collect()
    }

    fn rung_stage(&self, clock: &Clock) -> Option<Stage> {
        let rung = self.rung.iter().find(|(rung, _)| rung.clock == clock.id && rung.base == clock.base);
        rung.map(|(rung, _)| rung.stage)
    }

    /// When a clock of this incident is to be looked at next; `None` where none runs.
    pub fn next_wake(&self, home: &Home, now: Timestamp) -> Option<Timestamp> {
        let next = |clock: Clock| {
            let rung = self.rung_stage(&clock);
            let ahead = clock.stages().iter().filter(|(stage, _)| rung.is_none_or(|rung| rung < *stage));
            ahead.map(|(_, percent)| clock.reaches(*percent)).next()
        };
        self.clocks(home, now).into_iter().filter(|clock| !clock.rests).filter_map(next).min()
    }

    /// The cadence to promise the next update by, in minutes, and whether that is the long rhythm.
    pub fn rhythm(&self, home: &Home, now: Timestamp) -> (u32, bool) {
        let cadence = home.cadence(self.severity.value);
        let long = now.since(self.declared_at) >= i64::from(cadence.long_after_minutes) * 60_000;
        (if long { cadence.long_minutes } else { cadence.every_minutes }, long)
    }
}

/// Whether a machine whose commander this is should stay awake for it.
pub const fn keeps_awake(severity: Severity) -> bool {
    severity.is_major()
}

pub(super) fn decide(incident: &Incident, command: ClockCommand, entry: &Entry, now: Timestamp) -> Result<Vec<ClockEvent>, Rejection> {
    match command {
        ClockEvent::Rang { clocks } if clocks.is_empty() => Err(Rejection::NothingToChange),
        ClockEvent::Rang { clocks } => Ok(vec![ClockEvent::Rang { clocks }]),
        ClockEvent::LookSet { at, text, offer_resolve } => {
            entry.doer().ok_or(Rejection::NeedsPerson)?;
            not_past(at, now)?;
            if at.since(now) > i64::from(MINUTES_LIMIT) * 60_000 {
                return Err(Rejection::TimeBoxOutOfRange);
            }
            Ok(vec![ClockEvent::LookSet { at, text: words_if_any(text)?, offer_resolve }])
        }
        ClockEvent::LookDone { look } if incident.looks.iter().any(|known| known.id == look) => Ok(vec![ClockEvent::LookDone { look }]),
        ClockEvent::LookDone { .. } => Err(Rejection::NoSuchLook),
    }
}

pub(super) fn evolve(incident: &mut Incident, envelope: &Envelope, event: &ClockEvent) {
    match event {
        ClockEvent::Rang { clocks } => {
            for rung in clocks {
                // Another machine may have rung it further; a clock set back to where it was has rung there already.
                let same = |known: &Rung| known.clock == rung.clock && known.base == rung.base;
                if !incident.rung.iter().any(|(known, _)| same(known) && known.stage >= rung.stage) {
                    incident.rung.retain(|(known, _)| !same(known));
                    incident.rung.push((*rung, envelope.recorded_at));
                }
            }
            incident.rung_at = Some(envelope.recorded_at);
            incident.rung.sort_by_key(|(rung, _)| (rung.clock, rung.base));
        }
        ClockEvent::LookSet { at, text, offer_resolve } => {
            let heard = Heard::of(envelope);
            incident.looks.push(Look { id: envelope.id, at: *at, text: text.clone(), offer_resolve: *offer_resolve, heard });
        }
        ClockEvent::LookDone { look } => incident.looks.retain(|known| known.id != *look),
    }
}
