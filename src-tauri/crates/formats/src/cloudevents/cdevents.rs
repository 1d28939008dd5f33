//! CDEvents: what delivery pipelines say, `dev.cdevents.<subject>.<what happened>.<version>`.

use super::event::Event;
use super::judge::context;
use crate::done::Done;
use crate::found::Found;
use crate::gather::Item;
use crate::{json, standing::Standing};
use domain::Timestamp;
use serde_json::Value;

const PREFIX: &str = "dev.cdevents.";

/// Reads an event of this vocabulary: an incident is an alert, all else a change. `None` for events of other ones.
pub fn item(event: &Event<'_>, now: Timestamp) -> Option<Item> {
    let mut words = event.kind.strip_prefix(PREFIX)?.split('.');
    let (subject, what) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let at = |pointer: &str| event.data.as_deref().and_then(|data| json::text(data, pointer));
    let service = ["/subject/content/service/id", "/subject/content/serviceName"].iter().find_map(|pointer| at(pointer));
    let environment = at("/subject/content/environment/id").or_else(|| at("/subject/content/environment/name"));
    let id = at("/subject/id").or(event.subject.as_deref().map(Into::into)).unwrap_or_else(|| event.id.clone());
    let link = ["/subject/content/url", "/subject/content/uri", "/customData/url"].iter().find_map(|pointer| at(pointer));
    let time = event.time.or_else(|| event.data.as_deref().and_then(|data: &Value| json::time(data, "/context/timestamp")));
    if subject == "incident" {
        let standing = if what == "resolved" { Standing::Resolved } else { Standing::Firing };
        let found = Found {
            title: Some(at("/subject/content/description").map_or_else(|| format!("Incident {id}"), String::from)),
            started_at: time,
            service: service.map(Into::into),
            link: link.map(Into::into),
            ..Found::new(format!("{} {id}", event.source), standing.state(None, time, now))
        };
        let found = found.label("environment", environment).label("source", Some(event.source.as_ref()));
        return Some(Item::Signal(found.label("artifact", at("/subject/content/artifactId")).signal(now)));
    }
    let service = service.map(String::from).or_else(|| (subject == "service").then(|| id.to_string()));
    let place = environment.as_deref().map(|environment| format!(" ({environment})")).unwrap_or_default();
    let name =
        ["/subject/content/pipelineName", "/subject/content/taskName", "/subject/content/name"].iter().find_map(|pointer| at(pointer));
    let done = Done {
        title: format!("{subject} {}{place} {what}", name.as_deref().unwrap_or(&id)),
        at: time,
        outcome: at("/subject/content/outcome").map_or_else(|| Some(what.to_owned()), |outcome| Some(outcome.into_owned())),
        service,
        link: link.map(Into::into),
        ..context(event)
    };
    let done = done.label("environment", environment).label("artifact", at("/subject/content/artifactId"));
    Some(Item::Change(done.change(now)))
}
