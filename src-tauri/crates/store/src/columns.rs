//! How domain values lie in columns: small numbers and stable names. What is written here is read for ever.

use crate::StoreError;
use domain::alerts::AlertStatus;
use domain::{Actor, AlertSeverity, EventId, GroupId, Handle, IncidentId, Means, ServiceName, Severity, Subject, Via};
use rusqlite::Row;
use uuid::Uuid;

const MEANS: [Means; 6] = [Means::App, Means::Voice, Means::Chat, Means::Phone, Means::Paste, Means::Machine];
const VIAS: [Via; 9] = [Via::Window, Via::Hotkey, Via::Tray, Via::Notice, Via::Cli, Via::Alertmanager, Via::Timer, Via::Demo, Via::System];

/// The stable name of a means.
pub const fn means(means: Means) -> &'static str {
    match means {
        Means::App => "app",
        Means::Voice => "voice",
        Means::Chat => "chat",
        Means::Phone => "phone",
        Means::Paste => "paste",
        Means::Machine => "machine",
    }
}

/// The stable name of a door.
pub const fn via(via: Via) -> &'static str {
    match via {
        Via::Window => "window",
        Via::Hotkey => "hotkey",
        Via::Tray => "tray",
        Via::Notice => "notice",
        Via::Cli => "cli",
        Via::Alertmanager => "alertmanager",
        Via::Timer => "timer",
        Via::Demo => "demo",
        Via::System => "system",
    }
}

pub fn means_named(name: &str) -> Result<Means, StoreError> {
    MEANS.into_iter().find(|known| means(*known) == name).ok_or_else(|| unknown("means", name))
}

pub fn via_named(name: &str) -> Result<Via, StoreError> {
    VIAS.into_iter().find(|known| via(*known) == name).ok_or_else(|| unknown("door", name))
}

fn unknown(what: &str, name: impl std::fmt::Debug) -> StoreError {
    StoreError::Codec(format!("{name:?} is no {what} known here"))
}

/// A subject's number and key; the home's key is empty.
pub fn subject(subject: &Subject) -> (u8, &[u8]) {
    match subject {
        Subject::Home => (0, &[]),
        Subject::Incident(IncidentId(id)) => (1, id.as_bytes()),
        Subject::Group(GroupId(id)) => (2, id.as_bytes()),
    }
}

pub fn subject_of(number: i64, key: &[u8]) -> Result<Subject, StoreError> {
    let id = || Uuid::from_slice(key).map_err(|_| StoreError::Codec("the subject is no id".into()));
    match number {
        0 if key.is_empty() => Ok(Subject::Home),
        1 => Ok(Subject::Incident(IncidentId(id()?))),
        2 => Ok(Subject::Group(GroupId(id()?))),
        other => Err(unknown("subject", other)),
    }
}

/// An actor's number and name.
pub fn actor(actor: &Actor) -> (u8, &str) {
    match actor {
        Actor::Person(handle) => (0, handle.as_str()),
        Actor::Machine(name) => (1, name),
    }
}

pub fn actor_of(number: i64, name: String) -> Result<Actor, StoreError> {
    match number {
        0 => Ok(Actor::Person(Handle(name))),
        1 => Ok(Actor::Machine(name)),
        other => Err(unknown("actor", other)),
    }
}

/// Ids one after another, 16 bytes each.
pub fn joined(ids: &[EventId]) -> Vec<u8> {
    ids.iter().flat_map(|id| *id.0.as_bytes()).collect()
}

pub fn split(bytes: &[u8]) -> Result<Vec<EventId>, StoreError> {
    let (ids, rest) = bytes.as_chunks::<16>();
    if rest.is_empty() {
        Ok(ids.iter().map(|id| EventId(Uuid::from_bytes(*id))).collect())
    } else {
        Err(StoreError::Codec("the parents are no ids".into()))
    }
}

pub const fn severity(severity: Severity) -> i64 {
    match severity {
        Severity::Sev1 => 1,
        Severity::Sev2 => 2,
        Severity::Sev3 => 3,
        Severity::Sev4 => 4,
        Severity::Sev5 => 5,
    }
}

pub const fn alert_severity(severity: AlertSeverity) -> i64 {
    match severity {
        AlertSeverity::Critical => 0,
        AlertSeverity::Error => 1,
        AlertSeverity::Warning => 2,
        AlertSeverity::Info => 3,
    }
}

pub fn alert_severity_of(number: i64) -> Result<AlertSeverity, StoreError> {
    match number {
        0 => Ok(AlertSeverity::Critical),
        1 => Ok(AlertSeverity::Error),
        2 => Ok(AlertSeverity::Warning),
        3 => Ok(AlertSeverity::Info),
        other => Err(unknown("severity", other)),
    }
}

pub const fn alert_status(status: AlertStatus) -> i64 {
    match status {
        AlertStatus::Firing => 0,
        AlertStatus::Resolved => 1,
        AlertStatus::Lapsed => 2,
    }
}

pub fn alert_status_of(number: i64) -> Result<AlertStatus, StoreError> {
    match number {
        0 => Ok(AlertStatus::Firing),
        1 => Ok(AlertStatus::Resolved),
        2 => Ok(AlertStatus::Lapsed),
        other => Err(unknown("status", other)),
    }
}

/// Names in one text, each between two line ends, so that one can be looked for whole.
pub fn names<'n>(names: impl IntoIterator<Item = &'n ServiceName>) -> String {
    names.into_iter().fold(String::new(), |mut text, name| {
        text.push_str(if text.is_empty() { "\n" } else { "" });
        text.push_str(name.as_str());
        text.push('\n');
        text
    })
}

pub fn names_of(text: &str) -> impl Iterator<Item = ServiceName> + '_ {
    text.split('\n').filter(|name| !name.is_empty()).map(|name| ServiceName(name.to_owned()))
}

/// The id in a column of 16 bytes.
pub fn id(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    row.get::<_, [u8; 16]>(column).map(Uuid::from_bytes)
}

/// The id in a column of 16 bytes or nothing.
pub fn id_or_none(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Uuid>> {
    Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(Uuid::from_bytes))
}

/// A number that is never negative, such as a count or a sequence.
pub fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(column)?.max(0) as u64)
}

/// How a number that counts upward lies in a signed column.
pub fn signed(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::Codec(format!("{number} does not fit into 63 bits")))
}

/// How many rows to ask for.
pub fn limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for known in MEANS {
            assert_eq!(means_named(means(known)).expect("known"), known);
        }
        for known in VIAS {
            assert_eq!(via_named(via(known)).expect("known"), known);
        }
        assert!(via_named("carrier pigeon").is_err(), "an unknown door is said, not guessed");
    }

    #[test]
    fn services_read_back_and_are_found_whole() {
        let all = [ServiceName("api".into()), ServiceName("api-eu".into())];
        let text = names(&all);
        assert_eq!(names_of(&text).collect::<Vec<_>>(), all);
        assert!(text.contains("\napi\n") && text.contains("\napi-eu\n") && !text.contains("\neu\n"), "{text:?}");
        assert_eq!(names(&[]), "");
    }
}
