//! Rules made ready for many alerts: an alert asks those that name one of its values, and the few that name none.

use super::Rule;
use crate::matching::{Compare, Condition, Facts, Field};
use crate::{AlertSeverity, Handle, Role, ServiceName, Severity};
use std::collections::HashMap;
use std::sync::Arc;

/// What the rules say of one alert.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ruled {
    /// Names of the rules that fit, in their order.
    pub rules: Vec<String>,
    /// How bad it is.
    pub severity: Option<AlertSeverity>,
    /// The group it belongs to.
    pub group: Option<String>,
    /// Who should look.
    pub person: Option<Handle>,
    /// Which role should look.
    pub role: Option<Role>,
    /// The playbook that helps.
    pub playbook: Option<String>,
    /// An incident to declare.
    pub declare: Option<Severity>,
    /// The rule that keeps it quiet, and why.
    pub quiet: Option<(String, String)>,
}

/// A home's rules, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    rules: Arc<[Rule]>,
    /// Rules that ask for a whole value, by field and value.
    by_value: HashMap<(Field, String), Vec<usize>>,
    /// Fields that any of those ask about.
    fields: Vec<Field>,
    /// Rules that ask for none.
    rest: Vec<usize>,
}

impl Compiled {
    /// Makes rules ready.
    pub fn new(rules: &[Rule]) -> Self {
        let mut compiled = Self { rules: rules.into(), ..Self::default() };
        for (place, rule) in rules.iter().enumerate() {
            match rule.when.0.iter().find(|condition| names_a_value(condition)) {
                Some(Condition { field, value, .. }) => {
                    if !compiled.fields.contains(field) {
                        compiled.fields.push(field.clone());
                    }
                    compiled.by_value.entry((field.clone(), value.clone())).or_default().push(place);
                }
                None => compiled.rest.push(place),
            }
        }
        compiled
    }

    /// Whether there is any rule.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What the rules say of an alert.
    pub fn judge(&self, facts: &Facts<'_>) -> Ruled {
        let mut places: Vec<usize> = self.rest.clone();
        for field in &self.fields {
            if let Some(value) = value(field, facts)
                && let Some(found) = self.by_value.get(&(field.clone(), value))
            {
                places.extend(found);
            }
        }
        places.sort_unstable();
        let mut ruled = Ruled::default();
        for rule in places.into_iter().map(|place| &self.rules[place]).filter(|rule| rule.when.holds(facts)) {
            ruled.follow(rule, facts);
        }
        ruled
    }
}

impl Ruled {
    fn follow(&mut self, rule: &Rule, facts: &Facts<'_>) {
        self.rules.push(rule.name.clone());
        self.severity = rule.severity.or(self.severity);
        self.group = rule.group.as_deref().map(|group| fill(group, facts)).or(self.group.take());
        self.person = rule.person.clone().or(self.person.take());
        self.role = rule.role.or(self.role);
        self.playbook = rule.playbook.clone().or(self.playbook.take());
        if let Some(why) = &rule.quiet {
            (self.quiet, self.declare) = (Some((rule.name.clone(), why.clone())), None);
        } else if rule.declare.is_some() {
            (self.declare, self.quiet) = (rule.declare, None);
        }
    }
}

/// Whether a condition can be looked up: a whole value of a field that an alert has at most once.
fn names_a_value(condition: &Condition) -> bool {
    match condition.field {
        Field::Source | Field::Service | Field::Label(_) => condition.compare == Compare::Is,
        Field::Severity | Field::Title | Field::Text => false,
    }
}

fn value(field: &Field, facts: &Facts<'_>) -> Option<String> {
    match field {
        Field::Source => Some(facts.source.as_str().to_lowercase()),
        Field::Service => facts.service.map(|service| service.as_str().to_lowercase()),
        Field::Label(name) => facts.labels.get(name).map(|value| value.to_lowercase()),
        Field::Severity | Field::Title | Field::Text => None,
    }
}

/// A group's name: `{label}` becomes that label's value, what the alert does not have becomes nothing.
fn fill(template: &str, facts: &Facts<'_>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        text.push_str(before);
        text.push_str(match name {
            "service" => facts.service.map_or("", ServiceName::as_str),
            "source" => facts.source.as_str(),
            name => facts.labels.get(name).map_or("", String::as_str),
        });
        rest = after;
    }
    text.push_str(rest);
    text
}
