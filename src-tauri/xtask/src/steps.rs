//! A row of steps, the time each took, and a table of it all at the end, whether or not they all went well.

use anyhow::Result;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// What was done, and how long it took.
#[derive(Debug, Default)]
pub struct Steps {
    done: Vec<(String, Duration, bool)>,
}

impl Steps {
    /// Carries out a step.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        println!("\n== {name}");
        let begun = Instant::now();
        let result = work();
        self.done.push((name.to_owned(), begun.elapsed(), result.is_ok()));
        result
    }

    /// The table.
    pub fn table(&self) -> String {
        let width = self.done.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(0);
        let mut text = String::new();
        for (name, time, good) in &self.done {
            let mark = if *good { "ok" } else { "failed" };
            let _ = writeln!(text, "{name:width$}  {:>7}  {mark}", minutes(*time));
        }
        let total = self.done.iter().map(|(_, time, _)| *time).sum();
        let _ = writeln!(text, "{:width$}  {:>7}", "total", minutes(total));
        text
    }
}

fn minutes(time: Duration) -> String {
    format!("{}:{:04.1}", time.as_secs() / 60, time.as_secs_f64() % 60.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_stands_in_the_table() {
        let mut steps = Steps::default();
        steps.step("format", || Ok(())).unwrap();
        let fault = steps.step("tests", || anyhow::bail!("one failed")).unwrap_err();
        assert_eq!(fault.to_string(), "one failed");
        let table = steps.table();
        assert!(table.contains("format   0:00.0  ok"), "{table}");
        assert!(table.contains("tests    0:00.0  failed"), "{table}");
        assert!(table.lines().last().is_some_and(|line| line.starts_with("total")), "{table}");
    }

    #[test]
    fn times_read_as_minutes() {
        assert_eq!(minutes(Duration::from_millis(125_460)), "2:05.5");
    }
}
