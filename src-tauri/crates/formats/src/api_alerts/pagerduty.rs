//! `GET /incidents` of PagerDuty's REST API.
//!
//! The key is the incident's `id`, which PagerDuty never uses again, the episode its `created_at`. An acknowledged one is
//! told as firing and then as acknowledged, for it may be seen for the first time. It ends where its `status` says
//! `resolved`. How bad it is stands in `priority`, where the account has priorities with a known name, else in `urgency`.
//! The service is `service`; each incident is a group of its own. The link is `html_url`; it is not fetched.
//! Source: PagerDuty/api-schema, `listIncidents`.

use crate::alertmanager::{Listed, items, unreadable};
use crate::found::Found;
use crate::loose::Loose;
use crate::{Parsed, Unreadable, bounds, json, severity};
use domain::Timestamp;
use domain::alerts::{Signal, SignalState};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Most people named of an incident.
const PEOPLE_LIMIT: usize = 10;

#[derive(serde::Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    incidents: Option<Listed<&'a RawValue>>,
    error: Option<Value>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Incident<'a> {
    #[serde(borrow)]
    id: Loose<'a>,
    #[serde(borrow)]
    incident_number: Loose<'a>,
    #[serde(borrow)]
    title: Loose<'a>,
    #[serde(borrow)]
    status: Loose<'a>,
    #[serde(borrow)]
    urgency: Loose<'a>,
    #[serde(borrow)]
    incident_key: Loose<'a>,
    #[serde(borrow)]
    created_at: Loose<'a>,
    #[serde(borrow)]
    resolved_at: Loose<'a>,
    #[serde(borrow)]
    last_status_change_at: Loose<'a>,
    #[serde(borrow)]
    html_url: Loose<'a>,
    #[serde(borrow)]
    priority: Option<Named<'a>>,
    #[serde(borrow)]
    service: Option<Named<'a>>,
    #[serde(borrow)]
    escalation_policy: Option<Named<'a>>,
    #[serde(borrow)]
    assignments: Option<Vec<Assignment<'a>>>,
    #[serde(borrow)]
    acknowledgements: Option<Vec<Acknowledgement<'a>>>,
}

/// Something of PagerDuty's that has a name.
#[derive(serde::Deserialize)]
struct Named<'a> {
    #[serde(borrow, default)]
    summary: Loose<'a>,
}

#[derive(serde::Deserialize)]
struct Assignment<'a> {
    #[serde(borrow)]
    assignee: Option<Named<'a>>,
}

#[derive(serde::Deserialize)]
struct Acknowledgement<'a> {
    #[serde(borrow)]
    acknowledger: Option<Named<'a>>,
}

/// Reads what PagerDuty answered at `now`. An answer may be one page of several: see [`more`].
pub fn incidents(body: &[u8], now: Timestamp) -> Result<Parsed, Unreadable> {
    let body = json::text_of(body);
    let answer: Answer<'_> = serde_json::from_str(&body).map_err(|error| unreadable(&error))?;
    match (answer.incidents, answer.error) {
        (Some(incidents), _) => Ok(items(incidents, |raw, signals| one(raw, signals, now))),
        (None, Some(error)) => {
            let why = json::text(&error, "/message").unwrap_or(Cow::Borrowed("no reason"));
            Err(Unreadable::new(format!("PagerDuty answers with an error: {why}.")))
        }
        (None, None) => Err(Unreadable::new("The answer lists no incidents: ask for /incidents of PagerDuty's REST API.")),
    }
}

/// Whether there is another page: until all are read, an incident that is not listed has not ended.
pub fn more(body: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Page {
        more: Option<bool>,
    }
    serde_json::from_slice::<Page>(body).is_ok_and(|page| page.more == Some(true))
}

fn one(raw: &RawValue, signals: &mut Vec<Signal>, now: Timestamp) -> Result<(), String> {
    let incident: Incident<'_> = serde_json::from_str(raw.get()).map_err(|error| format!("This incident does not read: {error}."))?;
    if incident.id.said().is_none() {
        return Err("This incident has no `id`.".to_owned());
    }
    let firing = SignalState::Firing { lapses_at: None };
    match incident.status.said() {
        Some("triggered") => signals.push(found(incident, firing).signal(now)),
        Some("acknowledged") => {
            let by = names(incident.acknowledgements.iter().flatten().map(|one| one.acknowledger.as_ref()));
            let fires = found(incident, firing).signal(now);
            let seen = SignalState::Acknowledged { by: by.map(|by| bounds::value(Cow::Owned(by))) };
            signals.extend([fires.clone(), Signal { state: seen, ..fires }]);
        }
        Some("resolved") => {
            let ended_at = [&incident.resolved_at, &incident.last_status_change_at].into_iter().find_map(|at| json::instant(at.said()?));
            signals.push(found(incident, SignalState::Resolved { ended_at: ended_at.unwrap_or(now) }).signal(now));
        }
        other => {
            return Err(format!("Its status is {:?}: triggered, acknowledged and resolved are known here.", other.unwrap_or_default()));
        }
    }
    Ok(())
}

fn found(incident: Incident<'_>, state: SignalState) -> Found {
    let summary = |named: Option<Named<'_>>| named.and_then(|named| named.summary.kept());
    let (priority, service) = (summary(incident.priority), summary(incident.service));
    let mut found = Found::new(incident.id.kept().unwrap_or_default(), state);
    found.started_at = incident.created_at.said().and_then(json::instant);
    found.severity = priority.as_deref().and_then(severity::known);
    found.severity = found.severity.or_else(|| incident.urgency.said().map(|urgency| severity::from_label(Some(urgency))));
    found.service.clone_from(&service);
    found.episode = incident.created_at.kept();
    found.title = incident.title.kept();
    found.link = incident.html_url.kept();
    found
        .label("incident_number", incident.incident_number.kept())
        .label("urgency", incident.urgency.kept())
        .label("priority", priority)
        .label("service", service)
        .label("escalation_policy", summary(incident.escalation_policy))
        .annotation("incident_key", incident.incident_key.kept())
        .annotation("assigned_to", names(incident.assignments.iter().flatten().map(|one| one.assignee.as_ref())))
}

/// The people of a list, the first first.
fn names<'n>(people: impl Iterator<Item = Option<&'n Named<'n>>>) -> Option<String> {
    let names: Vec<&str> = people.take(PEOPLE_LIMIT).filter_map(|named| named?.summary.said()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
