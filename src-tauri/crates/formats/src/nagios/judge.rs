//! A notification, judged: an alarm, a word about one, or context.

use super::fields::Fields;
use super::names::Field;
use super::object::Object;
use crate::fingerprint::{hashed, once};
use crate::found::{Found, bounded};
use crate::{Parsed, Unreadable, json, text};
use domain::AlertSeverity::{self, Critical, Error, Warning};
use domain::Timestamp;
use domain::alerts::{Change, SignalState};

/// What is notified of, in Nagios' words and in Icinga's.
const KINDS: [(&str, Kind); 13] = [
    ("PROBLEM", Kind::Problem),
    ("RECOVERY", Kind::Recovery),
    ("ACKNOWLEDGEMENT", Kind::Acknowledgement),
    ("FLAPPINGSTART", Kind::FlappingStart),
    ("FLAPPINGSTOP", Kind::FlappingEnd),
    ("FLAPPINGEND", Kind::FlappingEnd),
    ("FLAPPINGDISABLED", Kind::FlappingEnd),
    ("DOWNTIMESTART", Kind::Downtime("began")),
    ("DOWNTIMEEND", Kind::Downtime("ended")),
    ("DOWNTIMESTOP", Kind::Downtime("ended")),
    ("DOWNTIMECANCELLED", Kind::Downtime("cancelled")),
    ("DOWNTIMEREMOVED", Kind::Downtime("cancelled")),
    ("CUSTOM", Kind::Custom),
];

#[derive(Clone, Copy)]
enum Kind {
    Problem,
    Recovery,
    Acknowledgement,
    FlappingStart,
    FlappingEnd,
    Downtime(&'static str),
    Custom,
}

/// How a host or service stands.
#[derive(Clone, Copy)]
enum Stand {
    Well,
    Bad(AlertSeverity),
    Unsaid,
}

/// What a notification amounts to.
enum Meaning {
    /// It fires: how bad, and what is wrong in words.
    Fires(Option<AlertSeverity>, String),
    Acknowledged,
    Ended,
    /// Context: a title, and how it went.
    Context(String, Option<&'static str>),
}

/// Judges a notification.
pub fn judge(fields: &Fields, now: Timestamp) -> Result<Parsed, Unreadable> {
    let object = Object::of(fields)?;
    let at = fields.get(&[Field::TimeT]).and_then(time).or_else(|| fields.get(&[Field::LongDateTime]).and_then(time));
    let by = fields.get(&[Field::NotificationAuthor]).map(str::to_owned);
    let (state, severity, title) = match meaning(kind(fields, &object)?, &object, fields) {
        Meaning::Fires(severity, title) => (SignalState::Firing { lapses_at: None }, severity, title),
        Meaning::Acknowledged => (SignalState::Acknowledged { by }, None, object.shown()),
        Meaning::Ended => (SignalState::Resolved { ended_at: at.unwrap_or(now) }, None, object.shown()),
        Meaning::Context(title, outcome) => {
            let said = format!("{}\n{title}\n{at:?}", object.key());
            let key = once(&hashed(said.as_bytes()), at, now);
            return Ok(Parsed { changes: vec![change(&object, key, &title, outcome, at.unwrap_or(now))], ..Parsed::default() });
        }
    };
    // A clock that runs ahead must not make the end seem to come before the beginning.
    let started_at = at.map(|at| at.min(now));
    let said = Found { severity, title: Some(title), started_at, ..object.found(state) };
    let found = Found { episode: object.episode(), group: object.group(), ..said };
    Ok(Parsed { signals: vec![found.signal(now)], ..Parsed::default() })
}

/// What is notified of; without a type the state says it.
fn kind(fields: &Fields, object: &Object<'_>) -> Result<Kind, Unreadable> {
    let Some(said) = fields.get(&[Field::NotificationType]) else {
        return match stand(object.state()) {
            Stand::Well => Ok(Kind::Recovery),
            Stand::Bad(_) => Ok(Kind::Problem),
            Stand::Unsaid => {
                Err(Unreadable::new("Neither type nor state is given: pass `NOTIFICATIONTYPE=$NOTIFICATIONTYPE$` on, with the state."))
            }
        };
    };
    let bare: String = said.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase()).collect();
    let kind = KINDS.iter().find(|(word, _)| *word == bare).map(|(_, kind)| *kind);
    kind.ok_or_else(|| Unreadable::new(format!("The type is {said:?}: PROBLEM, RECOVERY, ACKNOWLEDGEMENT and their kin are known here.")))
}

fn meaning(kind: Kind, object: &Object<'_>, fields: &Fields) -> Meaning {
    let shown = object.shown();
    let stand = stand(object.state());
    let bad = match stand {
        Stand::Bad(severity) => Some(severity),
        Stand::Well | Stand::Unsaid => None,
    };
    let fires = || Meaning::Fires(bad, format!("{shown} is {}", object.state().unwrap_or("not well")));
    match (kind, stand) {
        (Kind::Problem, _) | (Kind::Custom | Kind::FlappingEnd, Stand::Bad(_)) => fires(),
        (Kind::Recovery, _) | (Kind::FlappingEnd, Stand::Well) => Meaning::Ended,
        (Kind::Acknowledgement, _) => Meaning::Acknowledged,
        (Kind::FlappingStart, _) => Meaning::Fires(bad.or(Some(Warning)), format!("{shown} is flapping")),
        (Kind::FlappingEnd, Stand::Unsaid) => Meaning::Context(format!("Flapping ended: {shown}"), Some("ended")),
        (Kind::Downtime(how), _) => Meaning::Context(format!("Downtime {how}: {shown}"), Some(how)),
        (Kind::Custom, Stand::Well | Stand::Unsaid) => {
            let said = fields.get(&[Field::NotificationComment]).or(object.output()).unwrap_or("a notice sent by hand");
            Meaning::Context(format!("{shown}: {said}"), None)
        }
    }
}

fn stand(state: Option<&str>) -> Stand {
    match state.map(str::to_ascii_uppercase).as_deref() {
        Some("OK" | "UP") => Stand::Well,
        Some("CRITICAL" | "DOWN") => Stand::Bad(Critical),
        Some("UNKNOWN" | "UNREACHABLE") => Stand::Bad(Error),
        Some("WARNING") => Stand::Bad(Warning),
        Some(_) | None => Stand::Unsaid,
    }
}

fn change(object: &Object<'_>, key: String, title: &str, outcome: Option<&str>, at: Timestamp) -> Change {
    let found = object.found(SignalState::Firing { lapses_at: None });
    let labels = bounded(found.labels.into_iter().chain(found.annotations).collect());
    Change { key, title: text::one_line(title), at, outcome: outcome.map(str::to_owned), service: None, link: found.link, labels }
}

/// Seconds since 1970, or a time with its zone as a number; `09:50:00 CET` names one of several.
fn time(said: &str) -> Option<Timestamp> {
    json::instant(said).or_else(|| json::instant(&said.replace(" +", "+").replace(" -", "-")))
}
