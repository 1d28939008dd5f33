//! An issue of Sentry: what an alert rule says of it, and what happened to it since.

use super::{first, first_time};
use crate::found::Found;
use crate::{json, severity, standing::Standing};
use domain::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;

/// What an issue webhook says, or the pointer at which it should have said it.
type Read = Result<Option<Found>, &'static str>;

/// An issue alert: an event, and the rule that it met.
pub fn of_event_alert(body: &Value, at: Option<Timestamp>, now: Timestamp) -> Read {
    let event = body.pointer("/data/event").ok_or("data.event")?;
    let issue = first(event, &["/issue_id", "/groupID"]).map(String::from).or_else(|| issue_of_url(event));
    let found = Found::new(format!("issue/{}", issue.ok_or("data.event.issue_id")?), Standing::Firing.state(None, None, now));
    let found = of_event(found, event, at.unwrap_or(now));
    let rule = first(body, &["/data/triggered_rule", "/data/issue_alert/title"]);
    Ok(Some(Found { link: first(event, &["/web_url", "/issue_web_url"]).map(Into::into), ..found }.label("rule", rule)))
}

/// What happened to an issue.
pub fn of_issue(body: &Value, at: Option<Timestamp>, now: Timestamp) -> Read {
    let issue = body.pointer("/data/issue").ok_or("data.issue")?;
    let id = json::text(issue, "/id").ok_or("data.issue.id")?;
    let actor = || first(body, &["/actor/name"]).map(String::from);
    let state = match json::text(body, "/action").ok_or("action")?.as_ref() {
        "created" | "unresolved" => Standing::Firing.state(None, None, now),
        "resolved" => Standing::Resolved.state(None, at, now),
        "assigned" => Standing::Acknowledged.state(first(issue, &["/assignedTo/name"]).map(Into::into).or_else(actor), None, now),
        "archived" | "ignored" => Standing::Acknowledged.state(actor(), None, now),
        _ => return Ok(None),
    };
    let created = json::text(body, "/action").is_some_and(|action| action == "created");
    let found = Found {
        title: first(issue, &["/title", "/metadata/value", "/metadata/title"]).map(Into::into),
        severity: Some(severity::from_label(json::text(issue, "/level").as_deref())),
        started_at: if created { first_time(issue, &["/firstSeen"]).map(|seen| seen.min(at.unwrap_or(now))).or(at) } else { at },
        link: first(issue, &["/web_url", "/permalink"]).map(Into::into),
        service: json::text(issue, "/project/slug").map(Into::into),
        ..Found::new(format!("issue/{id}"), state)
    };
    Ok(Some(
        found
            .label("project", first(issue, &["/project/slug", "/project/name"]))
            .label("issue", json::text(issue, "/shortId"))
            .label("level", json::text(issue, "/level"))
            .label("platform", json::text(issue, "/platform"))
            .annotation("culprit", json::text(issue, "/culprit")),
    ))
}

/// The old plugin's webhook: an event, with the issue's own names around it.
pub fn of_plugin(body: &Value, now: Timestamp) -> Read {
    let id = json::text(body, "/id").ok_or("id")?;
    let found = Found::new(format!("issue/{id}"), Standing::Firing.state(None, None, now));
    let found = match body.get("event") {
        Some(event) => of_event(found, event, now),
        None => found,
    };
    let slug = first(body, &["/project_slug", "/project"]);
    let level = first(body, &["/level", "/event/level"]);
    let found = Found {
        title: found.title.or_else(|| json::text(body, "/message").map(Into::into)),
        severity: Some(severity::from_label(level.as_deref())),
        service: found.service.or_else(|| slug.as_deref().map(str::to_owned)),
        link: json::text(body, "/url").map(Into::into),
        ..found
    };
    Ok(Some(
        found
            .label("project", slug)
            .label("level", level)
            .label("rule", json::text(body, "/triggering_rules/0"))
            .annotation("culprit", json::text(body, "/culprit"))
            .annotation("description", json::text(body, "/message")),
    ))
}

/// What an event tells. Its clock is that of the machine it happened on, any telephone's: it is never taken to lie ahead
/// of Sentry's own.
fn of_event(found: Found, event: &Value, by: Timestamp) -> Found {
    let labels = tags(event);
    let level = json::text(event, "/level").or_else(|| labels.get("level").map(|level| level.as_str().into()));
    let title = first(event, &["/title", "/metadata/title", "/message", "/logentry/formatted", "/metadata/value"]);
    let (level, title) = (level.map(String::from), title.map(String::from));
    let found = Found {
        title,
        severity: Some(severity::from_label(level.as_deref())),
        started_at: first_time(event, &["/datetime", "/timestamp", "/received"]).map(|at| at.min(by)),
        service: labels.get("service").cloned(),
        labels,
        ..found
    };
    found
        .label("level", level)
        .label("platform", json::text(event, "/platform"))
        .label("environment", json::text(event, "/environment"))
        .label("release", json::text(event, "/release"))
        .annotation("culprit", json::text(event, "/culprit"))
        .annotation("description", first(event, &["/metadata/value", "/message"]))
}

/// Tags come as pairs, `[["os", "Linux"]]`; one that is none is passed over.
fn tags(event: &Value) -> BTreeMap<String, String> {
    let pairs = event.get("tags").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let pair = |pair: &Value| Some((json::text(pair, "/0")?.into_owned(), json::text(pair, "/1")?.into_owned()));
    pairs.iter().filter_map(pair).collect()
}

/// `https://sentry.io/api/0/issues/1170820242/` names the issue too.
fn issue_of_url(event: &Value) -> Option<String> {
    let url = json::text(event, "/issue_url")?;
    let id = url.trim_end_matches('/').rsplit('/').next()?;
    (!id.is_empty() && id.bytes().all(|b| b.is_ascii_digit())).then(|| id.to_owned())
}
