//! How bad it is, where it stands, whom it hits, and whether anybody still writes.

use super::{Room, since};
use crate::Facts;
use crate::document::{Phrase, Span, listed};
use domain::incidents::{Impact, SILENT_MINUTES};

/// From when all ages below are counted.
pub fn as_of(facts: &Facts, what: &str) -> Phrase {
    Phrase::of(format!("{what} as of ")).and(Span::Both(facts.now))
}

/// That nobody has written for long.
pub fn silence(facts: &Facts) -> Option<Phrase> {
    let last = facts.incident.last_entry_at;
    let silent = facts.now.since(last) > SILENT_MINUTES * 60_000;
    silent.then(|| Phrase::of("Nothing recorded since ").at(last).aside(Phrase(vec![Span::Ago(last)])))
}

/// How bad it is, and since when.
pub fn severity(facts: &Facts) -> Phrase {
    let field = &facts.incident.severity;
    Phrase(vec![Span::Severity(field.value)]).then(" ").join(since(facts, field.at))
}

/// The same for a short message.
pub fn severity_in_short(facts: &Facts) -> Phrase {
    let field = &facts.incident.severity;
    Phrase(vec![Span::Severity(field.value)]).then(" ").and(Span::Length(facts.now.since(field.at)))
}

/// Where it stands, and since when.
pub fn status(facts: &Facts) -> Phrase {
    let field = &facts.incident.status;
    Phrase::of(format!("{} ", field.value.label())).join(since(facts, field.at))
}

/// Whom it hits, since when, how many, and in which words.
pub fn impact(facts: &Facts, room: Room) -> Phrase {
    let Some((impact, runs)) = last(facts) else { return Phrase::of("No customer impact is recorded") };
    let Some(to) = impact.to.filter(|_| !runs) else {
        let known = extent(impact, room);
        let words = Phrase::of("Customers affected ").join(since(facts, impact.from));
        return if known.is_empty() { words.then(", how many is not recorded") } else { words.then(": ").join(known) };
    };
    let lasted = Phrase::of("it lasted ").and(Span::Length(to.since(impact.from)));
    Phrase::of("None now: ended ").at(to).aside(Phrase(vec![Span::Ago(to)])).then(", ").join(lasted)
}

/// The same for a short message.
pub fn impact_in_short(facts: &Facts, room: Room) -> Phrase {
    let Some((impact, runs)) = last(facts) else { return Phrase::of("Impact: none recorded") };
    match impact.to.filter(|_| !runs) {
        Some(to) => Phrase::of("Impact: ended ").and(Span::Ago(to)),
        None => {
            let known = extent(impact, room);
            let words = Phrase::of("Impact ").and(Span::Length(facts.now.since(impact.from)));
            if known.is_empty() { words } else { words.then(": ").join(known) }
        }
    }
}

/// How many alerts fire.
pub fn alerts(facts: &Facts) -> Option<Phrase> {
    let words = || Phrase::default().and(Span::Number(facts.firing)).then(" of ").and(Span::Number(facts.alerts)).then(" firing");
    (facts.alerts > 0).then(words)
}

/// The interval that runs, else the last to end.
fn last<'a>(facts: &Facts<'a>) -> Option<(&'a Impact, bool)> {
    let all = &facts.incident.impact;
    let running = all.iter().rfind(|impact| impact.to.is_none()).map(|impact| (impact, true));
    running.or_else(|| all.iter().max_by_key(|impact| impact.to).map(|impact| (impact, false)))
}

fn extent(impact: &Impact, room: Room) -> Phrase {
    let detail = &impact.detail;
    let mut parts = vec![];
    if let Some(share) = detail.share.filter(|share| share.is_finite()) {
        parts.push(Phrase(vec![Span::Percent(share)]).then(" of customers"));
    }
    if !detail.services.is_empty() {
        let names = detail.services.iter().map(|name| Phrase::said(name.as_str(), 4)).collect();
        parts.push(listed(names, room.items));
    }
    parts.extend(detail.text.as_deref().map(|text| Phrase::said(text, room.words)));
    let mut phrase = Phrase::default();
    for (place, part) in parts.into_iter().enumerate() {
        phrase = phrase.then(if place == 0 { "" } else { "; " }).join(part);
    }
    phrase
}
