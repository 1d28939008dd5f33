//! Rows of the table: what was measured, against what, in the same run, as a ratio. Never a limit on seconds.
//! A row is printed and kept as soon as it is there: what fails later loses none of them.

use anyhow::{Result, bail};
use serde::Serialize;
use std::path::PathBuf;
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
    /// Ours over theirs; none where it was not measured.
    pub ratio: Option<f64>,
    /// The aim in words; none where the row is there to be known.
    pub aim: Option<String>,
    /// Whether it was reached; none without an aim or a measurement.
    pub met: Option<bool>,
    /// Why it was not measured.
    pub why: Option<String>,
}

/// Which side of the aim is good.
#[derive(Clone, Copy, Debug)]
pub enum Aim {
    /// The ratio should be at most this (times, sizes).
    AtMost(f64),
    /// The ratio should be at least this (throughput).
    AtLeast(f64),
    /// Nothing is asked of it: it explains another row.
    Noted,
}

impl Row {
    /// Compares two figures of one unit.
    pub fn new(work: &str, against: &str, (ours, theirs): (f64, f64), unit: &str, aim: Aim) -> Self {
        let ratio = ours / theirs;
        let (aim, met) = match aim {
            Aim::AtMost(limit) => (Some(format!("≤ {limit} ×")), Some(ratio <= limit)),
            Aim::AtLeast(limit) => (Some(format!("≥ {limit} ×")), Some(ratio >= limit)),
            Aim::Noted => (None, None),
        };
        let figure = |value: f64| if value >= 100.0 { format!("{value:.0} {unit}") } else { format!("{value:.3} {unit}") };
        let (ours, theirs) = (figure(ours), figure(theirs));
        Self { work: work.into(), against: against.into(), ours, theirs, ratio: Some(ratio), aim, met, why: None }
    }

    fn not_measured(work: &str, why: String) -> Self {
        let nothing = String::new;
        Self {
            work: work.into(),
            against: nothing(),
            ours: nothing(),
            theirs: nothing(),
            ratio: None,
            aim: None,
            met: None,
            why: Some(why),
        }
    }

    fn print(&self) {
        if let Some(why) = &self.why {
            return println!("{:<62} NOT MEASURED: {why}", self.work);
        }
        let mark = match self.met {
            Some(true) => "met",
            Some(false) => "MISSED",
            None => "noted",
        };
        let (ratio, aim) = (self.ratio.unwrap_or(f64::NAN), self.aim.as_deref().unwrap_or(""));
        println!("{:<62} {:<34} {:>14} {:>14} {ratio:>7.2}× {aim:>9}  {mark}", self.work, self.against, self.ours, self.theirs);
    }
}

/// The rows so far, on the screen and in a file.
pub struct Table {
    rows: Vec<Row>,
    file: Option<PathBuf>,
}

impl Table {
    /// An empty table; `file` gets the same rows as JSON.
    pub fn new(file: Option<PathBuf>) -> Self {
        println!("{:<62} {:<34} {:>14} {:>14} {:>8} {:>9}  ", "work", "against", "ours", "theirs", "ratio", "aim");
        Self { rows: vec![], file }
    }

    /// Takes rows in, or, as one row called `work`, why there are none.
    pub fn take(&mut self, work: &str, measured: Result<Vec<Row>>) -> Result<()> {
        let rows = measured.unwrap_or_else(|fault| vec![Row::not_measured(work, format!("{fault:#}"))]);
        rows.iter().for_each(Row::print);
        self.rows.extend(rows);
        if let Some(file) = &self.file {
            std::fs::write(file, serde_json::to_vec_pretty(&self.rows)?)?;
        }
        Ok(())
    }

    /// Fails where a row could not be measured; an aim that was missed is for people to judge.
    pub fn finish(self) -> Result<()> {
        let missing = self.rows.iter().filter(|row| row.why.is_some()).count();
        if missing > 0 {
            bail!("{missing} of {} rows could not be measured", self.rows.len());
        }
        Ok(())
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

    /// Adds one run, in milliseconds; a clock that stepped back counts as none.
    pub fn push_millis(&mut self, took: f64) {
        self.push(Duration::from_secs_f64(took.max(0.0) / 1e3));
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The mean, in milliseconds: finer than a clock that counts whole ones.
    pub fn mean(&self) -> f64 {
        self.0.iter().map(Duration::as_secs_f64).sum::<f64>() * 1e3 / self.0.len() as f64
    }

    /// The value that `share` (0 to 1) of the runs do not exceed, in milliseconds.
    pub fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort();
        let at = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len().max(1)) - 1;
        sorted.get(at).map_or(f64::NAN, |took| took.as_secs_f64() * 1e3)
    }
}
