//! Rows of the table: what was measured, against what, in the same run, as a ratio. Never a limit on seconds.

use serde::Serialize;
use std::time::Duration;

/// One comparison.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The work.
    pub work: String,
    /// What it is compared with.
    pub against: String,
    /// Ours, with its unit.
    pub ours: String,
    /// Theirs, with its unit.
    pub theirs: String,
    /// Ours over theirs.
    pub ratio: f64,
    /// The aim in words.
    pub aim: String,
    /// Whether it was reached.
    pub met: bool,
}

/// Which side of the aim is good.
#[derive(Clone, Copy, Debug)]
pub enum Aim {
    /// The ratio should be at most this (times, sizes).
    AtMost(f64),
    /// The ratio should be at least this (throughput).
    AtLeast(f64),
}

impl Row {
    /// Compares two figures of one unit.
    pub fn new(work: &str, against: &str, (ours, theirs): (f64, f64), unit: &str, aim: Aim) -> Self {
        let ratio = ours / theirs;
        let (aim, met) = match aim {
            Aim::AtMost(limit) => (format!("≤ {limit} ×"), ratio <= limit),
            Aim::AtLeast(limit) => (format!("≥ {limit} ×"), ratio >= limit),
        };
        let figure = |value: f64| if value >= 100.0 { format!("{value:.0} {unit}") } else { format!("{value:.3} {unit}") };
        Self { work: work.into(), against: against.into(), ours: figure(ours), theirs: figure(theirs), ratio, aim, met }
    }
}

/// Prints the table.
pub fn print(rows: &[Row]) {
    println!("{:<58} {:<34} {:>14} {:>14} {:>8} {:>9}  ", "work", "against", "ours", "theirs", "ratio", "aim");
    for row in rows {
        let mark = if row.met { "met" } else { "MISSED" };
        println!("{:<58} {:<34} {:>14} {:>14} {:>7.2}× {:>9}  {mark}", row.work, row.against, row.ours, row.theirs, row.ratio, row.aim);
    }
}

/// Durations of many runs of one thing.
#[derive(Default)]
pub struct Samples(Vec<Duration>);

impl Samples {
    /// Adds one run.
    pub fn push(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// The value that `share` (0 to 1) of the runs do not exceed, in milliseconds.
    pub fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort();
        let at = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len().max(1)) - 1;
        sorted.get(at).map_or(f64::NAN, |took| took.as_secs_f64() * 1e3)
    }
}
