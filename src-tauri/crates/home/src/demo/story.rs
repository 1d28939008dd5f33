//! The demonstration's data, read. Told in `stories.toml`; a slip there fails a test, not a newcomer.

use super::book::Member;
use super::house::{Done, Kept, Service};
use super::lines::{Note, Part, Turn};
use domain::rules::Rule;
use domain::{AlertSeverity, Handle, ServiceName, Severity};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// Everything that is told.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stories {
    /// Everybody in the people book.
    pub people: BTreeMap<Handle, Member>,
    /// What is over.
    pub incident: Vec<Past>,
    /// What is under way.
    pub open: Vec<Open>,
    /// What waits.
    pub triage: Vec<Waiting>,
    /// What was done to systems.
    pub change: Vec<Done>,
    /// What is kept quiet.
    pub quiet: Vec<Kept>,
    /// The home's rules.
    pub rule: Vec<Rule>,
    /// The services, and what they rest on.
    pub service: BTreeMap<ServiceName, Service>,
}

/// What every incident has.
#[derive(Deserialize)]
pub struct Told {
    pub title: String,
    pub severity: Severity,
    pub services: Vec<ServiceName>,
    /// Who declared it.
    pub by: Handle,
    /// Who commands, where not the declarer.
    pub commander: Option<Handle>,
    /// Who types what is heard of others.
    #[serde(default = "scribe")]
    pub typist: Handle,
    /// Name, service, count, and minutes before the declaration.
    pub alerts: Option<(String, ServiceName, u32, i64)>,
    /// Customers affected, in percent.
    pub share: Option<f64>,
    /// Who had which role from the first minutes on.
    #[serde(default)]
    pub roles: Vec<Part>,
    /// What was said.
    pub notes: Vec<Note>,
    /// What else was done: severities, tasks, decisions, updates, handovers.
    #[serde(default)]
    pub turns: Vec<Turn>,
    /// What somebody copied out of the channel.
    pub paste: Option<Paste>,
    /// Minute, number of the note, and what it should have said.
    pub correct: Option<(i64, usize, String)>,
    /// Minute, number of the note, why, and what stands in its place.
    pub redact: Option<(i64, usize, String, String)>,
}

/// Lines of a channel that somebody pastes in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paste {
    /// When they are pasted.
    pub minute: i64,
    /// By whom.
    pub by: Handle,
    /// Who said what there, and when.
    pub lines: Vec<Note>,
}

/// An incident that is over.
#[derive(Deserialize)]
pub struct Past {
    #[serde(flatten)]
    pub told: Told,
    /// Days before the present.
    pub days: i64,
    /// Minute of that day, UTC; told as `HH:MM`.
    #[serde(deserialize_with = "time_of_day")]
    pub at: i64,
    /// Minutes to: confirmed command, identified, mitigated, monitoring, resolved, closed. Zero: never.
    pub steps: [i64; 6],
    /// It was a false alarm: cancelled instead of resolved.
    #[serde(default)]
    pub cancelled: bool,
}

/// An incident under way.
#[derive(Deserialize)]
pub struct Open {
    #[serde(flatten)]
    pub told: Told,
    /// Minutes before the present.
    pub ago: i64,
}

/// A group that waits in triage.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiting {
    pub name: String,
    pub title: String,
    pub service: ServiceName,
    pub severity: AlertSeverity,
    pub alerts: u32,
    /// Minutes before the present.
    pub ago: i64,
}

impl Told {
    /// Who commanded first.
    pub fn commander(&self) -> &Handle {
        self.commander.as_ref().unwrap_or(&self.by)
    }

    /// Who commanded at `minute`.
    pub fn commander_at(&self, minute: i64) -> &Handle {
        let mut later = self.turns.iter().filter(|turn| turn.minute <= minute).filter_map(|turn| turn.commander.as_ref());
        later.next_back().unwrap_or_else(|| self.commander())
    }
}

/// Who writes for the others, where nobody else is named.
fn scribe() -> Handle {
    Handle("jo".into())
}

fn time_of_day<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    let told = String::deserialize(from)?;
    let read = told.split_once(':').and_then(|(hours, minutes)| Some((hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?)));
    match read {
        Some((hours @ 0..24, minutes @ 0..60)) => Ok(hours * 60 + minutes),
        Some(_) | None => Err(serde::de::Error::custom(format!("{told:?} is no time of day"))),
    }
}

/// Reads what is told.
pub fn read() -> Result<Stories, toml::de::Error> {
    toml::from_str(include_str!("stories.toml"))
}
