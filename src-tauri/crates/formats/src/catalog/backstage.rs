//! Backstage's `catalog-info.yaml`: entities of software, with references such as `component:default/checkout`.
//! Source: the descriptor format of entities, backstage.io/docs/features/software-catalog/descriptor-format.

use super::Services;
use crate::yaml::Node;
use domain::catalog::ServiceCard;

/// Kinds of entities that are services to us: what others can rest on, and be paged for.
const KINDS: [&str; 4] = ["component", "resource", "api", "system"];

pub(super) fn read(entity: &Node, found: &mut Services) {
    let kind = entity.get("kind").and_then(Node::text).unwrap_or_default();
    if !KINDS.contains(&kind.to_lowercase().as_str()) {
        return found.note(entity.line, &format!("an entity of kind {kind:?} is no service"));
    }
    let Some(metadata) = entity.get("metadata") else { return found.note(entity.line, "an entity without metadata") };
    let link = metadata.get("links").and_then(|links| links.items().first());
    let link = link.and_then(|link| found.link(link, "url"));
    let mut card = ServiceCard { title: found.field(metadata, "title"), link, ..ServiceCard::default() };
    if let Some(spec) = entity.get("spec") {
        if let Some(owner) = found.field(spec, "owner") {
            match reference(&owner) {
                (Some("user"), name) => card.owner = found.owner(spec, name),
                // An owner without a kind is a group.
                (_, name) => card.team = Some(name.to_owned()),
            }
        }
        for below in spec.get("dependsOn").map(Node::items).unwrap_or_default() {
            found.dependency(below, reference(below.text().unwrap_or_default()).1, &mut card);
        }
    }
    let name = found.field(metadata, "name");
    found.add(entity, name.as_deref(), card);
}

/// The kind and the name of a reference `[kind:][namespace/]name`; namespaces are not told apart here.
fn reference(text: &str) -> (Option<&str>, &str) {
    let (kind, rest) = text.split_once(':').map_or((None, text), |(kind, rest)| (Some(kind.trim()), rest));
    (kind, rest.rsplit('/').next().unwrap_or(rest).trim())
}
