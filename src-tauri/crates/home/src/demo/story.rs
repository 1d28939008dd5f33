//! The demonstration's data, read. Told in `stories.toml`; a typing error there fails the test below, not a newcomer.

use domain::{AlertSeverity, Handle, Means, Role, ServiceName, Severity};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Everything that is told.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stories {
    /// Handles and full names.
    pub people: BTreeMap<String, String>,
    /// What is over.
    pub incident: Vec<Past>,
    /// What is under way.
    pub open: Vec<Open>,
    /// What waits.
    pub triage: Vec<Waiting>,
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
    /// Name, service, count, and minutes before the declaration.
    pub alerts: Option<(String, String, u32, i64)>,
    /// Customers affected, in percent.
    pub share: Option<f64>,
    #[serde(default)]
    pub roles: Vec<String>,
    pub notes: Vec<String>,
    /// Which note was corrected, and to what.
    pub correct: Option<(usize, String)>,
    /// Which note was redacted, why, and what stands in its place.
    pub redact: Option<(usize, String, String)>,
}

/// How a past incident ended.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum End {
    #[default]
    Closed,
    Cancelled,
    /// Resolved, opened again for a while, and closed.
    Reopened,
}

/// An incident that is over.
#[derive(Deserialize)]
pub struct Past {
    #[serde(flatten)]
    pub told: Told,
    pub days: i64,
    /// `HH:MM`, UTC.
    pub at: String,
    /// Minutes to: confirmed command, identified, mitigated, monitoring, resolved, closed. Zero: never.
    pub steps: [i64; 6],
    #[serde(default)]
    pub end: End,
}

/// An incident under way.
#[derive(Deserialize)]
pub struct Open {
    #[serde(flatten)]
    pub told: Told,
    /// Minutes before the present.
    pub ago: i64,
    pub confirm: Option<i64>,
    pub identified: Option<i64>,
}

/// A group that waits in triage.
#[derive(Deserialize)]
pub struct Waiting {
    pub name: String,
    pub title: String,
    pub service: String,
    pub severity: AlertSeverity,
    pub alerts: u32,
    pub ago: i64,
}

/// One note: when, by whom, how it was heard, and the words.
pub struct Note {
    pub minute: i64,
    pub pinned: bool,
    pub who: Handle,
    pub heard: Option<Means>,
    pub text: String,
}

fn means(word: &str) -> Option<Means> {
    match word {
        "voice" => Some(Means::Voice),
        "chat" => Some(Means::Chat),
        "phone" => Some(Means::Phone),
        _ => None,
    }
}

impl Told {
    /// Its notes, in order.
    pub fn notes(&self) -> Vec<Note> {
        self.notes.iter().filter_map(|line| note(line)).collect()
    }

    /// Its roles: role, person, and how it became known.
    pub fn roles(&self) -> Vec<(Role, Handle, Option<Means>)> {
        let role = |line: &String| {
            let mut words = line.split(' ');
            Some((Role::parse(words.next()?)?, Handle::parse(words.next()?)?, words.next().and_then(means)))
        };
        self.roles.iter().filter_map(role).collect()
    }

    /// Who commands.
    pub fn commander(&self) -> &Handle {
        self.commander.as_ref().unwrap_or(&self.by)
    }
}

fn note(line: &str) -> Option<Note> {
    let (minute, rest) = line.split_once(' ')?;
    let (who, text) = rest.split_once(' ')?;
    let (who, heard) = who.split_once('/').map_or((who, None), |(who, word)| (who, means(word)));
    let pinned = minute.ends_with('!');
    Some(Note { minute: minute.trim_end_matches('!').parse().ok()?, pinned, who: Handle::parse(who)?, heard, text: text.to_owned() })
}

/// Reads what is told.
pub fn read() -> Result<Stories, toml::de::Error> {
    toml::from_str(include_str!("stories.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_believable_quarter_is_told_without_a_slip() {
        let stories = read().expect("the data parses");
        assert_eq!((stories.incident.len(), stories.open.len()), (30, 2), "thirty past incidents and two open ones");
        let all = stories.incident.iter().map(|past| &past.told).chain(stories.open.iter().map(|open| &open.told));
        for told in all {
            assert_eq!(told.notes().len(), told.notes.len(), "every note of {:?} reads", told.title);
            assert_eq!(told.roles().len(), told.roles.len(), "every role of {:?} reads", told.title);
            let known = |handle: &Handle| stories.people.contains_key(&handle.0);
            assert!(known(&told.by) && told.notes().iter().all(|note| known(&note.who)), "everybody in {:?} has a name", told.title);
        }
    }
}
