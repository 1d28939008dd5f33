//! One alert of a body, judged: a signal, or a sentence that says why not.

use super::dialect;
use super::group::{Grouping, SERVICE};
use super::wire::{Alert, Listed, Pairs, Text};
use super::{ENDS_BEFORE_IT_STARTS, NO_LABELS, RESOLVE_TIMEOUT_SECS};
use crate::bounds::{self, link};
use crate::parsed::{Parsed, Refusals};
use crate::{fingerprint, severity, text};
use domain::alerts::{BATCH_LIMIT, Signal, SignalState};
use domain::{ServiceName, Timestamp};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Longest fingerprint taken as sent, in bytes; Alertmanager's have 16.
const KEY_LIMIT: usize = 128;
/// Longest time taken as sent, in bytes: RFC 3339 with nanoseconds and a zone has 35.
const TIME_LIMIT: usize = 64;
/// Annotations that say in a line what is wrong, the best first.
const TITLES: [&str; 3] = ["summary", "title", "description"];
/// Go's way to say "no time".
const NO_TIME: &str = "0001-01-01T00:00:00";

/// All alerts, or nothing where even one of them must be refused.
pub fn all(alerts: Listed<Alert<'_>>, grouping: &Grouping, now: Timestamp) -> Option<Parsed> {
    if alerts.beyond > 0 {
        return None;
    }
    let signals: Result<Vec<Signal>, String> = alerts.items.into_iter().map(|alert| one(alert, grouping, now)).collect();
    signals.ok().map(|signals| Parsed { signals, ..Parsed::default() })
}

/// Each alert by itself.
pub fn each(alerts: Listed<&RawValue>, grouping: &Grouping, now: Timestamp) -> Parsed {
    items(alerts, |raw, signals| {
        signals.push(read(raw).and_then(|alert| one(alert, grouping, now))?);
        Ok(())
    })
}

/// Each item of a list by itself: what `read` adds of it, or the reason why it is refused.
pub fn items<'a>(items: Listed<&'a RawValue>, read: impl Fn(&'a RawValue, &mut Vec<Signal>) -> Result<(), String>) -> Parsed {
    let mut signals = Vec::with_capacity(items.items.len());
    let mut refusals = Refusals::default();
    for (index, raw) in items.items.iter().enumerate() {
        if let Err(reason) = read(raw, &mut signals) {
            refusals.add(index, reason, raw.get());
        }
    }
    let mut refused = refusals.finish();
    if items.beyond > 0 {
        let reason = format!("At most {BATCH_LIMIT} alerts are taken from one request; {} more were not. Send smaller ones.", items.beyond);
        refused.push(crate::Refused { index: BATCH_LIMIT, reason, raw: vec![] });
    }
    Parsed { signals, refused, ..Parsed::default() }
}

/// An alert that an API lists among those that fire. It never lapses: whoever asks sees when it is listed no more.
pub fn listed(alert: Alert<'_>, now: Timestamp) -> Result<Signal, String> {
    let listed = Alert { status: None, ends_at: None, ..alert };
    Ok(Signal { state: SignalState::Firing { lapses_at: None }, ..one(listed, &Grouping::ByLabels, now)? })
}

fn read(raw: &RawValue) -> Result<Alert<'_>, String> {
    if !raw.get().starts_with('{') {
        return Err("An alert is a JSON object with `labels`; this is not one.".to_owned());
    }
    serde_json::from_str(raw.get()).map_err(|error| format!("This alert does not read: {error}."))
}

fn one(mut alert: Alert<'_>, grouping: &Grouping, now: Timestamp) -> Result<Signal, String> {
    let labels = alert.labels.take().unwrap_or_default();
    let annotations = alert.annotations.take().unwrap_or_default();
    let sent_key = alert.fingerprint.as_ref().map(|sent| sent.0.trim()).filter(|key| !key.is_empty() && key.len() <= KEY_LIMIT);
    if labels.is_empty() && sent_key.is_none() {
        return Err(NO_LABELS.to_owned());
    }
    let starts = time("startsAt", alert.starts_at.as_ref())?;
    let ends = time("endsAt", alert.ends_at.as_ref())?;
    let (started_at, state) = match grouping {
        Grouping::Sent { .. } => (starts.unwrap_or(now), told(alert.status.as_ref(), ends, now)),
        Grouping::ByLabels if starts.zip(ends).is_some_and(|(starts, ends)| ends < starts) => {
            return Err(ENDS_BEFORE_IT_STARTS.to_owned());
        }
        Grouping::ByLabels => (starts.unwrap_or_else(|| ends.map_or(now, |ends| ends.min(now))), implied(ends, now)),
    };
    let (group_key, group_title) = grouping.of_alert(&labels);
    let (own_link, message) = match grouping {
        Grouping::Sent { link, message, .. } => (link.as_deref(), message.as_deref()),
        Grouping::ByLabels => (None, None),
    };
    let generator = alert.generator_url.as_ref().map(|url| url.0.as_ref());
    let link = dialect::link(&alert).or_else(|| [generator, own_link].into_iter().flatten().find_map(link));
    let titled = dialect::not_judged(&labels).map(|title| text::one_line(&title)).or_else(|| title(&labels, &annotations));
    let mut annotations = kept(annotations);
    dialect::annotate(&alert, message, &mut annotations);
    Ok(Signal {
        key: sent_key.map_or_else(|| fingerprint(labels.iter()), str::to_owned),
        episode: starts.and(alert.starts_at.as_ref()).map_or_else(String::new, |sent| episode(&sent.0)),
        group_key,
        title: titled.unwrap_or_else(|| group_title.clone()),
        group_title,
        severity: severity::from_label(labels.get("severity")),
        started_at,
        state,
        service: labels.get(SERVICE).and_then(ServiceName::parse),
        labels: kept(labels),
        annotations,
        link,
        rules: vec![],
    })
}

/// The webhook says by `status` how an alert stands; where it does not, an end in the past is an end.
fn told(status: Option<&Text<'_>>, ends: Option<Timestamp>, now: Timestamp) -> SignalState {
    match status.map(|status| status.0.as_ref()) {
        Some("resolved") => SignalState::Resolved { ended_at: ends.unwrap_or(now) },
        Some("firing") => SignalState::Firing { lapses_at: None },
        Some(_) | None => match ends {
            Some(ended_at) if ended_at <= now => SignalState::Resolved { ended_at },
            Some(_) | None => SignalState::Firing { lapses_at: None },
        },
    }
}

/// A push has no status: the end alone says how an alert stands.
fn implied(ends: Option<Timestamp>, now: Timestamp) -> SignalState {
    match ends {
        Some(ended_at) if ended_at <= now => SignalState::Resolved { ended_at },
        Some(lapses_at) => SignalState::Firing { lapses_at: Some(lapses_at) },
        None => SignalState::Firing { lapses_at: Some(now.plus_secs(RESOLVE_TIMEOUT_SECS)) },
    }
}

fn time(field: &str, sent: Option<&Text<'_>>) -> Result<Option<Timestamp>, String> {
    let Some(Text(sent)) = sent else { return Ok(None) };
    if sent.is_empty() || sent.starts_with(NO_TIME) {
        return Ok(None);
    }
    let read = (sent.len() <= TIME_LIMIT).then(|| Timestamp::parse_rfc3339(sent)).flatten();
    read.map(Some).ok_or_else(|| {
        let shown = text::cut(sent, TIME_LIMIT);
        format!("`{field}` is {shown:?}, which is no RFC 3339 time: write it like \"2026-11-23T08:34:58Z\".")
    })
}

/// The start as sent, but for zeros that end a fraction: Prometheus writes `.140Z`, Alertmanager passes it on as `.14Z`.
fn episode(sent: &str) -> String {
    match sent.strip_suffix('Z').filter(|rest| rest.contains('.')) {
        Some(rest) => format!("{}Z", rest.trim_end_matches('0').trim_end_matches('.')),
        None => sent.to_owned(),
    }
}

fn title(labels: &Pairs<'_>, annotations: &Pairs<'_>) -> Option<String> {
    let candidates = TITLES.into_iter().filter_map(|name| annotations.get(name)).chain(labels.get(super::group::ALERTNAME));
    candidates.map(text::one_line).find(|title| !title.is_empty())
}

fn kept(pairs: Pairs<'_>) -> BTreeMap<String, String> {
    pairs.into_pairs().take(bounds::PAIRS_LIMIT).map(|(name, value)| (bounds::value(name), bounds::value(value))).collect()
}
