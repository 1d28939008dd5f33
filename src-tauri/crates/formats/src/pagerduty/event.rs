//! An alert event: checked as PagerDuty checks it, and read into a signal.

use super::{Enqueued, Invalid, details, missing};
use crate::found::Found;
use crate::loose::Loose;
use crate::{Parsed, json};
use domain::AlertSeverity::{self, Critical, Error, Info, Warning};
use domain::Timestamp;
use domain::alerts::SignalState;
use serde_json::Value;

/// Longest `dedup_key` in characters, as PagerDuty has it: what tells alerts apart is never cut.
const DEDUP_KEY_LIMIT: usize = 255;
/// A summary longer than this many bytes is told whole beside the title, which may be cut.
const SUMMARY_SHOWN: usize = 200;
/// What an event may ask for, in PagerDuty's order.
const ACTIONS: [(&str, Action); 3] = [("trigger", Action::Trigger), ("acknowledge", Action::Acknowledge), ("resolve", Action::Resolve)];
/// The words for how bad it is, in PagerDuty's order.
const SEVERITIES: [(&str, AlertSeverity); 4] = [("critical", Critical), ("warning", Warning), ("error", Error), ("info", Info)];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    Trigger,
    Acknowledge,
    Resolve,
}

/// An event as it is sent.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct Event<'a> {
    #[serde(borrow)]
    event_action: Loose<'a>,
    #[serde(borrow)]
    dedup_key: Loose<'a>,
    #[serde(borrow)]
    client: Loose<'a>,
    #[serde(borrow)]
    client_url: Loose<'a>,
    links: Value,
    images: Value,
    #[serde(borrow)]
    payload: Option<Payload<'a>>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Payload<'a> {
    #[serde(borrow)]
    summary: Loose<'a>,
    #[serde(borrow)]
    source: Loose<'a>,
    #[serde(borrow)]
    severity: Loose<'a>,
    #[serde(borrow)]
    timestamp: Loose<'a>,
    #[serde(borrow)]
    component: Loose<'a>,
    #[serde(borrow)]
    group: Loose<'a>,
    #[serde(borrow)]
    class: Loose<'a>,
    custom_details: Value,
}

/// Reads an event; `made` makes a key where it names none.
pub fn read(mut event: Event<'_>, made: impl FnOnce() -> String, now: Timestamp) -> Result<Enqueued, Invalid> {
    let mut errors = vec![];
    let action = one_of("event_action", &event.event_action, &ACTIONS, &mut errors);
    let dedup_key = event.dedup_key.said();
    match (dedup_key, action) {
        (Some(key), _) if key.len() > DEDUP_KEY_LIMIT && key.chars().count() > DEDUP_KEY_LIMIT => {
            errors.push(format!("Length of 'dedup_key' is incorrect (should be at most {DEDUP_KEY_LIMIT} characters)"));
        }
        (None, Some(Action::Acknowledge | Action::Resolve)) => errors.push(missing("dedup_key")),
        (Some(_), _) | (None, Some(Action::Trigger) | None) => {}
    }
    let payload = event.payload.take().unwrap_or_default();
    let mut severity = None;
    if action == Some(Action::Trigger) {
        let required = [("payload.summary", &payload.summary), ("payload.source", &payload.source)];
        errors.extend(required.into_iter().filter(|(_, field)| field.said().is_none()).map(|(name, _)| missing(name)));
        severity = one_of("payload.severity", &payload.severity, &SEVERITIES, &mut errors);
    }
    let Some(action) = action.filter(|_| errors.is_empty()) else { return Err(Invalid { errors }) };
    let dedup_key = dedup_key.map_or_else(made, str::to_owned);
    let signal = Found { severity, ..found(event, payload, &dedup_key, state(action, now), now) }.signal(now);
    Ok(Enqueued { parsed: Parsed { signals: vec![signal], ..Parsed::default() }, dedup_key })
}

const fn state(action: Action, now: Timestamp) -> SignalState {
    match action {
        Action::Trigger => SignalState::Firing { lapses_at: None },
        Action::Acknowledge => SignalState::Acknowledged { by: None },
        Action::Resolve => SignalState::Resolved { ended_at: now },
    }
}

/// What the event says, beside its action and severity.
fn found(event: Event<'_>, payload: Payload<'_>, key: &str, state: SignalState, now: Timestamp) -> Found {
    let mut found = Found::new(key, state);
    // A clock that runs ahead must not make the end seem to come before the beginning.
    found.started_at = payload.timestamp.said().and_then(json::instant).map(|at| at.min(now));
    found.link = details::link(&event.links, event.client_url.said());
    found.service = details::service(&payload.custom_details);
    found.title = payload.summary.kept();
    let long = found.title.clone().filter(|summary| summary.len() > SUMMARY_SHOWN);
    found = found
        .annotation("summary", long)
        .label("source", payload.source.kept())
        .label("component", payload.component.kept())
        .label("group", payload.group.kept())
        .label("class", payload.class.kept())
        .label("client", event.client.kept())
        .annotation("client_url", event.client_url.kept())
        .annotation("links", details::list(&event.links, "text", "href"))
        .annotation("images", details::list(&event.images, "alt", "src"));
    details::add(payload.custom_details, &mut found.annotations);
    found
}

/// The field's meaning, or a fault: it is absent, or no word that is known.
fn one_of<T: Copy>(name: &str, field: &Loose<'_>, known: &[(&str, T)], errors: &mut Vec<String>) -> Option<T> {
    let Some(said) = field.said() else {
        errors.push(missing(name));
        return None;
    };
    let meant = known.iter().find(|(word, _)| word.eq_ignore_ascii_case(said)).map(|(_, meaning)| *meaning);
    if meant.is_none() {
        let words: Vec<String> = known.iter().map(|(word, _)| format!("'{word}'")).collect();
        let (last, rest) = words.split_last().expect("every field has words");
        errors.push(format!("'{name}' is invalid (must be one of the following: {} or {last})", rest.join(", ")));
    }
    meant
}
