//! What a group's verdicts come to.

use super::{FLAP_TIMES, Hush, Verdict, flaps_until};
use crate::{AlertSeverity, Timestamp};
use serde::{Deserialize, Serialize};

/// Beginnings remembered: what is needed to see that a group comes and goes, and that it goes on to.
const BEGINNINGS_KEPT: usize = 2 * FLAP_TIMES;

/// How a group stands with noise.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Noise {
    /// The last verdict.
    pub verdict: Verdict,
    /// When it was given.
    pub at: Timestamp,
    /// How bad the worst alert was that it was given for.
    pub severity: AlertSeverity,
    /// When it last rang since it began to fire, and for how bad an alert.
    pub rang: Option<(Timestamp, AlertSeverity)>,
    /// How often it rang in all.
    pub rings: u32,
    /// When it began to fire, the last times, oldest first.
    pub begun: Vec<Timestamp>,
}

impl Noise {
    /// Follows a verdict.
    pub fn evolve(before: Option<Self>, verdict: &Verdict, severity: AlertSeverity, at: Timestamp) -> Self {
        let begins = before.as_ref().is_none_or(Self::is_over) && *verdict != Verdict::Silent(Hush::Over);
        let (rang, rings, mut begun) = before.map_or((None, 0, vec![]), |before| (before.rang, before.rings, before.begun));
        if begins {
            begun.drain(..begun.len().saturating_sub(BEGINNINGS_KEPT - 1));
            begun.push(at);
        }
        let (rang, rings) = match verdict {
            Verdict::Rings(_) => (Some((at, severity)), rings.saturating_add(1)),
            Verdict::Silent(Hush::Over) => (None, rings),
            Verdict::Silent(_) => (rang, rings),
        };
        Self { verdict: verdict.clone(), at, severity, rang, rings, begun }
    }

    /// Whether nothing of the group fired when it was last judged.
    pub fn is_over(&self) -> bool {
        self.verdict == Verdict::Silent(Hush::Over)
    }

    /// Until when a group is held as flapping that fires at `now`.
    pub fn flaps_until(before: Option<&Self>, now: Timestamp) -> Option<Timestamp> {
        let before = before?;
        let begins = before.is_over().then_some(now);
        flaps_until(&before.begun.iter().copied().chain(begins).collect::<Vec<_>>(), now)
    }
}
