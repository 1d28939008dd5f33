//! What an event is: an alert or a change.

use super::cdevents;
use super::event::Event;
use crate::done::Done;
use crate::found::Found;
use crate::gather::Item;
use crate::{json, plain, severity, standing::Standing};
use domain::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;

/// Words at the end of a type that make it an alert. Fewer than a state may be: `order.created` and `door.opened` are none.
const ENDINGS: [(&str, Standing); 10] = [
    ("firing", Standing::Firing),
    ("alert", Standing::Firing),
    ("alerting", Standing::Firing),
    ("alarm", Standing::Firing),
    ("triggered", Standing::Firing),
    ("problem", Standing::Firing),
    ("acknowledged", Standing::Acknowledged),
    ("resolved", Standing::Resolved),
    ("recovered", Standing::Resolved),
    ("recovery", Standing::Resolved),
];

/// Fields of an event's data that name the alert. An `id` is none of them: it is as often that of the message.
const NAMED: [&str; 4] = ["dedup_key", "dedup", "alias", "key"];

/// Applies the rules of the module's head.
pub fn item(mut event: Event<'_>, now: Timestamp) -> Item {
    if let Some(item) = cdevents::item(&event, now) {
        return item;
    }
    let (stem, standing) = of_type(&event.kind);
    let reads = event.data.as_deref().is_some_and(plain::says_something);
    if standing.is_none() && !reads && !event.extensions.contains_key("severity") {
        return Item::Change(context(&event).change(now));
    }
    let labels = std::mem::take(&mut event.extensions);
    Item::Signal(alert(&event, labels, stem, standing, now).signal(now))
}

/// The type without the word at its end that says how an alert stands, and that word. Versions, such as `v1` and `1.0`, are
/// passed over.
fn of_type(kind: &str) -> (&str, Option<Standing>) {
    let is_version = |part: &str| part.trim_start_matches(['v', 'V']).bytes().all(|b| b.is_ascii_digit());
    let mut rest = kind;
    while let Some((before, last)) = rest.rsplit_once('.') {
        if !is_version(last) {
            let known = ENDINGS.iter().find(|(word, _)| word.eq_ignore_ascii_case(last));
            return known.map_or((kind, None), |(_, standing)| (before, Some(*standing)));
        }
        rest = before;
    }
    (kind, None)
}

/// The alert that an event is; `labels` are its extensions.
fn alert(event: &Event<'_>, mut labels: BTreeMap<String, String>, stem: &str, standing: Option<Standing>, now: Timestamp) -> Found {
    let at = event.time;
    let told =
        event.data.as_deref().filter(|data| data.is_object()).and_then(|data| plain::of_object(data, now).ok().map(|found| (data, found)));
    let own = || [event.source.as_ref(), " ", event.subject.as_deref().unwrap_or(stem)].concat();
    let title = || [event.subject.as_deref(), Some(event.kind.as_ref())].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let found = match told {
        Some((data, found)) => {
            let named = NAMED.iter().find_map(|name| data.get(name).and_then(json::plain)).map(String::from);
            let state = match standing {
                Some(standing) => standing.state(None, json::time(data, "/ended_at").or(at), now),
                None => found.state,
            };
            Found {
                key: named.unwrap_or_else(own),
                state,
                title: found.title.or_else(|| Some(title())),
                started_at: found.started_at.or(at),
                ..found
            }
        }
        None => {
            let state = standing.unwrap_or(Standing::Firing).state(None, at, now);
            let text = event.data.as_deref().and_then(Value::as_str);
            Found { title: Some(title()), started_at: at, ..Found::new(own(), state) }.annotation("description", text)
        }
    };
    let severity = labels.get("severity").map(|word| severity::from_label(Some(word)));
    let service = found.service.or_else(|| labels.get("service").cloned());
    labels.extend(found.labels);
    Found { severity: severity.or(found.severity), labels, service, ..found }
        .label("type", Some(event.kind.as_ref()))
        .label("source", Some(event.source.as_ref()))
        .label("subject", event.subject.as_deref())
        .annotation("cloudevent", Some(event.delivery()))
}

/// An event that is no alert.
pub fn context(event: &Event<'_>) -> Done {
    let subject = event.subject.as_deref().map(|subject| format!(" · {subject}")).unwrap_or_default();
    let data = event.data.as_deref();
    let said = |names: &[&str]| names.iter().find_map(|name| data?.get(name).and_then(json::plain));
    let title = said(&["title", "summary", "message"]).map_or_else(|| format!("{}{subject}", event.kind), String::from);
    let done = Done {
        at: event.time,
        service: event.extensions.get("service").cloned(),
        link: said(&["url", "link"]).map(Into::into),
        ..Done::new(event.delivery(), title)
    };
    done.label("type", Some(event.kind.as_ref())).label("source", Some(event.source.as_ref())).label("subject", event.subject.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_may_end_in_how_it_stands() {
        for (kind, stem, standing) in [
            ("com.example.disk.firing", "com.example.disk", Some(Standing::Firing)),
            ("com.example.disk.resolved.v1", "com.example.disk", Some(Standing::Resolved)),
            ("com.example.alert.1.0", "com.example", Some(Standing::Firing)),
            ("com.example.disk.acknowledged", "com.example.disk", Some(Standing::Acknowledged)),
            ("com.example.order.created", "com.example.order.created", None),
            ("com.example.someevent", "com.example.someevent", None),
            ("resolved", "resolved", None),
            ("1.2", "1.2", None),
            ("", "", None),
        ] {
            assert_eq!(of_type(kind), (stem, standing), "{kind}");
        }
    }
}
