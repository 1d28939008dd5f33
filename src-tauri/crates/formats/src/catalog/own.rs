//! Our own form: `services:`, each with `name, title, owner, team, depends_on, link`.

use super::Services;
use crate::yaml::Node;
use domain::catalog::ServiceCard;

/// Keys that a service may have.
const KEYS: [&str; 6] = ["name", "title", "owner", "team", "depends_on", "link"];

pub(super) fn read(services: &Node, found: &mut Services) {
    for service in services.items() {
        for key in service.keys().filter(|key| !KEYS.contains(key)) {
            found.note(service.line, &format!("{key:?} is not known here; a service has {}", KEYS.join(", ")));
        }
        let mut card = ServiceCard {
            title: found.field(service, "title"),
            team: found.field(service, "team"),
            link: found.link(service, "link"),
            ..ServiceCard::default()
        };
        if let Some(owner) = found.field(service, "owner") {
            card.owner = found.owner(service, &owner);
        }
        for below in service.get("depends_on").map(Node::items).unwrap_or_default() {
            found.dependency(below, below.text().unwrap_or_default(), &mut card);
        }
        let name = found.field(service, "name");
        found.add(service, name.as_deref(), card);
    }
}
