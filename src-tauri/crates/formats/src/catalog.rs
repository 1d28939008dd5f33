//! Lists of services: our own YAML, and Backstage's `catalog-info.yaml`. Read into the cards of a service catalogue.
//!
//! Pure, and bounded. An entry that cannot be used is left out with a sentence that names its line.

mod backstage;
mod own;

use crate::yaml::{self, Node};
use crate::{Unreadable, bounds};
use domain::catalog::{CARD_LIMIT, DEPENDENCIES_LIMIT, SERVICES_LIMIT, ServiceCard};
use domain::{Handle, ServiceName};
use std::collections::BTreeMap;

/// Sentences kept of one list: a hundred say what is wrong with it.
const NOTES_LIMIT: usize = 100;

/// A list as far as it could be read.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Services {
    /// Services by name.
    pub services: BTreeMap<ServiceName, ServiceCard>,
    /// Sentences on what was left out, with the line.
    pub notes: Vec<String>,
}

/// Reads a list, of either form; several documents in one text may differ.
pub fn read(text: &str) -> Result<Services, Unreadable> {
    let documents = yaml::documents(text)?;
    let mut found = Services::default();
    for document in &documents {
        if let Some(services) = document.get("services") {
            own::read(services, &mut found);
        } else if document.get("kind").is_some() {
            backstage::read(document, &mut found);
        } else {
            found.note(document.line, "neither `services:` of our own nor a `kind:` of Backstage");
        }
    }
    if documents.is_empty() {
        found.notes.push("The file holds no services.".into());
    }
    Ok(found)
}

impl Services {
    /// Adds a service, where it may be one.
    fn add(&mut self, node: &Node, name: Option<&str>, mut card: ServiceCard) {
        let Some(typed) = name else { return self.note(node.line, "a service without a name") };
        let Some(name) = ServiceName::parse(typed) else {
            return self.note(node.line, &format!("{typed:?} cannot name a service: letters, digits, dots and dashes only"));
        };
        if card.depends_on.remove(&name) {
            self.note(node.line, &format!("{name} cannot rest on itself"));
        }
        if card.depends_on.len() > DEPENDENCIES_LIMIT {
            self.note(node.line, &format!("{name} rests on more than {DEPENDENCIES_LIMIT} services; the rest were left out"));
            card.depends_on = card.depends_on.into_iter().take(DEPENDENCIES_LIMIT).collect();
        }
        if self.services.len() >= SERVICES_LIMIT && !self.services.contains_key(&name) {
            return self.note(node.line, &format!("a catalogue holds {SERVICES_LIMIT} services; {name} was left out"));
        }
        if self.services.insert(name.clone(), card).is_some() {
            self.note(node.line, &format!("{name} stands there twice; the later one was taken"));
        }
    }

    /// The text of a key, within its limit.
    fn field(&mut self, node: &Node, key: &str) -> Option<String> {
        let value = node.get(key)?;
        match value.text() {
            Some(text) if text.len() <= CARD_LIMIT => return Some(text.to_owned()),
            Some(_) => self.note(value.line, &format!("{key} is longer than {CARD_LIMIT} bytes")),
            None => self.note(value.line, &format!("{key} is a text")),
        }
        None
    }

    fn link(&mut self, node: &Node, key: &str) -> Option<String> {
        let text = self.field(node, key)?;
        let link = bounds::link(&text);
        if link.is_none() {
            self.note(node.line, &format!("{text:?} is no http or https address"));
        }
        link
    }

    fn owner(&mut self, node: &Node, typed: &str) -> Option<Handle> {
        let owner = Handle::parse(typed);
        if owner.is_none() {
            self.note(node.line, &format!("{typed:?} is no name of a person, as in @dana"));
        }
        owner
    }

    fn dependency(&mut self, node: &Node, typed: &str, card: &mut ServiceCard) {
        match ServiceName::parse(typed) {
            Some(name) => drop(card.depends_on.insert(name)),
            None => self.note(node.line, &format!("{typed:?} cannot name a service")),
        }
    }

    fn note(&mut self, line: usize, what: &str) {
        if self.notes.len() < NOTES_LIMIT {
            self.notes.push(format!("Line {line}: {what}."));
        }
    }
}

#[cfg(test)]
mod tests;
