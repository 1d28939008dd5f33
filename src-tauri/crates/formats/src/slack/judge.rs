//! An alert of a post, judged.

use super::colour::{self, Colour};
use super::post::Alert;
use super::word::Said;
use super::{marks, post, title};
use crate::found::Found;
use crate::{bounds, json, severity};
use domain::alerts::{Signal, SignalState};
use domain::{AlertSeverity, Timestamp};
use serde_json::Value;

/// Names of fields that say how bad it is.
const SEVERITY: [&str; 3] = ["severity", "priority", "level"];
/// Names of fields that name the service.
const SERVICE: [&str; 2] = ["service", "application"];

/// The signal that an alert of `post` amounts to.
pub fn signal(alert: Alert<'_>, post: &Value, now: Timestamp) -> Signal {
    let written = marks::plain(&alert.title);
    let (said, rest) = title::apart(&written);
    let colour = alert.attachments.iter().find_map(|one| colour::read(&json::text(one, "/color")?));
    let state = match (said, colour) {
        (Some(Said::Resolved), _) | (None, Some(Colour::Good)) => SignalState::Resolved { ended_at: now },
        (Some(Said::Acknowledged), _) => SignalState::Acknowledged { by: None },
        (Some(Said::Firing(_)), _) | (None, Some(Colour::Danger | Colour::Warning) | None) => SignalState::Firing { lapses_at: None },
    };
    let name = if rest.is_empty() { written } else { rest };
    let mut found = Found::new(title::name(&name), state)
        .label("channel", json::text(post, "/channel"))
        .label("username", json::text(post, "/username"))
        .annotation("text", Some(marks::shown(&alert.text)));
    for (field, value) in alert.attachments.iter().flat_map(|one| post::fields(one)).take(bounds::PAIRS_LIMIT) {
        found = found.label(&marks::plain(&field), Some(marks::shown(&value)));
    }
    let labelled = |names: &[&str]| {
        let named = found.labels.iter().find(|(label, _)| names.iter().any(|name| name.eq_ignore_ascii_case(label)));
        named.map(|(_, value)| value.clone())
    };
    found.severity = Some(how_bad(labelled(&SEVERITY).as_deref(), said, &name, colour));
    found.service = labelled(&SERVICE);
    found.started_at = alert.attachments.iter().find_map(|one| json::time(one, "/ts")).map(|at| at.min(now));
    let mut links = alert.attachments.iter().filter_map(|one| json::text(one, "/title_link"));
    let marked = [alert.title.as_ref(), &alert.text].into_iter().filter_map(marks::address);
    found.link = links.find_map(|url| bounds::link(&url)).or_else(|| marked.filter_map(bounds::link).next());
    found.title = Some(name);
    found.signal(now)
}

/// The surest word there is.
fn how_bad(field: Option<&str>, said: Option<Said>, name: &str, colour: Option<Colour>) -> AlertSeverity {
    let word = match said {
        Some(Said::Firing(severity)) => severity,
        Some(Said::Acknowledged | Said::Resolved) | None => None,
    };
    let painted = match colour {
        Some(Colour::Danger) => AlertSeverity::Error,
        Some(Colour::Warning | Colour::Good) | None => severity::UNSAID,
    };
    field.and_then(severity::known).or(word).or_else(|| title::listed(name)).unwrap_or(painted)
}
